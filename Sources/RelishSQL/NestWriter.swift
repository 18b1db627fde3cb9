import RelishLanguage
import RelishModel

/// Writes one SELECT of a nested answer.
struct NestWriter {
  private let selects: SelectWriter
  private let walk: Traversal
  private let variant: NestVariant
  private let frame: SelectFrame
  private let writer: ExpressionWriter

  init(_ selects: SelectWriter, _ walk: Traversal, _ variant: NestVariant) {
    self.selects = selects
    self.walk = walk
    self.variant = variant
    frame = SelectFrame(
      reading: [walk.last.source] + variant.joins.flatMap { $0.nest.sources },
      dialect: selects.dialect)
    writer = ExpressionWriter(dialect: selects.dialect, frame: frame)
  }

  /// - Parameter places: where given, the sort keys are columns `o0`, `o1` … and nothing is sorted.
  func select(_ layout: NestLayout, orderedBy places: [NestOrder]? = nil) -> SQLText {
    var list = zip(layout.columns, layout.owners).map { column, owner -> SQLText in
      let name = SQLText(selects.dialect.identifier(column.name))
      guard isJoined(owner) else { return "NULL AS \(name)" }
      guard let present = present(owner, for: column.expression) else {
        return selects.output(column, writer)
      }
      return "CASE WHEN \(present) THEN \(writer.write(column.expression)) END AS \(name)"
    }
    for key in layout.keys { list.append(isJoined(key.source) ? frame.column(key) : "NULL") }
    for (index, place) in (places ?? []).enumerated() {
      list.append("\(order(place.key)) AS \(SQLText("o" + String(index)))")
    }
    // Before FROM, as sort keys too ask for joins.
    let order = places == nil ? order() : nil
    let conditions = conditions()
    var text: SQLText = "SELECT \(list.joined(separator: ", ")) FROM \(tables())"
    if !conditions.isEmpty {
      text.append(" WHERE \(conditions.joined(separator: " AND "))" as SQLText)
    }
    if let order { text.append(" ORDER BY \(order)" as SQLText) }
    return text
  }

  private func isJoined(_ source: Source.ID) -> Bool {
    source == walk.last.source.id || variant.joins.contains { $0.nest.noun.source.id == source }
  }

  /// The condition that a nested row is there, for a value that would not be null without it; nil where
  /// none is needed.
  private func present(_ source: Source.ID, for expression: ResolvedExpression) -> SQLText? {
    guard let join = variant.joins.first(where: { $0.nest.noun.source.id == source }),
      join.isOptional, let key = join.nest.keyColumns.first
    else { return nil }
    let sources = Set(join.nest.sources.map(\.id))
    guard !expression.strictColumns.contains(where: { sources.contains($0.source) }) else {
      return nil
    }
    return "\(frame.column(key, of: SelectFrame.alias(source))) IS NOT NULL"
  }

  // MARK: WHERE

  private func conditions() -> [SQLText] {
    var conditions: [SQLText] = []
    let last = walk.last
    if last.isLimited {
      let key = selects.columnTexts(last.source.key, of: last.source)
      conditions.append("\(key.tuple) IN (\(selects.keys(walk)))")
    } else if let condition = selects.condition(
      last, writer, alias: SelectFrame.alias(last.source.id),
      within: selects.members(before: walk))
    {
      conditions.append(
        variant.missing.isEmpty || last.filter == nil ? condition : "(\(condition))")
    }
    for (nest, parent) in variant.missing {
      if nest.noun.mayTakeNone {
        conditions.append(untaken(nest, parent))
      } else {
        conditions.append("NOT EXISTS (\(writer.select("1", from: nest.rows(under: parent))))")
      }
    }
    return conditions
  }

  /// That the nest takes no row under the parent, though there may be some.
  private func untaken(_ nest: Nest, _ parent: Source) -> SQLText {
    let choice = NestChoice(
      selects, walk, NestVariant.Join(nest: nest, parent: parent, isOptional: false, branch: 0))
    let near = SelectFrame.alias(parent.id)
    let conditions =
      choice.parentKey.enumerated().map { index, column in
        "taken.\(SQLText("p\(index)")) = \(frame.column(column, of: near))" as SQLText
      } + choice.taken("taken.n")
    let condition = conditions.joined(separator: " AND ")
    return "NOT EXISTS (SELECT 1 FROM (\(choice.select())) AS taken WHERE \(condition))"
  }

  // MARK: FROM

  private func tables() -> SQLText {
    let source = walk.last.source
    var text = frame.table(source.table, as: SelectFrame.alias(source.id))
    text.append(frame.joins(from: source.id))
    for join in variant.joins {
      text.append(joined(join))
      text.append(frame.joins(from: join.nest.noun.source.id))
    }
    return text
  }

  private func joined(_ join: NestVariant.Join) -> SQLText {
    let nest = join.nest
    let word: SQLText = join.isOptional ? " LEFT JOIN " : " JOIN "
    if nest.isChosen { return chosen(join, word) }
    var text = SQLText()
    var near = SelectFrame.alias(join.parent.id)
    if let junction = nest.way.first {
      let alias = SelectFrame.alias(junction.source.id)
      var on = frame.equality(junction.link, from: near, to: alias)
      if join.isOptional, nest.noun.filter != nil {
        let rows = nest.rows(under: junction.source, from: 1)
        on.append(" AND EXISTS (\(writer.select("1", from: rows)))" as SQLText)
      }
      text.append("\(word)\(frame.table(junction.link.table, as: alias)) ON \(on)" as SQLText)
      near = alias
    }
    guard let link = nest.noun.link else { return text }
    let alias = SelectFrame.alias(nest.noun.source.id)
    var on = frame.equality(link, from: near, to: alias)
    if let filter = nest.noun.filter, nest.way.isEmpty || !join.isOptional {
      on.append(" AND \(inner(nest.sources).factor(filter))" as SQLText)
    }
    text.append("\(word)\(frame.table(link.table, as: alias)) ON \(on)" as SQLText)
    return text
  }

  /// A writer for a condition of ON, where to-one paths cannot become joins.
  private func inner(_ sources: [Source]) -> ExpressionWriter {
    let frame = SelectFrame(
      reading: sources, dialect: selects.dialect, style: .subqueries, parent: frame)
    return ExpressionWriter(dialect: selects.dialect, frame: frame)
  }

  /// Joins the keys of the rows that are taken, and the tables by them.
  private func chosen(_ join: NestVariant.Join, _ word: SQLText) -> SQLText {
    let nest = join.nest
    let alias = nest.choiceAlias
    let choice = NestChoice(selects, walk, join)
    var on = choice.parentKey.enumerated().map { index, column -> SQLText in
      let near = frame.column(column, of: SelectFrame.alias(join.parent.id))
      return "\(frame.column("p\(index)", of: alias)) = \(near)"
    }
    on += choice.taken(frame.column("n", of: alias))
    var text: SQLText =
      "\(word)(\(choice.select())) AS \(SQLText(alias)) ON \(on.joined(separator: " AND "))"
    for (source, prefix) in choice.tables {
      let equal = source.key.enumerated().map { index, column -> SQLText in
        let chosen = frame.column("\(prefix)\(index)", of: alias)
        return "\(frame.column(column, of: SelectFrame.alias(source.id))) = \(chosen)"
      }
      let table = frame.table(source.table, as: SelectFrame.alias(source.id))
      text.append("\(word)\(table) ON \(equal.joined(separator: " AND "))" as SQLText)
    }
    return text
  }

  // MARK: ORDER BY

  private func order() -> SQLText {
    var keys = selects.nestedRootOrder(walk, writer)
    for join in variant.joins where join.nest.holdsMany {
      keys += join.nest.order.indices.map { index in
        selects.dialect.sortKey(
          order(of: join.nest, index), isDescending: join.nest.order[index].isDescending)
      }
    }
    return keys.joined(separator: ", ")
  }

  private func order(_ key: NestOrder.Key) -> SQLText {
    switch key {
    case .branch(let source):
      let join = variant.joins.first { $0.parent.id == source && $0.nest.holdsMany }
      return join.map { "\($0.branch)" } ?? "NULL"
    case .noun(let source, let index):
      if source == walk.last.source.id {
        let keys = walk.last.sortedKeys
        if index < keys.count { return writer.write(keys[index].expression) }
        return frame.column(
          walk.last.source.key[index - keys.count], of: SelectFrame.alias(source))
      }
      guard let join = variant.joins.first(where: { $0.nest.noun.source.id == source }) else {
        return "NULL"
      }
      return order(of: join.nest, index)
    }
  }

  /// The n-th sort key of a nest. A junction's key to the nested row stands for that row's own, as an
  /// index of the junction has it in order.
  private func order(of nest: Nest, _ index: Int) -> SQLText {
    if nest.isNumbered { return frame.column("n", of: nest.choiceAlias) }
    let keys = nest.noun.sortedKeys
    if index < keys.count { return writer.write(keys[index].expression) }
    let column = nest.noun.source.key[index - keys.count]
    if nest.isJunction, !nest.isChosen, let junction = nest.way.last,
      let pair = nest.noun.link?.pairs.first(where: { $0.far == column })
    {
      return frame.column(pair.near, of: SelectFrame.alias(junction.source.id))
    }
    return frame.column(column, of: SelectFrame.alias(nest.noun.source.id))
  }
}

extension SelectWriter {
  /// The sort keys of the rows above all nests, and their primary key.
  fileprivate func nestedRootOrder(_ walk: Traversal, _ writer: ExpressionWriter) -> [SQLText] {
    var step = walk.last
    step.sort = step.sortedKeys
    step.top = nil
    return orderKeys(step, outputs: walk.outputs, writer)
  }
}

extension Nest {
  /// The tables that it reads.
  var sources: [Source] { way.map(\.source) + [noun.source] }

  /// What the SELECT that chooses its rows is called.
  var choiceAlias: String { "r\(noun.source.id.rawValue)" }

  /// Its rows as a condition looks at them.
  ///
  /// - Parameter start: how many tables of the way are left out, `source` being the last of them.
  func rows(under source: Source, from start: Int = 0) -> RelatedRows {
    var steps = way.dropFirst(start).map { $0 }
    if let link = noun.link { steps.append(RelatedRows.Step(source: noun.source, link: link)) }
    return RelatedRows(path: name, origin: source.id, steps: steps, filter: noun.filter)
  }
}
