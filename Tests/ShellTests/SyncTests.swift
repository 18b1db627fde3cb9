import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// `sync` and `sync force` against real databases, from wanted tables on.
@Suite struct SyncTests {
  // MARK: Tables

  private func table(_ name: String, _ keys: (String, String, ReferentialRule)...) -> Table {
    var table = Table(name: name)
    table.columns = [
      Column(name: "id", type: .integer), Column(name: "name", type: .string(length: 20)),
    ]
    table.primaryKey = ["id"]
    table.columns[0].isAutoIncrement = true
    for (column, target, rule) in keys {
      table.columns.append(Column(name: column, type: .integer))
      table.indexes.append(Index(name: "\(name)_\(column)", columns: [column]))
      table.foreignKeys.append(
        ForeignKey(
          columns: [column], table: target, targetColumns: ["id"], onDelete: rule,
          onUpdate: .cascade))
    }
    return table
  }

  private var shop: [Table] {
    [
      table("products", ("userId", "users", .cascade)), table("users"),
      table("reviews", ("productId", "products", .restrict)),
    ]
  }

  // MARK: Running

  private func open(_ statements: String...) throws -> SQLiteDriver {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    for statement in statements { _ = try driver.execute(SQLText(statement)) }
    return driver
  }

  private func sync(
    _ tables: [Table], _ mode: SyncMode, _ driver: any Driver
  ) throws -> (report: SyncReport, statements: [String]) {
    let plan = try Synchronizer.plan(tables, mode: mode, driver: driver)
    var statements: [String] = []
    let report = try Synchronizer.run(plan, driver: driver) { statements.append($0) }
    #expect(statements == plan.statements.map { $0.inlined(driver.dialect) })
    return (report, statements)
  }

  private func rows(_ sql: String, _ driver: any Driver) throws -> [[Value]] {
    var rows: [[Value]] = []
    try driver.query(SQLText(sql)) { row throws(DriverError) in
      rows.append((0..<row.count).map { row.value($0) })
      return true
    }
    return rows
  }

  private func dump(_ driver: any Driver) throws -> [String] {
    var lines = try rows("SELECT type, name, sql FROM sqlite_schema", driver).map { "\($0)" }
    for table in try driver.inspect().tables {
      let name = driver.dialect.identifier(table.name)
      lines += try rows("SELECT * FROM \(name)", driver).map { "\(name) \($0)" }
    }
    return lines
  }

  private func foreignKeysAreOn(_ driver: any Driver) throws -> Bool {
    try rows("PRAGMA foreign_keys", driver) == [[.integer(1)]]
      && rows("PRAGMA defer_foreign_keys", driver) == [[.integer(0)]]
  }

  // MARK: Sync

  @Test func theFirstSyncCreatesParentsBeforeChildren() throws {
    let driver = try open()
    let plan = try Synchronizer.plan(shop, mode: .create, driver: driver)
    #expect(!plan.isEmpty)
    #expect(try driver.inspect().tables.isEmpty)
    let (report, statements) = try sync(shop, .create, driver)
    #expect(report.created == ["users", "products", "reviews"])
    #expect(report.lines == ["created users", "created products", "created reviews"])
    #expect(
      statements.map { $0.prefix { $0 != "(" } } == [
        "CREATE TABLE users ", "CREATE TABLE products ",
        "CREATE INDEX products_userId ON products", "CREATE TABLE reviews ",
        "CREATE INDEX reviews_productId ON reviews",
      ])
    let again = try Synchronizer.plan(shop, mode: .create, driver: driver)
    #expect(again.isEmpty && again.statements.isEmpty)
    #expect(again.unchanged == ["products", "users", "reviews"])
    #expect(
      try sync(shop, .create, driver).report.lines == [
        "nothing to do: model and database agree"
      ])
    #expect(!driver.isInTransaction)
    #expect(try foreignKeysAreOn(driver))
  }

  @Test func whatDiffersIsSaidAndLeft() throws {
    let driver = try open(
      "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, old BLOB)",
      "INSERT INTO users VALUES (1, 'Max', x'00')")
    let (report, _) = try sync(shop, .create, driver)
    #expect(report.created == ["products", "reviews"])
    #expect(
      report.lines == [
        "created products", "created reviews", "users differs from its model:",
        "  `name` is text in the database, string(20) in the model",
        "  column `old` is only in the database",
        "`sync alter` changes users and keeps the rows; `sync force` drops and creates users anew, "
          + "without them",
      ])
    #expect(try rows("SELECT name FROM users", driver) == [[.text("Max")]])
    #expect(try !Synchronizer.plan(shop, mode: .create, driver: driver).isEmpty)
  }

  @Test func forceDropsChildrenFirstAndCountsRows() throws {
    let driver = try open()
    _ = try sync(shop, .create, driver)
    for sql in [
      "INSERT INTO users(name) VALUES ('Max'), ('Ann')", "INSERT INTO products(userId) VALUES (1)",
      "INSERT INTO reviews(productId) VALUES (1), (1), (1)",
    ] { _ = try driver.execute(SQLText(sql)) }
    let plan = try Synchronizer.plan(shop, mode: .force, driver: driver)
    #expect(plan.rowsDropped == 6)
    #expect(
      plan.notes == [
        "would drop reviews (3 rows)", "would drop products (1 row)", "would drop users (2 rows)",
      ])
    let (report, _) = try sync(shop, .force, driver)
    #expect(
      report.lines == [
        "dropped reviews (3 rows)", "dropped products (1 row)", "dropped users (2 rows)",
        "created users", "created products", "created reviews",
      ])
    #expect(try rows("SELECT count(*) FROM users", driver) == [[.integer(0)]])
    // The numbers of a dropped table begin anew.
    _ = try driver.execute(SQLText("INSERT INTO users(name) VALUES ('Eve')"))
    #expect(try rows("SELECT id FROM users", driver) == [[.integer(1)]])
    #expect(try foreignKeysAreOn(driver))
  }

  /// Circles and self references of every rule, both alone and inside an open transaction.
  @Test(arguments: ReferentialRule.allCases, [false, true])
  func circles(rule: ReferentialRule, inTransaction: Bool) throws {
    let wanted = [
      table("people", ("bossId", "people", rule), ("teamId", "teams", rule)),
      table("teams", ("leadId", "people", rule)),
    ]
    let driver = try open("CREATE TABLE other(id INTEGER PRIMARY KEY, personId INTEGER)")
    _ = try sync(wanted, .create, driver)
    for sql in [
      "INSERT INTO people(name) VALUES ('a'), ('b'), ('c')",
      "INSERT INTO teams(leadId) VALUES (1), (2)", "INSERT INTO other VALUES (1, 1)",
      "UPDATE people SET bossId = 4 - id, teamId = id % 2 + 1",
    ] { _ = try driver.execute(SQLText(sql)) }
    if inTransaction { try driver.begin() }
    let before = try dump(driver)
    let plan = try Synchronizer.plan(wanted, mode: .force, driver: driver)
    if inTransaction && rule == .restrict {
      #expect(!plan.refusals.isEmpty)
      #expect(plan.refusals.allSatisfy { $0.message.contains("in a circle") })
      #expect(throws: DriverError.self) {
        try Synchronizer.run(plan, driver: driver) { _ in }
      }
      #expect(try dump(driver) == before)
    } else {
      #expect(plan.refusals == [])
      let report = try Synchronizer.run(plan, driver: driver) { _ in }
      #expect(Set(report.dropped.map { "\($0.table) \($0.rows)" }) == ["people 3", "teams 2"])
      #expect(
        try rows("SELECT (SELECT count(*) FROM people), count(*) FROM teams", driver) == [
          [.integer(0), .integer(0)]
        ])
    }
    #expect(driver.isInTransaction == inTransaction)
    #expect(try rows("SELECT * FROM other", driver) == [[.integer(1), .integer(1)]])
    if inTransaction {
      #expect(try foreignKeysAreOn(driver))
      try driver.commit()
    }
    #expect(try foreignKeysAreOn(driver))
    #expect(throws: DriverError.self) {
      try driver.execute(SQLText("INSERT INTO teams(leadId) VALUES (99)"))
    }
  }

  @Test(arguments: [ReferentialRule.cascade, .setNull, .restrict], [false, true])
  func rowsOfOthersThatPointIntoItRefuseIt(rule: ReferentialRule, inTransaction: Bool) throws {
    let driver = try open()
    _ = try sync(shop + [table("likes", ("productId", "products", rule))], .create, driver)
    for sql in [
      "INSERT INTO products(name) VALUES ('Tee')", "INSERT INTO likes(name) VALUES ('x')",
    ] { _ = try driver.execute(SQLText(sql)) }
    if inTransaction { try driver.begin() }
    // A row without a key does not hinder.
    #expect(try Synchronizer.plan(shop, mode: .force, driver: driver).refusals == [])
    _ = try driver.execute(SQLText("INSERT INTO likes(productId) VALUES (1), (1)"))
    let before = try dump(driver)
    let plan = try Synchronizer.plan(shop, mode: .force, driver: driver)
    #expect(
      plan.refusals.map(\.message) == [
        "2 rows of `likes`, which is not recreated, point to `products`, which would be dropped"
      ])
    #expect(throws: DriverError.self) { try Synchronizer.run(plan, driver: driver) { _ in } }
    #expect(try dump(driver) == before)
    _ = try driver.execute(SQLText("UPDATE likes SET productId = NULL"))
    _ = try sync(shop, .force, driver)
    #expect(try rows("SELECT count(*) FROM likes", driver) == [[.integer(3)]])
  }

  @Test func rowsThatCameAfterThePlanRefuseIt() throws {
    let driver = try open()
    let likes = table("likes", ("productId", "products", .cascade))
    _ = try sync(shop + [likes], .create, driver)
    _ = try driver.execute(SQLText("INSERT INTO products(name) VALUES ('Tee')"))
    let plan = try Synchronizer.plan(shop, mode: .force, driver: driver)
    _ = try driver.execute(SQLText("INSERT INTO likes(productId) VALUES (1)"))
    let before = try dump(driver)
    #expect(throws: DriverError.self) { try Synchronizer.run(plan, driver: driver) { _ in } }
    #expect(try dump(driver) == before)
    let second = try Synchronizer.plan(shop + [likes], mode: .force, driver: driver)
    _ = try driver.execute(SQLText("CREATE TABLE more(a)"))
    #expect(throws: DriverError.self) { try Synchronizer.run(second, driver: driver) { _ in } }
    #expect(try foreignKeysAreOn(driver))
  }

  @Test(arguments: [false, true])
  func tablesOfOthersAreNeverTouched(inTransaction: Bool) throws {
    let directory = try TemporaryDirectory()
    let driver = try SQLiteDriver(path: directory.file("t.db"), readOnly: false)
    let foreign = [
      "CREATE TABLE notes(id INTEGER PRIMARY KEY AUTOINCREMENT, body, at REFERENCES places(id) "
        + "ON DELETE CASCADE)",
      "CREATE TABLE places(id INTEGER PRIMARY KEY)", "CREATE INDEX notes_body ON notes(body)",
      "CREATE VIEW v AS SELECT body FROM notes", "INSERT INTO places VALUES (1)",
      "INSERT INTO notes(body, at) VALUES ('a', 1), (x'00', NULL)",
      "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM places; END",
    ]
    for sql in foreign { _ = try driver.execute(SQLText(sql)) }
    let before = try dump(driver)
    if inTransaction { try driver.begin() }
    for mode in [SyncMode.create, .force, .force, .create] {
      _ = try sync(shop, mode, driver)
      _ = try driver.execute(SQLText("INSERT INTO users(name) VALUES ('Max')"))
    }
    let after = try dump(driver)
    #expect(before.allSatisfy { after.contains($0) })
    if inTransaction {
      try driver.rollback()
      #expect(try dump(driver) == before)
    }
  }

  @Test(arguments: [SyncMode.create, .force], [false, true])
  func aFailureHalfWayLeavesEverythingAsItWas(mode: SyncMode, inTransaction: Bool) throws {
    let driver = try open(
      "CREATE TABLE users(id INTEGER PRIMARY KEY, name)", "INSERT INTO users VALUES (1, 'Max')",
      "CREATE TABLE taken(a)", "CREATE INDEX reviews_productId ON taken(a)")
    let before = try dump(driver)
    if inTransaction { try driver.begin() }
    // The last index has the name of one that is there.
    #expect(throws: DriverError.self) { try sync(shop, mode, driver) }
    #expect(try dump(driver) == before)
    #expect(driver.isInTransaction == inTransaction)
    if inTransaction { try driver.commit() }
    #expect(try dump(driver) == before)
    #expect(try foreignKeysAreOn(driver))
  }

  @Test func aDatabaseThatCannotBeWritten() throws {
    let directory = try TemporaryDirectory()
    let writer = try SQLiteDriver(path: directory.file("t.db"), readOnly: false)
    _ = try sync([table("users")], .create, writer)
    let reader = try SQLiteDriver(path: directory.file("t.db"), readOnly: true)
    #expect(throws: DriverError.self) { try sync(shop, .create, reader) }
    #expect(!reader.isInTransaction)
    #expect(try Synchronizer.plan([table("users")], mode: .create, driver: reader).isEmpty)
  }
}
