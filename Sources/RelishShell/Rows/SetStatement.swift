import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// What a `set` or `delete` did.
struct Changed {
  var model: Model
  var count: Int
  var summary: ChangeSummary
  /// Rows connected and let go by `set … = […]`.
  var added = 0
  var removed = 0
}

extension RowWriter {
  /// `set User "Max" email = "max@x.org"`, `set User "Max" products price = price * 1.1`
  ///
  /// Computed values are checked against type, length and required by a query before anything is
  /// changed. Errors: `all` missing, no row for a pick, values that do not fit.
  func set(
    all: Bool, _ query: QuerySyntax, _ assignments: [Assignment]
  ) throws(Failure) -> Changed {
    let traversal = try resolveKeys(query)
    let model = try model(named: traversal.last.source.model)
    try refuseView(model)
    try require(all: all, query, verb: "set")
    let filter = filter(traversal, of: model)
    let related = assignments.filter { isToMany($0, of: model) }
    let subjects = related.isEmpty ? [] : [try findOne(query, model.primaryKey)]
    var sql: SQLText = "UPDATE \(table(model)) SET "
    var names: Set<String> = []
    var isFirst = true
    for assignment in assignments where !isToMany(assignment, of: model) {
      for cell in try cells(assignment, of: model, filter) {
        guard names.insert(cell.column).inserted else {
          throw Failure(
            .duplicateOption, "`\(assignment.name)` is given twice", at: assignment.name.range)
        }
        if !isFirst { sql.append(", ") }
        sql.append("\(identifier(cell.column)) = \(cell.value)")
        isFirst = false
      }
    }
    let updatesItself = model.attributes.contains {
      if case .updatedAt = $0.role { names.contains($0.column) } else { false }
    }
    if !updatesItself, let touch = touch(model) {
      if !isFirst { sql.append(", ") }
      sql.append(touch)
      isFirst = false
    }
    sql.append(where: filter)
    var changed =
      isFirst
      ? Changed(model: model, count: 1, summary: ChangeSummary())
      : try change(model, sql, assignments)
    for key in subjects {
      for assignment in related { try replace(assignment, of: model, key, &changed) }
    }
    return changed
  }

  private struct Cell {
    var column: String
    var value: SQLText
  }

  private func cells(
    _ assignment: Assignment, of model: Model, _ filter: SQLText
  ) throws(Failure) -> [Cell] {
    let name = assignment.name
    if let attribute = model.attribute(named: name.text) {
      try refuseComputed(attribute, of: model, at: name.range)
      let value = try assigned(assignment, to: attribute, of: model, filter)
      return [Cell(column: attribute.column, value: value)]
    }
    guard let association = model.association(named: name.text) else {
      throw unknownName(name, of: model)
    }
    guard case .forward(let id) = association.route else {
      throw Failure(
        .wrongType, "`\(association.name)` is on the other side: `set` changes this row only",
        at: name.range, hint: "`add … to …` and `remove … from …` connect rows")
    }
    let relation = try relation(id)
    let target = try target(of: relation, from: assignment.value, at: assignment.value.range)
    if target == nil, relation.isRequired {
      throw Failure(
        .missingValue, "`\(relation.name)` is required and cannot be null",
        at: assignment.value.range)
    }
    return relation.attributes.enumerated().map { position, attribute in
      let value = target.map { position < $0.count ? $0[position] : .null } ?? .null
      return Cell(column: column(attribute, of: model), value: "\(bind: value)")
    }
  }

  /// The SQL of a new value: a binding when it is the same for all rows, else an expression over the
  /// row's own attributes.
  private func assigned(
    _ assignment: Assignment, to attribute: Attribute, of model: Model, _ filter: SQLText
  ) throws(Failure) -> SQLText {
    guard case .expression(let expression) = assignment.value, expression.mentionsRow else {
      return "\(bind: try value(assignment.value, for: attribute, named: assignment.name))"
    }
    let resolved = try resolve(expression, on: model)
    if let problem = attribute.type.problem(taking: resolved.type) {
      throw Failure(.wrongType, "`\(attribute.name)` \(problem)", at: expression.range)
    }
    let sql = ExpressionWriter(dialect: dialect, row: dialect.identifier(model.table))
      .write(resolved, keptAs: attribute.type)
    try checkComputed(sql, for: attribute, of: model, filter, at: expression.range)
    return sql
  }

  /// Counts the rows whose computed value would not fit, before one is changed.
  private func checkComputed(
    _ value: SQLText, for attribute: Attribute, of model: Model, _ filter: SQLText,
    at place: SourceRange
  ) throws(Failure) {
    var tests: [(sql: SQLText, reason: String)] = []
    func test(_ sql: SQLText, _ reason: String) { tests.append((sql, reason)) }
    if attribute.isRequired || attribute.isKey { test("(\(value)) IS NULL", "be null") }
    switch attribute.type {
    case .string(let length):
      test("length(\(value)) > \(length)", "be longer than \(length) characters")
    case .decimal(let precision, let scale):
      let limit = SQLText("1" + String(repeating: "0", count: max(0, precision - scale)))
      test(
        "abs(\(value)) >= \(limit)", "have more than \(precision - scale) digits before the point")
    case .enumeration(let values):
      let list = values.map { "\(bind: .text($0))" as SQLText }.joined(separator: ", ")
      test("(\(value)) NOT IN (\(list))", "be none of \(values.joined(separator: ", "))")
    default: break
    }
    for (sql, reason) in tests {
      let condition: SQLText = filter.isEmpty ? sql : "(\(filter)) AND \(sql)"
      let count = try count("SELECT count(*) FROM \(table(model)) WHERE \(condition)")
      guard count == 0 else {
        throw Failure(
          .badValue, "`\(attribute.name)` of \(Wording.count(count, model.name)) would \(reason)",
          at: place)
      }
    }
  }

  /// Runs an UPDATE while the database's own changes are counted.
  private func change(
    _ model: Model, _ sql: SQLText, _ assignments: [Assignment] = []
  ) throws(Failure) -> Changed {
    do {
      return try recorded(sql, of: model)
    } catch {
      throw explain(error, of: model, assignments)
    }
  }

  func recorded(_ sql: SQLText, of model: Model) throws(DriverError) -> Changed {
    var count = 0
    let summary = try session.driver.recordingChanges { () throws(DriverError) in
      count = try session.driver.execute(sql).changes
    }
    return Changed(model: model, count: count, summary: summary)
  }

  private func explain(
    _ error: DriverError, of model: Model, _ assignments: [Assignment]
  ) -> Failure {
    if case .check(let text) = error.kind {
      if let failure = tableCheck(text, of: model) { return failure }
      let failing = assignments.filter { model.attribute(named: $0.name.text)?.check != nil }
      if failing.count == 1, let assignment = failing.first,
        let check = model.attribute(named: assignment.name.text)?.check
      {
        return Failure(
          .constraint, "`\(assignment.name)` is checked: \(check.source)",
          at: assignment.value.range)
      }
    }
    guard case .unique(_, let columns) = error.kind else { return Failure(error, at: range) }
    for assignment in assignments {
      let attribute = model.attribute(named: assignment.name.text)
      guard let attribute, columns.contains(attribute.column) else { continue }
      return Failure(
        .constraint, "two rows of \(model.name) would have the same `\(attribute.name)`",
        at: assignment.value.range, hint: "`\(attribute.name)` is unique")
    }
    return Failure(error, at: range)
  }

  /// LANGUAGE.md §6: a model with neither pick nor `where` needs `all`, and so does a label of several
  /// rows; a pick that finds nothing is an error in a write (§9 Walks).
  func require(all: Bool, _ query: QuerySyntax, verb: String) throws(Failure) {
    guard let pick = query.pick else {
      guard
        all || !query.hops.isEmpty || !query.clauses.conditions.isEmpty
          || query.clauses.limit != nil || query.clauses.top != nil
      else {
        throw Failure(
          .needsAll, "this would \(verb) every \(query.model)", at: query.range,
          hint: "`\(verb) all \(query.model)` means it; `where` picks some")
      }
      return
    }
    var head = query
    head.hops = []
    head.clauses = Clauses()
    let count = try count(selects.count(resolveKeys(head)))
    guard count > 0 else { throw noRow(head) }
    guard count == 1 || all || !query.hops.isEmpty || !query.clauses.conditions.isEmpty else {
      if case .variable = pick.value { return }
      throw Failure(
        .needsAll, "\(pick.spelling) is \(Wording.count(count, query.model.text))", at: pick.range,
        hint: "`\(verb) all \(query.model) \(pick.spelling)` means all of them")
    }
  }
}

extension SQLText {
  /// ` WHERE …`, or nothing when `filter` is empty.
  mutating func append(where filter: SQLText) {
    guard !filter.isEmpty else { return }
    append(" WHERE \(filter)")
  }
}

extension Expression {
  /// Whether the value depends on the row at hand.
  var mentionsRow: Bool {
    switch self {
    case .literal, .variable: false
    case .path, .aggregate: true
    case .call(_, let arguments, _): arguments.contains { $0.mentionsRow }
    case .negate(let inner, _): inner.mentionsRow
    case .binary(_, let left, let right, _): left.mentionsRow || right.mentionsRow
    }
  }
}

extension AttributeType {
  /// Why values of another type do not belong here; nil when they do or when it is not known.
  func problem(taking other: AttributeType?) -> String? {
    guard let other else { return nil }
    switch (kind, other.kind) {
    case let (own, given) where own == given: return nil
    case (.real, .whole), (.exact, .whole), (.real, .exact), (.exact, .real): return nil
    case (.unknown, _), (_, .unknown): return nil
    case (.whole, .exact), (.whole, .real):
      return "takes whole numbers, and this has a fraction; `round(…)` makes it one"
    case (.text, .moment), (.moment, .text): return nil
    default: return "takes \(kind.rawValue), and this is \(other.kind.rawValue)"
    }
  }

  private enum Kind: String {
    case text, whole = "whole numbers", exact = "decimals", real = "numbers", truth =
      "true or false"
    case moment = "dates and times", bytes, unknown
  }

  private var kind: Kind {
    switch self {
    case .string, .text, .uuid, .json, .enumeration: .text
    case .integer, .bigint: .whole
    case .decimal: .exact
    case .float, .double: .real
    case .boolean: .truth
    case .date, .time, .datetime: .moment
    case .blob: .bytes
    case .other: .unknown
    }
  }
}
