import RelishModel

/// Takes tokens from the front of a definition.
struct SQLTokenCursor {
  private var rest: ArraySlice<SQLToken>

  init(_ tokens: ArraySlice<SQLToken>) { rest = tokens }

  mutating func take() -> SQLToken? { rest.popFirst() }

  func nextIs(_ keyword: String) -> Bool { rest.first?.isKeyword(keyword) == true }
  func nextIs(symbol: String) -> Bool { rest.first?.isSymbol(symbol) == true }

  /// Takes the keyword if it comes next; answers whether it did.
  @discardableResult
  mutating func take(_ keyword: String) -> Bool {
    guard nextIs(keyword) else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes the brackets that come next; answers what is inside.
  @discardableResult
  mutating func takeBrackets() -> [SQLToken] {
    guard nextIs(symbol: "(") else { return [] }
    rest.removeFirst()
    return skipBrackets()
  }

  /// Takes all up to the bracket that closes one already taken; answers what was before it.
  @discardableResult
  mutating func skipBrackets() -> [SQLToken] {
    var depth = 1
    let end = rest.firstIndex { token in
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0
      return depth == 0
    }
    guard let end else {
      defer { rest = [] }
      return Array(rest)
    }
    defer { rest = rest[(end + 1)...] }
    return Array(rest[..<end])
  }

  /// `ON CONFLICT IGNORE` → IGNORE; nil for the usual ABORT, said or not.
  @discardableResult
  mutating func takeConflict() -> String? {
    guard nextIs("ON") else { return nil }
    rest = rest.dropFirst(2)
    let word = take()?.value.uppercased()
    return word == "ABORT" ? nil : word
  }

  /// What follows DEFAULT: brackets, or a literal with its sign.
  mutating func takeDefault() {
    if nextIs(symbol: "(") {
      takeBrackets()
    } else {
      if nextIs(symbol: "-") || nextIs(symbol: "+") { _ = take() }
      _ = take()
    }
  }
}
