import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `what if Product belongsTo User onDelete restrict`: neither model nor database changes.
extension Interpreter {
  func whatIf(
    _ association: AssociationSyntax, in source: SourceText, at range: SourceRange
  ) throws(Failure) {
    try refresh(at: range)
    try validate()
    // In a sentence of its own an unknown name would make a model; no row could be asked of that.
    for name in [association.subject, association.target] { _ = try model(name) }
    let relation: Relation
    let graph: ModelGraph
    do {
      (graph, relation) = try session.builder.supposing(association, in: source)
    } catch {
      throw Failure(error)
    }
    do {
      try tell(relation, in: graph)
    } catch {
      throw Failure(error, at: range)
    }
  }

  private func tell(_ relation: Relation, in graph: ModelGraph) throws(DriverError) {
    let sink = session.streams.rows()
    let now = try session.driver.references()
    guard let supposed = SupposedKey(relation, in: graph, now) else {
      let line = "the database has no \(relation.holder) that could point to a \(relation.target)"
      return session.formatIsForPrograms
        ? session.show(SuppositionTable.columns, [])
        : sink.write(line + "\n")
    }
    var answers: [SuppositionAnswer] = []
    let then = supposed.applied(to: now)
    if !supposed.isAsNow(now) {
      let supposition = try Supposition(
        now: now, then: then, key: supposed.key, driver: session.driver
      ) { table throws(DriverError) in
        answers.append(try answer(table, now, then, graph))
      }
      _ = supposition
    }
    if session.formatIsForPrograms {
      session.show(SuppositionTable.columns, answers.flatMap { SuppositionTable.rows(of: $0) })
      return
    }
    sink.write(supposed.heading(relation, now) + "\n")
    for answer in answers { sink.write(answer.text) }
    if !answers.contains(where: { !$0.groups.isEmpty }) {
      sink.write("no deletion would end otherwise\n")
    }
    let missing = try supposed.missing(session.driver, now)
    if missing > 0 {
      sink.write(
        "\(Wording.count(missing, relation.holder)) \(missing == 1 ? "has" : "have") no "
          + "\(relation.name), which `required` would not allow\n")
    }
  }

  /// A table's rows in groups, with the labels of the first of each.
  private func answer(
    _ table: Supposition.Table, _ now: References, _ then: References, _ graph: ModelGraph
  ) throws(DriverError) -> SuppositionAnswer {
    var answer = SuppositionAnswer(table, now, then, in: graph)
    for place in answer.groups.indices {
      answer.groups[place].labels = try labels(
        of: answer.groups[place].rows.prefix(3).map(\.place), table, now, graph)
    }
    return answer
  }

  /// What people call these rows: their label, else their key.
  private func labels(
    of places: [Int], _ table: Supposition.Table, _ now: References, _ graph: ModelGraph
  ) throws(DriverError) -> [String] {
    let facts = now.tables[table.table]
    let dialect = session.driver.dialect
    let model = graph.models.first { $0.name == graph.name(ofTable: facts.name) }
    let label = model?.label.flatMap { model?.attribute(named: $0)?.column }
    func columns(_ names: [String]) -> SQLText {
      names.map { SQLText(dialect.identifier($0)) }.joined(separator: ", ")
    }
    let own = facts.primaryKey.isEmpty ? facts.rowColumns : facts.primaryKey
    let shown = (label.map { [$0] } ?? []) + own
    let order = columns(facts.rowColumns)
    let keys = facts.rowColumns.indices.map { SQLText("k\($0)") }.joined(separator: ", ")
    let wanted = places.map { SQLText(String($0)) }.joined(separator: ", ")
    var found: [String] = []
    let sql: SQLText = """
      SELECT \(columns(shown)) FROM main.\(SQLText(dialect.identifier(facts.name))) \
      WHERE (\(order)) IN (SELECT \(keys) FROM (SELECT \(keys), row_number() OVER (ORDER BY \(keys)) n \
      FROM \(Concerned.rows(table.table))) WHERE n IN (\(wanted))) ORDER BY \(order)
      """
    try session.driver.query(sql) { row throws(DriverError) in
      let values = (0..<row.count).map { row.value($0) }
      if label != nil, values.first != .null, let first = values.first {
        found.append(Wording.value(first))
      } else {
        let key = label == nil ? values[...] : values.dropFirst()
        found.append(key.map(Wording.value).joined(separator: " "))
      }
      return true
    }
    return found
  }
}

/// A key of the database as a sentence would have it.
struct SupposedKey {
  let key: References.Key
  private let isConstrained: Bool
  private let isRequired: Bool
  /// Its place among the keys that are there.
  private let place: Int?

  /// Nil when the database has no such table or column: then no row can point to another.
  init?(_ relation: Relation, in graph: ModelGraph, _ now: References) {
    guard let holder = graph.model(named: relation.holder),
      let target = graph.model(named: relation.target),
      let holding = now.table(named: holder.table), let pointedTo = now.table(named: target.table)
    else { return nil }
    let columns = relation.attributes.compactMap { name in
      now.tables[holding].column(named: holder.attribute(named: name)?.column ?? name)?.name
    }
    let others = relation.targetAttributes.compactMap { name in
      now.tables[pointedTo].column(named: target.attribute(named: name)?.column ?? name)?.name
    }
    guard columns.count == relation.attributes.count, others.count == columns.count,
      !columns.isEmpty
    else { return nil }
    let place = now.keys.firstIndex {
      $0.holder == holding && $0.target == pointedTo
        && $0.columns.asciiLowercased == columns.asciiLowercased
    }
    self.place = place
    isConstrained = relation.isConstrained
    isRequired = relation.isRequired
    key = References.Key(
      holder: holding, columns: place.map { now.keys[$0].columns } ?? columns, target: pointedTo,
      targetColumns: others, onDelete: relation.onDelete, onUpdate: relation.onUpdate,
      isDeferred: place.map { now.keys[$0].isDeferred } ?? false)
  }

  /// The keys as they would be.
  func applied(to now: References) -> References {
    var then = now
    if let place {
      if isConstrained { then.keys[place] = key } else { then.keys.remove(at: place) }
    } else if isConstrained {
      let last = then.keys.lastIndex { $0.holder == key.holder }
      then.keys.insert(key, at: last.map { $0 + 1 } ?? then.keys.count)
    }
    let names = Set(key.columns.asciiLowercased)
    let table = now.tables[key.holder]
    let isKey = Set(table.primaryKey.asciiLowercased)
    for column in table.columns.indices {
      let name = table.columns[column].name.asciiLowercased
      guard names.contains(name), !isKey.contains(name) else { continue }
      then.tables[key.holder].columns[column].isNotNull = isRequired
    }
    return then
  }

  /// Whether the database has it so already.
  func isAsNow(_ now: References) -> Bool {
    guard let place else { return !isConstrained }
    let old = now.keys[place]
    let columns = key.columns.compactMap { now.tables[key.holder].column(named: $0) }
    return isConstrained && old.onDelete == key.onDelete && old.onUpdate == key.onUpdate
      && old.targetColumns == key.targetColumns && columns.allSatisfy { $0.isNotNull == isRequired }
  }

  /// `Product user: on delete restrict (now on delete cascade)`
  func heading(_ relation: Relation, _ now: References) -> String {
    let old = place.map { "on delete \(now.keys[$0].onDelete.rawValue)" } ?? "no foreign key"
    let new = isConstrained ? "on delete \(key.onDelete.rawValue)" : "no foreign key"
    let change = old == new ? "\(new), as now" : "\(new) (now \(old))"
    return "\(relation.holder) \(relation.name): \(change)"
  }

  /// How many rows have no value where the sentence wants one.
  func missing(_ driver: any Driver, _ now: References) throws(DriverError) -> Int {
    guard isRequired else { return 0 }
    let name = SQLText(driver.dialect.identifier(now.tables[key.holder].name))
    let isNull = key.columns.map { "\(SQLText(driver.dialect.identifier($0))) IS NULL" as SQLText }
      .joined(separator: " OR ")
    return try driver.number("SELECT count(*) FROM main.\(name) WHERE \(isNull)")
  }
}
