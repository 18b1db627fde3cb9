package import RelishModel

extension [SQLToken] {
  /// The tokens as one text with blanks by rule, so that equal conditions have equal texts whoever
  /// wrote them: `price >= 0`, `length(name) > 3`, `status IN ('a', 'b')`.
  ///
  /// - Parameter dialect: quotes the names that need it and spells the literals.
  package func canonicalText(_ dialect: any Dialect) -> String {
    var text = ""
    var last: SQLToken?
    var isSign = false
    for token in withoutOuterBrackets {
      // Two signs side by side would begin a comment.
      if let last, !isSign || token.isSymbol("-"),
        Self.needsBlank(between: last, and: token, dialect)
      {
        text += " "
      }
      text += Self.spelling(token, dialect)
      isSign = token.isSymbol("-") && !Self.endsOperand(last, dialect)
      last = token
    }
    return text
  }

  /// The tokens with texts for the names in double quotes that name nothing
  /// (https://www.sqlite.org/quirks.html, "Double-quoted String Literals Are Accepted").
  ///
  /// - Parameter isName: whether a column has that name.
  package func takingTexts(exceptFor isName: (String) -> Bool) -> [SQLToken] {
    guard contains(where: \.isDoubleQuoted) else { return self }
    return enumerated().map { position, token in
      let isCalled = position + 1 < count && self[position + 1].isSymbol("(")
      let isPart = position > 0 && self[position - 1].isSymbol(".")
      guard token.isDoubleQuoted, !isCalled, !isPart,
        !isName(token.value)
      else { return token }
      return SQLToken(kind: .text, value: token.value, range: token.range)
    }
  }

  /// `((a > 0))` → `a > 0`.
  private var withoutOuterBrackets: ArraySlice<SQLToken> {
    var inner = self[...]
    while let first = inner.first, first.isSymbol("("), inner.last?.isSymbol(")") == true {
      var depth = 0
      let closing = inner.firstIndex { token in
        depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0
        return depth == 0
      }
      guard closing == inner.endIndex - 1 else { break }
      inner = inner.dropFirst().dropLast()
    }
    return inner
  }

  private static func spelling(_ token: SQLToken, _ dialect: any Dialect) -> String {
    switch token.kind {
    case .word: isReserved(token, dialect) ? token.value.uppercased() : token.value
    case .quotedName: dialect.identifier(token.value)
    case .text: dialect.literal(.text(token.value))
    case .blob: "x'" + token.value.lowercased() + "'"
    case .number, .symbol: token.value
    }
  }

  private static func needsBlank(
    between left: SQLToken, and right: SQLToken, _ dialect: any Dialect
  ) -> Bool {
    if left.isSymbol("(") || left.isSymbol(".") { return false }
    if right.isSymbol(")") || right.isSymbol(".") || right.isSymbol(",") { return false }
    // A function's bracket, but not that of `IN (…)`.
    if right.isSymbol("(") { return !left.isName || isReserved(left, dialect) }
    return true
  }

  /// Whether a `-` after the token subtracts; otherwise it is a sign.
  private static func endsOperand(_ token: SQLToken?, _ dialect: any Dialect) -> Bool {
    guard let token else { return false }
    return token.kind == .symbol ? token.value == ")" : !isReserved(token, dialect)
  }

  /// A word that would have to be quoted to be a name.
  private static func isReserved(_ token: SQLToken, _ dialect: any Dialect) -> Bool {
    token.kind == .word && dialect.identifier(token.value) != token.value
  }
}
