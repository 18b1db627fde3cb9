import CSQLite
import RelishModel
import RelishSQL

/// How some tables were at one moment: what makes them, and their rows as far as they are kept.
package struct SchemaState: Sendable {
  /// A row of sqlite_schema: a table, an index or a trigger, with its own text.
  struct Object: Sendable, Equatable {
    var type: String
    var name: String
    var table: String
    var sql: String
  }

  /// Tables in the order in which they were made.
  fileprivate(set) var objects: [Object] = []
  /// The last number that AUTOINCREMENT gave, by table.
  fileprivate var sequences: [String: Int64] = [:]
  /// Where the rows are kept of tables that had any, with their number.
  fileprivate var kept: [String: (table: String, rows: Int)] = [:]

  package var tables: [String] { objects.filter { $0.type == "table" }.map(\.name) }

  /// How many rows are kept of a table.
  package func rowsKept(of table: String) -> Int { kept[table]?.rows ?? 0 }
}

/// Why tables cannot be brought back to how they were.
package enum SchemaConflict: Sendable {
  /// The table was changed, dropped or made by something else.
  case otherTable(String)
  /// Rows that something else has made, changed or deleted meanwhile.
  case otherRows(String)
  /// Rows of that table would point to nothing.
  case foreignKey(String)
}

extension SQLiteDriver {
  /// The tables among `names` that are there, with their indexes and triggers. In a transaction, and
  /// with `keepingRows`, their rows are copied into temporary tables, which go with the connection.
  package func schemaState(
    of names: [String], keepingRows: Bool
  ) throws(DriverError) -> SchemaState {
    var state = SchemaState()
    state.objects = try objects(of: names)
    let isThere = Set(state.tables)
    state.sequences = try sequences().filter { isThere.contains($0.key) }
    for table in state.tables {
      guard keepingRows else { continue }
      let rows = try integer("SELECT count(*) FROM main.\(identifier(table))")
      guard rows > 0 else { continue }
      connection.keptTables += 1
      let copy = "relish_undo_\(connection.keptTables)_\(table)"
      let columns = try copiedColumns(of: table)
      _ = try execute(
        """
        CREATE TABLE temp.\(identifier(copy)) AS SELECT \(columns.copied) \
        FROM main.\(identifier(table))
        """)
      state.kept[table] = (copy, Int(rows))
    }
    return state
  }

  /// Brings the tables of `state` from what `now` says back to what `state` says, rows included, all or
  /// nothing. Where something else has changed them meanwhile nothing happens.
  package func goBack(to state: SchemaState, from now: SchemaState) throws(DriverError)
    -> [SchemaConflict]
  {
    let wasPaused = changeLog?.isPaused ?? true
    changeLog?.isPaused = true
    defer { changeLog?.isPaused = wasPaused }
    return try withoutActions { () throws(DriverError) in
      try atomically { () throws(DriverError) in
        let conflicts = try conflicts(with: now, otherwiseFree: state)
        guard conflicts.isEmpty else { return conflicts }
        let pointing = try tablesPointing(to: state.tables + now.tables)
        let before = try violations(in: now.tables + pointing)
        for table in now.tables.reversed() {
          _ = try execute("DROP TABLE main.\(identifier(table))")
        }
        try make(state)
        let after = try violations(in: state.tables + pointing)
        return after.filter { $0.value > before[$0.key] ?? 0 }.keys.sorted().map { .foreignKey($0) }
      }
    }
  }

  private func identifier(_ name: String) -> SQLText { SQLText(dialect.identifier(name)) }

  // MARK: Reading

  private func objects(of names: [String]) throws(DriverError) -> [SchemaState.Object] {
    let wanted = Set(names.map { $0.lowercased() })
    var objects: [SchemaState.Object] = []
    try query(
      "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    ) { row throws(DriverError) in
      let object = SchemaState.Object(
        type: row.text(0), name: row.text(1), table: row.text(2), sql: row.text(3))
      if object.type != "view", wanted.contains(object.table.lowercased()) {
        objects.append(object)
      }
      return true
    }
    return objects
  }

  private func sequences() throws(DriverError) -> [String: Int64] {
    let hasSequences = try integer(
      "SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_sequence'")
    guard hasSequences > 0 else { return [:] }
    var sequences: [String: Int64] = [:]
    try query("SELECT name, seq FROM main.sqlite_sequence") { row throws(DriverError) in
      sequences[row.text(0)] = row.integer(1)
      return true
    }
    return sequences
  }

  /// The columns that hold values, as they are called in the table and in its copy, which has the
  /// rowid too where it can be had.
  private func copiedColumns(
    of table: String
  ) throws(DriverError) -> (names: SQLText, copied: SQLText, kept: SQLText) {
    let shape = try shape(of: table)
    var names = shape.columns.map { identifier($0.name) }
    var copied = names
    var kept = names
    if let rowid = shape.rowidName, !shape.columns.contains(where: \.isRowid) {
      names.append(SQLText(rowid))
      copied.append("\(SQLText(rowid)) AS \(identifier("relish rowid"))")
      kept.append(identifier("relish rowid"))
    }
    return (
      names.joined(separator: ", "), copied.joined(separator: ", "), kept.joined(separator: ", ")
    )
  }

  private func shape(of table: String) throws(DriverError) -> SQLiteTableShape {
    let handle = try connection.open()
    return table.withCString { SQLiteTableShape($0, count: 0, handle, isInHook: false) }
  }

  // MARK: Changing

  private func make(_ state: SchemaState) throws(DriverError) {
    for object in state.objects where object.type == "table" {
      _ = try execute(SQLText(object.sql))
    }
    for table in state.tables {
      guard let copy = state.kept[table]?.table else { continue }
      let columns = try copiedColumns(of: table)
      _ = try execute(
        """
        INSERT INTO main.\(identifier(table)) (\(columns.names)) \
        SELECT \(columns.kept) FROM temp.\(identifier(copy))
        """)
    }
    for object in state.objects where object.type != "table" {
      _ = try execute(SQLText(object.sql))
    }
    for (table, sequence) in state.sequences {
      _ = try execute("DELETE FROM main.sqlite_sequence WHERE name = \(bind: .text(table))")
      _ = try execute(
        "INSERT INTO main.sqlite_sequence VALUES (\(bind: .text(table)), \(bind: .integer(sequence)))"
      )
    }
  }

  private func atomically(
    _ body: () throws(DriverError) -> [SchemaConflict]
  ) throws(DriverError) -> [SchemaConflict] {
    let name = "relish schema state"
    let isNested = isInTransaction
    if isNested { try savepoint(name) } else { try begin() }
    func leave() throws(DriverError) {
      guard isInTransaction else { return }
      if isNested {
        try rollback(to: name)
        try release(savepoint: name)
      } else {
        try rollback()
      }
    }
    let conflicts: [SchemaConflict]
    do throws(DriverError) {
      conflicts = try body()
      if conflicts.isEmpty {
        if isNested { try release(savepoint: name) } else { try commit() }
      }
    } catch {
      try? leave()
      throw error
    }
    if !conflicts.isEmpty { try leave() }
    return conflicts
  }

  // MARK: Conflicts

  private func conflicts(
    with now: SchemaState, otherwiseFree other: SchemaState
  ) throws(DriverError) -> [SchemaConflict] {
    let names = now.tables + other.tables
    let live = Dictionary(grouping: try objects(of: names)) { $0.table.lowercased() }
    let left = Dictionary(grouping: now.objects) { $0.table.lowercased() }
    var found: [SchemaConflict] = []
    for table in Set(names.map { $0.lowercased() }).sorted() {
      let mine = left[table] ?? []
      let theirs = live[table] ?? []
      let name = mine.first?.table ?? theirs.first?.table ?? table
      if mine != theirs {
        found.append(.otherTable(name))
      } else if !mine.isEmpty, try hasOtherRows(name, now) {
        found.append(.otherRows(name))
      }
    }
    return found
  }

  private func hasOtherRows(_ table: String, _ state: SchemaState) throws(DriverError) -> Bool {
    let count = try integer("SELECT count(*) FROM main.\(identifier(table))")
    guard let kept = state.kept[table] else { return count > 0 }
    guard count == kept.rows else { return true }
    let columns = try copiedColumns(of: table)
    return try integer(
      """
      SELECT count(*) FROM (SELECT \(columns.copied) FROM main.\(identifier(table)) EXCEPT \
      SELECT \(columns.kept) FROM temp.\(identifier(kept.table)))
      """) > 0
  }

  private func tablesPointing(to tables: [String]) throws(DriverError) -> [String] {
    let names = Set(tables.map { $0.lowercased() })
    var pointing: [String] = []
    try query(
      """
      SELECT DISTINCT m.name, f."table" FROM main.sqlite_schema m \
      JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
      """
    ) { row throws(DriverError) in
      let (child, parent) = (row.text(0), row.text(1))
      if names.contains(parent.lowercased()), !names.contains(child.lowercased()) {
        pointing.append(child)
      }
      return true
    }
    return pointing
  }

  private func violations(in tables: [String]) throws(DriverError) -> [String: Int] {
    var counts: [String: Int] = [:]
    for table in tables { counts[table] = try foreignKeyViolations(in: table) }
    return counts
  }
}
