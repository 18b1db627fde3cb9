import CSQLite
import RelishSQL

extension SQLiteDriver {
  package var isInTransaction: Bool {
    connection.handle.map { sqlite3_get_autocommit($0) == 0 } ?? false
  }

  /// Takes the write lock at once: a transaction that begins by reading could otherwise find the
  /// file changed by another when it first writes (lang_transaction.html §2.2).
  package func begin() throws(DriverError) {
    try run(isReadOnly ? "BEGIN" : "BEGIN IMMEDIATE")
  }

  package func commit() throws(DriverError) { try run("COMMIT") }

  package func rollback() throws(DriverError) { try run("ROLLBACK") }

  package func savepoint(_ name: String) throws(DriverError) {
    try run("SAVEPOINT \(dialect.identifier(name))")
  }

  package func release(savepoint name: String) throws(DriverError) {
    try run("RELEASE \(dialect.identifier(name))")
  }

  package func rollback(to savepoint: String) throws(DriverError) {
    try run("ROLLBACK TO \(dialect.identifier(savepoint))")
  }

  private func run(_ sql: String) throws(DriverError) { _ = try execute(SQLText(sql)) }
}
