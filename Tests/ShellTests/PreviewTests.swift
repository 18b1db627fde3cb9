import Foundation
import RelishDrivers
import RelishLanguage
import RelishSQL
import RelishShell
import Support
import Testing

/// What previews need of the database, and leave in it.
@Suite("Previews")
struct PreviewTests {
  private static let schema = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE products (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users ON DELETE CASCADE);
    CREATE INDEX products_user ON products(user_id);
    CREATE TABLE log (line TEXT);
    CREATE TRIGGER product_gone AFTER DELETE ON products BEGIN INSERT INTO log VALUES (old.id); END;
    INSERT INTO users VALUES (1, 'Max'), (2, 'Ann');
    INSERT INTO products VALUES (1, 1), (2, 1);
    """
  private static let tree = """
    delete 1 User
    └─ 2 Products by cascade (Product user, on delete cascade)
    trigger product_gone on products also runs; what it does is not told here
    3 rows would go

    """

  private static func database(in directory: TemporaryDirectory) throws -> String {
    let path = directory.file("shop.db")
    #expect(try Program.sqlite3(path, schema).isEmpty)
    return path
  }

  @Test(
    "a database that cannot be written, and tables that no sentence names",
    arguments: [false, true])
  func readOnly(isProtected: Bool) throws {
    let directory = try TemporaryDirectory()
    let path = try Self.database(in: directory)
    let before = FileManager.default.contents(atPath: path)
    if isProtected {
      try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    }
    for options in [["-r"], ["--safe"], ["-r", "--safe"]] {
      let run = try Program.relish(options + [path, "delete User \"Max\" preview"])
      #expect(run.output == Self.tree, "\(run.errors)")
    }
    #expect(FileManager.default.contents(atPath: path) == before)
  }

  @Test("another program that writes hinders no preview, and is not hindered by one")
  func noLock() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.database(in: directory)
    let other = try SQLiteDriver(path: path, readOnly: false)
    try other.begin()
    _ = try other.execute("INSERT INTO users VALUES (3, 'Ida')")
    let run = try Program.relish([path, "delete User \"Max\" preview"])
    #expect(run.output == Self.tree, "\(run.errors)")
    let whatIf = "what if Product belongsTo User onDelete restrict"
    #expect(try Program.relish([path, whatIf]).status == 0)
    try other.commit()
  }

  @Test("nothing is left: no table, no transaction, no key that is not enforced")
  func nothingIsLeft() throws {
    let directory = try TemporaryDirectory()
    let driver = try SQLiteDriver(path: try Self.database(in: directory), readOnly: false)
    let loops = """
      CREATE TABLE c (id INTEGER PRIMARY KEY, up INTEGER REFERENCES c ON DELETE CASCADE,
        o INTEGER REFERENCES c ON DELETE RESTRICT)
      """
    _ = try driver.execute(SQLText(loops))
    _ = try driver.execute("INSERT INTO c VALUES (1, NULL, NULL), (2, 1, NULL), (3, 1, 2)")
    for filter in ["c.id = 1", "c.id = 2", "nothing = 1"] {
      _ = try? DeletionPreview(deletingFrom: "c", where: SQLText(filter), driver: driver)
      #expect(!driver.isInTransaction)
      var names = 0
      try driver.query("SELECT count(*) FROM temp.sqlite_schema") { row throws(DriverError) in
        names = Int(row.integer(0))
        return true
      }
      #expect(names == 0)
      #expect(throws: DriverError.self) { try driver.execute("INSERT INTO c VALUES (9, 99, NULL)") }
    }
    #expect(throws: DriverError.self) {
      try DeletionPreview(deletingFrom: "nowhere", where: SQLText(), driver: driver)
    }
  }

  @Test("an interrupted preview leaves no transaction open")
  func interrupted() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.database(in: directory)
    _ = try Program.sqlite3(
      path,
      """
      WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
      INSERT INTO products SELECT i, 2 FROM n;
      """)
    let run = try Program.relish(
      [
        "-k", path, "-c",
        "set timeout 0.02\ndelete User \"Ann\" preview\nset timeout off\nbegin\nrollback\ncount User",
      ])
    #expect(run.status == 1 && run.errors.contains("set timeout"), "\(run.errors)")
    #expect(run.errors.contains("began a transaction\nrolled back"), "\(run.errors)")
    #expect(run.output == "count\n2\n", "\(run.output)")
  }

  @Test("what the database refuses whatever the rows are")
  func refused() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("odd.db")
    let made = try Program.sqlite3(
      path,
      """
      CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
      CREATE VIEW adults AS SELECT * FROM users;
      CREATE TABLE notes (id INTEGER PRIMARY KEY, author TEXT REFERENCES users(name));
      INSERT INTO users VALUES (1, 'Max');
      CREATE TABLE links (id INTEGER PRIMARY KEY, before_id INTEGER REFERENCES links ON DELETE CASCADE);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
      INSERT INTO links SELECT i, nullif(i - 1, 0) FROM n;
      """)
    #expect(made.isEmpty, "\(made)")
    for (statement, words) in [
      ("delete User 1", "foreign key mismatch"), ("delete Adult where id = 1", "is a view"),
      ("delete Link 100", "too many levels of trigger recursion"),
    ] {
      for end in ["", " preview"] {
        let run = try Program.relish([path, statement + end], merged: true)
        #expect(run.output.contains(words), "\(run.output)")
      }
    }
    // SQLite follows a thousand rows: the one before goes with all that come after it.
    let run = try Program.relish([path, "delete Link 101 preview"])
    #expect(run.output.hasSuffix("1,000 rows would go\n"), "\(run.output)")
    #expect(try Program.relish([path, "delete Link 101"]).status == 0)
    let json = try Program.relish(["--json", path, "delete User 1 preview"])
    #expect(json.output.contains("\"effect\":\"refused\""), "\(json.output)")
  }

  @Test("100,000 rows that go along are followed in less than three seconds")
  func fast() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.database(in: directory)
    _ = try Program.sqlite3(
      path,
      """
      DROP TRIGGER product_gone;
      WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
      INSERT INTO users SELECT i, 'u' || i FROM n;
      WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      INSERT INTO products SELECT i, i % 40000 + 1 FROM n;
      """)
    let driver = try SQLiteDriver(path: path, readOnly: true)
    let clock = ContinuousClock()
    let preview = try clock.measure {
      let preview = try DeletionPreview(deletingFrom: "users", where: SQLText(), driver: driver)
      #expect(preview.nodes.map(\.rows) == [40_000, 100_000])
    }
    #expect(preview < .seconds(3))
    let now = try driver.references()
    var then = now
    then.keys[0].onDelete = .restrict
    let supposition = try clock.measure {
      let found = try Supposition(now: now, then: then, key: then.keys[0], driver: driver)
      #expect(found.tables.first?.differing.count == 40_000)
    }
    #expect(supposition < .seconds(15))
  }
}
