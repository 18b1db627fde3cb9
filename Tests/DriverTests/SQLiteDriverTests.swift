import FoundationEssentials
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

@testable import RelishDrivers

@Suite struct SQLiteDriverTests {
  @Test(arguments: [
    (Value.null, Value.null),
    (.boolean(true), .integer(1)),
    (.integer(.min), .integer(.min)),
    (.double(0.1), .double(0.1)),
    (.decimal(Decimal(isNegative: true, digits: "1250", scale: 2)), .double(-12.5)),
    (.decimal(Decimal(isNegative: false, digits: "7", scale: 0)), .integer(7)),
    (.text(""), .text("")),
    (.text("Zoë 👩‍👩‍👧 it's\0after"), .text("Zoë 👩‍👩‍👧 it's\0after")),
    (.blob([]), .blob([])),
    (.blob([0, 255, 10]), .blob([0, 255, 10])),
  ])
  func valuesComeBackAsBoundAndAsLiteral(value: Value, stored: Value) throws {
    let driver = try memoryDatabase("CREATE TABLE t(a)")
    try driver.run("INSERT INTO t VALUES (?)", value)
    try driver.run("INSERT INTO t VALUES (" + driver.dialect.literal(value) + ")")
    #expect(try driver.rows("SELECT a FROM t") == [[stored], [stored]])
  }

  @Test func aPreparedStatementKeepsItsValues() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a, b, c)")
    let insert = try driver.prepare("INSERT INTO t VALUES (?, ?, ?)")
    try insert.bind(integer: 1, at: 1)
    try insert.bind(double: 2.5, at: 3)
    for word in ["one", "", "three"] {
      let result = try Array(word.utf8).withUnsafeBufferPointer { bytes in
        try insert.bind(text: bytes, at: 2)
        return try insert.run()
      }
      #expect(result.changes == 1)
    }
    try insert.bindNull(at: 1)
    try insert.bind(.boolean(false), at: 3)
    try insert.bind(.text("four"), at: 2)
    #expect(try insert.run().lastInsertID == 4)
    #expect(
      try driver.rows("SELECT * FROM t") == [
        [.integer(1), .text("one"), .double(2.5)], [.integer(1), .text(""), .double(2.5)],
        [.integer(1), .text("three"), .double(2.5)], [.null, .text("four"), .integer(0)],
      ])
    #expect(throws: DriverError.self) { try insert.bindNull(at: 4) }
    #expect(throws: DriverError.self) { try insert.bindNull(at: 0) }
  }

  @Test func changesCountOnlyTheStatementItself() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE p(id INTEGER PRIMARY KEY)",
      "CREATE TABLE c(p REFERENCES p(id) ON DELETE CASCADE)")
    #expect(try driver.run("INSERT INTO p VALUES (1), (2)").changes == 2)
    #expect(try driver.run("INSERT INTO c VALUES (1), (1), (2)").changes == 3)
    #expect(try driver.run("CREATE TABLE other(a)").changes == 0)
    #expect(try driver.run("DELETE FROM p WHERE id = 1").changes == 1)
    #expect(try driver.run("DELETE FROM p WHERE id = 1").changes == 0)
    #expect(try driver.rows("SELECT count(*) FROM c") == [[.integer(1)]])
  }

  @Test func aQueryMayRunInsideItself() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2), (3)")
    let sql = SQLText("SELECT a FROM t ORDER BY a")
    var pairs: [[Int64]] = []
    try driver.query(sql) { outer throws(DriverError) in
      let left = outer.integer(0)
      try driver.query(sql) { inner throws(DriverError) in
        pairs.append([left, inner.integer(0)])
        return inner.integer(0) < 2
      }
      return left < 2
    }
    #expect(pairs == [[1, 1], [1, 2], [2, 1], [2, 2]])
    try driver.run("DROP TABLE t")  // Would be locked if a statement still stood on a row.
  }

  @Test func anErrorInTheBodyEndsTheQuery() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2)")
    #expect(throws: DriverError.self) {
      try driver.query(SQLText("SELECT a FROM t")) { _ throws(DriverError) in
        throw DriverError(.other, "enough")
      }
    }
    try driver.run("DROP TABLE t")
  }

  @Test func theCacheSurvivesManyStatementsAndSchemaChanges() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a)", "INSERT INTO t VALUES (5)")
    for number in 0..<200 {
      #expect(try driver.rows("SELECT a + \(number) FROM t") == [[.integer(Int64(5 + number))]])
    }
    #expect(try driver.rows("SELECT * FROM t") == [[.integer(5)]])
    let before = try driver.schemaVersion()
    try driver.run("ALTER TABLE t ADD COLUMN b")
    #expect(try driver.rows("SELECT * FROM t") == [[.integer(5), .null]])
    #expect(try driver.schemaVersion() != before)
  }

  @Test(arguments: ["SELECT 1; SELECT 2", "", "-- nothing", "SELECT 'a\0b'", "SELECT \"x\""])
  func textThatIsNotOneStatementIsRefused(sql: String) throws {
    let driver = try memoryDatabase()
    #expect(throws: DriverError.self) { try driver.rows(sql) }
  }

  @Test func foreignKeysAreEnforcedAndStrangeSchemasNotTrusted() throws {
    let driver = try memoryDatabase()
    #expect(try driver.rows("PRAGMA foreign_keys") == [[.integer(1)]])
    #expect(try driver.rows("PRAGMA trusted_schema") == [[.integer(0)]])
    #expect(driver.busyLimit == 5)
    try driver.run("PRAGMA writable_schema = ON")
    #expect(throws: DriverError.self) { try driver.run("DELETE FROM sqlite_schema") }
  }

  @Test func transactionsAndSavepoints() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a)")
    #expect(!driver.isInTransaction)
    try driver.begin()
    #expect(driver.isInTransaction)
    try driver.run("INSERT INTO t VALUES (1)")
    try driver.savepoint("a b")
    try driver.run("INSERT INTO t VALUES (2)")
    try driver.rollback(to: "a b")
    try driver.release(savepoint: "a b")
    try driver.savepoint("select")
    try driver.run("INSERT INTO t VALUES (3)")
    try driver.release(savepoint: "select")
    try driver.commit()
    #expect(try driver.rows("SELECT a FROM t") == [[.integer(1)], [.integer(3)]])
    try driver.begin()
    try driver.run("DELETE FROM t")
    try driver.rollback()
    #expect(try driver.rows("SELECT count(*) FROM t") == [[.integer(2)]])
    #expect(throws: DriverError.self) { try driver.commit() }
  }

  @Test func filesReadOnlyAndMissing() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("shop.db")
    #expect(throws: DriverError.self) { try SQLiteDriver(path: path, readOnly: true) }
    #expect(!FileManager.default.fileExists(atPath: path))
    let writer = try SQLiteDriver(path: path, readOnly: false)
    #expect(writer.displayName == "shop")
    try writer.run("CREATE TABLE t(a)")
    let reader = try SQLiteDriver(path: path, readOnly: true)
    #expect(reader.isReadOnly && !writer.isReadOnly)
    #expect(try reader.rows("SELECT * FROM t") == [])
    #expect(kind { try reader.run("INSERT INTO t VALUES (1)") } == "readOnly")
    try reader.begin()
    try reader.commit()
    writer.close()
    #expect(kind { try writer.run("SELECT 1") } == "connection")
  }

  @Test func aFileThatIsNoDatabase() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(
      String(repeating: "no database at all\n", count: 100), to: "notes.txt")
    let driver = try SQLiteDriver(path: path, readOnly: false)
    #expect(kind { try driver.rows("SELECT * FROM sqlite_schema") } == "connection")
    #expect(kind { try SQLiteDriver(path: "/", readOnly: false) } == "connection")
    #expect(kind { try SQLiteDriver(path: "a\0b", readOnly: false) } == "connection")
  }

  @Test(arguments: [
    ("INSERT INTO c VALUES (1, 9)", "foreignKey"),
    ("DELETE FROM p WHERE id = 1", "foreignKey"),
    ("INSERT INTO p(id, name, age) VALUES (2, NULL, 1)", #"notNull(table: "p", column: "name")"#),
    (
      "INSERT INTO p(id, name, age) VALUES (2, 'Max', 1)",
      #"unique(table: "p", columns: ["name", "age"])"#
    ),
    ("INSERT INTO p(id, name, age) VALUES (1, 'x', 1)", #"unique(table: "p", columns: ["id"])"#),
    ("INSERT INTO p(id, name, age) VALUES (2, 'x', -1)", #"check("age >= 0")"#),
    ("SELECT * FROM nothing", "other"),
  ])
  func errorsAreSorted(sql: String, expected: String) throws {
    let driver = try memoryDatabase(
      """
      CREATE TABLE p(id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER CHECK (age >= 0),
        UNIQUE (name, age))
      """,
      "CREATE TABLE c(id, p REFERENCES p(id) ON DELETE RESTRICT)",
      "INSERT INTO p VALUES (1, 'Max', 1)", "INSERT INTO c VALUES (1, 1)")
    #expect(kind { try driver.run(sql) } == expected)
    do throws(DriverError) {
      try driver.run(sql)
    } catch {
      #expect(error.sql == sql)
      #expect(!error.message.isEmpty)
    }
  }

  @Test func interruptStopsTheRunningStatement() throws {
    let driver = try memoryDatabase()
    let endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    var count = 0
    #expect(
      kind {
        try driver.query(SQLText(endless)) { _ throws(DriverError) in
          count += 1
          if count == 1_000 { driver.interrupt() }
          return count < 1_000_000
        }
      } == "interrupted")
    #expect(count == 1_000)
    #expect(try driver.rows("SELECT 1") == [[.integer(1)]])
  }

  @Test(arguments: [
    ("a.db", "a.db"), (":memory:", ":memory:"), ("sqlite:a.db", "a.db"), ("sqlite://a.db", "a.db"),
    ("sqlite:///tmp/a.db", "/tmp/a.db"), ("sqlite::memory:", ":memory:"), ("C:x.db", "C:x.db"),
    ("postgres://h/d", "comes"), ("mysql:x", "comes"), ("mariadb://h", "comes"),
    ("mongodb://h", "no database that relish knows"), ("file:a.db", "path alone"),
    ("", "no name"), ("sqlite:", "no name"),
  ])
  func addresses(text: String, expected: String) throws {
    do throws(DriverError) {
      #expect(try sqlitePath(text) == expected)
    } catch {
      guard case .connection = error.kind else { throw error }
      #expect(error.message.contains(expected == "comes" ? "later version" : expected))
    }
  }

  @Test func noAddressIsADatabaseInMemory() throws {
    #expect(try openDatabase(nil, readOnly: false).displayName == "memory")
  }
}

/// The kind of the error that `body` throws, as text; `none` when it throws none.
func kind<Answer>(_ body: () throws -> Answer) -> String {
  do {
    _ = try body()
    return "none"
  } catch {
    guard let error = error as? DriverError else { return "\(error)" }
    return "\(error.kind)"
  }
}
