import RelishLanguage
import RelishModel

/// Several aggregates over the same related rows, `count orders, sum orders.total`: the rows are read
/// once, joined and grouped by the row that they belong to.
extension SelectWriter {
  /// The related rows that at least two aggregates of the answer are over: one step away, so that none
  /// belongs to two rows, and all of them.
  func gatheredRows(of walk: Traversal) -> [RelatedRows]? {
    let last = walk.last
    guard !last.source.key.isEmpty, !last.takesTwice else { return nil }
    var expressions = walk.outputs.map(\.expression)
    expressions += last.taken.keys.filter { $0.output == nil }.map(\.expression)
    var found: [Link: [RelatedRows]] = [:]
    for aggregate in expressions.flatMap(\.aggregates) {
      guard let rows = aggregate.rows, rows.steps.count == 1, rows.filter == nil,
        rows.origin == last.source.id, let step = rows.steps.first,
        aggregate.value?.readsOnly(step.source.id) ?? true
      else { continue }
      found[step.link, default: []].append(rows)
    }
    let most = found.values.max {
      ($0.count, $1[0].steps[0].source.id.rawValue) < ($1.count, $0[0].steps[0].source.id.rawValue)
    }
    guard let most, most.count > 1 else { return nil }
    // Joined tables depend on the row too, but not every database sees that.
    let readsMore = expressions.contains { $0.joinsTables(from: last.source.id) }
    return readsMore ? nil : most
  }

  func gathered(_ walk: Traversal, _ rows: [RelatedRows]) -> SQLText {
    let last = walk.last
    let alias = SelectFrame.alias(last.source.id)
    guard let step = rows.first?.steps.first else { return SQLText() }
    let many = SelectFrame.alias(step.source.id)
    var aliases = [last.source.id: alias]
    for other in rows { aliases[other.steps[0].source.id] = many }
    let frame = SelectFrame(aliases, dialect: dialect)
    let present = step.link.pairs.first.map { frame.column($0.far, of: many) } ?? "1"
    for other in rows { frame.gathered[other.steps[0].source.id] = present }
    let writer = ExpressionWriter(dialect: dialect, frame: frame)
    let list = walk.outputs.map { output($0, writer) }.joined(separator: ", ")
    let condition = condition(last, writer, alias: alias, within: members(before: walk))
    let order = last.isSorted || last.isLimited ? order(last, outputs: walk.outputs, writer) : nil
    let on = frame.equality(step.link, from: alias, to: many)
    var text: SQLText = "SELECT \(list) FROM \(frame.table(last.source.table, as: alias))"
    text.append(frame.joins)
    text.append(" LEFT JOIN \(frame.table(step.link.table, as: many)) ON \(on)" as SQLText)
    if let condition { text.append(" WHERE \(condition)" as SQLText) }
    text.append(" GROUP BY \(keyList(last.source))" as SQLText)
    if let order { text.append(" ORDER BY \(order)" as SQLText) }
    text.append(limit: last.taken.limit)
    return text
  }
}

extension ResolvedExpression {
  /// The aggregates in it, those inside of aggregates left out.
  var aggregates: [Aggregate] {
    switch form {
    case .aggregate(let aggregate): [aggregate]
    default: operands.flatMap(\.aggregates)
    }
  }

  /// Whether it is made of columns of that source alone.
  fileprivate func readsOnly(_ source: Source.ID) -> Bool {
    switch form {
    case .column(let column): column.source == source && column.links.isEmpty
    case .aggregate: false
    default: operands.allSatisfy { $0.readsOnly(source) }
    }
  }

  /// Whether a path of it goes on from the source to other tables.
  fileprivate func joinsTables(from source: Source.ID) -> Bool {
    switch form {
    case .column(let column): column.source == source && !column.links.isEmpty
    default: operands.contains { $0.joinsTables(from: source) }
    }
  }
}
