import RelishDrivers
import RelishLanguage

/// One value a line after its name, for rows wider than the terminal; a blank line between rows.
///
///        id = 1
///      name = Max
///     price = 9.50
///
/// As `sqlite3 -line` and `psql -x` do. Every value stays on its line, as in a table.
final class LineRenderer: Renderer {
  private let options: RenderOptions
  private var format = ValueFormat([])
  /// `  id = `: all that stands before each value.
  private var prefixes: [String] = []
  private var isFirst = true

  init(_ options: RenderOptions) { self.options = options }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    isFirst = true
    let scratch = ByteSink(descriptor: nil)
    let names = columns.map { column in
      var name = column.name
      let width = name.withUTF8 { scratch.write(visible: $0) }
      return (text: scratch.takeText(), width: width)
    }
    let width = names.map(\.width).max() ?? 0
    prefixes = names.map { name in
      scratch.write(byte: 0x20, count: width - name.width)
      var text = name.text
      text.withUTF8 { scratch.write($0, options.usesColor ? .bold : nil) }
      scratch.write(" = ")
      return scratch.takeText()
    }
  }

  func row(_ row: any Row, to output: ByteSink) {
    let format = format
    if !isFirst { output.write(byte: 0x0A) }
    isFirst = false
    for (column, prefix) in prefixes.enumerated() {
      output.write(prefix)
      write(format.cell(row, column), to: output)
      output.write(byte: 0x0A)
    }
  }

  func end(to output: ByteSink) {}

  private func write(_ cell: Cell, to output: ByteSink) {
    switch cell.kind {
    case .null:
      var text = options.nullText ?? "null"
      text.withUTF8 { output.write($0, options.usesColor ? .dim : nil) }
    case .number, .boolean, .infinite: output.write(bytes: cell.bytes)
    case .text, .json: _ = output.write(visible: cell.bytes)
    case .blob: output.write(blob: cell.bytes)
    }
  }
}
