import RelishModel
import RelishSQL

extension SQLiteDriver {
  /// What is not as `now` says, or what going back would take from another writer.
  func conflicts(
    with now: SchemaState, goingBackTo state: SchemaState
  ) throws(DriverError) -> [SchemaConflict] {
    let names = Set((now.objects + state.objects).map { $0.table.asciiLowercased })
    let live = Dictionary(grouping: try objects()) { $0.table.asciiLowercased }
    let left = Dictionary(grouping: now.objects) { $0.table.asciiLowercased }
    var found: [SchemaConflict] = []
    for table in names.sorted() {
      let mine = left[table] ?? []
      let theirs = live[table] ?? []
      let name = mine.first?.table ?? theirs.first?.table ?? table
      if mine != theirs {
        found.append(.otherTable(name))
      } else if now.version == nil, !mine.isEmpty, try hasOtherRows(name, now) {
        found.append(.otherRows(name))
      }
    }
    if let version = now.version, state.needsStillness {
      if try dataVersion().others != version { found.append(.otherWriter) }
    }
    if now.version != nil, found.isEmpty {
      // A table that came with the change has no rows of ours any more.
      let former =
        state.carried.values.map(\.table) + state.kept.keys.map { state.renamedTables[$0] ?? $0 }
      for table in now.tables where !former.contains(table) {
        let isEmpty =
          try integer("SELECT EXISTS (SELECT 1 FROM main.\(identifier(table)))") == 0
        if !isEmpty, now.carried[table] == nil, now.kept[table] == nil {
          found.append(.otherRows(table))
        }
      }
    }
    return found
  }

  private func hasOtherRows(_ table: String, _ state: SchemaState) throws(DriverError) -> Bool {
    let count = try integer("SELECT count(*) FROM main.\(identifier(table))")
    guard let kept = state.kept[table] else { return count > 0 }
    guard count == kept.rows else { return true }
    let columns = try copiedColumns(of: table)
    return try integer(
      """
      SELECT count(*) FROM (SELECT \(columns.copied) FROM main.\(identifier(table)) EXCEPT \
      SELECT \(columns.kept) FROM temp.\(identifier(kept.table)))
      """) > 0
  }

  func tablesPointing(to tables: [String]) throws(DriverError) -> [String] {
    let names = Set(tables.asciiLowercased)
    var pointing: [String] = []
    try query(
      """
      SELECT DISTINCT m.name, f."table" FROM main.sqlite_schema m \
      JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
      """
    ) { row throws(DriverError) in
      let (child, parent) = (row.text(0), row.text(1))
      if names.contains(parent.asciiLowercased), !names.contains(child.asciiLowercased) {
        pointing.append(child)
      }
      return true
    }
    return pointing
  }

  /// Rows that point to nothing; a key that points to no key at all makes the check itself fail.
  func violations(in tables: [String]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for table in tables { counts[table] = try? foreignKeyViolations(in: table) }
    return counts
  }
}
