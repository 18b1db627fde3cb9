import RelishLanguage

/// What conditions and expressions look at besides columns of their own row.
struct Mentions {
  /// Related rows that are tested or added up.
  struct Related {
    /// `no`, `count`, as it stands before the path.
    var word: String
    var rows: RelatedRows
    /// What is said about these rows in turn.
    var inner: Mentions
  }

  /// Columns at the end of to-one paths.
  var paths: [ColumnReference] = []
  var related: [Related] = []

  init() {}

  init(_ condition: ResolvedCondition?) {
    if let condition { add(condition) }
  }

  mutating func add(_ expression: ResolvedExpression) {
    switch expression.form {
    case .value: break
    case .column(let reference):
      if !reference.links.isEmpty { paths.append(reference) }
    case .call(_, let arguments):
      for argument in arguments { add(argument) }
    case .aggregate(let aggregate): add(aggregate)
    case .negate(let operand): add(operand)
    case .arithmetic(_, let left, let right), .joined(let left, let right):
      add(left)
      add(right)
    }
  }

  mutating func add(_ aggregate: Aggregate) {
    guard let rows = aggregate.rows else {
      if let value = aggregate.value { add(value) }
      if let filter = aggregate.filter { add(filter) }
      return
    }
    var inner = Mentions(rows.filter)
    if let value = aggregate.value { inner.add(value) }
    related.append(Related(word: aggregate.function.rawValue, rows: rows, inner: inner))
  }

  mutating func add(_ condition: ResolvedCondition) {
    switch condition {
    case .constant, .keyElseLabel: break
    case .and(let parts), .or(let parts):
      for part in parts { add(part) }
    case .not(let inner): add(inner)
    case .compare(_, let left, let right), .identical(let left, let right, _),
      .text(_, let left, let right, _):
      add(left)
      add(right)
    case .within(let subject, let values, _):
      for expression in [subject] + values { add(expression) }
    case .between(let subject, let low, let high, _):
      for expression in [subject, low, high] { add(expression) }
    case .truth(let expression): add(expression)
    case .exists(let rows, let negated):
      related.append(
        Related(word: negated ? "no" : "some", rows: rows, inner: Mentions(rows.filter)))
    case .every(let rows, let test):
      var inner = Mentions(rows.filter)
      inner.add(test)
      related.append(Related(word: "every", rows: rows, inner: inner))
    case .keys(let columns, _):
      paths += columns.filter { !$0.links.isEmpty }
    }
  }
}

/// Columns by whose values an index could find the rows that meet a condition.
struct IndexColumns {
  /// Compared with one value each.
  var equal: [ColumnReference] = []
  /// Compared with a range of values.
  var ranged: [ColumnReference] = []
  /// Each part of an `or`, all of which need their own.
  var alternatives: [IndexColumns] = []

  init() {}

  init(_ condition: ResolvedCondition?) {
    if let condition { add(condition) }
  }

  private mutating func add(_ condition: ResolvedCondition) {
    switch condition {
    case .and(let parts):
      for part in parts { add(part) }
    case .or(let parts):
      let found = parts.map { IndexColumns($0) }
      if found.allSatisfy({ !$0.isEmpty }) { alternatives += found }
    case .compare(let comparison, let left, let right):
      guard let column = Self.column(left, against: right) else { return }
      switch comparison {
      case .equal: equal.append(column)
      case .less, .lessOrEqual, .greater, .greaterOrEqual: ranged.append(column)
      case .notEqual: break
      }
    case .identical(let left, let right, negated: false):
      if let column = Self.column(left, against: right) { equal.append(column) }
    case .within(let subject, _, negated: false):
      if case .column(let column) = subject.form { equal.append(column) }
    case .between(let subject, _, _, negated: false):
      if case .column(let column) = subject.form { ranged.append(column) }
    case .text(.startsWith, let subject, let part, negated: false):
      if part.constant != nil, case .column(let column) = subject.form { ranged.append(column) }
    case .keys(let columns, _): equal += columns
    case .keyElseLabel(_, _, let label, _): equal.append(label)
    default: break
    }
  }

  /// The column when the other side does not come from its own row.
  private static func column(
    _ left: ResolvedExpression, against right: ResolvedExpression
  ) -> ColumnReference? {
    if case .column(let column) = left.form {
      if case .column(let other) = right.form, other.source == column.source { return nil }
      return column
    }
    if case .column(let column) = right.form, left.constant != nil { return column }
    return nil
  }

  var isEmpty: Bool { equal.isEmpty && ranged.isEmpty && alternatives.isEmpty }

  /// The columns of one index for the rows at the end of these links: those compared with one value,
  /// then one with a range.
  func columns(of source: Source.ID, over links: [Link]) -> [String] {
    func own(_ list: [ColumnReference]) -> [String] {
      list.filter { $0.source == source && $0.links == links }.map(\.column)
    }
    var columns: [String] = []
    for column in own(equal) where !columns.contains(column) { columns.append(column) }
    if let range = own(ranged).first(where: { !columns.contains($0) }) { columns.append(range) }
    return columns
  }

  /// The to-one paths that some column stands at the end of.
  func paths(from source: Source.ID) -> [[Link]] {
    var paths: [[Link]] = []
    for column in equal + ranged
    where column.source == source && !column.links.isEmpty && !paths.contains(column.links) {
      paths.append(column.links)
    }
    return paths
  }
}
