import FoundationEssentials
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

@testable import RelishDrivers

/// The text of a CREATE TABLE, read by relish, against what SQLite's own pragmas say of the table.
@Suite struct SQLiteTableTextTests {
  static let statements = [
    "CREATE TABLE t(\"a b\" TEXT, 'c' INT, [d] REAL, `e` BLOB, \"f \"\"g\")",
    "CREATE TABLE \"t\" (a, b, c, PRIMARY KEY(\"B\", [A]))",
    "create table if not exists main.t(a integer, b Text, c LONG VARCHAR ( 10 ), d DECIMAL(10,2))",
    "CREATE TABLE t(a \"my type\"(3, -4), b 'a' 'b', c [x y], d int eger(+1), e integer(3))",
    "CREATE TABLE t(a/*,*/INT/* )*/NOT--x\nNULL,b-- , \n)",
    "CREATE TABLE t(key INTEGER, no TEXT, action, cascade INT, desc, initially key, match, asc asc)",
    "CREATE TABLE t(a cascade, b no action, c desc asc, d restrict, e generated, f always)",
    "CREATE TABLE t(rowid TEXT, oid INT NOT NULL, _rowid_)",
    "CREATE TABLE t(a INT DEFAULT 5, b DEFAULT -5, c DEFAULT + 5, d DEFAULT - 5.50, e DEFAULT 1e3)",
    "CREATE TABLE t(a DEFAULT 'it''s, (so', b DEFAULT x'AB', c DEFAULT TRUE, d DEFAULT abc, e)",
    "CREATE TABLE t(a DEFAULT (1+(2)), b DEFAULT ((', ' || ')')), c DEFAULT (NULL), d DEFAULT NULL)",
    "CREATE TABLE t(a INT DEFAULT 1 NOT NULL DEFAULT 2, b DATETIME DEFAULT current_timestamp NOT NULL)",
    "CREATE TABLE t(a DEFAULT 0x1F, b DEFAULT 99999999999999999999, c BOOL DEFAULT false CHECK (c > 0))",
    "CREATE TABLE t(a INT, b INT AS (a + 1), c TEXT GENERATED ALWAYS AS (a || ')') STORED NOT NULL)",
    "CREATE TABLE t(a INT, b GENERATED ALWAYS AS (a), c generated always AS (b) virtual)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY)",
    "CREATE TABLE t(id INTEGER NOT NULL PRIMARY KEY ASC AUTOINCREMENT, a)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY DESC, a NOT NULL)",
    "CREATE TABLE t(id INTEGER, a, PRIMARY KEY (id AUTOINCREMENT))",
    "CREATE TABLE t(id INT CONSTRAINT x PRIMARY KEY ON CONFLICT REPLACE, a UNIQUE ON CONFLICT FAIL)",
    "CREATE TABLE t(a, b, c, PRIMARY KEY (c COLLATE nocase DESC, a), UNIQUE (b, a)) WITHOUT ROWID",
    "CREATE TABLE t(a INTEGER PRIMARY KEY, b ANY, c TEXT NOT NULL) STRICT",
    "CREATE TABLE t(a TEXT, b TEXT, PRIMARY KEY (a, b, a))",
    "CREATE TABLE t(a REFERENCES p, b REFERENCES \"o t\"('x') ON DELETE SET NULL ON UPDATE SET DEFAULT)",
    """
    CREATE TABLE t(a REFERENCES p(i) ON UPDATE CASCADE MATCH FULL ON DELETE NO ACTION NOT DEFERRABLE
      INITIALLY IMMEDIATE NOT NULL, b INT NOT NULL REFERENCES t ON DELETE RESTRICT ON DELETE CASCADE
      DEFERRABLE INITIALLY DEFERRED)
    """,
    """
    CREATE TABLE t(a, "b c", d,
      CONSTRAINT one FOREIGN KEY (A, [B C]) REFERENCES "p q" (x, "y z") ON DELETE CASCADE,
      FOREIGN KEY (d) REFERENCES cascade ON UPDATE NO ACTION ON DELETE SET NULL, CHECK (a > (1)),
      FOREIGN KEY (a) REFERENCES t(d))
    """,
    "CREATE TABLE t(a CONSTRAINT x NOT NULL CONSTRAINT y REFERENCES p ON INSERT SET NULL, b)",
    "CREATE TABLE t(a INT CONSTRAINT x, b INT UNIQUE, CONSTRAINT y, UNIQUE (a) CHECK (b) UNIQUE (b, a))",
    "CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\", 2.5 AS \"select\", NULL AS d",
    "CREATE TABLE t(ä TEXT NOT NULL, \"Ä\" INT, naïve DEFAULT 'ü', b REFERENCES ö(ß))",
  ]

  @Test(arguments: statements)
  func saysWhatThePragmasSay(statement: String) throws {
    #expect(try differences(memoryDatabase(statement)) == [])
  }

  /// Words of the statements above left out, doubled, swapped and put elsewhere: whatever SQLite takes for a
  /// table. `RELISH_SEEDS=100000` tries more.
  @Test func saysTheSameOfWhateverIsATable() throws {
    let tokens = Self.statements.map { sql in
      SQLTokenizer.tokens(of: sql).map { token in
        String(decoding: Array(sql.utf8)[token.range], as: UTF8.self)
      }
    }
    let words = tokens.flatMap { $0.dropFirst(4) }
    let count = ProcessInfo.processInfo.environment["RELISH_SEEDS"].flatMap { Int($0) } ?? 3_000
    var tables = 0
    for seed in 0..<count {
      var generator = SeededGenerator(seed: UInt64(seed))
      var changed = tokens[seed % tokens.count]
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 3..<changed.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: changed.remove(at: place)
        case 1: changed.insert(changed[place], at: place)
        case 2: changed.swapAt(place, Int.random(in: 3..<changed.count, using: &generator))
        default: changed.insert(words.randomElement(using: &generator) ?? "", at: place)
        }
      }
      let sql = changed.joined(separator: " ")
      guard let driver = try? memoryDatabase(sql) else { continue }
      tables += 1
      let found = try differences(driver)
      #expect(found == [], "seed \(seed): \(sql)")
      driver.close()
    }
    #expect(tables > count / 20)
  }

  /// A name with a byte that no UTF-8 has, as a program that writes Latin-1 leaves it.
  @Test func asksThePragmasWhereTheTextSaysLess() throws {
    let directory = try TemporaryDirectory()
    let file = URL(filePath: directory.file("bytes.db"))
    let maker = try SQLiteDriver(path: file.path, readOnly: false)
    try maker.run("CREATE TABLE p(i INTEGER PRIMARY KEY)")
    try maker.run(
      "CREATE TABLE t(a INT NOT NULL DEFAULT 3, \"b#\" TEXT REFERENCES p ON DELETE CASCADE)")
    maker.close()
    var bytes = try Data(contentsOf: file)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "#")))
    bytes[place] = 0xFF
    try bytes.write(to: file)
    let driver = try SQLiteDriver(path: file.path, readOnly: true)
    defer { driver.close() }
    let table = try #require(try driver.inspect().table(named: "t"))
    #expect(table.columns.map(\.name) == ["a", "b\u{FFFD}"])
    #expect(table.columns.map(\.isNotNull) == [true, false])
    #expect(table.columns.map(\.defaultValue) == [.literal(.integer(3)), nil])
    #expect(
      table.foreignKeys == [
        ForeignKey(
          columns: ["b\u{FFFD}"], table: "p", targetColumns: ["i"], onDelete: .cascade,
          onUpdate: .noAction)
      ])
  }

  /// What the only table is as relish reads it, and not as the pragmas tell it; and whether they were asked.
  private func differences(_ driver: SQLiteDriver) throws -> [String] {
    let table = try #require(try driver.inspect().tables.first)
    let name = driver.dialect.literal(.text(table.name))
    let columns = try driver.rows(
      """
      SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(\(name)) ORDER BY cid
      """)
    var found: [String] = []
    func compare(_ what: String, _ read: some Equatable, _ told: some Equatable) {
      if "\(read)" != "\(told)" { found.append("\(what): \(read) is \(told)") }
    }
    compare("columns", table.columns.map { Value.text($0.name) }, columns.map { $0[0] })
    let key = columns.filter { $0[4] != .integer(0) }.sorted { "\($0[4])" < "\($1[4])" }
    compare("key", table.primaryKey.map { Value.text($0) }, key.map { $0[0] })
    for (column, facts) in zip(table.columns, columns) {
      let type = column.declaredType ?? SQLiteDialect().typeName(column.type)
      compare("type of \(column.name)", Value.text(type), facts[1])
      if !column.isAutoIncrement {
        compare("null of \(column.name)", Value.integer(column.isNotNull ? 1 : 0), facts[2])
      }
      var value: ColumnDefault?
      if case .text(let text) = facts[3] {
        let tokens = SQLTokenizer.tokens(of: text)
        value = ColumnDefault(sqlite: tokens, of: column.type, SQLiteDialect())
      }
      compare("default of \(column.name)", column.defaultValue, value)
    }
    compare("foreign keys", keys(of: table), try keys(of: table.name, in: driver))
    let texts = try driver.rows("SELECT sql FROM sqlite_schema WHERE name = \(name)")
    if case .text(let sql)? = texts.first?.first {
      let text = SQLiteTableText(SQLTokenizer.tokens(of: sql), columnCount: columns.count)
      let facts = SQLiteColumnFacts.columns(
        of: table.name, text, count: columns.count, try driver.connection.open())
      if facts == nil { found.append("the text says less than the pragmas") }
    }
    return found
  }

  private func keys(of table: Table) -> [String] {
    table.foreignKeys.map {
      "\($0.columns) \($0.table) \($0.targetColumns) \($0.onDelete.rawValue) \($0.onUpdate.rawValue)"
    }.sorted()
  }

  /// A key without names of columns means the primary key of the table itself here, or of no table.
  private func keys(of table: String, in driver: SQLiteDriver) throws -> [String] {
    let name = driver.dialect.literal(.text(table))
    let primary = try driver.rows(
      "SELECT name FROM pragma_table_xinfo(\(name)) WHERE pk > 0 ORDER BY pk")
    var keys: [Int64: (from: [String], to: [String], rest: [String])] = [:]
    for row in try driver.rows(
      """
      SELECT id, "from", "to", "table", lower(on_delete), lower(on_update)
      FROM pragma_foreign_key_list(\(name)) ORDER BY id, seq
      """)
    {
      guard case .integer(let id) = row[0] else { continue }
      let texts = row.dropFirst().map { if case .text(let text) = $0 { text } else { "" } }
      var key = keys[id] ?? ([], [], Array(texts[2...]))
      key.from.append(texts[0])
      if row[2] != .null { key.to.append(texts[1]) }
      keys[id] = key
    }
    return keys.values.map { key in
      var to = key.to
      if to.isEmpty, key.rest[0].isSameName(as: table), primary.count == key.from.count {
        to = primary.map { if case .text(let text) = $0[0] { text } else { "" } }
      }
      return "\(key.from) \(key.rest[0]) \(to) \(key.rest[1]) \(key.rest[2])"
    }.sorted()
  }
}
