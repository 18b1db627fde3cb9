package import RelishLanguage

/// Rows gathered by values: what `group` says, or all rows as one group (LANGUAGE.md §7, §9).
///
/// The groups are a source of their own: its columns are the keys `k0`, `k1` … and the aggregates
/// `a0`, `a1` …, which outputs, sort keys and the filter speak of.
package struct Grouping: Sendable {
  package var source: Source.ID
  /// Over the columns of the last noun; empty: one group of all rows, also of none.
  package var keys: [ResolvedExpression]
  /// Over the rows of a group.
  package var aggregates: [Aggregate]
  /// Which groups; over the group's columns.
  package var filter: ResolvedCondition?

  package init(source: Source.ID) {
    self.source = source
    keys = []
    aggregates = []
  }

  /// The name of the n-th key's column.
  package static func key(_ index: Int) -> String { "k\(index)" }
  /// The name of the n-th aggregate's column.
  package static func aggregate(_ index: Int) -> String { "a\(index)" }
}

/// A value worked out over many rows.
package struct Aggregate: Sendable {
  package var function: AggregateFunction
  /// The rows that it owns, reached from each row at hand; nil: the rows of the group.
  package var rows: RelatedRows?
  /// What is added up or compared, over the last of those rows; nil: `count` counts rows.
  package var value: ResolvedExpression?
  /// Which rows of a group count; related rows have a filter of their own.
  package var filter: ResolvedCondition?

  package init(_ function: AggregateFunction, rows: RelatedRows?, value: ResolvedExpression?) {
    self.function = function
    self.rows = rows
    self.value = value
  }
}

/// Related rows under each row of a noun, `with products (title)`; they never filter it.
package struct Nest: Sendable {
  /// The relation as written: the key of the nested rows in an answer.
  package var name: String
  /// false: an object or null instead of a list.
  package var isToMany: Bool
  /// The tables between: the junction, or the stops of a named walk.
  package var way: [RelatedRows.Step]
  /// The nested noun with its clauses; the limit is per row above.
  package var noun: Step
  package var outputs: [OutputColumn]
  package var nests: [Nest]
  /// Several ways may lead from one row to another, so each must be found once.
  package var isRepeating: Bool
  /// `way` is a junction, each row of which has its nested row.
  package var isJunction: Bool

  package init(name: String, isToMany: Bool, way: [RelatedRows.Step], noun: Step) {
    self.name = name
    self.isToMany = isToMany
    self.way = way
    self.noun = noun
    outputs = []
    nests = []
    isRepeating = false
    isJunction = false
  }

  /// Whether many rows stand somewhere in it.
  package var holdsMany: Bool { isToMany || nests.contains(where: \.holdsMany) }
}
