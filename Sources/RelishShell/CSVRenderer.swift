import RelishDrivers

/// Comma-separated values as in RFC 4180: CRLF, quotes only where needed.
///
/// Null is empty, an empty text is `""` (LANGUAGE.md §9 Walks).
final class CSVRenderer: Renderer {
  private let options: RenderOptions
  private var format = ValueFormat([])

  init(_ options: RenderOptions) { self.options = options }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    guard options.showsHeader else { return }
    for (index, column) in columns.enumerated() {
      if index > 0 { output.write(byte: UInt8(ascii: ",")) }
      var name = column.name
      name.withUTF8 { write(text: $0, to: output) }
    }
    endLine(output)
  }

  func row(_ row: any Row, to output: ByteSink) {
    let format = format
    for column in 0..<format.count {
      if column > 0 { output.write(byte: UInt8(ascii: ",")) }
      let cell = format.cell(row, column)
      switch cell.kind {
      case .null: if let text = options.nullText { output.write(text) }
      case .number, .boolean, .infinite: output.write(bytes: cell.bytes)
      case .text, .json: write(text: cell.bytes, to: output)
      case .blob: output.write(blob: cell.bytes)
      }
    }
    endLine(output)
  }

  func end(to output: ByteSink) {}

  private func endLine(_ output: ByteSink) {
    output.write(byte: 0x0D)
    output.write(byte: 0x0A)
  }

  @inline(__always)
  private func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    let quote = UInt8(ascii: "\"")
    if text.isEmpty || ByteScan.contains(text, UInt8(ascii: ","), quote, 0x0A, 0x0D) {
      write(quoted: text, to: output)
    } else {
      output.write(bytes: text)
    }
  }

  private func write(quoted text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    output.write(byte: UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { output.write(byte: byte) }
      output.write(byte: byte)
    }
    output.write(byte: UInt8(ascii: "\""))
  }
}
