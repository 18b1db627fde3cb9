import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `set User "Max" products = [1, "Cap", (title = "Tee")]`: the related rows become exactly these.
extension RowWriter {
  func isToMany(_ assignment: Assignment, of model: Model) -> Bool {
    guard model.attribute(named: assignment.name.text) == nil,
      let association = model.association(named: assignment.name.text)
    else { return false }
    switch association.route {
    case .inverse, .junction: return true
    case .forward, .walk: return false
    }
  }

  /// Connects the rows of the list with the row `key` of `owner`, and lets go of all others.
  func replace(
    _ assignment: Assignment, of owner: Model, _ key: [Value], _ changed: inout Changed
  ) throws(Failure) {
    let association = try association(assignment.name, of: owner)
    let target = try model(named: association.target)
    let items = try items(assignment.value, for: association)
    var wanted: Set<[Value]> = []
    var made: [RowSyntax] = []
    for item in items {
      switch item {
      case .row(let row): made.append(row)
      case .pick(let pick): wanted.formUnion(try found(walk(to: target.name, pick), target))
      case .walk(let query): wanted.formUnion(try found(query, target))
      }
    }
    let related = try related(to: key, of: owner, by: association, target)
    let ends = Ends(
      target: target, keys: [], owner: owner, owners: [], association: association, words: "")
    for other in related where !wanted.contains(other) {
      changed.removed += try unlink(other, key, ends)
    }
    for other in wanted.subtracting(related).sorted(by: { "\($0)" < "\($1)" }) {
      _ = try link(other, of: target, to: key, of: owner, by: association, [])
      changed.added += 1
    }
    var created = CreatedRows()
    for row in made { try make(row, under: owner, key, by: association, &created) }
    changed.added += made.count
  }

  private func found(_ query: QuerySyntax, _ target: Model) throws(Failure) -> [[Value]] {
    try check(query, endsAt: target.name)
    let rows = try find(query, target.primaryKey)
    guard !rows.isEmpty else { throw noRow(query) }
    return rows
  }

  /// Primary keys of the rows on the far side of `association` from the row `key` of `owner`.
  private func related(
    to key: [Value], of owner: Model, by association: Association, _ target: Model
  ) throws(Failure) -> [[Value]] {
    switch association.route {
    case .inverse(let id):
      let relation = try relation(id)
      let values = try values(of: relation.targetAttributes, ofRow: key, in: owner)
      return try keys(of: target, where: equality(relation.attributes, values, of: target))
    case .junction(let near, let far):
      let (near, far) = (try relation(near), try relation(far))
      let junction = try model(named: near.holder)
      let values = try values(of: near.targetAttributes, ofRow: key, in: owner)
      let pairs: SQLText =
        "SELECT \(columns(far.attributes, of: junction)) FROM \(table(junction)) WHERE \(equality(near.attributes, values, of: junction))"
      return try keys(
        of: target, where: "\(tuple(far.targetAttributes, of: target)) IN (\(pairs))")
    case .forward, .walk:
      return []
    }
  }

  private func keys(of model: Model, where condition: SQLText) throws(Failure) -> [[Value]] {
    try rows(
      "SELECT \(columns(model.primaryKey, of: model)) FROM \(table(model)) WHERE \(condition)")
  }
}
