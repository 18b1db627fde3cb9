import CSQLite
import Glibc

/// Ends statements that run too long or are no longer wanted, by a look every few thousand steps of
/// SQLite's virtual machine (https://www.sqlite.org/c3ref/progress_handler.html).
final class SQLiteTimeLimit {
  /// nil: no limit, and nothing looks at the clock.
  var seconds: Double?
  /// The moment on the monotonic clock, in nanoseconds, or the greatest number: what the handler reads.
  private let deadline = UnsafeMutablePointer<Int64>.allocate(capacity: 1)

  init() { deadline.initialize(to: .max) }
  deinit { deadline.deallocate() }

  /// Whether the statement that has just been stopped ran too long.
  var isOver: Bool { seconds != nil && Self.now() >= deadline.pointee }

  /// The connection must be closed before the limit goes.
  func watch(_ handle: OpaquePointer) {
    sqlite3_progress_handler(
      handle, 4_000,
      { pointer in
        if InterruptTarget.isRequested { return 1 }
        guard let deadline = pointer?.assumingMemoryBound(to: Int64.self)
        else { return 0 }
        return deadline.pointee != .max && SQLiteTimeLimit.now() >= deadline.pointee ? 1 : 0
      }, deadline)
  }

  /// To be called when a statement begins.
  func start() {
    guard let seconds else {
      deadline.pointee = .max
      return
    }
    let span = Int64(min(seconds, 1e9) * 1e9)
    let (end, overflows) = Self.now().addingReportingOverflow(span)
    deadline.pointee = overflows ? .max : end
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
