import Testing

@testable import RelishLanguage

@Suite("Syntax as text")
struct SyntaxWriterTests {
  @Test(
    "a literal reads back as itself",
    arguments: [
      .null, .boolean(true), .integer(.min), .integer(.max), .integer(0), .text(""),
      .text("it's \"x\" \\ \n\t\r\u{0}\u{1B}\u{85} é日本 👍🏽 `"), .blob([]), .blob([0, 255, 16]),
      .decimal(Decimal(isNegative: true, digits: "1250", scale: 2)),
      .decimal(Decimal(isNegative: false, digits: "5", scale: 0)),
      .decimal(Decimal(isNegative: false, digits: "0", scale: 2)),
      .decimal(Decimal(isNegative: false, digits: "92233720368547758080", scale: 0)),
      .decimal(Decimal(isNegative: true, digits: "9223372036854775808", scale: 0)),
    ] as [Literal])
  func literals(_ literal: Literal) {
    #expect(Parser.literal(from: SyntaxWriter.literal(literal)) == literal)
  }

  @Test(
    "what is a literal and what is text",
    arguments: [
      ("3", .integer(3)), ("-3", .integer(-3)), ("'x'", .text("x")), ("true", .boolean(true)),
      ("null", .null), ("x'01'", .blob([1])), ("Max", nil), ("", nil), ("3 4", nil), (" 3", nil),
      ("3 ", nil), ("(3)", nil), ("'a", nil), ("2024-01-01", nil), ("$x", nil), ("3;", nil),
      ("--", nil), ("now()", nil),
    ] as [(String, Literal?)])
  func literal(text: String, literal: Literal?) {
    #expect(Parser.literal(from: text) == literal)
  }

  @Test(
    "a condition reads back as itself",
    arguments: [
      "a = 1 or b = 2 and c = 3", "(a = 1 or b = 2) and not (c = 3 and d)", "not not a",
      "a - (b - c) - d * (e + f) = -g", "-(-5) = -(5 + x)", "a is not null",
      "a not in (1, \"x\") ignoring case", "a between 1 and b + 2", "a not starts with \"x\"",
      "some b.c (d = outer.e)", "no b", "every b (x or y)", "count b (where c > 3) = 2",
      "lower(a, 3) = now()", "`where`.group = `my x`", "`outer` = 3", "`count` = 1", "$x = 1e0",
      "a ends with \"x\" and b contains \"y\" ignoring case", "`a``b` = 3",
    ])
  func conditions(_ text: String) throws {
    #expect(try Self.rewritten(text) == text)
  }

  /// `text` parsed and written again.
  static func rewritten(_ text: String) throws -> String {
    var reader = StatementReader(name: "", text: "A where \(text)")
    guard case .statement = reader.next(), case .walk(_, let query) = try reader.parse(),
      let condition = query.clauses.conditions.first
    else { return "no condition" }
    return SyntaxWriter.condition(condition)
  }

  @Test(
    "names",
    arguments: [
      ("title", "title", "title"), ("where", "`where`", "where"), ("has", "`has`", "has"),
      ("my name", "`my name`", "`my name`"), ("a`b", "`a``b`", "`a``b`"),
      ("größe", "größe", "größe"),
      ("1st", "`1st`", "`1st`"), ("_x1", "_x1", "_x1"), ("", "``", "``"),
      ("Where", "`Where`", "Where"),
    ])
  func names(name: String, inWalk: String, bare: String) {
    #expect(SyntaxWriter.name(name) == inWalk)
    #expect(SyntaxWriter.bareName(name) == bare)
  }

  @Test("models")
  func models() {
    #expect(SyntaxWriter.model("User") == "User")
    #expect(SyntaxWriter.model("user") == "`user`")
    #expect(SyntaxWriter.model("Order line") == "`Order line`")
    #expect(SyntaxWriter.model("Ärzte") == "Ärzte")
  }
}
