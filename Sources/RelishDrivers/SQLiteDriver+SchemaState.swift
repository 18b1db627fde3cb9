import CSQLite
import RelishModel
import RelishSQL

extension SQLiteDriver {
  /// The tables among `names` that are there, with their indexes and triggers. In a transaction, and
  /// with `keepingRows`, their rows are copied into temporary tables, which go with the connection.
  package func schemaState(
    of names: [String], keepingRows: Bool
  ) throws(DriverError) -> SchemaState {
    var state = SchemaState()
    let wanted = Set(names.asciiLowercased)
    state.objects = try objects().filter {
      $0.type != "view" && wanted.contains($0.table.asciiLowercased)
    }
    let isThere = Set(state.tables)
    state.sequences = try sequences().filter { isThere.contains($0.key) }
    if keepingRows { for table in state.tables { state.kept[table] = try keptRows(of: table) } }
    return state
  }

  /// All tables and views, before a change of some, or after it with `rows` nil.
  package func schemaState(keeping rows: RowsToKeep?) throws(DriverError) -> SchemaState {
    var state = SchemaState()
    state.objects = try objects()
    state.sequences = try sequences()
    state.version = try dataVersion().others
    guard let rows else {
      state.needsStillness = true
      state.isAlwaysKept = true
      return state
    }
    state.needsStillness = rows.grows
    state.renamedTables = rows.renamedTables
    for table in state.tables {
      if rows.tables.contains(table) {
        state.kept[table] = try keptRows(of: table)
        state.needsStillness = state.needsStillness || state.kept[table] != nil
      } else {
        state.carried[table] = try carry(of: table, rows)
      }
    }
    return state
  }

  /// Brings the tables of `state` from what `now` says back to what `state` says, rows included, all or
  /// nothing. Where something else has changed them meanwhile nothing happens.
  package func goBack(
    to state: inout SchemaState, from now: inout SchemaState
  ) throws(DriverError) -> [SchemaConflict] {
    var left = now
    let wanted = state
    let conflicts = try withoutActions { () throws(DriverError) in
      try atomically { () throws(DriverError) in
        let found = try self.conflicts(with: left, goingBackTo: wanted)
        guard found.isEmpty else { return found }
        let pointing = try tablesPointing(to: wanted.tables + left.tables)
        let before = violations(in: left.tables + pointing)
        if left.isAlwaysKept {
          for table in left.tables { left.kept[table] = try keptRows(of: table) }
        }
        let sequences = try sequences()
        for object in left.objects.reversed() where object.type == "table" || object.type == "view"
        {
          _ = try execute("DROP \(SQLText(object.type)) main.\(identifier(object.name))")
        }
        try make(wanted, from: left, sequences)
        let after = violations(in: wanted.tables + pointing)
        return after.filter { $0.value > before[$0.key] ?? before.values.reduce(0, +) }.keys
          .sorted()
          .map { .foreignKey($0) }
      }
    }
    guard conflicts.isEmpty else { return conflicts }
    now = left
    if state.version != nil { state.version = try dataVersion().others }
    return conflicts
  }

  /// Copies the rows of a table; nil where there are none.
  private func keptRows(of table: String) throws(DriverError) -> (table: String, rows: Int)? {
    let rows = try integer("SELECT count(*) FROM main.\(identifier(table))")
    guard rows > 0 else { return nil }
    let copy = nameOfCopy(of: table)
    let columns = try copiedColumns(of: table)
    _ = try execute(
      """
      CREATE TABLE temp.\(identifier(copy)) AS SELECT \(columns.copied) \
      FROM main.\(identifier(table))
      """)
    return (copy, Int(rows))
  }

  private func nameOfCopy(of table: String) -> String {
    connection.keptTables += 1
    return "relish_undo_\(connection.keptTables)_\(table)"
  }

  /// Where a table's rows will come from, once it is changed; copies the columns that go or change.
  private func carry(
    of table: String, _ rows: RowsToKeep
  ) throws(DriverError) -> SchemaState.Carry {
    var carry = SchemaState.Carry(table: rows.renamedTables[table] ?? table)
    carry.renamed = rows.renamedColumns[table] ?? [:]
    carry.columns = rows.columns[table] ?? []
    guard !carry.columns.isEmpty,
      try integer("SELECT EXISTS (SELECT 1 FROM main.\(identifier(table)))") == 1
    else { return carry }
    let shape = try shape(of: table)
    carry.key = shape.key.map { shape.columns[$0].name }
    if shape.rowidName != nil, try hasNulls(in: carry.key, of: table) { carry.key = [] }
    var copied = (carry.key + carry.columns.filter { !carry.key.contains($0) }).map(identifier)
    if carry.key.isEmpty, let rowid = shape.rowidName {
      copied.append("\(SQLText(rowid)) AS \(identifier(Self.rowidCopy))")
    }
    let copy = nameOfCopy(of: table)
    _ = try execute(
      """
      CREATE TABLE temp.\(identifier(copy)) AS SELECT \(copied.joined(separator: ", ")) \
      FROM main.\(identifier(table))
      """)
    carry.copy = copy
    return carry
  }

  /// Columns of a primary key may be null (quirks.html §5), and then find no row.
  private func hasNulls(in columns: [String], of table: String) throws(DriverError) -> Bool {
    guard !columns.isEmpty else { return false }
    let tests = columns.map { "\(identifier($0)) IS NULL" as SQLText }.joined(separator: " OR ")
    return try integer(
      "SELECT EXISTS (SELECT 1 FROM main.\(identifier(table)) WHERE \(tests))") == 1
  }

  private static let rowidCopy = "relish rowid"

  func identifier(_ name: String) -> SQLText { SQLText(dialect.identifier(name)) }

  // MARK: Reading

  func objects() throws(DriverError) -> [SchemaState.Object] {
    var objects: [SchemaState.Object] = []
    try query(
      """
      SELECT type, name, tbl_name, sql FROM main.sqlite_schema \
      WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid
      """
    ) { row throws(DriverError) in
      objects.append(
        SchemaState.Object(
          type: row.text(0), name: row.text(1), table: row.text(2), sql: row.text(3)))
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
  func copiedColumns(
    of table: String
  ) throws(DriverError) -> (names: SQLText, copied: SQLText, kept: SQLText) {
    let shape = try shape(of: table)
    var names = shape.columns.map { identifier($0.name) }
    var copied = names
    var kept = names
    if let rowid = shape.rowidName, !shape.columns.contains(where: \.isRowid) {
      names.append(SQLText(rowid))
      copied.append("\(SQLText(rowid)) AS \(identifier(Self.rowidCopy))")
      kept.append(identifier(Self.rowidCopy))
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

  private func make(
    _ state: SchemaState, from now: SchemaState, _ sequences: [String: Int64]
  ) throws(DriverError) {
    for object in state.objects where object.type == "table" {
      _ = try execute(SQLText(object.sql))
    }
    for table in state.tables {
      if let copy = state.kept[table]?.table {
        let columns = try copiedColumns(of: table)
        _ = try execute(
          """
          INSERT INTO main.\(identifier(table)) (\(columns.names)) \
          SELECT \(columns.kept) FROM temp.\(identifier(copy))
          """)
      } else if let carry = state.carried[table], let copy = now.kept[carry.table]?.table {
        try carryRows(carry, from: copy, to: table)
      }
    }
    for object in state.objects where object.type == "view" { _ = try execute(SQLText(object.sql)) }
    for object in state.objects where !["table", "view"].contains(object.type) {
      _ = try execute(SQLText(object.sql))
    }
    for (table, sequence) in state.sequences {
      let given = sequences[state.carried[table]?.table ?? table] ?? 0
      _ = try execute("DELETE FROM main.sqlite_sequence WHERE name = \(bind: .text(table))")
      _ = try execute(
        """
        INSERT INTO main.sqlite_sequence \
        VALUES (\(bind: .text(table)), \(bind: .integer(max(given, sequence))))
        """)
    }
  }

  /// Fills a table with the rows of the changed one, and with what was kept of the former ones.
  private func carryRows(
    _ carry: SchemaState.Carry, from copy: String, to table: String
  ) throws(DriverError) {
    func column(_ alias: String, _ name: String) -> SQLText {
      "\(SQLText(alias)).\(identifier(name))"
    }
    func now(_ name: String) -> String { carry.renamed[name] ?? name }
    let there = Set(try shapeOfCopy(copy).columns.map { $0.name.asciiLowercased })
    let shape = try shape(of: table)
    var names: [SQLText] = []
    var sources: [SQLText] = []
    for name in shape.columns.map(\.name) {
      if carry.copy != nil, carry.columns.contains(name) {
        sources.append(column("k", name))
      } else if there.contains(now(name).asciiLowercased) {
        sources.append(column("n", now(name)))
      } else {
        continue
      }
      names.append(identifier(name))
    }
    if let rowid = shape.rowidName, !shape.columns.contains(where: \.isRowid),
      there.contains(Self.rowidCopy)
    {
      names.append(SQLText(rowid))
      sources.append(column("n", Self.rowidCopy))
    }
    var sql: SQLText = "INSERT INTO main.\(identifier(table)) (\(names.joined(separator: ", ")))"
    sql.append(" SELECT \(sources.joined(separator: ", ")) FROM temp.\(identifier(copy)) n")
    if let kept = carry.copy {
      let key = carry.key.isEmpty ? [Self.rowidCopy] : carry.key
      let tests = key.map { "\(column("k", $0)) = \(column("n", now($0)))" as SQLText }
      sql.append(" LEFT JOIN temp.\(identifier(kept)) k ON \(tests.joined(separator: " AND "))")
    }
    _ = try execute(sql)
  }

  private func shapeOfCopy(_ copy: String) throws(DriverError) -> SQLiteTableShape {
    let handle = try connection.open()
    return copy.withCString {
      SQLiteTableShape($0, count: 0, handle, isInHook: false, database: "temp")
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
}
