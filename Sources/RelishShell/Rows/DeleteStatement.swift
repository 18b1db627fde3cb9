import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

extension RowWriter {
  /// `delete Product where price > 100`; what goes along is counted from what the database did.
  func delete(all: Bool, _ query: QuerySyntax) throws(Failure) -> Changed {
    let traversal = try resolveKeys(query)
    let model = try model(named: traversal.last.source.model)
    try require(all: all, query, verb: "delete")
    let filter = filter(traversal, of: model)
    var sql: SQLText = "DELETE FROM \(table(model))"
    sql.append(where: filter)
    do {
      return try recorded(sql, of: model)
    } catch {
      if case .foreignKey = error.kind, let failure = try blocked(model, filter) { throw failure }
      throw Failure(error, at: range)
    }
  }

  /// Why the database refused: the rows that point to those that would go, with their rule.
  private func blocked(_ model: Model, _ filter: SQLText) throws(Failure) -> Failure? {
    var reasons: [String] = []
    var visited: Set<String> = []
    var waiting: [(model: Model, filter: SQLText)] = [(model, filter)]
    while let (model, filter) = waiting.popLast() {
      guard visited.insert(model.name).inserted else { continue }
      for relation in graph.relations(target: model.name) where relation.isConstrained {
        let holder = try self.model(named: relation.holder)
        let pointing = pointing(relation, holder, to: model, filter)
        switch relation.onDelete {
        case .cascade: waiting.append((holder, pointing))
        case .restrict, .noAction, .setDefault:
          var sql: SQLText = "SELECT count(*) FROM \(table(holder))"
          sql.append(where: pointing)
          let count = try count(sql)
          guard count > 0 else { continue }
          let verb = count == 1 ? "points" : "point"
          reasons.append(
            "\(Wording.lowerCount(count, holder.name)) \(verb) to \(model.name) rows that would go "
              + "(`\(holder.name) \(relation.name)` is on delete \(relation.onDelete.rawValue))")
        case .setNull: continue
        }
      }
    }
    guard !reasons.isEmpty else { return nil }
    return Failure(
      .constraint, "nothing is deleted: \(reasons.sorted().joined(separator: "; "))", at: range,
      hint: "delete or change these rows first")
  }

  /// Rows of `holder` whose key points into the rows of `model` that `filter` selects.
  private func pointing(
    _ relation: Relation, _ holder: Model, to model: Model, _ filter: SQLText
  ) -> SQLText {
    var targets: SQLText =
      "SELECT \(columns(relation.targetAttributes, of: model)) FROM \(table(model))"
    targets.append(where: filter)
    return "\(tuple(relation.attributes, of: holder)) IN (\(targets))"
  }
}
