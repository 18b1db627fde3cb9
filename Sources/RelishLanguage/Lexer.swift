/// Bytes to tokens, one statement at a time (LANGUAGE.md §2).
///
/// The lexer is a place in a growing stretch of bytes: when the bytes end inside a token it says
/// `.more`, and goes on from there when it is called again with more of them. Only a text may be
/// long; what has been looked through of one is remembered, so that the work stays linear however
/// small the pieces are in which a statement arrives.
struct Lexer {
  enum Outcome {
    /// A statement ends here; its tokens are complete.
    case statement
    /// The bytes end before the statement does.
    case more
    case failed(Diagnostic)
  }

  /// The next byte to read.
  var position = 0
  /// Where columns are counted from: the first byte of the line, or a later one on a long line.
  var lineStart = 0
  /// Of `position`, counted from 1.
  var line: Int
  /// How many characters of the line stand before `lineStart`.
  var skippedColumns = 0
  /// The byte from which the offsets of the statement's tokens count.
  private(set) var origin = 0
  private(set) var originLine: Int
  private(set) var originColumns = 0
  private var depth = 0
  /// A `\` ended a line, and no token has followed yet.
  private(set) var isContinued = false
  private(set) var isInComment = false
  /// What is known of a text that the bytes have not ended yet; void unless beyond `position`.
  var unfinished = UnfinishedText()

  /// A name or number may have this many bytes.
  static let longestWord = 4096
  /// A statement this far from the beginning of its line counts its columns from itself, so that
  /// the source of a statement stays small on a line of many statements.
  static let farColumn = 4096

  init(firstLine: Int) {
    line = firstLine
    originLine = firstLine
  }

  /// To be called before the first `scan` of each statement.
  mutating func startStatement() {
    depth = 0
    isContinued = false
  }

  /// Reads on until the statement ends, adding its tokens.
  ///
  /// - Parameter isLast: no further bytes will come.
  mutating func scan(_ bytes: Span<UInt8>, isLast: Bool, into tokens: inout [Token]) -> Outcome {
    do throws(Diagnostic) {
      return try scanStatement(bytes, isLast: isLast, into: &tokens) ? .statement : .more
    } catch {
      return .failed(error)
    }
  }

  /// False when the bytes end first.
  private mutating func scanStatement(
    _ bytes: Span<UInt8>, isLast: Bool, into tokens: inout [Token]
  ) throws(Diagnostic) -> Bool {
    while position < bytes.count {
      if isInComment {
        guard skipComment(bytes) else { break }
        continue
      }
      let start = position
      let byte = bytes[start]
      switch byte {
      case 0x20, 0x09, 0x0D, 0x0C:
        position = start + 1
        continue
      case 0x0A:
        position = start + 1
        let ends = !tokens.isEmpty && depth == 0 && !isContinued && tokens.last?.kind != .comma
        startLine()
        if ends { return true }
        continue
      case UInt8(ascii: "#"):
        isInComment = true
        continue
      case UInt8(ascii: ";"):
        if depth > 0 { throw semicolonInBrackets(tokens) }
        position = start + 1
        if !tokens.isEmpty { return true }
        continue
      case UInt8(ascii: "-"):
        if start + 1 == bytes.count, !isLast { return false }
        if start + 1 < bytes.count, bytes[start + 1] == byte {
          isInComment = true
          continue
        }
      case UInt8(ascii: "\\"):
        guard let isHandled = try scanBackslash(bytes, isLast: isLast, tokens) else { return false }
        if isHandled { continue }
      case 0xEF:
        // U+FEFF, the mark that some editors write at the beginning of a file.
        if start + 2 >= bytes.count, !isLast { return false }
        if start + 2 < bytes.count, bytes[start + 1] == 0xBB, bytes[start + 2] == 0xBF {
          if lineStart == start { lineStart = start + 3 }
          position = start + 3
          continue
        }
      default: break
      }
      if tokens.isEmpty { startTokens(at: start, bytes) }
      if tokens.isEmpty, isMeta(at: start, bytes) {
        guard scanMeta(bytes, isLast: isLast, into: &tokens) else { return false }
        continue
      }
      guard let kind = try scanToken(byte, bytes, isLast: isLast) else {
        position = start
        return false
      }
      isContinued = false
      tokens.append(Token(kind, start - origin, position - origin))
    }
    if tokens.isEmpty, position - lineStart > Self.farColumn { skipColumns(to: position, bytes) }
    return isLast && depth == 0 && !isContinued && !tokens.isEmpty && tokens.last?.kind != .comma
  }

  /// The kind of the token at `position`, which moves behind it; nil when the bytes end first.
  @inline(__always)
  private mutating func scanToken(
    _ byte: UInt8, _ bytes: Span<UInt8>, isLast: Bool
  ) throws(Diagnostic) -> Token.Kind? {
    let start = position
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      if byte == UInt8(ascii: "x") {
        if start + 1 == bytes.count, !isLast { return nil }
        if start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "'") {
          return try scanBlob(bytes, isLast: isLast)
        }
      }
      return try scanName(bytes, isLast: isLast) ? .word : nil
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return try scanName(bytes, isLast: isLast) ? .capital : nil
    case 0x80...:
      guard try scanName(bytes, isLast: isLast) else { return nil }
      return Self.beginsWithCapital(bytes, at: start) ? .capital : .word
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try scanNumber(bytes, isLast: isLast)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return try scanText(quote: byte, bytes, isLast: isLast)
    case UInt8(ascii: "`"):
      return try scanQuotedName(bytes, isLast: isLast)
    case UInt8(ascii: "$"):
      position = start + 1
      guard try scanName(bytes, isLast: isLast) else { return nil }
      try checkVariable(bytes, from: start)
      return .variable
    default:
      return try scanSign(byte, bytes, isLast: isLast)
    }
  }

  @inline(__always)
  private mutating func scanSign(
    _ byte: UInt8, _ bytes: Span<UInt8>, isLast: Bool
  ) throws(Diagnostic) -> Token.Kind? {
    position += 1
    switch byte {
    case UInt8(ascii: "("):
      depth += 1
      return .leftParenthesis
    case UInt8(ascii: ")"):
      if depth > 0 { depth -= 1 }
      return .rightParenthesis
    case UInt8(ascii: "["):
      depth += 1
      return .leftBracket
    case UInt8(ascii: "]"):
      if depth > 0 { depth -= 1 }
      return .rightBracket
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: ":"): return .colon
    case UInt8(ascii: "="): return .equal
    case UInt8(ascii: "+"): return .plus
    case UInt8(ascii: "-"): return .minus
    case UInt8(ascii: "*"): return .times
    case UInt8(ascii: "/"): return .divided
    case UInt8(ascii: "%"): return .modulo
    case UInt8(ascii: "."):
      if position == bytes.count, !isLast { return nil }
      if position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 {
        position -= 1
        return try scanNumber(bytes, isLast: isLast)
      }
      return .dot
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"):
      if position == bytes.count, !isLast { return nil }
      if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
        position += 1
        return byte == UInt8(ascii: "<")
          ? .lessOrEqual : byte == UInt8(ascii: ">") ? .greaterOrEqual : .notEqual
      }
      if byte == UInt8(ascii: "!") { throw badSign(byte, bytes) }
      if byte == UInt8(ascii: "<"), position < bytes.count, bytes[position] == UInt8(ascii: ">") {
        throw badSign(byte, bytes)
      }
      return byte == UInt8(ascii: "<") ? .less : .greater
    default:
      throw badSign(byte, bytes)
    }
  }
}

// MARK: - Lines, comments and continuation

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

  private mutating func startLine() {
    line += 1
    lineStart = position
    skippedColumns = 0
  }

  private mutating func startTokens(at start: Int, _ bytes: Span<UInt8>) {
    if start - lineStart > Self.farColumn { skipColumns(to: start, bytes) }
    origin = lineStart
    originLine = line
    originColumns = skippedColumns
  }

  private mutating func skipColumns(to place: Int, _ bytes: Span<UInt8>) {
    for index in lineStart..<place where bytes[index] & 0xC0 != 0x80 { skippedColumns += 1 }
    lineStart = place
  }

  /// False when the bytes end inside the comment.
  private mutating func skipComment(_ bytes: Span<UInt8>) -> Bool {
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
  private mutating func scanBackslash(
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
  private func isMeta(at start: Int, _ bytes: Span<UInt8>) -> Bool {
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
  private mutating func scanMeta(
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
