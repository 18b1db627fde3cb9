import RelishDrivers
import RelishLanguage

/// Columns side by side under a rule, for a person's eyes.
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
  private var format = ValueFormat([])
  private var layout = TableLayout([])
  private var isStreaming = false
  /// The measured rows: their texts one after another, and one entry for each cell.
  private let kept = ByteSink(descriptor: nil)
  private var cells: [(text: TableText, end: Int)] = []
  private let scratch = ByteSink(descriptor: nil)

  init(_ options: RenderOptions) { self.options = options }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    layout = TableLayout(columns)
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
        layout.write(text, scratch.contents, at: column, options, to: output)
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
  }

  private func writeMeasured(to output: ByteSink) {
    isStreaming = true
    if options.showsHeader { layout.writeHeader(options, to: output) }
    var start = 0
    for (index, cell) in cells.enumerated() {
      let bytes = UnsafeBufferPointer(rebasing: kept.contents[start..<cell.end])
      layout.write(cell.text, bytes, at: index % format.count, options, to: output)
      start = cell.end
    }
    kept.clear()
    cells = []
  }

  private func put(_ cell: Cell, to output: ByteSink) -> TableText {
    switch cell.kind {
    case .null:
      var text = options.nullText ?? "null"
      let width = text.withUTF8 { output.write(visible: $0) }
      return TableText(kind: .null, width: width)
    case .number, .boolean, .infinite:
      output.write(bytes: cell.bytes)
      return TableText(
        kind: cell.kind == .boolean ? .text : .number, width: cell.bytes.count)
    case .text, .json: return TableText(kind: .text, width: output.write(visible: cell.bytes))
    case .blob:
      output.write(blob: cell.bytes)
      return TableText(kind: .text, width: cell.bytes.count * 2 + 3)
    }
  }
}

/// What a table must know of a cell's text besides its bytes.
struct TableText {
  enum Kind { case null, number, text }
  var kind: Kind
  /// In terminal cells.
  var width: Int
}

/// Widths and alignments of a table's columns.
struct TableLayout {
  private struct Column {
    var name: String
    var nameWidth: Int
    var width: Int
    /// nil until a value decides, where the type is not known.
    var isRightAligned: Bool?
  }

  private var columns: [Column]

  init(_ columns: [ResultColumn]) {
    let scratch = ByteSink(descriptor: nil)
    self.columns = columns.map { column in
      var name = column.name
      let width = name.withUTF8 { scratch.write(visible: $0) }
      return Column(
        name: scratch.takeText(), nameWidth: width, width: width,
        isRightAligned: column.type.map(\.isNumber))
    }
  }

  mutating func measure(_ text: TableText, at column: Int) {
    columns[column].width = max(columns[column].width, text.width)
    if columns[column].isRightAligned == nil, text.kind != .null {
      columns[column].isRightAligned = text.kind == .number
    }
  }

  /// Names and rule.
  func writeHeader(_ options: RenderOptions, to output: ByteSink) {
    for (index, column) in columns.enumerated() {
      let padding = column.width - column.nameWidth
      let isRight = column.isRightAligned == true
      if index > 0 { output.write("  ") }
      if isRight { output.write(byte: 0x20, count: padding) }
      output.write(column.name, style: options.usesColor ? "1" : nil)
      if !isRight, index < columns.count - 1 { output.write(byte: 0x20, count: padding) }
    }
    output.write(byte: 0x0A)
    let rule = columns.map { String(repeating: "─", count: max(1, $0.width)) }
    output.write(rule.joined(separator: "  "), style: options.usesColor ? "2" : nil)
    output.write(byte: 0x0A)
  }

  /// One cell with what stands before and after it; the last one ends the line.
  func write(
    _ text: TableText, _ bytes: UnsafeBufferPointer<UInt8>, at index: Int,
    _ options: RenderOptions, to output: ByteSink
  ) {
    let column = columns[index]
    let isRight = column.isRightAligned == true
    if index > 0 {
      output.write(byte: 0x20)
      output.write(byte: 0x20)
    }
    if isRight { output.write(byte: 0x20, count: column.width - text.width) }
    if text.kind == .null, options.usesColor {
      output.write("\u{1B}[2m")
      output.write(bytes: bytes)
      output.write("\u{1B}[0m")
    } else {
      output.write(bytes: bytes)
    }
    if index == columns.count - 1 {
      output.write(byte: 0x0A)
    } else if !isRight {
      output.write(byte: 0x20, count: column.width - text.width)
    }
  }
}

extension AttributeType {
  /// Right-aligned in a table.
  var isNumber: Bool {
    switch self {
    case .integer, .bigint, .decimal, .float, .double: true
    default: false
    }
  }
}

extension ByteSink {
  /// In the terminal's style of that number (ECMA-48 §8.3.117), or plain.
  func write(_ text: String, style: String?) {
    guard let style else { return write(text) }
    write("\u{1B}[\(style)m\(text)\u{1B}[0m")
  }
}
