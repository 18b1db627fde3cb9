extension View {
  /// Whether both say the same; blanks, comments and the case of words are no difference.
  package func says(sameAs other: View) -> Bool {
    DefinitionText.words(of: text, after: "VIEW")
      == DefinitionText.words(of: other.text, after: "VIEW")
  }
}

extension Trigger {
  /// Whether both say the same; blanks, comments and the case of words are no difference.
  package func says(sameAs other: Trigger) -> Bool {
    DefinitionText.words(of: text, after: "TRIGGER")
      == DefinitionText.words(of: other.text, after: "TRIGGER")
  }
}

extension Difference {
  /// Of a view or a trigger.
  package static let otherText = Difference("the database has another text for it")
}

enum DefinitionText {
  /// `SELECT …` of `CREATE VIEW x AS SELECT …`; the whole text of a view that names its columns.
  static func query(ofView text: String) -> String {
    let tokens = tokens(of: text, after: "VIEW")
    guard tokens.first?.keyword == .as, let first = tokens.dropFirst().first, let last = tokens.last
    else { return text }
    let bytes = Array(text.utf8)
    return String(decoding: bytes[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
  }

  /// What follows the name: the database keeps neither IF NOT EXISTS nor TEMP.
  private static func tokens(of text: String, after keyword: String) -> ArraySlice<SQLToken> {
    var tokens = SQLTokenizer.tokens(of: text)[...]
    guard let start = tokens.firstIndex(where: { $0.isKeyword(keyword) }) else { return [] }
    tokens = tokens[(start + 1)...]
    if tokens.first?.isKeyword("IF") == true { tokens = tokens.dropFirst(3) }
    tokens = tokens.dropFirst()
    if tokens.first?.isSymbol(".") == true { tokens = tokens.dropFirst(2) }
    if tokens.last?.isSymbol(";") == true { tokens = tokens.dropLast() }
    return tokens
  }

  static func words(of text: String, after keyword: String) -> [String] {
    tokens(of: text, after: keyword).map { token in
      switch token.kind {
      case .word, .quotedName: token.value.asciiLowercased
      case .text: "'" + token.value
      case .blob: "x'" + token.value.asciiLowercased
      case .number, .symbol: token.value
      }
    }
  }
}
