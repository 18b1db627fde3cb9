package import RelishLanguage
package import RelishModel

/// The facts that a database's SQL must answer. No defaults: a new dialect answers all.
///
/// Grows with the writers: whatever differs between databases is asked here, never decided by name.
package protocol Dialect: Sendable {
  /// For messages: `SQLite`.
  var name: String { get }
  /// The placeholder of the n-th binding, counted from 1: `?`, `$1`.
  func placeholder(_ position: Int) -> String
  /// An identifier, quoted only where it must be.
  func identifier(_ name: String) -> String
  /// A value as a literal of this SQL.
  func literal(_ value: Value) -> String
  /// The column type of DDL, `VARCHAR(255)`.
  func typeName(_ type: AttributeType) -> String

  // Tables

  /// Type and constraint of a key that the database numbers: `INTEGER PRIMARY KEY AUTOINCREMENT`.
  func numberedKey(_ column: Column, _ writing: KeyWriting) -> String
  /// What follows DEFAULT in the definition of a column of `type`.
  func defaultText(_ value: ColumnDefault, of type: AttributeType) -> String
  /// The condition that holds an enumeration to its words; nil where its type does so.
  func enumerationCheck(column: String, words: [String]) -> String?
  /// The table as it would be read back after it was written: what this database cannot tell apart
  /// is made equal, so that a wanted table can be compared with a live one.
  func asStored(_ table: Table) -> Table
  /// The column that tells rows apart in a table without primary key; nil where there is none.
  var rowKey: String? { get }

  // Changing tables

  /// The steps that make a change where the table stands, rows untouched; nil: not in this database.
  func plainSteps(for change: TableChange, live: Table, wanted: Table) -> [SchemaStep]?
  /// Makes a table anew with its rows, under its name, foreign keys not being enforced meanwhile.
  func statements(of rebuild: TableRebuild) -> [SQLText]
  /// Whether a value of the column that is not null would be lost or altered, were the column of type
  /// `wanted`: a condition over `column`; nil where every value stays what it is.
  func misfit(_ column: String, from live: AttributeType, to wanted: AttributeType) -> String?

  // Expressions of walks (LANGUAGE.md §7). Operands come bracketed as far as `*` needs it.

  /// Whether both are the same, null being a value: `a IS b`.
  func identity(_ left: SQLText, _ right: SQLText, negated: Bool) -> SQLText
  /// `contains`, `starts with`, `ends with`, case-sensitive; null when a side is null.
  ///
  /// - Parameter constant: the text of `part` when it is known, for a form that can use an index.
  func textTest(
    _ test: TextTest, _ subject: SQLText, _ part: SQLText, constant: String?
  ) -> SQLText
  /// Whether the columns are one of at least two keys, each with a value per column.
  func membership(_ columns: [SQLText], in keys: [[Value]]) -> SQLText
  /// `left / right` with its fraction, also of whole numbers; null when `right` is 0.
  func quotient(_ left: SQLText, _ right: SQLText) -> SQLText
  /// What is left of `left` after `right` went into it whole times, with the sign of `left`; null when
  /// `right` is 0.
  func remainder(_ left: SQLText, _ right: SQLText, areWhole: Bool) -> SQLText
  /// The same without what only relish's own connection knows: for DDL, and for statements that are
  /// printed to be run elsewhere.
  var portable: any Dialect { get }
  /// A call of a function of the language.
  func call(_ function: SQLFunction, _ arguments: [SQLText]) -> SQLText
  /// An aggregate over the values, or over the rows where there is no value; `sum` of none is 0, and
  /// sums are exact to fifteen digits.
  ///
  /// - Parameter filter: which rows count; nil: all.
  func aggregate(
    _ function: AggregateFunction, _ value: SQLText?, filter: SQLText?, type: AttributeType?
  ) -> SQLText
  /// A key of ORDER BY: nulls first ascending, last descending (LANGUAGE.md §9 Walks).
  func sortKey(_ expression: SQLText, isDescending: Bool) -> SQLText
}
