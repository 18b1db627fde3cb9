/// Looks for bytes that a format must escape, eight bytes at a time, as most values have none.
///
/// The tests on whole words are those of S. E. Anderson's "Bit Twiddling Hacks" ("Determine if a word
/// has a byte equal to n", "… less than n").
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Whether one of four bytes occurs.
  @inline(__always)
  static func contains(
    _ bytes: UnsafeBufferPointer<UInt8>, _ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8
  ) -> Bool {
    any(bytes) { word in
      zeroBytes(word ^ ones &* UInt64(a)) | zeroBytes(word ^ ones &* UInt64(b))
        | zeroBytes(word ^ ones &* UInt64(c)) | zeroBytes(word ^ ones &* UInt64(d))
    } orIn: { byte in
      byte == a || byte == b || byte == c || byte == d
    }
  }

  /// Whether a byte occurs that is not ASCII or is a control character, or one of two others.
  @inline(__always)
  static func containsUnprintable(
    _ bytes: UnsafeBufferPointer<UInt8>, or a: UInt8, _ b: UInt8
  ) -> Bool {
    any(bytes) { word in
      (word | (word &- ones &* 0x20) & ~word) & highs
        | zeroBytes(word ^ ones &* UInt64(a)) | zeroBytes(word ^ ones &* UInt64(b))
    } orIn: { byte in
      byte >= 0x80 || byte < 0x20 || byte == a || byte == b
    }
  }

  /// The high bit of a byte is set where the byte is zero; above such a byte others may be set too.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  @inline(__always)
  private static func any(
    _ bytes: UnsafeBufferPointer<UInt8>, in wordTest: (UInt64) -> UInt64,
    orIn byteTest: (UInt8) -> Bool
  ) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let count = bytes.count
    guard count >= 8 else {
      for index in 0..<count where byteTest(base[index]) { return true }
      return false
    }
    let raw = UnsafeRawPointer(base)
    var index = 0
    while index &+ 8 <= count {
      if wordTest(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) != 0 { return true }
      index &+= 8
    }
    // The last eight bytes, some of them for the second time.
    return wordTest(raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)) != 0
  }
}
