package import RelishModel

/// How many rows a walk holds because `every` was asked of nothing.
package struct EmptyEvery {
  package var model: String
  /// The relation as written.
  package var path: String
  /// A statement that answers one number.
  package var count: SQLText
}

extension SelectWriter {
  /// One for each `every` that some noun of the walk was tested with (LANGUAGE.md §7 Precision).
  package func emptyEvery(_ walk: Traversal) -> [EmptyEvery] {
    var found: [EmptyEvery] = []
    for index in walk.steps.indices {
      for rows in walk.steps[index].filter?.everyRows ?? [] {
        var part = walk
        part.steps = Array(walk.steps[...index])
        if walk.grouping != nil, index == walk.steps.count - 1 {
          // Sort and limit are about the groups, `every` about the rows in them.
          part.grouping = nil
          part.steps[index].sort = []
          part.steps[index].top = nil
          part.steps[index].limit = nil
        }
        let source = part.last.source
        let alias = SelectFrame.alias(source.id)
        let frame = SelectFrame([source.id: alias], dialect: dialect)
        let writer = ExpressionWriter(dialect: dialect, frame: frame)
        let key = source.key.map { frame.column($0, of: alias) }
        let table = frame.table(source.table, as: alias)
        let count: SQLText = """
          SELECT COUNT(*) FROM \(table) WHERE \(key.tuple) IN (\(keys(part))) \
          AND \(writer.write(.exists(rows, negated: true)))
          """
        found.append(EmptyEvery(model: source.model, path: rows.path, count: count))
      }
    }
    return found
  }
}

extension ResolvedCondition {
  /// The rows of each `every` that is not under a `not` or in another quantifier's brackets.
  fileprivate var everyRows: [RelatedRows] {
    switch self {
    case .every(let rows, _): [rows]
    case .and(let parts), .or(let parts): parts.flatMap(\.everyRows)
    default: []
    }
  }
}
