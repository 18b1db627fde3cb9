package import RelishDrivers
package import RelishLanguage
import RelishModel
package import RelishSQL

/// A column of an answer.
package struct ResultColumn: Sendable, Equatable {
  package var name: String
  /// What the values are, for scale, alignment and spelling; nil when it is not known.
  package var type: AttributeType?
  /// The table whose rows the answer has, and the column of it that the values are; nil where there
  /// is none.
  package var table: String?
  package var column: String?

  package init(
    name: String, type: AttributeType?, table: String? = nil, column: String? = nil
  ) {
    self.name = name
    self.type = type
    self.table = table
    self.column = column
  }
}

/// Turns an answer into text as its rows come. One value per answer.
package protocol Renderer {
  /// `isFlat`: the answer of a last attribute, one plain value per row (`["Tee","Cap"]` in json).
  mutating func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink)
  mutating func row(_ row: any Row, to output: ByteSink)
  mutating func end(to output: ByteSink)
}

/// A renderer that shows nested rows under each other; the others get one row per innermost row.
package protocol NestingRenderer: Renderer, AnyObject {
  /// - Parameters:
  ///   - columns: those of the answer; each row has more behind them, which `root` speaks of.
  ///   - root: how the rows nest.
  func begin(_ columns: [ResultColumn], nestedAs root: AnswerLevel, to output: ByteSink)
}

/// What the command line and the settings say about every format.
package struct RenderOptions: Sendable {
  /// Column names above the rows; json, jsonl, line and sql say them with the values.
  package var showsHeader = true
  /// What stands for null where the format has no null of its own; nil: `null` in table, box,
  /// markdown and line, nothing elsewhere.
  package var nullText: String?
  /// Bold names and dim nulls in table, box, markdown and line.
  package var usesColor = false
  /// The SQL that sql speaks.
  package var dialect: any Dialect = SQLiteDialect()

  package init() {}
}

/// Answers that relish makes itself (`show models`) in the format of rows.
///
/// Each row has one text or null per column; a number's column says so by its type.
package func render(
  rows: [[String?]], columns: [ResultColumn], with renderer: inout any Renderer,
  to output: ByteSink
) {
  let row = ValueRow()
  renderer.begin(columns, isFlat: false, to: output)
  for texts in rows {
    row.values = texts.map { $0.map { .text($0) } ?? .null }
    renderer.row(row, to: output)
  }
  renderer.end(to: output)
}
