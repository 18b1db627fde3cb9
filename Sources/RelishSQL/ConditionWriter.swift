import RelishLanguage
package import RelishModel

extension ExpressionWriter {
  /// The condition, ready to stand after WHERE.
  package func write(_ condition: ResolvedCondition) -> SQLText {
    write(condition, within: .lowest)
  }

  /// The condition as one part of an AND.
  func factor(_ condition: ResolvedCondition) -> SQLText {
    write(condition, within: .and)
  }

  private enum Junction: Int, Comparable {
    case lowest, or, and
    static func < (left: Junction, right: Junction) -> Bool { left.rawValue < right.rawValue }
  }

  private func write(_ condition: ResolvedCondition, within outer: Junction) -> SQLText {
    switch condition {
    case .and(let parts): return junction(parts, .and, " AND ", within: outer)
    case .or(let parts): return junction(parts, .or, " OR ", within: outer)
    case .not(let inner): return "NOT (\(write(inner)))"
    case .every(let rows, let test): return every(rows, test)
    case .exists(let rows, let negated):
      if negated, let absence = absence(of: rows) { return absence }
      return "\(negated ? "NOT " : "")EXISTS (\(select("1", from: rows)))"
    default: return test(condition, within: outer)
    }
  }

  private func junction(
    _ parts: [ResolvedCondition], _ own: Junction, _ word: String, within outer: Junction
  ) -> SQLText {
    guard parts.count > 1 else {
      return parts.first.map { write($0, within: outer) } ?? write(.constant(own == .and))
    }
    let text = parts.map { write($0, within: own) }.joined(separator: word)
    return own < outer ? "(\(text))" : text
  }

  /// Conditions without conditions inside.
  private func test(_ condition: ResolvedCondition, within outer: Junction) -> SQLText {
    switch condition {
    case .constant(let value):
      return value ? "1 = 1" : "1 = 0"
    case .compare(let comparison, let left, let right):
      return "\(write(left)) \(SQLText(comparison.sql)) \(write(right))"
    case .identical(let left, let right, let negated):
      return identical(left, right, negated: negated)
    case .within(let subject, let values, let negated):
      let list = values.map { write($0) }.joined(separator: ", ")
      return "\(write(subject)) \(negated ? "NOT " : "")IN (\(list))"
    case .between(let subject, let low, let high, let negated):
      let range: SQLText = "BETWEEN \(write(low)) AND \(write(high))"
      return "\(write(subject)) \(negated ? "NOT " : "")\(range)"
    case .text(let test, let subject, let part, let negated):
      let text = dialect.textTest(
        test, write(subject), write(part), constant: part.constantText)
      return negated ? "NOT (\(text))" : text
    case .truth(let expression):
      return write(expression)
    case .keys(let columns, let keys):
      return self.keys(columns, keys)
    case .keyElseLabel(let source, let key, let label, let value):
      let text = keyElseLabel(source, key, label, value)
      return outer == .and ? "(\(text))" : text
    case .and, .or, .not, .every, .exists:
      return write(condition)
    }
  }

  private func identical(
    _ left: ResolvedExpression, _ right: ResolvedExpression, negated: Bool
  ) -> SQLText {
    if right.constant == .null { return "\(write(left)) IS \(negated ? "NOT " : "")NULL" }
    return dialect.identity(write(left), write(right), negated: negated)
  }

  private func keys(_ columns: [ColumnReference], _ keys: [[Value]]) -> SQLText {
    guard !keys.isEmpty else { return write(.constant(false)) }
    let columns = columns.map { frame.column($0) }
    if keys.count == 1, let key = keys.first {
      return zip(columns, key).map { "\($0) = \(bind: $1)" as SQLText }.joined(separator: " AND ")
    }
    return dialect.membership(columns, in: keys)
  }

  private func keyElseLabel(
    _ source: Source, _ key: ColumnReference, _ label: ColumnReference, _ value: Value
  ) -> SQLText {
    let other = SelectFrame.alias(source.id) + "k"
    let table = frame.table(source.table, as: other)
    let found: SQLText =
      "SELECT 1 FROM \(table) WHERE \(frame.column(key.column, of: other)) = \(bind: value)"
    let byLabel: SQLText = "\(frame.column(label)) = \(bind: value) AND NOT EXISTS (\(found))"
    return "\(frame.column(key)) = \(bind: value) OR \(byLabel)"
  }
}

extension ComparisonOperator {
  fileprivate var sql: String { self == .notEqual ? "<>" : rawValue }
}

extension ResolvedExpression {
  fileprivate var constantText: String? {
    if case .text(let value)? = constant { value } else { nil }
  }
}
