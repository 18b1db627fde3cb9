import Testing

@testable import RelishLanguage

@Suite("Printed diagnostics")
struct DiagnosticPrinterTests {
  /// The message for the part of `text` between `«` and `»`.
  static func printed(_ text: String, color: Bool = false, hint: String? = nil) -> String {
    let parts = text.split(separator: "«", maxSplits: 1, omittingEmptySubsequences: false)
    let inner = parts[1].split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
    let start = parts[0].utf8.count
    let source = SourceText(
      name: "shop.relish", text: "\(parts[0])\(inner[0])\(inner[1])", firstLine: 3)
    let range = SourceRange(start, start + inner[0].utf8.count)
    return DiagnosticPrinter(color: color).text(
      for: Diagnostic(.unknownModel, "no model named `Usr`", at: range, hint: hint), in: source)
  }

  @Test("the form of the manual")
  func form() {
    let text = Self.printed(
      "Product belongsTo «Usr» onDelete cascade\n", hint: "did you mean `User`?")
    #expect(
      text == """
        shop.relish:3:19: error: no model named `Usr`
          Product belongsTo Usr onDelete cascade
                            ^~~
          hint: did you mean `User`?

        """)
  }

  @Test("a caret stands under its word, counted in cells")
  func carets() {
    func lines(_ text: String) -> [String] {
      Self.printed(text).split(separator: "\n").map(String.init)
    }
    #expect(lines("日本 «x»")[1...] == ["  日本 x", "       ^"])
    #expect(lines("e\u{301} 👨‍👩‍👧 «x»")[1...] == ["  e\u{301} 👨‍👩‍👧 x", "       ^"])
    #expect(lines("\ta\t«x»")[1...] == ["      a   x", "          ^"])
    #expect(lines("a \u{1B}[31m«日本»")[1...] == ["  a ␛[31m日本", "         ^~~~"])
    #expect(lines("ab\u{202E}«c»")[1...] == ["  ab\\u{202E}c", "            ^"])
    #expect(lines("ab «»")[1...] == ["  ab ", "     ^"])
    #expect(lines("a\nb «c»\nd")[0].hasPrefix("shop.relish:4:3: "))
    #expect(lines("日本 «x»")[0].hasPrefix("shop.relish:3:4: "))
  }

  @Test(
    "a long line is cut around its caret",
    arguments: [
      (0, 500, "  X"), (500, 0, "  …"), (300, 300, "  …"), (90, 90, "  …"), (60, 60, "  a"),
    ])
  func longLines(before: Int, after: Int, beginning: String) {
    let line = String(repeating: "a", count: before) + "«X»" + String(repeating: "b", count: after)
    let lines = Self.printed(line).split(separator: "\n").map(String.init)
    #expect(lines[1].count <= 164)
    let caret = lines[2].distance(
      from: lines[2].startIndex, to: lines[2].firstIndex(of: "^") ?? lines[2].startIndex)
    #expect(Array(lines[1])[caret] == "X")
    #expect(lines[1].hasPrefix(beginning))
    #expect(lines[1].hasSuffix("…") == (after > 100))
  }

  @Test("colour goes around, never into, the text")
  func color() {
    let text = Self.printed("«Usr»", color: true, hint: "h")
    #expect(text.contains("\u{1B}[1;31merror: \u{1B}[0mno model"))
    #expect(text.contains("\u{1B}[1;32m^~~\u{1B}[0m"))
  }

  @Test("a related line follows as a note")
  func related() {
    let source = SourceText(name: "a", text: "x y")
    let other = SourceText(name: "b", text: "zz", firstLine: 7).excerpt(at: SourceRange(0, 2))
    let diagnostic = Diagnostic(
      .contradiction, "m", at: SourceRange(2, 3), related: [.init("said here", other)])
    let text = DiagnosticPrinter(color: false).text(for: diagnostic, in: source)
    #expect(text == "a:1:3: error: m\n  x y\n    ^\nb:7:1: note: said here\n  zz\n  ^~\n")
  }

  @Test(
    "cells of a text",
    arguments: [
      ("abc", 3), ("", 0), ("日本語", 6), ("ｱ", 1), ("Ａ", 2), ("é", 1), ("e\u{301}", 1), ("👍🏽", 2),
      ("🇩🇪", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("👨‍👩‍👧", 2), ("\u{200B}", 0), ("\t\u{1B}", 0), ("한국", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("│", 1), ("…", 1), ("\u{300}", 0), ("नि", 2), ("🫨", 2),
    ])
  func width(text: String, cells: Int) {
    #expect(CellWidth.of(text) == cells)
  }
}
