/// Which columns cannot be null in a row that meets a condition.
///
/// A comparison with null is not true, so a row that a path does not lead to can be left out before the
/// condition is tested. Only what is plain to see is found; finding less is harmless.
extension ResolvedCondition {
  package var requiredColumns: Set<ColumnReference> {
    switch self {
    case .and(let parts):
      return parts.reduce(into: []) { $0.formUnion($1.requiredColumns) }
    case .or(let parts):
      guard let first = parts.first else { return [] }
      return parts.dropFirst().reduce(first.requiredColumns) {
        $0.intersection($1.requiredColumns)
      }
    case .compare(_, let left, let right):
      return left.strictColumns.union(right.strictColumns)
    case .identical(let left, let right, let negated):
      if negated { return right.constant == .null ? left.strictColumns : [] }
      return right.constant.map { $0 != .null } == true ? left.strictColumns : []
    case .within(let subject, _, _):
      return subject.strictColumns
    case .between(let subject, let low, let high, let negated):
      let columns = subject.strictColumns
      return negated ? columns : columns.union(low.strictColumns).union(high.strictColumns)
    case .text(_, let subject, let part, _):
      return subject.strictColumns.union(part.strictColumns)
    case .truth(let expression):
      return expression.strictColumns
    case .keys(let columns, _):
      return Set(columns)
    case .constant, .not, .exists, .every, .keyElseLabel:
      return []
    }
  }
}

extension ResolvedExpression {
  /// The columns of which each alone makes the expression null by being null.
  package var strictColumns: Set<ColumnReference> {
    switch form {
    case .value, .aggregate: return []
    case .column(let column): return [column]
    case .negate(let operand): return operand.strictColumns
    case .arithmetic(_, let left, let right), .joined(let left, let right):
      return left.strictColumns.union(right.strictColumns)
    case .call(let function, let arguments):
      switch function {
      case .coalesce, .concat: return []
      case .lower, .upper, .length, .trim, .round, .abs, .substring, .year, .month, .day, .date,
        .midnight, .decimalText, .booleanText:
        return arguments.reduce(into: []) { $0.formUnion($1.strictColumns) }
      }
    }
  }
}
