package import RelishLanguage
import RelishModel

/// Which rows the database looks after when others go: its tables and foreign keys as they are now,
/// whatever a model says of them.
package struct References: Sendable {
  /// A table, as far as foreign keys can act on its rows.
  package struct Table: Sendable {
    package var name: String
    /// What tells its rows apart: the primary key, or another name of SQLite's rowid.
    package var rowColumns: [String] = []
    package var columns: [Column] = []
    package var primaryKey: [String] = []
    /// Columns of each unique index over whole columns and all rows.
    package var uniques: [[String]] = []
    /// It has checks or generated columns, which a changed key could break or change.
    package var hasConditions = false
    package var triggers: [Trigger] = []
    /// `CREATE TABLE …` as the database keeps it, and each `CREATE INDEX …`.
    package var text: String
    package var indexTexts: [String] = []

    /// The column of that name, in any case.
    package func column(named name: String) -> Column? {
      columns.first { $0.name.isSameName(as: name) }
    }
  }

  /// A column, as far as a key that becomes null or takes its default must know it.
  package struct Column: Sendable {
    package var name: String
    package var isNotNull: Bool
    package var isGenerated: Bool
    /// Whether values are kept as texts, as numbers, or as they come (datatype3.html §3.1).
    package var affinity: Affinity
    /// As the database spells it; nil: null.
    package var defaultText: String?
  }

  /// In what form a column keeps values (datatype3.html §3).
  package enum Affinity: Sendable { case text, number, none }

  /// Statements that the database runs when a row goes or changes.
  package struct Trigger: Sendable {
    /// What sets it off.
    package enum Event: String, Sendable { case delete, insert, update }
    package var name: String
    package var event: Event
  }

  /// A foreign key; tables are places in `tables`.
  package struct Key: Sendable {
    package var holder: Int
    package var columns: [String]
    package var target: Int
    package var targetColumns: [String]
    package var onDelete: ReferentialRule
    package var onUpdate: ReferentialRule
    /// Checked when the transaction ends, not when the statement does.
    package var isDeferred: Bool

    package init(
      holder: Int, columns: [String], target: Int, targetColumns: [String],
      onDelete: ReferentialRule, onUpdate: ReferentialRule, isDeferred: Bool = false
    ) {
      self.holder = holder
      self.columns = columns
      self.target = target
      self.targetColumns = targetColumns
      self.onDelete = onDelete
      self.onUpdate = onUpdate
      self.isDeferred = isDeferred
    }
  }

  /// In the order in which they were made, on which the order of the database's actions depends.
  package var tables: [Table]
  /// By table, in the order in which they were written.
  package var keys: [Key]

  package init(tables: [Table] = [], keys: [Key] = []) {
    self.tables = tables
    self.keys = keys
  }

  /// The place of the table of that name, in any case.
  package func table(named name: String) -> Int? {
    tables.firstIndex { $0.name == name }
      ?? tables.firstIndex { $0.name.isSameName(as: name) }
  }

  /// Places of the keys that point to that table.
  package func keys(to table: Int) -> [Int] { keys.indices.filter { keys[$0].target == table } }
}
