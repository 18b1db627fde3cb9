/// What has been seen of a text whose end has not come yet.
struct UnfinishedText {
  /// The first byte that has not been looked at.
  var end = 0
  var hasEscapes = false
  /// All bytes joined by `or`: 0x80 and more when any is beyond ASCII.
  var allBytes: UInt8 = 0
}

// Texts, names in backticks and blobs (LANGUAGE.md §2).
extension Lexer {
  /// `"…"` or `'…'`; nil when the bytes end first.
  mutating func scanText(
    quote: UInt8, _ bytes: Span<UInt8>, isLast: Bool
  ) throws(Diagnostic) -> Token.Kind? {
    let start = position
    var index = start + 1
    var hasEscapes = false
    var all: UInt8 = 0
    if unfinished.end > start {
      (index, hasEscapes, all) = (unfinished.end, unfinished.hasEscapes, unfinished.allBytes)
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte != quote, byte != UInt8(ascii: "\\") {
        all |= byte
        index += 1
        continue
      }
      if byte == quote {
        if index + 1 == bytes.count, !isLast { break }
        if index + 1 < bytes.count, bytes[index + 1] == quote {
          hasEscapes = true
          index += 2
          continue
        }
        position = index + 1
        if all >= 0x80 { try checkUTF8(bytes, from: start + 1, to: index) }
        return hasEscapes ? .escapedText : .text
      }
      if byte == UInt8(ascii: "\\") {
        guard let length = try escapeLength(bytes, at: index, isLast: isLast) else { break }
        hasEscapes = true
        index += length
        continue
      }
      if byte == 0x0A { throw unclosed(quote, start) }
      if byte == 0 { throw nullByte(index) }
      index += 1
    }
    if isLast { throw unclosed(quote, start) }
    unfinished = UnfinishedText(end: index, hasEscapes: hasEscapes, allBytes: all)
    return nil
  }

  /// `` `…` ``, in which a doubled backtick stands for itself; nil when the bytes end first.
  mutating func scanQuotedName(
    _ bytes: Span<UInt8>, isLast: Bool
  ) throws(Diagnostic) -> Token.Kind? {
    let start = position
    var index = start + 1
    var all: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "`") {
        if index + 1 == bytes.count, !isLast { return nil }
        guard index + 1 < bytes.count, bytes[index + 1] == byte else {
          position = index + 1
          if all >= 0x80 { try checkUTF8(bytes, from: start + 1, to: index) }
          if index == start + 1 {
            throw diagnostic(.badCharacter, "a name in backticks cannot be empty", start, index + 1)
          }
          return .quotedName
        }
        index += 1
      } else if byte == 0x0A {
        throw unclosed(UInt8(ascii: "`"), start)
      } else if byte < 0x20 || byte == 0x7F {
        throw diagnostic(
          .badCharacter, "a name cannot hold the control character 0x\(hexadecimal(byte))", index,
          index + 1)
      }
      all |= byte
      index += 1
      if index - start > Self.longestWord {
        throw diagnostic(.tooLong, "a name has at most \(Self.longestWord) bytes", start, start + 1)
      }
    }
    if isLast { throw unclosed(UInt8(ascii: "`"), start) }
    return nil
  }

  /// `x'00ff'`; nil when the bytes end first.
  mutating func scanBlob(_ bytes: Span<UInt8>, isLast: Bool) throws(Diagnostic) -> Token.Kind? {
    let start = position
    var index = max(start + 2, unfinished.end)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "'") {
        position = index + 1
        if (index - start) % 2 != 0 {
          throw diagnostic(
            .badCharacter, "a byte has two hexadecimal digits, and the last one here has one",
            index - 1, index)
        }
        return .blob
      }
      if byte == 0x0A { break }
      guard Self.hexadecimalDigit(byte) != nil else {
        throw diagnostic(
          .badCharacter, "between x'…' stand hexadecimal digits only", index, index + 1)
      }
      index += 1
    }
    if isLast || index < bytes.count { throw unclosed(UInt8(ascii: "'"), start + 1) }
    unfinished.end = index
    return nil
  }

  /// How many bytes the escape at `index` has; nil when the bytes end inside it.
  private func escapeLength(
    _ bytes: Span<UInt8>, at index: Int, isLast: Bool
  ) throws(Diagnostic) -> Int? {
    guard index + 1 < bytes.count else {
      if isLast { throw unclosed(bytes[position], position) }
      return nil
    }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "n"),
      UInt8(ascii: "t"):
      return 2
    case 0x0A:
      throw unclosed(bytes[position], position)
    case UInt8(ascii: "u"):
      var end = index + 2
      var value: UInt32 = 0
      if end < bytes.count, bytes[end] == UInt8(ascii: "{") {
        end += 1
        while end < bytes.count, end - index < 10, let digit = Self.hexadecimalDigit(bytes[end]) {
          value = value << 4 | UInt32(digit)
          end += 1
        }
      }
      if end == bytes.count, !isLast { return nil }
      if end < bytes.count, bytes[end] == UInt8(ascii: "}"), end > index + 3,
        Unicode.Scalar(value) != nil
      {
        return end + 1 - index
      }
      throw diagnostic(
        .badEscape, "`\\u` needs the number of a character in braces", index, min(end, bytes.count),
        hint: "as in `\\u{1F600}`")
    default:
      var end = index + 2
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      if end == bytes.count, bytes[index + 1] >= 0x80, !isLast { return nil }
      throw diagnostic(
        .badEscape, "`\(text(bytes, index, end))` is no escape", index, end,
        hint: "escapes are \\\" \\' \\\\ \\n \\t \\u{1F600}; a single `\\` is written `\\\\`")
    }
  }

  static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private func checkUTF8(
    _ bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(Diagnostic) {
    if (try? UTF8Span(validating: bytes.extracting(start..<end))) != nil { return }
    _ = try validText(bytes, from: start, to: end)
  }

  private func unclosed(_ quote: UInt8, _ start: Int) -> Diagnostic {
    let sign = String(UnicodeScalar(quote))
    if quote == UInt8(ascii: "`") {
      return diagnostic(
        .unclosedText, "the name that begins here is not closed on its line", start, start + 1,
        hint: "a name in backticks ends with a backtick")
    }
    return diagnostic(
      .unclosedText, "the text that begins here is not closed on its line", start, start + 1,
      hint: "close it with `\(sign)`; a line break inside a text is written `\\n`")
  }

  private func nullByte(_ index: Int) -> Diagnostic {
    diagnostic(
      .badCharacter, "a text cannot hold the byte 0 as it is", index, index + 1,
      hint: "is this a text file?")
  }
}
