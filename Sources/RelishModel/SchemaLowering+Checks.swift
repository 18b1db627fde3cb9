import RelishLanguage

/// Rewrites a condition that speaks of attributes into one that speaks of columns.
struct ColumnNames {
  /// Columns by the attribute's name; only where the two differ.
  private let columns: [String: String]

  init(_ model: Model) {
    var columns: [String: String] = [:]
    for attribute in model.attributes where attribute.name != attribute.column {
      columns[attribute.name] = attribute.column
    }
    self.columns = columns
  }

  /// The check over columns: `unitPrice >= 0` becomes `unit_price >= 0` where naming is snake.
  func check(_ check: CheckSyntax) -> CheckSyntax {
    guard !columns.isEmpty else { return check }
    let condition = rewritten(check.condition)
    return CheckSyntax(condition: condition, source: SyntaxWriter.condition(condition))
  }

  private func rewritten(_ condition: Condition) -> Condition {
    switch condition {
    case .and(let parts): .and(parts.map { rewritten($0) })
    case .or(let parts): .or(parts.map { rewritten($0) })
    case .not(let inner, let range): .not(rewritten(inner), range)
    case .quantified(let quantifier, let path, let inner, let range):
      .quantified(quantifier, rewritten(path), inner.map { rewritten($0) }, range)
    case .compare(let sign, let left, let right, let ignoringCase, let range):
      .compare(sign, rewritten(left), rewritten(right), ignoringCase: ignoringCase, range)
    case .identical(let left, let right, let negated, let range):
      .identical(rewritten(left), rewritten(right), negated: negated, range)
    case .within(let subject, let values, let negated, let ignoringCase, let range):
      .within(
        rewritten(subject), values.map { rewritten($0) }, negated: negated,
        ignoringCase: ignoringCase, range)
    case .between(let subject, let low, let high, let negated, let ignoringCase, let range):
      .between(
        rewritten(subject), rewritten(low), rewritten(high), negated: negated,
        ignoringCase: ignoringCase, range)
    case .text(let test, let subject, let part, let negated, let ignoringCase, let range):
      .text(
        test, rewritten(subject), rewritten(part), negated: negated, ignoringCase: ignoringCase,
        range)
    case .truth(let expression): .truth(rewritten(expression))
    }
  }

  private func rewritten(_ expression: Expression) -> Expression {
    switch expression {
    // A check that asks other rows is an error before it comes here.
    case .literal, .variable, .aggregate: expression
    case .path(let path): .path(rewritten(path))
    case .call(let name, let arguments, let range):
      .call(name, arguments.map { rewritten($0) }, range)
    case .negate(let inner, let range): .negate(rewritten(inner), range)
    case .binary(let sign, let left, let right, let range):
      .binary(sign, rewritten(left), rewritten(right), range)
    }
  }

  private func rewritten(_ path: Path) -> Path {
    guard path.names.count == 1, let name = path.names.first, let column = columns[name.text]
    else { return path }
    return Path(
      names: [Name(column, at: name.range, isQuoted: name.isQuoted)], range: path.range)
  }
}
