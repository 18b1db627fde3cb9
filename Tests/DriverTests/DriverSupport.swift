import RelishDrivers
import RelishModel
import RelishSQL

/// A database of its own in memory, after running `statements`.
func memoryDatabase(_ statements: String...) throws(DriverError) -> SQLiteDriver {
  let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
  for statement in statements { try driver.run(statement) }
  return driver
}

extension Driver {
  @discardableResult
  func run(_ sql: String, _ values: Value...) throws(DriverError) -> ExecutionResult {
    var text = SQLText(sql)
    let parts = sql.split(separator: "?", omittingEmptySubsequences: false)
    if !values.isEmpty {
      text = SQLText(String(parts[0]))
      for (value, part) in zip(values, parts.dropFirst()) {
        text.append(value)
        text.append(sql: String(part))
      }
    }
    return try execute(text)
  }

  /// All rows of a query.
  func rows(_ sql: String) throws(DriverError) -> [[Value]] {
    var rows: [[Value]] = []
    try query(SQLText(sql)) { row throws(DriverError) in
      rows.append((0..<row.count).map { row.value($0) })
      return true
    }
    return rows
  }

  /// Every row of every table and the text of the schema.
  func dump() throws(DriverError) -> [String] {
    var lines = try rows("SELECT sql FROM sqlite_schema ORDER BY name").map { "\($0)" }
    for table in try rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
      guard case .text(let name) = table[0] else { continue }
      lines += try rows("SELECT * FROM \(dialect.identifier(name))").map { "\(name) \($0)" }
    }
    return lines
  }
}
