import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// The rows that a `create` made, in the order of their models' first mention.
struct CreatedRows {
  private(set) var models: [(model: Model, keys: [[Value]])] = []

  mutating func add(_ model: Model, key: [Value]) {
    if let position = models.firstIndex(where: { $0.model.name == model.name }) {
      models[position].keys.append(key)
    } else {
      models.append((model, [key]))
    }
  }
}

extension RowWriter {
  /// `create User name = "Max"`, `create User "Max" products (title = "Book"), (title = "Pen")`.
  ///
  /// The caller makes it atomic. Answers every row made, children included.
  func create(_ syntax: CreateSyntax) throws(Failure) -> CreatedRows {
    var created = CreatedRows()
    guard let relationName = syntax.relation else {
      let model = try model(syntax.target.model)
      for row in syntax.rows { _ = try insert(row, into: model, &created) }
      return created
    }
    let owner = try lastModel(of: syntax.target)
    let association = try association(relationName, of: owner)
    let key = try findOne(syntax.target, owner.primaryKey)
    for row in syntax.rows { try make(row, under: owner, key, by: association, &created) }
    return created
  }

  func association(_ name: Name, of model: Model) throws(Failure) -> Association {
    guard let association = model.association(named: name.text) else {
      throw Failure(graph.unknownRelation(name, on: model))
    }
    if case .walk = association.route {
      throw Failure(
        .wrongType, "`\(association.name)` is a named walk: rows cannot be made or connected by it",
        at: name.range)
    }
    return association
  }

  /// Inserts one row and what hangs on it; answers its primary key.
  private func insert(
    _ row: RowSyntax, into model: Model, given: [String: Value] = [:], _ created: inout CreatedRows
  ) throws(Failure) -> [Value] {
    let plan = try plan(row, for: model, given: given)
    let key = try insert(plan)
    created.add(model, key: key)
    for children in plan.children {
      for item in children.items {
        try connect(item, to: model, key, by: children.association, &created)
      }
    }
    return key
  }

  /// Runs one INSERT; answers the new row's primary key.
  func insert(_ plan: RowPlan) throws(Failure) -> [Value] {
    var sql: SQLText = "INSERT INTO \(identifier(plan.model.table))"
    if plan.cells.isEmpty {
      sql.append(" DEFAULT VALUES")
    } else {
      let columns = plan.cells.map { identifier($0.attribute.column) }.joined(separator: ", ")
      let values = plan.cells.map { "\(bind: $0.value)" as SQLText }.joined(separator: ", ")
      sql.append(" (\(columns)) VALUES (\(values))")
    }
    let result: ExecutionResult
    do {
      result = try session.driver.execute(sql)
    } catch {
      throw explain(error, of: plan)
    }
    return plan.model.primaryKey.map { name in
      plan.value(of: name).flatMap { $0 == .null ? nil : $0 } ?? .integer(result.lastInsertID)
    }
  }

  /// Makes a row on the far side of `association`, seen from the row `key` of `owner`.
  func make(
    _ row: RowSyntax, under owner: Model, _ key: [Value], by association: Association,
    _ created: inout CreatedRows
  ) throws(Failure) {
    let target = try model(named: association.target)
    switch association.route {
    case .inverse(let id):
      let relation = try relation(id)
      let values = try values(of: relation.targetAttributes, ofRow: key, in: owner)
      let given = Dictionary(
        zip(relation.attributes, values), uniquingKeysWith: { first, _ in first })
      _ = try insert(row, into: target, given: given, &created)
    case .forward(let id):
      let relation = try relation(id)
      let made = try insert(row, into: target, &created)
      let values = try values(of: relation.targetAttributes, ofRow: made, in: target)
      try setKey(relation, to: values, ofRow: key, in: owner)
    case .junction(let near, let far):
      let (near, far) = (try relation(near), try relation(far))
      let junction = try model(named: near.holder)
      let (own, extra) = split(row, target: target, junction: junction)
      let made = try insert(own, into: target, &created)
      let pair = try Pair(
        near: values(of: near.targetAttributes, ofRow: key, in: owner),
        far: values(of: far.targetAttributes, ofRow: made, in: target))
      try insertJunction(junction, near, far, pair, extra)
    case .walk:
      break
    }
  }

  /// Connects an item of `products = […]` with the row `key` of `owner`.
  private func connect(
    _ item: AssignmentValue.ListItem, to owner: Model, _ key: [Value],
    by association: Association, _ created: inout CreatedRows
  ) throws(Failure) {
    let query: QuerySyntax
    switch item {
    case .row(let row): return try make(row, under: owner, key, by: association, &created)
    case .pick(let pick): query = walk(to: association.target, pick)
    case .walk(let walk): query = walk
    }
    try check(query, endsAt: association.target)
    let target = try model(named: association.target)
    let found = try find(query, target.primaryKey)
    guard !found.isEmpty else { throw noRow(query) }
    for row in found { _ = try link(row, of: target, to: key, of: owner, by: association, []) }
  }

  /// Assignments that only the junction knows go to it, all others to the target.
  private func split(
    _ row: RowSyntax, target: Model, junction: Model
  ) -> (own: RowSyntax, junction: [Assignment]) {
    let isJunctions: (Assignment) -> Bool = { assignment in
      target.attribute(named: assignment.name.text) == nil
        && target.association(named: assignment.name.text) == nil
        && junction.attribute(named: assignment.name.text) != nil
    }
    return (
      RowSyntax(assignments: row.assignments.filter { !isJunctions($0) }, range: row.range),
      row.assignments.filter(isJunctions)
    )
  }

  /// Values of `attributes` of the row with that primary key; no query when they are the key itself.
  func values(
    of attributes: [String], ofRow key: [Value], in model: Model
  ) throws(Failure) -> [Value] {
    if attributes == model.primaryKey { return key }
    let row = equality(model.primaryKey, key, of: model)
    return try rows("SELECT \(columns(attributes, of: model)) FROM \(table(model)) WHERE \(row)")
      .first ?? []
  }

  /// `a = ? AND b = ?` over columns of `model`.
  func equality(_ attributes: [String], _ values: [Value], of model: Model) -> SQLText {
    zip(attributes, values)
      .map { "\(identifier(column($0, of: model))) = \(bind: $1)" as SQLText }
      .joined(separator: " AND ")
  }

  /// What a database's complaint about an INSERT means in the model's words.
  func explain(_ error: DriverError, of plan: RowPlan) -> Failure {
    func place(_ columns: [String]) -> SourceRange? {
      plan.cells.first { columns.contains($0.attribute.column) }.map { $0.range ?? range }
    }
    if case .unique(_, let columns) = error.kind, let range = place(columns) {
      let values = plan.cells.filter { columns.contains($0.attribute.column) }
        .map { "\($0.attribute.name) = \(Wording.value($0.value))" }
      let names = plan.cells.filter { columns.contains($0.attribute.column) }
        .map { "`\(name(of: $0.attribute))`" }
      return Failure(
        .constraint, "there is a \(plan.model.name) with \(values.joined(separator: ", ")) already",
        at: range,
        hint: names.joined(separator: ", ")
          + (names.count > 1 ? " are unique together" : " is unique"))
    }
    if case .check(let text) = error.kind {
      if let failure = tableCheck(text, of: plan.model) { return failure }
      let failing = plan.cells.filter { $0.range != nil && $0.attribute.check != nil }
      if failing.count == 1, let cell = failing.first, let check = cell.attribute.check {
        return Failure(
          .constraint, "`\(cell.attribute.name)` is checked: \(check.source)",
          at: cell.range ?? range)
      }
    }
    if case .foreignKey = error.kind {
      for relation in graph.relations(holder: plan.model.name) {
        let given = relation.attributes.compactMap { name in
          plan.cells.first { $0.attribute.name == name && $0.value != .null }
        }
        guard let cell = given.first, let range = cell.range else { continue }
        return Failure(
          .constraint,
          "there is no \(relation.target) with \(relation.targetAttributes.joined(separator: ", ")) "
            + given.map { Wording.value($0.value) }.joined(separator: ", "),
          at: range)
      }
    }
    return Failure(error, at: range)
  }
}
