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

  /// Tables with pages of their own, each handed to the pragma once; a virtual table has none, and its
  /// module may be missing. CROSS JOIN keeps the order of the tables, each with its rows in the pragma's.
  private static let ordinaryTables = """
    FROM sqlite_schema t CROSS JOIN %(t.name) p
    WHERE t.type = 'table' AND t.rootpage > 0 AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'
    """

  private static func ordinaryTables(with pragma: String) -> String {
    ordinaryTables.replacing("%(", with: pragma + "(", maxReplacements: 1)
  }

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
    var kinds: [String: (type: String, isWithoutRowid: Bool, isStrict: Bool)] = [:]
    try driver.query("SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'") {
      row throws(DriverError) in
      kinds[row.text(0)] = (row.text(1), row.integer(2) == 1, row.integer(3) == 1)
      return true
    }
    try driver.query(
      SQLText(
        """
        SELECT name, sql FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid
        """)
    ) { row throws(DriverError) in
      guard let kind = kinds[row.text(0)] else { return true }
      switch kind.type {
      case "table":
        var table = Table(name: row.text(0))
        table.isWithoutRowid = kind.isWithoutRowid
        table.isStrict = kind.isStrict
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
      "SELECT t.name, p.name, p.type, p.\"notnull\", p.dflt_value, p.pk "
        + Self.ordinaryTables(with: "pragma_table_xinfo") + " AND p.hidden <> 1"
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
    try each(
      "SELECT t.name, p.id, p.\"table\", p.\"from\", p.\"to\", p.on_delete, p.on_update "
        + Self.ordinaryTables(with: "pragma_foreign_key_list")
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
    // The last one written has the number 0.
    for (table, _, key) in found.reversed() { tables[table].foreignKeys.append(key) }
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
