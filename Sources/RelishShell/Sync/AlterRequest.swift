package import RelishModel

/// What a `sync alter` is to reach, and what it may do on the way (LANGUAGE.md §5). Tables and columns
/// are named in small letters.
package struct AlterRequest: Sendable {
  /// Tables as `SchemaLowering` makes them.
  package var wanted: [Table]
  /// The graph behind them, for messages in the language's words.
  package var graph: ModelGraph
  /// What a wanted table was called before `rename`.
  package var formerTables: [String: String] = [:]
  /// Columns of a wanted table that `renames` has given another name.
  package var formerColumns: [String: [FormerColumn]] = [:]
  /// Values for rows that have none, as the database spells them.
  package var fills: [String: [String: String]] = [:]
  /// Columns that may go, with their table, or without where the name is enough.
  package var lostColumns: [(table: String?, column: String)] = []
  /// Tables that may go.
  package var lostTables: [String] = []
  /// Views that go.
  package var lostViews: [String] = []

  package init(_ wanted: [Table], graph: ModelGraph = ModelGraph()) {
    self.wanted = wanted
    self.graph = graph
  }

  /// The tables of the declared models, with all that their sentences have renamed.
  package init(graph: ModelGraph) {
    let declared = graph.models.filter { $0.origin == .declared }
    self.init(
      SchemaLowering.schema(of: graph, models: declared.map(\.name)).tables, graph: graph)
    for model in declared {
      let table = model.table.asciiLowercased
      formerTables[table] = model.formerTable?.asciiLowercased
      if !model.formerColumns.isEmpty { formerColumns[table] = model.formerColumns }
    }
  }

  func mayLose(_ column: String, of table: String) -> Bool {
    lostColumns.contains { lost in
      lost.column == column.asciiLowercased
        && (lost.table ?? table.asciiLowercased) == table.asciiLowercased
    }
  }

  /// The model of a table, for its name and its attributes'.
  func model(ofTable table: String) -> Model? {
    graph.model(ofTable: table)
  }

  /// How the language says a column: `Product.title`; its own names where no model has it.
  func name(of column: String, in table: String) -> String {
    guard let model = model(ofTable: table) else { return "\(table).\(column)" }
    return "\(model.name).\(attribute(column, of: model))"
  }

  func attribute(_ column: String, of model: Model) -> String {
    model.attributes.first { $0.column.isSameName(as: column) }?.name ?? column
  }
}
