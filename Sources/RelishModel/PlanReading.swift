/// What one line of a database's plan says, in words that no database owns.
package enum PlanReading: Sendable {
  /// A table is read.
  case table(TableReading)
  /// Rows are sorted, as no index has them in the order that is asked for.
  case sort
}

/// How a plan reads one table.
package struct TableReading: Hashable, Sendable {
  /// What finds or orders the rows.
  package enum Index: Hashable, Sendable {
    case primaryKey
    case named(String)
    /// Made for this one answer, as the table has none that fits.
    case temporary
  }

  /// What the statement calls the table.
  package var alias: String
  /// From one end to the other, and not by a value.
  package var readsAll: Bool
  package var index: Index?
  /// The columns by whose values rows are found.
  package var columns: [String]

  package init(alias: String, readsAll: Bool, index: Index?, columns: [String] = []) {
    self.alias = alias
    self.readsAll = readsAll
    self.index = index
    self.columns = columns
  }
}

/// What a database answered about a walk: its plan and its tables.
package struct WalkFacts: Sendable {
  /// Lines of the plan that say something, with how deep they stand.
  package var plan: [(depth: Int, reading: PlanReading)]
  /// Which tables the names of to-one joins stand for in the statement.
  package var joined: [String: Set<String>]
  package var schema: Schema

  package init(
    plan: [(depth: Int, reading: PlanReading)], joined: [String: Set<String>], schema: Schema
  ) {
    self.plan = plan
    self.joined = joined
    self.schema = schema
  }

  /// How the plan reads the tables of these names, each way once.
  func readings(of aliases: [String]) -> [TableReading] {
    var found: [TableReading] = []
    for case (_, .table(let reading)) in plan where aliases.contains(reading.alias) {
      if !found.contains(where: { $0.readsAll == reading.readsAll && $0.index == reading.index }) {
        found.append(reading)
      }
    }
    return found
  }

  /// Whether the plan sorts the rows of the answer itself, or rows on the way to it.
  func sorts(atTop isTop: Bool) -> Bool {
    plan.contains { entry in
      if case .sort = entry.reading { return isTop == (entry.depth == 0) }
      return false
    }
  }
}

extension Table {
  /// The columns of everything that finds rows, the primary key first.
  var accessPaths: [[String]] {
    [primaryKey] + uniques.map(\.columns)
      + indexes.filter { $0.definition == nil }.map(\.columns)
  }

  /// Columns whose values no two rows share, by unique keys and unique indexes alike, but for the primary
  /// key.
  var uniqueColumns: [[String]] {
    uniques.map(\.columns)
      + indexes.filter { $0.isUnique && $0.definition == nil }.map(\.columns)
  }

  /// Whether rows are found by the column without reading all.
  func leads(_ column: String) -> Bool {
    accessPaths.contains { $0.first?.lowercased() == column.lowercased() }
  }
}
