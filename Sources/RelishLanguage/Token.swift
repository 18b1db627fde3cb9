/// One word, sign or literal of a statement: what it is and where, never its text.
///
/// Offsets count from the first byte of the statement's `SourceText`. Two statements with equal
/// kinds and equal words differ only in their literals, which is what a cache of prepared
/// statements goes by.
package struct Token: Hashable, Sendable {
  /// What a token is; each word's keyword is looked up by the parser.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// A name or keyword that begins with a small letter, `_`, or a letter without case.
    case word
    /// A name that begins with a capital letter.
    case capital
    /// `` `any name` ``; the range includes the backticks.
    case quotedName
    /// `"text"` whose bytes between the quotes are the text itself.
    case text
    /// A text with escapes or doubled quotes.
    case escapedText
    /// `x'00ff'`
    case blob
    /// Digits alone; may be beyond Int64.
    case integer
    /// Digits with a point or an exponent.
    case decimal
    /// `$name`; the range includes the sign.
    case variable
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket
    case comma, colon, dot
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, times, divided, modulo
    /// `.tables`, `\dt`: the first word of a meta command with its sign.
    case meta
    /// What follows a meta command up to the end of its line, without blanks around it.
    case metaRest
    /// No token: the statement is over. Never in a reader's `tokens`.
    case end
  }

  package var kind: Kind
  package var start: Int32
  package var end: Int32

  package init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
  }

  package var range: SourceRange { SourceRange(Int(start), Int(end)) }
}

extension Token.Kind {
  /// A word, capital or name in backticks: what may stand in a place for a name.
  package var isName: Bool { self == .word || self == .capital || self == .quotedName }
  package var isText: Bool { self == .text || self == .escapedText }
  /// A text, blob or number: what differs between statements of one shape.
  package var isLiteral: Bool {
    rawValue >= Self.text.rawValue && rawValue <= Self.decimal.rawValue
  }
  /// `( ) [ ] , : .` and the operators as they are written; nil for the other kinds.
  package var sign: String? {
    switch self {
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .comma: ","
    case .colon: ":"
    case .dot: "."
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .plus: "+"
    case .minus: "-"
    case .times: "*"
    case .divided: "/"
    case .modulo: "%"
    default: nil
    }
  }
}
