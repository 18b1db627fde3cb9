import CSQLite

/// One row's change as the preupdate hook tells it (c3ref/preupdate_blobwrite.html); valid in the hook.
struct PreUpdate {
  /// SQLITE_INSERT, SQLITE_UPDATE or SQLITE_DELETE.
  let operation: Int32
  private let handle: OpaquePointer
  private let oldRowid: Int64
  private let newRowid: Int64

  init(_ handle: OpaquePointer, _ operation: Int32, oldRowid: Int64, newRowid: Int64) {
    self.handle = handle
    self.operation = operation
    self.oldRowid = oldRowid
    self.newRowid = newRowid
  }

  /// 0 for the statement itself, more for what foreign keys and triggers do.
  var depth: Int { Int(sqlite3_preupdate_depth(handle)) }

  var oldKey: SQLiteChangeRecorder.RowKey { key(oldRowid, old) }
  var newKey: SQLiteChangeRecorder.RowKey { key(newRowid, new) }

  /// Positions of the columns that an update changes, and whether all of them become null.
  func changedColumns() -> (positions: [Int], isNull: Bool) {
    var positions: [Int] = []
    var isNull = true
    for column in 0..<sqlite3_preupdate_count(handle) {
      guard let old = old(column), let new = new(column), bytes(of: old) != bytes(of: new) else {
        continue
      }
      positions.append(Int(column))
      if sqlite3_value_type(new) != SQLITE_NULL { isNull = false }
    }
    return (positions, isNull)
  }

  private func old(_ column: Int32) -> OpaquePointer? {
    var value: OpaquePointer?
    return sqlite3_preupdate_old(handle, column, &value) == SQLITE_OK ? value : nil
  }

  private func new(_ column: Int32) -> OpaquePointer? {
    var value: OpaquePointer?
    return sqlite3_preupdate_new(handle, column, &value) == SQLITE_OK ? value : nil
  }

  /// Both rowids are 0 in a table WITHOUT ROWID, which an ordinary row rarely has.
  private func key(
    _ rowid: Int64, _ value: (Int32) -> OpaquePointer?
  ) -> SQLiteChangeRecorder.RowKey {
    guard oldRowid == 0, newRowid == 0 else { return .rowid(rowid) }
    var content: [UInt8] = []
    for column in 0..<sqlite3_preupdate_count(handle) {
      if let value = value(column) { content += bytes(of: value) }
    }
    return .content(content)
  }

  /// The value's storage class, its length and its bytes; equal values have equal bytes.
  private func bytes(of value: OpaquePointer) -> [UInt8] {
    let type = sqlite3_value_type(value)
    var bytes = [UInt8(truncatingIfNeeded: type)]
    switch type {
    case SQLITE_NULL: break
    case SQLITE_INTEGER: append(UInt64(bitPattern: sqlite3_value_int64(value)), to: &bytes)
    case SQLITE_FLOAT: append(sqlite3_value_double(value).bitPattern, to: &bytes)
    default:
      let start = sqlite3_value_blob(value)
      let count = Int(sqlite3_value_bytes(value))
      append(UInt64(count), to: &bytes)
      bytes.append(
        contentsOf: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }
    return bytes
  }

  private func append(_ number: UInt64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
  }
}
