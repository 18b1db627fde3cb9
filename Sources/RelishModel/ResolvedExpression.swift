package import RelishLanguage

/// An expression over the columns of a walk's sources, its type known.
package struct ResolvedExpression: Sendable {
  /// What the expression is made of.
  package indirect enum Form: Sendable {
    case value(Value)
    case column(ColumnReference)
    case call(SQLFunction, [ResolvedExpression])
    /// Over related rows: `count` and `sum` of none are 0, the others null.
    case aggregate(Aggregate)
    case negate(ResolvedExpression)
    case arithmetic(BinaryOperator, ResolvedExpression, ResolvedExpression)
    /// Two texts joined by `+`; null when one is null.
    case joined(ResolvedExpression, ResolvedExpression)
  }

  package var form: Form
  /// nil for `null` and for what only the database knows.
  package var type: AttributeType?

  package init(_ form: Form, type: AttributeType?) {
    self.form = form
    self.type = type
  }

  /// The value when the expression is a constant.
  package var constant: Value? {
    if case .value(let value) = form { value } else { nil }
  }

  /// Whether it reads no column, and so is the same for all rows: nothing to sort or group by. A database
  /// may even take it for the place of a column, as in `ORDER BY 1`.
  package var isConstant: Bool {
    switch form {
    case .value: true
    case .column, .aggregate: false
    default: operands.allSatisfy(\.isConstant)
    }
  }

  /// The expressions that it is made of; what an aggregate looks at is none of them.
  package var operands: [ResolvedExpression] {
    switch form {
    case .value, .column, .aggregate: []
    case .call(_, let arguments): arguments
    case .negate(let operand): [operand]
    case .arithmetic(_, let left, let right), .joined(let left, let right): [left, right]
    }
  }
}

/// A column of a source, or of a row that belongs to it over to-one relations.
///
/// `product.user.name` of an order item is the column `name` over two links; null where a link finds
/// no row.
package struct ColumnReference: Hashable, Sendable {
  package var source: Source.ID
  /// To-one links from the source's table on; each finds at most one row.
  package var links: [Link]
  package var column: String

  package init(source: Source.ID, links: [Link] = [], column: String) {
    self.source = source
    self.links = links
    self.column = column
  }
}

/// The functions of the language (LANGUAGE.md §7), `today()` and `now()` already being values, and
/// the conversions that comparisons need.
package enum SQLFunction: String, Sendable, CaseIterable {
  /// Text in small letters; also what `ignoring case` compares.
  case lower
  case upper
  /// Characters of a text.
  case length
  case trim
  /// A number, and how many digits stay after the point (0 when not said).
  case round
  case abs
  /// The first argument that is not null.
  case coalesce
  /// The arguments as one text, null being the empty text.
  case concat
  /// A text, the first character's place counted from 1, and how many (the rest when not said).
  case substring
  case year, month, day
  /// The date of a datetime.
  case date
  /// A date as the datetime of its midnight.
  case midnight
  /// A number with as many digits after the point as its type says, as text.
  case decimalText
  /// A boolean as the text `true` or `false`.
  case booleanText
}

/// A condition over the columns of a walk's sources. Null is neither true nor false, as in SQL.
package indirect enum ResolvedCondition: Sendable {
  case constant(Bool)
  case and([ResolvedCondition])
  case or([ResolvedCondition])
  case not(ResolvedCondition)
  case compare(ComparisonOperator, ResolvedExpression, ResolvedExpression)
  /// Equal, null being a value like any other; never null itself.
  case identical(ResolvedExpression, ResolvedExpression, negated: Bool)
  case within(ResolvedExpression, [ResolvedExpression], negated: Bool)
  case between(
    ResolvedExpression, ResolvedExpression, ResolvedExpression, negated: Bool)
  /// Case-sensitive; `ignoring case` has put both sides in small letters.
  case text(TextTest, ResolvedExpression, ResolvedExpression, negated: Bool)
  case truth(ResolvedExpression)
  /// `some`, `no` (negated).
  case exists(RelatedRows, negated: Bool)
  /// Every row of them meets the condition; null counts as failing, no rows as meeting it.
  case every(RelatedRows, ResolvedCondition)
  /// The columns have the values of one of the keys; an empty list is never true.
  case keys([ColumnReference], [[Value]])
  /// A text pick of a model with a text key: the row with that key, else those with that label.
  case keyElseLabel(Source, key: ColumnReference, label: ColumnReference, Value)
}
