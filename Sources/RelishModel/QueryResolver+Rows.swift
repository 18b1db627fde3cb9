import RelishLanguage

/// To-one relations in comparisons.
extension Resolution {
  /// The keys of two rows, part by part; nil when neither side is a row (LANGUAGE.md §9: to-one
  /// relations compare by key).
  func rowPairs(
    _ left: Operand, _ right: Operand, _ first: Expression, _ second: Expression
  ) throws(Diagnostic) -> [(ResolvedExpression, ResolvedExpression)]? {
    if case .row(let row) = left { return try pairs(row, first, with: right, second) }
    if case .row(let row) = right { return try pairs(row, second, with: left, first) }
    return nil
  }

  private func pairs(
    _ row: ResolvedRow, _ expression: Expression, with other: Operand, _ second: Expression
  ) throws(Diagnostic) -> [(ResolvedExpression, ResolvedExpression)] {
    let types = row.model.primaryKey.map { row.model.attribute(named: $0)?.type }
    let columns = zip(row.columns, types).map { ResolvedExpression(.column($0), type: $1) }
    switch other {
    case .row(let other):
      guard other.model.name == row.model.name else {
        throw Self.unlike(expression, row.model, second, other.model.name)
      }
      return Array(zip(columns, other.columns.map { ResolvedExpression(.column($0), type: nil) }))
    case .rows(let name, let model, let keys):
      guard model == row.model.name else {
        throw Self.unlike(expression, row.model, second, model)
      }
      guard keys.count == 1, let key = keys.first else {
        throw Self.notOneRow(name, keys.count, at: second.range)
      }
      return Array(zip(columns, key.map(Self.natural)))
    case .constant(let value):
      guard value != .null else { return columns.map { ($0, Self.natural(.null)) } }
      return [try keyPair(columns, row.model, expression, value, second)]
    case .expression:
      throw Diagnostic(
        .wrongType,
        "\(expression.subject) is a row of `\(row.model.name)`, \(second.subject) a value",
        at: expression.range.union(second.range),
        hint: row.model.label.map { "`\(expression.written).\($0)` is a value" })
    }
  }

  /// `user = 3`: a constant is the key of the row.
  private func keyPair(
    _ columns: [ResolvedExpression], _ model: Model, _ expression: Expression, _ value: Value,
    _ second: Expression
  ) throws(Diagnostic) -> (ResolvedExpression, ResolvedExpression) {
    guard let column = columns.first, columns.count == 1 else {
      throw Diagnostic(
        .wrongType,
        "\(expression.subject) is a row of `\(model.name)`, whose key has \(columns.count) parts",
        at: second.range)
    }
    if case .text = value, ValueKind(column.type) == .number {
      throw Diagnostic(
        .wrongType, "\(expression.subject) is compared by its key, a number", at: second.range,
        hint: model.label.map { "`\(expression.written).\($0) = …` compares a text" })
    }
    return (
      column, try typed(value, as: column.type, named: expression.subject, at: second.range)
    )
  }

  private static func unlike(
    _ first: Expression, _ model: Model, _ second: Expression, _ other: String
  ) -> Diagnostic {
    Diagnostic(
      .wrongType, "\(first.subject) is a \(model.name), and \(second.subject) is a \(other)",
      at: first.range.union(second.range))
  }
}
