/// Values between tabs, one line per row whatever is in them.
///
/// Tab, newline, carriage return and backslash are `\t`, `\n`, `\r` and `\\`; null is empty.
enum TSVStyle: LineStyle {
  static let separator: UInt8 = 0x09

  static func endLine(_ output: ByteSink) { output.write(byte: 0x0A) }

  @inline(__always)
  static func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    if ByteScan.contains(text, 0x09, 0x0A, 0x0D, UInt8(ascii: "\\")) {
      write(escaped: text, to: output)
    } else {
      output.write(bytes: text)
    }
  }

  private static func write(escaped text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    for byte in text {
      let letter: UInt8? =
        switch byte {
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case UInt8(ascii: "\\"): UInt8(ascii: "\\")
        default: nil
        }
      if letter != nil { output.write(byte: UInt8(ascii: "\\")) }
      output.write(byte: letter ?? byte)
    }
  }
}
