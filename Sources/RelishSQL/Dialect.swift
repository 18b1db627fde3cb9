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
}
