import CSQLite
import Glibc

/// Counts rows as SQLite touches them, by `sqlite3_preupdate_hook`.
///
/// Depth 0 is the statement itself; whatever is deeper was done by the database, by a foreign key's
/// action or a trigger. The hook must not run SQL, so what an update deeper down means is worked out
/// afterwards, from the foreign keys (`SQLiteDriver.summary`).
final class SQLiteChangeRecorder {
  /// Counts of one table.
  private struct Tally {
    /// With its NUL, to be compared with the name that the hook gives.
    let name: [CChar]
    var inserted = 0
    var updated = 0
    var deleted = 0
    var cascadeDeleted = 0
  }

  /// An update by the database: which columns changed, and what row's change led to it.
  struct Effect: Hashable {
    var table: String
    var changedColumns: [Int]
    /// All changed columns are null now.
    var isNull: Bool
    var causingTable: String
    /// The causing row was deleted; false: it was updated.
    var causeIsDelete: Bool
  }

  /// A row for the time of a recording.
  enum RowKey: Hashable {
    case rowid(Int64)
    /// Of a table WITHOUT ROWID, for which the hook gives no number: all its values.
    case content([UInt8])
  }

  private var tallies: [Tally] = []
  /// Rows with what the database did to them, less those that it then deleted.
  private(set) var effects: [Effect: Set<RowKey>] = [:]
  /// The last change at each depth: the cause of those one deeper that follow it.
  private var causes: [(table: Int, isDelete: Bool)] = []

  /// Counts one change.
  func count(_ change: PreUpdate, in name: UnsafePointer<CChar>) {
    let table = index(of: name)
    let depth = change.depth
    switch (change.operation, depth) {
    case (SQLITE_INSERT, 0): tallies[table].inserted += 1
    case (SQLITE_UPDATE, 0): tallies[table].updated += 1
    case (SQLITE_DELETE, 0): tallies[table].deleted += 1
    case (SQLITE_DELETE, _): tallies[table].cascadeDeleted += 1
    default: break
    }
    if !effects.isEmpty, change.operation != SQLITE_INSERT { followRow(change, table: table) }
    if change.operation == SQLITE_UPDATE, depth > 0 { noteEffect(change, table: table) }
    if causes.count > depth { causes.removeSubrange(depth...) }
    while causes.count < depth { causes.append((table, false)) }
    causes.append((table, change.operation == SQLITE_DELETE))
  }

  private func noteEffect(_ change: PreUpdate, table: Int) {
    guard change.depth <= causes.count else { return }
    let cause = causes[change.depth - 1]
    let (columns, isNull) = change.changedColumns()
    guard !columns.isEmpty else { return }
    let effect = Effect(
      table: tableName(table), changedColumns: columns, isNull: isNull,
      causingTable: tableName(cause.table), causeIsDelete: cause.isDelete)
    effects[effect, default: []].insert(change.newKey)
  }

  /// A row that was touched before goes, and is then only counted as deleted, or has a new key.
  private func followRow(_ change: PreUpdate, table: Int) {
    let name = tableName(table)
    let old = change.oldKey
    for effect in effects.keys where effect.table == name {
      guard effects[effect]?.remove(old) != nil else { continue }
      if change.operation == SQLITE_UPDATE { effects[effect]?.insert(change.newKey) }
    }
  }

  /// The place of the table's tally. A session touches few tables: a search costs less than a hash.
  private func index(of name: UnsafePointer<CChar>) -> Int {
    if let found = tallies.firstIndex(where: { strcmp($0.name, name) == 0 }) { return found }
    tallies.append(Tally(name: Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))))
    return tallies.count - 1
  }

  private func tableName(_ table: Int) -> String {
    String(decoding: tallies[table].name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Puts the counted rows of each table into `summary`.
  func addCounts(to summary: inout ChangeSummary) {
    for (index, tally) in tallies.enumerated() {
      let name = tableName(index)
      if tally.inserted > 0 { summary.inserted[name] = tally.inserted }
      if tally.updated > 0 { summary.updated[name] = tally.updated }
      if tally.deleted > 0 { summary.deleted[name] = tally.deleted }
      if tally.cascadeDeleted > 0 { summary.cascadeDeleted[name] = tally.cascadeDeleted }
    }
  }

  /// Takes over what a recorder counted that ran inside this one's time.
  func absorb(_ inner: SQLiteChangeRecorder) {
    for tally in inner.tallies {
      let table = index(of: tally.name)
      tallies[table].inserted += tally.inserted
      tallies[table].updated += tally.updated
      tallies[table].deleted += tally.deleted
      tallies[table].cascadeDeleted += tally.cascadeDeleted
    }
    effects.merge(inner.effects) { $0.union($1) }
  }
}
