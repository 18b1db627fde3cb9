/// Values between `|`: what `sqlite3 -list` prints, for `cut` and `awk`.
///
/// As there, a `|` in a value stands as it is and null is empty. A line feed and a carriage return
/// are `\n` and `\r`, so that a row stays on its line; a backslash is itself. What must be read back
/// exactly is better written as tsv or csv.
enum ListStyle: LineStyle {
  static let separator = UInt8(ascii: "|")

  static func endLine(_ output: ByteSink) { output.write(byte: 0x0A) }

  static func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    guard ByteScan.contains(text, 0x0A, 0x0D, 0x0A, 0x0D) else { return output.write(bytes: text) }
    for byte in text {
      switch byte {
      case 0x0A: output.write("\\n")
      case 0x0D: output.write("\\r")
      default: output.write(byte: byte)
      }
    }
  }
}
