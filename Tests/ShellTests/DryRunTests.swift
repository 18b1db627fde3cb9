import Foundation
import Support
import Testing

/// `-n`: everything is told, and nothing of it is there afterwards (CLI.md "One script").
@Suite("Dry runs")
struct DryRunTests {
  private static let model = """
    User has name string required unique
    Product has title string
    Product belongsTo User onDelete cascade
    Cart belongsToMany Product through CartItem
    """
  private static let rows = """
    sync
    create User (name = "Max", products = [(title = "Tee"), (title = "Cap")]), (name = "Ann")
    create Cart

    """

  /// Statements with what their answer begins with.
  private static let writes: [(statement: String, answer: String)] = [
    ("create User name = \"Bo\"", "created 1 User (id 3)"),
    ("let bo = create User name = \"Bo\"", "created 1 User (id 3)"),
    ("create User \"Ann\" products (title = \"Mug\")", "created 1 Product (id 3)"),
    ("set User \"Ann\" name = \"Anna\"", "changed 1 User"),
    ("set all Product title = \"x\"", "changed 2 Products"),
    ("delete User \"Max\"", "deleted 1 User (and 2 products by cascade)"),
    ("delete all User", "deleted 2 Users (and 2 products by cascade)"),
    ("add Product 1 to Cart 1 products", "added 1 Product to Cart 1 products"),
    ("remove Product 1 from User 1 products", "removed 1 Product from User 1 products"),
    ("Tag has name string\nsync", "created tags"),
    ("Product has price decimal(8,2)\nsync alter", "5 rows kept, 0 lost"),
    ("Product has title text\nsync alter", "would alter products: `title`"),
    ("model Cart without timestamps\nsync force", "dropped carts (1 row)"),
    ("begin\ndelete all Product\ncommit", "deleted 2 Products"),
    ("begin\ndelete all Product\nrollback", "rolled back"),
    ("begin\ndelete all Product", "deleted 2 Products"),
    ("export \"out.csv\" Product", "would export 2 rows to out.csv"),
    ("save \"out.relish\"", "would save 4 models to out.relish"),
    ("output \"out.txt\"\nplan", "would write the answers to out.txt"),
    ("create User name = \"Max\"", "there is a User with name"),
    ("delete all User preview", "2 Users"),
  ]

  @Test("the file and its folder are as they were, byte for byte", arguments: ["DELETE", "WAL"])
  func nothingRemains(journal: String) throws {
    let directory = try TemporaryDirectory()
    _ = try Program.sqlite3(directory.file("shop.db"), "PRAGMA journal_mode = \(journal)")
    let made = try Program.relish(
      ["shop.db", "-c", Self.model + "\n" + Self.rows], in: directory.path, merged: true)
    #expect(made.status == 0, "\(made.output)")
    let before = try Self.contents(directory)
    for (statement, answer) in Self.writes {
      let run = try Program.relish(
        ["-n", "shop.db", "-c", Self.model + "\n" + statement], in: directory.path, merged: true)
      #expect(run.output.contains(answer), "\(run.output)")
      #expect(run.output.hasSuffix("dry run: nothing was changed\n"), "\(run.output)")
      #expect(try Self.contents(directory) == before, "\(statement)")
    }
  }

  @Test("a database that does not exist is not made")
  func newDatabase() throws {
    let directory = try TemporaryDirectory()
    for name in ["new.db", "sqlite:new.db", "./new.db"] {
      let run = try Program.relish(
        ["-n", "-o", "answers.txt", name, "-c", Self.model + "\n" + Self.rows],
        in: directory.path, merged: true)
      #expect(run.status == 0 && run.output.contains("created 2 Users (id 1, 2), 2 Products"))
      #expect(try Self.contents(directory).isEmpty)
    }
    // Where none could be made, a dry run fails as the run would.
    let run = try Program.relish(["-n", "nowhere/new.db", "-c", "sync"], in: directory.path)
    #expect(run.status == 3)
  }

  @Test("a file that is there is not emptied")
  func existingFile() throws {
    let directory = try TemporaryDirectory()
    for name in ["out.csv", "out.relish", "out.txt"] { try directory.write("kept", to: name) }
    let run = try Program.relish(
      [
        "-n", "-o", "out.txt", "-c",
        Self.model + "\n" + Self.rows
          + "export \"out.csv\" User\nsave \"out.relish\"\noutput \"out.txt\"\nsay",
      ], in: directory.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(Set(try Self.contents(directory).values) == [Data("kept".utf8)])
  }

  @Test("a key that is checked when the transaction ends is checked here too")
  func deferredKey() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.sqlite3(
      directory.file("t.db"),
      """
      CREATE TABLE users (id INTEGER PRIMARY KEY);
      CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED);
      INSERT INTO users VALUES (1), (2); INSERT INTO notes VALUES (1, 1);
      """)
    for options in [[], ["-n"]] {
      let run = try Program.relish(options + ["t.db", "delete User 1"], in: directory.path)
      #expect(run.status == 1, "\(run.output)\(run.errors)")
    }
    let preview = try Program.relish(["t.db", "delete User 1 preview"], in: directory.path)
    #expect(
      preview.output == """
        delete 1 User
        └─ blocked by 1 Note when the transaction ends (Note user, on delete no action)
        the transaction could not be committed: 1 Note is in the way

        """)
  }

  /// Every file of the directory with its bytes.
  private static func contents(_ directory: TemporaryDirectory) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
      found[name] = FileManager.default.contents(atPath: directory.file(name))
    }
    return found
  }
}
