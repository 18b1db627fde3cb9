/// Comma-separated values as in RFC 4180: CRLF, quotes only where needed.
///
/// Null is empty, an empty text is `""` (LANGUAGE.md §9 Walks).
enum CSVStyle: LineStyle {
  static let separator = UInt8(ascii: ",")

  static func endLine(_ output: ByteSink) {
    output.write(byte: 0x0D)
    output.write(byte: 0x0A)
  }

  @inline(__always)
  static func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    let quote = UInt8(ascii: "\"")
    if text.isEmpty || ByteScan.contains(text, UInt8(ascii: ","), quote, 0x0A, 0x0D) {
      write(quoted: text, to: output)
    } else {
      output.write(bytes: text)
    }
  }

  private static func write(quoted text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    output.write(byte: UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { output.write(byte: byte) }
      output.write(byte: byte)
    }
    output.write(byte: UInt8(ascii: "\""))
  }
}
