import RelishLanguage
import RelishModel
import RelishSQL

/// Finding the rows that a write speaks of.
extension RowWriter {
  /// Values of `attributes` for each row of the walk, which must end at a noun.
  func find(_ query: QuerySyntax, _ attributes: [String]) throws(Failure) -> [[Value]] {
    try rows(selects.select(resolve(query.showing(attributes))))
  }

  /// The model at which a walk ends; an error when it ends in an attribute.
  func lastModel(of query: QuerySyntax) throws(Failure) -> Model {
    try model(named: resolveKeys(query).last.source.model)
  }

  /// The one row that a walk finds, as the values of `attributes` (LANGUAGE.md §6: exactly one).
  func findOne(_ query: QuerySyntax, _ attributes: [String]) throws(Failure) -> [Value] {
    let found = try find(query, attributes)
    guard let first = found.first else { throw noRow(query) }
    guard found.count == 1 else {
      throw Failure(
        .rowNotUnique, "\(found.count) rows are meant where one is needed", at: query.range,
        hint: "pick one by its key")
    }
    return first
  }

  func noRow(_ query: QuerySyntax) -> Failure {
    if query.hops.isEmpty, query.clauses.conditions.isEmpty, let pick = query.pick {
      return Failure(.rowNotFound, "there is no \(query.model) \(pick.spelling)", at: pick.range)
    }
    return Failure(.rowNotFound, "no row is found", at: query.range)
  }

  /// A pick on `model`, as the walk that it stands for.
  func walk(to model: String, _ pick: Pick) -> QuerySyntax {
    QuerySyntax(
      model: Name(model, at: pick.range, isQuoted: true), pick: pick, clauses: Clauses(), hops: [],
      range: pick.range)
  }

  /// The row of a to-one relation that an assignment names, as values of the relation's target
  /// attributes; nil for null.
  func target(
    of relation: Relation, from value: AssignmentValue, at place: SourceRange
  ) throws(Failure) -> [Value]? {
    switch value {
    case .walk(let query):
      try check(query, endsAt: relation.target)
      return try findOne(query, relation.targetAttributes)
    case .list(_, let range):
      throw Failure(
        .wrongType, "`\(relation.name)` takes one row, not a list", at: range)
    case .expression(let expression):
      guard let pick = try pick(expression) else { return nil }
      if case .variable(let name) = pick.value, case .rows(let model, _)? = session.variables[name],
        model != relation.target
      {
        throw Failure(
          .wrongType, "`$\(name)` is a \(model), and `\(relation.name)` is a \(relation.target)",
          at: pick.range)
      }
      return try findOne(walk(to: relation.target, pick), relation.targetAttributes)
    }
  }

  func check(_ query: QuerySyntax, endsAt target: String) throws(Failure) {
    let last = try lastModel(of: query)
    guard last.name == target else {
      throw Failure(
        .wrongType, "this is a \(last.name), and a \(target) is needed", at: query.range)
    }
  }

  /// A literal or variable as a pick; nil for null.
  func pick(_ expression: Expression) throws(Failure) -> Pick? {
    switch expression {
    case .literal(.null, _): return nil
    case .literal(.integer(let key), let range): return Pick(.integer(key), at: range)
    case .literal(.text(let label), let range): return Pick(.text(label), at: range)
    case .variable(let name):
      guard let variable = session.variables[name.text] else {
        throw Failure(session.unknownVariable(name))
      }
      switch variable {
      case .value(.null): return nil
      case .value(.integer(let key)): return Pick(.integer(key), at: name.range)
      case .value(.text(let label)): return Pick(.text(label), at: name.range)
      default: return Pick(.variable(name.text), at: name.range)
      }
    default:
      throw Failure(
        .wrongType, "a row is needed here", at: expression.range,
        hint: "a row is `$name`, a key, a label in quotes, or a walk as `User \"Ann\"`")
    }
  }
}

extension Session {
  func unknownVariable(_ name: Name) -> Diagnostic {
    Diagnostic(
      .unknownVariable, "no variable `$\(name.text)` is set", at: name.range,
      hint: Suggestion.nearest(to: name.text, among: variables.keys.sorted())
        .map { "did you mean `$\($0)`?" } ?? "`let \(name.text) = …` sets it")
  }
}

extension Pick {
  /// As one would write it.
  var spelling: String {
    switch value {
    case .integer(let key): String(key)
    case .text(let label): SyntaxWriter.literal(.text(label))
    case .variable(let name): "$\(name)"
    }
  }
}

extension QuerySyntax {
  /// The same walk asked for these attributes of its last noun and nothing else.
  func showing(_ attributes: [String]) -> QuerySyntax {
    let items = attributes.map { attribute in
      ShowItem(
        expression: .path(
          Path(names: [Name(attribute, at: range, isQuoted: true)], range: range)),
        alias: nil, source: attribute, range: range)
    }
    var query = self
    if query.hops.isEmpty {
      query.clauses.show = Located(items, at: range)
    } else {
      query.hops[query.hops.count - 1].clauses.show = Located(items, at: range)
    }
    return query
  }
}
