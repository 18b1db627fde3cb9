import RelishLanguage

extension Condition {
  /// Every path that the condition reads.
  var paths: [Path] {
    switch self {
    case .and(let parts), .or(let parts): parts.flatMap(\.paths)
    case .not(let inner, _): inner.paths
    case .quantified(_, let path, let inner, _): [path] + (inner?.paths ?? [])
    case .compare(_, let left, let right, _, _), .identical(let left, let right, _, _):
      left.paths + right.paths
    case .within(let subject, let values, _, _, _): subject.paths + values.flatMap(\.paths)
    case .between(let subject, let low, let high, _, _, _):
      subject.paths + low.paths + high.paths
    case .text(_, let subject, let part, _, _, _): subject.paths + part.paths
    case .truth(let expression): expression.paths
    }
  }

  /// Whether related rows are asked: `some reviews`, `count products`.
  var asksOtherRows: Bool {
    switch self {
    case .and(let parts), .or(let parts): parts.contains(where: \.asksOtherRows)
    case .not(let inner, _): inner.asksOtherRows
    case .quantified: true
    case .compare(_, let left, let right, _, _), .identical(let left, let right, _, _):
      left.countsRows || right.countsRows
    case .within(let subject, let values, _, _, _):
      subject.countsRows || values.contains(where: \.countsRows)
    case .between(let subject, let low, let high, _, _, _):
      subject.countsRows || low.countsRows || high.countsRows
    case .text(_, let subject, let part, _, _, _): subject.countsRows || part.countsRows
    case .truth(let expression): expression.countsRows
    }
  }
}

extension Expression {
  var paths: [Path] {
    switch self {
    case .literal, .variable: []
    case .path(let path): [path]
    case .call(_, let arguments, _): arguments.flatMap(\.paths)
    case .aggregate(let aggregate):
      [aggregate.path].compactMap { $0 } + (aggregate.value?.paths ?? [])
        + (aggregate.condition?.paths ?? [])
    case .negate(let inner, _): inner.paths
    case .binary(_, let left, let right, _): left.paths + right.paths
    }
  }

  var countsRows: Bool {
    switch self {
    case .literal, .variable, .path: false
    case .call(_, let arguments, _): arguments.contains(where: \.countsRows)
    case .aggregate: true
    case .negate(let inner, _): inner.countsRows
    case .binary(_, let left, let right, _): left.countsRows || right.countsRows
    }
  }
}

extension Condition {
  /// The same condition over an attribute's new name.
  func renaming(_ old: String, to new: String) -> Condition {
    func text(_ expression: Expression) -> Expression { expression.renaming(old, to: new) }
    return switch self {
    case .and(let parts): .and(parts.map { $0.renaming(old, to: new) })
    case .or(let parts): .or(parts.map { $0.renaming(old, to: new) })
    case .not(let inner, let range): .not(inner.renaming(old, to: new), range)
    case .quantified: self
    case .compare(let sign, let left, let right, let ignoringCase, let range):
      .compare(sign, text(left), text(right), ignoringCase: ignoringCase, range)
    case .identical(let left, let right, let negated, let range):
      .identical(text(left), text(right), negated: negated, range)
    case .within(let subject, let values, let negated, let ignoringCase, let range):
      .within(
        text(subject), values.map(text), negated: negated, ignoringCase: ignoringCase, range)
    case .between(let subject, let low, let high, let negated, let ignoringCase, let range):
      .between(
        text(subject), text(low), text(high), negated: negated, ignoringCase: ignoringCase, range)
    case .text(let test, let subject, let part, let negated, let ignoringCase, let range):
      .text(
        test, text(subject), text(part), negated: negated, ignoringCase: ignoringCase, range)
    case .truth(let expression): .truth(text(expression))
    }
  }
}

extension Expression {
  fileprivate func renaming(_ old: String, to new: String) -> Expression {
    switch self {
    case .literal, .variable, .aggregate: return self
    case .path(var path):
      guard path.names.count == 1, path.names[0].text == old else {
        return self
      }
      path.names[0].text = new
      return .path(path)
    case .call(let name, let arguments, let range):
      return .call(name, arguments.map { $0.renaming(old, to: new) }, range)
    case .negate(let inner, let range): return .negate(inner.renaming(old, to: new), range)
    case .binary(let sign, let left, let right, let range):
      return .binary(sign, left.renaming(old, to: new), right.renaming(old, to: new), range)
    }
  }
}
