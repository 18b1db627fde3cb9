// What a script claims to be true (LANGUAGE.md §8, §9 Scripts).
extension Parser {
  /// `count User = 3`, `error delete User 1`, `no changes`, behind `expect`.
  mutating func expectation(from start: Int) throws(Diagnostic) -> ExpectSyntax {
    if at(.no), keyword(ahead: 1) == .changes {
      advance()
      advance()
      return .noChanges(range(from: start))
    }
    if accept(.error) {
      let text = current.kind.isText ? current.text(in: source.bytes) : nil
      if text != nil { advance() }
      try enter(20)
      let statement = try statement()
      leave(20)
      return .error(containing: text, statement, range(from: start))
    }
    if at(.not) {
      advance()
      try expect(.exists)
      return .exists(try query(), negated: true)
    }
    if accept(.exists) { return .exists(try query(), negated: false) }
    if keyword == .no { throw unexpected("a walk", hint: "did you mean `expect not exists …`?") }
    let prefix: WalkPrefix? = accept(.count) ? .count : nil
    let walk = try query(WalkContext(endsAtAssignment: false, endsAtComparison: true))
    guard let comparison = ComparisonOperator(rawValue: current.kind.sign ?? "") else {
      throw unexpected("a comparison", hint: "as in `expect count User = 3`")
    }
    advance()
    let value = try expectedValue()
    return .compare(prefix, walk, comparison, value, range(from: start))
  }

  /// A literal, `(v, …)` or `((v, w), …)`.
  private mutating func expectedValue() throws(Diagnostic) -> ExpectedValue {
    let start = index
    guard current.kind == .leftParenthesis else {
      let operand = try operand(.factor)
      guard case .expression(.literal(let literal, let range)) = operand.value else {
        throw Diagnostic(
          .unexpected, "expected a literal value", at: operand.range,
          hint: "as in `= 3`, `= \"Max\"` or `= (\"Tee\", \"Cap\")`")
      }
      return .value(literal, range)
    }
    try enter()
    defer { leave() }
    advance()
    var values: [ExpectedValue] = []
    if current.kind != .rightParenthesis {
      repeat { values.append(try expectedValue()) } while accept(.comma)
    }
    try expect(.rightParenthesis, orElse: "`,` or `)`")
    return .list(values, range(from: start))
  }
}
