import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// What a rebuild keeps of a table that was made elsewhere, and the order in which it does it.
@Suite struct AlterKeepsTests {
  private static let library = [
    """
    CREATE TABLE books (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      isbn NVARCHAR(20) COLLATE NOCASE CONSTRAINT isbn_once UNIQUE ON CONFLICT FAIL,
      title TEXT COLLATE NOCASE,
      pages INT CONSTRAINT pages_positive CHECK (pages > 0),
      shelf TEXT DEFAULT ('s' || 1),
      upperTitle TEXT GENERATED ALWAYS AS (upper(title)) VIRTUAL,
      CONSTRAINT not_too_thick CHECK (pages < 10000 OR shelf IS NOT NULL)
    )
    """,
    """
    CREATE TABLE loans (
      bookId INTEGER REFERENCES books ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      reader TEXT, day TEXT, PRIMARY KEY (bookId, day DESC)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE log (line TEXT)",
    "CREATE INDEX books_long ON books(title) WHERE pages > 500",
    "CREATE INDEX books_lower ON books(lower(title) DESC)",
    "CREATE VIEW thick AS SELECT title FROM books WHERE pages > 500",
    "CREATE TRIGGER books_logged AFTER UPDATE ON books BEGIN INSERT INTO log VALUES (new.title); END",
    "CREATE TRIGGER loans_logged AFTER INSERT ON loans BEGIN INSERT INTO log SELECT title FROM books WHERE id = new.bookId; END",
    "INSERT INTO books(isbn, title, pages) VALUES ('1a', 'Emma', 400), ('2b', 'Middlemarch', 900), ('3c', 'gone', 1)",
    "DELETE FROM books WHERE title = 'gone'",
    "INSERT INTO loans VALUES (1, 'Max', '2026-01-01'), (2, 'Ann', '2026-01-02'), (2, 'Bo', '2026-02-01')",
    "DELETE FROM log",
  ]

  private func open(_ statements: [String] = library) throws -> SQLiteDriver {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    for statement in statements { _ = try driver.execute(SQLText(statement)) }
    return driver
  }

  private func rows(_ sql: String, _ driver: any Driver) throws -> [String] {
    var rows: [String] = []
    try driver.query(SQLText(sql)) { row throws(DriverError) in
      rows.append((0..<row.count).map { "\(row.value($0))" }.joined(separator: " "))
      return true
    }
    return rows
  }

  private func alter(_ script: String, _ driver: any Driver) throws -> SyncReport {
    let graph = try #require(toldGraph(script, read: try driver.inspect()))
    let request = AlterRequest(graph: graph)
    let plan = try Synchronizer.plan(request, driver: driver)
    #expect(plan.refusals == [])
    return try Synchronizer.run(plan, for: request, driver: driver) { _ in }
  }

  @Test func allThatTheModelDoesNotSayIsKept() throws {
    let driver = try open()
    let before = try driver.inspect()
    let loans = try rows("SELECT * FROM loans ORDER BY 1, 3", driver)
    let report = try alter("Book has shelf text default \"s2\" required", driver)
    #expect(report.proof?.lines.last == "3 tables, 1 changed, 5 rows kept, 0 lost")
    let after = try driver.inspect()
    var books = try #require(before.table(named: "books"))
    let shelf = try #require(books.columns.firstIndex { $0.name == "shelf" })
    books.columns[shelf].isNotNull = true
    books.columns[shelf].defaultValue = .literal(.text("s2"))
    #expect(after.table(named: "books") == books)
    #expect(after.table(named: "loans") == before.table(named: "loans"))
    #expect(Set(after.views) == Set(before.views) && Set(after.triggers) == Set(before.triggers))
    #expect(try rows("SELECT * FROM loans ORDER BY 1, 3", driver) == loans)
    #expect(try rows("SELECT count(*) FROM log", driver) == ["integer(0)"])
    // They work: sequence, trigger, view, computed column, index.
    _ = try driver.execute("INSERT INTO books(isbn, title, pages) VALUES ('4', 'Ulysses', 700)")
    _ = try driver.execute("UPDATE books SET pages = 701 WHERE title = 'ULYSSES'")
    #expect(try rows("SELECT id, upperTitle FROM books WHERE isbn = '4'", driver).count == 1)
    #expect(try rows("SELECT max(id) FROM books", driver) == ["integer(4)"])
    #expect(try rows("SELECT line FROM log", driver) == ["text(\"Ulysses\")"])
    #expect(try rows("SELECT count(*) FROM thick", driver) == ["integer(2)"])
    _ = try driver.execute("DELETE FROM books WHERE id = 2")
    #expect(try rows("SELECT count(*) FROM loans", driver) == ["integer(1)"])
  }

  /// A rowid table without another name for it keeps its numbers.
  @Test func rowNumbersAreKept() throws {
    let driver = try open([
      "CREATE TABLE notes (line TEXT)", "INSERT INTO notes(rowid, line) VALUES (5, 'a'), (9, 'b')",
    ])
    _ = try alter("Note has line text required", driver)
    #expect(
      try rows("SELECT rowid, line FROM notes", driver) == [
        "integer(5) text(\"a\")", "integer(9) text(\"b\")",
      ])
  }

  /// A view that would no longer work is a doubt, which takes everything back.
  @Test func aViewThatWouldBreakStopsIt() throws {
    let driver = try open()
    let graph = try #require(
      toldGraph("Book drops title\nBook has name text", read: try driver.inspect()))
    var request = AlterRequest(graph: graph)
    request.lostColumns = [("books", "title")]
    let before = try rows("SELECT sql FROM sqlite_schema ORDER BY name", driver)
    let plan = try Synchronizer.plan(request, driver: driver)
    #expect(throws: DriverError.self) {
      try Synchronizer.run(plan, for: request, driver: driver) { _ in }
    }
    #expect(try rows("SELECT sql FROM sqlite_schema ORDER BY name", driver) == before)
    #expect(try rows("SELECT count(title) FROM books", driver) == ["integer(2)"])
    #expect(try rows("PRAGMA foreign_keys", driver) == ["integer(1)"])
  }

  @Test func bytesThatAreNoTextAreNotLost() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("bytes.db")
    // A check with a byte that no UTF-8 has, as a program that writes Latin-1 leaves it.
    let sql = "CREATE TABLE notes (line TEXT CHECK (line <> '#'), n INTEGER)"
    let run = try Program.run(
      "python3",
      [
        "-c",
        "import sqlite3; c = sqlite3.connect('\(path)'); c.execute(\"\(sql)\"); c.close(); "
          + "b = open('\(path)', 'rb').read(); open('\(path)', 'wb').write(b.replace(b\"'#'\", b\"'\\xfc'\"))",
      ])
    #expect(run.status == 0, "\(run.errors)")
    let driver = try SQLiteDriver(path: path, readOnly: false)
    defer { driver.close() }
    let graph = try #require(
      toldGraph("Note has n integer required", read: try driver.inspect()))
    let plan = try Synchronizer.plan(AlterRequest(graph: graph), driver: driver)
    #expect(plan.refusals.first?.message.contains("no UTF-8") == true, "\(plan.refusals)")
  }

  /// Part of a primary key may be null; going back finds the values of such rows all the same.
  @Test func rowsWithoutKeyComeBack() throws {
    let driver = try open([
      "CREATE TABLE tags (name TEXT PRIMARY KEY, weight TEXT, note TEXT NOT NULL)",
      "INSERT INTO tags VALUES (NULL, '1', 'a'), ('x', '2', 'b'), (NULL, '3', 'c')",
    ])
    let before = try rows("SELECT rowid, name, weight, note FROM tags", driver)
    let graph = try #require(toldGraph("Tag drops note", read: try driver.inspect()))
    var request = AlterRequest(graph: graph)
    request.lostColumns = [(table: "tags", column: "note")]
    let plan = try Synchronizer.plan(request, driver: driver)
    var states = try #require(
      try Synchronizer.run(plan, for: request, driver: driver) { _ in }.states)
    #expect(try rows("SELECT * FROM tags", driver).count == 3)
    #expect(try driver.goBack(to: &states.before, from: &states.after).isEmpty)
    #expect(try rows("SELECT rowid, name, weight, note FROM tags", driver) == before)
  }

  /// SQLite knows the case of `A` to `Z` only: these are two tables, each with rows of its own.
  @Test func namesBeyondASCIIAreNotFolded() throws {
    let driver = try open([
      "CREATE TABLE \"Ärzte\" (id INTEGER PRIMARY KEY, name TEXT)",
      "CREATE TABLE \"ärzte\" (id INTEGER PRIMARY KEY, größe INT, GRÖßE TEXT)",
      "INSERT INTO Ärzte VALUES (1, 'a'), (2, 'b'), (3, 'c')",
      "INSERT INTO ärzte VALUES (1, 2, 'x')",
    ])
    let report = try alter("`ärzte` has note text required default \"n\"", driver)
    #expect(report.proof?.lines.last == "2 tables, 1 changed, 4 rows kept, 0 lost")
    #expect(
      try rows("SELECT count(*), (SELECT größe || GRÖßE || note FROM ärzte) FROM Ärzte", driver)
        == ["integer(3) text(\"2xn\")"])
  }

  /// Foreign keys that were broken before may stay so, and are counted.
  @Test func rowsThatPointToNothingAlreadyAreCounted() throws {
    let driver = try open([
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
      "CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT, userId INTEGER REFERENCES users)",
      "PRAGMA foreign_keys = OFF", "INSERT INTO products VALUES (1, 'Tee', 7)",
      "PRAGMA foreign_keys = ON", "INSERT INTO users VALUES (1, 'Max')",
    ])
    let report = try alter("User has name text required", driver)
    #expect(
      report.proof?.lines == [
        "rows pointing to nothing: 1 before, 1 after", "2 tables, 1 changed, 2 rows kept, 0 lost",
      ])
  }
}
