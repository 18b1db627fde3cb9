import CSQLite
package import RelishModel
package import RelishSQL

/// SQLite through its C library.
package final class SQLiteDriver: Driver {
  package let dialect: any Dialect = SQLiteDialect(hasOwnFunctions: true)
  package let displayName: String
  let connection: SQLiteConnection
  private let wasOpenedReadOnly: Bool
  var cache = SQLiteStatementCache()

  /// Opens `path`, a file or `:memory:`; a file that is missing is made unless `readOnly`.
  ///
  /// Nothing of the file is read yet: that it is no database shows at the first statement.
  /// `isSafe`: no text in it reaches another file or database.
  package init(path: String, readOnly: Bool, isSafe: Bool = false) throws(DriverError) {
    connection = try SQLiteConnection(path: path, readOnly: readOnly, isSafe: isSafe)
    wasOpenedReadOnly = readOnly
    displayName = Self.shortName(path)
  }

  /// `shop` for `data/shop.db`.
  private static func shortName(_ path: String) -> String {
    if path == ":memory:" { return "memory" }
    let file = path.split(separator: "/").last ?? ""
    let name = file.lastIndex(of: ".").map { file[..<$0] } ?? file
    return String(name.isEmpty ? file : name)
  }

  // MARK: Statements

  /// Runs a statement that answers no rows; it is kept compiled under its text.
  package func execute(_ sql: SQLText) throws(DriverError) -> ExecutionResult {
    let statement = try boundStatement(sql)
    defer { statement.clearBindings() }
    return try statement.run()
  }

  /// Lends the rows one by one. The same query may run again inside `body`.
  package func query(
    _ sql: SQLText, each body: (any Row) throws(DriverError) -> Bool
  ) throws(DriverError) {
    let statement = try boundStatement(sql)
    defer { statement.clearBindings() }
    try statement.each(body)
  }

  /// The tree of EXPLAIN QUERY PLAN (https://www.sqlite.org/eqp.html): id, parent, unused, text.
  package func plan(_ sql: SQLText) throws(DriverError) -> [PlanStep] {
    var depths: [Int64: Int] = [:]
    var steps: [PlanStep] = []
    try query("EXPLAIN QUERY PLAN \(sql)") { row throws(DriverError) in
      let depth = depths[row.integer(1)].map { $0 + 1 } ?? 0
      depths[row.integer(0)] = depth
      let text = String(decoding: row.bytes(3), as: UTF8.self)
      steps.append(PlanStep(depth: depth, text: text, reading: SQLitePlan.reading(of: text)))
      return true
    }
    return steps
  }

  /// A statement of the caller's own, not shared through the cache.
  package func prepare(_ sql: String) throws(DriverError) -> any PreparedStatement {
    try SQLiteStatement(sql, on: connection)
  }

  private func boundStatement(_ sql: SQLText) throws(DriverError) -> SQLiteStatement {
    let statement = try cache.statement(sql.prepared(dialect), on: connection)
    var position = 0
    for value in sql.bindings {
      position += 1
      try statement.bind(value, at: position)
    }
    return statement
  }

  // MARK: State

  /// Tables with their keys, indexes and checks; see `SQLiteInspector` for what is left out.
  package func inspect() throws(DriverError) -> Schema {
    connection.hook.capture?.forgetTables()
    let schema = try SQLiteInspector.schema(of: self)
    // Walks jump from row to row along keys: with SQLite's 2 MB nearly each jump would read the file
    // again. Not said at the opening, which reads nothing.
    _ = try? execute("PRAGMA cache_size = -21504")
    return schema
  }

  /// The counter in the file's header that every change of the schema raises.
  package func schemaVersion() throws(DriverError) -> Int64 {
    if let snapshot = connection.snapshot { return snapshot.schemaVersion }
    if isInTransaction, let known = connection.schemaVersion { return known }
    let version = try integer("PRAGMA schema_version")
    connection.schemaVersion = version
    return version
  }

  package var isReadOnly: Bool {
    guard let handle = connection.handle else { return wasOpenedReadOnly }
    // SQLite opens a write-protected file for reading only, without a word.
    return wasOpenedReadOnly || sqlite3_db_readonly(handle, "main") == 1
  }

  package var timeLimit: Double? {
    get { connection.timeLimit.seconds }
    set { connection.timeLimit.seconds = newValue }
  }

  package var busyLimit: Double {
    get { connection.busyWait.seconds }
    set { connection.busyWait.seconds = newValue }
  }

  package var progress: ((Int) -> Void)? {
    get { connection.timeLimit.progress }
    set { connection.watchProgress(newValue) }
  }

  package var path: String? {
    guard let handle = connection.handle, let name = sqlite3_db_filename(handle, "main") else {
      return nil
    }
    let path = String(cString: name)
    return path.isEmpty ? nil : path
  }

  /// The running statement ends with `.interrupted`; without one nothing happens.
  package func interrupt() {
    if let handle = connection.handle { sqlite3_interrupt(handle) }
  }

  /// Closes the file; an open transaction is undone. Later calls throw `.connection`.
  package func close() {
    endSnapshot()
    cache.removeAll()
    connection.close()
  }

  /// The one number that `sql` answers; 0 when it answers none.
  func integer(_ sql: SQLText) throws(DriverError) -> Int64 {
    var answer: Int64 = 0
    try query(sql) { row throws(DriverError) in
      answer = row.integer(0)
      return false
    }
    return answer
  }
}
