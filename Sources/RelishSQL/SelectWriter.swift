import RelishLanguage
package import RelishModel

/// Writes walks as SELECTs that find each row once (LANGUAGE.md §1.3).
///
/// Hops are semi-joins from the last noun back to the head, which never multiply rows and let the
/// database start at the few rows of the head and go on over the index of each key:
/// `User "Max" products title` is
/// `SELECT t1.title FROM products AS t1 WHERE t1.userId IN (SELECT t0.id FROM users AS t0 WHERE t0.name = ?)`.
package struct SelectWriter {
  let dialect: any Dialect

  package init(dialect: any Dialect) {
    self.dialect = dialect
  }

  /// The answer of the walk: its outputs, one row per row of the last noun; with nests one row per
  /// innermost row, and with `group` one per group.
  package func select(_ walk: Traversal) -> SQLText {
    let walk = walk.shortened
    if let grouping = walk.grouping { return grouped(walk, grouping) }
    if !walk.nests.isEmpty { return nested(walk, keepsKeys: false).sql }
    if let rows = gatheredRows(of: walk) { return gathered(walk, rows) }
    return rows(walk, outputs: walk.outputs, isOrdered: true) { writer in
      walk.outputs.map { output($0, writer) }.joined(separator: ", ")
    }
  }

  /// One row with one column `count`: how many rows the walk answers, nested ones not counted.
  package func count(_ walk: Traversal) -> SQLText {
    let walk = walk.shortened
    let name = SQLText(dialect.identifier("count"))
    guard walk.grouping != nil || walk.last.isLimited else {
      return rows(walk, outputs: nil, isOrdered: false) { _ in "COUNT(*) AS \(name)" }
    }
    return "SELECT COUNT(*) AS \(name) FROM (\(ones(walk))) AS counted"
  }

  /// One row with one column `exists`: whether the walk answers any row.
  package func exists(_ walk: Traversal) -> SQLText {
    let walk = walk.shortened
    return "SELECT EXISTS (\(ones(walk))) AS \(SQLText(dialect.identifier("exists")))"
  }

  /// `SELECT 1 …`, as often as there are rows.
  private func ones(_ walk: Traversal) -> SQLText {
    if let grouping = walk.grouping { return grouped(walk, grouping) }
    return rows(walk, outputs: nil, isOrdered: false) { _ in "1" }
  }

  /// The primary keys of the rows, in the walk's order.
  package func keys(_ walk: Traversal) -> SQLText {
    let walk = walk.shortened
    return rows(walk, outputs: nil, isOrdered: true) { _ in keyList(walk.last.source) }
  }

  /// A condition that is true for the rows of the walk, to stand after WHERE in an UPDATE or DELETE of
  /// the last noun's table; empty when that is every row.
  ///
  /// - Parameter target: what the statement calls the table; nil: its own name.
  package func filter(_ walk: Traversal, on target: String? = nil) -> SQLText {
    let walk = walk.shortened
    let last = walk.last
    let target = target ?? dialect.identifier(last.source.table)
    if !last.isLimited {
      let frame = SelectFrame([last.source.id: target], dialect: dialect, style: .subqueries)
      let writer = ExpressionWriter(dialect: dialect, frame: frame)
      let condition = condition(last, writer, alias: target, within: members(before: walk))
      if !frame.hasSubqueries { return condition ?? SQLText() }
    }
    let bare = SelectFrame([:], dialect: dialect)
    let key = last.source.key.map { bare.column($0, of: target) }
    return "\(key.tuple) IN (\(keys(walk)))"
  }

  /// A row expression for SET or VALUES.
  ///
  /// - Parameter target: what the statement calls the row's table: its own name in
  ///   `UPDATE products SET price = …`.
  package func expression(
    _ expression: ResolvedExpression, on target: String
  ) -> SQLText {
    ExpressionWriter(dialect: dialect, row: target).write(expression)
  }
}
