import Testing

@testable import RelishLanguage

@Suite("Tokens")
struct TokenTests {
  /// Kinds and texts of the tokens of all statements, statements apart by `|`, errors by their code.
  static func tokens(_ reader: StatementReader) -> String {
    var reader = reader
    var parts: [String] = []
    while true {
      switch reader.next() {
      case .end: return parts.joined(separator: " ")
      case .incomplete: parts.append("incomplete")
      case .failed(let diagnostic, let source):
        parts.append("\(diagnostic.code.rawValue)@\(diagnostic.range.start):\(source.firstLine)")
      case .statement:
        let source = reader.source()
        parts += reader.tokens.map { "\($0.kind)‹\(source.text(in: $0.range))›" }
      }
      parts.append("|")
    }
  }

  @Test(
    "bytes are these tokens",
    arguments: [
      Sentence(
        "a _b C9 Äb äb 商 `x``y`",
        "word‹a› word‹_b› capital‹C9› capital‹Äb› word‹äb› word‹商› quotedName‹`x``y`› |"),
      Sentence(
        "\"a\" 'b' \"c\"\"d\" 'e\\'f'",
        "text‹\"a\"› text‹'b'› escapedText‹\"c\"\"d\"› escapedText‹'e\\'f'› |"),
      Sentence(
        "1 1.5 .5 1e3 1.5E-3 007 $x",
        "integer‹1› decimal‹1.5› decimal‹.5› decimal‹1e3› decimal‹1.5E-3› integer‹007› variable‹$x› |"
      ),
      Sentence("x'00fF' x '' x", "blob‹x'00fF'› word‹x› text‹''› word‹x› |"),
      Sentence("a.b a . b", "word‹a› dot‹.› word‹b› word‹a› dot‹.› word‹b› |"),
      Sentence(
        "= != < <= > >= + - * / % : ,x",
        "equal‹=› notEqual‹!=› less‹<› lessOrEqual‹<=› greater‹>› greaterOrEqual‹>=› plus‹+› minus‹-› times‹*› divided‹/› modulo‹%› colon‹:› comma‹,› word‹x› |"
      ),
      Sentence("([])", "leftParenthesis‹(› leftBracket‹[› rightBracket‹]› rightParenthesis‹)› |"),
      Sentence("a # b\n-- c\n\n#! d\ne--f", "word‹a› | word‹e› |"),
      Sentence("a;b;;c\r\nd", "word‹a› | word‹b› | word‹c› | word‹d› |"),
      Sentence("a(\nb\n)\nc", "word‹a› leftParenthesis‹(› word‹b› rightParenthesis‹)› | word‹c› |"),
      Sentence(
        "a,\n# x\n b\nc \\\n d \\\r\n e", "word‹a› comma‹,› word‹b› | word‹c› word‹d› word‹e› |"),
      Sentence("\u{FEFF}a", "word‹a› |"),
      Sentence(
        " .t x y \n\\d\n\\! z\na .5",
        "meta‹.t› metaRest‹x y› | meta‹\\d› | meta‹\\!› metaRest‹z› | word‹a› decimal‹.5› |"),
      Sentence("\n\n  \"a\nsync", "text.unclosed@2:3 | word‹sync› |"),
      Sentence("a b \u{1} c; d\ne", "text.character@4:1 | word‹e› |"),
      Sentence("a(", "incomplete |"), Sentence("a,", "incomplete |"),
      Sentence("a \\", "incomplete |"),
      Sentence("a (b; c\nd", "syntax.unexpected@4:1 | word‹d› |"),
      Sentence("", ""), Sentence("# x", ""), Sentence("\n;\n", ""),
      Sentence("a 1x\nb", "text.number@2:1 | word‹b› |"),
      Sentence("a 1.\nb 1.2.3 1e", "text.number@2:1 | text.number@8:2 |"),
      Sentence(
        "\"\\x\"\n'\\u{110000}'\n\"\\u{41}\"",
        "text.escape@1:1 | text.escape@1:2 | escapedText‹\"\\u{41}\"› |"),
      Sentence(
        "x'0'\nx'0g'\nx'00", "text.character@2:1 | text.character@3:2 | text.unclosed@1:3 |"),
      Sentence(
        "``\n$\n$1\na\u{A0}b",
        "text.character@0:1 | text.character@0:2 | text.character@0:3 | text.character@1:4 |"),
    ])
  func kinds(_ sentence: Sentence) {
    #expect(Self.tokens(StatementReader(name: "", text: sentence.text)) == sentence.tree)
  }

  @Test("keywords do not mind case and `_`")
  func keywords() {
    #expect(Keyword("belongs_to".utf8) == .belongsTo)
    #expect(Keyword("BELONGSTOMANY".utf8) == .belongsToMany)
    #expect(Keyword("__o_n_delete".utf8) == .onDelete)
    #expect(Keyword("belongs".utf8) == nil)
    #expect(Keyword("thiswordistoolongforakeyword".utf8) == nil)
    #expect(Keyword("été".utf8) == nil)
    for keyword in Keyword.allCases { #expect(Keyword(keyword.rawValue.utf8) == keyword) }
  }

  @Test("bytes that are no UTF-8 are an error where they stand")
  func invalidUTF8() {
    for bytes in [[0x61, 0x20, 0xFF], [0x61, 0x20, 0xC3], [0x61, 0x20, 0x22, 0xFF, 0x22]]
      as [[UInt8]]
    {
      var isRead = false
      var reader = StatementReader(name: "") { buffer in
        if !isRead { buffer += bytes }
        isRead = true
        return false
      }
      guard case .failed(let diagnostic, _) = reader.next() else {
        Issue.record("no error in \(bytes)")
        continue
      }
      #expect(diagnostic.code == .badCharacter)
      #expect(diagnostic.range.start == bytes.firstIndex { $0 >= 0x80 })
    }
  }
}
