import CSQLite
import Glibc

/// The one preupdate hook of a connection, shared by who counts rows and who keeps them: SQLite has
/// room for one, and takes an older one's context for a session of its own extension.
final class SQLiteChangeHook {
  /// Counts rows while changes are recorded.
  var recorder: SQLiteChangeRecorder?
  var capture: SQLiteRowCapture?
  /// What changes rows is kept otherwise: nothing is captured.
  private(set) var isSuspended = false

  var isNeeded: Bool { recorder != nil || (capture != nil && !isSuspended) }

  /// Stops capturing, or goes on; answers whether it had stopped before.
  func suspend(_ isSuspended: Bool, on handle: OpaquePointer) -> Bool {
    let before = self.isSuspended
    self.isSuspended = isSuspended
    update(on: handle)
    return before
  }

  /// Puts the hook in its place, or takes it away when nobody listens.
  func update(on handle: OpaquePointer) {
    guard isNeeded else {
      _ = sqlite3_preupdate_hook(handle, nil, nil)
      return
    }
    _ = sqlite3_preupdate_hook(
      handle,
      { context, handle, operation, database, table, oldRowid, newRowid in
        guard let context, let handle, let table else { return }
        Unmanaged<SQLiteChangeHook>.fromOpaque(context).takeUnretainedValue()
          .notice(handle, operation, database, table, oldRowid, newRowid)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func notice(
    _ handle: OpaquePointer, _ operation: Int32, _ database: UnsafePointer<CChar>?,
    _ table: UnsafePointer<CChar>, _ oldRowid: Int64, _ newRowid: Int64
  ) {
    if let recorder {
      recorder.count(
        PreUpdate(handle, operation, oldRowid: oldRowid, newRowid: newRowid), in: table)
    }
    if let capture, !isSuspended, let database, strcmp(database, "main") == 0 {
      capture.record(handle, operation, table, oldRowid, newRowid)
    }
  }
}
