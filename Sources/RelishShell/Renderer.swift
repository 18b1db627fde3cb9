package import RelishDrivers
package import RelishLanguage
import RelishModel

/// A column of an answer.
package struct ResultColumn: Sendable, Equatable {
  package var name: String
  /// What the values are, for scale, alignment and spelling; nil when it is not known.
  package var type: AttributeType?
  package init(name: String, type: AttributeType?) {
    self.name = name
    self.type = type
  }
}

/// Turns an answer into text as its rows come. One value per answer.
package protocol Renderer {
  /// `isFlat`: the answer of a last attribute, one plain value per row (`["Tee","Cap"]` in json).
  mutating func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink)
  mutating func row(_ row: any Row, to output: ByteSink)
  mutating func end(to output: ByteSink)
}

/// What the command line and the settings say about every format.
package struct RenderOptions: Sendable {
  /// Column names above the rows of table, csv and tsv.
  package var showsHeader = true
  /// What stands for null in table, csv and tsv; nil: `null` in a table, nothing elsewhere.
  package var nullText: String?
  /// Bold header and dim nulls in a table.
  package var usesColor = false

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
