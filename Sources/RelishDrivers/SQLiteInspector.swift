import RelishLanguage
import RelishModel
import RelishSQL

/// Reads all that an open SQLite database says of its tables: a handful of queries, however many
/// tables there are.
///
/// Left out: SQLite's own tables. Virtual tables are told by name only, and the tables in which they
/// keep their rows not at all.
struct SQLiteInspector {
  let driver: SQLiteDriver
  /// In the order in which they were made.
  var tables: [Table] = []
  private var positions: [String: Int] = [:]
  var texts: [SQLiteTableText] = []
  /// Of each table, its columns in small letters, and the names that mean the rowid.
  var names: [Set<String>] = []
  /// Tables with one key column declared INTEGER, exactly so.
  private var integerKeys: Set<Int> = []

  static func schema(of driver: SQLiteDriver) throws(DriverError) -> Schema {
    var inspector = SQLiteInspector(driver: driver)
    var schema = Schema()
    try inspector.readTables(&schema)
    if !inspector.tables.isEmpty {
      try inspector.readColumns()
      try inspector.readForeignKeys()
      try inspector.readIndexes()
      inspector.finish()
    }
    schema.tables = inspector.tables
    try inspector.readViews(&schema)
    try inspector.readTriggers(&schema)
    return schema
  }

  private init(driver: SQLiteDriver) { self.driver = driver }

  /// Materialised, so that a table's name is handed to each pragma once.
  private static let ordinaryTables = """
    WITH t(id, name) AS MATERIALIZED (
      SELECT s.rowid, s.name FROM sqlite_schema s
      WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND s.name IN
        (SELECT l.name FROM pragma_table_list l WHERE l.schema = 'main' AND l.type = 'table')
      ORDER BY s.rowid)
    """

  /// Lends each row with the position of the table that its first column names.
  private func each(
    _ sql: String, _ body: (any Row, Int) throws(DriverError) -> Void
  ) throws(DriverError) {
    try driver.query(SQLText(sql)) { row throws(DriverError) in
      if let table = positions[row.text(0)] { try body(row, table) }
      return true
    }
  }

  private mutating func readTables(_ schema: inout Schema) throws(DriverError) {
    try driver.query(
      SQLText(
        """
        SELECT s.name, s.sql, l.type, l.wr, l.strict
        FROM sqlite_schema s JOIN pragma_table_list l ON l.schema = 'main' AND l.name = s.name
        WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY s.rowid
        """)
    ) { row throws(DriverError) in
      switch row.text(2) {
      case "table":
        var table = Table(name: row.text(0))
        table.isWithoutRowid = row.integer(3) == 1
        table.isStrict = row.integer(4) == 1
        positions[table.name] = tables.count
        tables.append(table)
        texts.append(SQLiteTableText(row.text(1)))
      case "virtual": schema.virtualTables.append(row.text(0))
      default: break
      }
      return true
    }
  }

  private mutating func readColumns() throws(DriverError) {
    var keys = [[(place: Int64, name: String)]](repeating: [], count: tables.count)
    var columns = [[Column]](repeating: [], count: tables.count)
    var types: [String: AttributeType] = [:]
    try each(
      Self.ordinaryTables + """
         SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
        FROM t JOIN pragma_table_xinfo(t.name) c WHERE c.hidden <> 1
        ORDER BY t.id, c.cid
        """
    ) { row, table throws(DriverError) in
      let declared = row.text(2)
      let type = types[declared] ?? AttributeType(declared: declared)
      types[declared] = type
      var column = Column(name: row.text(1), type: type)
      column.declaredType = declared
      column.isNotNull = row.integer(3) == 1
      if row.kind(4) != .null {
        column.defaultValue = ColumnDefault(sqlite: row.text(4), of: column.type, driver.dialect)
      }
      if row.integer(5) > 0 {
        keys[table].append((row.integer(5), column.name))
        if declared == "INTEGER" { integerKeys.insert(table) }
      }
      columns[table].append(column)
    }
    for index in tables.indices {
      tables[index].columns = columns[index]
      tables[index].primaryKey = keys[index].sorted { $0.place < $1.place }.map(\.name)
      names.append(
        Set(columns[index].map(\.name.asciiLowercased) + ["rowid", "oid", "_rowid_"]))
    }
  }

  private mutating func readForeignKeys() throws(DriverError) {
    var found: [(table: Int, id: Int64, key: ForeignKey)] = []
    var implied: [Int] = []
    // The last one written has the number 0.
    try each(
      Self.ordinaryTables + """
         SELECT t.name, f.id, f."table", f."from", f."to", f.on_delete, f.on_update
        FROM t JOIN pragma_foreign_key_list(t.name) f ORDER BY t.id, f.id DESC, f.seq
        """
    ) { row, table throws(DriverError) in
      if found.last.map({ $0.table == table && $0.id == row.integer(1) }) != true {
        let key = ForeignKey(
          columns: [], table: row.text(2), targetColumns: [],
          onDelete: ReferentialRule(rawValue: row.text(5).lowercased()) ?? .noAction,
          onUpdate: ReferentialRule(rawValue: row.text(6).lowercased()) ?? .noAction)
        found.append((table, row.integer(1), key))
        if row.kind(4) == .null { implied.append(found.count - 1) }
      }
      found[found.count - 1].key.columns.append(row.text(3))
      if row.kind(4) != .null { found[found.count - 1].key.targetColumns.append(row.text(4)) }
    }
    let primaryKeys = Dictionary(
      tables.map { ($0.name.asciiLowercased, $0.primaryKey) },
      uniquingKeysWith: { first, _ in first })
    for index in implied {
      // Of a table that is not there, or that has another number of keys, nothing can be said.
      let target = primaryKeys[found[index].key.table.asciiLowercased] ?? []
      if target.count == found[index].key.columns.count { found[index].key.targetColumns = target }
    }
    for (table, _, key) in found { tables[table].foreignKeys.append(key) }
  }

  private mutating func readIndexes() throws(DriverError) {
    var found: [(table: Int, text: SQLiteIndexText, name: String)] = []
    try each(
      """
      SELECT tbl_name, name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
      ORDER BY rowid
      """
    ) { row, table throws(DriverError) in
      found.append((table, SQLiteIndexText(row.text(2)), row.text(1)))
    }
    for (table, text, name) in found {
      tables[table].indexes.append(text.index(named: name, of: tables[table], names[table]))
    }
  }

  /// What the tables' texts add to the pragmas.
  private mutating func finish() {
    for index in tables.indices {
      var reading = SQLiteTableReading(
        table: tables[index], text: texts[index], names: names[index],
        hasIntegerKey: integerKeys.contains(index), dialect: driver.dialect)
      reading.read()
      tables[index] = reading.table
    }
  }
}
