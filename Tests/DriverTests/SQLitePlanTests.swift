import RelishDrivers
import RelishModel
import Testing

@Suite("Lines of SQLite's plan")
struct SQLitePlanTests {
  @Test(
    "about a table",
    arguments: [
      ("SCAN t0", "t0 all"),
      ("SCAN t0 USING COVERING INDEX users_name", "t0 all users_name"),
      ("SCAN t1 USING INDEX a b", "t1 all a b"),
      ("SEARCH t1 USING INDEX products_userId (userId=?)", "t1 products_userId [userId]"),
      ("SEARCH t1 USING INDEX x (a=? AND b>? AND b<?)", "t1 x [a, b]"),
      ("SEARCH t2 USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN", "t2 key [rowid]"),
      ("SEARCH t2 USING PRIMARY KEY (hall=?)", "t2 key [hall]"),
      ("SEARCH t1 USING AUTOMATIC COVERING INDEX (userId=?)", "t1 temporary [userId]"),
      ("SEARCH r1 USING AUTOMATIC PARTIAL COVERING INDEX (p0=?) LEFT-JOIN", "r1 temporary [p0]"),
      ("SCAN t0 USING COVERING INDEX users_name LEFT-JOIN", "t0 all users_name"),
    ])
  func tables(_ line: String, _ expected: String) {
    guard case .table(let reading)? = SQLitePlan.reading(of: line) else {
      Issue.record("nothing about a table: \(line)")
      return
    }
    var words = [reading.alias]
    if reading.readsAll { words.append("all") }
    switch reading.index {
    case .primaryKey?: words.append("key")
    case .temporary?: words.append("temporary")
    case .named(let name)?: words.append(name)
    case nil: break
    }
    if !reading.columns.isEmpty { words.append("[\(reading.columns.joined(separator: ", "))]") }
    #expect(words.joined(separator: " ") == expected)
  }

  @Test(
    "about an order",
    arguments: [
      ("USE TEMP B-TREE FOR ORDER BY", true), ("USE TEMP B-TREE FOR RIGHT PART OF ORDER BY", true),
      ("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", false), ("USE TEMP B-TREE FOR GROUP BY", false),
    ])
  func orders(_ line: String, _ isSorted: Bool) {
    if case .sort? = SQLitePlan.reading(of: line) {
      #expect(isSorted)
    } else {
      #expect(!isSorted)
    }
  }

  @Test(
    "about anything else say nothing",
    arguments: [
      "LIST SUBQUERY 1", "CO-ROUTINE g", "COMPOUND QUERY", "SETUP", "", "SCAN", "SCAN CONSTANT ROW",
      "BLOOM FILTER ON t1 (userId=?)", "a line of a version to come (",
    ])
  func others(_ line: String) {
    if case .table(let reading)? = SQLitePlan.reading(of: line) {
      #expect(reading.alias == "CONSTANT")
    }
  }
}
