import RelishDrivers

/// How a format of one line per row writes its parts.
protocol LineStyle {
  /// Between two values.
  static var separator: UInt8 { get }
  /// A text or a name, with what the format must quote or escape.
  static func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink)
  static func endLine(_ output: ByteSink)
}

/// Values with a sign between them, one line per row: csv, tsv and list.
final class DelimitedRenderer<Style: LineStyle>: Renderer {
  private let options: RenderOptions
  private var format = ValueFormat([])

  init(_ options: RenderOptions) { self.options = options }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    guard options.showsHeader else { return }
    for (index, column) in columns.enumerated() {
      if index > 0 { output.write(byte: Style.separator) }
      var name = column.name
      name.withUTF8 { Style.write(text: $0, to: output) }
    }
    Style.endLine(output)
  }

  func row(_ row: any Row, to output: ByteSink) {
    let format = format
    for column in 0..<format.count {
      if column > 0 { output.write(byte: Style.separator) }
      let cell = format.cell(row, column)
      switch cell.kind {
      case .null: if let text = options.nullText { output.write(text) }
      case .number, .boolean, .infinite: output.write(bytes: cell.bytes)
      case .text, .json: Style.write(text: cell.bytes, to: output)
      case .blob: output.write(blob: cell.bytes)
      }
    }
    Style.endLine(output)
  }

  func end(to output: ByteSink) {}
}
