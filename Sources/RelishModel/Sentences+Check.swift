import RelishLanguage

/// One line of `check`: what only one of the two sides says, as a sentence of the language.
package struct CheckLine: Sendable, Hashable {
  /// Who says it.
  package enum Side: String, Sendable { case model, database }
  package var side: Side
  package var text: String
  package init(side: Side, text: String) {
    self.side = side
    self.text = text
  }
}

extension Sentences {
  /// How a table and its model differ, each side in its own sentence: `Product has price double` in the
  /// database, `Product has price decimal(10,2) required` in the model (LANGUAGE.md §5 `check`).
  ///
  /// - Parameters:
  ///   - changes: `SchemaDiff.changes(from: live, to: wanted)`.
  ///   - live: the table as it is.
  package static func check(
    _ changes: [TableChange], of model: Model, live: Table, in graph: ModelGraph
  ) -> [CheckLine] {
    CheckWriter(model: model, live: live, writer: SaveWriter(graph)).lines(of: changes)
  }

  /// The sentences of a model that the database has no table of.
  package static func missing(_ model: Model, in graph: ModelGraph) -> [CheckLine] {
    let writer = SaveWriter(graph)
    let keys = graph.relations(holder: model.name).map { writer.belongsTo($0) }
    return (writer.lines(of: model) + keys).map { CheckLine(side: .model, text: $0) }
  }

  /// How a view differs from the one of the database, nil where there is none; none where both say the
  /// same.
  ///
  /// - Parameter view: as `SchemaLowering` makes it.
  package static func check(_ view: View, live: View?, in graph: ModelGraph) -> [CheckLine] {
    if let live, view.says(sameAs: live) { return [] }
    let model = graph.model(ofTable: view.name)
    let name = SyntaxWriter.model(model?.name ?? view.name)
    let line = { (side: CheckLine.Side, text: String) in
      CheckLine(
        side: side,
        text: "view \(name) \(SyntaxWriter.text(DefinitionText.query(ofView: text)))")
    }
    return (live.map { [line(.database, $0.text)] } ?? []) + [line(.model, view.text)]
  }

  /// The same of a trigger.
  package static func check(_ trigger: Trigger, live: Trigger?) -> [CheckLine] {
    if let live, trigger.says(sameAs: live) { return [] }
    let line = { (side: CheckLine.Side, text: String) in
      CheckLine(side: side, text: "trigger \(SyntaxWriter.text(text))")
    }
    return (live.map { [line(.database, $0.text)] } ?? []) + [line(.model, trigger.text)]
  }
}

/// Writes the differences of one table.
private struct CheckWriter {
  let model: Model
  let live: Table
  let writer: SaveWriter

  private var graph: ModelGraph { writer.graph }
  private var subject: String { SyntaxWriter.model(model.name) }

  func lines(of changes: [TableChange]) -> [CheckLine] {
    var lines: [CheckLine] = []
    for change in changes {
      for line in self.lines(of: change) where !lines.contains(line) { lines.append(line) }
    }
    // What both sides say is no difference: a key's column and the key are one sentence.
    let model = Set(lines.filter { $0.side == .model }.map(\.text))
    let database = Set(lines.filter { $0.side == .database }.map(\.text))
    return lines.filter { !model.contains($0.text) || !database.contains($0.text) }
  }

  private func lines(of change: TableChange) -> [CheckLine] {
    switch change {
    case .addColumn(let column): [wanted(column)]
    case .dropColumn(let column): [live(column)]
    case .changeColumn(let new, let old): [live(old), wanted(new)]
    case .changeKey(let new, let old): [key(old, .database), key(new, .model)]
    case .addUnique(let columns): unique(columns) ?? [unique(columns, .model)]
    case .dropUnique(let columns): unique(columns) ?? [unique(columns, .database)]
    case .addIndex(let index): [self.index(index, .model)]
    case .dropIndex(let index): [self.index(index, .database)]
    case .addForeignKey(let key): [relation(key, .model)]
    case .dropForeignKey(let key): [relation(key, .database)]
    case .changeForeignKey(let new, let old): [relation(old, .database), relation(new, .model)]
    case .addCheck(let check): [CheckLine(side: .model, text: "\(subject): check \(check.text)")]
    case .option(let words): [CheckLine(side: .model, text: "model \(subject) \(words)")]
    }
  }

  // MARK: Columns

  private func wanted(_ column: Column) -> CheckLine {
    guard let attribute = attribute(of: column.name) else {
      return has(column.name + " " + column.type.words, .model)
    }
    if case .relationKey(let id) = attribute.role, let relation = graph.relation(id) {
      return CheckLine(side: .model, text: writer.belongsTo(relation))
    }
    return has(writer.text(of: attribute, isKey: false), .model)
  }

  private func live(_ column: Column) -> CheckLine {
    let key = live.foreignKeys.first { key in
      key.columns.contains { $0.isSameName(as: column.name) }
    }
    if let key { return relation(key, .database) }
    var table = live
    table.columns = [column]
    guard var attribute = SchemaLifting.attributes(of: table).first?.attribute else {
      return has(column.name, .database)
    }
    if let known = self.attribute(of: column.name) {
      attribute.name = known.name
    } else if writer.naming.column(attribute.name) != column.name {
      attribute.name = column.name
      attribute.column = writer.naming.column(column.name)
    }
    attribute.isUnique = live.uniques.contains { $0.columns == [column.name] }
    attribute.isKey = false
    attribute.isRequired = column.isNotNull
    var text = writer.text(of: attribute, isKey: false)
    if attribute.defaultValue == nil, case .expression(let words)? = column.defaultValue {
      text += " default \(words)"
    }
    return has(text, .database)
  }

  private func has(_ text: String, _ side: CheckLine.Side) -> CheckLine {
    CheckLine(side: side, text: "\(subject) has \(text)")
  }

  private func attribute(of column: String) -> Attribute? {
    model.attributes.first { $0.column == column }
      ?? model.attributes.first { $0.column.isSameName(as: column) }
  }

  // MARK: Keys and indexes

  private func key(_ columns: [String], _ side: CheckLine.Side) -> CheckLine {
    let words = columns.isEmpty ? "without a key" : "key \(names(columns))"
    return CheckLine(side: side, text: "model \(subject) \(words)")
  }

  /// Of one column its own sentences tell.
  private func unique(_ columns: [String]) -> [CheckLine]? {
    guard columns.count == 1, let attribute = attribute(of: columns[0]),
      case .plain = attribute.role,
      let wanted = graphColumn(attribute)
    else { return nil }
    return (live.column(named: columns[0]).map { [live($0)] } ?? []) + [self.wanted(wanted)]
  }

  private func graphColumn(_ attribute: Attribute) -> Column? {
    SchemaLowering.table(of: model, in: graph).column(named: attribute.column)
  }

  private func unique(_ columns: [String], _ side: CheckLine.Side) -> CheckLine {
    CheckLine(side: side, text: "\(subject) unique by \(names(columns))")
  }

  private func index(_ index: Index, _ side: CheckLine.Side) -> CheckLine {
    CheckLine(side: side, text: "\(subject) indexed by \(index.definition ?? names(index.columns))")
  }

  private func names(_ columns: [String]) -> String {
    writer.names(columns.map { attribute(of: $0)?.name ?? $0 })
  }

  // MARK: Foreign keys

  /// The relation's sentence; of the database's side with the database's rules.
  private func relation(_ key: ForeignKey, _ side: CheckLine.Side) -> CheckLine {
    let columns = Set(key.columns.asciiLowercased)
    let known = graph.relations(holder: model.name).first { relation in
      Set(relation.attributes.map { (model.attribute(named: $0)?.column ?? $0).asciiLowercased })
        == columns
    }
    if side == .model, let known { return CheckLine(side: side, text: writer.belongsTo(known)) }
    let target = graph.model(ofTable: key.table)
    let attributes = key.columns.map { attribute(of: $0)?.name ?? $0 }
    var relation =
      known
      ?? Relation(
        id: Relation.ID(-1), holder: model.name,
        name: SchemaLifting.relationName(
          key: attributes, target: target?.name ?? key.table, targetKey: target?.primaryKey ?? []),
        attributes: attributes, target: target?.name ?? key.table,
        targetAttributes: key.targetColumns.map { target?.attribute(named: $0)?.name ?? $0 })
    relation.isConstrained = true
    relation.onDelete = key.onDelete
    relation.onUpdate = key.onUpdate
    relation.isRequired = key.columns.allSatisfy { live.column(named: $0)?.isNotNull == true }
    relation.isUnique = live.uniques.contains {
      Set($0.columns.asciiLowercased) == columns
    }
    return CheckLine(side: side, text: writer.belongsTo(relation))
  }
}
