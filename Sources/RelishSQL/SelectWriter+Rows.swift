import RelishLanguage
import RelishModel

/// The rows of a noun and how they are reached.
extension SelectWriter {
  func frame(of step: Step) -> SelectFrame {
    SelectFrame(reading: [step.source], dialect: dialect)
  }

  /// `t0.name`, `t0.price * 2 AS double`
  func output(_ column: OutputColumn, _ writer: ExpressionWriter, as name: String? = nil) -> SQLText
  {
    let text = writer.write(column.expression)
    let name = name ?? column.name
    if case .column(let reference) = column.expression.form, reference.column == name {
      return text
    }
    return "\(text) AS \(SQLText(dialect.identifier(name)))"
  }

  func keyList(_ source: Source) -> SQLText { columns(source.key, of: source) }

  func columns(_ names: [String], of source: Source) -> SQLText {
    columnTexts(names, of: source).joined(separator: ", ")
  }

  func columnTexts(_ names: [String], of source: Source) -> [SQLText] {
    let bare = SelectFrame([:], dialect: dialect)
    let alias = SelectFrame.alias(source.id)
    return names.map { bare.column($0, of: alias) }
  }

  /// A SELECT of the rows of the last noun.
  ///
  /// - Parameters:
  ///   - outputs: the columns of the SELECT by whose names it may be sorted; nil where it has others.
  ///   - isOrdered: the order of the rows is seen, so `sort` counts also where no limit takes some.
  ///   - list: what stands behind SELECT.
  func rows(
    _ walk: Traversal, outputs: [OutputColumn]?, isOrdered: Bool,
    _ list: (ExpressionWriter) -> SQLText
  ) -> SQLText {
    rows(
      of: walk.last, within: members(before: walk), outputs: outputs, isOrdered: isOrdered, list)
  }

  private func rows(
    of step: Step, within members: SQLText?, outputs: [OutputColumn]?, isOrdered: Bool,
    _ list: (ExpressionWriter) -> SQLText
  ) -> SQLText {
    let writer = ExpressionWriter(dialect: dialect, frame: frame(of: step))
    let alias = SelectFrame.alias(step.source.id)
    let list = list(writer)
    let condition: SQLText?
    if step.takesTwice {
      condition =
        "\(columnTexts(step.source.key, of: step.source).tuple) IN (\(chosen(step, members)))"
    } else {
      condition = self.condition(step, writer, alias: alias, within: members)
    }
    var order: SQLText?
    if (isOrdered && step.isSorted) || step.isLimited {
      order = self.order(step, outputs: outputs, writer)
    }
    var text: SQLText = "SELECT \(list) FROM \(writer.frame.table(step.source.table, as: alias))"
    text.append(writer.frame.joins)
    if let condition { text.append(" WHERE \(condition)" as SQLText) }
    if let order { text.append(" ORDER BY \(order)" as SQLText) }
    text.append(limit: step.taken.limit)
    return text
  }

  /// The keys of the rows that `top` takes, where a `sort` or `limit` then looks at these only.
  private func chosen(_ step: Step, _ members: SQLText?) -> SQLText {
    var first = step
    first.sort = []
    first.limit = nil
    return rows(of: first, within: members, outputs: nil, isOrdered: true) { _ in
      keyList(step.source)
    }
  }

  /// What a row must meet: to be reached from the step before, and its own filter.
  func condition(
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
  ///
  /// Groups and nests have SELECTs of their own around the rows, and so fewer inside.
  private static func nestedSteps(_ walk: Traversal) -> Int {
    walk.grouping != nil || !walk.nests.isEmpty ? 2 : 4
  }

  /// The SELECT of the key values by which the last step is reached; nil when the head is the last.
  func members(before walk: Traversal) -> SQLText? {
    var members: SQLText?
    var named: [SQLText] = []
    let nestedSteps = Self.nestedSteps(walk)
    var depth = 0
    for (index, (step, next)) in zip(walk.steps, walk.steps.dropFirst()).enumerated() {
      guard let link = next.link else { continue }
      let near = link.pairs.map(\.near)
      var text = rows(of: step, within: members, outputs: nil, isOrdered: false) { _ in
        columns(near, of: step.source)
      }
      let isLast = index == walk.steps.count - 2
      let climbs = !next.climb.isEmpty
      depth += step.takesTwice ? 2 : 1
      if climbs || (depth >= nestedSteps && !isLast) {
        depth = 0
        let name = SQLText("w" + String(named.count))
        let list = link.pairs.indices.map { SQLText("c" + String($0)) }.joined(separator: ", ")
        if climbs { text.append(" UNION \(again(next, from: name))" as SQLText) }
        named.append("\(name) (\(list)) AS (\(text))")
        members = "SELECT \(list) FROM \(name)"
      } else {
        members = text
      }
    }
    guard let members, !named.isEmpty else { return members }
    let word: SQLText = walk.steps.contains { !$0.climb.isEmpty } ? "WITH RECURSIVE" : "WITH"
    return "\(word) \(named.joined(separator: ", ")) \(members)"
  }

  /// The recursive part of a `tree`: the keys one round further from those in `name`. UNION leaves out
  /// what was found before, so that a circle ends.
  private func again(_ step: Step, from name: SQLText) -> SQLText {
    let frame = SelectFrame([:], dialect: dialect)
    let start = SelectFrame.alias(step.source.id)
    let known = step.source.key.enumerated().map { index, column in
      "\(frame.column(column, of: start)) = \(name).c\(index)" as SQLText
    }
    let table = frame.table(step.source.table, as: start)
    let end = step.climb.last?.source ?? step.source
    return """
      SELECT \(columns(step.source.key, of: end)) FROM \(name) \
      JOIN \(table) ON \(known.joined(separator: " AND "))\(frame.chain(step.climb, from: start))
      """
  }

  /// The sort keys and then the primary key, so that pages are stable (§7 Precision); nil when nothing
  /// asks for an order.
  ///
  /// - Parameter outputs: the columns of this SELECT, nil where it has others.
  func order(
    _ step: Step, outputs: [OutputColumn]?, _ writer: ExpressionWriter
  ) -> SQLText? {
    let keys = orderKeys(step, outputs: outputs, writer)
    return keys.isEmpty ? nil : keys.joined(separator: ", ")
  }

  func orderKeys(
    _ step: Step, outputs: [OutputColumn]?, _ writer: ExpressionWriter
  ) -> [SQLText] {
    var keys: [SQLText] = []
    var written: Set<String> = []
    // A constant orders nothing, and `ORDER BY 1` would mean the first column.
    for key in step.taken.keys where !key.expression.isConstant {
      keys.append(sortKey(key, outputs: outputs, writer))
      if case .column(let column) = key.expression.form, column.links.isEmpty,
        column.source == step.source.id
      {
        written.insert(column.column)
      }
    }
    return keys + columnTexts(step.source.key.filter { !written.contains($0) }, of: step.source)
  }

  func sortKey(
    _ key: ResolvedSortKey, outputs: [OutputColumn]?, _ writer: ExpressionWriter
  ) -> SQLText {
    guard let outputs, let index = key.output, outputs.indices.contains(index) else {
      return dialect.sortKey(writer.write(key.expression), isDescending: key.isDescending)
    }
    let name = SQLText(dialect.identifier(outputs[index].name))
    return dialect.sortKey(name, isDescending: key.isDescending)
  }
}

extension Step {
  /// Whether it may take no row although there are some.
  var mayTakeNone: Bool { top?.count == 0 || limit.map { $0.count == 0 || $0.offset > 0 } == true }

  /// `top` takes some rows and `sort` or `limit` looks at these only.
  var takesTwice: Bool { top != nil && (!sort.isEmpty || limit != nil) }

  /// The order in which rows are taken, and how many, once `top` beside others is out of the way.
  var taken: (keys: [ResolvedSortKey], limit: Clauses.Limit?) {
    guard let top else { return (sort, limit) }
    if takesTwice { return (sort.isEmpty ? [top.key] : sort, limit) }
    return ([top.key], Clauses.Limit(count: top.count, offset: 0))
  }
}

extension SQLText {
  /// ` LIMIT … OFFSET …`, or nothing.
  mutating func append(limit: Clauses.Limit?) {
    guard let limit else { return }
    append(" LIMIT \(limit.count)" as SQLText)
    if limit.offset > 0 { append(" OFFSET \(limit.offset)" as SQLText) }
  }
}
