extension Decimal {
  /// The number with the other sign; zero has none.
  package var negated: Decimal {
    Decimal(isNegative: !isNegative && digits != "0", digits: digits, scale: scale)
  }

  /// The number with exactly `places` digits after the point, halves away from zero.
  package func rounded(toScale places: Int) -> Decimal {
    let places = max(0, min(places, Self.mostDigits))
    guard places < scale else {
      let zeros = digits == "0" ? "" : String(repeating: "0", count: places - scale)
      return Decimal(isNegative: isNegative, digits: digits + zeros, scale: places)
    }
    var kept = Array(digits.utf8)
    let removed = scale - places
    guard removed <= kept.count else {
      return Decimal(isNegative: false, digits: "0", scale: places)
    }
    let roundsUp = kept[kept.count - removed] >= UInt8(ascii: "5")
    kept.removeLast(removed)
    if roundsUp { Self.increment(&kept) }
    let text = kept.isEmpty ? "0" : String(decoding: kept, as: UTF8.self)
    return Decimal(isNegative: isNegative && text != "0", digits: text, scale: places)
  }

  private static func increment(_ digits: inout [UInt8]) {
    var index = digits.count - 1
    while index >= 0 {
      if digits[index] < UInt8(ascii: "9") {
        digits[index] += 1
        return
      }
      digits[index] = UInt8(ascii: "0")
      index -= 1
    }
    digits.insert(UInt8(ascii: "1"), at: 0)
  }

  /// The nearest binary number; infinity beyond its range.
  package var doubleValue: Double {
    // Both factors are exact up to 2⁵³ and 10²², so one rounding gives the nearest (Clinger 1990).
    if digits.utf8.count <= 15, scale <= 22, let whole = Int64(digits) {
      var power = 1.0
      for _ in 0..<scale { power *= 10 }
      let value = Double(whole) / power
      return isNegative ? -value : value
    }
    let text = "\(digits)e-\(scale)"
    let value = Double(text) ?? .infinity
    return isNegative ? -value : value
  }

  /// Whether both are the same number, whatever their scale: 1.50 and 1.5.
  package func equals(_ other: Decimal) -> Bool { Self.order(self, other) == 0 }

  /// Negative, zero or positive as `left` is less than, equal to or greater than `right`.
  package static func order(_ left: Decimal, _ right: Decimal) -> Int {
    let (leftIsZero, rightIsZero) = (left.digits == "0", right.digits == "0")
    if leftIsZero || rightIsZero {
      let leftSign = leftIsZero ? 0 : left.isNegative ? -1 : 1
      let rightSign = rightIsZero ? 0 : right.isNegative ? -1 : 1
      return leftSign - rightSign
    }
    guard left.isNegative == right.isNegative else { return left.isNegative ? -1 : 1 }
    let size = orderOfSize(left, right)
    return left.isNegative ? -size : size
  }

  private static func orderOfSize(_ left: Decimal, _ right: Decimal) -> Int {
    // Digits have no leading zeros: more of them before the point is more.
    let whole = (left.digits.utf8.count - left.scale) - (right.digits.utf8.count - right.scale)
    guard whole == 0 else { return whole }
    var (leftDigits, rightDigits) = (
      left.digits.utf8.makeIterator(), right.digits.utf8.makeIterator()
    )
    while true {
      let (first, second) = (leftDigits.next(), rightDigits.next())
      if first == nil, second == nil { return 0 }
      let difference = Int(first ?? UInt8(ascii: "0")) - Int(second ?? UInt8(ascii: "0"))
      if difference != 0 { return difference }
    }
  }
}

extension Decimal: Comparable {
  /// By value. Two spellings of one number (`1.5`, `1.50`) are neither less nor `==`.
  package static func < (left: Decimal, right: Decimal) -> Bool { order(left, right) < 0 }
}
