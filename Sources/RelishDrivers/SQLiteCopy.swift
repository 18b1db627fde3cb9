import CSQLite
import Glibc

/// Copies a whole database page by page (https://www.sqlite.org/backup.html).
struct SQLiteCopy {
  let source: OpaquePointer
  let target: OpaquePointer
  /// Ends the copy as it would end a statement.
  let limit: SQLiteTimeLimit
  /// Seconds to wait for a lock.
  let busyLimit: Double

  /// Pages of one step, between which others may write.
  private static let stepSize: Int32 = 256
  /// A writer that changes the source between two steps makes SQLite begin anew; after so many times the
  /// rest is copied in one step, for which writers wait.
  private static let restartLimit = 3

  /// Puts the source in the target's place, in one transaction of the target.
  ///
  /// - Parameter progress: is given the pages done and of how many.
  func run(progress: (Int, Int) -> Void) throws(DriverError) {
    guard let backup = sqlite3_backup_init(target, "main", source, "main") else {
      throw DriverError.sqlite(sqlite3_extended_errcode(target), of: target, sql: nil)
    }
    limit.start()
    // The waiting is done here, where progress is told meanwhile; a statement's wait is set anew.
    for handle in [source, target] { sqlite3_busy_handler(handle, nil, nil) }
    let stopped = steps(of: backup, progress: progress)
    // Undoes what was written unless all of it was; its code is the first error of the steps.
    let code = sqlite3_backup_finish(backup)
    if let stopped { throw stopped }
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Steps to the end or the first error that `sqlite3_backup_finish` tells; answers others.
  private func steps(of backup: OpaquePointer, progress: (Int, Int) -> Void) -> DriverError? {
    var restarts = 0
    var rest = Int32.max
    var waitingSince: Int64?
    while true {
      let code = sqlite3_backup_step(backup, restarts > Self.restartLimit ? -1 : Self.stepSize)
      switch code & 0xFF {
      case SQLITE_OK:
        waitingSince = nil
        let remaining = sqlite3_backup_remaining(backup)
        if remaining > rest { restarts += 1 }
        rest = remaining
      case SQLITE_DONE:
        return nil
      case SQLITE_BUSY, SQLITE_LOCKED:
        let now = SQLiteTimeLimit.now()
        let start = waitingSince ?? now
        waitingSince = start
        guard Double(now &- start) / 1e9 < busyLimit else { return busy(code) }
        usleep(2_000)
      default:
        return nil
      }
      let total = Int(sqlite3_backup_pagecount(backup))
      progress(total - Int(sqlite3_backup_remaining(backup)), total)
      if InterruptTarget.isRequested { return DriverError(.interrupted, "interrupted") }
      if limit.isOver { return DriverError(.timeLimit, "the copy ran too long") }
    }
  }

  /// Either side may be locked; the target is when it is what others use.
  private func busy(_ code: Int32) -> DriverError {
    let holders = [source, target].lazy.map(SQLiteLocks.words(of:)).first { $0 != nil } ?? nil
    return DriverError(.busy, SQLiteLocks.message(holders))
  }

  /// Errors of reading are the source's, all others the target's.
  private func failure(_ code: Int32) -> DriverError {
    var error = DriverError.sqlite(code, of: target, sql: nil)
    if sqlite3_errcode(target) & 0xFF != code & 0xFF {
      error.message = String(cString: sqlite3_errstr(code))
    }
    return error
  }
}
