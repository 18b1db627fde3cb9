import CSQLite
import Glibc
import RelishLanguage

/// Writes each change of a row into a log, as `sqlite3_preupdate_hook` tells it.
///
/// A record is the operation, whether the database did it by itself, the table's number, both rowids,
/// then the row before and the row after, as far as there are any, with values as in a changeset (the
/// comment at the head of sqlite3session.c).
final class SQLiteRowCapture {
  /// operation, depth, table, rowids
  static let headerSize = 2 + 4 + 16
  let log: ChangeLog
  /// Every table that a record speaks of, by number; a table that has changed gets a new one.
  private(set) var shapes: [SQLiteTableShape] = []
  /// Numbers of the tables as they are now.
  private var current: [Int] = []
  private let missing = sqlite3_column_value(nil, 0)
  private var isUTF8: Bool?
  /// The table of the last change: most changes follow one of the same table.
  @exclusivity(unchecked) private var last: Last?

  /// What a change needs of its table, in memory that costs no reference.
  private struct Last {
    let number: Int
    let count: Int32
    let isUTF8: Bool
    let name: UnsafeMutablePointer<CChar>
    let columns: UnsafeMutableBufferPointer<Column>
  }

  private struct Column {
    /// Where the hook finds it; -1 for the rowid.
    let position: Int32
    let isReal: Bool
  }

  init(log: ChangeLog) { self.log = log }

  deinit { forgetLast() }

  /// To be called when the schema may have changed.
  func forgetTables() {
    current.removeAll()
    forgetLast()
  }

  private func forgetLast() {
    last?.name.deallocate()
    last?.columns.deallocate()
    last = nil
  }

  /// Adds a record; called by the hook.
  func record(
    _ handle: OpaquePointer, _ operation: Int32, _ table: UnsafePointer<CChar>, _ oldRowid: Int64,
    _ newRowid: Int64
  ) {
    guard log.failure == nil else { return }
    let count = sqlite3_preupdate_count(handle)
    if let last, last.count == count, strcmp(last.name, table) == 0 {
    } else {
      guard remember(table, count, handle) else { return }
    }
    guard let last, let header = log.grow(by: Self.headerSize) else { return }
    header.storeBytes(of: UInt8(truncatingIfNeeded: operation), as: UInt8.self)
    let depth = UInt8(clamping: sqlite3_preupdate_depth(handle))
    (header + 1).storeBytes(of: depth, as: UInt8.self)
    (header + 2).storeBytes(of: UInt32(truncatingIfNeeded: last.number), as: UInt32.self)
    (header + 6).storeBytes(of: oldRowid, as: Int64.self)
    (header + 14).storeBytes(of: newRowid, as: Int64.self)
    if operation != SQLITE_INSERT {
      for column in last.columns {
        var value: OpaquePointer?
        if column.position >= 0 { _ = sqlite3_preupdate_old(handle, column.position, &value) }
        append(value, column, oldRowid, last)
      }
    }
    if operation != SQLITE_DELETE {
      for column in last.columns {
        var value: OpaquePointer?
        if column.position >= 0 { _ = sqlite3_preupdate_new(handle, column.position, &value) }
        append(value, column, newRowid, last)
      }
    }
  }

  @inline(__always)
  private func append(_ value: OpaquePointer?, _ column: Column, _ rowid: Int64, _ last: Last) {
    if column.position < 0 {
      ChangesetValue.append(integer: rowid, to: log)
    } else if let value {
      if value == missing {
        appendDefault(of: column, last)
      } else if column.isReal, sqlite3_value_type(value) == SQLITE_INTEGER {
        ChangesetValue.append(double: sqlite3_value_double(value), to: log)
      } else {
        ChangesetValue.append(value, isUTF8: last.isUTF8, to: log)
      }
    } else {
      ChangesetValue.appendNull(to: log)
    }
  }

  /// The row is older than its column, and has the column's default.
  private func appendDefault(of column: Column, _ last: Last) {
    let known = shapes[last.number].columns.first { $0.position == column.position }
    log.append(known?.defaultValue ?? [UInt8(SQLITE_NULL)])
  }

  /// Makes the table the last one; false for tables of which nothing is kept.
  private func remember(
    _ table: UnsafePointer<CChar>, _ count: Int32, _ handle: OpaquePointer
  ) -> Bool {
    forgetLast()
    let number: Int
    if let known = current.first(where: { shapes[$0].matches(table, count) }) {
      number = known
    } else {
      let shape = SQLiteTableShape(table, count: count, handle)
      current.removeAll { shapes[$0].name == shape.name }
      number = shapes.firstIndex(of: shape) ?? shapes.count
      if number == shapes.count { shapes.append(shape) }
      current.append(number)
    }
    let shape = shapes[number]
    guard !shape.isSystem else { return false }
    let length = strlen(table) + 1
    let name = UnsafeMutablePointer<CChar>.allocate(capacity: length)
    name.initialize(from: table, count: length)
    let columns = UnsafeMutableBufferPointer<Column>.allocate(capacity: shape.columns.count)
    _ = columns.initialize(
      from: shape.columns.map {
        Column(position: $0.isRowid ? -1 : $0.position, isReal: $0.isReal)
      })
    if isUTF8 == nil { isUTF8 = SQLiteTableShape.isUTF8(handle) }
    last = Last(
      number: number, count: count, isUTF8: isUTF8 == true, name: name, columns: columns)
    return true
  }
}
