import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

// Rows that a new key would not allow.
extension RowOffences {
  func duplicates(_ columns: [String], _ alteration: TableAlteration) -> [Offence] {
    let known = columns.compactMap { alteration.live.column(named: $0)?.name }
    guard known.count == columns.count, !known.isEmpty else { return [] }
    let list = known.map(identifier).joined(separator: ", ")
    let present = known.map { identifier($0) + " IS NOT NULL" }.joined(separator: " AND ")
    let tuple = known.count == 1 ? list : "(\(list))"
    let attribute = attribute(known[0], alteration)
    return [
      Offence(
        rule: "\(known.map { "`\($0)`" }.joined(separator: ", ")) is unique",
        rows: ("has what another has", "have what another has"),
        condition: "\(present) AND \(tuple) IN (SELECT \(list) FROM "
          + "\(identifier(alteration.live.name)) WHERE \(present) GROUP BY \(list) "
          + "HAVING count(*) > 1)",
        columns: known,
        hint: { key in "`set \(key) \(attribute) = …` or `delete \(key)`, until each has its own" })
    ]
  }

  func orphans(_ key: ForeignKey, _ alteration: TableAlteration) -> [Offence] {
    let known = key.columns.compactMap { name in
      alteration.live.column(named: name)?.name
        ?? alteration.addedColumns.first { $0.name.isSameName(as: name) }?.name
    }
    guard known.count == key.columns.count, !known.isEmpty else { return [] }
    var condition = known.map { "\(Self.row).\(identifier($0)) IS NOT NULL" }
    var isToNewColumn = false
    if let parent = live.table(named: key.table) {
      guard let (rows, targets) = parentRows(parent, key.targetColumns) else { return [] }
      isToNewColumn = targets.contains { parent.column(named: $0) == nil }
      let pairs = zip(targets, known).map { target, column in
        "relish_parent.\(identifier(target)) = \(Self.row).\(identifier(column))"
      }
      condition.append(
        "NOT EXISTS (SELECT 1 FROM \(rows) AS relish_parent WHERE "
          + pairs.joined(separator: " AND ") + ")")
    }
    let relation = relation(key, alteration)
    let model = modelName(alteration)
    let attribute = attribute(known[0], alteration)
    return [
      Offence(
        rule: "\(known.map { "`\($0)`" }.joined(separator: ", ")) points to `\(key.table)`",
        rows: ("points to no row", "point to no row"),
        condition: condition.joined(separator: " AND "), columns: known,
        hint: { key in
          if let added = alteration.addedColumns.first(where: { known.contains($0.name) }) {
            let name = request.name(of: added.name, in: alteration.table.name)
            return "`fill \(name) = …` gives them the key of a row that is there"
          }
          guard let relation, !isToNewColumn else {
            return "`set \(key) \(attribute) = …` mends a row"
          }
          let rows = "\(model) where \(attribute) is not null and no \(relation.name)"
          return relation.isRequired
            ? "`set \(rows): \(relation.name) = …` or `delete \(rows)`"
            : "`set \(rows): \(relation.name) = null` mends them"
        })
    ]
  }

  /// The rows that a key would point to, with the columns that come with the same change.
  private func parentRows(
    _ parent: Table, _ columns: [String]
  ) -> (rows: String, columns: [String])? {
    let wanted = request.wanted.first { $0.name.isSameName(as: parent.name) }
    var names: [String] = []
    var values: [String] = []
    for name in columns {
      if let column = parent.column(named: name) {
        names.append(column.name)
      } else if let wanted, let column = wanted.column(named: name), column.generated == nil {
        names.append(column.name)
        values.append(value(of: column, in: wanted))
      } else {
        return nil
      }
    }
    let table = identifier(parent.name)
    let list = (["*"] + values).joined(separator: ", ")
    return (values.isEmpty ? table : "(SELECT \(list) FROM \(table))", names)
  }

  private func relation(_ key: ForeignKey, _ alteration: TableAlteration) -> Relation? {
    guard let model = request.model(ofTable: alteration.table.name) else { return nil }
    let wanted = Set(key.columns.asciiLowercased)
    return request.graph.relations(holder: model.name).first { relation in
      Set(relation.attributes.map { (model.attribute(named: $0)?.column ?? $0).asciiLowercased })
        == wanted
    }
  }
}
