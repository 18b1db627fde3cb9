import Support
import Testing

/// What a walk leaves out because a foreign key makes sure of it, and does not where only a sentence says
/// so.
@Suite("Walks over tables that promise less than the model")
struct GuaranteeTests {
  /// Tee is Max's; Lost points nowhere, None is nobody's; Ann has nothing.
  private static func database(key: String, in directory: TemporaryDirectory) throws {
    let made = try Program.sqlite3(
      directory.file("shop.db"),
      """
      CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
      CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT, userId INTEGER \(key));
      INSERT INTO users VALUES (1, 'Max'), (2, 'Ann');
      PRAGMA foreign_keys = OFF;
      INSERT INTO products VALUES (1, 'Tee', 1), (2, 'Lost', 99), (3, 'None', NULL);
      """)
    #expect(made.isEmpty, "\(made)")
  }

  private static let script = """
    Product belongsTo User required
    User products title
    User where no products show name
    User where some products show name
    Product where user is null show title sort title
    Product show title, user.name sort title
    count User products
    """

  @Test("without a foreign key, rows that point nowhere belong to nobody")
  func without() throws {
    let directory = try TemporaryDirectory()
    try Self.database(key: "", in: directory)
    let run = try Program.relish(
      ["-q", "-t", "--csv", "--null", "-", "shop.db", "-c", Self.script], in: directory.path)
    #expect(
      run.output.replacing("\r\n", with: "\n")
        == "Tee\nAnn\nMax\nLost\nNone\nLost,-\nNone,-\nTee,Max\n1\n", "\(run.errors)")
  }

  @Test("with one that may be null, rows of nobody are left out")
  func nullable() throws {
    let directory = try TemporaryDirectory()
    try Self.database(key: "REFERENCES users(id)", in: directory)
    let run = try Program.relish(
      ["-q", "-t", "--csv", "shop.db", "-c", Self.script], in: directory.path)
    // The key of Lost was forced in past the foreign key, which is trusted.
    let lines = run.output.replacing("\r\n", with: "\n").split(separator: "\n")
    #expect(lines.prefix(4) == ["Tee", "Lost", "Ann", "Max"], "\(run.output)\(run.errors)")
    #expect(lines[4] == "None", "\(run.output)")
  }
}
