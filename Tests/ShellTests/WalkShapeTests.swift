import RelishDrivers
import RelishLanguage
import RelishShell
import Testing

/// A walk of a known shape is not parsed; it must do and say exactly what a parsed one does.
@Suite("Walks of a known shape")
struct WalkShapeTests {
  /// Everything that a script answers, rows and complaints. `timed`: shapes are not kept.
  private static func transcript(
    _ script: String, timed: Bool, checksOnly: Bool = false
  ) throws -> String {
    let rows = ByteSink(descriptor: nil)
    let messages = ByteSink(descriptor: nil)
    let streams = Streams(output: rows, errors: messages, isTerminal: false, color: false)
    var settings = Settings()
    settings.keepsGoing = true
    settings.showsTiming = timed
    settings.format = "csv"
    let session = Session(
      driver: try openDatabase(":memory:", readOnly: false), streams: streams, settings: settings)
    var first = StatementReader(name: "model", text: model)
    _ = ScriptRunner(session).run(&first)
    session.settings.checksOnly = checksOnly
    var reader = StatementReader(name: "script", text: script)
    _ = ScriptRunner(session).run(&reader)
    let told = messages.takeText().split(separator: "\n").filter { !$0.hasPrefix("time: ") }
    return rows.takeText() + told.joined(separator: "\n")
  }

  private static let model = """
    set timestamps off
    Owner has name string required unique
    Code has code string key, name string
    Badge has badge uuid key, name string
    Thing has name string, i integer, d decimal(8,2), f double, ok boolean, day date, \
    at datetime, u uuid, e enum("a", "b") default "a"
    Thing belongsTo Owner
    Part belongsTo Thing required onDelete cascade
    sync force
    create Owner (name = "Ann"), (name = "Bo"), (name = "1"), (name = "")
    create Code (code = "A", name = "x"), (code = "B", name = "A")
    create Badge badge = "6f1c0e6e-8f0b-4c11-9a50-2b7d6f1f2a3b", name = "x"
    create Thing name = "Tee", i = 1, d = 9.5, f = 0.1, ok = true, day = "2026-01-31", owner = 1
    create Thing name = "T*e", i = 2, d = 12, f = 2.5, ok = false, at = "2026-01-31T10:00:00Z", owner = 1
    create Thing name = "tee", i = -5, d = 0.25, e = "b", owner = 2
    create Part (thing = 1), (thing = 1), (thing = 2)

    """

  /// A walk with a gap, and literals for it.
  static let cases: [(walk: String, literals: [String])] = [
    (
      "Owner #",
      ["1", "2", "99", "\"Ann\"", "\"Nobody\"", "\"\"", "'Bo'", "\"1\"", "99999999999999999999"]
    ),
    ("Owner # things name", ["1", "2", "3", "\"Ann\"", "\"Bo\"", "\"Cy\"", "007", "1.5"]),
    ("count Owner # things", ["1", "2", "3", "\"Ann\"", "\"Cy\""]),
    ("exists Thing # parts", ["1", "2", "3", "4"]),
    ("Code # name", ["\"A\"", "\"B\"", "\"x\"", "\"C\"", "1"]),
    (
      "Badge # name",
      ["\"6F1C0E6E-8F0B-4C11-9A50-2B7D6F1F2A3B\"", "\"x\"", "\"y\"", "1"]
    ),
    ("Thing where i = # show name", ["1", "2", "3", "-5", "1.0", "\"1\"", "9223372036854775808"]),
    ("Thing where d > # show name, d", ["9.5", "1", "0.255", "12.00", "1e1", "\"x\"", "null"]),
    ("Thing where d in (#, 12) show name", ["9.5", "0.25", "1.123456789", "12"]),
    ("Thing where d between # and 10 show name", ["0", "9", "9.75", "\"0\""]),
    ("Thing where ok = # show name", ["true", "false", "1", "\"true\""]),
    ("Thing where day = # show name", ["\"2026-01-31\"", "\"2026-02-30\"", "\"2025-01-31\"", "1"]),
    (
      "Thing where at >= # show name",
      ["\"2026-01-31\"", "\"2026-01-31T09:00:00Z\"", "\"2027-01-01\"", "\"soon\""]
    ),
    (
      "Thing where u = # show name",
      ["\"6F1C0E6E-8F0B-4C11-9A50-2B7D6F1F2A3B\"", "\"x\"", "\"6f1c0e6e\""]
    ),
    ("Thing where e = # show name", ["\"a\"", "\"b\"", "\"c\""]),
    (
      "Thing where name starts with # show name",
      ["\"T\"", "\"T*\"", "\"t\"", "\"\"", "\"Te\"", "\"[\"", "\"?\"", "'T\"'"]
    ),
    ("Thing where name contains # ignoring case show name", ["\"T\"", "\"e\"", "\"*\"", "\"\""]),
    ("Thing where name ends with # show name", ["\"e\"", "\"ee\"", "\"x\"", "\"\""]),
    ("Thing where name = # ignoring case show name", ["\"TEE\"", "\"tee\"", "\"é\"", "1"]),
    ("Thing show name, i + #", ["1", "2", "1.5", "\"x\""]),
    ("Thing show i + 1, i + #", ["1", "2", "3"]),
    ("Thing show i + # as j sort j", ["1", "2", "-3"]),
    ("Thing show round(f, #) as r", ["1", "0", "30", "31", "1.5"]),
    ("Thing show substring(name, #) as s", ["1", "2", "\"x\""]),
    ("Thing where i * # > 3 show name", ["2", "3", "0", "1.5"]),
    ("Thing where # = 1 show name", ["1", "2", "\"x\""]),
    ("Thing where # < i show name", ["1", "0", "\"x\""]),
    ("Thing show name limit #", ["1", "2", "0", "99", "9999999999", "\"1\""]),
    ("Thing show name limit 2 offset #", ["1", "2", "0"]),
    ("Thing show name page # size 1", ["1", "2", "0", "3"]),
    ("Thing show name page 2 size #", ["1", "2", "0"]),
    ("Thing show name, count parts (where id > #) as n", ["0", "1", "2", "\"x\""]),
    ("Thing show count parts (where id > 1), count parts (where id > #)", ["0", "1", "2"]),
    ("Thing where every parts (id > #) show name", ["0", "1", "9"]),
    ("Thing where some parts (id = #) show name", ["1", "3", "9"]),
    ("Thing where owner = # show name", ["1", "2", "\"Ann\""]),
    ("Thing where owner.name = # show name, owner.name", ["\"Ann\"", "\"Bo\"", "1"]),
    ("Thing where coalesce(day, #) = \"2026-01-31\" show name", ["\"2026-01-31\"", "\"x\""]),
    ("Thing where year(#) = 2026 show name", ["\"2026-01-31\"", "\"x\"", "\"2025-01-31\""]),
    ("Thing where at < now() and i = # show name", ["1", "2", "3"]),
    ("Thing where name = \"Tee\" and i = $n and d = # show name", ["9.5", "12"]),
    ("Thing where i = 1 or i = # show name", ["1", "2", "7000000000", "7000000001"]),
    ("Thing where name = # or name = \"relish0\" show name", ["\"Tee\"", "\"relish0\""]),
    ("sql Owner # things", ["1", "2", "\"Ann\""]),
    ("explain Owner # things", ["1", "2", "\"Ann\""]),
    ("Owner # show name with things (name, i where i > 1)", ["1", "2", "\"Ann\""]),
    ("Owner show name with things (name where i > #)", ["0", "1", "\"x\""]),
    ("Thing top # by d show name", ["1", "2", "0"]),
    ("Thing where i > # group owner show owner.name, count as n", ["-9", "1", "2"]),
    ("Thing show name, sum parts (id * #) as s", ["1", "2", "1.5"]),
    ("Thing show name, sum parts (id where id > #) as s", ["1", "2", "0"]),
    ("Owner # things top 1 by i name", ["1", "2", "3"]),
    ("Owner # things # name", ["1", "2", "\"Tee\""]),
    ("Owner `things` #", ["1"]),
  ]

  @Test("do what parsed walks do", arguments: cases)
  func sameAsParsed(walk: String, literals: [String]) throws {
    var script = ""
    for literal in literals + literals + literals.reversed() {
      script += walk.replacing("#", with: literal) + "\n"
    }
    for checksOnly in [false, true] {
      let known = try Self.transcript(script, timed: false, checksOnly: checksOnly)
      let parsed = try Self.transcript(script, timed: true, checksOnly: checksOnly)
      #expect(known == parsed)
    }
  }

  @Test("follow the model, the database and the settings when these change")
  func changes() throws {
    let script = """
      Owner 1 name
      Owner 2 name
      Owner 3 name
      set Owner 1 name = "Cy"
      Owner 1 name
      set format json
      Owner 1 name
      set header off
      Owner 2 name
      let n = 1
      Thing where i = $n name
      let n = 2
      Thing where i = $n name
      Thing where i = $n name
      begin
      delete Owner 2
      Owner 2 name
      rollback
      Owner 2 name
      Owner renames name to title
      sync force
      Owner 1 name
      Owner 1 title
      create Owner title = "Di"
      Owner 1 title
      Owner 2 title
      drop Owner
      Owner 1 title
      """
    for checksOnly in [false, true] {
      let known = try Self.transcript(script, timed: false, checksOnly: checksOnly)
      #expect(known == (try Self.transcript(script, timed: true, checksOnly: checksOnly)))
    }
    #expect(try Self.transcript(script, timed: false).contains("[\"Cy\"]"))
  }
}
