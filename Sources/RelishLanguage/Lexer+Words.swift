// Names, variables and numbers (LANGUAGE.md §2, §9 "Names").
extension Lexer {
  /// A letter, digit or `_`, or part of a character beyond ASCII.
  @inline(__always)
  static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80 || byte &- UInt8(ascii: "0") < 10
      || byte == UInt8(ascii: "_")
  }

  /// Moves behind the name at `position`; false when the bytes end first.
  @inline(__always)
  mutating func scanName(_ bytes: Span<UInt8>, isLast: Bool) throws(Diagnostic) -> Bool {
    let start = position
    var index = start
    var all: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard Self.isNameByte(byte) else { break }
      all |= byte
      index += 1
    }
    if index - start > Self.longestWord { throw longWord(start) }
    if index == bytes.count, !isLast { return false }
    position = index
    if all >= 0x80 { try checkName(bytes, from: start) }
    return true
  }

  private func longWord(_ start: Int) -> Diagnostic {
    diagnostic(
      .tooLong, "a name or number has at most \(Self.longestWord) bytes", start, start + 1)
  }

  /// Every character of a name beyond ASCII must be a letter, a digit or a mark.
  private func checkName(_ bytes: Span<UInt8>, from start: Int) throws(Diagnostic) {
    var offset = start
    let name = try validText(bytes, from: start, to: position)
    for scalar in name.unicodeScalars {
      let length = UTF8.width(scalar)
      let isFirst = offset == start
      let fits =
        isFirst
        ? scalar == "_" || scalar.properties.isIDStart : scalar.properties.isIDContinue
      if !fits { throw badCharacter(scalar, at: offset, length: length) }
      offset += length
    }
  }

  /// The bytes as text, or the error that they are not UTF-8.
  func validText(_ bytes: Span<UInt8>, from start: Int, to end: Int) throws(Diagnostic) -> String {
    do {
      return String(copying: try UTF8Span(validating: bytes.extracting(start..<end)))
    } catch {
      let place = start + error.byteOffsets.lowerBound
      let byte = place < bytes.count ? bytes[place] : 0
      throw diagnostic(
        .badCharacter, "the byte 0x\(hexadecimal(byte)) is not UTF-8", place, place + 1,
        hint: "relish reads UTF-8; bytes are written as x'00ff'")
    }
  }

  static func beginsWithCapital(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    var end = start + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    guard let text = try? UTF8Span(validating: bytes.extracting(start..<end)) else { return false }
    guard let scalar = String(copying: text).unicodeScalars.first else { return false }
    return scalar.properties.isUppercase || scalar.properties.generalCategory == .titlecaseLetter
  }

  /// `$` needs a name directly behind it.
  func checkVariable(_ bytes: Span<UInt8>, from start: Int) throws(Diagnostic) {
    guard position == start + 1 || bytes[start + 1] &- UInt8(ascii: "0") < 10 else { return }
    throw diagnostic(
      .badCharacter, "`$` begins a variable and needs a name directly after it", start,
      max(position, start + 1), hint: "as in `$ann`")
  }

  /// Digits with an optional point and exponent; nil when the bytes end first.
  mutating func scanNumber(_ bytes: Span<UInt8>, isLast: Bool) throws(Diagnostic) -> Token.Kind? {
    let start = position
    var index = start
    var kind = Token.Kind.integer
    func digits() {
      while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    }
    digits()
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      kind = .decimal
      index += 1
      let fraction = index
      digits()
      if index == fraction, index < bytes.count || isLast {
        throw diagnostic(
          .badNumber, "digits are missing after the point", start, index,
          hint: "as in `\(text(bytes, start, index))0`")
      }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      let mark = index
      index += 1
      let isSigned =
        index < bytes.count
        && (bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"))
      if isSigned { index += 1 }
      let exponent = index
      digits()
      if index == exponent, index < bytes.count || isLast {
        index = mark
      } else {
        kind = .decimal
      }
    }
    if index - start > Self.longestWord { throw longWord(start) }
    if index == bytes.count, !isLast { return nil }
    if index < bytes.count, Self.isNameByte(bytes[index]) {
      while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
      if index == bytes.count, !isLast, index - start <= Self.longestWord { return nil }
      throw diagnostic(
        .badNumber, "`\(text(bytes, start, index))` is neither a number nor a name", start, index,
        hint: "a name begins with a letter or `_`, or stands in backticks")
    }
    position = index
    return kind
  }

  func text(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
    String(decoding: (start..<min(end, start + 40)).map { bytes[$0] }, as: UTF8.self)
  }

  func hexadecimal(_ value: some BinaryInteger) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }
}
