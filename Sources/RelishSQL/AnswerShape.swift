package import RelishModel

/// How the rows of a nested answer stand under each other, by the columns of its statement.
package struct AnswerLevel: Sendable {
  /// The relation as written; empty at the top.
  package var name: String
  /// false: an object or null instead of a list.
  package var isToMany: Bool
  /// What the level's own columns are called in it.
  package var names: [String]
  /// Their positions.
  package var outputs: Range<Int>
  /// Positions of the columns that tell its rows apart; all null where there is no row.
  package var key: [Int]
  package var nests: [AnswerLevel]

  package init(
    name: String, isToMany: Bool, names: [String], outputs: Range<Int>, key: [Int],
    nests: [AnswerLevel]
  ) {
    self.name = name
    self.isToMany = isToMany
    self.names = names
    self.outputs = outputs
    self.key = key
    self.nests = nests
  }

  /// Whether many rows stand somewhere in it.
  package var holdsMany: Bool { isToMany || nests.contains(where: \.holdsMany) }
}

/// The statement of a walk with nests: each of its rows is an innermost row with all that stands above
/// it, and rows that belong together follow each other.
package struct NestedSelect: Sendable {
  package var sql: SQLText
  /// The columns of the answer, those of nests with their path: `products.title`. Keys come behind
  /// them, where they are kept.
  package var columns: [OutputColumn]
  package var root: AnswerLevel
}
