/// What stands in an expression or condition, before it is known which of the two it is.
struct Operand {
  enum Value {
    case expression(Expression)
    case condition(Condition)
  }
  var value: Value
  var range: SourceRange
  /// How many nodes stand above each other in the tree.
  var height = 1
  /// In brackets of its own.
  var isGrouped = false
}

/// How strongly operators bind, weakest first.
enum Binding: Int, Comparable {
  case or, and, comparison, sum, product, factor
  static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
}

// Expressions and conditions in one grammar (LANGUAGE.md §7): `(` may begin either, so both are read
// as operands, and what kind an operand is shows when an operator needs it.
extension Parser {
  /// An expression may be this many operators high: `1 + 1 + …`.
  static let highestTree = 300

  mutating func expression() throws(Diagnostic) -> Expression {
    try asExpression(try operand(.sum))
  }

  mutating func condition() throws(Diagnostic) -> Condition {
    asCondition(try operand(.or))
  }

  /// An operand with the operators behind it that bind at least as strongly as `weakest`.
  mutating func operand(_ weakest: Binding) throws(Diagnostic) -> Operand {
    try enter()
    defer { leave() }
    var left = try firstOperand(weakest)
    while let binding = operatorBinding(after: left, weakest) {
      switch binding {
      case .or, .and: left = try junction(left, binding)
      case .comparison: left = try comparison(left)
      default: left = try arithmetic(left, binding)
      }
      if left.height > Self.highestTree { throw tooHigh(left) }
    }
    return left
  }

  private func tooHigh(_ operand: Operand) -> Diagnostic {
    Diagnostic(
      .tooDeep, "more than \(Self.highestTree) operators depend on each other", at: operand.range,
      hint: "long lists are written with `in ( … )`")
  }

  /// How the operator at the current token binds; nil when none stands here that may follow.
  private mutating func operatorBinding(after left: Operand, _ weakest: Binding) -> Binding? {
    if isWatching { addOperatorWords(after: left, weakest) }
    let binding: Binding? =
      switch current.kind {
      case .plus, .minus: .sum
      case .times, .divided, .modulo: .product
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
      case .word, .capital:
        switch keyword {
        case .or: .or
        case .and: .and
        case .is, .in, .between, .contains, .starts, .ends, .not: .comparison
        default: nil
        }
      default: nil
      }
    guard let binding, binding >= weakest else { return nil }
    // `expect User where active = true = …`: the second sign compares the walk.
    if binding == .comparison, context.endsAtComparison, left.isComparison { return nil }
    return binding
  }

  private mutating func addOperatorWords(after left: Operand, _ weakest: Binding) {
    guard weakest <= .comparison else { return }
    if weakest <= .and { watch?.add(word: "and") }
    if weakest <= .or { watch?.add(word: "or") }
    guard case .expression = left.value else { return }
    for word in [
      "is", "in", "not", "between", "contains", "starts with", "ends with",
    ] { watch?.add(word: word) }
  }

  private mutating func junction(
    _ left: Operand, _ binding: Binding
  ) throws(Diagnostic) -> Operand {
    let word: Keyword = binding == .or ? .or : .and
    let next: Binding = binding == .or ? .and : .comparison
    var parts = [asCondition(left)]
    var height = left.height
    var range = left.range
    while keyword == word {
      advance()
      let right = try operand(next)
      parts.append(asCondition(right))
      height = max(height, right.height)
      range = range.union(right.range)
      if isWatching { addOperatorWords(after: right, binding) }
    }
    let condition: Condition = binding == .or ? .or(parts) : .and(parts)
    return Operand(value: .condition(condition), range: range, height: height + 1)
  }

  private mutating func arithmetic(
    _ left: Operand, _ binding: Binding
  ) throws(Diagnostic) -> Operand {
    let sign = BinaryOperator(rawValue: current.kind.sign ?? "") ?? .plus
    advance()
    let right = try operand(binding == .sum ? .product : .factor)
    let range = left.range.union(right.range)
    let value = Expression.binary(sign, try asExpression(left), try asExpression(right), range)
    return Operand(
      value: .expression(value), range: range, height: max(left.height, right.height) + 1)
  }

  func asExpression(_ operand: Operand) throws(Diagnostic) -> Expression {
    switch operand.value {
    case .expression(let expression): return expression
    case .condition:
      throw Diagnostic(
        .unexpected, "expected a value, found a condition", at: operand.range,
        hint: operand.isComparison ? "comparisons are joined by `and` or `or`" : nil)
    }
  }

  func asCondition(_ operand: Operand) -> Condition {
    switch operand.value {
    case .expression(let expression): .truth(expression)
    case .condition(let condition): condition
    }
  }

  // MARK: Operands

  // Each kind of operand has a function of its own, which keeps the stack of nested ones small.
  private mutating func firstOperand(_ weakest: Binding) throws(Diagnostic) -> Operand {
    if isWatching { addOperandWords(weakest) }
    switch current.kind {
    case .leftParenthesis: return try group()
    case .minus: return try negation()
    case .quotedName: return try pathOrCall()
    case .variable: return variable()
    case .word, .capital:
      if weakest <= .comparison {
        if keyword == .not { return try notOperand() }
        if let quantifier = quantifier() { return try quantified(quantifier) }
      }
      return try wordOperand()
    default: return try literalOperand()
    }
  }

  private mutating func group() throws(Diagnostic) -> Operand {
    let start = index
    try enter()
    defer { leave() }
    advance()
    var operand = try operand(.or)
    try expect(.rightParenthesis)
    operand.isGrouped = true
    operand.range = range(from: start)
    return operand
  }

  private mutating func negation() throws(Diagnostic) -> Operand {
    let start = index
    try enter()
    defer { leave() }
    advance()
    let isInteger = current.kind == .integer
    let inner = try operand(.factor)
    let range = range(from: start)
    let value = try negated(inner, range, isInteger: isInteger)
    return Operand(value: .expression(value), range: range, height: inner.height + 1)
  }

  private mutating func notOperand() throws(Diagnostic) -> Operand {
    let start = index
    try enter()
    defer { leave() }
    advance()
    let inner = try operand(.comparison)
    let range = range(from: start)
    return Operand(
      value: .condition(.not(asCondition(inner), range)), range: range, height: inner.height + 1)
  }

  private mutating func variable() -> Operand {
    let name = Name(current.variableName(in: source.bytes), at: current.range)
    advance()
    return Operand(value: .expression(.variable(name)), range: name.range)
  }

  private mutating func literalOperand() throws(Diagnostic) -> Operand {
    let range = current.range
    let literal = try literal("a value")
    return Operand(value: .expression(.literal(literal, range)), range: range)
  }

  private mutating func addOperandWords(_ weakest: Binding) {
    watch?.add(want: .path(noun))
    watch?.add(want: .variable)
    var words = ["true", "false", "null", "today()", "now()"] + Keyword.aggregates.map(\.rawValue)
    if weakest <= .comparison { words += ["not", "some", "no", "every"] }
    words.forEach { watch?.add(word: $0) }
  }

  /// A literal that is no word: a number, text or blob.
  mutating func literal(_ what: String) throws(Diagnostic) -> Literal {
    let token = current
    guard token.kind.isLiteral else {
      let isDoubled = token.kind == .equal && kind(ahead: -1) == .equal
      throw unexpected(what, hint: isDoubled ? "\"is equal\" is written `=`" : nil)
    }
    guard let literal = source.bytes.withUnsafeBufferPointer({ token.literal(in: $0) }) else {
      throw Diagnostic(
        .badNumber, "a number may have \(Decimal.mostDigits) digits", at: token.range)
    }
    advance()
    return literal
  }

  /// `-5` is a literal, also where 5 alone would be too great for 64 bits.
  private func negated(
    _ operand: Operand, _ range: SourceRange, isInteger: Bool
  ) throws(Diagnostic) -> Expression {
    let expression = try asExpression(operand)
    guard case .literal(let literal, _) = expression, !operand.isGrouped,
      let negative = literal.negated
    else { return .negate(expression, range) }
    if isInteger, case .decimal(let value) = negative, let least = Int64(value.description) {
      return .literal(.integer(least), range)
    }
    return .literal(negative, range)
  }
}

extension Operand {
  /// A comparison that stands in no brackets: `a = b`.
  var isComparison: Bool {
    guard case .condition(let condition) = value, !isGrouped else { return false }
    return switch condition {
    case .compare, .identical, .within, .between, .text: true
    default: false
    }
  }
}

extension Literal {
  /// The number with the other sign; nil for what is no number.
  var negated: Literal? {
    switch self {
    case .integer(let value):
      let (negative, overflows) = Int64(0).subtractingReportingOverflow(value)
      return overflows ? nil : .integer(negative)
    case .decimal(let value): return .decimal(value.negated)
    default: return nil
    }
  }
}
