import RelishLanguage
import RelishModel

/// Takes tokens from the front of a definition.
struct SQLTokenCursor {
  private let tokens: [SQLToken]
  private var position: Int
  private let end: Int

  init(_ tokens: [SQLToken], _ range: Range<Int>) {
    self.tokens = tokens
    position = range.lowerBound
    end = range.upperBound
  }

  init(_ tokens: [SQLToken]) { self.init(tokens, tokens.indices) }

  mutating func take() -> SQLToken? {
    guard position < end else { return nil }
    defer { position += 1 }
    return tokens[position]
  }

  func nextIs(_ keyword: SQLKeyword) -> Bool {
    position < end && tokens[position].keyword == keyword
  }
  func nextIs(anyOf keywords: SQLKeyword...) -> Bool {
    position < end && tokens[position].keyword.map { keywords.contains($0) } == true
  }
  func nextIs(symbol: String) -> Bool { position < end && tokens[position].isSymbol(symbol) }

  /// Takes the keyword if it comes next; answers whether it did.
  @discardableResult
  mutating func take(_ keyword: SQLKeyword) -> Bool {
    guard nextIs(keyword) else { return false }
    position += 1
    return true
  }

  /// Takes the sign if it comes next; answers whether it did.
  @discardableResult
  mutating func take(symbol: String) -> Bool {
    guard nextIs(symbol: symbol) else { return false }
    position += 1
    return true
  }

  /// Takes the brackets that come next; answers what is inside.
  mutating func takeBrackets() -> [SQLToken] {
    guard take(symbol: "(") else { return [] }
    let start = position
    let inner = skipBrackets()
    return Array(tokens[start..<inner])
  }

  /// Takes all up to the bracket that closes one already taken; answers where that stands.
  @discardableResult
  mutating func skipBrackets() -> Int {
    var depth = 1
    while position < end {
      let token = tokens[position]
      if token.kind == .symbol {
        depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0
      }
      position += 1
      if depth == 0 { return position - 1 }
    }
    return end
  }

  /// `ON CONFLICT IGNORE` → IGNORE; nil for the usual ABORT, said or not.
  @discardableResult
  mutating func takeConflict() -> String? {
    guard take(.on) else { return nil }
    _ = take()
    let word = take()?.value.uppercased()
    return word == "ABORT" ? nil : word
  }

  /// What follows DEFAULT: what is in the brackets, or a literal with its sign.
  mutating func takeDefault() -> [SQLToken] {
    if nextIs(symbol: "(") { return takeBrackets() }
    let hasSign = nextIs(symbol: "-") || nextIs(symbol: "+")
    return (hasSign ? [take(), take()] : [take()]).compactMap(\.self)
  }

  /// `(a, "b" COLLATE nocase)` → a, b; none where no brackets come next.
  mutating func takeNames() -> [String] {
    guard nextIs(symbol: "(") else { return [] }
    var names: [String] = []
    var isFirst = true
    for token in takeBrackets() {
      if isFirst { names.append(token.value) }
      isFirst = token.isSymbol(",")
    }
    return names
  }

  /// `SET NULL`, `CASCADE`, …, which follows ON DELETE.
  mutating func takeRule() -> ReferentialRule {
    if take(.set) { return take()?.keyword == .null ? .setNull : .setDefault }
    if take(.cascade) { return .cascade }
    if take(.restrict) { return .restrict }
    take(.no)
    _ = take()
    return .noAction
  }
}
