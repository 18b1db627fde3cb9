import RelishModel
import RelishSQL
import Support
import Testing

@testable import RelishDrivers

/// What another writer changed meanwhile is told and stays.
@Suite struct UndoConflictTests {
  private struct Shop {
    let directory: TemporaryDirectory
    let driver: SQLiteDriver
    let other: SQLiteDriver
    let log = ChangeLog()

    init(_ extra: String...) throws {
      directory = try TemporaryDirectory()
      driver = try SQLiteDriver(path: directory.file("shop.db"), readOnly: false)
      other = try SQLiteDriver(path: directory.file("shop.db"), readOnly: false)
      for statement in RowChangesTests.tables + extra { try driver.run(statement) }
      driver.changeLog = log
    }

    func step(_ statements: String...) throws -> Range<Int> {
      let start = log.end
      for statement in statements { try driver.run(statement) }
      return start..<log.end
    }

    /// Takes the step back, and if that is refused makes sure that nothing has changed.
    func undo(_ step: Range<Int>) throws -> [String] {
      let before = try RowChangesTests.dump(other)
      let conflicts = try driver.apply(driver.rowChanges([step]).inverted())
      if !conflicts.isEmpty { #expect(try RowChangesTests.dump(other) == before) }
      #expect(!driver.isInTransaction)
      #expect(try driver.rows("PRAGMA foreign_keys") == [[.integer(1)]])
      return conflicts.map { conflict in
        "\(conflict.table) \(conflict.key.map { "\($0.column)=\($0.value)" }) \(conflict.reason)"
      }
    }
  }

  @Test func aRowThatWasChanged() throws {
    let shop = try Shop()
    _ = try shop.step("INSERT INTO users(name, rate) VALUES ('a', 1), ('b', 2)")
    let step = try shop.step("UPDATE users SET rate = 5")
    try shop.other.run("UPDATE users SET rate = 6 WHERE id = 2")
    #expect(
      try shop.undo(step) == [
        "users [\"id=integer(2)\"] changed([RelishDrivers.ChangeConflict.Cell(column: \"rate\", "
          + "left: RelishModel.Value.double(5.0), now: RelishModel.Value.double(6.0))])"
      ])
    try shop.other.run("UPDATE users SET rate = 5, name = 'x' WHERE id = 2")
    // Another column's change stays, and is in nobody's way.
    #expect(try shop.undo(step) == [])
    #expect(
      try shop.other.rows("SELECT name, rate FROM users") == [
        [.text("a"), .double(1)], [.text("x"), .double(2)],
      ])
  }

  @Test func rowsThatWentOrCame() throws {
    let shop = try Shop()
    let made = try shop.step("INSERT INTO users(name) VALUES ('a'), ('b')")
    try shop.other.run("DELETE FROM users WHERE name = 'a'")
    #expect(try shop.undo(made) == ["users [\"id=integer(1)\"] gone"])
    try shop.other.run("INSERT INTO users(id, name) VALUES (1, 'a')")
    #expect(try shop.undo(made) == [])
    _ = try shop.step("INSERT INTO users(name) VALUES ('c')")
    let deleted = try shop.step("DELETE FROM users")
    try shop.other.run("INSERT INTO users(id, name) VALUES (3, 'other')")
    #expect(try shop.undo(deleted) == ["users [\"id=integer(3)\"] taken"])
    try shop.other.run("UPDATE users SET id = 4, name = 'C'")
    #expect(try shop.undo(deleted).count == 1)
    try shop.other.run("DELETE FROM users")
    #expect(try shop.undo(deleted) == [])
  }

  @Test func rowsThatPointToWhatWouldGo() throws {
    let shop = try Shop()
    let made = try shop.step("INSERT INTO users(name) VALUES ('a'), ('b')")
    try shop.other.run("INSERT INTO products(title, userId) VALUES ('t', 2), ('u', 2)")
    #expect(
      try shop.undo(made) == [
        "users [\"id=integer(2)\"] pointedTo(table: \"products\", count: 2)"
      ])
    let deleted = try shop.step("DELETE FROM products WHERE title = 't'")
    try shop.other.run("DELETE FROM users")
    #expect(try shop.undo(deleted).count == 1)
    #expect(try shop.other.rows("SELECT * FROM products").isEmpty)
  }

  /// Rows that pointed to nothing before are no reason to refuse.
  @Test func oldViolationsDoNotCount() throws {
    let shop = try Shop()
    try shop.other.run("PRAGMA foreign_keys = OFF")
    try shop.other.run("INSERT INTO products(title, userId) VALUES ('t', 77), ('u', 77)")
    let step = try shop.step("UPDATE products SET userId = NULL WHERE title = 't'")
    #expect(try shop.undo(step).count == 1)
    let title = try shop.step("UPDATE products SET title = 'x'")
    #expect(try shop.undo(title) == [])
  }

  @Test func tablesWithoutAKey() throws {
    let shop = try Shop("CREATE TABLE log(what TEXT COLLATE NOCASE, n)")
    let made = try shop.step("INSERT INTO log VALUES ('a', 1), ('b', 2)")
    try shop.other.run("UPDATE log SET what = 'A' WHERE n = 1")
    #expect(
      try shop.undo(made) == [
        "log [\"rowid=integer(1)\"] changed([RelishDrivers.ChangeConflict.Cell(column: \"what\", "
          + "left: RelishModel.Value.text(\"a\"), now: RelishModel.Value.text(\"A\"))])"
      ])
    let deleted = try shop.step("DELETE FROM log WHERE n = 2")
    try shop.other.run("INSERT INTO log VALUES ('other', 3)")
    #expect(try shop.undo(deleted).count == 1)
  }

  @Test func tablesThatWereChanged() throws {
    let shop = try Shop()
    let step = try shop.step("INSERT INTO orders(n) VALUES (1)")
    try shop.other.run("ALTER TABLE orders ADD COLUMN note TEXT")
    #expect(try shop.undo(step) == ["orders [] otherTable"])
    try shop.other.run("DROP TABLE orders")
    #expect(try shop.undo(step) == ["orders [] otherTable"])
  }

  @Test func aDatabaseThatIsLocked() throws {
    let shop = try Shop()
    let step = try shop.step("INSERT INTO users(name) VALUES ('a')")
    try shop.driver.run("PRAGMA busy_timeout = 50")
    try shop.other.begin()
    #expect(throws: DriverError.self) {
      try shop.driver.apply(shop.driver.rowChanges([step]).inverted())
    }
    try shop.other.rollback()
    #expect(try shop.undo(step) == [])
  }

  @Test func rowsOfAVirtualTable() throws {
    let shop = try Shop(
      "CREATE VIRTUAL TABLE words USING fts5(title)",
      "CREATE TRIGGER t AFTER INSERT ON orders BEGIN INSERT INTO words VALUES (new.n); END")
    try shop.driver.run("PRAGMA trusted_schema = ON")
    let step = try shop.step("INSERT INTO orders(n) VALUES (1)")
    let conflicts = try shop.undo(step)
    #expect(!conflicts.isEmpty && conflicts.allSatisfy { $0.hasSuffix("virtualTable") })
  }
}
