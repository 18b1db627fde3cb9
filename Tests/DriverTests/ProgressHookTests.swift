import RelishDrivers
import RelishSQL
import Support
import Testing

@Suite("Watching a statement")
struct ProgressHookTests {
  @Test("while one statement runs, the rows that it has written so far are told")
  func rows() throws {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    defer { driver.close() }
    _ = try driver.execute("CREATE TABLE a (x INTEGER, y TEXT)")
    _ = try driver.execute("CREATE TABLE b (x INTEGER, y TEXT)")
    _ = try driver.execute(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600000)
      INSERT INTO a SELECT i, 'number ' || i FROM n
      """)
    var told: [Int] = []
    driver.progress = { told.append($0) }
    _ = try driver.execute("INSERT INTO b SELECT x, y FROM a ORDER BY y")
    driver.progress = nil
    #expect(told.count >= 2, "\(told)")
    #expect(told == told.sorted())
    #expect((told.last ?? 0) > 0 && (told.last ?? 0) <= 600_000)
    let count = told.count
    _ = try driver.execute("DELETE FROM b")
    #expect(told.count == count)
  }
}
