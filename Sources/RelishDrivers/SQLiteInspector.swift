import RelishLanguage
import RelishModel
import RelishSQL

/// Reads the tables of an open SQLite database: four queries, however many tables there are.
///
/// Left out: SQLite's own tables, views, virtual tables and what belongs to these; indexes over
/// expressions or over some of the rows, which no model can state.
struct SQLiteInspector {
  private let driver: SQLiteDriver
  /// In the order in which they were made.
  private var tables: [Table] = []
  private var positions: [String: Int] = [:]
  private var texts: [SQLiteTableText] = []
  /// Tables with a key column declared INTEGER, exactly so.
  private var integerKeys: Set<Int> = []

  static func schema(of driver: SQLiteDriver) throws(DriverError) -> Schema {
    var inspector = SQLiteInspector(driver: driver)
    try inspector.readTables()
    guard !inspector.tables.isEmpty else { return Schema() }
    try inspector.readColumns()
    try inspector.readForeignKeys()
    try inspector.readIndexes()
    inspector.finish()
    return Schema(tables: inspector.tables)
  }

  private init(driver: SQLiteDriver) { self.driver = driver }

  /// Materialised, so that a table's name is handed to each pragma once.
  private static let ordinaryTables = """
    WITH t(id, name, sql) AS MATERIALIZED (
      SELECT s.rowid, s.name, s.sql FROM sqlite_schema s
      WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND s.name IN
        (SELECT l.name FROM pragma_table_list l WHERE l.schema = 'main' AND l.type = 'table')
      ORDER BY s.rowid)
    """

  /// Lends each row with the position of the table that its first column names.
  private func each(
    _ sql: String, _ body: (any Row, Int) throws(DriverError) -> Void
  ) throws(DriverError) {
    try driver.query(SQLText(Self.ordinaryTables + sql)) { row throws(DriverError) in
      if let table = positions[row.text(0)] { try body(row, table) }
      return true
    }
  }

  private mutating func readTables() throws(DriverError) {
    var rows: [(name: String, sql: String)] = []
    try driver.query(SQLText(Self.ordinaryTables + " SELECT name, sql FROM t ORDER BY id")) {
      row throws(DriverError) in
      rows.append((row.text(0), row.text(1)))
      return true
    }
    for (name, sql) in rows {
      positions[name] = tables.count
      tables.append(Table(name: name))
      texts.append(SQLiteTableText(sql))
    }
  }

  private mutating func readColumns() throws(DriverError) {
    var keys = [[(place: Int64, name: String)]](repeating: [], count: tables.count)
    var columns = [[Column]](repeating: [], count: tables.count)
    try each(
      """
       SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
      FROM t JOIN pragma_table_xinfo(t.name) c WHERE c.hidden <> 1
      ORDER BY t.id, c.cid
      """
    ) { row, table throws(DriverError) in
      let type = AttributeType(declared: row.text(2))
      var column = Column(name: row.text(1), type: type)
      column.isNotNull = row.integer(3) == 1
      if row.kind(4) != .null {
        column.defaultValue = ColumnDefault(sqlite: row.text(4), of: type, driver.dialect)
      }
      if row.integer(5) > 0 {
        keys[table].append((row.integer(5), column.name))
        if row.text(2).uppercased() == "INTEGER" { integerKeys.insert(table) }
      }
      columns[table].append(column)
    }
    for index in tables.indices {
      tables[index].columns = columns[index]
      tables[index].primaryKey = keys[index].sorted { $0.place < $1.place }.map(\.name)
    }
  }

  private mutating func readForeignKeys() throws(DriverError) {
    var found: [(table: Int, id: Int64, key: ForeignKey)] = []
    var implied: [Int] = []
    // The last one written has the number 0.
    try each(
      """
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
      tables.map { ($0.name.lowercased(), $0.primaryKey) }, uniquingKeysWith: { first, _ in first })
    for index in implied {
      found[index].key.targetColumns = primaryKeys[found[index].key.table.lowercased()] ?? []
    }
    for (table, _, key) in found { tables[table].foreignKeys.append(key) }
  }

  private mutating func readIndexes() throws(DriverError) {
    struct Found {
      var table: Int
      var index: Index
      var origin: String
      var isPlain: Bool
    }
    var found: [Found] = []
    // The last one made has the number 0; a column without a name is an expression.
    try each(
      """
       SELECT t.name, i.name, i."unique", i.origin, i.partial, c.name
      FROM t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
      WHERE i.origin <> 'pk' ORDER BY t.id, i.seq DESC, c.seqno
      """
    ) { row, table throws(DriverError) in
      let name = row.text(1)
      if found.last.map({ $0.table == table && $0.index.name == name }) != true {
        let index = Index(name: name, columns: [], isUnique: row.integer(2) == 1)
        found.append(
          Found(table: table, index: index, origin: row.text(3), isPlain: row.integer(4) == 0))
      }
      if row.kind(5) == .null { found[found.count - 1].isPlain = false }
      found[found.count - 1].index.columns.append(row.text(5))
    }
    for entry in found where entry.isPlain {
      if entry.origin == "u" {
        let columns = entry.index.columns
        let name = texts[entry.table].uniqueNames[columns.map { $0.lowercased() }]
        tables[entry.table].uniques.append(UniqueKey(name: name, columns: columns))
      } else {
        tables[entry.table].indexes.append(entry.index)
      }
    }
  }

  /// What the tables' texts add to the pragmas: checks, enumerations, and the key that SQLite numbers.
  private mutating func finish() {
    for (index, text) in texts.enumerated() {
      tables[index].checks = text.tableChecks.map {
        TableCheck(text: $0.canonicalText(driver.dialect))
      }
      for position in tables[index].columns.indices {
        let checks = text.columnChecks[tables[index].columns[position].name.lowercased()] ?? []
        tables[index].columns[position].take(checks, driver.dialect)
      }
      // Another name of the rowid, with AUTOINCREMENT or not (lang_createtable.html §5).
      if integerKeys.contains(index), !text.isWithoutRowid { tables[index].numberRows() }
    }
  }
}

extension Column {
  /// `CHECK (status IN ('open', 'paid'))` on a text makes it an enumeration, the others its check.
  fileprivate mutating func take(_ checks: [[SQLToken]], _ dialect: any Dialect) {
    var conditions: [String] = []
    for tokens in checks {
      if let words = words(listedBy: tokens), type.isText {
        type = .enumeration(words)
      } else {
        conditions.append(tokens.canonicalText(dialect))
      }
    }
    if conditions.count == 1 { check = .expression(conditions[0]) }
    if conditions.count > 1 {
      check = .expression(conditions.map { "(\($0))" }.joined(separator: " AND "))
    }
  }

  private func words(listedBy tokens: [SQLToken]) -> [String]? {
    guard tokens.count > 4, tokens[0].isName,
      tokens[0].value.lowercased() == name.lowercased(), tokens[1].isKeyword("IN"),
      tokens[2].isSymbol("("), tokens[tokens.count - 1].isSymbol(")")
    else { return nil }
    var words: [String] = []
    for (offset, token) in tokens[3..<(tokens.count - 1)].enumerated() {
      guard offset.isMultiple(of: 2) ? token.kind == .text : token.isSymbol(",") else { return nil }
      if token.kind == .text { words.append(token.value) }
    }
    return tokens.count.isMultiple(of: 2) ? nil : words
  }
}

extension AttributeType {
  fileprivate var isText: Bool {
    switch self {
    case .string, .text: true
    default: false
    }
  }
}
