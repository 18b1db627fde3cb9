import RelishDrivers

/// Values between tabs, one line per row whatever is in them.
///
/// Tab, newline, carriage return and backslash are `\t`, `\n`, `\r` and `\\`; null is empty.
final class TSVRenderer: Renderer {
  private let options: RenderOptions
  private var format = ValueFormat([])

  init(_ options: RenderOptions) { self.options = options }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    guard options.showsHeader else { return }
    for (index, column) in columns.enumerated() {
      if index > 0 { output.write(byte: 0x09) }
      var name = column.name
      name.withUTF8 { write(text: $0, to: output) }
    }
    output.write(byte: 0x0A)
  }

  func row(_ row: any Row, to output: ByteSink) {
    let format = format
    for column in 0..<format.count {
      if column > 0 { output.write(byte: 0x09) }
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

  @inline(__always)
  private func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    if ByteScan.contains(text, 0x09, 0x0A, 0x0D, UInt8(ascii: "\\")) {
      write(escaped: text, to: output)
    } else {
      output.write(bytes: text)
    }
  }

  private func write(escaped text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
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
