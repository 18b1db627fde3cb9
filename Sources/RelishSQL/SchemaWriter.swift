import RelishLanguage
package import RelishModel

/// Writes tables and indexes as DDL, one column per line:
///
///     CREATE TABLE products (
///       id INTEGER PRIMARY KEY AUTOINCREMENT,
///       title VARCHAR(255) NOT NULL,
///       userId INTEGER REFERENCES users(id) ON DELETE CASCADE ON UPDATE CASCADE
///     )
///
/// Conditions of checks are in the database's words already (`ColumnCheck.expression`).
package struct SchemaWriter {
  let dialect: any Dialect

  package init(dialect: any Dialect) { self.dialect = dialect }

  /// The whole table; its indexes are statements of their own.
  package func createTable(_ table: Table) -> SQLText {
    let lines = table.columns.map { definition(of: $0, in: table) } + constraints(of: table)
    let body = lines.map { "\n  " + $0 }.joined(separator: ",")
    return statement("CREATE TABLE \(name(table.name)) (\(body)\n)")
  }

  /// `CREATE INDEX products_userId ON products(userId)`
  package func createIndex(_ index: Index, on table: String) -> SQLText {
    let kind = index.isUnique ? "UNIQUE INDEX" : "INDEX"
    return statement(
      "CREATE \(kind) \(name(index.name)) ON \(name(table))(\(list(index.columns)))")
  }

  /// `DROP TABLE products`, which takes its indexes with it.
  package func dropTable(_ table: String) -> SQLText { statement("DROP TABLE \(name(table))") }

  /// DDL takes no bindings: names and literals have been quoted into the text.
  private func statement(_ text: String) -> SQLText { SQLText(text) }

  /// The statement of one step.
  package func write(_ step: SchemaStep) -> SQLText {
    switch step {
    case .createTable(let table): createTable(table)
    case .createIndex(let index, let table): createIndex(index, on: table)
    case .dropTable(let table): dropTable(table)
    }
  }

  // MARK: Parts

  private func definition(of column: Column, in table: Table) -> String {
    var words = [name(column.name)]
    let isOnlyKey = same(table.primaryKey, [column.name])
    if column.isAutoIncrement && isOnlyKey {
      words.append(dialect.numberedKey)
    } else {
      words.append(dialect.typeName(column.type))
      if isOnlyKey { words.append("PRIMARY KEY") }
      // A key of SQLite may be null unless it is told not to (lang_createtable.html §3.5).
      let isKey = table.primaryKey.contains { same([$0], [column.name]) }
      if column.isNotNull || isKey { words.append("NOT NULL") }
    }
    if table.uniques.contains(where: { same($0.columns, [column.name]) }) && !isOnlyKey {
      words.append("UNIQUE")
    }
    if let value = column.defaultValue {
      words.append("DEFAULT \(dialect.defaultText(value, of: column.type))")
    }
    if case .enumeration(let list) = column.type,
      let condition = dialect.enumerationCheck(column: column.name, words: list)
    {
      words.append("CHECK (\(condition))")
    }
    if let check = column.check { words.append("CHECK (\(check.source))") }
    for key in table.foreignKeys where same(key.columns, [column.name]) {
      words.append(reference(of: key))
    }
    return words.joined(separator: " ")
  }

  /// What takes more than one column.
  private func constraints(of table: Table) -> [String] {
    var lines: [String] = []
    if table.primaryKey.count > 1 { lines.append("PRIMARY KEY (\(list(table.primaryKey)))") }
    for unique in table.uniques where unique.columns.count > 1 {
      let constraint = unique.name.map { "CONSTRAINT \(name($0)) " } ?? ""
      lines.append("\(constraint)UNIQUE (\(list(unique.columns)))")
    }
    for key in table.foreignKeys where key.columns.count > 1 {
      lines.append("FOREIGN KEY (\(list(key.columns))) \(reference(of: key))")
    }
    return lines + table.checks.map { "CHECK (\($0.text))" }
  }

  private func reference(of key: ForeignKey) -> String {
    let rules = "ON DELETE \(words(key.onDelete)) ON UPDATE \(words(key.onUpdate))"
    return "REFERENCES \(name(key.table))(\(list(key.targetColumns))) \(rules)"
  }

  private func words(_ rule: ReferentialRule) -> String { rule.rawValue.uppercased() }

  private func name(_ name: String) -> String { dialect.identifier(name) }

  private func list(_ names: [String]) -> String { names.map(name).joined(separator: ", ") }

  private func same(_ left: [String], _ right: [String]) -> Bool {
    left.map { $0.lowercased() } == right.map { $0.lowercased() }
  }
}
