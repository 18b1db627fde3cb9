import RelishLanguage
import RelishModel
import Testing

/// What each type keeps of a literal, and what it says to one that does not fit.
struct ValueCheckTests {
  static func decimal(_ digits: String, _ scale: Int) -> Literal {
    .decimal(Decimal(isNegative: false, digits: digits, scale: scale))
  }

  static let kept: [(Literal, AttributeType, Value)] = [
    (.text("Tee"), .string(length: 3), .text("Tee")),
    (.text("né漢"), .string(length: 3), .text("né漢")),
    (.integer(3), .integer, .integer(3)),
    (decimal("300", 2), .integer, .integer(3)),
    (.integer(3), .double, .double(3)),
    (decimal("125", 1), .double, .double(12.5)),
    (
      .integer(7), .decimal(precision: 4, scale: 2),
      .decimal(Decimal(isNegative: false, digits: "7", scale: 0))
    ),
    (.boolean(true), .boolean, .boolean(true)),
    (.text("2024-02-29"), .date, .text("2024-02-29")),
    (.text("18:30"), .time, .text("18:30:00")),
    (.text("2026-01-31"), .datetime, .text("2026-01-31 00:00:00")),
    (.text("2026-01-31T23:30:00Z"), .datetime, .text("2026-01-31 23:30:00")),
    (.text("2026-01-31T23:30:00.5-02:00"), .datetime, .text("2026-02-01 01:30:00.5")),
    (.text("2025-12-31 23:30+0130"), .datetime, .text("2025-12-31 22:00:00")),
    (
      .text("6F1C0E6E-8F0B-4C11-9A50-2B7D6F1F2A3B"), .uuid,
      .text("6f1c0e6e-8f0b-4c11-9a50-2b7d6f1f2a3b")
    ),
    (.text("{\"a\": [1, null]}"), .json, .text("{\"a\": [1, null]}")),
    (.blob([0, 255]), .blob, .blob([0, 255])),
    (.text("open"), .enumeration(["open", "paid"]), .text("open")),
    (.null, .integer, .null),
  ]

  @Test(arguments: kept)
  func fits(literal: Literal, type: AttributeType, value: Value) throws {
    #expect(try ValueCheck.convert(literal, to: type) == value)
  }

  static let refused: [(Literal, AttributeType, String)] = [
    (.text("Tees"), .string(length: 3), "takes at most 3 characters, and this text has 4"),
    (.integer(3), .text, "takes text, not the number 3"),
    (decimal("35", 1), .integer, "takes a whole number, not 3.5"),
    (.text("3"), .integer, "takes a whole number, not the text \"3\""),
    (
      decimal("9999", 3), .decimal(precision: 10, scale: 2),
      "keeps 2 digits after the point, and 9.999 has 3"
    ),
    (
      .integer(1000), .decimal(precision: 4, scale: 2),
      "keeps 2 digits before the point, and 1000 has 4"
    ),
    (.integer(1), .boolean, "takes true or false, not the number 1"),
    (.text("2026-02-30"), .date, "takes a date, and \"2026-02-30\" is none"),
    (.text("25:00"), .time, "takes a time, and \"25:00\" is none"),
    (.text("soon"), .datetime, "takes a date and time, and \"soon\" is none"),
    (.text("6f1c"), .uuid, "takes a uuid, and \"6f1c\" is none"),
    (.text("{"), .json, "takes JSON, and this text is none"),
    (.text("00"), .blob, "takes bytes, not the text \"00\""),
    (
      .text("opne"), .enumeration(["open", "paid"]),
      "takes one of \"open\", \"paid\", and \"opne\" is none"
    ),
  ]

  @Test(arguments: refused)
  func doesNotFit(literal: Literal, type: AttributeType, reason: String) {
    #expect {
      try ValueCheck.convert(literal, to: type)
    } throws: { error in
      (error as? ValueProblem)?.reason == reason
    }
  }

  @Test(arguments: ["1", "-0.5e+3", "[]", "[[[1],2],{}]", " {\"a\\u00e9\": \"\\n\", \"b\": true} "])
  func isJSON(text: String) { #expect(JSONCheck.isValid(text)) }

  @Test(arguments: [
    "", "01", "1.", "[1,]", "{\"a\"}", "{a: 1}", "\"\u{1}\"", "[1] 2", "\"\\u12\"", "nul", "[}",
  ])
  func isNoJSON(text: String) { #expect(!JSONCheck.isValid(text)) }

  @Test func deepJSONIsRefusedAndDoesNotOverflow() {
    #expect(!JSONCheck.isValid(String(repeating: "[", count: 100_000)))
  }

  @Test func everyDayOfTheCalendarIsFoundAgain() {
    for day in stride(from: -700_000, through: 2_900_000, by: 997) {
      let text = CivilTime.datetime(seconds: day * 86_400, milliseconds: 0)
      guard text.count == 23 else { continue }
      #expect(CivilTime.date(String(text.prefix(10))) == String(text.prefix(10)))
    }
  }
}
