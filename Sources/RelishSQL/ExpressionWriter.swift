package import RelishLanguage
package import RelishModel

/// Writes resolved expressions and conditions as SQL, values always as bindings.
package struct ExpressionWriter {
  let dialect: any Dialect
  let frame: SelectFrame

  init(dialect: any Dialect, frame: SelectFrame) {
    self.dialect = dialect
    self.frame = frame
  }

  /// For expressions over one row of a statement that is not a SELECT: `SET price = price * 1.1`.
  ///
  /// - Parameter row: what the statement calls the row's table; empty: columns are written bare.
  package init(dialect: any Dialect, row: String) {
    let id = Source.ID(0)
    self.init(
      dialect: dialect, frame: SelectFrame([id: row], dialect: dialect, style: .subqueries))
  }

  /// The expression; arithmetic on decimals is rounded to its scale (LANGUAGE.md §9 Decimals).
  ///
  /// Decimals are doubles in some databases, where `0.1 + 0.2` is not `0.3` until it is rounded.
  package func write(_ expression: ResolvedExpression) -> SQLText {
    guard case .decimal(_, let scale)? = expression.type, expression.isCalculated else {
      return term(expression, within: .lowest)
    }
    return dialect.call(.round, [term(expression, within: .lowest), "\(scale)"])
  }

  /// The expression as a column of `type` keeps it: a decimal is rounded to the column's scale.
  package func write(_ expression: ResolvedExpression, keptAs type: AttributeType) -> SQLText {
    guard case .decimal(_, let scale) = type, expression.constant == nil,
      expression.type != type || expression.isCalculated
    else { return write(expression) }
    return dialect.call(.round, [term(expression, within: .lowest), "\(scale)"])
  }

  /// How tightly an operator binds; what binds looser than its surroundings gets brackets.
  enum Binding: Int, Comparable {
    case lowest, sum, product, primary
    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
  }

  func term(_ expression: ResolvedExpression, within outer: Binding) -> SQLText {
    switch expression.form {
    case .value(let value):
      return "\(bind: value)"
    case .column(let reference):
      return frame.column(reference)
    case .call(let function, let arguments):
      return dialect.call(function, arguments.map(write))
    case .aggregate(let aggregate):
      guard let last = aggregate.rows?.steps.last else { return own(aggregate) }
      if let present = frame.gathered[last.source.id] { return own(aggregate, present: present) }
      return "(\(related(aggregate)))"
    case .negate(let operand):
      return "-\(bracketed(operand))"
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right, within: outer)
    case .joined(let left, let right):
      let text: SQLText = "\(bracketed(left)) || \(bracketed(right))"
      return outer == .lowest ? text : "(\(text))"
    }
  }

  private func arithmetic(
    _ operation: BinaryOperator, _ left: ResolvedExpression, _ right: ResolvedExpression,
    within outer: Binding
  ) -> SQLText {
    let own: Binding = operation == .plus || operation == .minus ? .sum : .product
    let first = term(left, within: own)
    // A product's right side is bracketed too: `a * (b / c)` is not `a * b / c`.
    let second = term(right, within: own == .sum ? .product : .primary)
    let text: SQLText =
      switch operation {
      case .plus: "\(first) + \(second)"
      case .minus: "\(first) - \(second)"
      case .times: "\(first) * \(second)"
      case .divided: dialect.quotient(first, second)
      case .modulo:
        dialect.remainder(first, second, areWhole: left.isWhole && right.isWhole)
      }
    return own < outer ? "(\(text))" : text
  }

  /// The operand of `-` or `||`, in brackets unless it is one word.
  private func bracketed(_ expression: ResolvedExpression) -> SQLText {
    switch expression.form {
    case .column, .call, .aggregate, .joined: return term(expression, within: .lowest)
    case .value(.text): return term(expression, within: .lowest)
    default: return "(\(term(expression, within: .lowest)))"
    }
  }
}

extension ResolvedExpression {
  /// Whether the value comes out of arithmetic, and so carries its rounding errors.
  fileprivate var isCalculated: Bool {
    switch form {
    case .arithmetic: true
    case .negate(let operand): operand.isCalculated
    default: false
    }
  }

  fileprivate var isWhole: Bool { type == .integer || type == .bigint }
}
