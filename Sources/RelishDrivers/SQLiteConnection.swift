import CSQLite
import Synchronization

/// The open handle, shared by the driver and its statements; closed once.
///
/// A statement may outlive the driver: `sqlite3_close_v2` keeps the memory until it is finalised.
final class SQLiteConnection {
  /// nil after `close`.
  private(set) var handle: OpaquePointer?
  let timeLimit = SQLiteTimeLimit()
  let busyWait: SQLiteBusyWait
  let hook = SQLiteChangeHook()
  /// How many tables have had their rows kept.
  var keptTables = 0
  /// The schema's version as read since the last statement that may have changed something; it
  /// holds only in a transaction, in which no other connection can change the schema.
  var schemaVersion: Int64?
  /// What holds a snapshot, and the schema's version in it.
  var snapshot: (statement: SQLiteStatement, schemaVersion: Int64)?

  /// Opens the file, or a new one where `readOnly` is false. Reads nothing of it. `isSafe`: see
  /// `SQLiteGuard.lockDown`.
  init(path: String, readOnly: Bool, isSafe: Bool) throws(DriverError) {
    busyWait = SQLiteBusyWait(timeLimit)
    guard !path.utf8.contains(0) else {
      throw DriverError(.connection, "a file name cannot hold a NUL")
    }
    if let objection = SQLiteFile.objection(to: path) {
      throw DriverError(.connection, "`\(path)` \(objection)")
    }
    // The build may have SQLITE_USE_URI on: a name beginning with "file:" would not be a path.
    let name = path.hasPrefix("file:") ? "./" + path : path
    // One thread uses the connection, so its mutexes are not needed (sqlite.org/threadsafe.html).
    let access =
      readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(name, &opened, flags, nil)
    handle = opened
    guard code == SQLITE_OK, let opened else {
      let words = DriverError.sqlite(code, of: opened, sql: nil).message
      close()
      throw DriverError(.connection, "`\(path)`: \(words)")
    }
    guard SQLiteGuard.setFlags(of: opened) else {
      close()
      throw DriverError(.connection, "this build of SQLite cannot enforce foreign keys")
    }
    busyWait.seconds = 5
    busyWait.install(on: opened)
    SQLiteFunctions.register(on: opened)
    if isSafe { SQLiteGuard.lockDown(opened) }
    timeLimit.watch(opened)
    InterruptTarget.set(opened)
  }

  deinit { close() }

  func close() {
    guard let handle else { return }
    InterruptTarget.clear(handle)
    sqlite3_close_v2(handle)
    self.handle = nil
  }

  /// The handle, or the error that says that it is closed.
  func open() throws(DriverError) -> OpaquePointer {
    guard let handle else { throw DriverError(.connection, "the database is closed") }
    return handle
  }

  /// Calls `body` while statements run, with the rows changed from now on; nil ends it.
  func watchProgress(_ body: ((Int) -> Void)?) {
    timeLimit.progress = body
    guard let handle else { return }
    guard body != nil else {
      sqlite3_update_hook(handle, nil, nil)
      return
    }
    sqlite3_update_hook(
      handle,
      { context, _, _, _, _ in
        context?.assumingMemoryBound(to: SQLiteTimeLimit.State.self).pointee.changedRows &+= 1
      }, timeLimit.state)
  }
}

/// The connection whose statement Ctrl-C stops: the one opened last, or whose statement began last.
///
/// A signal handler may only touch what needs no lock and no memory, hence the pointer's bits.
package enum InterruptTarget {
  private static let bits = Atomic<UInt>(0)
  private static let requested = Atomic<Bool>(false)

  /// Whether statements are to stop. SQLite forgets an interruption that comes while no statement runs,
  /// so one that comes just before would be lost without this.
  package static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Lets statements run again; to be called before the next ones are asked for.
  package static func forget() { requested.store(false, ordering: .relaxed) }

  /// Stops the running statement, or the next one; safe in a signal handler (sqlite3_interrupt).
  package static func interrupt() {
    requested.store(true, ordering: .relaxed)
    guard let handle = OpaquePointer(bitPattern: bits.load(ordering: .acquiring)) else { return }
    sqlite3_interrupt(handle)
  }

  static func set(_ handle: OpaquePointer) {
    bits.store(UInt(bitPattern: handle), ordering: .releasing)
  }

  /// Forgets `handle`, which is about to be closed, unless another has taken its place.
  static func clear(_ handle: OpaquePointer) {
    _ = bits.compareExchange(
      expected: UInt(bitPattern: handle), desired: 0, ordering: .acquiringAndReleasing)
  }
}
