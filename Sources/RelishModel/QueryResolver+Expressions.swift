import RelishLanguage

extension Resolution {
  /// Resolves an expression to one value per row.
  mutating func expression(
    _ expression: Expression, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression {
    if let key = groupKey(expression, in: nouns) { return key }
    switch expression {
    case .literal, .variable, .path:
      return try value(try operand(expression, in: nouns), of: expression)
    case .call(let name, let arguments, let range):
      return try call(name, arguments, at: range, in: nouns)
    case .aggregate(let aggregate):
      return try self.aggregate(aggregate, in: nouns)
    case .negate(let inner, let range):
      let operand = try nested(Self.bracketWeight, at: range) {
        (self) throws(Diagnostic) in try self.operand(inner, in: nouns)
      }
      if case .constant(let value) = operand { return Self.natural(try negated(value, at: range)) }
      let number = try number(try value(operand, of: inner), of: inner, for: "-")
      return ResolvedExpression(.negate(number), type: number.type)
    case .binary(let operation, let left, let right, let range):
      return try arithmetic(operation, left, right, at: range, in: nouns)
    }
  }

  /// The operand where a value is needed: a row is an error.
  func value(
    _ operand: Operand, of expression: Expression
  ) throws(Diagnostic) -> ResolvedExpression {
    switch operand {
    case .constant(let value): return Self.natural(value)
    case .expression(let resolved): return resolved
    case .row(let row):
      let attribute = row.model.label ?? row.model.primaryKey.first
      var hint: String?
      if case .path(let path) = expression, let attribute {
        hint = "`\(Self.written(path)).\(attribute)` is one"
      }
      throw Diagnostic(
        .wrongType, "\(expression.subject) is a row of `\(row.model.name)`, not a value",
        at: expression.range, hint: hint)
    case .rows(_, let model, _):
      throw Diagnostic(
        .wrongType, "\(expression.subject) holds rows of `\(model)`, not a value",
        at: expression.range)
    }
  }

  /// Requires a number; null and what only the database knows pass.
  func number(
    _ resolved: ResolvedExpression, of expression: Expression, for word: String
  ) throws(Diagnostic) -> ResolvedExpression {
    switch ValueKind(resolved.type) {
    case .number, .unknown: return resolved
    case let kind:
      throw Diagnostic(
        .wrongType, "`\(word)` needs a number, and \(expression.subject) is \(kind.rawValue)",
        at: expression.range)
    }
  }

  private mutating func arithmetic(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, at range: SourceRange,
    in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression {
    let first = try nested(1, at: range) { (self) throws(Diagnostic) in
      try self.expression(left, in: nouns)
    }
    let second = try nested(Self.bracketWeight, at: range) { (self) throws(Diagnostic) in
      try self.expression(right, in: nouns)
    }
    let kinds = (ValueKind(first.type), ValueKind(second.type))
    if operation == .plus {
      switch kinds {
      case (.text, .text), (.text, .unknown), (.unknown, .text):
        return ResolvedExpression(.joined(first, second), type: .text)
      case (.text, let other), (let other, .text):
        throw Diagnostic(
          .wrongType, "`+` joins two texts or adds two numbers, and here one is \(other.rawValue)",
          at: range, hint: "`concat(…, …)` joins values of every type")
      default: break
      }
    }
    let type = Self.type(
      of: operation,
      try number(first, of: left, for: operation.rawValue).type,
      try number(second, of: right, for: operation.rawValue).type)
    return ResolvedExpression(.arithmetic(operation, first, second), type: type)
  }

  /// The type of a calculation: scales add in `*`, the greater one holds in `+` and `-`, `/` has six
  /// more digits (LANGUAGE.md §9 Decimals). Whole numbers count as scale 0, so that `1 / 3` is
  /// `0.333333`.
  static func type(
    of operation: BinaryOperator, _ left: AttributeType?, _ right: AttributeType?
  ) -> AttributeType? {
    guard let first = Scale(left), let second = Scale(right) else {
      return left == nil && right == nil ? nil : .double
    }
    if case (.whole, .whole) = (first, second), operation != .divided { return .integer }
    let scale =
      switch operation {
      case .plus, .minus, .modulo: max(first.digits, second.digits)
      case .times: first.digits + second.digits
      case .divided: first.digits + 6
      }
    return .decimal(precision: 38, scale: min(scale, 30))
  }

  /// How many digits after the point the numbers of an exact type have.
  private enum Scale {
    case whole
    case decimal(Int)

    init?(_ type: AttributeType?) {
      switch type {
      case .integer, .bigint, nil: self = .whole
      case .decimal(_, let scale): self = .decimal(scale)
      default: return nil
      }
    }

    var digits: Int { if case .decimal(let digits) = self { digits } else { 0 } }
  }
}
