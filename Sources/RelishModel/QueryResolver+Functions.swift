import RelishLanguage

extension Resolution {
  /// How many arguments a function takes.
  private static let arities: [String: ClosedRange<Int>] = [
    "today": 0...0, "now": 0...0, "lower": 1...1, "upper": 1...1, "length": 1...1, "trim": 1...1,
    "round": 1...2, "abs": 1...1, "coalesce": 1...100, "concat": 1...100, "substring": 2...3,
    "year": 1...1, "month": 1...1, "day": 1...1, "date": 1...1,
  ]

  /// The functions that walks know (LANGUAGE.md §7), for completion and suggestions.
  static let functionNames = arities.keys.sorted()

  mutating func call(
    _ name: Name, _ arguments: [Expression], at range: SourceRange, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression {
    let word = name.text.lowercased()
    guard let arity = Self.arities[word] else {
      throw Diagnostic(
        .unknownFunction, "there is no function `\(name)`", at: name.range,
        hint: Suggestion.hint(for: name.text, among: Self.functionNames, listing: "functions"))
    }
    guard arity.contains(arguments.count) else {
      let wanted =
        arity.lowerBound == arity.upperBound
        ? "\(arity.lowerBound)"
        : arity.upperBound == 100
          ? "\(arity.lowerBound) or more" : "\(arity.lowerBound) or \(arity.upperBound)"
      throw Diagnostic(
        .wrongType,
        "`\(name)` takes \(wanted) \(wanted == "1" ? "value" : "values"), not \(arguments.count)",
        at: range)
    }
    if word == "today" || word == "now" { return try moment(word, at: range) }
    if word == "coalesce" { return try coalesce(arguments, at: range, in: nouns) }
    let values = try arguments.resolved(&self, in: nouns, at: range)
    switch word {
    case "lower", "upper", "trim", "length":
      let text = try text(values[0], of: arguments[0], for: word)
      let function = SQLFunction(rawValue: word) ?? .lower
      return ResolvedExpression(.call(function, [text]), type: word == "length" ? .integer : .text)
    case "substring":
      let text = try text(values[0], of: arguments[0], for: word)
      var all = [text]
      for (value, argument) in zip(values, arguments).dropFirst() {
        all.append(try number(value, of: argument, for: word))
      }
      return ResolvedExpression(.call(.substring, all), type: .text)
    case "abs":
      let number = try number(values[0], of: arguments[0], for: word)
      return ResolvedExpression(.call(.abs, [number]), type: number.type)
    case "round":
      return try round(values, arguments)
    case "concat":
      var all: [ResolvedExpression] = []
      for value in values { all.append(Self.spelled(value)) }
      return ResolvedExpression(.call(.concat, all), type: .text)
    default:
      return try datePart(word, values[0], arguments[0])
    }
  }

  private func moment(_ word: String, at range: SourceRange) throws(Diagnostic)
    -> ResolvedExpression
  {
    guard !isCheck else {
      throw Diagnostic(
        .invalidDeclaration,
        "a check cannot ask for `\(word)()`: it would change without a row being changed",
        at: range)
    }
    return word == "today"
      ? ResolvedExpression(.value(.text(resolver.now.date)), type: .date)
      : ResolvedExpression(.value(.text(resolver.now.datetime)), type: .datetime)
  }

  /// The first argument with a type tells the type; constants are read as values of it.
  private mutating func coalesce(
    _ arguments: [Expression], at range: SourceRange, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression {
    var operands: [Operand] = []
    for argument in arguments {
      operands.append(
        try nested(Self.bracketWeight, at: range) { (self) throws(Diagnostic) in
          try self.operand(argument, in: nouns)
        })
    }
    var lead: (operand: Operand, expression: Expression)?
    for (operand, argument) in zip(operands, arguments) {
      if case .expression(let resolved) = operand, resolved.type != nil {
        lead = (operand, argument)
        break
      }
    }
    var values: [ResolvedExpression] = []
    for (operand, argument) in zip(operands, arguments) {
      guard let lead else {
        values.append(try value(operand, of: argument))
        continue
      }
      values.append(try aligned(lead.operand, operand, lead.expression, argument).1)
    }
    return ResolvedExpression(.call(.coalesce, values), type: Self.common(values.map(\.type)))
  }

  /// The type that holds the values of all: for decimals the greatest scale.
  private static func common(_ types: [AttributeType?]) -> AttributeType? {
    let known = types.compactMap { $0 }
    guard let first = known.first else { return nil }
    guard ValueKind(first) == .number else {
      if case .enumeration = first { return known.allSatisfy { $0 == first } ? first : .text }
      return first
    }
    return known.dropFirst().reduce(first) { type(of: .plus, $0, $1) ?? $0 }
  }

  private func round(
    _ values: [ResolvedExpression], _ arguments: [Expression]
  ) throws(Diagnostic) -> ResolvedExpression {
    let number = try number(values[0], of: arguments[0], for: "round")
    var digits = 0
    if values.count > 1 {
      guard case .integer(let wanted)? = values[1].constant, (0...30).contains(wanted) else {
        throw Diagnostic(
          .wrongType, "`round` takes the number of digits as a whole number from 0 to 30",
          at: arguments[1].range)
      }
      digits = Int(wanted)
    }
    let type: AttributeType? =
      if case .decimal = number.type { .decimal(precision: 38, scale: digits) } else { number.type }
    let count = ResolvedExpression(.value(.integer(Int64(digits))), type: .integer)
    return ResolvedExpression(.call(.round, [number, count]), type: type)
  }

  private func text(
    _ resolved: ResolvedExpression, of expression: Expression, for word: String
  ) throws(Diagnostic) -> ResolvedExpression {
    switch ValueKind(resolved.type) {
    case .text, .unknown: return resolved
    case let kind:
      throw Diagnostic(
        .wrongType, "`\(word)` needs a text, and \(expression.subject) is \(kind.rawValue)",
        at: expression.range)
    }
  }

  private func datePart(
    _ word: String, _ resolved: ResolvedExpression, _ expression: Expression
  ) throws(Diagnostic) -> ResolvedExpression {
    var argument = resolved
    switch (ValueKind(resolved.type), resolved.constant) {
    case (.date, _), (.datetime, _), (.unknown, _): break
    case (.text, .text?):
      let value = resolved.constant ?? .null
      argument = try typed(value, as: .datetime, named: "`\(word)`", at: expression.range)
    case (let kind, _):
      throw Diagnostic(
        .wrongType, "`\(word)` needs a date, and \(expression.subject) is \(kind.rawValue)",
        at: expression.range)
    }
    let function = SQLFunction(rawValue: word) ?? .year
    return ResolvedExpression(
      .call(function, [argument]), type: function == .date ? .date : .integer)
  }

  /// A value as a part of a text: decimals with their scale, booleans as words.
  private static func spelled(_ value: ResolvedExpression) -> ResolvedExpression {
    switch value.type {
    case .decimal(_, let scale):
      let digits = ResolvedExpression(.value(.integer(Int64(scale))), type: .integer)
      return ResolvedExpression(.call(.decimalText, [value, digits]), type: .text)
    case .boolean:
      return ResolvedExpression(.call(.booleanText, [value]), type: .text)
    default: return value
    }
  }
}

extension [Expression] {
  /// Each as a value, one bracket deeper.
  fileprivate func resolved(
    _ resolution: inout Resolution, in nouns: [Resolution.Noun], at range: SourceRange
  ) throws(Diagnostic) -> [ResolvedExpression] {
    var values: [ResolvedExpression] = []
    for argument in self {
      values.append(
        try resolution.nested(Resolution.bracketWeight, at: range) {
          (resolution) throws(Diagnostic) in try resolution.expression(argument, in: nouns)
        })
    }
    return values
  }
}
