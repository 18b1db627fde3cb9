extension SyntaxWriter {
  /// An expression with the brackets it needs and no others.
  package static func expression(_ expression: Expression) -> String {
    switch expression {
    case .literal(let literal, _): return self.literal(literal)
    case .variable(let name): return "$" + name.text
    case .path(let path): return self.path(path)
    case .call(let name, let arguments, _):
      return name.text + "(" + arguments.map(self.expression).joined(separator: ", ") + ")"
    case .aggregate(let aggregate): return self.aggregate(aggregate)
    case .negate(let inner, _):
      let text = self.expression(inner)
      // `-5` would be read as one literal, and `--` as a comment.
      if case .path = inner { return "-" + text }
      return "-(\(text))"
    case .binary(let sign, let left, let right, _):
      let own = strength(expression)
      let first = bracketed(self.expression(left), strength(left) < own)
      let second = bracketed(self.expression(right), strength(right) <= own)
      return "\(first) \(sign.rawValue) \(second)"
    }
  }

  private static func aggregate(_ aggregate: AggregateSyntax) -> String {
    var text = aggregate.function.rawValue
    if let path = aggregate.path { text += " " + self.path(path) }
    let filter = aggregate.condition.map { "where " + condition($0) }
    let parts = [aggregate.value.map { expression($0) }, filter].compactMap { $0 }
    return parts.isEmpty ? text : text + " (" + parts.joined(separator: " ") + ")"
  }

  /// Dotted names; all but the first stand in a place for a name.
  package static func path(_ path: Path) -> String {
    path.names.enumerated().map { index, part in
      if index > 0 { return bareName(part.text) }
      return part.text == "outer" && !part.isQuoted && path.names.count > 1
        ? part.text : name(part.text)
    }.joined(separator: ".")
  }

  private static func strength(_ expression: Expression) -> Int {
    switch expression {
    case .binary(.plus, _, _, _), .binary(.minus, _, _, _): 1
    case .binary: 2
    default: 3
    }
  }

  private static func bracketed(_ text: String, _ needed: Bool) -> String {
    needed ? "(\(text))" : text
  }

  // MARK: Conditions

  /// A condition with the brackets it needs and no others.
  package static func condition(_ condition: Condition) -> String {
    switch condition {
    case .and(let parts): return joined(parts, "and", weakest: 3)
    case .or(let parts): return joined(parts, "or", weakest: 2)
    case .not(let inner, _):
      return "not " + bracketed(self.condition(inner), strength(inner) < 3)
    case .quantified(let quantifier, let path, let inner, _):
      let test = inner.map { " (\(self.condition($0)))" } ?? ""
      return "\(quantifier.rawValue) \(self.path(path))\(test)"
    case .compare(let sign, let left, let right, let ignoringCase, _):
      return comparison(left, sign.rawValue, expression(right), ignoringCase)
    case .identical(let left, let right, let negated, _):
      return comparison(left, negated ? "is not" : "is", expression(right), false)
    case .within(let left, let list, let negated, let ignoringCase, _):
      let items = list.map(expression).joined(separator: ", ")
      return comparison(left, negated ? "not in" : "in", "(\(items))", ignoringCase)
    case .between(let left, let low, let high, let negated, let ignoringCase, _):
      let limits = "\(expression(low)) and \(expression(high))"
      return comparison(left, negated ? "not between" : "between", limits, ignoringCase)
    case .text(let test, let left, let right, let negated, let ignoringCase, _):
      let words =
        switch test {
        case .contains: "contains"
        case .startsWith: "starts with"
        case .endsWith: "ends with"
        }
      return comparison(left, (negated ? "not " : "") + words, expression(right), ignoringCase)
    case .truth(let value): return expression(value)
    }
  }

  private static func comparison(
    _ left: Expression, _ sign: String, _ right: String, _ ignoringCase: Bool
  ) -> String {
    "\(expression(left)) \(sign) \(right)\(ignoringCase ? " ignoring case" : "")"
  }

  private static func joined(_ parts: [Condition], _ word: String, weakest: Int) -> String {
    parts.map { bracketed(condition($0), strength($0) < weakest) }.joined(separator: " \(word) ")
  }

  private static func strength(_ condition: Condition) -> Int {
    switch condition {
    case .or: 1
    case .and: 2
    default: 3
    }
  }
}
