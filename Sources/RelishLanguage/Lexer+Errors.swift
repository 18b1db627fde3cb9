// Characters that the language does not use, and what was probably meant.
extension Lexer {
  /// Signs of other languages, with what relish writes for them.
  private static let hints: [String: String] = [
    "!": "write `!=` for \"is not equal\", `not` for \"not\"",
    "<>": "write `!=`",
    "&": "write `and`",
    "|": "write `or`; texts are joined by `+`",
    "{": "a list stands in `( )` or `[ ]`",
    "}": "a list stands in `( )` or `[ ]`",
    "@": "a text stands in quotes, as in \"max@example.com\"",
    "?": "a value from outside is a variable, as in `$name`",
    "\u{201C}": "write a straight quote: \"",
    "\u{201D}": "write a straight quote: \"",
    "\u{201E}": "write a straight quote: \"",
    "\u{2018}": "write a straight quote: '",
    "\u{2019}": "write a straight quote: '",
    "\u{AB}": "write a straight quote: \"",
    "\u{BB}": "write a straight quote: \"",
    "\u{B4}": "write a straight quote: '",
    "\u{A0}": "this is a no-break space; write a plain one",
    "\u{202F}": "this is a no-break space; write a plain one",
    "\u{200B}": "this is an invisible space; remove it",
    "\u{3000}": "this is a wide space; write a plain one",
    "\u{2013}": "write `-`",
    "\u{2014}": "write `--` for a comment, `-` for a minus",
    "\u{2212}": "write `-`",
    "\u{D7}": "write `*`",
    "\u{F7}": "write `/`",
    "\u{2260}": "write `!=`",
    "\u{2264}": "write `<=`",
    "\u{2265}": "write `>=`",
    "\u{FF0C}": "write `,`",
    "\u{FF1D}": "write `=`",
    "\u{FF08}": "write `(`",
    "\u{FF09}": "write `)`",
    "\u{2026}": "write the words out",
  ]

  /// The error at the sign just behind which `position` stands.
  func badSign(_ byte: UInt8, _ bytes: Span<UInt8>) -> Diagnostic {
    let start = position - 1
    let isUnequal =
      byte == UInt8(ascii: "<") && position < bytes.count && bytes[position] == UInt8(ascii: ">")
    if isUnequal {
      return diagnostic(
        .badCharacter, "`<>` is not a sign of the language", start, start + 2,
        hint: Self.hints["<>"])
    }
    return badCharacter(UnicodeScalar(byte), at: start, length: 1)
  }

  func badCharacter(_ scalar: Unicode.Scalar, at offset: Int, length: Int) -> Diagnostic {
    let shown =
      scalar.value < 0x21 || scalar.value == 0x7F || scalar.properties.generalCategory == .format
        || scalar.properties.isWhitespace
      ? "the character U+\(String(repeating: "0", count: scalar.value < 0x1000 ? 2 : 0))"
        + hexadecimal(scalar.value) : "`\(scalar)`"
    let hint =
      Self.hints[String(scalar)]
      ?? (scalar.value < 0x80 ? nil : "a name that is not of letters stands in backticks")
    return diagnostic(
      .badCharacter, "\(shown) is not a sign of the language", offset, offset + length, hint: hint)
  }

  /// A `;` ends a statement, and an open bracket says that it goes on.
  func semicolonInBrackets(_ tokens: [Token]) -> Diagnostic {
    let open = Self.openBracket(tokens)
    let sign = open?.kind == .leftBracket ? "]" : ")"
    return diagnostic(
      .unexpected, "expected `\(sign)` before `;`", position, position + 1,
      hint: open.map {
        "the bracket at \($0.kind.sign ?? "(") is not closed; a statement ends outside of brackets"
      })
  }

  /// The last bracket that is open after these tokens.
  static func openBracket(_ tokens: [Token]) -> Token? {
    var closed = 0
    for token in tokens.reversed() {
      switch token.kind {
      case .rightParenthesis, .rightBracket: closed += 1
      case .leftParenthesis, .leftBracket:
        if closed == 0 { return token }
        closed -= 1
      default: break
      }
    }
    return nil
  }
}
