import CSQLite
import RelishModel
import RelishSQL

extension SQLiteDriver {
  /// DROP TABLE first deletes the rows, and with that sets off the rules of the foreign keys that point
  /// to them, unless these are not enforced (lang_droptable.html). Enforcement cannot be switched inside
  /// a transaction; there it is put off, which does not help against RESTRICT.
  package func changingSchema(_ body: () throws(DriverError) -> Void) throws(DriverError) {
    try withoutCapture { () throws(DriverError) in
      try checkingPages { () throws(DriverError) in
        if isInTransaction {
          try changingSchemaInTransaction(body)
        } else {
          try changingSchemaAlone(body)
        }
      }
    }
  }

  /// Damaged pages are found when they are read, before new tables are made of them
  /// (pragma.html#pragma_cell_size_check); what was read before is read again.
  private func checkingPages(_ body: () throws(DriverError) -> Void) throws(DriverError) {
    try with("cell_size_check", "ON", insteadOf: 0, "OFF") { () throws(DriverError) in
      if let handle = connection.handle { sqlite3_db_release_memory(handle) }
      try body()
    }
  }

  /// Gives a pragma another value meanwhile, if it has its usual one.
  private func with(
    _ pragma: String, _ value: String, insteadOf number: Int64, _ usual: String,
    _ body: () throws(DriverError) -> Void
  ) throws(DriverError) {
    guard try integer(SQLText("PRAGMA " + pragma)) == number else { return try body() }
    _ = try integer(SQLText("PRAGMA " + pragma + " = " + value))
    var failure: DriverError?
    do throws(DriverError) { try body() } catch { failure = error }
    _ = try integer(SQLText("PRAGMA " + pragma + " = " + usual))
    if let failure { throw failure }
  }

  private func changingSchemaAlone(
    _ body: () throws(DriverError) -> Void
  ) throws(DriverError) {
    try enforceForeignKeys(false)
    var failure: DriverError?
    do throws(DriverError) {
      try begin()
      try body()
      try commit()
    } catch {
      failure = error
      if isInTransaction { try? rollback() }
    }
    // Before anything else is said: no statement may run without enforcement.
    try enforceForeignKeys(true)
    if let failure { throw failure }
  }

  private func changingSchemaInTransaction(
    _ body: () throws(DriverError) -> Void
  ) throws(DriverError) {
    let name = "relish schema change"
    try savepoint(name)
    do throws(DriverError) {
      _ = try execute(SQLText("PRAGMA defer_foreign_keys = ON"))
      try body()
      _ = try execute(SQLText("PRAGMA defer_foreign_keys = OFF"))
      try release(savepoint: name)
    } catch {
      // An error such as a full disk has ended the whole transaction already (lang_transaction.html).
      if isInTransaction {
        try? rollback(to: name)
        try? release(savepoint: name)
        _ = try? execute(SQLText("PRAGMA defer_foreign_keys = OFF"))
      }
      throw error
    }
  }

  /// Sets the flag and reads it back: inside a transaction setting it does nothing.
  private func enforceForeignKeys(_ isOn: Bool) throws(DriverError) {
    let handle = try connection.open()
    let option = SQLITE_DBCONFIG_ENABLE_FKEY
    _ = relish_sqlite_set_flag(handle, option, isOn ? 1 : 0)
    guard try integer("PRAGMA foreign_keys") == (isOn ? 1 : 0) else {
      throw DriverError(.other, "foreign keys could not be switched \(isOn ? "on" : "off")")
    }
  }

  package var enforcesForeignKeys: Bool {
    connection.handle.map { relish_sqlite_flag($0, SQLITE_DBCONFIG_ENABLE_FKEY) != 0 } ?? true
  }

  /// Debian's library zeroes what is deleted (`secure_delete`), and DROP TABLE would write every page of
  /// the table twice. FAST zeroes what costs no writing (pragma.html#pragma_secure_delete).
  package func keepingContent(_ body: () throws(DriverError) -> Void) throws(DriverError) {
    try with("secure_delete", "FAST", insteadOf: 1, "ON", body)
  }

  /// `PRAGMA data_version` and sqlite3_total_changes.
  package func dataVersion() throws(DriverError) -> DataVersion {
    let handle = try connection.open()
    return DataVersion(
      others: try integer("PRAGMA data_version"), own: sqlite3_total_changes64(handle))
  }

  /// `PRAGMA foreign_key_check`; fails where a foreign key points to columns that are no key.
  package func foreignKeyViolations(in table: String) throws(DriverError) -> Int {
    var sql = SQLText("SELECT count(*) FROM pragma_foreign_key_check(")
    sql.append(Value.text(table))
    sql.append(")")
    return Int(try integer(sql))
  }
}
