import RelishLanguage
package import RelishModel

/// A graph as sentences, of which some only repeat what a database has (LANGUAGE.md §5 `save`).
package struct SavedModel {
  /// The sentences.
  package let text: String
  /// Models whose tables the sentences alone would not make as they are; these say their CREATE TABLE.
  package let defined: [String]

  /// - Parameters:
  ///   - schema: the tables that are there.
  ///   - dialect: of the database that they are in.
  package init(_ graph: ModelGraph, from schema: Schema, dialect: any Dialect) {
    let (plain, said) = Self.saying(Sentences.save(graph), dialect)
    let untouched = graph.models.filter { $0.origin == .database && !$0.isView }
    var definitions: [String: String] = [:]
    for model in untouched {
      guard let table = schema.table(named: model.table) else { continue }
      if let other = said[model.table], Self.isSame(other, table, dialect) { continue }
      let text = SchemaWriter(dialect: dialect).createTable(table).inlined(dialect)
      definitions[model.name] = text
    }
    defined = untouched.map(\.name).filter { definitions[$0] != nil }
    text =
      definitions.isEmpty
      ? plain : Self.saying(Sentences.save(graph, defining: definitions), dialect).text
  }

  /// The sentences but for associations that a new session would refuse (a key of a database may be
  /// what no sentence can make, as one over another's column), and the tables that it makes, by name.
  private static func saying(
    _ text: String, _ dialect: any Dialect
  ) -> (text: String, tables: [String: Table]) {
    var builder = GraphBuilder()
    var reader = StatementReader(name: "", text: text)
    var refused: [String] = []
    while case .statement = reader.next() {
      guard let statement = try? reader.parse() else { continue }
      switch statement {
      case .declaration(let declaration):
        let isSaid = (try? builder.declare(declaration, in: reader.source())) != nil
        if !isSaid, case .association(let sentence) = declaration {
          refused.append(reader.source().text(in: sentence.range))
        }
      case .command(.setting(let name, let value)):
        if name.text == "naming", value.first?.value == "snake" { builder.settings.naming = .snake }
        if name.text == "timestamps" { builder.settings.timestamps = value.first?.value != "off" }
      default: break
      }
    }
    let writer = SchemaWriter(dialect: dialect)
    let tables = SchemaLowering.schema(of: builder.graph).tables.compactMap { table in
      (try? writer.writingChecks(of: table)).map { (table.name, dialect.asStored($0)) }
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return (
      lines.filter { !refused.contains(String($0)) }.joined(separator: "\n"),
      Dictionary(tables, uniquingKeysWith: { first, _ in first })
    )
  }

  /// A table as its own CREATE TABLE makes it, with the indexes of the sentences but for those of keys
  /// that the table has a unique key for.
  package static func completed(_ table: Table, with wanted: Table) -> Table {
    var completed = table
    let paths = [table.primaryKey] + table.uniques.map(\.columns)
    completed.indexes = wanted.indexes.filter { index in
      let isUsual =
        !index.isUnique && index.definition == nil
        && index.name.hasPrefix(wanted.name + "_")
      return !isUsual || !paths.contains { $0.starts(with: index.columns) }
    }
    return completed
  }

  /// The order of indexes says nothing, nor does the name of a constraint that had none.
  private static func isSame(_ made: Table, _ live: Table, _ dialect: any Dialect) -> Bool {
    func sorted(_ table: Table) -> Table {
      var table = dialect.asStored(table)
      table.indexes.sort { $0.name < $1.name }
      for index in table.indexes.indices where table.indexes[index].definition != nil {
        table.indexes[index].columns = []
      }
      for index in table.uniques.indices {
        let columns = table.uniques[index].columns
        let twin = live.uniques.first { $0.columns == columns }
        if twin?.name == nil { table.uniques[index].name = nil }
      }
      return table
    }
    return sorted(made) == sorted(live)
  }
}
