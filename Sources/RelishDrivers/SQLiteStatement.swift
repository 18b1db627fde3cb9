import CSQLite
import RelishLanguage
import RelishModel

/// One compiled statement; finalised exactly once, when the last reference goes.
final class SQLiteStatement: PreparedStatement {
  let sql: String
  private let connection: SQLiteConnection
  private var pointer: OpaquePointer
  /// Lent to the body of `query`.
  private(set) var row: SQLiteRow
  /// A query stands on one of its rows: the statement cannot be used for another one meanwhile.
  private(set) var isBusy = false
  /// Compiled while rows were counted, and not run otherwise since; see `recompileForRecording`.
  private var countsEveryRow: Bool
  private let mayTruncate: Bool

  init(_ sql: String, on connection: SQLiteConnection) throws(DriverError) {
    self.sql = sql
    self.connection = connection
    pointer = try Self.compile(sql, on: connection)
    row = SQLiteRow(pointer)
    countsEveryRow = connection.hook.isNeeded
    let word = sql.prefix(6).uppercased()
    mayTruncate = word == "DELETE" || word.hasPrefix("WITH")
  }

  deinit { sqlite3_finalize(pointer) }

  // MARK: Binding

  func bind(_ value: Value, at position: Int) throws(DriverError) {
    switch value {
    case .null: try bindNull(at: position)
    case .boolean(let value): try bind(integer: value ? 1 : 0, at: position)
    case .integer(let value): try bind(integer: value, at: position)
    case .double(let value): try bind(double: value, at: position)
    case .decimal(let value):
      // What NUMERIC affinity would make of its text (datatype3.html §3), also where a comparison
      // has no column to lend its affinity.
      if let integer = Int64(value.description) {
        try bind(integer: integer, at: position)
      } else {
        try bind(double: Double(value.description) ?? 0, at: position)
      }
    case .text(var value):
      try check(
        value.withUTF8 { bytes in
          withStart(of: bytes) { start in
            sqlite3_bind_text64(
              pointer, index(position), start, UInt64(bytes.count), relish_sqlite_transient(),
              UInt8(SQLITE_UTF8))
          }
        })
    case .blob(let value):
      try check(
        value.withUnsafeBytes { bytes in
          guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return sqlite3_bind_zeroblob(pointer, index(position), 0)
          }
          return sqlite3_bind_blob64(
            pointer, index(position), start, UInt64(bytes.count), relish_sqlite_transient())
        })
    }
  }

  func bind(integer: Int64, at position: Int) throws(DriverError) {
    try check(sqlite3_bind_int64(pointer, index(position), integer))
  }

  func bind(double: Double, at position: Int) throws(DriverError) {
    try check(sqlite3_bind_double(pointer, index(position), double))
  }

  /// No copy is made: SQLite reads the bytes while the statement runs (SQLITE_STATIC).
  func bind(text: UnsafeBufferPointer<UInt8>, at position: Int) throws(DriverError) {
    guard let start = text.baseAddress else { return try bind(.text(""), at: position) }
    let code = start.withMemoryRebound(to: CChar.self, capacity: text.count) { start in
      sqlite3_bind_text64(
        pointer, index(position), start, UInt64(text.count), nil, UInt8(SQLITE_UTF8))
    }
    try check(code)
  }

  func bindNull(at position: Int) throws(DriverError) {
    try check(sqlite3_bind_null(pointer, index(position)))
  }

  /// Lets go of the values, which may be large, of a statement that is kept.
  func clearBindings() { sqlite3_clear_bindings(pointer) }

  // MARK: Running

  func run() throws(DriverError) -> ExecutionResult {
    let handle = try connection.open()
    try recompileForRecording()
    // `BEGIN` comes through here too, so what is known in a transaction was read in it.
    connection.schemaVersion = nil
    try begin()
    let before = sqlite3_total_changes64(handle)
    let log = connection.hook.capture?.log
    let start = log?.end ?? 0
    var code = sqlite3_step(pointer)
    while code == SQLITE_ROW { code = sqlite3_step(pointer) }
    guard code == SQLITE_DONE else {
      // What a failing statement had changed is as it was.
      log?.cut(to: start)
      throw failure(code)
    }
    // sqlite3_changes keeps the last count when a statement, as CREATE TABLE, changes no row.
    let changes = sqlite3_total_changes64(handle) == before ? 0 : sqlite3_changes64(handle)
    sqlite3_reset(pointer)
    return ExecutionResult(
      changes: Int(changes), lastInsertID: sqlite3_last_insert_rowid(handle))
  }

  /// Lends each row to `body` until it answers false; the statement is reset however it ends.
  func each(_ body: (any Row) throws(DriverError) -> Bool) throws(DriverError) {
    _ = try connection.open()
    try recompileForRecording()
    try begin()
    isBusy = true
    defer {
      sqlite3_reset(pointer)
      isBusy = false
    }
    while true {
      let code = sqlite3_step(pointer)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      guard try body(row) else { return }
    }
  }

  /// Goes to the first row, stays there until `reset`, and answers its first number.
  func firstInteger() throws(DriverError) -> Int64 {
    _ = try connection.open()
    let code = sqlite3_step(pointer)
    guard code == SQLITE_ROW else { throw failure(code) }
    isBusy = true
    return row.integer(0)
  }

  /// Leaves the row.
  func reset() {
    sqlite3_reset(pointer)
    isBusy = false
  }

  /// A DELETE without WHERE empties its table at once and reports no row, unless it was compiled with
  /// a preupdate hook in place (lang_delete.html §4); SQLite may also recompile it by itself, without.
  private func recompileForRecording() throws(DriverError) {
    guard mayTruncate else { return }
    guard connection.hook.isNeeded else {
      countsEveryRow = false
      return
    }
    guard !countsEveryRow else { return }
    let fresh = try Self.compile(sql, on: connection)
    sqlite3_transfer_bindings(pointer, fresh)
    sqlite3_finalize(pointer)
    pointer = fresh
    row = SQLiteRow(fresh)
    countsEveryRow = true
  }

  // MARK: Helpers

  private static func compile(
    _ sql: String, on connection: SQLiteConnection
  ) throws(DriverError) -> OpaquePointer {
    let handle = try connection.open()
    var text = sql
    var compiled: OpaquePointer?
    let (code, isWhole) = text.withUTF8 { bytes in
      withStart(of: bytes) { start in
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          handle, start, Int32(clamping: bytes.count), UInt32(SQLITE_PREPARE_PERSISTENT), &compiled,
          &tail)
        let end = tail.map { $0 - start } ?? bytes.count
        return (code, bytes[min(end, bytes.count)...].allSatisfy { $0 == 0x20 || $0 == 0x0A })
      }
    }
    guard code == SQLITE_OK else { throw DriverError.sqlite(code, of: handle, sql: sql) }
    guard let compiled else { throw DriverError(.other, "there is no statement", sql: sql) }
    guard isWhole else {
      sqlite3_finalize(compiled)
      throw DriverError(.other, "the text goes on after the end of its statement", sql: sql)
    }
    return compiled
  }

  /// Out of range on purpose where the position is: SQLite then answers SQLITE_RANGE.
  private func index(_ position: Int) -> Int32 { Int32(clamping: position) }

  private func check(_ code: Int32) throws(DriverError) {
    if code != SQLITE_OK { throw DriverError.sqlite(code, of: connection.handle, sql: sql) }
  }

  /// Nothing begins after a Ctrl-C until the shell asks for something new.
  private func begin() throws(DriverError) {
    connection.timeLimit.start()
    if let handle = connection.handle { InterruptTarget.set(handle) }
    guard InterruptTarget.isRequested else { return }
    throw DriverError(.interrupted, "interrupted", sql: sql)
  }

  /// The words are read before the reset, which may replace them.
  private func failure(_ code: Int32) -> DriverError {
    var error = DriverError.sqlite(code, of: connection.handle, sql: sql)
    if case .interrupted = error.kind, connection.timeLimit.isOver { error.kind = .timeLimit }
    // The wait for a lock was given up.
    if case .busy = error.kind, InterruptTarget.isRequested { error.kind = .interrupted }
    sqlite3_reset(pointer)
    return error
  }
}

/// A start that is never nil: SQLite takes a nil text for NULL, and Swift's empty buffer may have one.
private func withStart<Answer>(
  of bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<CChar>) -> Answer
) -> Answer {
  guard let start = bytes.baseAddress else {
    return withUnsafePointer(to: CChar(0)) { body($0) }
  }
  return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { body($0) }
}
