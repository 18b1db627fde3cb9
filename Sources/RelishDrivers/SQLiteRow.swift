import CSQLite

/// The row on which a statement stands; lends SQLite's own memory.
final class SQLiteRow: Row {
  private let statement: OpaquePointer

  /// `statement` outlives the row: it is the row's owner.
  init(_ statement: OpaquePointer) { self.statement = statement }

  /// Asked each time: SQLite recompiles a statement when the schema has changed under it.
  var count: Int { Int(sqlite3_column_count(statement)) }

  func kind(_ column: Int) -> StorageKind {
    switch sqlite3_column_type(statement, Int32(truncatingIfNeeded: column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(statement, Int32(truncatingIfNeeded: column))
  }

  func double(_ column: Int) -> Double {
    sqlite3_column_double(statement, Int32(truncatingIfNeeded: column))
  }

  /// The value is "unprotected" (c3ref/value.html), which is no matter to the one thread that has the
  /// connection, and asking it is cheaper than asking the statement three times.
  func stored(_ column: Int) -> StoredValue {
    let value = sqlite3_column_value(statement, Int32(truncatingIfNeeded: column))
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: return .integer(sqlite3_value_int64(value))
    case SQLITE_FLOAT: return .real(sqlite3_value_double(value))
    case SQLITE_TEXT:
      let start = sqlite3_value_text(value)
      let count = start == nil ? 0 : Int(sqlite3_value_bytes(value))
      return .text(UnsafeBufferPointer(start: start, count: count))
    case SQLITE_BLOB:
      let start = sqlite3_value_blob(value)?.assumingMemoryBound(to: UInt8.self)
      let count = start == nil ? 0 : Int(sqlite3_value_bytes(value))
      return .blob(UnsafeBufferPointer(start: start, count: count))
    default: return .null
    }
  }

  /// The pointer first, then the length: the order that SQLite asks for (c3ref/column_blob.html).
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let index = Int32(truncatingIfNeeded: column)
    let start =
      kind(column) == .blob
      ? sqlite3_column_blob(statement, index).map { $0.assumingMemoryBound(to: UInt8.self) }
      : sqlite3_column_text(statement, index).map { UnsafePointer($0) }
    return UnsafeBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, index)))
  }
}
