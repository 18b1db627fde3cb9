import RelishLanguage

/// What hangs on a noun: to-one paths, related rows, order, groups, nested rows.
extension WalkExplainer {
  /// Everything that the filter and the order of a noun look at.
  mutating func details(of step: Step, _ clauses: Clauses, depth: Int, isLast: Bool) {
    tell(Mentions(step.filter), depth: depth)
    guard !(isLast && clauses.group != nil) else { return }
    order(of: step, clauses, depth: depth, isLast: isLast)
  }

  private mutating func order(of step: Step, _ clauses: Clauses, depth: Int, isLast: Bool) {
    var keys = Mentions()
    for key in step.sort + (step.top.map { [$0.key] } ?? []) where key.output == nil {
      keys.add(key.expression)
    }
    tell(keys, depth: depth)
    let how = order(of: step, isSorted: facts.sorts(atTop: isLast))
    if let top = clauses.top?.value {
      say(depth, "top \(top.count) by \(SyntaxWriter.expression(top.key)): \(how)")
    }
    if let sort = clauses.sort?.value {
      let keys = sort.map {
        SyntaxWriter.expression($0.expression) + ($0.isDescending ? " desc" : "")
      }
      say(depth, "sorted by \(keys.joined(separator: ", ")): \(how)")
    }
    if let limit = clauses.limit?.value {
      let end = limit.offset.addingReportingOverflow(limit.count).partialValue
      let isPage = limit.offset > 0
      let rows = limit.count == 1 ? "row" : "\(limit.count) rows"
      say(depth, isPage ? "rows \(limit.offset + 1) to \(end)" : "the first \(rows)")
    }
  }

  /// Where the rows have their order from.
  private func order(of step: Step, isSorted: Bool) -> String {
    for reading in facts.readings(of: ["t\(step.source.id.rawValue)"]) {
      switch reading.index {
      case .named(let name):
        guard isSorted else { return "by index \(name)" }
        if reading.readsAll, begins(name, step) { return "by index \(name), then by sorting" }
      case .primaryKey:
        if !isSorted { return "by primary key" }
      case .temporary, nil: continue
      }
    }
    return isSorted ? "by sorting" : "as they are read"
  }

  /// Whether the index has the rows in the order of the first sort key.
  private func begins(_ index: String, _ step: Step) -> Bool {
    guard let key = step.sort.first ?? step.top?.key,
      case .column(let column) = key.expression.form,
      let table = facts.schema.table(named: step.source.table),
      let found = table.indexes.first(where: { $0.name == index })
    else { return false }
    return column.links.isEmpty && found.columns.first == column.column
  }

  /// Groups, columns and nested rows of the answer.
  mutating func answer(_ walk: Traversal, _ clauses: Clauses) {
    if let grouping = walk.grouping {
      if let group = clauses.group?.value {
        let keys = group.map { SyntaxWriter.expression($0) }
        say(1, "grouped by \(keys.joined(separator: ", "))")
      } else {
        say(1, "all rows as one group")
      }
      var mentions = Mentions()
      for key in grouping.keys { mentions.add(key) }
      for aggregate in grouping.aggregates { mentions.add(aggregate) }
      tell(mentions, depth: 2)
      let conditions = clauses.groupConditions
      if let first = conditions.first {
        let all = conditions.count == 1 ? first : .and(conditions)
        say(1, "groups where \(SyntaxWriter.condition(all))")
      }
      tell(Mentions(grouping.filter), depth: 2)
    }
    var mentions = Mentions()
    for output in walk.outputs { mentions.add(output.expression) }
    tell(mentions, depth: walk.grouping == nil ? 1 : 2)
    if clauses.group != nil { order(of: walk.last, clauses, depth: 1, isLast: true) }
    nests(walk.nests, clauses.with?.value ?? [], under: walk.last.source, depth: 1)
  }

  private mutating func nests(
    _ nests: [Nest], _ syntaxes: [NestSyntax], under parent: Source, depth: Int
  ) {
    guard let near = models[parent.id] else { return }
    for (nest, syntax) in zip(nests, syntaxes) {
      for step in nest.way { meet(step.source) }
      meet(nest.noun.source)
      guard case .association(let association)? = Resolution.meaning(of: nest.name, on: near),
        let link = nest.noun.link
      else { continue }
      let ways = nest.way.map { Way($0.source, $0.link) } + [Way(nest.noun.source, link)]
      let conditions = syntax.clauses.conditions
      var suffix = ""
      if let first = conditions.first {
        let all = conditions.count == 1 ? first : .and(conditions)
        suffix = ", where " + SyntaxWriter.condition(all)
      }
      way(
        "with " + nest.name, association, from: near, ways, suffix: suffix, depth: depth,
        wanting: nest.noun)
      details(of: nest.noun, syntax.clauses, depth: depth + 1, isLast: false)
      var mentions = Mentions()
      for output in nest.outputs { mentions.add(output.expression) }
      tell(mentions, depth: depth + 1)
      self.nests(
        nest.nests, syntax.clauses.with?.value ?? [], under: nest.noun.source, depth: depth + 1)
    }
  }

  private mutating func say(_ depth: Int, _ title: String) {
    explanation.lines.append(.init(depth: depth, aliases: [], title: title))
  }

  // MARK: Mentions

  private mutating func tell(_ mentions: Mentions, depth: Int) {
    for path in mentions.paths { tell(path, depth: depth) }
    for related in mentions.related { tell(related, depth: depth) }
  }

  /// One line per table that a to-one path joins.
  private mutating func tell(_ path: ColumnReference, depth: Int) {
    var near = models[path.source]
    var names: [String] = []
    for (index, link) in path.links.enumerated() {
      guard let far = graph.models.first(where: { $0.table == link.table }) else { return }
      let hop = near.flatMap { KeyHop(link, from: $0, to: far, in: graph) }
      names.append(hop?.name ?? Self.lower(far.name))
      near = far
      let row = ColumnReference(
        source: path.source, links: Array(path.links[...index]), column: "")
      guard told.insert(row).inserted else { continue }
      let title = names.joined(separator: ".")
      let aliases = joinAliases(of: link.table)
      let source = Source(id: path.source, model: far.name, table: far.table, key: [])
      explanation.lines.append(
        .init(
          depth: depth, aliases: aliases,
          title: "\(title): \(hop?.cardinality ?? "the \(far.name) of each group")",
          access: .init(
            key: hop?.key, table: link.table,
            how: access(aliases, source, over: link, wanting: nil))))
    }
  }

  private static func lower(_ name: String) -> String {
    name.prefix(1).lowercased() + name.dropFirst()
  }

  /// What the statement calls the only table of that name that a to-one path joins.
  func joinAliases(of table: String) -> [String] {
    let names = facts.joined.filter { $0.value.contains(table) }
    guard names.count == 1, let only = names.first, only.value.count == 1 else { return [] }
    return [only.key]
  }

  private mutating func tell(_ related: Mentions.Related, depth: Int) {
    var near = models[related.rows.origin]
    for (index, step) in related.rows.steps.enumerated() {
      meet(step.source)
      guard let far = models[step.source.id] else { continue }
      let hop = near.flatMap { KeyHop(step.link, from: $0, to: far, in: graph) }
      near = far
      let name =
        index == 0 ? "\(related.word) \(related.rows.path)" : hop?.name ?? Self.lower(far.name)
      line(
        depth + min(index, 1), [step.source], "\(name): \(hop?.cardinality ?? far.name)",
        key: hop?.key, over: step.link)
    }
    tell(related.inner, depth: depth + 1)
  }
}
