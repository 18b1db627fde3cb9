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
  var origin = 0
  var originLine: Int
  var originColumns = 0
  private var depth = 0
  /// A `\` ended a line, and no token has followed yet.
  var isContinued = false
  var isInComment = false
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
