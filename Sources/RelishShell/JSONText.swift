/// Texts, bytes and ready JSON inside a JSON answer (RFC 8259).
extension ByteSink {
  /// `"text"` with what must be escaped escaped; bytes that are not UTF-8 become U+FFFD.
  @inline(__always)
  func write(jsonText text: UnsafeBufferPointer<UInt8>) {
    write(byte: UInt8(ascii: "\""))
    if ByteScan.containsUnprintable(text, or: UInt8(ascii: "\""), UInt8(ascii: "\\")) {
      write(escapedJSON: text)
    } else {
      write(bytes: text)
    }
    write(byte: UInt8(ascii: "\""))
  }

  private func write(escapedJSON text: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < text.count {
      let byte = text[position]
      if byte >= 0x80 {
        let length = UTF8Sequence.length(text, at: position)
        if length > 0 {
          write(bytes: UnsafeBufferPointer(rebasing: text[position..<(position + length)]))
        } else {
          write("\u{FFFD}")
        }
        position += max(1, length)
        continue
      }
      position += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        write(byte: UInt8(ascii: "\\"))
        write(byte: byte)
      case 0x08: write("\\b")
      case 0x09: write("\\t")
      case 0x0A: write("\\n")
      case 0x0C: write("\\f")
      case 0x0D: write("\\r")
      case 0..<0x20:
        write(byte < 0x10 ? "\\u000" : "\\u001")
        let nibble = byte & 15
        write(byte: nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
      default: write(byte: byte)
      }
    }
  }

  /// Valid JSON, its line breaks as blanks: in valid JSON they stand between tokens only.
  func write(jsonOnOneLine json: UnsafeBufferPointer<UInt8>) {
    for byte in json { write(byte: byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
  }

  /// `"AP8="` (RFC 4648 §4).
  func write(base64 bytes: UnsafeBufferPointer<UInt8>) {
    func sign(_ value: UInt32) {
      let value = UInt8(truncatingIfNeeded: value & 63)
      switch value {
      case 0..<26: write(byte: UInt8(ascii: "A") + value)
      case 26..<52: write(byte: UInt8(ascii: "a") + value - 26)
      case 52..<62: write(byte: UInt8(ascii: "0") + value - 52)
      case 62: write(byte: UInt8(ascii: "+"))
      default: write(byte: UInt8(ascii: "/"))
      }
    }
    write(byte: UInt8(ascii: "\""))
    for start in stride(from: 0, to: bytes.count, by: 3) {
      var group: UInt32 = 0
      let count = min(3, bytes.count - start)
      for offset in 0..<3 {
        group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0)
      }
      for place in 0..<4 {
        if place <= count {
          sign(group >> UInt32(18 - 6 * place))
        } else {
          write(byte: UInt8(ascii: "="))
        }
      }
    }
    write(byte: UInt8(ascii: "\""))
  }
}

/// Well-formed UTF-8 (Unicode 15 table 3-7).
enum UTF8Sequence {
  /// Whether all of `bytes` is UTF-8.
  static func isWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    while position < bytes.count {
      let length = length(bytes, at: position)
      guard length > 0 else { return false }
      position += length
    }
    return true
  }

  /// How many bytes the scalar at `start` takes, 1 to 4; 0 where none begins.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let first = bytes[start]
    let (length, low, high): (Int, UInt8, UInt8) =
      switch first {
      case 0..<0x80: (1, 0x80, 0xBF)
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: (0, 0, 0)
      }
    guard length > 1 else { return length }
    guard start + length <= bytes.count, bytes[start + 1] >= low, bytes[start + 1] <= high else {
      return 0
    }
    for offset in 2..<max(2, length) where bytes[start + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
