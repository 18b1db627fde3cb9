package import RelishLanguage

/// A database's tables as neutral values: what is wanted, or what is there.
package struct Schema: Sendable {
  package var tables: [Table]
  package init(tables: [Table] = []) { self.tables = tables }

  /// The table of that name, compared without regard to ASCII case (SQLite, "Identifiers").
  package func table(named name: String) -> Table? {
    tables.first { $0.name == name }
      ?? tables.first { $0.name.lowercased() == name.lowercased() }
  }
}

/// A table with all that a database enforces on its rows.
package struct Table: Sendable, Hashable {
  package var name: String
  package var columns: [Column]
  /// Column names in key order; empty when there is no declared primary key.
  package var primaryKey: [String]
  package var uniques: [UniqueKey]
  package var foreignKeys: [ForeignKey]
  package var indexes: [Index]
  /// Conditions of the whole table as the database spells them; from reading a schema only.
  package var checks: [String]

  package init(name: String) {
    self.name = name
    columns = []
    primaryKey = []
    uniques = []
    foreignKeys = []
    indexes = []
    checks = []
  }

  /// The column of that name, compared without regard to case where none has it exactly.
  package func column(named name: String) -> Column? {
    columns.first { $0.name == name }
      ?? columns.first { $0.name.lowercased() == name.lowercased() }
  }
}

/// A column; what concerns several columns is said by its table.
package struct Column: Sendable, Hashable {
  package var name: String
  package var type: AttributeType
  package var isNotNull: Bool
  /// The database numbers the rows (an INTEGER PRIMARY KEY of SQLite, identity).
  package var isAutoIncrement: Bool
  package var defaultValue: ColumnDefault?
  package var check: ColumnCheck?

  package init(name: String, type: AttributeType) {
    self.name = name
    self.type = type
    isNotNull = false
    isAutoIncrement = false
  }
}

/// The value of a column that an INSERT does not name.
package enum ColumnDefault: Sendable, Hashable {
  case literal(Literal)
  /// `default now()`: the statement's time, filled by relish itself as well.
  case now
  case today
  /// An expression as the database spells it, from reading a schema.
  case expression(String)
}

/// A column's check: from a sentence as a condition, from a database as its text.
package enum ColumnCheck: Sendable {
  case condition(CheckSyntax)
  case expression(String)

  package var source: String {
    switch self {
    case .condition(let check): check.source
    case .expression(let text): text
    }
  }
}

extension ColumnCheck: Hashable {
  package static func == (left: ColumnCheck, right: ColumnCheck) -> Bool {
    left.source == right.source
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Columns whose values together no two rows share.
package struct UniqueKey: Sendable, Hashable {
  /// nil for a UNIQUE written at its column.
  package var name: String?
  package var columns: [String]
  package init(name: String?, columns: [String]) {
    self.name = name
    self.columns = columns
  }
}

/// An index that is no constraint, or a unique one made by itself.
package struct Index: Sendable, Hashable {
  package var name: String
  package var columns: [String]
  package var isUnique: Bool
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
