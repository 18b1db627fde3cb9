extension Decimal {
  /// Numbers have at most this many digits, zeros of an exponent included.
  package static let mostDigits = 1_000

  /// Reads digits with an optional sign, point and exponent, exactly as they are written:
  /// `-12.50` has scale 2, `1.5e3` is 1500.
  ///
  /// nil for what is no number, and for one of more than `mostDigits` digits.
  package init?(ascii bytes: some Sequence<UInt8>) {
    var digits: [UInt8] = []
    var scale = 0
    var isNegative = false
    var exponent = 0
    var exponentIsNegative = false
    var part = Part.start
    var count = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        guard part == .start || part == .exponentStart else { return nil }
        if part == .start {
          isNegative = byte == UInt8(ascii: "-")
          part = .whole
        } else {
          exponentIsNegative = byte == UInt8(ascii: "-")
          part = .exponent
        }
      case UInt8(ascii: "."):
        guard part == .start || part == .whole else { return nil }
        part = .fraction
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard part == .whole || part == .fraction, count > 0 else { return nil }
        part = .exponentStart
        count = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if part == .start { part = .whole }
        if part == .exponentStart { part = .exponent }
        count += 1
        if part == .exponent {
          exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), 1_000_000)
          continue
        }
        if part == .fraction { scale += 1 }
        if digits.isEmpty, byte == UInt8(ascii: "0") { continue }
        digits.append(byte)
        guard digits.count <= Self.mostDigits else { return nil }
      default: return nil
      }
    }
    guard count > 0 else { return nil }
    guard !digits.isEmpty else {
      scale = max(0, scale + (exponentIsNegative ? exponent : -exponent))
      guard scale <= Self.mostDigits else { return nil }
      self.init(isNegative: false, digits: "0", scale: scale)
      return
    }
    scale += exponentIsNegative ? exponent : -exponent
    guard scale <= Self.mostDigits, digits.count - scale <= Self.mostDigits else { return nil }
    if scale < 0 {
      digits.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -scale))
      scale = 0
    }
    self.init(
      isNegative: isNegative, digits: String(decoding: digits, as: UTF8.self), scale: scale)
  }

  private enum Part { case start, whole, fraction, exponentStart, exponent }

  /// The same as `init?(ascii:)` for a text.
  package init?(_ text: String) { self.init(ascii: text.utf8) }

  package init(_ integer: Int64) {
    self.init(isNegative: integer < 0, digits: String(integer.magnitude), scale: 0)
  }
}
