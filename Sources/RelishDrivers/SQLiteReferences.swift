import CSQLite
import RelishLanguage
import RelishModel
import RelishSQL

extension SQLiteDriver {
  /// All tables and keys of the file, by a handful of queries.
  package func references() throws(DriverError) -> References {
    var reader = SQLiteReferences(driver: self)
    try reader.readTables()
    try reader.readColumns()
    try reader.readKeys()
    try reader.readUniques()
    try reader.readTriggers()
    return reader.references
  }

  /// Counts what earlier statements of the transaction have left broken too.
  package var hasOpenForeignKeys: Bool {
    guard let handle = connection.handle else { return false }
    var current: Int32 = 0
    var highest: Int32 = 0
    return sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
      == SQLITE_OK && current != 0
  }

  /// `PRAGMA foreign_keys` does nothing inside a transaction; the connection's own flag works there too.
  package func ignoringForeignKeys(
    _ body: () throws(DriverError) -> Void
  ) throws(DriverError) {
    let handle = try connection.open()
    _ = relish_sqlite_set_flag(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0)
    defer { _ = relish_sqlite_set_flag(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1) }
    try body()
  }
}

extension References.Affinity {
  /// The rules of datatype3.html §3.1, in their order.
  fileprivate init(declared type: String) {
    let type = type.uppercased()
    func has(_ word: String) -> Bool { type.firstRange(of: word) != nil }
    if has("INT") {
      self = .number
    } else if has("CHAR") || has("CLOB") || has("TEXT") {
      self = .text
    } else {
      self = type.isEmpty || has("BLOB") ? .none : .number
    }
  }
}

/// Reads what `References` tells from SQLite's pragmas and the texts of its tables.
private struct SQLiteReferences {
  let driver: SQLiteDriver
  var references = References()
  private var places: [String: Int] = [:]
  private var withoutRowid: Set<Int> = []

  init(driver: SQLiteDriver) { self.driver = driver }

  /// Materialised, so that a table's name is handed to each pragma once.
  private static let tables = """
    WITH t(id, name, sql) AS MATERIALIZED (
      SELECT s.rowid, s.name, s.sql FROM main.sqlite_schema s
      WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND s.sql LIKE 'CREATE TABLE %')

    """

  private func each(
    _ sql: String, _ body: (any Row, Int) throws(DriverError) -> Void
  ) throws(DriverError) {
    try driver.query(SQLText(Self.tables + sql)) { row throws(DriverError) in
      if let table = places[row.text(0).asciiLowercased] { try body(row, table) }
      return true
    }
  }

  mutating func readTables() throws(DriverError) {
    var found: [References.Table] = []
    let sql = """
      , l AS MATERIALIZED (SELECT name, wr FROM pragma_table_list WHERE schema = 'main')
      SELECT t.name, t.sql, l.wr FROM t LEFT JOIN l ON l.name = t.name ORDER BY t.id
      """
    try driver.query(SQLText(Self.tables + sql)) { row throws(DriverError) in
      if row.integer(2) == 1 { withoutRowid.insert(found.count) }
      found.append(References.Table(name: row.text(0), text: row.text(1)))
      return true
    }
    for (place, table) in found.enumerated() { places[table.name.asciiLowercased] = place }
    references.tables = found
  }

  mutating func readColumns() throws(DriverError) {
    var found = references.tables
    var keys = [[(place: Int64, name: String, type: String)]](repeating: [], count: found.count)
    try each(
      """
      SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
      FROM t JOIN pragma_table_xinfo(t.name, 'main') c ORDER BY t.id, c.cid
      """
    ) { row, table throws(DriverError) in
      let name = row.text(1)
      found[table].columns.append(
        References.Column(
          name: name, isNotNull: row.integer(3) == 1, isGenerated: row.integer(6) > 1,
          affinity: References.Affinity(declared: row.text(2)),
          defaultText: row.kind(4) == .null ? nil : row.text(4)))
      if row.integer(5) > 0 {
        keys[table].append((row.integer(5), name, row.text(2).uppercased()))
      }
    }
    for place in found.indices {
      let tokens = SQLTokenizer.tokens(of: found[place].text)
      let key = keys[place].sorted { $0.place < $1.place }
      let names = Set(found[place].columns.map { $0.name.asciiLowercased })
      found[place].primaryKey = key.map(\.name)
      found[place].hasConditions =
        found[place].columns.contains(where: \.isGenerated)
        || tokens.contains { $0.isKeyword("CHECK") }
      if withoutRowid.contains(place) {
        found[place].rowColumns = key.map(\.name)
        for name in found[place].rowColumns {
          let column = found[place].columns.firstIndex { $0.name == name }
          if let column { found[place].columns[column].isNotNull = true }
        }
      } else if key.count == 1, key[0].type == "INTEGER" {
        found[place].rowColumns = [key[0].name]
      } else {
        // A table that has taken all three names keeps its rows to itself.
        let rowid = ["rowid", "_rowid_", "oid"].first { !names.contains($0) }
        found[place].rowColumns = rowid.map { [$0] } ?? key.map(\.name)
      }
    }
    references.tables = found
  }

  /// Pragmas count keys from the last one written; whether one is deferred only the text tells.
  mutating func readKeys() throws(DriverError) {
    var found: [(id: Int64, key: References.Key)] = []
    try each(
      """
      SELECT t.name, f.id, f."table", f."from", f."to", f.on_delete, f.on_update
      FROM t JOIN pragma_foreign_key_list(t.name, 'main') f ORDER BY t.id, f.id DESC, f.seq
      """
    ) { row, table throws(DriverError) in
      guard let target = places[row.text(2).asciiLowercased] else { return }
      if found.last.map({ $0.key.holder == table && $0.id == row.integer(1) }) != true {
        let key = References.Key(
          holder: table, columns: [], target: target, targetColumns: [],
          onDelete: ReferentialRule(rawValue: row.text(5).lowercased()) ?? .noAction,
          onUpdate: ReferentialRule(rawValue: row.text(6).lowercased()) ?? .noAction)
        found.append((row.integer(1), key))
      }
      let seen = found[found.count - 1].key.columns.count
      found[found.count - 1].key.columns.append(row.text(3))
      let implied = references.tables[target].primaryKey
      let to = row.kind(4) != .null ? row.text(4) : seen < implied.count ? implied[seen] : nil
      if let to { found[found.count - 1].key.targetColumns.append(to) }
    }
    for table in references.tables.indices {
      let deferred = Self.deferredKeys(references.tables[table].text)
      let ids = found.filter { $0.key.holder == table }.map(\.id)
      let count = (ids.max() ?? -1) + 1
      for place in found.indices where found[place].key.holder == table {
        let position = Int(count - 1 - found[place].id)
        found[place].key.isDeferred =
          position >= 0 && position < deferred.count && deferred[position]
      }
    }
    // A key to columns that are not there makes the database refuse every delete; nothing follows it.
    references.keys = found.map(\.key).filter { $0.columns.count == $0.targetColumns.count }
  }

  /// Of each REFERENCES in the text, whether it is DEFERRABLE INITIALLY DEFERRED.
  private static func deferredKeys(_ text: String) -> [Bool] {
    var answers: [Bool] = []
    var previous: [SQLToken] = []
    for token in SQLTokenizer.tokens(of: text) {
      if token.isKeyword("REFERENCES") { answers.append(false) }
      let words = previous.suffix(3)
      if token.isKeyword("DEFERRED"), !answers.isEmpty, words.last?.isKeyword("INITIALLY") == true,
        words.dropLast().last?.isKeyword("DEFERRABLE") == true,
        words.count < 3 || words.first?.isKeyword("NOT") != true
      {
        answers[answers.count - 1] = true
      }
      previous = Array(words.suffix(2)) + [token]
    }
    return answers
  }

  mutating func readUniques() throws(DriverError) {
    var found = references.tables
    var last = ""
    try each(
      """
      SELECT t.name, i.name, c.name
      FROM t JOIN pragma_index_list(t.name, 'main') i JOIN pragma_index_info(i.name, 'main') c
      WHERE i."unique" = 1 AND i.partial = 0 ORDER BY t.id, i.seq, c.seqno
      """
    ) { row, table throws(DriverError) in
      if last != row.text(1) { found[table].uniques.append([]) }
      last = row.text(1)
      found[table].uniques[found[table].uniques.count - 1].append(row.text(2))
    }
    try each(
      """
      SELECT t.name, s.sql FROM t JOIN main.sqlite_schema s ON s.tbl_name = t.name
      WHERE s.type = 'index' AND s.sql IS NOT NULL ORDER BY s.rowid
      """
    ) { row, table throws(DriverError) in found[table].indexTexts.append(row.text(1)) }
    references.tables = found
  }

  mutating func readTriggers() throws(DriverError) {
    var found = references.tables
    try each(
      """
      SELECT t.name, s.name, s.sql FROM t JOIN main.sqlite_schema s ON s.tbl_name = t.name
      WHERE s.type = 'trigger' ORDER BY s.rowid
      """
    ) { row, table throws(DriverError) in
      let tokens = SQLTokenizer.tokens(of: row.text(2))
      let body = tokens.firstIndex { $0.isKeyword("BEGIN") } ?? tokens.endIndex
      let on = tokens[..<body].firstIndex { $0.isKeyword("ON") } ?? body
      let words = tokens[..<on].filter { $0.kind == .word }.map { $0.value.lowercased() }
      let event = words.lazy.compactMap(References.Trigger.Event.init).last
      if let event {
        found[table].triggers.append(References.Trigger(name: row.text(1), event: event))
      }
    }
    references.tables = found
  }
}
