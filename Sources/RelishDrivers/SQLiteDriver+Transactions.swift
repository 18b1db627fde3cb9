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
    changeLog?.begin()
  }

  /// Fails, and leaves the transaction open, when a row breaks a deferred foreign key.
  package func commit() throws(DriverError) {
    try run("COMMIT")
    changeLog?.commit()
  }

  /// Undoes the whole transaction, whatever savepoints are in it.
  package func rollback() throws(DriverError) {
    try run("ROLLBACK")
    changeLog?.rollback()
  }

  /// Marks a place to go back to; outside a transaction it begins one (lang_savepoint.html).
  package func savepoint(_ name: String) throws(DriverError) {
    try run("SAVEPOINT \(dialect.identifier(name))")
    changeLog?.mark(name)
  }

  /// Forgets the savepoint and those made after it; what was done since stays.
  package func release(savepoint name: String) throws(DriverError) {
    try run("RELEASE \(dialect.identifier(name))")
    changeLog?.release(name)
  }

  /// Undoes what was done since; the savepoint itself stays until it is released.
  package func rollback(to savepoint: String) throws(DriverError) {
    try run("ROLLBACK TO \(dialect.identifier(savepoint))")
    changeLog?.rollback(to: savepoint)
  }

  /// Where changes of rows are kept; set once, when the database is opened.
  package var changeLog: ChangeLog? {
    get { connection.hook.capture?.log }
    set {
      connection.hook.capture = newValue.map { SQLiteRowCapture(log: $0) }
      if let handle = connection.handle { connection.hook.update(on: handle) }
    }
  }

  /// The end is not asked of a statement of ours, which would not run after a Ctrl-C. An interrupted
  /// change may have ended the whole transaction already (c3ref/interrupt.html).
  package func undoing(
    _ name: String, _ body: () throws(DriverError) -> Void
  ) throws(DriverError) {
    try savepoint(name)
    var failure: DriverError?
    do throws(DriverError) { try body() } catch { failure = error }
    if let handle = connection.handle, isInTransaction {
      let name = dialect.identifier(name)
      let code = sqlite3_exec(handle, "ROLLBACK TO \(name); RELEASE \(name)", nil, nil, nil)
      connection.schemaVersion = nil
      if failure == nil, code != SQLITE_OK {
        failure = DriverError.sqlite(code, of: handle, sql: nil)
      }
    }
    if let failure { throw failure }
  }

  /// A query that stands on a row keeps the file locked for reading (lang_transaction.html §2.1).
  package func beginSnapshot() throws(DriverError) {
    guard !isInTransaction, connection.snapshot == nil else { return }
    let statement = try cache.statement("PRAGMA schema_version", on: connection)
    connection.snapshot = (statement, try statement.firstInteger())
  }

  /// Lets go of the row, and of the lock with it.
  package func endSnapshot() {
    connection.snapshot?.statement.reset()
    connection.snapshot = nil
  }

  private func run(_ sql: String) throws(DriverError) { _ = try execute(SQLText(sql)) }
}
