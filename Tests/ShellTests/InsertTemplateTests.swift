import RelishDrivers
import RelishLanguage
import RelishShell
import Testing

/// A line whose shape is known is not parsed; it must do and say exactly what a parsed line does.
@Suite("Lines of a known shape")
struct InsertTemplateTests {
  /// Everything that a script answers, rows and complaints.
  private static func transcript(_ script: String, timed: Bool) throws -> String {
    let rows = ByteSink(descriptor: nil)
    let messages = ByteSink(descriptor: nil)
    let streams = Streams(output: rows, errors: messages, isTerminal: false, color: false)
    var settings = Settings()
    settings.keepsGoing = true
    settings.showsTiming = timed
    let session = Session(
      driver: try openDatabase(":memory:", readOnly: false), streams: streams, settings: settings)
    var reader = StatementReader(name: "script", text: script)
    _ = ScriptRunner(session).run(&reader)
    let told = messages.takeText().split(separator: "\n").filter { !$0.hasPrefix("time: ") }
    return rows.takeText() + told.joined(separator: "\n")
  }

  static let model = """
    Owner has name string required unique
    Thing has s string(5), t text, i integer, b bigint, d decimal(6,2), f double, ok boolean, \
    day date, at datetime, clock time, u uuid, j json, e enum("a", "b") default "a", \
    n integer default 7 check n > 0
    Thing belongsTo Owner
    sync force
    create Owner (name = "Ann"), (name = "Bo")

    """

  /// The same assignment again and again with other literals: the first line is parsed, the others
  /// meet its shape, where they have it.
  static let cases: [(attribute: String, literals: [String])] = [
    (
      "s",
      ["\"ab\"", "\"abcde\"", "\"abcdef\"", "\"é漢👍\"", "\"\"", "'q'", "\"a\\nb\"", "\"a\"\"b\""]
    ),
    ("t", ["\"x\"", "\"\(String(repeating: "long ", count: 2_000))\"", "5", "null"]),
    (
      "i",
      ["1", "0", "007", "-5", "9223372036854775807", "9223372036854775808", "1.0", "1.5", "\"1\""]
    ),
    ("b", ["1", "123456789012345", "1234567890123456", "-9223372036854775808"]),
    (
      "d",
      ["1", "1.5", "9999.99", "10000", "1.234", "-1.25", "0.00", "00012.50", "1e2", "9999.990"]
    ),
    ("f", ["1", "1.5", "0.1", "123456789.123456789", "1e300", "1e400", "-2.5"]),
    ("ok", ["true", "false", "1", "null"]),
    ("day", ["\"2026-01-31\"", "\"2026-02-30\"", "\"2024-02-29\"", "5"]),
    ("at", ["\"2026-01-31\"", "\"2026-01-31T10:00:00+02:00\"", "\"soon\""]),
    ("clock", ["\"10:30\"", "\"10:30:15.5\"", "\"25:00\""]),
    ("u", ["\"6F1C0E6E-8F0B-4C11-9A50-2B7D6F1F2A3B\"", "\"x\""]),
    ("j", ["\"{}\"", "'{\"a\": 1}'", "\"{\"", "1"]),
    ("e", ["\"a\"", "\"b\"", "\"c\"", "1"]),
    ("n", ["1", "2", "0", "-1", "3"]),
    ("owner", ["1", "2", "3", "\"Ann\"", "\"Cy\"", "null"]),
    ("ownerId", ["1", "2", "3", "\"Ann\"", "null"]),
  ]

  @Test("do what parsed lines do", arguments: cases)
  func sameAsParsed(attribute: String, literals: [String]) throws {
    var script = Self.model
    for literal in literals + literals.reversed() {
      script += "create Thing \(attribute) = \(literal)\n"
      script += "create Thing (t = \"t\", \(attribute) = \(literal))\n"
        .replacing("(t = \"t\", t", with: "(s = \"t\", t")
    }
    script += "Thing show id, s, t, i, b, d, f, ok, day, at, clock, u, j, e, n, ownerId sort id\n"
    let known = try Self.transcript(script, timed: false)
    let parsed = try Self.transcript(script, timed: true)
    #expect(known == parsed)
    #expect(known.contains("created 1 Thing (id 1)"))
  }

  @Test("follow the model and the database when these change")
  func changes() throws {
    let script = """
      P has title string
      sync
      create P title = "one"
      create P title = "two"
      P has title string, note string default "new"
      sync force
      create P title = "three"
      create P title = "four"
      begin
      create P title = "five"
      rollback
      create P title = "six"
      rename P to Q
      create P title = "seven"
      P has title string(3)
      create P title = "eight"
      P show id, title
      """
    let known = try Self.transcript(script, timed: false)
    #expect(known == (try Self.transcript(script, timed: true)))
    #expect(known.contains("created 1 P (id 2)"))
    #expect(known.contains("`title` takes at most 3 characters"))
  }
}
