import RelishLanguage
import RelishModel
import RelishSQL

/// Reads all that an open SQLite database says of its tables: two queries, however many tables there
/// are, and what the texts in them say.
///
/// Left out: SQLite's own tables. Virtual tables are told by name only, and the tables in which they
/// keep their rows not at all.
struct SQLiteInspector {
  let driver: SQLiteDriver
  /// Tables, views and triggers in the order in which they were made.
  private var schema = Schema()
  private var positions: [String: Int] = [:]
  private var types = SQLiteTypes()
  /// Of the text that is read.
  private var tokens: [SQLToken] = []

  static func schema(of driver: SQLiteDriver) throws(DriverError) -> Schema {
    var inspector = SQLiteInspector(driver: driver)
    try inspector.readObjects()
    inspector.aimKeys()
    for index in inspector.schema.views.indices {
      // A view over what is not there has no columns that anyone could tell.
      let columns = try? inspector.columns(ofView: inspector.schema.views[index].name)
      inspector.schema.views[index].columns = columns ?? []
    }
    return inspector.schema
  }

  private init(driver: SQLiteDriver) { self.driver = driver }

  // MARK: What there is

  private struct Kind {
    let type: String
    let columnCount: Int
    let isWithoutRowid: Bool
    let isStrict: Bool
  }

  private func kinds() throws(DriverError) -> [String: Kind] {
    var kinds: [String: Kind] = [:]
    try driver.query(
      "SELECT name, type, ncol, wr, strict FROM pragma_table_list WHERE schema = 'main'"
    ) { row throws(DriverError) in
      kinds[row.text(0)] = Kind(
        type: row.text(1), columnCount: Int(row.integer(2)), isWithoutRowid: row.integer(3) == 1,
        isStrict: row.integer(4) == 1)
      return true
    }
    return kinds
  }

  private mutating func readObjects() throws(DriverError) {
    let kinds = try kinds()
    schema.tables.reserveCapacity(kinds.count)
    positions.reserveCapacity(kinds.count)
    // Those of tables that come later, which no SQLite writes.
    var early: [(table: String, name: String, text: String)] = []
    try driver.query(
      "SELECT type, name, tbl_name, sql, rowid FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    ) { row throws(DriverError) in
      let name = row.text(1)
      switch row.text(0) {
      case "table":
        guard let kind = kinds[name], !name.asciiLowercased.hasPrefix("sqlite_") else { break }
        if kind.type == "virtual" { schema.virtualTables.append(name) }
        if kind.type == "table" { try addTable(name, kind, row.text(3), row.integer(4)) }
      case "index":
        if let table = positions[row.text(2)] {
          addIndex(name, row.text(3), to: table)
        } else {
          early.append((row.text(2), name, row.text(3)))
        }
      case "view": schema.views.append(View(name: name, text: row.text(3), columns: []))
      case "trigger":
        schema.triggers.append(Trigger(name: name, table: row.text(2), text: row.text(3)))
      default: break
      }
      return true
    }
    for index in early {
      if let table = positions[index.table] { addIndex(index.name, index.text, to: table) }
    }
  }

  private mutating func addIndex(_ name: String, _ text: String, to table: Int) {
    SQLTokenizer.read(text, into: &tokens)
    let index = SQLiteIndexText(text, tokens).index(named: name, of: schema.tables[table])
    schema.tables[table].indexes.append(index)
  }

  // MARK: Tables

  private mutating func addTable(
    _ name: String, _ kind: Kind, _ sql: String, _ rowid: Int64
  ) throws(DriverError) {
    var table = Table(name: name)
    table.isWithoutRowid = kind.isWithoutRowid
    table.isStrict = kind.isStrict
    SQLTokenizer.read(sql, into: &tokens)
    let text = SQLiteTableText(tokens, columnCount: kind.columnCount)
    var reading = SQLiteTableReading(table, text, driver.dialect)
    let columns = try SQLiteColumnFacts.columns(
      of: name, text, count: kind.columnCount, driver.connection.open())
    if let columns {
      reading.take(columns: columns, types: &types)
    } else {
      // The text says less than SQLite knows: there are bytes in it that are no UTF-8.
      try readColumns(of: rowid, into: &reading)
      try readForeignKeys(of: rowid, into: &reading)
    }
    reading.finish()
    positions[name] = schema.tables.count
    schema.tables.append(reading.table)
  }

  /// - Parameter table: its row in sqlite_schema; the name may hold bytes that are no UTF-8.
  private func each(
    _ columns: String, of pragma: String, _ table: Int64,
    _ body: (any Row) throws(DriverError) -> Void
  ) throws(DriverError) {
    var sql = SQLText()
    sql.append(
      sql: "SELECT \(columns) FROM sqlite_schema t CROSS JOIN \(pragma)(t.name) p WHERE t.rowid = ")
    sql.append(Value.integer(table))
    try driver.query(sql) { row throws(DriverError) in
      try body(row)
      return true
    }
  }

  private mutating func readColumns(
    of table: Int64, into reading: inout SQLiteTableReading
  ) throws(DriverError) {
    var keys: [(place: Int64, name: String)] = []
    var columns: [SQLiteColumnFacts] = []
    try each(
      "p.name, p.type, p.\"notnull\", p.dflt_value, p.pk", of: "pragma_table_xinfo", table
    ) { row throws(DriverError) in
      var column = SQLiteColumnFacts(
        name: row.text(0), type: row.text(1), isNotNull: row.integer(2) == 1,
        isInKey: row.integer(4) > 0)
      if row.kind(3) != .null { column.defaultValue = SQLTokenizer.tokens(of: row.text(3)) }
      if column.isInKey { keys.append((row.integer(4), column.name)) }
      columns.append(column)
    }
    reading.take(
      columns: columns, key: keys.sorted { $0.place < $1.place }.map(\.name), types: &types)
  }

  private func readForeignKeys(
    of table: Int64, into reading: inout SQLiteTableReading
  ) throws(DriverError) {
    var found: [(id: Int64, key: ForeignKey)] = []
    try each(
      "p.id, p.\"table\", p.\"from\", p.\"to\", p.on_delete, p.on_update",
      of: "pragma_foreign_key_list", table
    ) { row throws(DriverError) in
      if found.last?.id != row.integer(0) {
        let key = ForeignKey(
          columns: [], table: row.text(1), targetColumns: [],
          onDelete: ReferentialRule(rawValue: row.text(4).lowercased()) ?? .noAction,
          onUpdate: ReferentialRule(rawValue: row.text(5).lowercased()) ?? .noAction)
        found.append((row.integer(0), key))
      }
      found[found.count - 1].key.columns.append(row.text(2))
      if row.kind(3) != .null { found[found.count - 1].key.targetColumns.append(row.text(3)) }
    }
    // The last one written has the number 0.
    reading.take(foreignKeys: found.reversed().map(\.key))
  }

  /// A foreign key that names no columns of the other table means its primary key.
  private mutating func aimKeys() {
    var primaryKeys: [String: [String]]?
    for table in schema.tables.indices {
      for key in schema.tables[table].foreignKeys.indices
      where schema.tables[table].foreignKeys[key].targetColumns.isEmpty {
        let known =
          primaryKeys
          ?? Dictionary(
            schema.tables.map { ($0.name.asciiLowercased, $0.primaryKey) },
            uniquingKeysWith: { first, _ in first })
        primaryKeys = known
        // Of a table that is not there, or that has another number of keys, nothing can be said.
        let target = known[schema.tables[table].foreignKeys[key].table.asciiLowercased] ?? []
        if target.count == schema.tables[table].foreignKeys[key].columns.count {
          schema.tables[table].foreignKeys[key].targetColumns = target
        }
      }
    }
  }
}
