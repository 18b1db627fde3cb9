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
    var options: [String] = []
    if table.isWithoutRowid { options.append("WITHOUT ROWID") }
    if table.isStrict { options.append("STRICT") }
    let end = options.isEmpty ? "" : " " + options.joined(separator: ", ")
    return statement("CREATE TABLE \(name(table.name)) (\(body)\n)\(end)")
  }

  /// `CREATE INDEX products_userId ON products(userId)`
  package func createIndex(_ index: Index, on table: String) -> SQLText {
    let kind = index.isUnique ? "UNIQUE INDEX" : "INDEX"
    let definition = index.definition ?? "(\(list(index.columns)))"
    return statement("CREATE \(kind) \(name(index.name)) ON \(name(table))\(definition)")
  }

  /// `DROP TABLE products`, which takes its indexes with it.
  package func dropTable(_ table: String) -> SQLText { statement("DROP TABLE \(name(table))") }

  /// DDL takes no bindings: names and literals have been quoted into the text.
  private func statement(_ text: String) -> SQLText { SQLText(text) }

  /// The statements of one step, in the order in which they run.
  package func write(_ step: SchemaStep) -> [SQLText] {
    switch step {
    case .createTable(let table): [createTable(table)]
    case .createIndex(let index, let table): [createIndex(index, on: table)]
    case .dropTable(let table): [dropTable(table)]
    case .dropIndex(let index): [statement("DROP INDEX \(name(index))")]
    case .renameTable(let old, let new): [alter(old, "RENAME TO \(name(new))")]
    case .renameColumn(let old, let new, let table):
      [alter(table, "RENAME COLUMN \(name(old)) TO \(name(new))")]
    case .addColumn(let column, let table):
      [alter(table.name, "ADD COLUMN \(definition(of: column, in: table))")]
    case .dropColumn(let column, let table): [alter(table, "DROP COLUMN \(name(column))")]
    case .rebuild(let rebuild): dialect.statements(of: rebuild)
    case .createView(let view): [statement(view.text)]
    case .dropView(let view): [statement("DROP VIEW \(name(view))")]
    case .createTrigger(let trigger): [statement(trigger.text)]
    case .dropTrigger(let trigger): [statement("DROP TRIGGER \(name(trigger))")]
    }
  }

  private func alter(_ table: String, _ words: String) -> SQLText {
    statement("ALTER TABLE \(name(table)) \(words)")
  }
}
