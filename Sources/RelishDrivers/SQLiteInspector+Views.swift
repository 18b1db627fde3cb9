import RelishLanguage
package import RelishModel
import RelishSQL

extension SQLiteInspector {
  func columns(ofView name: String) throws(DriverError) -> [Column] {
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
