import RelishLanguage

extension Resolution {
  mutating func condition(
    _ condition: Condition, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedCondition {
    switch condition {
    case .and(let parts):
      return .and(try conditions(parts, at: condition.range, in: nouns))
    case .or(let parts):
      return .or(try conditions(parts, at: condition.range, in: nouns))
    case .not(let inner, let range):
      return .not(
        try nested(Self.bracketWeight, at: range) { (self) throws(Diagnostic) in
          try self.condition(inner, in: nouns)
        })
    case .quantified(let quantifier, let path, let inner, let range):
      return try quantified(quantifier, path, inner, at: range, in: nouns)
    case .compare(let comparison, let left, let right, let ignoringCase, let range):
      return try compare(comparison, left, right, ignoringCase, at: range, in: nouns)
    case .identical(let left, let right, let negated, _):
      return try identical(left, right, negated: negated, in: nouns)
    case .within(let subject, let values, let negated, let ignoringCase, _):
      return try within(subject, values, negated: negated, ignoringCase, in: nouns)
    case .between(let subject, let low, let high, let negated, let ignoringCase, _):
      let operand = try operand(subject, in: nouns)
      let first = try pair(operand, subject, low, ignoringCase, in: nouns)
      let second = try pair(operand, subject, high, ignoringCase, in: nouns)
      // The subject beside each bound may have become a midnight; the later one holds for both.
      let value = second.0.type == .datetime ? second.0 : first.0
      return .between(value, first.1, second.1, negated: negated)
    case .text(let test, let subject, let part, let negated, let ignoringCase, _):
      let text = try text(subject, ignoringCase, in: nouns)
      let part = try self.text(part, ignoringCase, in: nouns)
      return .text(test, text, part, negated: negated)
    case .truth(let expression):
      return try truth(expression, in: nouns)
    }
  }

  private mutating func conditions(
    _ parts: [Condition], at range: SourceRange, in nouns: [Noun]
  ) throws(Diagnostic) -> [ResolvedCondition] {
    var resolved: [ResolvedCondition] = []
    for part in parts {
      resolved.append(
        try nested(Self.bracketWeight, at: range) { (self) throws(Diagnostic) in
          try self.condition(part, in: nouns)
        })
    }
    return resolved
  }

  private mutating func quantified(
    _ quantifier: Quantifier, _ path: Path, _ condition: Condition?, at range: SourceRange,
    in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedCondition {
    var (rows, noun) = try related(path, in: nouns, word: quantifier.rawValue)
    var test: ResolvedCondition?
    if let condition {
      test = try nested(Self.selectWeight + 2, at: range) { (self) throws(Diagnostic) in
        try self.condition(condition, in: nouns + [noun])
      }
    }
    switch (quantifier, test) {
    case (.every, let test?): return .every(rows, test)
    case (.every, nil):
      throw Diagnostic(
        .missingValue, "`every` needs a condition in brackets", at: range,
        hint: "as in `every \(Self.written(path)) (… > 0)`")
    case (.some, _), (.no, _):
      rows.filter = test
      return .exists(rows, negated: quantifier == .no)
    }
  }

  private mutating func compare(
    _ comparison: ComparisonOperator, _ left: Expression, _ right: Expression,
    _ ignoringCase: Bool, at range: SourceRange, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedCondition {
    let first = try operand(left, in: nouns)
    let second = try operand(right, in: nouns)
    if let pairs = try rowPairs(first, second, left, right) {
      let equal = pairs.map { ResolvedCondition.compare(.equal, $0.0, $0.1) }
      switch comparison {
      case .equal: return .and(equal)
      case .notEqual: return .not(.and(equal))
      default:
        throw Diagnostic(
          .wrongType, "rows have no order; they are compared with `=`, `!=`, `is` and `in`",
          at: range)
      }
    }
    let (one, other) = try pair(first, second, left, right, ignoringCase)
    if ValueKind(one.type) == .boolean, comparison != .equal, comparison != .notEqual {
      throw Diagnostic(
        .wrongType, "`\(comparison.rawValue)` compares numbers, texts and dates, not true or false",
        at: range)
    }
    return .compare(comparison, one, other)
  }

  private mutating func identical(
    _ left: Expression, _ right: Expression, negated: Bool, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedCondition {
    let first = try operand(left, in: nouns)
    let second = try operand(right, in: nouns)
    if case .row(let row) = first, case .constant(.null) = second {
      let missing = row.columns.map { column in
        ResolvedCondition.identical(
          ResolvedExpression(.column(column), type: nil), Self.natural(.null), negated: negated)
      }
      return negated ? .and(missing) : .or(missing)
    }
    if let pairs = try rowPairs(first, second, left, right) {
      let same = pairs.map { ResolvedCondition.identical($0.0, $0.1, negated: false) }
      return negated ? .not(.and(same)) : .and(same)
    }
    let (one, other) = try aligned(first, second, left, right)
    return .identical(one, other, negated: negated)
  }

  private mutating func within(
    _ subject: Expression, _ values: [Expression], negated: Bool, _ ignoringCase: Bool,
    in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedCondition {
    let operand = try operand(subject, in: nouns)
    if case .row = operand {
      var matches: [ResolvedCondition] = []
      for value in values {
        let other = try self.operand(value, in: nouns)
        let pairs = try rowPairs(operand, other, subject, value) ?? []
        matches.append(.and(pairs.map { .compare(.equal, $0.0, $0.1) }))
      }
      return negated ? .not(.or(matches)) : .or(matches)
    }
    var tested: ResolvedExpression?
    var list: [ResolvedExpression] = []
    for value in values {
      let (one, other) = try pair(operand, subject, value, ignoringCase, in: nouns)
      if tested == nil || one.type == .datetime { tested = one }
      list.append(other)
    }
    guard let tested else { return .constant(negated) }
    return .within(tested, list, negated: negated)
  }

  private mutating func truth(
    _ expression: Expression, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedCondition {
    switch try operand(expression, in: nouns) {
    case .constant(.boolean(let value)):
      return .constant(value)
    case .expression(let resolved)
    where [.boolean, .unknown].contains(ValueKind(resolved.type)):
      return .truth(resolved)
    case .row(let row):
      throw Diagnostic(
        .wrongType, "\(expression.subject) is a row of `\(row.model.name)`, not true or false",
        at: expression.range,
        hint: "`\(expression.written) is not null` asks whether there is one")
    case .constant(let value):
      let kind = ValueKind(Self.natural(value).type)
      throw Diagnostic(
        .wrongType, "\(expression.subject) is \(kind.rawValue), not true or false",
        at: expression.range)
    case .expression(let resolved):
      throw Diagnostic(
        .wrongType,
        "\(expression.subject) is \(ValueKind(resolved.type).rawValue), not true or false",
        at: expression.range, hint: "compare it, as in `\(expression.written) is not null`")
    case .rows(let name, let model, _):
      throw Diagnostic(
        .wrongType, "`$\(name)` holds rows of `\(model)`, not true or false", at: expression.range)
    }
  }
}

extension Resolution {
  /// The subject and one value that it is compared with.
  private mutating func pair(
    _ subject: Operand, _ expression: Expression, _ value: Expression, _ ignoringCase: Bool,
    in nouns: [Noun]
  ) throws(Diagnostic) -> (ResolvedExpression, ResolvedExpression) {
    try pair(subject, try operand(value, in: nouns), expression, value, ignoringCase)
  }

  private func pair(
    _ left: Operand, _ right: Operand, _ first: Expression, _ second: Expression,
    _ ignoringCase: Bool
  ) throws(Diagnostic) -> (ResolvedExpression, ResolvedExpression) {
    guard ignoringCase else { return try aligned(left, right, first, second) }
    let (one, other) = try aligned(left.anyText, right.anyText, first, second)
    return (
      try Self.folded(one, of: first), try Self.folded(other, of: second)
    )
  }

  /// A side of `contains`, `starts with`, `ends with`.
  private mutating func text(
    _ expression: Expression, _ ignoringCase: Bool, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression {
    let resolved = try self.expression(expression, in: nouns)
    switch ValueKind(resolved.type) {
    case .text, .unknown:
      if case .literal = expression { resolver.notes?.add(expression.range, .free) }
      return ignoringCase ? try Self.folded(resolved, of: expression) : resolved
    case let kind:
      throw Diagnostic(
        .wrongType, "\(expression.subject) is \(kind.rawValue), and this test needs a text",
        at: expression.range,
        hint: kind == .date || kind == .datetime
          ? "`year(…)`, `month(…)` and `day(…)` give its parts" : nil)
    }
  }

  private static func folded(
    _ resolved: ResolvedExpression, of expression: Expression
  ) throws(Diagnostic) -> ResolvedExpression {
    switch ValueKind(resolved.type) {
    case .text, .unknown:
      return ResolvedExpression(.call(.lower, [resolved]), type: .text)
    case let kind:
      throw Diagnostic(
        .wrongType, "`ignoring case` is for texts, and \(expression.subject) is \(kind.rawValue)",
        at: expression.range)
    }
  }
}

extension Operand {
  /// The same, its enum or uuid being any text, as `ignoring case` and parts of it need.
  fileprivate var anyText: Operand {
    guard case .expression(var resolved) = self else { return self }
    switch resolved.type {
    case .enumeration, .uuid: resolved.type = .text
    default: break
    }
    return .expression(resolved)
  }
}
