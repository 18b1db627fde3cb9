import RelishLanguage

/// `count`, `sum`, `avg`, `min` and `max` (LANGUAGE.md §7, §9).
extension Resolution {
  /// What an aggregate looks at.
  private enum Target {
    /// The rows of the noun themselves.
    case own(value: ResolvedExpression?)
    /// Rows that belong to each row of the noun.
    case related(RelatedRows, Noun, value: ResolvedExpression?, isShared: Bool)
  }

  mutating func aggregate(
    _ syntax: AggregateSyntax, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression {
    guard let noun = nouns.last else {
      throw Diagnostic(
        .unexpected, "there are no rows here that `\(syntax.word)` could be of", at: syntax.range)
    }
    try checkOneMeaning(syntax.word, noun, as: "an aggregate")
    guard noun.isGroup, let groups else {
      let (aggregate, type) = try rowAggregate(syntax, try target(syntax, in: nouns), in: nouns)
      return ResolvedExpression(.aggregate(aggregate), type: type)
    }
    return try groupAggregate(syntax, groups, in: nouns.dropLast() + [groups.base])
  }

  /// Over rows that belong to the row at hand.
  private mutating func rowAggregate(
    _ syntax: AggregateSyntax, _ target: Target, in nouns: [Noun]
  ) throws(Diagnostic) -> (Aggregate, AttributeType?) {
    switch target {
    case .own:
      let word = Expression.aggregate(syntax).subject
      throw Diagnostic(
        .unexpected,
        "\(word) is over the rows themselves; it stands behind `group`, or in a `show` alone",
        at: syntax.range, hint: "`\(syntax.word) RELATION …` is over the rows of a relation")
    case .related(var rows, let noun, let value, _):
      if let condition = syntax.condition {
        rows.filter = try nested(Self.selectWeight + 1, at: syntax.range) {
          (self) throws(Diagnostic) in try self.condition(condition, in: nouns + [noun])
        }
      }
      let type = try Self.type(of: syntax, value)
      return (Aggregate(syntax.function, rows: rows, value: value), type)
    }
  }

  private mutating func target(
    _ syntax: AggregateSyntax, in nouns: [Noun]
  ) throws(Diagnostic) -> Target {
    guard let path = syntax.path else {
      return .own(value: try value(of: syntax, in: nouns))
    }
    let resolved = try self.path(path, in: nouns)
    if resolved.attribute != nil, let value = syntax.value {
      throw Diagnostic(
        .unexpected, "`\(Self.written(path))` is a value already; nothing but `where` may follow",
        at: value.range)
    }
    if let attribute = resolved.attribute, resolved.many == nil {
      let source = resolved.noun.source.id
      try join(resolved.links, from: source, at: path.range)
      let column = ColumnReference(
        source: source, links: resolved.links, column: attribute.column)
      return .own(value: ResolvedExpression(.column(column), type: attribute.type))
    }
    let (rows, noun) = try related(resolved, path)
    let isShared = resolved.hops.contains(where: \.isForward)
    guard let attribute = resolved.attribute else {
      let value = try value(of: syntax, in: nouns + [noun])
      return .related(rows, noun, value: value, isShared: isShared)
    }
    let column = ColumnReference(source: noun.source.id, column: attribute.column)
    let value = ResolvedExpression(.column(column), type: attribute.type)
    return .related(rows, noun, value: value, isShared: isShared)
  }

  /// What stands in the brackets; only `count` can do without.
  private mutating func value(
    of syntax: AggregateSyntax, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression? {
    guard let value = syntax.value else {
      guard syntax.function != .count else { return nil }
      let path = syntax.path.map { " " + Self.written($0) } ?? ""
      let name = nouns.last?.model.attributes.first {
        ValueKind($0.type) == .number && $0.name != nouns.last?.model.primaryKey.first
      }?.name
      throw Diagnostic(
        .missingValue, "`\(syntax.word)\(path)` needs a value of each row", at: syntax.range,
        hint: name.map {
          "as in `\(syntax.word)\(path) (\($0)\(syntax.condition == nil ? "" : " where …"))`"
        })
    }
    if case .path(let path) = value, syntax.path == nil, let noun = nouns.last,
      let first = path.names.first, path.names.count == 1,
      case .association? = Self.meaning(of: first.text, on: noun.model)
    {
      throw Diagnostic(
        .wrongType, "`\(first)` is a relation, and a value stands in the brackets",
        at: path.range, hint: "did you mean `\(syntax.word) \(first)`?")
    }
    if case .path(let path) = value, syntax.path == nil,
      let many = try self.path(path, in: nouns).many
    {
      let written = Self.written(path)
      throw Diagnostic(
        .wrongType, "`\(many)` is many rows, so `\(written)` is not one value", at: path.range,
        hint: "did you mean `\(syntax.word) \(written)`?")
    }
    return try nested(Self.selectWeight + Self.bracketWeight, at: value.range) {
      (self) throws(Diagnostic) in try self.expression(value, in: nouns)
    }
  }

  /// `sum` and `avg` need numbers, `min` and `max` what has an order. `avg` has six more digits than
  /// its values (§9 Decimals).
  private static func type(
    of syntax: AggregateSyntax, _ value: ResolvedExpression?
  ) throws(Diagnostic) -> AttributeType? {
    guard let value, syntax.function != .count else { return .integer }
    let kind = ValueKind(value.type)
    switch (syntax.function, kind) {
    case (.sum, .number), (.avg, .number), (_, .unknown): break
    case (.min, .number), (.max, .number), (.min, .text), (.max, .text), (.min, .date),
      (.max, .date), (.min, .time), (.max, .time), (.min, .datetime), (.max, .datetime):
      return value.type
    case (.sum, _), (.avg, _):
      throw Diagnostic(
        .wrongType, "`\(syntax.word)` needs numbers, and this is \(kind.rawValue)",
        at: syntax.value?.range ?? syntax.path?.range ?? syntax.range)
    default:
      throw Diagnostic(
        .wrongType, "`\(syntax.word)` needs values with an order, and this is \(kind.rawValue)",
        at: syntax.value?.range ?? syntax.path?.range ?? syntax.range)
    }
    switch (syntax.function, value.type) {
    case (_, .decimal(_, let scale)):
      let digits = syntax.function == .avg ? scale + 6 : scale
      return .decimal(precision: 38, scale: min(digits, 30))
    case (.avg, .integer), (.avg, .bigint): return .decimal(precision: 38, scale: 6)
    case (_, .float), (_, .double): return .double
    default: return value.type
    }
  }
}

/// Over the rows of a group.
extension Resolution {
  private mutating func groupAggregate(
    _ syntax: AggregateSyntax, _ groups: Groups, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression {
    let text = SyntaxWriter.expression(.aggregate(syntax))
    if let known = groups.known[text] { return known }
    let result: ResolvedExpression
    let target = try target(syntax, in: nouns)
    switch target {
    case .own(let value):
      var aggregate = Aggregate(syntax.function, rows: nil, value: value)
      if let condition = syntax.condition {
        aggregate.filter = try nested(Self.bracketWeight, at: syntax.range) {
          (self) throws(Diagnostic) in try self.condition(condition, in: nouns)
        }
      }
      result = keep(aggregate, type: try Self.type(of: syntax, value))
    case .related(let rows, _, _, let isShared):
      let (inner, type) = try rowAggregate(syntax, target, in: nouns)
      let canShare = isShared && rows.steps.last?.source.key.isEmpty == false
      if canShare, let place = syntax.value?.outerPath {
        throw Diagnostic(
          .wrongType,
          "`outer` is each row of a group, and what several of them lead to counts once for all",
          at: place, hint: "`where` may speak of it")
      }
      result = canShare ? keep(inner, type: type) : gathered(inner, type)
    }
    self.groups?.known[text] = result
    return result
  }

  /// An aggregate of each row, put together for the group, where every related row belongs to one row,
  /// so that none is counted twice.
  private mutating func gathered(
    _ inner: Aggregate, _ type: AttributeType?
  ) -> ResolvedExpression {
    func each(_ function: AggregateFunction, _ type: AttributeType?) -> ResolvedExpression {
      var each = inner
      each.function = function
      return ResolvedExpression(.aggregate(each), type: type)
    }
    switch inner.function {
    case .count, .sum:
      let value = each(inner.function, type)
      return keep(Aggregate(.sum, rows: nil, value: value), type: type)
    case .min, .max:
      let value = each(inner.function, type)
      return keep(Aggregate(inner.function, rows: nil, value: value), type: type)
    case .avg:
      let sum = keep(
        Aggregate(.sum, rows: nil, value: each(.sum, inner.value?.type)), type: inner.value?.type)
      let count = keep(
        Aggregate(.sum, rows: nil, value: each(.count, .integer)), type: .integer)
      return ResolvedExpression(.arithmetic(.divided, sum, count), type: type)
    }
  }

  /// A column of the groups that holds the aggregate.
  private mutating func keep(_ aggregate: Aggregate, type: AttributeType?) -> ResolvedExpression {
    guard var groups else { return ResolvedExpression(.value(.null), type: type) }
    let name = Grouping.aggregate(groups.grouping.aggregates.count)
    groups.grouping.aggregates.append(aggregate)
    self.groups = groups
    let column = ColumnReference(source: groups.grouping.source, column: name)
    return ResolvedExpression(.column(column), type: type)
  }

  /// Whether the expression has an aggregate over the rows of the noun themselves, so that a `show` of
  /// it answers one row for all (LANGUAGE.md §9).
  func isFree(_ expression: Expression, in nouns: [Noun]) -> Bool {
    switch expression {
    case .literal, .variable, .path: return false
    case .aggregate(let aggregate):
      guard let path = aggregate.path else {
        // `sum(orders.total)` is a slip for `sum orders.total`, and no reason to look at all rows.
        guard case .path(let value)? = aggregate.value else { return true }
        return (try? self.path(value, in: nouns))?.many == nil
      }
      guard let resolved = try? self.path(path, in: nouns) else { return false }
      return resolved.attribute != nil && resolved.many == nil
    case .call(_, let arguments, _): return arguments.contains { isFree($0, in: nouns) }
    case .negate(let inner, _): return isFree(inner, in: nouns)
    case .binary(_, let left, let right, _):
      return isFree(left, in: nouns) || isFree(right, in: nouns)
    }
  }
}

extension Expression {
  /// Where it speaks of the noun one bracket out.
  fileprivate var outerPath: SourceRange? {
    switch self {
    case .literal, .variable: nil
    case .path(let path): path.startsOutside ? path.range : nil
    case .aggregate(let aggregate):
      aggregate.path?.startsOutside == true ? aggregate.path?.range : nil
    case .call(_, let arguments, _): arguments.lazy.compactMap(\.outerPath).first
    case .negate(let inner, _): inner.outerPath
    case .binary(_, let left, let right, _): left.outerPath ?? right.outerPath
    }
  }
}

extension Path {
  fileprivate var startsOutside: Bool {
    guard names.count > 1, let first = names.first, !first.isQuoted else { return false }
    return Keyword(first.text.utf8) == .outer
  }
}
