/// One change of a schema; its spelling is the database's (`SchemaWriter`).
package enum SchemaStep: Sendable {
  case createTable(Table)
  case createIndex(Index, table: String)
  case dropTable(String)
}

/// The order of changes: a table's parents are those that its foreign keys point to.
package struct SchemaPlan: Sendable {
  package var steps: [SchemaStep]

  /// Creates `tables`, parents before children; each table's indexes right after it.
  package static func create(_ tables: [Table]) -> SchemaPlan {
    SchemaPlan(
      steps: parentsFirst(tables).flatMap { table in
        [.createTable(table)] + table.indexes.map { .createIndex($0, table: table.name) }
      })
  }

  /// Drops `live`, children before parents, then creates `wanted`, parents before children.
  ///
  /// - Parameter live: those tables of the database that are to be replaced.
  package static func replace(_ live: [Table], by wanted: [Table]) -> SchemaPlan {
    let drops = parentsFirst(live).reversed().map { SchemaStep.dropTable($0.name) }
    return SchemaPlan(steps: drops + create(wanted).steps)
  }

  /// The tables in an order where each comes after those it points to, else in the order given. Of
  /// tables that point to each other in a circle some one comes first.
  package static func parentsFirst(_ tables: [Table]) -> [Table] {
    var positions: [String: Int] = [:]
    for (position, table) in tables.enumerated() { positions[table.name.lowercased()] = position }
    let parents = tables.map { $0.foreignKeys.compactMap { positions[$0.table.lowercased()] } }
    var ordered: [Table] = []
    var isSeen = [Bool](repeating: false, count: tables.count)
    // A walk in depth with its own stack: long chains of tables must not exhaust the program's.
    for start in tables.indices where !isSeen[start] {
      isSeen[start] = true
      var stack = [(table: start, next: 0)]
      while let (table, next) = stack.last {
        guard next < parents[table].count else {
          ordered.append(tables[table])
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let parent = parents[table][next]
        guard !isSeen[parent] else { continue }
        isSeen[parent] = true
        stack.append((parent, 0))
      }
    }
    return ordered
  }
}
