package import RelishLanguage

/// How a key or a unique constraint is written, beyond its columns; all nil in the usual case.
package struct KeyWriting: Sendable, Hashable {
  /// What stands in the brackets when that is more than names: `name COLLATE NOCASE, day DESC`.
  package var list: String?
  /// `IGNORE` of `ON CONFLICT IGNORE`.
  package var conflict: String?
  /// The name of the constraint.
  package var name: String?
  package init() {}
}

/// A condition of a whole table, as the database spells it.
package struct TableCheck: Sendable, Hashable {
  package var name: String?
  package var text: String
  package init(name: String? = nil, text: String) {
    self.name = name
    self.text = text
  }
}

/// Columns whose values together no two rows share.
package struct UniqueKey: Sendable, Hashable {
  /// nil for a UNIQUE written at its column.
  package var name: String?
  package var columns: [String]
  /// Its `list` and `conflict`; the name is `name`.
  package var writing: KeyWriting
  package init(name: String?, columns: [String]) {
    self.name = name
    self.columns = columns
    writing = KeyWriting()
  }
}

/// An index that is no constraint, or a unique one made by itself.
package struct Index: Sendable, Hashable {
  package var name: String
  /// Empty when one of its keys is an expression.
  package var columns: [String]
  package var isUnique: Bool
  /// What follows the table's name, brackets included, when that is more than columns:
  /// `(lower(email) DESC) WHERE active`. No model states such an index; it is kept as it is.
  package var definition: String?
  package init(name: String, columns: [String], isUnique: Bool = false) {
    self.name = name
    self.columns = columns
    self.isUnique = isUnique
  }
}

/// Columns that hold the key of a row of `table`, and what happens when that row goes or changes.
package struct ForeignKey: Sendable, Hashable {
  package var columns: [String]
  package var table: String
  package var targetColumns: [String]
  package var onDelete: ReferentialRule
  package var onUpdate: ReferentialRule
  /// The name of the constraint.
  package var name: String?
  /// `DEFERRABLE INITIALLY DEFERRED`: checked when the transaction ends; nil: when the statement does.
  package var deferral: String?
  package init(
    columns: [String], table: String, targetColumns: [String], onDelete: ReferentialRule,
    onUpdate: ReferentialRule
  ) {
    self.columns = columns
    self.table = table
    self.targetColumns = targetColumns
    self.onDelete = onDelete
    self.onUpdate = onUpdate
  }
}
