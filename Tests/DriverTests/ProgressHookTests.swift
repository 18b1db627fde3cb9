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
    _ = try driver.execute("CREATE TABLE a (x INTEGER)")
    var told: [Int] = []
    driver.progress = { told.append($0) }
    // However quick the machine is, the statement lasts for three tellings.
    driver.timeLimit = 0.7
    #expect(throws: DriverError.self) {
      try driver.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        INSERT INTO a SELECT i FROM n
        """)
    }
    driver.timeLimit = nil
    driver.progress = nil
    #expect(told.count >= 3, "\(told)")
    #expect(told == told.sorted())
    #expect((told.last ?? 0) > 0)
    _ = try driver.execute("INSERT INTO a VALUES (1)")
    let count = told.count
    _ = try driver.execute("DELETE FROM a")
    #expect(told.count == count)
  }
}
