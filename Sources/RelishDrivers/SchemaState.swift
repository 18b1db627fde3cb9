/// How some tables were at one moment: what makes them, and their rows as far as they are kept.
package struct SchemaState: Sendable {
  /// A row of sqlite_schema: a table, a view, an index or a trigger, with its own text.
  struct Object: Sendable, Equatable {
    var type: String
    var name: String
    /// The table or view that it belongs to.
    var table: String
    var sql: String
  }

  /// Where the rows of a table come from that something else has in its changed form.
  struct Carry: Sendable {
    /// The table as it is called now.
    var table: String
    /// Columns that have another name now.
    var renamed: [String: String] = [:]
    /// The columns by which a row is found in `copy`; the rowid where there is none.
    var key: [String] = []
    /// Columns whose values are kept in `copy`.
    var columns: [String] = []
    var copy: String?
  }

  /// In the order in which they were made.
  var objects: [Object] = []
  /// The last number that AUTOINCREMENT gave, by table.
  var sequences: [String: Int64] = [:]
  /// Where the rows are kept of tables that had any, with their number.
  var kept: [String: (table: String, rows: Int)] = [:]
  /// What those tables are called once they are changed, where that is another name.
  var renamedTables: [String: String] = [:]
  /// Tables whose rows are those of the changed table; only of `sync alter`.
  var carried: [String: Carry] = [:]
  /// All rows are kept when the tables are left, as what was left before them cannot be worked out.
  var isAlwaysKept = false
  /// Rows were kept that an other writer's change would make out of date.
  var needsStillness = false
  /// `PRAGMA data_version` when the tables were left like this.
  var version: Int64?

  package var tables: [String] { objects.filter { $0.type == "table" }.map(\.name) }

  /// How many rows are kept of a table.
  package func rowsKept(of table: String) -> Int { kept[table]?.rows ?? 0 }

  /// How many rows that are kept here go into a table of `state`.
  package func rowsKept(for table: String, of state: SchemaState) -> Int {
    state.kept[table] == nil ? state.carried[table].map { rowsKept(of: $0.table) } ?? 0 : 0
  }

  /// Both without what is the same in them.
  package static func changed(
    from before: SchemaState, to after: SchemaState
  ) -> (before: SchemaState, after: SchemaState) {
    var (one, other) = (before, after)
    one.leaveOut(sameAs: after)
    other.leaveOut(sameAs: before)
    return (one, other)
  }

  /// Leaves out what is the same in `other`.
  private mutating func leaveOut(sameAs other: SchemaState) {
    let theirs = Dictionary(grouping: other.objects) { $0.table }
    let mine = Dictionary(grouping: objects) { $0.table }
    objects.removeAll { mine[$0.table] == theirs[$0.table] }
    let left = Set(tables)
    sequences = sequences.filter { left.contains($0.key) }
    carried = carried.filter { left.contains($0.key) }
  }
}

/// What a change of tables takes away, so that it must be kept; names as they are before it.
package struct RowsToKeep: Sendable {
  /// Tables whose rows are kept whole.
  package var tables: Set<String> = []
  /// Columns whose values are kept, by table.
  package var columns: [String: [String]] = [:]
  package var renamedTables: [String: String] = [:]
  package var renamedColumns: [String: [String: String]] = [:]
  /// Tables that get columns, whose values go when the change is undone.
  package var grows = false

  package init() {}
}

/// Why tables cannot be brought back to how they were.
package enum SchemaConflict: Sendable {
  /// The table was changed, dropped or made by something else.
  case otherTable(String)
  /// Rows that something else has made, changed or deleted meanwhile.
  case otherRows(String)
  /// Something else has written, and it cannot be told whether rows that would go are among it.
  case otherWriter
  /// Rows of that table would point to nothing.
  case foreignKey(String)
}
