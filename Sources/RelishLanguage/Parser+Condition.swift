// The tests of a condition (LANGUAGE.md §7 `compare`).
extension Parser {
  /// The comparison whose sign or word is the current token.
  mutating func comparison(_ left: Operand) throws(Diagnostic) -> Operand {
    if let sign = ComparisonOperator(rawValue: current.kind.sign ?? "") {
      return try signComparison(left, sign)
    }
    if accept(.is) { return try identity(left) }
    let negated = accept(.not)
    if accept(.in) { return try membership(left, negated) }
    if accept(.between) { return try interval(left, negated) }
    return try textTest(left, negated)
  }

  private mutating func signComparison(
    _ left: Operand, _ sign: ComparisonOperator
  ) throws(Diagnostic) -> Operand {
    let subject = try asExpression(left)
    advance()
    let right = try operand(.sum)
    let object = try asExpression(right)
    return try finish(left, right.height) { .compare(sign, subject, object, ignoringCase: $0, $1) }
  }

  /// Behind `is`.
  private mutating func identity(_ left: Operand) throws(Diagnostic) -> Operand {
    let subject = try asExpression(left)
    let isNegated = accept(.not)
    let right = try operand(.sum)
    let object = try asExpression(right)
    let range = left.range.union(right.range)
    return Operand(
      value: .condition(.identical(subject, object, negated: isNegated, range)), range: range,
      height: max(left.height, right.height) + 1)
  }

  /// Behind `in`.
  private mutating func membership(_ left: Operand, _ negated: Bool) throws(Diagnostic) -> Operand {
    let subject = try asExpression(left)
    let (list, height) = try list()
    return try finish(left, height) {
      .within(subject, list, negated: negated, ignoringCase: $0, $1)
    }
  }

  /// Behind `between`.
  private mutating func interval(_ left: Operand, _ negated: Bool) throws(Diagnostic) -> Operand {
    let subject = try asExpression(left)
    let low = try operand(.sum)
    try expect(.and)
    let high = try operand(.sum)
    let (from, to) = (try asExpression(low), try asExpression(high))
    return try finish(left, max(low.height, high.height)) {
      .between(subject, from, to, negated: negated, ignoringCase: $0, $1)
    }
  }

  private mutating func textTest(_ left: Operand, _ negated: Bool) throws(Diagnostic) -> Operand {
    let subject = try asExpression(left)
    let test: TextTest
    if accept(.contains) {
      test = .contains
    } else if accept(.starts) {
      try expect(.with)
      test = .startsWith
    } else if accept(.ends) {
      try expect(.with)
      test = .endsWith
    } else {
      throw unexpected("`in`, `between`, `contains`, `starts with` or `ends with`")
    }
    let right = try operand(.sum)
    let object = try asExpression(right)
    return try finish(left, right.height) {
      .text(test, subject, object, negated: negated, ignoringCase: $0, $1)
    }
  }

  /// Reads `ignoring case` and puts the comparison together.
  private mutating func finish(
    _ left: Operand, _ height: Int, _ make: (Bool, SourceRange) -> Condition
  ) throws(Diagnostic) -> Operand {
    let ignoresCase = accept(.ignoring)
    if ignoresCase { try expect(.case) }
    let end = index > 0 ? tokens[index - 1].range : left.range
    let range = left.range.union(end)
    return Operand(
      value: .condition(make(ignoresCase, range)), range: range,
      height: max(left.height, height) + 1)
  }

  /// `(1, 2, 3)` behind `in` or a function's name, and the greatest height in it.
  mutating func list() throws(Diagnostic) -> ([Expression], Int) {
    guard current.kind == .leftParenthesis else {
      throw unexpected("`(`", hint: "the values stand in `( )`, as in `in (1, 2)`")
    }
    try enter(2)
    defer { leave(2) }
    advance()
    var items: [Expression] = []
    var height = 1
    repeat {
      let item = try operand(.sum)
      items.append(try asExpression(item))
      height = max(height, item.height)
    } while accept(.comma)
    try expect(.rightParenthesis, orElse: "`,` or `)`")
    return (items, height)
  }
}
