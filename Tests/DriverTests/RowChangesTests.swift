import CSQLite
import RelishModel
import RelishSQL
import Support
import Testing

@testable import RelishDrivers

/// Changes of rows as they are kept, against what SQLite's own session extension says of the same
/// statements, and taken back.
@Suite struct RowChangesTests {
  static let tables = [
    """
    CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE UNIQUE, rate REAL,
      boss INTEGER REFERENCES users(id) ON DELETE SET NULL ON UPDATE CASCADE)
    """,
    """
    CREATE TABLE products(id INTEGER PRIMARY KEY, title TEXT, image BLOB,
      userId INTEGER DEFAULT 1 REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE)
    """,
    """
    CREATE TABLE pairs(x, b TEXT, a INTEGER REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
      PRIMARY KEY (a, b)) WITHOUT ROWID
    """,
    """
    CREATE TABLE orders(id INTEGER PRIMARY KEY, n INTEGER,
      productId INTEGER REFERENCES products(id) ON DELETE RESTRICT ON UPDATE CASCADE)
    """,
    "CREATE TABLE codes(code TEXT NOT NULL PRIMARY KEY, v)",
    """
    CREATE TABLE marks(id INTEGER PRIMARY KEY,
      code TEXT DEFAULT 'a' REFERENCES codes(code) ON DELETE SET DEFAULT ON UPDATE CASCADE)
    """,
  ]
  /// What the session extension passes over, or cannot do in this version of SQLite.
  static let oddTables = [
    "CREATE TABLE log(what TEXT, n)",
    "CREATE TABLE nulls(k TEXT PRIMARY KEY, v)",
    "CREATE TABLE hidden(rowid, oid, v)",
    "CREATE TABLE gen(v, g AS (v || 'x') VIRTUAL, id INTEGER PRIMARY KEY, s AS (v || 'y') STORED, w)",
    "CREATE TABLE gkey(k TEXT, g AS (upper(k)) STORED, v, PRIMARY KEY (k)) WITHOUT ROWID",
    """
    CREATE TRIGGER logged AFTER INSERT ON products BEGIN
      INSERT INTO log VALUES ('new ' || new.title, new.id); END
    """,
    """
    CREATE TRIGGER unlogged AFTER DELETE ON products BEGIN
      DELETE FROM log WHERE n = old.id; UPDATE codes SET v = coalesce(v, 0) + 1; END
    """,
  ]

  static func database(_ statements: [String]) throws -> (SQLiteDriver, ChangeLog) {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    for statement in statements { try driver.run(statement) }
    let log = ChangeLog()
    driver.changeLog = log
    return (driver, log)
  }

  /// All rows, with their rowids where no column has them.
  static func dump(_ driver: SQLiteDriver) throws -> [String] {
    var lines: [String] = []
    for (table, rowid) in [
      ("users", ""), ("products", ""), ("pairs", ""), ("orders", ""), ("codes", ""), ("marks", ""),
      ("log", ", rowid"), ("nulls", ""), ("hidden", ", _rowid_"), ("gen", ""), ("gkey", ""),
    ] {
      let isThere = try driver.integer(
        "SELECT count(*) FROM sqlite_schema WHERE name = \(bind: .text(table))")
      guard isThere == 1 else { continue }
      lines += try driver.rows("SELECT *\(rowid) FROM \(table)").map { "\(table) \($0)" }.sorted()
    }
    return lines
  }

  /// A statement of any kind on any of the tables; many of them fail.
  static func statement(_ random: inout Random, odd: Bool) -> String {
    func number(_ limit: Int = 6) -> Int { 1 + random.below(limit) }
    func text() -> String {
      ["'a'", "'A'", "'b'", "'cc'", "'ü'", "''", "NULL", "7"][random.below(8)]
    }
    func maybe(_ value: Int) -> String { random.below(4) == 0 ? "NULL" : String(value) }
    switch random.below(odd ? 30 : 17) {
    case 0, 1:
      return
        "INSERT INTO users(name, rate, boss) VALUES (\(text()), \(number()), \(maybe(number())))"
    case 2, 3:
      return
        "INSERT INTO products(title, image, userId) VALUES (\(text()), x'00\(number() + 10)', \(number()))"
    case 4: return "INSERT INTO pairs VALUES (\(number()), \(text()), \(number()))"
    case 5: return "INSERT INTO orders(n, productId) VALUES (\(number()), \(maybe(number())))"
    case 6: return "INSERT OR REPLACE INTO codes VALUES (\(text()), \(text()))"
    case 7: return "INSERT INTO marks(code) VALUES (\(text()))"
    case 8: return "DELETE FROM users WHERE id = \(number(9))"
    case 9: return "DELETE FROM products WHERE id % 5 = \(number(4))"
    case 10: return "UPDATE users SET id = id + 20 WHERE id = \(number())"
    case 11:
      return "UPDATE users SET name = \(text()), boss = \(maybe(number())) WHERE id = \(number())"
    case 12: return "UPDATE codes SET code = \(text()), v = v || 'z' WHERE code = \(text())"
    case 13: return "DELETE FROM codes WHERE code = \(text())"
    case 14: return "UPDATE pairs SET b = \(text()), x = x + 1 WHERE a = \(number())"
    case 15: return "UPDATE products SET userId = \(number()), title = title || \(text())"
    case 16:
      return ["DELETE FROM orders", "DELETE FROM marks", "DELETE FROM users"][random.below(3)]
    case 17, 18: return "INSERT INTO log VALUES (\(text()), \(number()))"
    case 19: return "UPDATE log SET what = \(text()) WHERE rowid = \(number())"
    case 20: return "DELETE FROM log WHERE n = \(number())"
    case 21: return "INSERT INTO hidden VALUES (\(number()), \(text()), \(number()))"
    case 22:
      return "UPDATE hidden SET _rowid_ = _rowid_ + 30, v = v + 1 WHERE _rowid_ = \(number())"
    case 23: return "INSERT INTO gen(v, w) VALUES (\(text()), \(number()))"
    case 24:
      return "UPDATE gen SET v = \(text()), id = id + \(random.below(2) * 9) WHERE id = \(number())"
    case 25: return "INSERT OR REPLACE INTO gkey(k, v) VALUES (\(text()), \(number()))"
    case 26: return "INSERT INTO nulls VALUES (\(text()), \(number()))"
    case 27: return "UPDATE nulls SET k = \(text()), v = v + 1 WHERE v = \(number())"
    case 28: return "DELETE FROM nulls WHERE v = \(number())"
    default:
      return ["DELETE FROM gen WHERE id < 3", "DELETE FROM gkey", "UPDATE gkey SET v = 9"][
        random.below(3)]
    }
  }

  // MARK: The session extension as witness

  /// Each change of a changeset on a line of its own.
  private func lines(_ changeset: UnsafeMutableRawPointer?, _ count: Int32) -> Set<String> {
    var lines: Set<String> = []
    var iterator: OpaquePointer?
    sqlite3changeset_start(&iterator, count, changeset)
    defer { sqlite3changeset_finalize(iterator) }
    while let current = iterator, sqlite3changeset_next(current) == SQLITE_ROW {
      var (name, columns, operation, isIndirect): (UnsafePointer<CChar>?, Int32, Int32, Int32) =
        (nil, 0, 0, 0)
      sqlite3changeset_op(current, &name, &columns, &operation, &isIndirect)
      var words = "\(name.map { String(cString: $0) } ?? "") \(operation)"
      for read in [sqlite3changeset_old, sqlite3changeset_new] {
        for column in 0..<columns {
          var value: OpaquePointer?
          guard read(current, column, &value) == SQLITE_OK, let value else {
            words += " ·"
            continue
          }
          words += " \(sqlite3_value_type(value)):"
          words += sqlite3_value_text(value).map { String(cString: $0) } ?? ""
        }
      }
      lines.insert(words)
    }
    return lines
  }

  @Test(arguments: 0..<60)
  func changesetsAreThoseOfTheSessionExtension(seed: Int) throws {
    var random = Random(seed: seed)
    let (driver, log) = try Self.database(Self.tables)
    let (witness, _) = try Self.database(Self.tables)
    witness.changeLog = nil
    let start = log.end
    var session: OpaquePointer?
    for step in 0..<40 {
      if step == 20 {
        log.cut(to: start)
        #expect(sqlite3session_create(witness.connection.handle, "main", &session) == SQLITE_OK)
        sqlite3session_attach(session, nil)
      }
      let statement = Self.statement(&random, odd: false)
      let one = Result { try driver.run(statement) }
      let two = Result { try witness.run(statement) }
      #expect((try? one.get())?.changes == (try? two.get())?.changes)
    }
    var count: Int32 = 0
    var theirs: UnsafeMutableRawPointer?
    #expect(sqlite3session_changeset(session, &count, &theirs) == SQLITE_OK)
    let expected = lines(theirs, count)
    sqlite3_free(theirs)
    let changes = try driver.rowChanges([start..<log.end])
    var ours = ChangesetWriter.changeset(of: changes) { changes.isPlain($1, of: $0.shape) }
    let written = ours.withUnsafeMutableBytes { lines($0.baseAddress, Int32($0.count)) }
    #expect(written == expected)

    // The inverse is what SQLite makes of it.
    var inverse: UnsafeMutableRawPointer?
    var inverseCount: Int32 = 0
    _ = ours.withUnsafeMutableBytes {
      sqlite3changeset_invert(Int32($0.count), $0.baseAddress, &inverseCount, &inverse)
    }
    let turned = changes.inverted()
    var own = ChangesetWriter.changeset(of: turned) { turned.isPlain($1, of: $0.shape) }
    #expect(
      own.withUnsafeMutableBytes { lines($0.baseAddress, Int32($0.count)) }
        == lines(inverse, inverseCount))
    sqlite3_free(inverse)
    sqlite3session_delete(session)
  }

  // MARK: There and back

  @Test(arguments: 0..<80)
  func everyStepGoesBackAndForth(seed: Int) throws {
    var random = Random(seed: seed &+ 1_000)
    let (driver, log) = try Self.database(Self.tables + Self.oddTables)
    var steps: [(rows: Range<Int>, before: [String], after: [String])] = []
    var done = 0
    func undo() throws {
      let step = steps[done - 1]
      let conflicts = try driver.apply(driver.rowChanges([step.rows]).inverted())
      #expect(conflicts.isEmpty, "\(conflicts)")
      done -= 1
      #expect(try Self.dump(driver) == step.before)
    }
    func redo() throws {
      let step = steps[done]
      let conflicts = try driver.apply(driver.rowChanges([step.rows]))
      #expect(conflicts.isEmpty, "\(conflicts)")
      done += 1
      #expect(try Self.dump(driver) == step.after)
    }
    for round in 0..<60 {
      if round == 25 {
        // Rows are older than this column; its default is theirs.
        try driver.run("ALTER TABLE codes ADD COLUMN later TEXT NOT NULL DEFAULT 'soon'")
        try driver.run("ALTER TABLE log ADD COLUMN later REAL DEFAULT 3")
        _ = try driver.inspect()
        steps = []
        done = 0
      }
      switch random.below(8) {
      case 0 where done > 0: try undo()
      case 1 where done < steps.count: try redo()
      default:
        let (before, start) = (try Self.dump(driver), log.end)
        let count = 1 + random.below(3)
        for _ in 0..<count { _ = try? driver.run(Self.statement(&random, odd: true)) }
        guard log.end > start else { continue }
        steps.removeSubrange(done...)
        steps.append((start..<log.end, before, try Self.dump(driver)))
        done += 1
      }
    }
    let last = done
    while done > 0 { try undo() }
    while done < last { try redo() }
    #expect(try driver.rows("PRAGMA foreign_key_check").isEmpty)
    #expect(try driver.rows("PRAGMA integrity_check") == [[.text("ok")]])
  }

  @Test func nothingIsKeptOfWhatFailsOrIsRolledBack() throws {
    let (driver, log) = try Self.database(Self.tables)
    try driver.run("INSERT INTO users(name) VALUES ('a')")
    let end = log.end
    #expect(throws: DriverError.self) {
      try driver.run("INSERT INTO users(name) VALUES ('b'), ('c'), ('A')")
    }
    #expect(log.end == end)
    try driver.begin()
    try driver.run("INSERT INTO users(name) VALUES ('b')")
    let inner = log.end
    try driver.savepoint("s")
    try driver.run("DELETE FROM users")
    try driver.rollback(to: "s")
    #expect(log.end == inner)
    try driver.run("INSERT INTO users(name) VALUES ('c')")
    try driver.release(savepoint: "s")
    #expect(log.end > inner)
    try driver.rollback()
    #expect(log.end == end)
  }

  @Test func manyChangesGoThroughTheFile() throws {
    let (driver, log) = try Self.database(Self.tables)
    try driver.run(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO products(title, image, userId) SELECT 'product ' || i, zeroblob(i % 300), NULL FROM n
      """)
    let start = log.end
    #expect(start > 500_000)
    try driver.run("UPDATE products SET title = upper(title) WHERE id % 2 = 0")
    let large = log.end
    try driver.run("INSERT INTO products(image, userId) VALUES (zeroblob(3000000), NULL)")
    let changes = try driver.rowChanges([large..<log.end])
    #expect(try driver.apply(changes.inverted()).isEmpty)
    #expect(try driver.apply(driver.rowChanges([start..<large]).inverted()).isEmpty)
    #expect(try driver.apply(driver.rowChanges([0..<start]).inverted()).isEmpty)
    #expect(try Self.dump(driver).isEmpty)
    #expect(try driver.apply(driver.rowChanges([0..<start])).isEmpty)
    #expect(
      try driver.integer("SELECT count(*) FROM products WHERE title LIKE 'product %'") == 5000)
  }
}

/// Numbers that are the same on every run (Steele, Lea, Flood: SplitMix64, OOPSLA 2014).
struct Random {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0xD134_2543_DE82_EF95 }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }
}
