/// Dotted names: `product.user.name`.
package struct Path: Sendable {
  package var names: [Name]
  package var range: SourceRange
  package init(names: [Name], range: SourceRange) {
    self.names = names
    self.range = range
  }
}

/// A value to be worked out, for the rows of the noun that it stands with (LANGUAGE.md §7 `expr`).
package indirect enum Expression: Sendable {
  case literal(Literal, SourceRange)
  case variable(Name)
  case path(Path)
  /// `today()`, `now()`, `lower(name)`
  case call(Name, [Expression], SourceRange)
  /// `count products`, `sum orders (total where status = "paid")`
  case aggregate(AggregateSyntax)
  case negate(Expression, SourceRange)
  case binary(BinaryOperator, Expression, Expression, SourceRange)
}

extension Expression {
  /// Where the expression stands, from its first sign to its last.
  package var range: SourceRange {
    switch self {
    case .literal(_, let range), .call(_, _, let range), .negate(_, let range),
      .binary(_, _, _, let range):
      range
    case .aggregate(let aggregate): aggregate.range
    case .variable(let name): name.range
    case .path(let path): path.range
    }
  }
}

/// What is worked out over many rows (LANGUAGE.md §7 `agg`).
package enum AggregateFunction: String, Sendable, CaseIterable { case count, sum, avg, min, max }

/// `count`, `count products (where price > 3)`, `sum orders.total`, `sum (quantity * unitPrice)`
package struct AggregateSyntax: Sendable {
  package var function: AggregateFunction
  /// The function's word as written.
  package var word: Name
  /// To the rows, or to the attribute of rows; nil: the rows of the noun itself.
  package var path: Path?
  /// What stands in the brackets.
  package var value: Expression?
  /// What stands in the brackets behind `where`.
  package var condition: Condition?
  package var range: SourceRange

  package init(_ function: AggregateFunction, word: Name, range: SourceRange) {
    self.function = function
    self.word = word
    self.range = range
  }
}

/// Arithmetic; `+` also joins texts.
package enum BinaryOperator: String, Sendable {
  case plus = "+", minus = "-", times = "*", divided = "/", modulo = "%"
}

/// A value as it is written (LANGUAGE.md §2). Dates and times are texts until the attribute is known.
package enum Literal: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case decimal(Decimal)
  case text(String)
  case blob([UInt8])
}

/// Which of the related rows a condition is about.
package enum Quantifier: String, Sendable { case some, no, every }
/// Comparisons, which are never true of null (LANGUAGE.md §9).
package enum ComparisonOperator: String, Sendable {
  case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual =
    ">="
}
/// Tests of a text for a part of it.
package enum TextTest: String, Sendable { case contains, startsWith, endsWith }

/// What may hold for a row (LANGUAGE.md §7 `cond`).
package indirect enum Condition: Sendable {
  case and([Condition])
  case or([Condition])
  case not(Condition, SourceRange)
  /// `some reviews (stars > 3)`
  case quantified(Quantifier, Path, Condition?, SourceRange)
  case compare(ComparisonOperator, Expression, Expression, ignoringCase: Bool, SourceRange)
  /// `is null`, `is not "x"`: null is a value.
  case identical(Expression, Expression, negated: Bool, SourceRange)
  case within(Expression, [Expression], negated: Bool, ignoringCase: Bool, SourceRange)
  case between(Expression, Expression, Expression, negated: Bool, ignoringCase: Bool, SourceRange)
  case text(TextTest, Expression, Expression, negated: Bool, ignoringCase: Bool, SourceRange)
  /// An expression alone, which must be a boolean.
  case truth(Expression)
}
