import RelishDrivers
import RelishLanguage

/// Columns side by side under a rule, for a person's eyes, or as another `TableStyle` draws them.
///
///     id  name   price
///     ──  ─────  ─────
///      1  Max     9.50
///
/// Widths are measured on the first rows, then rows stream; a wider value pushes its line out.
final class TableRenderer: Renderer {
  /// How many rows are kept to be measured, and how many bytes of them at most.
  private static let measuredRows = 1_000
  private static let measuredBytes = 4 << 20

  private let options: RenderOptions
  private let style: TableStyle
  private var format = ValueFormat([])
  private var layout: TableLayout
  private var isStreaming = false
  /// The measured rows: their texts one after another, and one entry for each cell.
  private let kept = ByteSink(descriptor: nil)
  private var cells: [(text: TableText, end: Int)] = []
  private let scratch = ByteSink(descriptor: nil)

  init(_ options: RenderOptions, style: TableStyle = .plain) {
    self.options = options
    self.style = style
    layout = TableLayout([], style, usesColor: options.usesColor)
  }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    layout = TableLayout(columns, style, usesColor: options.usesColor)
    isStreaming = false
    kept.clear()
    cells = []
  }

  func row(_ row: any Row, to output: ByteSink) {
    // Local names: each look at a property of a class is a check that nobody changes it meanwhile.
    let (format, scratch) = (format, scratch)
    guard format.count > 0 else { return }
    if isStreaming {
      let layout = layout
      for column in 0..<format.count {
        scratch.clear()
        let text = put(format.cell(row, column), to: scratch)
        layout.write(text, scratch.contents, at: column, to: output)
      }
      return
    }
    for column in 0..<format.count {
      let text = put(format.cell(row, column), to: kept)
      layout.measure(text, at: column)
      cells.append((text, kept.contents.count))
    }
    if cells.count >= Self.measuredRows * format.count
      || kept.contents.count >= Self.measuredBytes
    {
      writeMeasured(to: output)
    }
  }

  func end(to output: ByteSink) {
    if !isStreaming { writeMeasured(to: output) }
    layout.write(style.bottom, to: output)
  }

  private func writeMeasured(to output: ByteSink) {
    isStreaming = true
    layout.writeHeader(style, showsNames: options.showsHeader, to: output)
    var start = 0
    for (index, cell) in cells.enumerated() {
      let bytes = UnsafeBufferPointer(rebasing: kept.contents[start..<cell.end])
      layout.write(cell.text, bytes, at: index % format.count, to: output)
      start = cell.end
    }
    kept.clear()
    cells = []
  }

  private func put(_ cell: Cell, to output: ByteSink) -> TableText {
    switch cell.kind {
    case .null:
      var text = options.nullText ?? "null"
      let width = text.withUTF8 { style.write($0, to: output) }
      return TableText(kind: .null, width: width)
    case .number, .boolean, .infinite:
      output.write(bytes: cell.bytes)
      return TableText(
        kind: cell.kind == .boolean ? .text : .number, width: cell.bytes.count)
    case .text, .json: return TableText(kind: .text, width: style.write(cell.bytes, to: output))
    case .blob:
      output.write(blob: cell.bytes)
      return TableText(kind: .text, width: cell.bytes.count * 2 + 3)
    }
  }
}
