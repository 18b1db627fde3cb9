import RelishLanguage
import RelishModel
import RelishSQL

/// One row to be inserted: its columns' values, and what hangs on it.
struct RowPlan {
  struct Cell {
    var attribute: Attribute
    var value: Value
    /// Where the value was written; nil when the shell filled it in.
    var range: SourceRange?
  }
  struct Children {
    var association: Association
    var items: [AssignmentValue.ListItem]
    var range: SourceRange
  }

  var model: Model
  var cells: [Cell] = []
  /// Rows to be made or connected once this row is there.
  var children: [Children] = []

  func value(of attribute: String) -> Value? {
    cells.first { $0.attribute.name == attribute }?.value
  }
}

extension RowWriter {
  /// Resolves the assignments of one new row, checks its values and fills in what the shell keeps.
  ///
  /// `given` are values by attribute name that come from elsewhere (the key of the row under which
  /// this one is made). Errors: unknown names, values that do not fit, required ones missing.
  func plan(
    _ row: RowSyntax, for model: Model, given: [String: Value] = [:]
  ) throws(Failure) -> RowPlan {
    try refuseView(model)
    var plan = RowPlan(model: model)
    for (name, value) in given {
      guard let attribute = model.attribute(named: name) else { continue }
      plan.cells.append(RowPlan.Cell(attribute: attribute, value: value, range: nil))
    }
    for assignment in row.assignments { try add(assignment, to: &plan) }
    try fill(&plan, at: row.range)
    return plan
  }

  private func add(_ assignment: Assignment, to plan: inout RowPlan) throws(Failure) {
    let name = assignment.name
    if let attribute = plan.model.attribute(named: name.text) {
      try refuseComputed(attribute, of: plan.model, at: name.range)
      let value = try self.value(assignment.value, for: attribute, named: name)
      try add(
        RowPlan.Cell(attribute: attribute, value: value, range: assignment.value.range),
        named: name, to: &plan)
      return
    }
    guard let association = plan.model.association(named: name.text) else {
      throw unknownName(name, of: plan.model)
    }
    if case .forward(let id) = association.route {
      try add(assignment, toOne: relation(id), to: &plan)
    } else {
      try add(assignment, toMany: association, to: &plan)
    }
  }

  /// A name in an assignment that is neither attribute nor relation.
  func unknownName(_ name: Name, of model: Model) -> Failure {
    let names =
      model.associations.map(\.name)
      + model.attributes.filter { if case .plain = $0.role { !$0.isGenerated } else { false } }
      .map(\.name)
    return Failure(
      .unknownAttribute, "`\(model.name)` has no attribute or relation `\(name)`", at: name.range,
      hint: Suggestion.hint(for: name.text, among: names, listing: "`\(model.name)` has"))
  }

  private func add(
    _ assignment: Assignment, toOne relation: Relation, to plan: inout RowPlan
  ) throws(Failure) {
    let place = assignment.value.range
    let target = try target(of: relation, from: assignment.value, at: place)
    if target == nil, relation.isRequired {
      throw Failure(
        .missingValue, "`\(relation.name)` is required and cannot be null", at: place)
    }
    for (position, name) in relation.attributes.enumerated() {
      guard let attribute = plan.model.attribute(named: name) else { continue }
      let value = target.map { position < $0.count ? $0[position] : .null } ?? .null
      try add(
        RowPlan.Cell(attribute: attribute, value: value, range: place), named: assignment.name,
        to: &plan)
    }
  }

  private func add(
    _ assignment: Assignment, toMany association: Association, to plan: inout RowPlan
  ) throws(Failure) {
    if case .walk = association.route {
      throw Failure(
        .wrongType, "`\(association.name)` is a named walk, which cannot be assigned",
        at: assignment.name.range)
    }
    let items = try items(assignment.value, for: association)
    plan.children.append(
      RowPlan.Children(
        association: association, items: items, range: assignment.value.range))
  }

  /// The rows that an assignment to a relation of the other side lists.
  func items(
    _ value: AssignmentValue, for association: Association
  ) throws(Failure) -> [AssignmentValue.ListItem] {
    let items: [AssignmentValue.ListItem]
    switch value {
    case .list(let list, _): items = list
    case .walk(let query): items = [.walk(query)]
    case .expression(let expression): items = try pick(expression).map { [.pick($0)] } ?? []
    }
    if !association.isToMany, items.count > 1 {
      throw Failure(.wrongType, "`\(association.name)` takes one row", at: value.range)
    }
    return items
  }

  private func add(
    _ cell: RowPlan.Cell, named name: Name, to plan: inout RowPlan
  ) throws(Failure) {
    guard plan.value(of: cell.attribute.name) == nil else {
      throw Failure(
        .duplicateOption, "`\(cell.attribute.name)` is given twice", at: name.range)
    }
    plan.cells.append(cell)
  }

  /// Timestamps and `now()` defaults; then what is required must be there.
  private func fill(_ plan: inout RowPlan, at place: SourceRange) throws(Failure) {
    var missing: [String] = []
    for attribute in plan.model.attributes where plan.value(of: attribute.name) == nil {
      switch attribute.role {
      case .createdAt, .updatedAt:
        plan.cells.append(RowPlan.Cell(attribute: attribute, value: .text(now), range: nil))
      case .plain, .relationKey:
        if let value = attribute.clockDefault(now: now) {
          plan.cells.append(RowPlan.Cell(attribute: attribute, value: value, range: nil))
        } else if attribute.isRequired || attribute.isKey, !attribute.isGivenByDatabase {
          missing.append(name(of: attribute))
        }
      }
    }
    guard missing.isEmpty else {
      let names = missing.map { "`\($0)`" }.joined(separator: ", ")
      throw Failure(
        .missingValue,
        "\(names) of \(plan.model.name) \(missing.count == 1 ? "is" : "are") required",
        at: place, hint: "add \(missing.map { "\($0) = …" }.joined(separator: ", "))")
    }
  }

  /// What a person would write: the relation for its key, else the attribute.
  func name(of attribute: Attribute) -> String {
    if case .relationKey(let id) = attribute.role, let relation = graph.relation(id) {
      return relation.name
    }
    return attribute.name
  }
}

extension Attribute {
  /// Whether a row needs no value for it.
  var isGivenByDatabase: Bool {
    isGenerated || defaultValue != nil || readDefault != nil || storage.generated != nil
  }

  /// `default now()` and `default today()`, which the shell fills in itself (LANGUAGE.md §3).
  func clockDefault(now: String) -> Value? {
    guard case .call(let function, _, _)? = defaultValue else { return nil }
    switch (function.text.lowercased(), type) {
    case ("today", _), ("now", .date): return .text(String(now.prefix(10)))
    case ("now", .time): return .text(String(now.dropFirst(11)))
    case ("now", _): return .text(now)
    default: return nil
    }
  }
}

extension AssignmentValue {
  var range: SourceRange {
    switch self {
    case .expression(let expression): expression.range
    case .walk(let query): query.range
    case .list(_, let range): range
    }
  }
}
