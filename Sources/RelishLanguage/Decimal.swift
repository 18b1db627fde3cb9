/// A decimal number exactly as written; never passes through binary floating point.
package struct Decimal: Hashable, Sendable, CustomStringConvertible {
  package let isNegative: Bool
  /// Decimal digits without leading zeros, "0" for zero.
  package let digits: String
  /// How many of the digits stand after the point; never negative.
  package let scale: Int

  package init(isNegative: Bool, digits: String, scale: Int) {
    self.isNegative = isNegative
    self.digits = digits
    self.scale = scale
  }

  /// `-12.50`: all digits, no exponent.
  package var description: String {
    var text = digits
    if scale > 0 {
      if text.count <= scale { text = String(repeating: "0", count: scale - text.count + 1) + text }
      text.insert(".", at: text.index(text.endIndex, offsetBy: -scale))
    }
    return isNegative ? "-" + text : text
  }

  /// Digits before the point, 0 for numbers below one.
  package var integerDigits: Int { digits == "0" ? 0 : max(0, digits.count - scale) }
}
