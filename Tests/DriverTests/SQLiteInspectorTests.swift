import FoundationEssentials
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

@testable import RelishDrivers

@Suite struct SQLiteInspectorTests {
  @Test(arguments: [
    ("VARCHAR(255)", AttributeType.string(length: 255)), ("nvarchar ( 160 )", .string(length: 160)),
    ("character varying(20)", .string(length: 20)), ("CHAR(2)", .string(length: 2)),
    ("TEXT", .text), ("clob", .text), ("VARCHAR", .text),
    ("INTEGER", .integer), ("int", .integer), ("INT(11)", .integer), ("SMALLINT", .integer),
    ("BIGINT", .bigint), ("UNSIGNED BIG INT", .bigint), ("TINYINT(1)", .boolean),
    ("NUMERIC(10,2)", .decimal(precision: 10, scale: 2)),
    ("decimal(5)", .decimal(precision: 5, scale: 0)), ("NUMERIC", .other("NUMERIC")),
    ("FLOAT", .float), ("DOUBLE", .double), ("double  precision", .double), ("REAL", .double),
    ("BOOL", .boolean), ("BOOLEAN", .boolean), ("BIT", .boolean),
    ("DATE", .date), ("TIME", .time), ("DATETIME", .datetime), ("timestamp", .datetime),
    ("timestamp with time zone", .datetime),
    ("UUID", .uuid), ("JSON", .json), ("BLOB", .blob), ("VARBINARY(16)", .blob),
    ("", .other("")), ("geometry", .other("geometry")),
    ("VARCHAR(99999999999999999999)", .other("VARCHAR(99999999999999999999)")),
  ])
  func typesOfEveryUsualSpelling(declared: String, expected: AttributeType) throws {
    let driver = try memoryDatabase("CREATE TABLE t(a \(declared), PRIMARY KEY (a)) WITHOUT ROWID")
    let column = try #require(try driver.inspect().tables.first?.columns.first)
    #expect(column.type == expected)
    #expect(!column.isAutoIncrement)
  }

  @Test(arguments: [
    ("TEXT", "'it''s'", ColumnDefault.literal(.text("it's"))),
    ("TEXT", "\"old\"", .literal(.text("old"))),
    ("INTEGER", "-5", .literal(.integer(-5))), ("INTEGER", "+5", .literal(.integer(5))),
    (
      "INTEGER", "99999999999999999999",
      .literal(
        .decimal(
          Decimal(isNegative: false, digits: "99999999999999999999", scale: 0)))
    ),
    (
      "DECIMAL(5,2)", "-0.50", .literal(.decimal(Decimal(isNegative: true, digits: "50", scale: 2)))
    ),
    ("BOOLEAN", "1", .literal(.boolean(true))), ("BOOL", "FALSE", .literal(.boolean(false))),
    ("BLOB", "x'00FF'", .literal(.blob([0, 255]))),
    ("DATETIME", "CURRENT_TIMESTAMP", .now), ("DATE", "current_date", .today),
    ("REAL", "1e5", .literal(.integer(100_000))), ("REAL", "1e9999", .expression("1e9999")),
    ("INTEGER", "0x10", .expression("0x10")), ("INTEGER", "(1+ 2)", .expression("1 + 2")),
    ("TEXT", "(lower( 'A' ))", .expression("lower('A')")),
  ])
  func defaults(type: String, text: String, expected: ColumnDefault) throws {
    // In a schema that is there, a text may stand in double quotes; a new one may not be made so.
    let sql = "CREATE TABLE t(a \(type) DEFAULT \(text))"
    let driver = try memoryDatabase()
    guard text.first == "\"" else {
      try driver.run(sql)
      #expect(try driver.inspect().tables.first?.columns.first?.defaultValue == expected)
      return
    }
    #expect(
      ColumnDefault(sqlite: SQLTokenizer.tokens(of: text), of: .text, SQLiteDialect()) == expected)
  }

  @Test func nullIsNoDefault() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a TEXT DEFAULT NULL, b)")
    #expect(try driver.inspect().tables.first?.columns.map(\.defaultValue) == [nil, nil])
  }

  @Test func keysOfEveryKind() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE a(id INTEGER PRIMARY KEY)",
      "CREATE TABLE b(id INTEGER PRIMARY KEY AUTOINCREMENT)",
      "CREATE TABLE c(id INT PRIMARY KEY)",
      "CREATE TABLE d(x, y NOT NULL, z, PRIMARY KEY (z, y))",
      "CREATE TABLE e(id INTEGER, CONSTRAINT pk PRIMARY KEY (id))",
      "CREATE TABLE f(id INTEGER PRIMARY KEY) WITHOUT ROWID",
      "CREATE TABLE g(x)")
    let tables = try driver.inspect().tables
    #expect(tables.map(\.name) == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(tables.map(\.primaryKey) == [["id"], ["id"], ["id"], ["z", "y"], ["id"], ["id"], []])
    #expect(
      tables.map { $0.columns[0].isAutoIncrement } == [
        true, true, false, false, true, false, false,
      ])
    #expect(
      tables.map { $0.columns[0].isNotNull } == [true, true, false, false, true, true, false])
  }

  @Test func foreignKeysUniquesAndIndexes() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE p(a, b, id INTEGER PRIMARY KEY, UNIQUE (a, b), UNIQUE (b))",
      """
      CREATE TABLE [c d](id INTEGER PRIMARY KEY, a UNIQUE, b, "p ""q" REFERENCES P ON DELETE SET NULL,
        r REFERENCES p(id) ON UPDATE CASCADE ON DELETE RESTRICT, -- a comment, with (brackets
        s REFERENCES "c d"(id) ON DELETE NO ACTION,
        CONSTRAINT "both of" UNIQUE (a COLLATE NOCASE, b DESC),
        FOREIGN KEY (a, b) REFERENCES p(a, b) ON DELETE SET DEFAULT)
      """,
      "CREATE INDEX one ON [c d](b, a)", "CREATE UNIQUE INDEX two ON [c d](r)",
      "CREATE INDEX partial ON [c d](r) WHERE r > 1", "CREATE INDEX computed ON [c d](r + 1)",
      "CREATE VIEW v AS SELECT 1", "CREATE VIRTUAL TABLE f USING fts5(text)")
    let schema = try driver.inspect()
    #expect(schema.tables.map(\.name) == ["p", "c d"])
    let table = try #require(schema.table(named: "C D"))
    let key = {
      ForeignKey(columns: $0, table: $1, targetColumns: $2, onDelete: $3, onUpdate: $4)
    }
    #expect(
      table.foreignKeys == [
        key(["p \"q"], "P", ["id"], .setNull, .noAction),
        key(["r"], "p", ["id"], .restrict, .cascade),
        key(["s"], "c d", ["id"], .noAction, .noAction),
        key(["a", "b"], "p", ["a", "b"], .setDefault, .noAction),
      ])
    var both = UniqueKey(name: "both of", columns: ["a", "b"])
    both.writing.list = "a COLLATE NOCASE, b DESC"
    #expect(table.uniques == [UniqueKey(name: nil, columns: ["a"]), both])
    var partial = Index(name: "partial", columns: ["r"])
    partial.definition = "(r) WHERE r > 1"
    var computed = Index(name: "computed", columns: [])
    computed.definition = "(r + 1)"
    #expect(
      table.indexes == [
        Index(name: "one", columns: ["b", "a"]), Index(name: "two", columns: ["r"], isUnique: true),
        partial, computed,
      ])
    #expect(schema.views.map(\.name) == ["v"])
    #expect(schema.views.first?.text == "CREATE VIEW v AS SELECT 1")
    #expect(schema.views.first?.columns.map(\.name) == ["1"])
    #expect(schema.virtualTables == ["f"])
  }

  @Test func checksAndEnumerations() throws {
    let driver = try memoryDatabase(
      """
      CREATE TABLE t(
        id INTEGER PRIMARY KEY,
        price REAL DEFAULT (1 + 1) CHECK( ( price>=-1 and "price"<1e9 ) ),
        status VARCHAR(4) NOT NULL CHECK ("status" in ('open', 'it''s')) DEFAULT 'open',
        kind TEXT CONSTRAINT k CHECK (kind IN ('a')) CHECK (length ( kind )<5),
        n INTEGER CHECK (n IN ('1', '2')),
        other TEXT CHECK (kind IN ('a')),
        CONSTRAINT "check" CHECK (price > 0 OR status = 'it''s'), CHECK (n > 1)
      )
      """)
    let table = try #require(try driver.inspect().tables.first)
    #expect(
      table.columns.map { $0.check?.source } == [
        nil, "price >= -1 AND price < 1e9", nil, nil, "n IN ('1', '2')", "kind IN ('a')",
      ])
    #expect(table.columns[2].type == .enumeration(["open", "it's"]))
    #expect(table.columns[2].defaultValue == .literal(.text("open")))
    #expect(table.columns[3].type == .enumeration(["a"]))
    #expect(table.columns[4].type == .integer)
    #expect(table.columns[5].type == .text)
    #expect(table.columns[3].checkName == "k")
    #expect(
      table.checks.map(\.text) == ["length(kind) < 5", "price > 0 OR status = 'it''s'", "n > 1"])
    #expect(table.checks.map(\.name) == [nil, "check", nil])
  }

  @Test func tablesThatWereAltered() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE t AS SELECT 1 AS a, 'x' AS b",
      "ALTER TABLE t ADD COLUMN c INTEGER NOT NULL DEFAULT 3 CHECK (c > 0)",
      "ALTER TABLE t RENAME COLUMN a TO \"new name\"")
    let table = try #require(try driver.inspect().tables.first)
    #expect(table.columns.map(\.name) == ["new name", "b", "c"])
    #expect(table.columns[2].check?.source == "c > 0")
  }

  @Test func aThousandTablesAreReadFast() throws {
    let driver = try memoryDatabase()
    try driver.begin()
    for number in 0..<1_000 {
      try driver.run(
        """
        CREATE TABLE t\(number)(id INTEGER PRIMARY KEY, a VARCHAR(20) UNIQUE, b INTEGER,
          c INTEGER REFERENCES t\(number / 2)(id))
        """)
    }
    try driver.commit()
    let clock = ContinuousClock()
    var schema = Schema()
    let time = try clock.measure { schema = try driver.inspect() }
    #expect(schema.tables.count == 1_000)
    #expect(schema.tables.allSatisfy { $0.columns.count == 4 && $0.foreignKeys.count == 1 })
    #expect(time < .seconds(2), "took \(time)")
  }

  static let chinook = Project.root.path + "/../shared/data/Chinook_Sqlite.sqlite"

  @Test func chinook() throws {
    guard let driver = try? SQLiteDriver(path: Self.chinook, readOnly: true) else {
      print("skipped: no \(Self.chinook)")
      return
    }
    let schema = try driver.inspect()
    #expect(
      schema.tables.map(\.name).sorted() == [
        "Album", "Artist", "Customer", "Employee", "Genre", "Invoice", "InvoiceLine", "MediaType",
        "Playlist", "PlaylistTrack", "Track",
      ])
    let track = try #require(schema.table(named: "track"))
    #expect(track.primaryKey == ["TrackId"])
    #expect(track.column(named: "TrackId")?.isAutoIncrement == true)
    #expect(track.column(named: "UnitPrice")?.type == .decimal(precision: 10, scale: 2))
    #expect(track.column(named: "Name")?.type == .string(length: 200))
    #expect(track.column(named: "Name")?.isNotNull == true)
    #expect(track.foreignKeys.map(\.table).sorted() == ["Album", "Genre", "MediaType"])
    #expect(track.indexes.count == 3)
    #expect(schema.table(named: "PlaylistTrack")?.primaryKey == ["PlaylistId", "TrackId"])
    let employee = try #require(schema.table(named: "Employee"))
    #expect(employee.foreignKeys.map(\.table) == ["Employee"])
    #expect(employee.column(named: "BirthDate")?.type == .datetime)
  }
}
