/// One change of a schema; its spelling is the database's (`SchemaWriter`).
package enum SchemaStep: Sendable {
  case createTable(Table)
  case createIndex(Index, table: String)
  case dropTable(String)
  case dropIndex(String)
  case renameTable(String, to: String)
  case renameColumn(String, to: String, table: String)
  /// A column of `table`, with what its keys say of it.
  case addColumn(Column, table: Table)
  case dropColumn(String, table: String)
  case rebuild(TableRebuild)
  case createView(View)
  case dropView(String)
  case createTrigger(Trigger)
  case dropTrigger(String)
}

/// A table made anew with its rows, because the database cannot change it where it stands.
package struct TableRebuild: Sendable {
  /// As it is.
  package var live: Table
  /// As it shall be, what is kept of `live` included.
  package var table: Table
  /// Values for rows that have none, by column in small letters, as the database spells them.
  package var fills: [String: String]
  /// Made anew after the table.
  package var triggers: [Trigger]
  /// What the new table is called until the old one has gone; no table of the database has the name.
  package var temporaryName: String

  package init(live: Table, table: Table, fills: [String: String], triggers: [Trigger]) {
    self.live = live
    self.table = table
    self.fills = fills
    self.triggers = triggers
    temporaryName = "relish_new_" + live.name
  }

  /// Whether every value of the old table is in the new one.
  package var keepsAllColumns: Bool {
    live.columns.allSatisfy { table.column(named: $0.name) != nil }
  }

  /// Where the value of a column comes from.
  package enum Source: Sendable, Hashable {
    case column(String)
    /// The column, or where that is null the value, in the database's words.
    case filled(String, with: String)
    case value(String)
  }

  /// The columns that are copied; the others take their default or are computed.
  package var sources: [(column: String, source: Source)] {
    table.columns.compactMap { column in
      guard column.generated == nil else { return nil }
      let fill = fills[column.name.asciiLowercased]
      if let old = live.column(named: column.name) {
        return (column.name, fill.map { .filled(old.name, with: $0) } ?? .column(old.name))
      }
      return fill.map { (column.name, .value($0)) }
    }
  }
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
    for (position, table) in tables.enumerated() {
      positions[table.name.asciiLowercased] = position
    }
    let parents = tables.map { $0.foreignKeys.compactMap { positions[$0.table.asciiLowercased] } }
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
