/// Datetimes as SQLite keeps them, told apart from other texts eight bytes at a time: a million rows
/// may have two million of them.
enum DatetimeBytes {
  /// What is longer is no time that anybody kept.
  static let longest = 60

  /// Whether the bytes are `2026-01-31 12:00:00[.123]`, with a blank or a T, without a zone.
  @inline(__always)
  static func fit(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress, bytes.count >= 19, bytes.count <= longest else {
      return false
    }
    let raw = UnsafeRawPointer(start)
    let between = start[10]
    guard between == UInt8(ascii: " ") || between == UInt8(ascii: "T"),
      fits(raw.loadUnaligned(as: UInt64.self), "0000-00-"),
      // The blank is looked at above.
      fits(
        raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian & ~0xFF_0000
          | 0x20_0000, "00 00:00"),
      // From the minutes on; they are looked at twice.
      fits(raw.loadUnaligned(fromByteOffset: 11, as: UInt64.self), "00:00:00")
    else { return false }
    guard bytes.count > 19 else { return true }
    guard start[19] == UInt8(ascii: ".") else { return false }
    for position in 20..<bytes.count where start[position] &- UInt8(ascii: "0") > 9 { return false }
    return true
  }

  /// Whether each byte is a digit where `pattern` has a 0, and else the same sign.
  @inline(__always)
  private static func fits(_ word: UInt64, _ pattern: StaticString) -> Bool {
    var signs: UInt64 = 0
    var mask: UInt64 = 0
    for index in 0..<8 {
      let sign = UInt64(pattern.utf8Start[index])
      signs |= sign << UInt64(8 * index)
      if sign != UInt64(UInt8(ascii: "0")) { mask |= 0xFF << UInt64(8 * index) }
    }
    // Digits become 0 to 9, the signs 0; what is more than 9 reaches the highest bit when 0x76 is added.
    let rest = word.littleEndian ^ signs
    let high = (rest &+ 0x7676_7676_7676_7676 | rest) & 0x8080_8080_8080_8080
    return high | rest & mask == 0
  }
}
