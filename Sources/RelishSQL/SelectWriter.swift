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

  /// The answer of the walk: its outputs, one row per row of the last noun.
  package func select(_ walk: Traversal) -> SQLText {
    let walk = walk.shortened
    let writer = ExpressionWriter(dialect: dialect, frame: frame(of: walk.last))
    let outputs = walk.outputs.map { output($0, writer) }.joined(separator: ", ")
    let order = order(walk.last, outputs: walk.outputs, writer)
    return "SELECT \(outputs)\(rows(walk, writer, order: order))"
  }

  /// One row with one column `count`: how many rows the walk answers.
  package func count(_ walk: Traversal) -> SQLText {
    let name = SQLText(dialect.identifier("count"))
    let walk = walk.shortened
    guard walk.last.limit != nil else {
      return "SELECT COUNT(*) AS \(name)\(unordered(walk))"
    }
    return "SELECT COUNT(*) AS \(name) FROM (SELECT 1\(unordered(walk))) AS counted"
  }

  /// One row with one column `exists`: whether the walk answers any row.
  package func exists(_ walk: Traversal) -> SQLText {
    "SELECT EXISTS (SELECT 1\(unordered(walk.shortened))) AS \(SQLText(dialect.identifier("exists")))"
  }

  /// The primary keys of the rows, in the walk's order.
  package func keys(_ walk: Traversal) -> SQLText {
    let walk = walk.shortened
    let writer = ExpressionWriter(dialect: dialect, frame: frame(of: walk.last))
    let order = order(walk.last, outputs: nil, writer)
    return "SELECT \(keyList(walk.last.source))\(rows(walk, writer, order: order))"
  }

  /// A condition that is true for the rows of the walk, to stand after WHERE in an UPDATE or DELETE of
  /// the last noun's table; empty when that is every row.
  ///
  /// - Parameter target: what the statement calls the table; nil: its own name.
  package func filter(_ walk: Traversal, on target: String? = nil) -> SQLText {
    let walk = walk.shortened
    let last = walk.last
    let target = target ?? dialect.identifier(last.source.table)
    if last.limit == nil {
      let frame = SelectFrame([last.source.id: target], dialect: dialect, style: .subqueries)
      let writer = ExpressionWriter(dialect: dialect, frame: frame)
      let condition = condition(walk, writer, alias: target)
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

  private func frame(of step: Step) -> SelectFrame {
    SelectFrame([step.source.id: SelectFrame.alias(step.source.id)], dialect: dialect)
  }

  private func output(_ column: OutputColumn, _ writer: ExpressionWriter) -> SQLText {
    let text = writer.write(column.expression)
    if case .column(let reference) = column.expression.form, reference.column == column.name {
      return text
    }
    return "\(text) AS \(SQLText(dialect.identifier(column.name)))"
  }

  private func keyList(_ source: Source) -> SQLText {
    columns(source.key, of: source)
  }

  private func columns(_ names: [String], of source: Source) -> SQLText {
    let bare = SelectFrame([:], dialect: dialect)
    let alias = SelectFrame.alias(source.id)
    return names.map { bare.column($0, of: alias) }.joined(separator: ", ")
  }
}

extension SelectWriter {
  /// ` FROM … WHERE …` of the last noun without an order that nobody would see.
  private func unordered(_ walk: Traversal) -> SQLText {
    let writer = ExpressionWriter(dialect: dialect, frame: frame(of: walk.last))
    let order = walk.last.limit == nil ? nil : order(walk.last, outputs: nil, writer)
    return rows(walk, writer, order: order)
  }

  /// ` FROM … WHERE … ORDER BY … LIMIT …` of the last noun.
  private func rows(_ walk: Traversal, _ writer: ExpressionWriter, order: SQLText?) -> SQLText {
    let condition = condition(walk, writer, alias: SelectFrame.alias(walk.last.source.id))
    return body(walk.last, writer, condition: condition, order: order)
  }

  private func body(
    _ step: Step, _ writer: ExpressionWriter, condition: SQLText?, order: SQLText?
  ) -> SQLText {
    let table = writer.frame.table(step.source.table, as: SelectFrame.alias(step.source.id))
    var text: SQLText = " FROM \(table)\(writer.frame.joins)"
    if let condition { text.append(" WHERE \(condition)" as SQLText) }
    if let order { text.append(" ORDER BY \(order)" as SQLText) }
    if let limit = step.limit {
      text.append(" LIMIT \(limit.count)" as SQLText)
      if limit.offset > 0 { text.append(" OFFSET \(limit.offset)" as SQLText) }
    }
    return text
  }

  /// What a row of the last noun must meet: to be reached from the step before, and its own filter.
  private func condition(
    _ walk: Traversal, _ writer: ExpressionWriter, alias: String
  ) -> SQLText? {
    condition(walk.last, writer, alias: alias, within: members(before: walk))
  }

  private func condition(
    _ step: Step, _ writer: ExpressionWriter, alias: String, within members: SQLText?
  ) -> SQLText? {
    var parts: [SQLText] = []
    if let link = step.link, let members {
      let key = link.pairs.map { writer.frame.column($0.far, of: alias) }
      parts.append("\(key.tuple) IN (\(members))")
    }
    if let filter = step.filter {
      writer.frame.require(filter.requiredColumns)
      parts.append(parts.isEmpty ? writer.write(filter) : writer.factor(filter))
    }
    return parts.isEmpty ? nil : parts.joined(separator: " AND ")
  }

  /// SQLite's parser holds a hundred open symbols, about eight per SELECT in brackets; longer walks are
  /// cut into named queries (parse.y, YYSTACKDEPTH).
  private static let nestedSteps = 4

  /// The SELECT of the key values by which the last step is reached; nil when the head is the last.
  private func members(before walk: Traversal) -> SQLText? {
    var members: SQLText?
    var named: [SQLText] = []
    for (index, (step, next)) in zip(walk.steps, walk.steps.dropFirst()).enumerated() {
      guard let link = next.link else { continue }
      let writer = ExpressionWriter(dialect: dialect, frame: frame(of: step))
      let alias = SelectFrame.alias(step.source.id)
      let condition = condition(step, writer, alias: alias, within: members)
      let order = step.limit == nil ? nil : order(step, outputs: nil, writer)
      let body = body(step, writer, condition: condition, order: order)
      let text: SQLText = "SELECT \(columns(link.pairs.map(\.near), of: step.source))\(body)"
      let isLast = index == walk.steps.count - 2
      if (index + 1).isMultiple(of: Self.nestedSteps), !isLast {
        let name = SQLText("w" + String(named.count))
        let list = link.pairs.indices.map { SQLText("c" + String($0)) }.joined(separator: ", ")
        named.append("\(name) (\(list)) AS (\(text))")
        members = "SELECT \(list) FROM \(name)"
      } else {
        members = text
      }
    }
    guard let members, !named.isEmpty else { return members }
    return "WITH \(named.joined(separator: ", ")) \(members)"
  }

  /// The sort keys and then the primary key, so that pages are stable (§7 Precision); nil when nothing
  /// asks for an order.
  ///
  /// - Parameter outputs: the columns of this SELECT, nil where it has others.
  private func order(
    _ step: Step, outputs: [OutputColumn]?, _ writer: ExpressionWriter
  ) -> SQLText? {
    guard !step.sort.isEmpty || step.limit != nil else { return nil }
    var keys: [SQLText] = []
    var written: Set<String> = []
    // A constant orders nothing, and `ORDER BY 1` would mean the first column.
    for key in step.sort where key.expression.constant == nil {
      if let outputs, let index = key.output, outputs.indices.contains(index) {
        let name = SQLText(dialect.identifier(outputs[index].name))
        keys.append(dialect.sortKey(name, isDescending: key.isDescending))
      } else {
        let text = writer.write(key.expression)
        keys.append(dialect.sortKey(text, isDescending: key.isDescending))
      }
      if case .column(let column) = key.expression.form, column.links.isEmpty {
        written.insert(column.column)
      }
    }
    let rest = step.source.key.filter { !written.contains($0) }
    if !rest.isEmpty { keys.append(columns(rest, of: step.source)) }
    return keys.joined(separator: ", ")
  }
}
