import Foundation
import Support
import Testing

/// The session that a new user begins with, on every way into the program: the same rows, the same
/// exit status, the same database.
@Suite("First session")
struct FirstSessionTests {
  static let script = """
    Product has title string required, price double required, imageUrl string required, description text required
    User has name string, email string
    Product belongsTo User onDelete cascade
    User hasMany Product
    sync force
    create User name = "Max", email = "max@example.com"
    create User (name = "Ann", email = "ann@example.com")
    create User "Max" products (title = "Tee", price = 9.5, imageUrl = "tee.png", description = "Cotton")
    create User "Max" products (title = "Cap", price = 12, imageUrl = "cap.png", description = "Wool")
    create User "Ann" products (title = "Mug", price = 7.25, imageUrl = "mug.png", description = "Blue")
    User "Max" products title
    Product sort title show title, price, user.name
    delete User "Max"
    User name
    Product title

    """
  static let rows = """
    title
    Tee
    Cap
    title\tprice\tuser.name
    Cap\t12.0\tMax
    Mug\t7.25\tAnn
    Tee\t9.5\tMax
    name
    Ann
    title
    Mug

    """

  enum Way: String, CaseIterable, CustomTestStringConvertible {
    case pipe, file, scriptFile, command, commands, terminal
    var testDescription: String { rawValue }

    /// Runs `script` on `shop.db` in `directory`; answers the run and its rows.
    func run(_ script: String, in directory: TemporaryDirectory) throws -> (ProgramRun, String) {
      let path = directory.path
      switch self {
      case .pipe:
        let run = try Program.relish(["shop.db"], input: script, in: path)
        return (run, run.output)
      case .file:
        try directory.write(script, to: "first.relish")
        let run = try Program.relish(["-d", "shop.db", "-f", "first.relish"], in: path)
        return (run, run.output)
      case .scriptFile:
        try directory.write(script, to: "first.relish")
        let run = try Program.relish(
          ["first.relish"], in: path, environment: ["RELISH_DATABASE": "shop.db"])
        return (run, run.output)
      case .command:
        let run = try Program.relish(["shop.db", "-c", script], in: path)
        return (run, run.output)
      case .commands:
        let options = script.split(separator: "\n").flatMap { ["-c", String($0)] }
        let run = try Program.relish(["shop.db"] + options, in: path)
        return (run, run.output)
      case .terminal:
        let run = try Terminal.type(
          script, options: ["-F", "tsv", "-o", "rows.tsv", "shop.db"], in: directory)
        let rows = FileManager.default.contents(atPath: directory.file("rows.tsv")) ?? Data()
        return (run, String(decoding: rows, as: UTF8.self))
      }
    }
  }

  @Test("same rows on every way", arguments: Way.allCases)
  func rows(_ way: Way) throws {
    let directory = try TemporaryDirectory()
    let (run, rows) = try way.run(Self.script, in: directory)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(rows == Self.rows, "\(run.output)\(run.errors)")

    let schema = try Program.sqlite3(
      directory.file("shop.db"), "select sql from sqlite_schema where name = 'products'")
    let key = "userId INTEGER REFERENCES users(id) ON DELETE CASCADE ON UPDATE CASCADE"
    #expect(schema.contains(key), "\(schema)")
    let columns = try Program.sqlite3(
      directory.file("shop.db"),
      "select group_concat(name) from (select name from pragma_table_info('products') order by cid)"
    )
    #expect(columns == "id,title,price,imageUrl,description,createdAt,updatedAt,userId\n")
    let left = try Program.sqlite3(
      directory.file("shop.db"), "select count(*) from products; select name from users")
    #expect(left == "1\nAnn\n")
  }

  @Test("what one run made, the next one walks")
  func again() throws {
    let directory = try TemporaryDirectory()
    _ = try Way.pipe.run(Self.script, in: directory)
    let run = try Program.relish(["shop.db", #"User "Ann" products title"#], in: directory.path)
    #expect(run.output == "title\nMug\n", "\(run.errors)")
    #expect(run.status == 0)
  }

  @Test(
    "a script stops at the first error with exit 1",
    arguments: Way.allCases.filter { $0 != .terminal })
  func failure(_ way: Way) throws {
    let directory = try TemporaryDirectory()
    let script = Self.script.replacingOccurrences(of: "\nUser name\n", with: "\nUser naem\n")
    let (run, rows) = try way.run(script, in: directory)
    #expect(run.status == 1, "\(run.errors)")
    #expect(rows == Self.rows.components(separatedBy: "name\nAnn").first)
    #expect(run.errors.contains("error"))
  }

  @Test("at a terminal a failed statement keeps the shell")
  func terminalGoesOn() throws {
    let directory = try TemporaryDirectory()
    let script = Self.script.replacingOccurrences(
      of: "\nUser name\n", with: "\nUser naem\nUser name\n")
    let (run, rows) = try Way.terminal.run(script, in: directory)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("did you mean `name`?"), "\(run.output)")
    #expect(rows == Self.rows)
  }
}
