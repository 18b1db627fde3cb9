package import RelishModel
package import RelishSQL

/// An open database. One connection, one thread.
package protocol Driver: AnyObject {
  var dialect: any Dialect { get }
  /// Short name for the prompt: `shop` for `shop.db`, `memory`.
  var displayName: String { get }
  /// The file that holds the database, from the root; nil when it is kept in memory.
  var path: String? { get }
  var isReadOnly: Bool { get }

  /// Runs one statement that answers no rows.
  func execute(_ sql: SQLText) throws(DriverError) -> ExecutionResult
  /// Runs one statement; each row is lent for the length of one call. Answers false to stop early.
  func query(_ sql: SQLText, each body: (any Row) throws(DriverError) -> Bool) throws(DriverError)
  /// How the database would run the statement, in its own words.
  func plan(_ sql: SQLText) throws(DriverError) -> [PlanStep]
  /// A statement to be run many times with other values.
  func prepare(_ sql: String) throws(DriverError) -> any PreparedStatement
  /// Runs `body` and tells what the database did to rows meanwhile, cascades included.
  func recordingChanges<Failure: Error>(
    _ body: () throws(Failure) -> Void
  ) throws(Failure) -> ChangeSummary

  /// Where every change of a row is kept, so that it can be taken back; nil: nowhere.
  var changeLog: ChangeLog? { get set }
  /// What differs between the beginning of the first range of the log and the end of the last.
  func rowChanges(_ ranges: [Range<Int>]) throws(DriverError) -> RowChanges
  /// Makes the changes, without any rule or trigger acting, or answers why not: then nothing changed.
  func apply(_ changes: RowChanges) throws(DriverError) -> [ChangeConflict]

  /// Every table of the database as it is now, relish's own and others.
  func inspect() throws(DriverError) -> Schema
  /// The table that a CREATE TABLE would make, read as `inspect` reads it; nothing is made.
  func table(madeBy statement: String) throws(DriverError) -> Table
  /// Changes whenever the schema may have changed, by us or another connection.
  func schemaVersion() throws(DriverError) -> Int64

  /// Runs `body`, which drops and creates tables, as one: on an error nothing of it stays. No rule of a
  /// foreign key acts on other tables' rows because a table goes. In an open transaction it becomes a
  /// part of that.
  func changingSchema(_ body: () throws(DriverError) -> Void) throws(DriverError)
  /// Whether the rules of foreign keys act now; not while `changingSchema` runs outside a transaction.
  var enforcesForeignKeys: Bool { get }
  /// Runs `body`, which drops tables whose content is kept elsewhere: what it frees need not be
  /// overwritten, whatever the database does with deleted content else.
  func keepingContent(_ body: () throws(DriverError) -> Void) throws(DriverError)
  /// Changes whenever rows may have changed, by us or another connection.
  func dataVersion() throws(DriverError) -> DataVersion
  /// How the tables of those names are that are there, their rows kept if asked for.
  func schemaState(of names: [String], keepingRows: Bool) throws(DriverError) -> SchemaState
  /// How all tables are; with what of their rows a change takes away, else nil after it.
  func schemaState(keeping rows: RowsToKeep?) throws(DriverError) -> SchemaState
  /// Brings tables back from how `now` says that they are, or answers why not: then nothing changed.
  func goBack(
    to state: inout SchemaState, from now: inout SchemaState
  ) throws(DriverError) -> [SchemaConflict]
  /// How many rows of the table point to a row that is not there.
  func foreignKeyViolations(in table: String) throws(DriverError) -> Int
  /// The foreign keys of the database as they are now, with what of the tables matters to them.
  func references() throws(DriverError) -> References
  /// Whether a row of the open transaction breaks a key, so that it could not be committed now.
  var hasOpenForeignKeys: Bool { get }
  /// Runs `body` with foreign keys not enforced, in a transaction too: for tables of relish's own alone.
  func ignoringForeignKeys(_ body: () throws(DriverError) -> Void) throws(DriverError)

  /// Until `endSnapshot` queries see the database as it is now, and take no lock of their own; nothing
  /// is written meanwhile. In a transaction it does nothing.
  func beginSnapshot() throws(DriverError)
  func endSnapshot()

  var isInTransaction: Bool { get }
  func begin() throws(DriverError)
  func commit() throws(DriverError)
  func rollback() throws(DriverError)
  func savepoint(_ name: String) throws(DriverError)
  func release(savepoint name: String) throws(DriverError)
  func rollback(to savepoint: String) throws(DriverError)
  /// Runs `body`, then takes back what it did, however it ends; outside a transaction it takes no lock
  /// for writing before `body` writes to the database itself.
  func undoing(_ name: String, _ body: () throws(DriverError) -> Void) throws(DriverError)

  /// After how many seconds a statement is stopped; nil: never.
  var timeLimit: Double? { get set }
  /// How many seconds a statement waits for another program's lock before it fails with `.busy`.
  var busyLimit: Double { get set }
  /// Called a few times per second while a statement runs, with the rows that statements have inserted,
  /// changed or deleted since it was set (tables without row ids not counted). It must not use the
  /// database.
  var progress: ((Int) -> Void)? { get set }
  /// Stops the running statement; may be called from a signal handler's thread.
  func interrupt()
  func close()

  /// Writes the database to `path` while other programs go on: the file is there whole or not at all.
  /// In an open transaction it is the database as that found it. An existing file is replaced.
  /// - Parameter mode: who may read the file, in the bits of chmod(2).
  /// - Parameter progress: is given the pages done and of how many.
  func backUp(
    to path: String, mode: UInt32, progress: (Int, Int) -> Void
  ) throws(DriverError)
  /// Puts the content of `source`, as `openBackup` opens it, into the place of this database's, all of it
  /// or nothing; no transaction may be open.
  /// - Parameter progress: is given the pages done and of how many.
  func restore(from source: any Driver, progress: (Int, Int) -> Void) throws(DriverError)
  /// Bytes of a page, the measure of a copy's progress.
  func pageSize() throws(DriverError) -> Int
  /// How many tables there are, and rows in them all.
  func contents() throws(DriverError) -> DatabaseContents
}

/// What a database holds, in numbers.
package struct DatabaseContents: Sendable, Equatable {
  package var tables = 0
  package var rows = 0
  package init() {}
}

/// Two that are equal stand for the same rows.
package struct DataVersion: Hashable, Sendable {
  /// Grows when another connection commits.
  package var others: Int64
  /// Grows with each row that this connection changes.
  package var own: Int64
}

/// One line of a database's plan.
package struct PlanStep: Sendable {
  /// How many steps stand above it.
  package var depth: Int
  package var text: String
  /// What the line says about a table or an order, where it does.
  package var reading: PlanReading?
  package init(depth: Int, text: String, reading: PlanReading? = nil) {
    self.depth = depth
    self.text = text
    self.reading = reading
  }
}

/// What a statement without rows did.
package struct ExecutionResult: Sendable {
  /// Rows changed by the statement itself, cascades not counted.
  package var changes: Int
  /// The key that the database gave to the last row inserted.
  package var lastInsertID: Int64
  package init(changes: Int, lastInsertID: Int64) {
    self.changes = changes
    self.lastInsertID = lastInsertID
  }
}

/// A statement compiled once. Positions count from 1. Bound values stay until bound anew.
package protocol PreparedStatement: AnyObject {
  func bind(_ value: Value, at position: Int) throws(DriverError)
  func bind(integer: Int64, at position: Int) throws(DriverError)
  func bind(double: Double, at position: Int) throws(DriverError)
  /// UTF-8; the bytes must stay in place until `run` has returned.
  func bind(text: UnsafeBufferPointer<UInt8>, at position: Int) throws(DriverError)
  func bindNull(at position: Int) throws(DriverError)
  func run() throws(DriverError) -> ExecutionResult
}

/// One row while it is lent. Columns count from 0. A pointer is valid until the next row.
package protocol Row: AnyObject {
  var count: Int { get }
  func kind(_ column: Int) -> StorageKind
  func integer(_ column: Int) -> Int64
  func double(_ column: Int) -> Double
  /// Bytes of a text or blob; of a number its text.
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>
  /// Kind and value in one: what renderers ask of each cell.
  func stored(_ column: Int) -> StoredValue
}

/// A value as it is stored; bytes are valid until the next row.
package enum StoredValue {
  case null
  case integer(Int64)
  case real(Double)
  case text(UnsafeBufferPointer<UInt8>)
  case blob(UnsafeBufferPointer<UInt8>)
}

/// How a value is stored, whatever its column was declared as.
package enum StorageKind: Sendable { case null, integer, real, text, blob }

extension Row {
  /// Asked piece by piece, where a row knows no quicker way.
  package func stored(_ column: Int) -> StoredValue {
    switch kind(column) {
    case .null: .null
    case .integer: .integer(integer(column))
    case .real: .real(double(column))
    case .text: .text(bytes(column))
    case .blob: .blob(bytes(column))
    }
  }

  /// The value as stored; the attribute's type is not known here.
  package func value(_ column: Int) -> Value {
    switch kind(column) {
    case .null: .null
    case .integer: .integer(integer(column))
    case .real: .double(double(column))
    case .text: .text(String(decoding: bytes(column), as: UTF8.self))
    case .blob: .blob(Array(bytes(column)))
    }
  }
}

/// What the database did to rows while a statement ran. Table names as the database spells them.
package struct ChangeSummary: Sendable {
  /// A foreign key whose columns the database changed: `products`, [`userId`].
  package struct ColumnEffect: Hashable, Sendable {
    package var table: String
    /// The columns of one foreign key.
    package var columns: [String]
    package init(table: String, columns: [String]) {
      self.table = table
      self.columns = columns
    }
  }

  /// By the statement itself.
  package var inserted: [String: Int] = [:]
  package var updated: [String: Int] = [:]
  package var deleted: [String: Int] = [:]
  /// By the database: rows deleted by a cascade.
  package var cascadeDeleted: [String: Int] = [:]
  /// By the database: rows whose key became null, took its default, or followed a changed key.
  package var becameNull: [ColumnEffect: Int] = [:]
  package var becameDefault: [ColumnEffect: Int] = [:]
  package var followed: [ColumnEffect: Int] = [:]

  package init() {}
}

/// What a database said, sorted by what can be done about it.
package struct DriverError: Error, Sendable {
  /// The kinds that callers treat differently; names are as the database spells them.
  package enum Kind: Sendable {
    /// Cannot be opened or lost: exit 3.
    case connection
    case unique(table: String, columns: [String])
    case notNull(table: String, column: String)
    case foreignKey
    case check(String)
    case busy, readOnly, interrupted, full, corrupt
    /// Another file than the database's own cannot be read or written.
    case file
    /// Stopped because it ran longer than the time limit.
    case timeLimit
    case other
  }
  package var kind: Kind
  /// The database's own words.
  package var message: String
  /// The statement that failed, if one did.
  package var sql: String?

  package init(_ kind: Kind, _ message: String, sql: String? = nil) {
    self.kind = kind
    self.message = message
    self.sql = sql
  }
}
