// Lines, comments, continuation and meta commands (LANGUAGE.md §2).
extension Lexer {
  /// Forgets the first `count` bytes, which the reader has dropped.
  mutating func dropFirst(_ count: Int) {
    position -= count
    lineStart -= count
    origin -= count
    unfinished.end -= count
  }

  /// The first byte that is still needed: a statement is shown with the beginning of its line.
  func firstNeeded(_ tokens: [Token]) -> Int { tokens.isEmpty ? lineStart : origin }

  mutating func startLine() {
    line += 1
    lineStart = position
    skippedColumns = 0
  }

  mutating func startTokens(at start: Int, _ bytes: Span<UInt8>) {
    if start - lineStart > Self.farColumn { skipColumns(to: start, bytes) }
    origin = lineStart
    originLine = line
    originColumns = skippedColumns
  }

  mutating func skipColumns(to place: Int, _ bytes: Span<UInt8>) {
    for index in lineStart..<place where bytes[index] & 0xC0 != 0x80 { skippedColumns += 1 }
    lineStart = place
  }

  /// False when the bytes end inside the comment.
  mutating func skipComment(_ bytes: Span<UInt8>) -> Bool {
    let found = Self.newline(in: bytes, from: position)
    position = found ?? bytes.count
    isInComment = found == nil
    return found != nil
  }

  /// Skips the rest of the line after an error; false when the bytes end first.
  mutating func skipLine(_ bytes: Span<UInt8>) -> Bool {
    isInComment = false
    guard let found = Self.newline(in: bytes, from: position) else {
      position = bytes.count
      lineStart = position
      return false
    }
    position = found + 1
    startLine()
    return true
  }

  static func newline(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == 0x0A { return index }
      index += 1
    }
    return nil
  }

  /// True when a `\` at the end of a line was passed over, false when it begins a meta command,
  /// nil when the bytes end first.
  mutating func scanBackslash(
    _ bytes: Span<UInt8>, isLast: Bool, _ tokens: [Token]
  ) throws(Diagnostic) -> Bool? {
    var next = position + 1
    if next < bytes.count, bytes[next] == 0x0D { next += 1 }
    if next == bytes.count {
      guard isLast else { return nil }
      position = next
      isContinued = !tokens.isEmpty
      return true
    }
    if bytes[next] == 0x0A {
      position = next + 1
      isContinued = !tokens.isEmpty
      startLine()
      return true
    }
    if tokens.isEmpty, isMeta(at: position, bytes) { return false }
    if tokens.isEmpty { startTokens(at: position, bytes) }
    throw diagnostic(
      .badCharacter, "`\\` continues a statement only at the very end of a line", position,
      position + 1)
  }

  /// Whether a meta command begins here: `.` or `\` before a letter, first on its line.
  func isMeta(at start: Int, _ bytes: Span<UInt8>) -> Bool {
    let sign = bytes[start]
    guard sign == UInt8(ascii: ".") || sign == UInt8(ascii: "\\"), start + 1 < bytes.count,
      skippedColumns == 0
    else { return false }
    for index in lineStart..<start where bytes[index] != 0x20 && bytes[index] != 0x09 {
      return false
    }
    let next = bytes[start + 1]
    if sign == UInt8(ascii: "\\"), next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
      return true
    }
    return (next | 0x20) &- UInt8(ascii: "a") < 26
  }

  /// Takes the whole line; false when the bytes end before it does.
  mutating func scanMeta(
    _ bytes: Span<UInt8>, isLast: Bool, into tokens: inout [Token]
  ) -> Bool {
    let found = Self.newline(in: bytes, from: max(position, unfinished.end))
    guard found != nil || isLast else {
      unfinished.end = bytes.count
      return false
    }
    var end = found ?? bytes.count
    let start = position
    position = end
    func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }
    var wordEnd = start + 1
    while end > wordEnd, isBlank(end - 1) || bytes[end - 1] == 0x0D { end -= 1 }
    while wordEnd < end, !isBlank(wordEnd) { wordEnd += 1 }
    tokens.append(Token(.meta, start - origin, wordEnd - origin))
    var rest = wordEnd
    while rest < end, isBlank(rest) { rest += 1 }
    if rest < end { tokens.append(Token(.metaRest, rest - origin, end - origin)) }
    return true
  }

  func diagnostic(
    _ code: Diagnostic.Code, _ message: String, _ start: Int, _ end: Int, hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(code, message, at: SourceRange(start - origin, end - origin), hint: hint)
  }
}
