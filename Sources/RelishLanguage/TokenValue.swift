// What tokens hold. The bytes are always those in which the token's offsets count; a token that does
// not fit them reads as empty.
extension Token {
  private func slice(_ bytes: UnsafeBufferPointer<UInt8>, inner: Int = 0) -> Slice<
    UnsafeBufferPointer<UInt8>
  > {
    let end = max(0, min(Int(self.end) - inner, bytes.count))
    return bytes[max(0, min(Int(start) + inner, end))..<end]
  }

  /// The name that a word or a name in backticks spells.
  package func name(in bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { bytes in
      guard kind == .quotedName else { return String(decoding: slice(bytes), as: UTF8.self) }
      var name: [UInt8] = []
      var isSecond = false
      for byte in slice(bytes, inner: 1) {
        isSecond = byte == UInt8(ascii: "`") && !isSecond
        if !isSecond { name.append(byte) }
      }
      return String(decoding: name, as: UTF8.self)
    }
  }

  /// The name of a variable, without its `$`.
  package func variableName(in bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { bytes in
      String(decoding: slice(bytes).dropFirst(), as: UTF8.self)
    }
  }

  /// The text that a text token stands for.
  package func text(in bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { bytes in
      guard kind == .escapedText else {
        return String(decoding: slice(bytes, inner: 1), as: UTF8.self)
      }
      var text: [UInt8] = []
      appendText(from: bytes, to: &text)
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// Adds the UTF-8 of the text that a text token stands for, escapes resolved.
  package func appendText(from bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    let inner = slice(bytes, inner: 1)
    guard kind == .escapedText else {
      text.append(contentsOf: inner)
      return
    }
    var index = inner.startIndex
    while index < inner.endIndex {
      let byte = inner[index]
      let next = index + 1 < inner.endIndex ? inner[index + 1] : 0
      if byte == UInt8(ascii: "\\"), next == UInt8(ascii: "u") {
        index = Self.appendCharacter(inner, after: index + 2, to: &text)
        continue
      }
      switch (byte, next) {
      case (UInt8(ascii: "\\"), UInt8(ascii: "n")): text.append(0x0A)
      case (UInt8(ascii: "\\"), UInt8(ascii: "t")): text.append(0x09)
      case (UInt8(ascii: "\\"), _): text.append(next)
      default:
        text.append(byte)
        // A quote inside is always doubled when it is the one around the text.
        index += byte == bytes[inner.startIndex - 1] ? 2 : 1
        continue
      }
      index += 2
    }
  }

  /// Adds the character of `\u{…}` and returns where the text goes on.
  private static func appendCharacter(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, after start: Int, to text: inout [UInt8]
  ) -> Int {
    var index = start
    var value: UInt32 = 0
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "}") { break }
      if let digit = Lexer.hexadecimalDigit(byte) { value = value << 4 | UInt32(digit) }
    }
    if let scalar = Unicode.Scalar(value) { text.append(contentsOf: String(scalar).utf8) }
    return index
  }

  /// The bytes that `x'00ff'` stands for.
  package func blob(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var blob: [UInt8] = []
    var high: UInt8?
    for byte in slice(bytes).dropFirst(2) {
      guard let digit = Lexer.hexadecimalDigit(byte) else { break }
      if let first = high {
        blob.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return blob
  }

  /// The value of an integer token; nil beyond Int64.
  package func integer(in bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var value: Int64 = 0
    for byte in slice(bytes) {
      let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = tens.addingReportingOverflow(Int64(byte &- UInt8(ascii: "0")))
      if overflows || carries { return nil }
      value = sum
    }
    return value
  }

  /// The number of an integer or decimal token; nil when it has too many digits.
  package func decimal(in bytes: UnsafeBufferPointer<UInt8>) -> Decimal? {
    Decimal(ascii: slice(bytes))
  }

  /// The value of a text, blob or number (an integer beyond Int64 is a decimal); nil for other kinds
  /// and for numbers of more than `Decimal.mostDigits` digits.
  package func literal(in bytes: UnsafeBufferPointer<UInt8>) -> Literal? {
    switch kind {
    case .text, .escapedText:
      var text: [UInt8] = []
      appendText(from: bytes, to: &text)
      return .text(String(decoding: text, as: UTF8.self))
    case .blob: return .blob(blob(in: bytes))
    case .integer:
      if let value = integer(in: bytes) { return .integer(value) }
      return decimal(in: bytes).map { .decimal($0) }
    case .decimal: return decimal(in: bytes).map { .decimal($0) }
    default: return nil
    }
  }
}
