import RelishLanguage

// The model as rows, the header first: `show models`, `show Product`, `show relations`.
extension Sentences {
  /// One row per model: model, table, key, how many attributes, and its relations by name.
  package static func showModels(_ graph: ModelGraph) -> [[String]] {
    let rows = graph.models.map { model in
      [
        model.name, model.table, model.primaryKey.joined(separator: ", "),
        String(model.attributes.count),
        model.associations.map(\.name).joined(separator: ", "),
      ]
    }
    return [["model", "table", "key", "attributes", "relations"]] + rows
  }

  /// One row per attribute in the table's order, then per relation, index and unique key.
  ///
  /// The columns are name, type and details; the column in the database comes between where one of
  /// them is called otherwise than its attribute.
  package static func showModel(_ model: Model, in graph: ModelGraph) -> [[String]] {
    var rows = model.attributes.map { attribute in
      [
        attribute.name, attribute.column, type(attribute.type),
        details(of: attribute, in: model, graph).joined(separator: ", "),
      ]
    }
    rows += model.associations.map { association in
      let target = association.isToMany ? "many \(association.target)" : association.target
      return [association.name, "", target, details(of: association, in: graph)]
    }
    rows += model.uniques.map { ["", $0.name, "unique", $0.attributes.joined(separator: ", ")] }
    rows += model.indexes.map { index in
      let kind = index.isUniqueIndex ? "unique" : "index"
      return ["", index.name, kind, index.definition ?? index.attributes.joined(separator: ", ")]
    }
    rows += model.storage.checks.map { ["", $0.name ?? "", "check", $0.text] }
    if let view = model.storage.view { rows.append(["", "", "view", view]) }
    rows += graph.triggers(on: model).map { ["", $0.name, "trigger", $0.text] }
    let table = [["name", "column", "type", "details"]] + rows
    let isColumnNeeded = model.attributes.contains { $0.name != $0.column }
    return isColumnNeeded ? table : table.map { withoutColumn($0) }
  }

  /// One row per foreign key, n–m relation and named walk: both names, the key, and its rules.
  package static func showRelations(_ graph: ModelGraph) -> [[String]] {
    var rows = graph.relations.map { relation in
      [
        "\(relation.holder) \(relation.name)",
        relation.inverse.map { "\(relation.target) \($0)" } ?? "",
        keyFact(of: relation, in: graph),
        rules(of: relation).joined(separator: ", "),
      ]
    }
    for pair in JunctionPair.all(in: graph) {
      let table = graph.model(named: pair.junction)?.table ?? pair.junction
      rows.append([
        pair.forward.map { "\(pair.near.target) \($0.name)" } ?? "",
        pair.backward.map { "\(pair.far.target) \($0.name)" } ?? "",
        "through \(table)", "",
      ])
    }
    for model in graph.models {
      for association in model.associations {
        guard case .walk(let hops) = association.route else { continue }
        let way = hops.joined(separator: " ")
        rows.append(["\(model.name) \(association.name)", "", "through \(way)", ""])
      }
    }
    return [["relation", "other side", "key", "rules"]] + rows
  }

  // MARK: Details

  /// A unique key or an index shows its name where the column would stand.
  private static func withoutColumn(_ row: [String]) -> [String] {
    guard row.count == 4 else { return row }
    return [row[0].isEmpty ? row[1] : row[0], row[2], row[3]]
  }

  private static func details(
    of attribute: Attribute, in model: Model, _ graph: ModelGraph
  ) -> [String] {
    var details: [String] = []
    if attribute.isKey { details.append("key") }
    if attribute.isGenerated { details.append("numbered by the database") }
    if case .relationKey(let id) = attribute.role, let relation = graph.relation(id) {
      details.append("key of \(relation.name)")
    }
    if attribute.isRequired, !attribute.isKey { details.append("required") }
    if attribute.isUnique, !attribute.isKey { details.append("unique") }
    if model.label == attribute.name { details.append("label") }
    switch attribute.role {
    case .createdAt: details.append("set when the row is created")
    case .updatedAt: details.append("set when the row changes")
    default: break
    }
    if let value = attribute.defaultValue {
      details.append("default \(SyntaxWriter.expression(value))")
    }
    if let check = attribute.check {
      details.append("check \(SyntaxWriter.condition(check.condition))")
    }
    details += attribute.storageWords
    if let note = attribute.note { details.append(SyntaxWriter.text(note)) }
    return details
  }

  private static func details(of association: Association, in graph: ModelGraph) -> String {
    switch association.route {
    case .forward(let id):
      guard let relation = graph.relation(id) else { return "" }
      return (["by \(relation.attributes.joined(separator: ", "))"] + rules(of: relation))
        .joined(separator: ", ")
    case .inverse(let id):
      guard let relation = graph.relation(id) else { return "" }
      return "other side of \(relation.holder) \(relation.name)"
    case .junction(let near, _):
      return "through \(graph.relation(near)?.holder ?? "")"
    case .walk(let hops):
      return "through \(hops.joined(separator: " "))"
    }
  }

  /// `products.userId → users.id`
  static func keyFact(of relation: Relation, in graph: ModelGraph) -> String {
    let holder = graph.model(named: relation.holder)
    let target = graph.model(named: relation.target)
    let key = columns(relation.attributes, of: holder, else: relation.holder)
    return key + " → " + columns(relation.targetAttributes, of: target, else: relation.target)
  }

  private static func columns(
    _ attributes: [String], of model: Model?, else name: String
  ) -> String {
    let columns = attributes.map { model?.attribute(named: $0)?.column ?? $0 }
    let list = columns.joined(separator: ", ")
    return (model?.table ?? name) + (columns.count == 1 ? ".\(list)" : ".(\(list))")
  }

  private static func rules(of relation: Relation) -> [String] {
    var rules = [relation.isRequired ? "required" : "optional"]
    if relation.isUnique { rules.append("unique") }
    guard relation.isConstrained else { return rules + ["unconstrained"] }
    return rules + [
      "on delete \(relation.onDelete.rawValue)", "on update \(relation.onUpdate.rawValue)",
    ]
  }
}
