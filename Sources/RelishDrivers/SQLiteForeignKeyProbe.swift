import RelishModel
import RelishSQL

/// Looks for rows that changes leave pointing to nothing, where only those can be that point with a
/// value which the changes bring or whose owner they take away.
struct SQLiteForeignKeyProbe {
  private struct Key {
    var child: String
    var parent: String
    var childColumns: [String] = []
    var parentColumns: [String] = []
  }

  private let driver: SQLiteDriver
  private var values: [(key: Key, tuples: Set<[[UInt8]]>)] = []

  init(_ changes: RowChanges, _ driver: SQLiteDriver) throws(DriverError) {
    self.driver = driver
    for key in try Self.keys(driver) {
      var tuples: Set<[[UInt8]]> = []
      for table in changes.tables {
        if table.shape.name.isSameName(as: key.child) {
          Self.add(&tuples, changes, table, key.childColumns, new: true)
        }
        if table.shape.name.isSameName(as: key.parent) {
          Self.add(&tuples, changes, table, key.parentColumns, new: false)
        }
      }
      if !tuples.isEmpty { values.append((key, tuples)) }
    }
  }

  /// How many rows point to nothing, by key and value.
  func violations() throws(DriverError) -> [[[[UInt8]]: Int]] {
    var found: [[[[UInt8]]: Int]] = []
    for (key, tuples) in values {
      var counts: [[[UInt8]]: Int] = [:]
      for tuple in tuples {
        let count = try driver.integer(sql(key, tuple))
        if count > 0 { counts[tuple] = Int(count) }
      }
      found.append(counts)
    }
    return found
  }

  func conflicts(
    before: [[[[UInt8]]: Int]], after: [[[[UInt8]]: Int]]
  ) -> [ChangeConflict] {
    var conflicts: [ChangeConflict] = []
    for (index, (key, _)) in values.enumerated() {
      for (tuple, count) in after[index] {
        let more = count - (before[index][tuple] ?? 0)
        guard more > 0 else { continue }
        conflicts.append(
          ChangeConflict(
            table: key.parent,
            key: zip(key.parentColumns, tuple).map { ($0, ChangesetValue.value($1[...])) },
            reason: .pointedTo(table: key.child, count: more)))
      }
    }
    return conflicts
  }

  private func sql(_ key: Key, _ tuple: [[UInt8]]) -> SQLText {
    func column(_ alias: String, _ name: String) -> SQLText {
      SQLText(alias + "." + driver.dialect.identifier(name))
    }
    func table(_ name: String) -> SQLText {
      SQLText("main." + driver.dialect.identifier(name))
    }
    let mine = zip(key.childColumns, tuple).map {
      "\(column("c", $0)) = \(bind: ChangesetValue.value($1[...]))" as SQLText
    }
    let theirs = zip(key.parentColumns, key.childColumns).map {
      "\(column("p", $0)) = \(column("c", $1))" as SQLText
    }
    return """
      SELECT count(*) FROM \(table(key.child)) c WHERE \(mine.joined(separator: " AND ")) \
      AND NOT EXISTS (SELECT 1 FROM \(table(key.parent)) p WHERE \(theirs.joined(separator: " AND ")))
      """
  }

  /// Adds the columns' values of the rows that come or, with `new` false, go; none with a null in it.
  private static func add(
    _ tuples: inout Set<[[UInt8]]>, _ changes: RowChanges, _ table: RowChanges.Table,
    _ columns: [String], new: Bool
  ) {
    let places = columns.compactMap { name in
      table.shape.columns.firstIndex { $0.name.isSameName(as: name) }
    }
    guard places.count == columns.count else { return }
    func tuple(_ row: Int?) -> [[UInt8]]? {
      guard let row else { return nil }
      let values = changes.values(at: row, table.shape)
      let tuple = places.map { Array(changes.bytes[values[$0]]) }
      return tuple.contains { $0.first == 5 } ? nil : tuple
    }
    for entry in table.entries {
      let (old, now) = (tuple(entry.old), tuple(entry.new))
      if let wanted = new ? now : old, old != now { tuples.insert(wanted) }
    }
  }

  /// Foreign keys of all tables; a key that names no columns means the primary key.
  private static func keys(_ driver: SQLiteDriver) throws(DriverError) -> [Key] {
    var keys: [Key] = []
    var last: (table: String, id: Int64)?
    try driver.query(
      """
      SELECT m.name, f.id, f."table", f."from", coalesce(f."to", (SELECT t.name FROM \
      pragma_table_info(f."table") t WHERE t.pk = f.seq + 1)) FROM sqlite_schema m \
      JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND EXISTS \
      (SELECT 1 FROM sqlite_schema p WHERE p.type = 'table' AND p.name = f."table" COLLATE NOCASE) \
      ORDER BY m.rowid, f.id, f.seq
      """
    ) { row throws(DriverError) in
      let (table, id) = (row.text(0), row.integer(1))
      if last?.table != table || last?.id != id {
        keys.append(Key(child: table, parent: row.text(2)))
        last = (table, id)
      }
      keys[keys.count - 1].childColumns.append(row.text(3))
      keys[keys.count - 1].parentColumns.append(row.text(4))
      return true
    }
    return keys
  }
}
