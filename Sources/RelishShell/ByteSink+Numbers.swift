/// Numbers as text, without a `String` for each.
extension ByteSink {
  /// `-42`
  package func write(integer: Int64) {
    write(unscaled: integer.magnitude, isNegative: integer < 0, scale: 0)
  }

  /// `-12.50` from 1250 and scale 2; `scale` is at most 18.
  package func write(unscaled: UInt64, isNegative: Bool, scale: Int) {
    withSpace(64) { space in
      // The digits are written backwards up to the 40th byte, and then moved to the front.
      var position = 40
      var rest = unscaled
      func digit() {
        position &-= 1
        let tens = rest / 10
        space[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest &- tens &* 10)
        rest = tens
      }
      if scale > 0 {
        for _ in 0..<scale { digit() }
        position &-= 1
        space[position] = UInt8(ascii: ".")
      }
      repeat { digit() } while rest > 0
      if isNegative {
        position &-= 1
        space[position] = UInt8(ascii: "-")
      }
      // At most 21 bytes, moved as three words.
      let source = UnsafeRawPointer(space + position)
      let words = (
        source.loadUnaligned(as: UInt64.self),
        source.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
        source.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
      )
      let target = UnsafeMutableRawPointer(space)
      target.storeBytes(of: words.0, as: UInt64.self)
      target.storeBytes(of: words.1, toByteOffset: 8, as: UInt64.self)
      target.storeBytes(of: words.2, toByteOffset: 16, as: UInt64.self)
      return 40 &- position
    }
  }

  /// The shortest text that reads back as the same number: `12.5`, `100.0`, `1e+16`, `inf`.
  package func write(double: Double) {
    if let (unscaled, scale) = Self.shortDecimal(double) {
      write(unscaled: unscaled, isNegative: double < 0, scale: scale)
    } else {
      write(double.description)
    }
  }

  /// Most numbers have few places. Where `n / 10000` is the number itself and n has at most 15
  /// digits, no shorter text reads back as it, as decimals of 15 digits are all different doubles.
  @inline(__always)
  private static func shortDecimal(_ value: Double) -> (UInt64, scale: Int)? {
    let magnitude = value.magnitude
    guard magnitude < 1e11, value != 0 || value.sign == .plus else { return nil }
    // Rounds; `rounded()` is a call into libm on processors that are old.
    var unscaled = UInt64(magnitude * 10_000 + 0.5)
    guard Double(unscaled) / 10_000 == magnitude else { return nil }
    var scale = 4
    while scale > 1, unscaled % 10 == 0 {
      unscaled /= 10
      scale -= 1
    }
    return (unscaled, scale)
  }

  /// A decimal of `scale` places that the database keeps as a double: `9.50` from 9.5.
  ///
  /// Rounds what a person would write for the double (`2.675` is `2.68`), not its binary value.
  package func write(double: Double, scale: Int) {
    var power = 1.0
    if scale <= 15 {
      for _ in 0..<scale { power *= 10 }
      let scaled = double.magnitude * power
      if scaled < 1e15 {
        let unscaled = UInt64(scaled + 0.5)
        if Double(unscaled) / power == double.magnitude {
          write(unscaled: unscaled, isNegative: double < 0, scale: scale)
          return
        }
      }
    }
    var text = double.description
    text.withUTF8 { digits in
      if !write(decimal: digits, scale: scale) { write(bytes: digits) }
    }
  }

  /// A decimal of `scale` places that the database keeps as an integer: `9.00` from 9.
  package func write(integer: Int64, scale: Int) {
    write(integer: integer)
    guard scale > 0 else { return }
    write(byte: UInt8(ascii: "."))
    write(byte: UInt8(ascii: "0"), count: scale)
  }

  /// A decimal kept as text, `-12.345e2`, rounded half away from zero to `scale` places.
  ///
  /// Answers false and writes nothing when the text is no decimal number.
  package func write(decimal text: UnsafeBufferPointer<UInt8>, scale: Int) -> Bool {
    guard var number = DecimalDigits(text) else { return false }
    number.round(to: scale)
    number.write(scale: scale, to: self)
    return true
  }
}

/// The digits of a decimal number and where its point stands.
private struct DecimalDigits {
  var isNegative = false
  /// 0…9 each.
  var digits: [UInt8] = []
  /// How many of the digits stand before the point; may be negative or beyond the digits.
  var integerCount = 0

  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var position = 0
    if position < text.count,
      text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: "+")
    {
      isNegative = text[position] == UInt8(ascii: "-")
      position += 1
    }
    var sawPoint = false
    while position < text.count {
      let byte = text[position]
      if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits.append(byte - UInt8(ascii: "0"))
        if !sawPoint { integerCount += 1 }
      } else {
        break
      }
      position += 1
    }
    guard !digits.isEmpty else { return nil }
    guard position < text.count else { return }
    guard let exponent = Self.exponent(text[position...]) else { return nil }
    integerCount += exponent
  }

  /// `e-5`; nil when it is none, or beyond what is worth writing out in digits.
  private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "e"),
      let value = Int(String(decoding: text.dropFirst(), as: UTF8.self)), value.magnitude < 1_000
    else { return nil }
    return value
  }

  mutating func round(to scale: Int) {
    let kept = integerCount + scale
    guard kept < digits.count else { return }
    guard kept >= 0 else {
      digits = [0]
      integerCount = 1
      return
    }
    let roundsUp = digits[kept] >= 5
    digits.removeSubrange(kept...)
    guard roundsUp else { return }
    var place = kept - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      integerCount += 1
    }
  }

  func write(scale: Int, to output: ByteSink) {
    if isNegative, digits.contains(where: { $0 != 0 }) { output.write(byte: UInt8(ascii: "-")) }
    var wroteDigit = false
    for place in 0..<max(0, integerCount) {
      let digit = digit(at: place)
      guard wroteDigit || digit != 0 else { continue }
      output.write(byte: UInt8(ascii: "0") + digit)
      wroteDigit = true
    }
    if !wroteDigit { output.write(byte: UInt8(ascii: "0")) }
    guard scale > 0 else { return }
    output.write(byte: UInt8(ascii: "."))
    for place in integerCount..<(integerCount + scale) {
      output.write(byte: UInt8(ascii: "0") + digit(at: place))
    }
  }

  private func digit(at place: Int) -> UInt8 { digits.indices.contains(place) ? digits[place] : 0 }
}
