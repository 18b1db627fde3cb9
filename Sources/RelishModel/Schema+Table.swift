package import RelishLanguage

/// A table with all that a database enforces on its rows.
package struct Table: Sendable, Hashable {
  package var name: String
  package var columns: [Column]
  /// Column names in key order; empty when there is no declared primary key.
  package var primaryKey: [String]
  /// How the primary key is written, where that is more than its columns.
  package var keyWriting: KeyWriting
  package var uniques: [UniqueKey]
  package var foreignKeys: [ForeignKey]
  package var indexes: [Index]
  /// Conditions of the whole table; from reading a schema only.
  package var checks: [TableCheck]
  /// SQLite's WITHOUT ROWID and STRICT (https://www.sqlite.org/withoutrowid.html, stricttables.html).
  package var isWithoutRowid: Bool
  package var isStrict: Bool
  /// The CREATE TABLE that a sentence gives; a driver's reading of it takes the place of all else but
  /// the indexes. Nil in what was read.
  package var definition: String?

  package init(name: String) {
    self.name = name
    columns = []
    primaryKey = []
    keyWriting = KeyWriting()
    uniques = []
    foreignKeys = []
    indexes = []
    checks = []
    isWithoutRowid = false
    isStrict = false
  }

  /// The column of that name, compared without regard to ASCII case where none has it exactly.
  package func column(named name: String) -> Column? {
    columns.first { $0.name == name } ?? columns.first { $0.name.isSameName(as: name) }
  }
}

/// A column; what concerns several columns is said by its table.
package struct Column: Sendable, Hashable {
  package var name: String
  package var type: AttributeType
  /// The type as the database has it written, `NVARCHAR(160)`; nil: as the dialect writes `type`.
  package var declaredType: String?
  package var isNotNull: Bool
  /// The database numbers the rows (an INTEGER PRIMARY KEY of SQLite, identity).
  package var isAutoIncrement: Bool
  /// Numbered without AUTOINCREMENT: the number of a row that is gone may come again
  /// (https://www.sqlite.org/autoinc.html).
  package var reusesNumbers: Bool
  package var defaultValue: ColumnDefault?
  package var check: ColumnCheck?
  /// The name of the check's constraint.
  package var checkName: String?
  /// `NOCASE`, `RTRIM`, …; nil: as bytes.
  package var collation: String?
  /// What computes the column; nil for one that is written to.
  package var generated: GeneratedColumn?
  /// `REPLACE` of `NOT NULL ON CONFLICT REPLACE`.
  package var notNullConflict: String?

  package init(name: String, type: AttributeType) {
    self.name = name
    self.type = type
    isNotNull = false
    isAutoIncrement = false
    reusesNumbers = false
  }
}

/// `GENERATED ALWAYS AS (expression)` (https://www.sqlite.org/gencol.html).
package struct GeneratedColumn: Sendable, Hashable {
  /// As the database spells it, without the brackets around it.
  package var expression: String
  /// STORED; false: VIRTUAL.
  package var isStored: Bool
  package init(expression: String, isStored: Bool) {
    self.expression = expression
    self.isStored = isStored
  }
}

/// A view, by the text that made it.
package struct View: Sendable, Hashable {
  package var name: String
  /// `CREATE VIEW …` as the database keeps it.
  package var text: String
  /// Its result columns with the types that the database tells, where it does.
  package var columns: [Column]
  package init(name: String, text: String, columns: [Column]) {
    self.name = name
    self.text = text
    self.columns = columns
  }
}

/// A trigger, by the text that made it.
package struct Trigger: Sendable, Hashable {
  package var name: String
  /// The table or view whose changes set it off.
  package var table: String
  /// `CREATE TRIGGER …` as the database keeps it.
  package var text: String
  package init(name: String, table: String, text: String) {
    self.name = name
    self.table = table
    self.text = text
  }
}
