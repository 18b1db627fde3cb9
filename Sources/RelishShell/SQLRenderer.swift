import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// One INSERT per row, for the database's own shell.
///
///     INSERT INTO users (name, email) VALUES ('Max', 'max@example.com');
///
/// Names are those of the database where a column of the answer is one of its columns; the table is
/// `answer` where rows are of none (`count`). Values are as the database keeps them (datetimes without
/// T and Z, booleans 0 and 1), decimals with their scale.
final class SQLRenderer: Renderer {
  private let dialect: any Dialect
  private var format = ValueFormat([])
  /// `INSERT INTO users (name, email) VALUES (`
  private var prefix = ""

  init(_ options: RenderOptions) { dialect = options.dialect }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(
      columns.map { column in
        guard case .decimal = column.type else { return ResultColumn(name: column.name, type: nil) }
        return column
      })
    let table = columns.first?.table ?? "answer"
    let names = columns.map { dialect.identifier($0.column ?? $0.name) }
    prefix =
      "INSERT INTO \(dialect.identifier(table)) (\(names.joined(separator: ", "))) VALUES ("
  }

  func row(_ row: any Row, to output: ByteSink) {
    let format = format
    guard format.count > 0 else { return }
    output.write(prefix)
    for column in 0..<format.count {
      if column > 0 { output.write(", ") }
      let cell = format.cell(row, column)
      switch cell.kind {
      case .null: output.write("NULL")
      case .number, .boolean: output.write(bytes: cell.bytes)
      case .infinite: output.write(dialect.literal(.double(row.double(column))))
      case .text, .json: write(text: cell.bytes, to: output)
      case .blob: output.write(dialect.literal(.blob(Array(cell.bytes))))
      }
    }
    output.write(");\n")
  }

  func end(to output: ByteSink) {}

  private func write(text: UnsafeBufferPointer<UInt8>, to output: ByteSink) {
    let quote = UInt8(ascii: "'")
    if !ByteScan.contains(text, quote, UInt8(ascii: "\\"), 0, 0x0D) {
      output.write(byte: quote)
      output.write(bytes: text)
      output.write(byte: quote)
    } else if !text.contains(0x0D), UTF8Sequence.isWhole(text) {
      output.write(dialect.literal(.text(String(decoding: text, as: UTF8.self))))
    } else {
      // A shell that reads lines takes a CR before their end away, and no literal holds what is not
      // UTF-8: the bytes themselves.
      output.write("CAST(" + dialect.literal(.blob(Array(text))) + " AS TEXT)")
    }
  }
}
