import RelishLanguage
package import RelishModel
import RelishSQL

extension SQLiteInspector {
  func readViews(_ schema: inout Schema) throws(DriverError) {
    try driver.query(
      SQLText("SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid")
    ) { row throws(DriverError) in
      schema.views.append(View(name: row.text(0), text: row.text(1), columns: []))
      return true
    }
    for index in schema.views.indices {
      // A view over what is not there has no columns that anyone could tell.
      let columns = try? columns(ofView: schema.views[index].name)
      schema.views[index].columns = columns ?? []
    }
  }

  private func columns(ofView name: String) throws(DriverError) -> [Column] {
    var sql = SQLText("SELECT name, type FROM pragma_table_xinfo(")
    sql.append(Value.text(name))
    sql.append(sql: ") ORDER BY cid")
    var columns: [Column] = []
    try driver.query(sql) { row throws(DriverError) in
      columns.append(Column(name: row.text(0), type: AttributeType(declared: row.text(1))))
      return true
    }
    return columns
  }

  func readTriggers(_ schema: inout Schema) throws(DriverError) {
    try driver.query(
      SQLText(
        "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
    ) { row throws(DriverError) in
      schema.triggers.append(Trigger(name: row.text(0), table: row.text(1), text: row.text(2)))
      return true
    }
  }
}

extension SQLiteDriver {
  /// Made in a database in memory, which is thrown away.
  package func table(madeBy statement: String) throws(DriverError) -> Table {
    let scratch = try SQLiteDriver(path: ":memory:", readOnly: false)
    defer { scratch.close() }
    _ = try scratch.execute(SQLText(statement))
    guard let table = try scratch.inspect().tables.first else {
      throw DriverError(.other, "that makes no table", sql: statement)
    }
    return table
  }
}
