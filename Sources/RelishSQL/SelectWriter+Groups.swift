import RelishLanguage
import RelishModel

/// Walks with `group`, or with aggregates over all rows.
extension SelectWriter {
  /// One row per group: `SELECT t0.status, COUNT(*) FROM orders AS t0 GROUP BY t0.status`.
  ///
  /// Where the answer goes on from a key, as from `user` to `user.name`, the groups are made first and
  /// then joined: once per group and not once per row.
  func grouped(_ walk: Traversal, _ grouping: Grouping) -> SQLText {
    if walk.last.takesTwice { return groupedTwice(walk, grouping) }
    let plain = GroupText(self, walk, grouping)
    let frame = SelectFrame(
      [:], dialect: dialect, parent: plain.writer.frame,
      inlined: [
        grouping.source: Dictionary(plain.columns, uniquingKeysWith: { first, _ in first })
      ])
    let writer = ExpressionWriter(dialect: dialect, frame: frame)
    let list = walk.outputs.map { output($0, writer) }.joined(separator: ", ")
    let filter = grouping.filter.map { writer.write($0) }
    let order = groupOrder(walk, grouping, writer)
    guard !frame.leavesInlined else { return groupedThenJoined(walk, grouping) }
    var text: SQLText = "SELECT \(list)\(plain.body)"
    if let filter { text.append(" HAVING \(filter)" as SQLText) }
    if let order { text.append(" ORDER BY \(order)" as SQLText) }
    text.append(limit: walk.last.taken.limit)
    return text
  }

  private func groupedThenJoined(_ walk: Traversal, _ grouping: Grouping) -> SQLText {
    let groups = GroupText(self, walk, grouping)
    let list = groups.columns.map { "\($0.1) AS \(SQLText($0.0))" as SQLText }
      .joined(separator: ", ")
    return outer(walk, grouping, from: "SELECT \(list)\(groups.body)", filter: grouping.filter)
  }

  /// `SELECT … FROM (groups) AS g LEFT JOIN … WHERE … ORDER BY … LIMIT …`
  private func outer(
    _ walk: Traversal, _ grouping: Grouping, from groups: SQLText, filter: ResolvedCondition?,
    list: SQLText? = nil
  ) -> SQLText {
    let frame = SelectFrame([grouping.source: "g"], dialect: dialect)
    let writer = ExpressionWriter(dialect: dialect, frame: frame)
    let list = list ?? walk.outputs.map { output($0, writer) }.joined(separator: ", ")
    let condition = filter.map { writer.write($0) }
    let order = groupOrder(walk, grouping, writer)
    var text: SQLText = "SELECT \(list) FROM (\(groups)) AS g\(frame.joins)"
    if let condition { text.append(" WHERE \(condition)" as SQLText) }
    if let order { text.append(" ORDER BY \(order)" as SQLText) }
    text.append(limit: walk.last.taken.limit)
    return text
  }

  /// `top` takes some groups, then `sort` and `limit` look at these.
  private func groupedTwice(_ walk: Traversal, _ grouping: Grouping) -> SQLText {
    let groups = GroupText(self, walk, grouping)
    let list = groups.columns.map { "\($0.1) AS \(SQLText($0.0))" as SQLText }
      .joined(separator: ", ")
    var first = walk
    first.steps[walk.steps.count - 1].sort = []
    first.steps[walk.steps.count - 1].limit = nil
    // The names of outputs are not there yet, so the key is written out.
    first.steps[walk.steps.count - 1].top?.key.output = nil
    let taken = outer(
      first, grouping, from: "SELECT \(list)\(groups.body)", filter: grouping.filter, list: "g.*")
    var second = walk
    second.steps[walk.steps.count - 1].top = nil
    return outer(second, grouping, from: taken, filter: nil)
  }

  /// The sort keys, then the keys of the groups.
  private func groupOrder(
    _ walk: Traversal, _ grouping: Grouping, _ writer: ExpressionWriter
  ) -> SQLText? {
    let step = walk.last
    guard step.isSorted || step.isLimited else { return nil }
    var keys = step.taken.keys.filter { $0.expression.constant == nil }
      .map { sortKey($0, outputs: walk.outputs, writer) }
    for index in grouping.keys.indices {
      let column = ColumnReference(source: grouping.source, column: Grouping.key(index))
      keys.append(dialect.sortKey(writer.frame.column(column), isDescending: false))
    }
    return keys.isEmpty ? nil : keys.joined(separator: ", ")
  }
}

/// The GROUP BY of a walk, its keys and aggregates apart.
private struct GroupText {
  let writer: ExpressionWriter
  /// Each column of the groups with its expression.
  let columns: [(String, SQLText)]
  /// ` FROM … WHERE … GROUP BY …`
  let body: SQLText

  init(_ selects: SelectWriter, _ walk: Traversal, _ grouping: Grouping) {
    let step = walk.last
    let writer = ExpressionWriter(dialect: selects.dialect, frame: selects.frame(of: step))
    let keys = grouping.keys.map { writer.write($0) }
    let aggregates = grouping.aggregates.map { writer.own($0) }
    columns =
      keys.enumerated().map { (Grouping.key($0), $1) }
      + aggregates.enumerated().map { (Grouping.aggregate($0), $1) }
    let alias = SelectFrame.alias(step.source.id)
    let condition = selects.condition(
      step, writer, alias: alias, within: selects.members(before: walk))
    var text: SQLText = " FROM \(writer.frame.table(step.source.table, as: alias))"
    text.append(writer.frame.joins)
    if let condition { text.append(" WHERE \(condition)" as SQLText) }
    if !keys.isEmpty { text.append(" GROUP BY \(keys.joined(separator: ", "))" as SQLText) }
    body = text
    self.writer = writer
  }
}
