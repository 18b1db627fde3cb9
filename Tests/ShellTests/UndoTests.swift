import Glibc
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// `undo`, `redo`, `history changes` and `try` in whole sessions.
@Suite struct UndoTests {
  /// A session on a database file, with what it says kept in memory.
  private final class Shell {
    let session: Session
    private let errors = ByteSink(descriptor: nil)
    private let output = ByteSink(descriptor: nil)

    init(_ path: String = ":memory:", changeLog: ChangeLog = ChangeLog()) throws {
      let streams = Streams(output: output, errors: errors, isTerminal: false, color: false)
      session = Session(
        driver: try SQLiteDriver(path: path, readOnly: false), streams: streams,
        changeLog: changeLog)
    }

    /// Runs all of it, whatever fails; answers what is said.
    @discardableResult
    func run(_ text: String) -> String {
      var reader = StatementReader(name: "-", text: text)
      _ = ScriptRunner(session).run(&reader)
      return errors.takeText() + output.takeText()
    }

    /// The schema and every row, without what SQLite keeps for itself.
    func dump() throws -> [String] {
      var tables: [String] = []
      var lines: [String] = []
      try session.driver.query(
        "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
      ) { row throws(DriverError) in
        lines.append("\(row.value(1))")
        if case .text(let name) = row.value(0) { tables.append(name) }
        return true
      }
      for table in tables where !table.contains("_") {
        let sql: String =
          "SELECT * FROM \(session.driver.dialect.identifier(table)) ORDER BY 1, 2"
        try session.driver.query(SQLText(sql)) { row throws(DriverError) in
          lines.append("\(table) \((0..<row.count).map { row.value($0) })")
          return true
        }
      }
      return lines
    }
  }

  private static let models = """
    User has name string required unique, rate double
    Product has title string, price decimal(10,2) default 1
    Product belongsTo User onDelete cascade
    Product belongsTo User as editor onDelete set null
    Review has stars integer
    Review belongsTo Product required onDelete restrict
    Tag has word string required
    Product belongsToMany Tag through Tagging (weight integer default 1)
    Code has code string key, hits integer
    Product belongsTo Code
    Category has name string
    Category belongsTo Category as parent onDelete cascade
    """

  /// A statement of any kind; many find nothing or are refused.
  private static func statement(_ random: inout SeededGenerator) -> String {
    func number(_ limit: Int = 8) -> Int { Int.random(in: 1...limit, using: &random) }
    func name() -> String {
      "\"\(["Max", "Ann", "Ida", "Eva", "Uwe"].randomElement(using: &random) ?? "")\""
    }
    switch Int.random(in: 0..<24, using: &random) {
    case 0, 1: return "create User name = \(name()), rate = \(number())"
    case 2:
      return
        "create User name = \(name()), products = [(title = \"a\"), (title = \"b\", price = 2.5)]"
    case 3, 4:
      return "create Product title = \"p\(number())\", user = \(number()), editor = \(number())"
    case 5: return "create Product \(number()) tags (word = \"w\(number())\", weight = \(number()))"
    case 6: return "create Review stars = \(number()), product = \(number())"
    case 7: return "add Product \(number()) to Tag \(number()) products weight = \(number())"
    case 8: return "remove Product \(number()) from Tag \(number()) products"
    case 9: return "add Product \(number()) to User \(name()) products"
    case 10: return "set Product where id > \(number()): price = price * 2, title = null"
    case 11: return "set User \(name()) rate = \(number())"
    case 12: return "set User \(number()) id = \(number() + 50)"
    case 13: return "set Product \(number()) editor = null"
    case 14: return "delete User \(number())"
    case 15: return "delete Product \(number())"
    case 16: return "delete Review where stars < \(number())"
    case 17: return "delete all Tag"
    case 18: return "create Code code = \(name()), hits = \(number())"
    case 19: return "set Code \(name()) code = \(name())"
    case 20: return "set Product \(number()) code = \(name())"
    case 21: return "create Category name = \(name()), parent = \(number())"
    case 22: return "create Category name = \(name())"
    default: return "delete Category \(number())"
    }
  }

  @Test(arguments: 0..<8)
  func whateverIsDoneGoesBackAndForth(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &* 7_919)
    let shell = try Shell()
    shell.run(Self.models)
    shell.run("sync")
    let start = try shell.dump()
    // The state after each step, the first before any.
    var states = [start]
    var done = 0
    for round in 0..<120 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0 where done > 0:
        let said = shell.run("undo")
        #expect(said.hasPrefix("undid: "), "\(said)")
        done -= 1
        #expect(try shell.dump() == states[done])
      case 1 where done < states.count - 1:
        let said = shell.run("redo")
        #expect(said.hasPrefix("did again: "), "\(said)")
        done += 1
        #expect(try shell.dump() == states[done])
      case 2 where round % 3 == 0:
        let before = try shell.dump()
        shell.run("begin")
        for _ in 0..<3 { shell.run(Self.statement(&random)) }
        if Bool.random(using: &random) { shell.run("undo") }
        shell.run("rollback")
        #expect(try shell.dump() == before)
      case 3 where round % 3 == 0:
        let before = try shell.dump()
        shell.run("try")
        for _ in 0..<3 { shell.run(Self.statement(&random)) }
        shell.run("end")
        shell.run("drop")
        #expect(try shell.dump() == before)
      default:
        let before = try shell.dump()
        let said = shell.run(Self.statement(&random))
        let after = try shell.dump()
        if said.contains(": error: ") { #expect(after == before, "\(said)") }
        guard after != before else {
          // A step may change a row and change it back; it is one all the same.
          if shell.run("redo").contains("nothing to redo"), done < states.count - 1 {
            states.removeSubrange((done + 1)...)
          } else if done < states.count - 1 {
            shell.run("undo")
          }
          continue
        }
        states.removeSubrange((done + 1)...)
        states.append(after)
        done += 1
      }
    }
    let end = try shell.dump()
    shell.run("undo 1000")
    #expect(try shell.dump().isEmpty)
    let said = shell.run("redo 1000")
    #expect(said.contains("nothing more to redo"), "\(said)")
    if done == states.count - 1 { #expect(try shell.dump() == end) }
  }

  @Test func whatAnotherWriterChangedIsShownAndStays() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("shop.db")
    let shell = try Shell(path)
    shell.run(
      """
      User has name string required, email string
      Product belongsTo User onDelete cascade
      sync
      create User (name = "Max", email = "max@a.org"), (name = "Ann", email = "ann@a.org")
      set all User email = "all@a.org"
      """)
    #expect(
      try Program.sqlite3(path, "UPDATE users SET email = 'other@b.org' WHERE id = 2").isEmpty)
    #expect(
      shell.run("undo") == """
        -:1:1: error: not undone: of User 2 email was left as "all@a.org" and is "other@b.org"
          undo
          ^~~~
          hint: nothing was changed; the step was `set all User email = "all@a.org"`

        """)
    #expect(
      try Program.sqlite3(path, "SELECT email FROM users") == "all@a.org\nother@b.org\n")
    // Once it is out of the way the step can be taken back.
    #expect(try Program.sqlite3(path, "UPDATE users SET email = 'all@a.org' WHERE id = 2").isEmpty)
    #expect(shell.run("undo") == "undid: changed 2 Users\n2 users are as they were\n")

    let product = "INSERT INTO products VALUES (1, '2026-01-01', '2026-01-01', 2)"
    #expect(try Program.sqlite3(path, product).isEmpty)
    let said = shell.run("undo")
    #expect(
      said.contains("not undone: 1 product points to User 2, which would not be there"), "\(said)")
    #expect(try Program.sqlite3(path, "SELECT count(*) FROM products, users") == "2\n")
    #expect(
      try Program.sqlite3(path, "DELETE FROM products; DELETE FROM users WHERE id = 1").isEmpty)
    #expect(shell.run("undo").contains("not undone: User 1 is gone"))
  }

  @Test func tablesThatAnotherWriterUsesStay() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("shop.db")
    let shell = try Shell(path)
    shell.run("User has name string required\nsync")
    let row = "INSERT INTO users VALUES (1, 'Max', '2026-01-01', '2026-01-01')"
    #expect(try Program.sqlite3(path, row).isEmpty)
    #expect(
      shell.run("undo").contains("not undone: rows of `users` were changed by something else"))
    shell.run("sync force")
    #expect(try Program.sqlite3(path, "CREATE INDEX mine ON users(name)").isEmpty)
    #expect(
      shell.run("undo").contains("not undone: the table `users` was changed by something else"))
    #expect(try Program.sqlite3(path, "DROP INDEX mine").isEmpty)
    #expect(shell.run("undo").contains("users is as it was, with 1 row"))
    #expect(try Program.sqlite3(path, "UPDATE users SET name = 'Ann'").isEmpty)
    #expect(
      shell.run("redo").contains("not done again: rows of `users` were changed by something else"))
    #expect(try Program.sqlite3(path, "SELECT name FROM users") == "Ann\n")
  }

  /// Rows that came meanwhile are carried back with the others; where that cannot be told, nothing is done.
  @Test func anAlteredTableThatAnotherWriterUses() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("shop.db")
    let shell = try Shell(path)
    shell.run(
      """
      User has name string required, nick string
      sync
      create User name = "Max", nick = "m"
      User drops nick
      sync alter lose column nick
      """)
    let row = "INSERT INTO users(name, createdAt, updatedAt) VALUES ('Ann', 'x', 'y')"
    #expect(try Program.sqlite3(path, row).isEmpty)
    #expect(
      shell.run("undo") == "undid: altered users\nusers is as it was, with 2 rows\n")
    #expect(try Program.sqlite3(path, "SELECT name, nick FROM users") == "Max|m\nAnn|\n")
    #expect(shell.run("redo") == "did again: altered users\nusers is made anew, with 2 rows\n")
    shell.run("undo 2\nUser has age integer\nsync alter")
    #expect(try Program.sqlite3(path, "UPDATE users SET age = 7 WHERE name = 'Ann'").isEmpty)
    #expect(shell.run("undo").contains("not undone: another program has written meanwhile"))
    #expect(try Program.sqlite3(path, "SELECT name, nick, age FROM users") == "Max|m|\nAnn||7\n")
  }

  /// Some rules of a table end the whole transaction.
  @Test func aTransactionThatTheDatabaseEnds() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("shop.db")
    let table = """
      CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT ROLLBACK)
      """
    #expect(try Program.sqlite3(path, table).isEmpty)
    let shell = try Shell(path)
    shell.run("create User name = \"Max\"\nbegin\ncreate User name = \"Ann\"")
    #expect(shell.run("create User name = \"Max\"").contains("already"))
    #expect(shell.run("undo").contains("the database has rolled back the transaction already"))
    #expect(shell.run("rollback") == "rolled back\n")
    #expect(shell.run("undo") == "undid: created 1 User (id 1)\n1 user is gone\n")
    #expect(
      shell.run("redo\ncount User")
        == "did again: created 1 User (id 1)\n1 user is back\ncount\n1\n")
    shell.run("try\ncreate User name = \"Eva\"\ncreate User name = \"Max\"")
    #expect(shell.run("undo").contains("the database has rolled back what was tried already"))
    #expect(shell.run("end").contains("the database has rolled back what was tried already"))
    #expect(shell.run("undo") == "undid: created 1 User (id 1)\n1 user is gone\n")
  }

  @Test func historyListsTheSteps() throws {
    let shell = try Shell()
    shell.run("User has name string\nsync\ncreate User name = \"Max\"")
    shell.run("create User name = \"A name that is far too long to be shown in a list of changes\"")
    shell.run("delete User \"Max\"\nundo")
    let list = shell.run("format table\nhistory changes")
    var words: [String] = []
    let lines: [Substring] = list.split { $0.isNewline }
    for line in lines {
      var parts: [Substring] = line.split { $0.isWhitespace }
      parts.removeAll { $0.count == 8 && $0.contains(":") }
      words.append(parts.joined(separator: " "))
    }
    #expect(
      words == [
        "step time statement answer state", words[1],
        "1 User has name string done", "2 sync created users done",
        "3 create User name = \"Max\" created 1 User (id 1) done",
        "4 create User name = \"A name that is far too long to be shown in a … created 1 User (id 2) done",
        "5 delete User \"Max\" deleted 1 User undone",
      ], "\(list)")
    let last: [Substring] = shell.run("history changes 2").split { $0.isNewline }
    #expect(last.count == 5 && last[0] == "3 earlier: `history changes N` shows more", "\(last)")
  }

  /// A full disk: statements go on, and what cannot be taken back any more is said.
  @Test func aLogThatCannotBeWritten() throws {
    let full = open("/dev/full", O_RDWR)
    try #require(full >= 0)
    let shell = try Shell(changeLog: ChangeLog(descriptor: full))
    shell.run("Note has line text\nsync\ncreate Note line = \"short\"\nundo\nredo\nbegin")
    let long = String(repeating: "long ", count: 20_000)
    #expect(shell.run("create Note line = \"\(long)\"") == "created 1 Note (id 2)\n")
    shell.run("create Note line = \"\(long)\"\ncommit")
    #expect(shell.run("count Note").hasSuffix("\n3\n"))
    let said = shell.run("undo")
    #expect(
      said.contains(
        "nothing to undo: what was changed could not be kept (No space left on device)"), "\(said)")
    #expect(shell.run("create Note line = \"next\"\nundo").hasSuffix("1 note is gone\n"))
    #expect(shell.run("count Note").hasSuffix("\n3\n"))
  }

  @Test func manyStepsNeedLittleMemory() throws {
    let shell = try Shell()
    shell.run("User has name string required\nsync\nbegin")
    var script = ""
    for number in 0..<20_000 { script += "create User name = \"User number \(number)\"\n" }
    shell.run(script)
    shell.run("commit")
    let said = shell.run("count User\nundo 20000\ncount User\nredo 20000\ncount User")
    #expect(said.contains("undid: created 1 User (id 1)\n"))
    #expect(said.hasSuffix("count\n20000\ncount\n0\ncount\n20000\n"), "\(said.suffix(100))")
  }
}
