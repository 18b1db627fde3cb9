import RelishLanguage
import RelishModel

/// Conditions and counts over the rows that belong to a row.
///
/// These read the related tables joined to each other; only whether a row is found matters, so a row
/// found over two ways does no harm. A count first makes a set of them.
extension ExpressionWriter {
  /// `SELECT 1 FROM products AS t1 WHERE t1.userId = t0.id AND …`
  func select(_ output: SQLText, from rows: RelatedRows) -> SQLText {
    select({ _ in output }, from: rows) { writer in
      rows.filter.map { writer.filter($0) }
    }
  }

  /// `t0.id NOT IN (SELECT t1.userId FROM orders AS t1)`, where no such row can be null: the index on
  /// `userId` alone answers it, and without one the rows are read once. nil for others.
  func absence(of rows: RelatedRows) -> SQLText? {
    guard rows.filter == nil, rows.steps.count == 1, let step = rows.steps.first,
      step.link.reach == .all, step.link.pairs.count == 1, let pair = step.link.pairs.first
    else { return nil }
    let outer = frame.column(ColumnReference(source: rows.origin, column: pair.near))
    let inner = frame.nested([step.source])
    let alias = SelectFrame.alias(step.source.id)
    let table = inner.table(step.link.table, as: alias)
    return "\(outer) NOT IN (SELECT \(inner.column(pair.far, of: alias)) FROM \(table))"
  }

  /// No row fails: `NOT EXISTS (… WHERE (condition) IS NOT TRUE)`, null being a failure (§7 Precision).
  func every(_ rows: RelatedRows, _ test: ResolvedCondition) -> SQLText {
    let failing = select({ _ in "1" }, from: rows) { writer in
      "(\(writer.write(test))) IS NOT TRUE"
    }
    return "NOT EXISTS (\(failing))"
  }

  /// `SELECT COUNT(*) FROM …`, each row once however many ways lead to it (§1.3).
  func related(_ aggregate: Aggregate) -> SQLText {
    guard let rows = aggregate.rows, let last = rows.steps.last else { return "SELECT NULL" }
    guard rows.steps.count > 1 else {
      return select({ $0.own(aggregate) }, from: rows) { writer in
        rows.filter.map { writer.filter($0) }
      }
    }
    let inner = frame.nested([last.source])
    let writer = ExpressionWriter(dialect: dialect, frame: inner)
    let alias = SelectFrame.alias(last.source.id)
    let before = RelatedRows(
      path: rows.path, origin: rows.origin, steps: rows.steps.dropLast())
    let near = writer.columns(last.link.pairs.map(\.near), of: before.steps.last?.source)
    let far = last.link.pairs.map { inner.column($0.far, of: alias) }
    let members = writer.select({ _ in near }, from: before) { _ in nil }
    let output = writer.own(aggregate)
    var condition: SQLText = "\(far.tuple) IN (\(members))"
    if let filter = rows.filter { condition.append(" AND \(writer.filter(filter))" as SQLText) }
    let table = inner.table(last.link.table, as: alias)
    return "SELECT \(output) FROM \(table)\(inner.joins) WHERE \(condition)"
  }

  /// The aggregate over the rows of this writer's own SELECT; decimals are rounded to their scale.
  ///
  /// - Parameter present: null in rows that do not count; nil: all do.
  func own(_ aggregate: Aggregate, present: SQLText? = nil) -> SQLText {
    let value = aggregate.value.map { bound($0, to: aggregate.rows) } ?? present
    let filter = aggregate.filter.map { write($0) }
    let type = aggregate.value?.type
    let text = dialect.aggregate(aggregate.function, value, filter: filter, type: type)
    switch (aggregate.function, type) {
    case (.count, _): return text
    case (.avg, .decimal(_, let scale)):
      return dialect.call(.round, [text, "\(min(scale + 6, 30))"])
    case (.avg, .integer), (.avg, .bigint): return dialect.call(.round, [text, "6"])
    case (_, .decimal(_, let scale)): return dialect.call(.round, [text, "\(scale)"])
    default: return text
    }
  }

  /// The value of an aggregate over related rows. Where it reads only rows outside, as `outer.price`, it
  /// is tied to a row inside: else SQL takes the aggregate for one of the outer SELECT. `IS NOT NULL` of a
  /// column that is never null would not do, as SQLite leaves it out before.
  private func bound(_ value: ResolvedExpression, to rows: RelatedRows?) -> SQLText {
    let text = term(value, within: .lowest)
    guard let last = rows?.steps.last, let pair = last.link.pairs.first, !value.isConstant,
      !value.reads(last.source.id)
    else { return text }
    let column = frame.column(ColumnReference(source: last.source.id, column: pair.far))
    return "CASE WHEN \(column) = \(column) THEN \(text) END"
  }

  /// The filter of this writer's own SELECT, as one part of an AND.
  private func filter(_ condition: ResolvedCondition) -> SQLText {
    frame.require(condition.requiredColumns)
    return factor(condition)
  }

  private func columns(_ names: [String], of source: Source?) -> SQLText {
    let alias = source.map { SelectFrame.alias($0.id) } ?? ""
    return names.map { frame.column($0, of: alias) }.joined(separator: ", ")
  }

  private func select(
    _ output: (ExpressionWriter) -> SQLText, from rows: RelatedRows,
    where test: (ExpressionWriter) -> SQLText?
  ) -> SQLText {
    let inner = frame.nested(rows.steps.map(\.source))
    let writer = ExpressionWriter(dialect: dialect, frame: inner)
    var tables = SQLText()
    var conditions: [SQLText] = []
    var near: String?
    for step in rows.steps {
      let alias = SelectFrame.alias(step.source.id)
      let table = inner.table(step.link.table, as: alias)
      if let near {
        let condition = inner.equality(step.link, from: near, to: alias)
        tables.append(" JOIN \(table) ON \(condition)" as SQLText)
      } else {
        tables = table
        conditions = step.link.pairs.map { pair in
          let outer = frame.column(ColumnReference(source: rows.origin, column: pair.near))
          return "\(inner.column(pair.far, of: alias)) = \(outer)"
        }
      }
      near = alias
    }
    if let test = test(writer) { conditions.append(test) }
    let output = output(writer)
    let condition = conditions.joined(separator: " AND ")
    return "SELECT \(output) FROM \(tables)\(inner.joins) WHERE \(condition)"
  }
}

extension [SQLText] {
  /// One column as it is, several as a row value `(a, b)`.
  var tuple: SQLText {
    let list = joined(separator: ", ")
    return count == 1 ? list : "(\(list))"
  }
}

extension ResolvedExpression {
  /// Whether it reads the source outside of further aggregates.
  fileprivate func reads(_ source: Source.ID) -> Bool {
    switch form {
    case .column(let column): column.source == source
    default: operands.contains { $0.reads(source) }
    }
  }
}
