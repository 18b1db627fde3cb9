import CSQLite
import Glibc

/// Looks at running statements every few thousand steps of SQLite's virtual machine
/// (https://www.sqlite.org/c3ref/progress_handler.html): ends those that run too long or are no longer
/// wanted, and tells how far the others are.
final class SQLiteTimeLimit {
  /// What the handlers read: plain memory, as they run in the middle of a statement.
  struct State {
    /// The moment on the monotonic clock, in nanoseconds, or the greatest number.
    var deadline = Int64.max
    /// When progress is told next.
    var nextTelling = Int64.max
    var changedRows = 0
    /// The limit itself, to be asked for `progress`.
    var owner: UnsafeMutableRawPointer?
  }

  /// nil: no limit, and nothing looks at the clock.
  var seconds: Double?
  /// Is given the rows changed since it was set.
  var progress: ((Int) -> Void)? {
    didSet {
      state.pointee.changedRows = 0
      state.pointee.nextTelling = progress == nil ? .max : 0
    }
  }
  let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
  /// Between two calls of `progress`, in nanoseconds.
  private static let pause: Int64 = 200_000_000

  init() {
    state.initialize(to: State())
    state.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit { state.deallocate() }

  /// Whether the statement that has just been stopped ran too long.
  var isOver: Bool { seconds != nil && Self.now() >= state.pointee.deadline }

  /// The connection must be closed before the limit goes.
  func watch(_ handle: OpaquePointer) {
    sqlite3_progress_handler(
      handle, 4_000,
      { pointer in
        if InterruptTarget.isRequested { return 1 }
        guard let state = pointer?.assumingMemoryBound(to: State.self) else { return 0 }
        guard state.pointee.deadline != .max || state.pointee.nextTelling != .max else { return 0 }
        let now = SQLiteTimeLimit.now()
        SQLiteTimeLimit.tell(state, at: now)
        return now >= state.pointee.deadline ? 1 : 0
      }, state)
  }

  /// To be called when a statement begins.
  func start() {
    guard let seconds else {
      state.pointee.deadline = .max
      return
    }
    let span = Int64(min(seconds, 1e9) * 1e9)
    let (end, overflows) = Self.now().addingReportingOverflow(span)
    state.pointee.deadline = overflows ? .max : end
  }

  /// Tells how many rows have changed, if it is time to.
  static func tell(_ state: UnsafeMutablePointer<State>, at now: Int64) {
    guard now >= state.pointee.nextTelling else { return }
    state.pointee.nextTelling = now &+ pause
    guard let owner = state.pointee.owner else { return }
    let limit = Unmanaged<SQLiteTimeLimit>.fromOpaque(owner).takeUnretainedValue()
    limit.progress?(state.pointee.changedRows)
  }

  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
