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
    if grouping.aggregates.contains(where: { $0.rows != nil }) {
      return groupedThenJoined(walk, grouping)
    }
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
    outer(walk, grouping, from: groups(walk, grouping), filter: grouping.filter)
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
    var first = walk
    first.steps[walk.steps.count - 1].sort = []
    first.steps[walk.steps.count - 1].limit = nil
    // The names of outputs are not there yet, so the key is written out.
    first.steps[walk.steps.count - 1].top?.key.output = nil
    let taken = outer(
      first, grouping, from: groups(walk, grouping), filter: grouping.filter, list: "g.*")
    var second = walk
    second.steps[walk.steps.count - 1].sort = walk.last.taken.keys
    second.steps[walk.steps.count - 1].top = nil
    return outer(second, grouping, from: taken, filter: nil)
  }

  /// The groups with their columns `k0` … `a0` …
  ///
  /// An aggregate over rows that rows of a group share is worked out in a SELECT of its own, in which
  /// each of them stands once per group.
  private func groups(_ walk: Traversal, _ grouping: Grouping) -> SQLText {
    let text = GroupText(self, walk, grouping)
    let list = text.columns.map { "\($0.1) AS \(SQLText($0.0))" as SQLText }
    let plain: SQLText = "SELECT \(list.joined(separator: ", "))\(text.body)"
    var columns = text.columns.map { SQLText("g." + $0.0) }
    var joins = SQLText()
    for (index, aggregate) in grouping.aggregates.enumerated() {
      guard let rows = aggregate.rows else { continue }
      let name = SQLText("x" + String(index))
      let equal = grouping.keys.indices.map { key in
        let column = SQLText(Grouping.key(key))
        return dialect.identity("\(name).\(column)", "g.\(column)", negated: false)
      }
      let on = equal.isEmpty ? "1 = 1" : equal.joined(separator: " AND ")
      let select = shared(aggregate, over: rows, walk, grouping)
      joins.append(" LEFT JOIN (\(select)) AS \(name) ON \(on)" as SQLText)
      let isNumber = aggregate.function == .count || aggregate.function == .sum
      let value: SQLText = isNumber ? "COALESCE(\(name).a, 0)" : "\(name).a"
      columns.append("\(value) AS \(SQLText(Grouping.aggregate(index)))")
    }
    guard !joins.isEmpty else { return plain }
    return "SELECT \(columns.joined(separator: ", ")) FROM (\(plain)) AS g\(joins)"
  }

  /// The aggregate per group over the rows that its rows lead to, each once: `a` beside the keys.
  private func shared(
    _ aggregate: Aggregate, over rows: RelatedRows, _ walk: Traversal, _ grouping: Grouping
  ) -> SQLText {
    guard let last = rows.steps.last else { return "SELECT NULL AS a" }
    let text = GroupText(self, walk, grouping, joining: rows)
    let names = grouping.keys.indices.map { SQLText(Grouping.key($0)) }
    let alias = SelectFrame.alias(last.source.id)
    let frame = SelectFrame([last.source.id: alias], dialect: dialect)
    let writer = ExpressionWriter(dialect: dialect, frame: frame)
    var list = names.map { "d.\($0) AS \($0)" as SQLText }
    list.append("\(writer.own(aggregate)) AS a")
    let equal = last.source.key.enumerated().map { index, column in
      "\(frame.column(column, of: alias)) = d.\(SQLText("c" + String(index)))" as SQLText
    }
    let table = frame.table(last.link.table, as: alias)
    let on = equal.joined(separator: " AND ")
    var sql: SQLText = """
      SELECT \(list.joined(separator: ", ")) FROM (\(text.body)) AS d \
      JOIN \(table) ON \(on)\(frame.joins)
      """
    if !names.isEmpty {
      sql.append(
        " GROUP BY \(names.map { "d.\($0)" as SQLText }.joined(separator: ", "))" as SQLText)
    }
    return sql
  }

  /// The sort keys, then the keys of the groups.
  private func groupOrder(
    _ walk: Traversal, _ grouping: Grouping, _ writer: ExpressionWriter
  ) -> SQLText? {
    let step = walk.last
    guard step.isSorted || step.isLimited else { return nil }
    var keys = step.taken.keys.filter { !$0.expression.isConstant }
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
    columns =
      keys.enumerated().map { (Grouping.key($0), $1) }
      + grouping.aggregates.enumerated().filter { $1.rows == nil }
      .map { (Grouping.aggregate($0), writer.own($1)) }
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

  /// The keys of groups beside those of the rows that their rows lead to, each pair once.
  init(
    _ selects: SelectWriter, _ walk: Traversal, _ grouping: Grouping, joining rows: RelatedRows
  ) {
    let step = walk.last
    let frame = SelectFrame(
      reading: [step.source] + rows.steps.map(\.source), dialect: selects.dialect)
    let writer = ExpressionWriter(dialect: selects.dialect, frame: frame)
    let end = rows.steps.last?.source ?? step.source
    columns =
      grouping.keys.enumerated().map { (Grouping.key($0), writer.write($1)) }
      + selects.columnTexts(end.key, of: end).enumerated().map { ("c" + String($0), $1) }
    let alias = SelectFrame.alias(step.source.id)
    var conditions = [
      selects.condition(step, writer, alias: alias, within: selects.members(before: walk))
    ].compactMap { $0 }
    if let filter = rows.filter {
      conditions = conditions.map { "(\($0))" } + ["(\(writer.write(filter)))"]
    }
    let list = columns.map { "\($0.1) AS \(SQLText($0.0))" as SQLText }.joined(separator: ", ")
    var text: SQLText = "SELECT DISTINCT \(list) FROM \(frame.table(step.source.table, as: alias))"
    text.append(frame.joins(from: step.source.id))
    text.append(frame.chain(rows.steps, from: alias))
    if !conditions.isEmpty {
      text.append(" WHERE \(conditions.joined(separator: " AND "))" as SQLText)
    }
    body = text
    self.writer = writer
  }
}
