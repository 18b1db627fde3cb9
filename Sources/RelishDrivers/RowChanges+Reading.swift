package import RelishModel

/// A row that a change concerns and that something else has changed meanwhile, so that it was left.
package struct ChangeConflict: Sendable {
  /// A column with the value that was left there and the one that is there now.
  package struct Cell: Sendable {
    package var column: String
    package var left: Value
    package var now: Value
  }

  /// What stands in the way.
  package enum Reason: Sendable {
    case gone
    case changed([Cell])
    /// A row with that key has come.
    case taken
    /// Another row has a unique value, or a check would fail.
    case constraint(String)
    /// Rows of that table point to it, and would point to nothing.
    case pointedTo(table: String, count: Int)
    /// The table is gone, or has other columns.
    case otherTable
    /// Rows of a virtual table, which it keeps by itself.
    case virtualTable
  }

  package var table: String
  /// The primary key, else the rowid; empty when the whole table is meant.
  package var key: [(column: String, value: Value)]
  package var reason: Reason
}

extension RowChanges {
  /// How many rows of a table come, go and stay but change.
  package struct Count: Sendable {
    package var table: String
    package var inserted = 0
    package var updated = 0
    package var deleted = 0
  }

  /// For each table that has changed rows, in the order of their first change.
  package var counts: [Count] {
    tables.map { table in
      var count = Count(table: table.shape.name)
      for entry in table.entries {
        switch entry.operation {
        case .insert: count.inserted += 1
        case .update: count.updated += 1
        case .delete: count.deleted += 1
        }
      }
      return count
    }
  }

  /// Columns of the table number `table`, generated ones left out.
  package func columns(ofTable table: Int) -> [String] { tables[table].shape.columns.map(\.name) }

  /// Positions of the primary key's columns.
  package func keyColumns(ofTable table: Int) -> [Int] { tables[table].shape.key }

  /// The first `limit` changed rows of the table number `table`.
  package func rows(
    ofTable table: Int, limit: Int
  ) -> [(old: [Value]?, new: [Value]?)] {
    let shape = tables[table].shape
    return tables[table].entries.prefix(limit).map { entry in
      (entry.old.map { row($0, shape) }, entry.new.map { row($0, shape) })
    }
  }

  func row(_ position: Int, _ shape: SQLiteTableShape) -> [Value] {
    values(at: position, shape).map { ChangesetValue.value(bytes[$0]) }
  }

  /// The primary key of the row that stands at `position`, else its rowid.
  func key(
    of position: Int, _ rowid: Int64, _ shape: SQLiteTableShape
  ) -> [(column: String, value: Value)] {
    let row = self.row(position, shape)
    let key = shape.key.map { (shape.columns[$0].name, row[$0]) }
    return key.isEmpty || key.contains { $0.1 == .null } ? [("rowid", .integer(rowid))] : key
  }
}
