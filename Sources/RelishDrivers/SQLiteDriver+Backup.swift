import CSQLite
import Glibc
import RelishModel
import RelishSQL

extension SQLiteDriver {
  /// Copies into `path.part`, which takes the place of `path` once it is whole and on the disk.
  package func backUp(
    to path: String, mode: UInt32, progress: (Int, Int) -> Void
  ) throws(DriverError) {
    if let own = self.path.flatMap(FileIdentity.init(path:)), own == FileIdentity(path: path) {
      throw DriverError(.file, "`\(path)` is the database itself")
    }
    let file = try FileInProgress(path: path, mode: mode, patience: busyLimit)
    let target = try SQLiteBackupTarget(path: file.partPath)
    do throws(DriverError) {
      if isInTransaction {
        try copyFromOutside(to: target.handle, progress)
      } else {
        try copy(to: target.handle, progress)
      }
    } catch {
      guard case .full = error.kind else { throw error }
      throw DriverError(.file, "`\(path)` cannot be written: no room is left on the disk")
    }
    try file.keep()
  }

  /// In WAL mode one look at the database lasts for the whole copy, and hinders nobody; in the other
  /// modes it would, so there each step takes a look of its own.
  private func copy(
    to target: OpaquePointer, _ progress: (Int, Int) -> Void
  ) throws(DriverError) {
    let isNested = connection.snapshot != nil
    if try text("PRAGMA journal_mode") == "wal" { try beginSnapshot() }
    defer {
      if !isNested { endSnapshot() }
      if let handle = connection.handle { connection.busyWait.install(on: handle) }
    }
    try SQLiteCopy(
      source: connection.open(), target: target, limit: connection.timeLimit, busyLimit: busyLimit
    ).run(progress: progress)
  }

  /// SQLite copies no database in whose transaction something may have been written; a second connection
  /// sees it as it was before.
  private func copyFromOutside(
    to target: OpaquePointer, _ progress: (Int, Int) -> Void
  ) throws(DriverError) {
    guard let path else {
      throw DriverError(.other, "a database in memory cannot be copied inside a transaction")
    }
    let other = try SQLiteDriver(path: path, readOnly: true)
    defer { other.close() }
    other.busyLimit = busyLimit
    other.timeLimit = timeLimit
    try other.copy(to: target, progress)
  }

  /// The copy is one transaction of this database: others see the old content or the new one.
  package func restore(
    from source: any Driver, progress: (Int, Int) -> Void
  ) throws(DriverError) {
    guard let source = source as? SQLiteDriver else {
      throw DriverError(.other, "a database of another kind cannot be copied page by page")
    }
    // The copy needs the database for itself: no statement of ours may stand on a row.
    endSnapshot()
    cache.removeAll()
    connection.schemaVersion = nil
    try adoptPageSize(of: source)
    defer {
      for connection in [connection, source.connection] {
        if let handle = connection.handle { connection.busyWait.install(on: handle) }
      }
    }
    try SQLiteCopy(
      source: source.connection.open(), target: connection.open(), limit: connection.timeLimit,
      busyLimit: busyLimit
    ).run(progress: progress)
  }

  /// In WAL mode SQLite takes no pages of another size (backup.html: SQLITE_READONLY).
  private func adoptPageSize(of source: SQLiteDriver) throws(DriverError) {
    guard try text("PRAGMA journal_mode") == "wal",
      try integer("PRAGMA page_size") != source.integer("PRAGMA page_size")
    else { return }
    guard try text("PRAGMA journal_mode = DELETE") == "delete" else {
      throw DriverError(.busy, SQLiteLocks.message(SQLiteLocks.words(of: try connection.open())))
    }
  }

  /// Opens a file for reading, once it is certain that all of it is an SQLite database.
  static func soundDatabase(
    at path: String, besides own: String?, progress: @escaping () -> Void
  ) throws(DriverError) -> SQLiteDriver {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileInProgress.error(path, "cannot be read") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DriverError(.file, "`\(path)` is no file that holds a database")
    }
    guard status.st_size > 0 else { throw DriverError(.file, "`\(path)` is empty") }
    if let own = own.flatMap(FileIdentity.init(path:)), own == FileIdentity(path: path) {
      throw DriverError(.file, "`\(path)` is the open database itself")
    }
    let driver = try SQLiteDriver(path: path, readOnly: true)
    driver.progress = { _ in progress() }
    defer { driver.progress = nil }
    do throws(DriverError) {
      let answer = try driver.text("PRAGMA quick_check(1)")
      guard answer == "ok" else {
        throw DriverError(.file, "`\(path)` is damaged: \(answer)")
      }
    } catch {
      driver.close()
      switch error.kind {
      case .busy, .interrupted, .timeLimit, .file: throw error
      case .connection: throw DriverError(.file, error.message)
      default: throw DriverError(.file, "`\(path)` cannot be read: \(error.message)")
      }
    }
    return driver
  }

  /// `PRAGMA page_size`
  package func pageSize() throws(DriverError) -> Int {
    Int(clamping: try integer("PRAGMA page_size"))
  }

  /// Views, virtual tables and SQLite's own tables are not counted.
  package func contents() throws(DriverError) -> DatabaseContents {
    var tables: [String] = []
    let sql: SQLText =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
    try query(sql) { row throws(DriverError) in
      tables.append(row.text(0))
      return true
    }
    var contents = DatabaseContents()
    contents.tables = tables.count
    for table in tables {
      let rows = try integer(SQLText("SELECT count(*) FROM " + dialect.identifier(table)))
      contents.rows += Int(clamping: rows)
    }
    return contents
  }

  /// The first value that `sql` answers, as text.
  func text(_ sql: SQLText) throws(DriverError) -> String {
    var answer = ""
    try query(sql) { row throws(DriverError) in
      answer = row.text(0)
      return false
    }
    return answer
  }
}

/// The file that a backup goes to. It is no database yet that anybody else uses, and is written to the
/// disk as a whole at the end: it needs no journal.
private final class SQLiteBackupTarget {
  let handle: OpaquePointer

  init(path: String) throws(DriverError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(path.hasPrefix("file:") ? "./" + path : path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let error = DriverError.sqlite(code, of: opened, sql: nil)
      sqlite3_close_v2(opened)
      throw DriverError(.file, "`\(path)`: \(error.message)")
    }
    handle = opened
    sqlite3_exec(opened, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", nil, nil, nil)
  }

  deinit { sqlite3_close_v2(handle) }
}
