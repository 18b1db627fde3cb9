/// Statements by their text, so that the same walk is compiled once.
struct SQLiteStatementCache {
  private static let limit = 64
  private var statements: [String: (statement: SQLiteStatement, lastUse: Int)] = [:]
  private var clock = 0

  /// A statement of that text which no query stands on. A second one beside a busy one is not kept.
  mutating func statement(
    _ sql: String, on connection: SQLiteConnection
  ) throws(DriverError) -> SQLiteStatement {
    clock &+= 1
    if let kept = statements[sql]?.statement {
      guard !kept.isBusy else { return try SQLiteStatement(sql, on: connection) }
      statements[sql]?.lastUse = clock
      return kept
    }
    let fresh = try SQLiteStatement(sql, on: connection)
    if statements.count >= Self.limit,
      let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      statements[oldest.key] = nil
    }
    statements[sql] = (fresh, clock)
    return fresh
  }

  mutating func removeAll() { statements.removeAll() }
}
