import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `explain WALK` (LANGUAGE.md §7).
extension Interpreter {
  /// Says how the walk is answered: each table in words, the database's own plan, what would help.
  func explain(_ walk: Traversal, _ query: QuerySyntax) throws(Failure) {
    let driver = session.driver
    let sql = SelectWriter(dialect: driver.dialect).select(walk)
    let plan: [PlanStep]
    let explanation: WalkExplanation
    let joined = sql.joinedTables(driver.dialect)
    var counts: [String: Int] = [:]
    do {
      plan = try driver.plan(sql)
      let facts = WalkFacts(
        plan: plan.compactMap { step in step.reading.map { (step.depth, $0) } },
        joined: joined, schema: try driver.inspect())
      explanation = walk.explained(query, in: session.graph, facts)
      for table in explanation.tables { counts[table] = try rowCount(of: table) }
    } catch {
      throw Failure(error, at: query.range)
    }
    var lines = explanation.steps(counts, written: Wording.grouped)
    lines.append("plan of \(driver.dialect.name)")
    for step in plan {
      var line = String(repeating: "  ", count: step.depth + 1) + step.text
      if case .table(let reading)? = step.reading, !explanation.aliases.contains(reading.alias),
        let tables = joined[reading.alias]
      {
        line += "  (\(reading.alias): \(tables.sorted().joined(separator: " or ")))"
      }
      lines.append(line)
    }
    let advice = explanation.advice(counts)
    if !advice.isEmpty { lines += ["would help"] + advice.map { "  " + $0 } }
    let sink = session.streams.rows()
    for line in lines { sink.write(line + "\n") }
  }

  private func rowCount(of table: String) throws(DriverError) -> Int {
    var count = 0
    let name = SQLText(session.driver.dialect.identifier(table))
    try session.driver.query("SELECT COUNT(*) FROM \(name)") { row throws(DriverError) in
      count = Int(row.integer(0))
      return true
    }
    return count
  }
}
