import RelishDrivers

/// Values between `|`, one line per row: what `sqlite3 -list` prints, for `cut` and `awk`.
///
/// As there, a `|` in a value stands as it is and null is empty. A line feed and a carriage return
/// are `\n` and `\r`, so that a row stays on its line; a backslash is itself. What must be read back
/// exactly is better written as tsv or csv.
final class ListRenderer: Renderer {
  private let options: RenderOptions
  private var format = ValueFormat([])

  init(_ options: RenderOptions) { self.options = options }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    guard options.showsHeader else { return }
    for (index, column) in columns.enumerated() {
      if index > 0 { output.write(byte: UInt8(ascii: "|")) }
      var name = column.name
      name.withUTF8 { write(text: $0, to: output) }
    }
    output.write(byte: 0x0A)
  }

  func row(_ row: any Row, to output: ByteSink) {
    let format = format
    for column in 0..<format.count {
      if column > 0 { output.write(byte: UInt8(ascii: "|")) }
      let cell = format.cell(row, column)
      switch cell.kind {
      case .null: if let text = options.nullText { output.write(text) }
      case .number, .boolean, .infinite: output.write(bytes: cell.bytes)
      case .text, .json: write(text: cell.bytes, to: output)
      case .blob: output.write(blob: cell.bytes)
      }
    }
    output.write(byte: 0x0A)
  }

  func end(to output: ByteSink) {}

  private func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
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
