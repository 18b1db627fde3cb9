import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

extension RowWriter {
  /// `delete Product where price > 100`; what goes along is counted from what the database did.
  func delete(all: Bool, _ query: QuerySyntax) throws(Failure) -> Changed {
    let traversal = try resolveDeletion(query)
    let model = try model(named: traversal.last.source.model)
    try refuseView(model)
    try require(all: all, query, verb: "delete")
    let filter = filter(traversal, of: model)
    var sql: SQLText = "DELETE FROM \(table(model))"
    sql.append(where: filter)
    do {
      return try recorded(sql, of: model)
    } catch {
      switch error.kind {
      case .foreignKey, .notNull:
        if let failure = try blocked(model, filter) { throw failure }
      default: break
      }
      throw Failure(error, at: range)
    }
  }

  /// A walk whose last word may be a misspelt `preview`.
  func resolveDeletion(_ query: QuerySyntax) throws(Failure) -> Traversal {
    do {
      return try resolveKeys(query)
    } catch {
      var failure = error
      if let last = query.hops.last?.name, error.diagnostic.range == last.range,
        error.diagnostic.hint?.hasPrefix("did you mean") != true,
        let word = Suggestion.nearest(to: last.text, among: ["preview"])
      {
        failure.diagnostic.hint = "did you mean `\(word)`?"
      }
      throw failure
    }
  }

  /// Why the database refused: the rows that are in the way, with their rule.
  private func blocked(_ model: Model, _ filter: SQLText) throws(Failure) -> Failure? {
    let reasons = DeletionTree(try preview(of: model, where: filter), in: graph).reasons
    guard !reasons.isEmpty else { return nil }
    return Failure(
      .constraint, "nothing is deleted: \(reasons.sorted().joined(separator: "; "))", at: range,
      hint: "delete or change these rows first")
  }
}
