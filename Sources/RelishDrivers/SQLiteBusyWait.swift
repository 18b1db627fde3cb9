import CSQLite
import Glibc

/// Waits for another connection's lock, as SQLite's own handler does
/// (https://www.sqlite.org/c3ref/busy_timeout.html), and gives up at once when Ctrl-C is pressed.
final class SQLiteBusyWait {
  private struct State {
    /// In nanoseconds.
    var limit: Int64 = 0
    var start: Int64 = 0
    let watch: UnsafeMutablePointer<SQLiteTimeLimit.State>
  }

  private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

  /// - Parameter limit: tells those who watch progress, also while nothing goes on. It must outlive the wait.
  init(_ limit: SQLiteTimeLimit) { state.initialize(to: State(watch: limit.state)) }
  deinit { state.deallocate() }

  var seconds: Double {
    get { Double(state.pointee.limit) / 1e9 }
    set { state.pointee.limit = Int64(max(0, min(newValue, 1e9)) * 1e9) }
  }

  /// The connection must be closed before the wait goes.
  func install(on handle: OpaquePointer) {
    sqlite3_busy_handler(
      handle,
      { pointer, count in
        guard let state = pointer?.assumingMemoryBound(to: State.self),
          !InterruptTarget.isRequested
        else { return 0 }
        let now = SQLiteTimeLimit.now()
        if count == 0 { state.pointee.start = now }
        guard now &- state.pointee.start < state.pointee.limit else { return 0 }
        SQLiteTimeLimit.tell(state.pointee.watch, at: now)
        usleep(UInt32(min(50, 1 + count)) * 1_000)
        return 1
      }, state)
  }
}
