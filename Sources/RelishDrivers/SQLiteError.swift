import CSQLite
import Glibc

/// What SQLite's result codes mean to relish (https://www.sqlite.org/rescode.html).
extension DriverError {
  /// The error that the connection reported last.
  static func sqlite(_ code: Int32, of handle: OpaquePointer?, sql: String?) -> DriverError {
    // What the system said last, before anything else is asked of it.
    let systemError = errno
    let words = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
    var message = words.map { String(cString: $0) } ?? "error \(code)"
    var kind = sqliteKind(code, message)
    switch code & 0xFF {
    case SQLITE_BUSY: message = SQLiteLocks.message(handle.flatMap(SQLiteLocks.words(of:)))
    case SQLITE_NOTADB: message = SQLiteFile.notADatabase(handle)
    case SQLITE_READONLY: message = readOnlyWords(code)
    case SQLITE_ERROR where message == "unsupported file format":
      (kind, message) = (.connection, SQLiteFile.newerFormat(handle))
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      // The system knows more: a full quota or a limit of size is no lost connection.
      let number = handle.map { sqlite3_system_errno($0) } ?? 0
      let reason = number != 0 ? number : systemError
      if reason != 0 { message += " (\(String(cString: strerror(reason))))" }
      if [ENOSPC, EDQUOT, EFBIG].contains(reason) { kind = .full }
    default: break
    }
    return DriverError(kind, message, sql: sql)
  }

  /// Why nothing can be written.
  private static func readOnlyWords(_ code: Int32) -> String {
    switch code >> 8 {
    // SQLITE_READONLY_RECOVERY and _ROLLBACK, _DBMOVED, _DIRECTORY
    case 1, 3: "the database was not closed well, and may not be written to put that in order"
    case 4: "the database's file was moved or removed meanwhile"
    case 6: "the database's folder cannot be written to"
    default: "the database is open for reading only"
    }
  }

  static func sqliteKind(_ code: Int32, _ message: String) -> Kind {
    switch code & 0xFF {
    case SQLITE_CONSTRAINT: constraintKind(message)
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_READONLY: .readOnly
    case SQLITE_INTERRUPT: .interrupted
    case SQLITE_FULL: .full
    case SQLITE_CORRUPT: .corrupt
    case SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_IOERR: .connection
    default: .other
    }
  }

  /// The message tells more than the code: a RESTRICT fails with SQLITE_CONSTRAINT_TRIGGER.
  private static func constraintKind(_ message: String) -> Kind {
    if let names = message.dropping(prefix: "UNIQUE constraint failed: ") {
      let (table, columns) = columnNames(names)
      return .unique(table: table, columns: columns)
    }
    if let names = message.dropping(prefix: "NOT NULL constraint failed: ") {
      let (table, columns) = columnNames(names)
      return .notNull(table: table, column: columns.first ?? "")
    }
    if let condition = message.dropping(prefix: "CHECK constraint failed: ") {
      return .check(condition)
    }
    return message == "FOREIGN KEY constraint failed" ? .foreignKey : .other
  }

  /// `users.name, users.email` → users, [name, email]; `index 'i'` → no table, no columns.
  private static func columnNames(_ text: String) -> (table: String, columns: [String]) {
    guard let dot = text.firstIndex(of: ".") else { return ("", []) }
    let table = String(text[..<dot])
    let separator = ", " + table + "."
    var columns: [String] = []
    var rest = text[text.index(after: dot)...]
    while let range = rest.firstRange(of: separator) {
      columns.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return (table, columns + [String(rest)])
  }
}

extension String {
  /// What follows `prefix`, nil when the text does not begin with it.
  fileprivate func dropping(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
