import CSQLite
import Glibc

/// Ends statements that run too long, by looking at the clock every few thousand steps of SQLite's
/// virtual machine (https://www.sqlite.org/c3ref/progress_handler.html).
final class SQLiteTimeLimit {
  /// nil: no limit, and nothing looks at the clock.
  private(set) var seconds: Double?
  /// The moment on the monotonic clock, in nanoseconds; the last field of what the handler reads.
  private let deadline = UnsafeMutablePointer<Int64>.allocate(capacity: 1)

  init() { deadline.initialize(to: .max) }
  deinit { deadline.deallocate() }

  /// Whether the statement that has just been interrupted ran too long.
  var isOver: Bool { seconds != nil && Self.now() >= deadline.pointee }

  func set(_ seconds: Double?, on handle: OpaquePointer?) {
    self.seconds = seconds
    guard let handle else { return }
    guard seconds != nil else { return sqlite3_progress_handler(handle, 0, nil, nil) }
    sqlite3_progress_handler(
      handle, 4_000,
      { pointer in
        guard let deadline = pointer?.assumingMemoryBound(to: Int64.self) else { return 0 }
        return SQLiteTimeLimit.now() >= deadline.pointee ? 1 : 0
      }, deadline)
  }

  /// To be called when a statement begins.
  func start() {
    guard let seconds else { return }
    let (end, overflows) = Self.now().addingReportingOverflow(
      Int64(clamping: Int(min(seconds, 1e9) * 1e9)))
    deadline.pointee = overflows ? .max : end
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
