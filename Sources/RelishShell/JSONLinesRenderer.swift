import RelishDrivers

/// One JSON value per line and row (jsonlines.org).
final class JSONLinesRenderer: Renderer {
  private var writer = JSONRowWriter([], isFlat: false)

  init(_ options: RenderOptions) {}

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    writer = JSONRowWriter(columns, isFlat: isFlat)
  }

  func row(_ row: any Row, to output: ByteSink) {
    writer.write(row, to: output)
    output.write(byte: 0x0A)
  }

  func end(to output: ByteSink) {}
}
