import CSQLite
import RelishModel
import RelishSQL

extension SQLiteDriver {
  /// What differs between the beginning of the first range of the log and the end of the last.
  package func rowChanges(_ ranges: [Range<Int>]) throws(DriverError) -> RowChanges {
    guard let capture = connection.hook.capture else {
      throw DriverError(.other, "no change is kept")
    }
    var bytes: [UInt8] = []
    for range in ranges {
      guard let part = capture.log.bytes(range) else {
        throw DriverError(.other, "the file with what was changed cannot be read")
      }
      bytes += part
    }
    guard let changes = RowChanges(bytes, shapes: capture.shapes) else {
      throw DriverError(.other, "the file with what was changed is damaged")
    }
    return changes
  }

  /// Makes the changes where the rows still are as they say, else answers the conflicts, and nothing
  /// is changed.
  ///
  /// No rule of a foreign key acts and no trigger runs: what they did is among the changes. No row may
  /// point to nothing afterwards that did not before.
  package func apply(_ changes: RowChanges) throws(DriverError) -> [ChangeConflict] {
    let obstacles = try obstacles(to: changes)
    guard obstacles.isEmpty else { return obstacles }
    return try withoutActions { () throws(DriverError) in
      let name = "relish undo"
      let isNested = isInTransaction
      if isNested { try savepoint(name) } else { try begin() }
      do throws(DriverError) {
        let conflicts = try applyAndCheck(changes)
        if conflicts.isEmpty {
          if isNested { try release(savepoint: name) } else { try commit() }
          return conflicts
        }
        if isNested {
          try rollback(to: name)
          try release(savepoint: name)
        } else {
          try rollback()
        }
        return conflicts
      } catch {
        if isNested, isInTransaction {
          try? rollback(to: name)
          try? release(savepoint: name)
        } else if isInTransaction {
          try? rollback()
        }
        throw error
      }
    }
  }

  private func applyAndCheck(_ changes: RowChanges) throws(DriverError) -> [ChangeConflict] {
    let probe = try SQLiteForeignKeyProbe(changes, self)
    let before = try probe.violations()
    let writer = SQLiteRowRestorer(driver: self, changes: changes)
    var conflicts = try writer.deleteRows()
    conflicts += try applyChangeset(changes)
    conflicts += try writer.updateAndInsertRows()
    guard conflicts.isEmpty else { return conflicts }
    return probe.conflicts(before: before, after: try probe.violations())
  }

  /// Runs `body` while the hook captures nothing: for changes that are steps by other means.
  func withoutCapture<Answer>(
    _ body: () throws(DriverError) -> Answer
  ) throws(DriverError) -> Answer {
    let handle = try connection.open()
    let before = connection.hook.suspend(true, on: handle)
    defer { _ = connection.hook.suspend(before, on: handle) }
    return try body()
  }

  /// Nothing is captured and no rule or trigger acts. Enforcement is switched by the connection's flag, which acts in a transaction too, where the
  /// pragma does nothing; SQLite keeps a count of rows that break deferred keys, which must be 0.
  func withoutActions<Answer>(
    _ body: () throws(DriverError) -> Answer
  ) throws(DriverError) -> Answer {
    let handle = try connection.open()
    var (violations, highest): (Int32, Int32) = (0, 0)
    sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &violations, &highest, 0)
    guard violations == 0 else {
      throw DriverError(
        .other, "rows of the open transaction still break a deferred foreign key")
    }
    let flags = [SQLITE_DBCONFIG_ENABLE_FKEY, SQLITE_DBCONFIG_ENABLE_TRIGGER]
    let settings = flags.map { relish_sqlite_flag(handle, $0) }
    for flag in flags { _ = relish_sqlite_set_flag(handle, flag, 0) }
    defer {
      for (flag, setting) in zip(flags, settings) {
        _ = relish_sqlite_set_flag(handle, flag, setting)
      }
    }
    return try withoutCapture(body)
  }

  /// Tables that are not what they were when their rows were changed.
  private func obstacles(to changes: RowChanges) throws(DriverError) -> [ChangeConflict] {
    let handle = try connection.open()
    var conflicts: [ChangeConflict] = []
    for table in changes.tables {
      let shape = table.shape
      if shape.isShadow {
        conflicts.append(ChangeConflict(table: shape.name, key: [], reason: .virtualTable))
      } else if !shape.isCurrent(handle) || (!shape.isPlain && !shape.canBeAddressed) {
        conflicts.append(ChangeConflict(table: shape.name, key: [], reason: .otherTable))
      }
    }
    return conflicts
  }

  // MARK: The session extension

  private func applyChangeset(_ changes: RowChanges) throws(DriverError) -> [ChangeConflict] {
    var changeset = ChangesetWriter.changeset(of: changes) { changes.isPlain($1, of: $0.shape) }
    guard !changeset.isEmpty else { return [] }
    let handle = try connection.open()
    let collector = ConflictCollector(changes)
    let code = changeset.withUnsafeMutableBytes { bytes in
      sqlite3changeset_apply_v2(
        handle, Int32(clamping: bytes.count), bytes.baseAddress, nil,
        { context, kind, iterator in
          guard let context, let iterator else { return SQLITE_CHANGESET_ABORT }
          Unmanaged<ConflictCollector>.fromOpaque(context).takeUnretainedValue()
            .collect(kind, iterator)
          return SQLITE_CHANGESET_OMIT
        }, Unmanaged.passUnretained(collector).toOpaque(), nil, nil,
        Int32(SQLITE_CHANGESETAPPLY_NOSAVEPOINT))
    }
    guard code == SQLITE_OK else { throw DriverError.sqlite(code, of: handle, sql: nil) }
    return collector.conflicts
  }
}

extension RowChanges {
  /// The session extension can make the change; else it is made by the row's rowid or key.
  func isPlain(_ entry: Entry, of shape: SQLiteTableShape) -> Bool {
    shape.isPlain
      && [entry.old, entry.new].allSatisfy { position in
        guard let position else { return true }
        let values = values(at: position, shape)
        return shape.key.allSatisfy { bytes[values[$0].lowerBound] != 5 }
      }
  }
}

/// What sqlite3changeset_apply could not do.
private final class ConflictCollector {
  private(set) var conflicts: [ChangeConflict] = []
  private var columns: [String: [String]] = [:]

  init(_ changes: RowChanges) {
    for table in changes.tables { columns[table.shape.name] = table.shape.columns.map(\.name) }
  }

  func collect(_ kind: Int32, _ iterator: OpaquePointer) {
    var (name, count, operation, isIndirect): (UnsafePointer<CChar>?, Int32, Int32, Int32) =
      (nil, 0, 0, 0)
    sqlite3changeset_op(iterator, &name, &count, &operation, &isIndirect)
    guard let name else { return }
    let table = String(cString: name)
    let names = columns[table] ?? []
    let isInsert = operation == SQLITE_INSERT
    var keyPlaces: UnsafeMutablePointer<UInt8>?
    sqlite3changeset_pk(iterator, &keyPlaces, nil)
    var key: [(place: UInt8, column: String, value: Value)] = []
    var cells: [ChangeConflict.Cell] = []
    for column in 0..<count where Int(column) < names.count {
      let left = value(iterator, column, isInsert ? sqlite3changeset_new : sqlite3changeset_old)
      if let place = keyPlaces?[Int(column)], place > 0 {
        key.append((place, names[Int(column)], left ?? .null))
      }
      guard kind == SQLITE_CHANGESET_DATA, let left,
        let now = value(iterator, column, sqlite3changeset_conflict), now != left
      else { continue }
      cells.append(ChangeConflict.Cell(column: names[Int(column)], left: left, now: now))
    }
    let reason: ChangeConflict.Reason =
      switch kind {
      case SQLITE_CHANGESET_DATA: .changed(cells)
      case SQLITE_CHANGESET_NOTFOUND: .gone
      case SQLITE_CHANGESET_CONFLICT: .taken
      default: .constraint("")
      }
    conflicts.append(
      ChangeConflict(
        table: table, key: key.sorted { $0.place < $1.place }.map { ($0.column, $0.value) },
        reason: reason))
  }

  private func value(
    _ iterator: OpaquePointer, _ column: Int32,
    _ read: (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Int32
  ) -> Value? {
    var value: OpaquePointer?
    guard read(iterator, column, &value) == SQLITE_OK, let value else { return nil }
    let log = ChangeLog()
    ChangesetValue.append(value, to: log)
    return log.bytes(0..<log.end).map { ChangesetValue.value($0[...]) }
  }
}
