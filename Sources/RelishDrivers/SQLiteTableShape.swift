import CSQLite
import Glibc
import RelishModel

/// What must be known of a table to read a change of one of its rows, and to take it back.
struct SQLiteTableShape: Equatable {
  /// A column that holds a value of its own: generated ones do not.
  struct Column: Equatable {
    var name: String
    /// Where `sqlite3_preupdate_old` finds it.
    var position: Int32
    /// Its place in the primary key, from 1; 0 outside it.
    var keyPlace: UInt8
    /// INTEGER PRIMARY KEY: another name of the rowid.
    var isRowid = false
    /// Whole numbers are stored in it as such, and read as doubles (datatype3.html §3).
    var isReal = false
    /// The bytes of the value that rows have which are older than the column.
    var defaultValue: [UInt8]
  }

  let name: String
  private let cName: [CChar]
  private let count: Int32
  let columns: [Column]
  let hasGenerated: Bool
  /// The name under which the rowid can be had; nil: WITHOUT ROWID, or all its names are taken.
  let rowidName: String?
  let hasRowid: Bool
  /// A table that SQLite or a virtual table keeps for itself.
  var isSystem: Bool { name.hasPrefix("sqlite_") }
  var isShadow = false

  /// Positions in `columns` of the primary key, in its order.
  var key: [Int] {
    columns.indices.filter { columns[$0].keyPlace > 0 }
      .sorted { columns[$0].keyPlace < columns[$1].keyPlace }
  }

  /// The session extension can find its rows and write them (sessionintro.html §2.1).
  var isPlain: Bool { !hasGenerated && columns.contains { $0.keyPlace > 0 } }

  /// A row can be found without its primary key.
  var canBeAddressed: Bool { rowidName != nil || (!hasRowid && !key.isEmpty) }

  /// The table is there with these columns.
  func isCurrent(_ handle: OpaquePointer) -> Bool {
    let now = cName.withUnsafeBufferPointer { name in
      name.baseAddress.map { SQLiteTableShape($0, count: count, handle, isInHook: false) }
    }
    return now?.columns.map(\.name) == columns.map(\.name) && now?.key == key
      && now?.hasRowid == hasRowid && now?.hasGenerated == hasGenerated
  }

  @inline(__always)
  func matches(_ table: UnsafePointer<CChar>, _ count: Int32) -> Bool {
    guard count == self.count else { return false }
    return cName.withUnsafeBufferPointer { name in
      name.baseAddress.map { strcmp($0, table) == 0 } ?? false
    }
  }

  /// Reads it from the schema; may be called in the hook, as the session extension itself does.
  init(
    _ table: UnsafePointer<CChar>, count: Int32, _ handle: OpaquePointer, isInHook: Bool = true,
    database: String = "main"
  ) {
    cName = Array(UnsafeBufferPointer(start: table, count: strlen(table) + 1))
    name = String(cString: table)
    self.count = count
    let rows = Self.rows(
      "SELECT name, pk, hidden, type, dflt_value FROM pragma_table_xinfo(?1, '\(database)')", name,
      handle)
    let list = Self.rows(
      "SELECT wr, type FROM pragma_table_list WHERE schema = '\(database)' AND name = ?1", name,
      handle)
    hasRowid = list.first?.first != .integer(1)
    isShadow = list.first?.last == .text("shadow")
    let isVirtual = rows.contains { $0[2] == .integer(2) }
    // Before 3.43 or so the positions leave out virtual columns, and the last ones hold nothing.
    var ignored: OpaquePointer?
    let countsVirtual =
      isInHook && isVirtual
      && (sqlite3_preupdate_old(handle, count - 1, &ignored) == SQLITE_OK
        || sqlite3_preupdate_new(handle, count - 1, &ignored) == SQLITE_OK)
    var columns: [Column] = []
    var position: Int32 = 0
    let keyCount = rows.filter { $0[1] != .integer(0) }.count
    for row in rows {
      guard case .text(let name) = row[0], case .integer(let place) = row[1],
        case .integer(let hidden) = row[2]
      else { continue }
      if hidden == 0 {
        var column = Column(
          name: name, position: position, keyPlace: UInt8(clamping: place),
          defaultValue: Self.constant(row[4], handle))
        guard case .text(let type) = row[3] else { continue }
        column.isReal = Self.isReal(type.uppercased())
        if type.asciiLowercased == "integer", place == 1, keyCount == 1, hasRowid {
          // `INTEGER PRIMARY KEY DESC` is none (lang_createtable.html §5): it has an index of its own.
          column.isRowid =
            Self.rows(
              "SELECT 1 FROM pragma_index_list(?1, '\(database)') WHERE origin = 'pk'", self.name,
              handle
            ).isEmpty
        }
        columns.append(column)
      }
      if hidden != 2 || countsVirtual { position += 1 }
    }
    self.columns = columns
    hasGenerated = columns.count < rows.count
    let names = Set(
      rows.compactMap { row -> String? in
        if case .text(let name) = row[0] { name.asciiLowercased } else { nil }
      })
    rowidName = hasRowid ? ["_rowid_", "rowid", "oid"].first { !names.contains($0) } : nil
  }

  /// REAL affinity (datatype3.html §3.1).
  private static func isReal(_ type: String) -> Bool {
    let others = ["INT", "CHAR", "CLOB", "TEXT", "BLOB"]
    return !others.contains { type.contains($0) }
      && ["REAL", "FLOA", "DOUB"].contains { type.contains($0) }
  }

  /// How the database keeps texts.
  static func isUTF8(_ handle: OpaquePointer) -> Bool {
    rows("PRAGMA main.encoding", nil, handle) == [[.text("UTF-8")]]
  }

  /// What a column's default stands for: ALTER TABLE ADD COLUMN allows constants only.
  private static func constant(_ text: Value, _ handle: OpaquePointer) -> [UInt8] {
    guard case .text(let text) = text,
      let value = rows("SELECT \(text)", nil, handle).first?.first
    else { return ChangesetValue.bytes(of: .null) }
    return ChangesetValue.bytes(of: value)
  }

  /// The rows of a query of one text.
  private static func rows(
    _ sql: String, _ text: String?, _ handle: OpaquePointer
  ) -> [[Value]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      return []
    }
    defer { sqlite3_finalize(statement) }
    if let text { sqlite3_bind_text(statement, 1, text, -1, relish_sqlite_transient()) }
    var rows: [[Value]] = []
    let row = SQLiteRow(statement)
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append((0..<row.count).map { row.value($0) })
    }
    return rows
  }
}
