import RelishLanguage

/// One way in which a live table is not what its model says.
package struct Difference: Sendable, Hashable, CustomStringConvertible {
  /// A sentence without full stop, in the language's words: `` `price` is text in the database,
  /// double in the model``.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Compares tables. The order of columns, and names of keys, are no difference (LANGUAGE.md §9); nor
/// is what a database holds and no model says: an index over expressions, a collation, a condition of
/// the whole table.
package enum SchemaDiff {
  /// What `live` would have to change to be `wanted`, which the dialect has made comparable
  /// (`Dialect.asStored`). Empty when the model fits.
  package static func differences(wanted: Table, live: Table) -> [Difference] {
    changes(from: live, to: wanted).flatMap(\.descriptions).map { Difference($0) }
  }

  /// The same as changes, columns first.
  package static func changes(from live: Table, to wanted: Table) -> [TableChange] {
    var changes: [TableChange] = []
    for column in wanted.columns {
      guard let other = live.column(named: column.name) else {
        changes.append(.addColumn(column))
        continue
      }
      let change = TableChange.changeColumn(column, from: other)
      if !change.descriptions.isEmpty { changes.append(change) }
    }
    for column in live.columns where wanted.column(named: column.name) == nil {
      changes.append(.dropColumn(column))
    }
    if !wanted.primaryKey.areSameNames(as: live.primaryKey) {
      changes.append(.changeKey(wanted.primaryKey, from: live.primaryKey))
    }
    return changes + uniques(wanted, live) + foreignKeys(wanted, live) + indexes(wanted, live)
      + options(wanted, live)
  }

  // MARK: Keys and indexes

  /// A unique index does what a unique key does.
  private static func uniques(_ wanted: Table, _ live: Table) -> [TableChange] {
    let (added, dropped) = onlyOneSide(uniqueColumns(wanted), uniqueColumns(live))
    return added.map { .addUnique(columns: $0) } + dropped.map { .dropUnique(columns: $0) }
  }

  private static func uniqueColumns(_ table: Table) -> [[String]] {
    table.uniqueColumns.map { columns in
      columns.map { table.column(named: $0)?.name ?? $0 }
        .sorted { $0.asciiLowercased < $1.asciiLowercased }
    }
  }

  /// Plain indexes by their columns, others by their definition, which only the model may ask for.
  private static func indexes(_ wanted: Table, _ live: Table) -> [TableChange] {
    let plain = { (table: Table) in table.indexes.filter { !$0.isUnique && $0.definition == nil } }
    var rest = plain(live)
    var changes: [TableChange] = []
    for index in plain(wanted) {
      if let position = rest.firstIndex(where: { $0.columns.areSameNames(as: index.columns) }) {
        rest.remove(at: position)
      } else {
        changes.append(.addIndex(index))
      }
    }
    let definitions = Set(live.indexes.compactMap { $0.definition })
    for index in wanted.indexes {
      guard let definition = index.definition, !definitions.contains(definition) else { continue }
      changes.append(.addIndex(index))
    }
    return changes + rest.map { .dropIndex($0) }
  }

  private static func foreignKeys(_ wanted: Table, _ live: Table) -> [TableChange] {
    var changes: [TableChange] = []
    var rest = live.foreignKeys
    for key in wanted.foreignKeys {
      guard let position = rest.firstIndex(where: { $0.isSamePlace(as: key) }) else {
        changes.append(.addForeignKey(key))
        continue
      }
      let change = TableChange.changeForeignKey(key, from: rest.remove(at: position))
      if !change.descriptions.isEmpty { changes.append(change) }
    }
    return changes + rest.map { .dropForeignKey($0) }
  }

  private static func options(_ wanted: Table, _ live: Table) -> [TableChange] {
    var changes: [TableChange] = []
    for check in wanted.checks where !live.checks.contains(where: { $0.text == check.text }) {
      changes.append(.addCheck(check))
    }
    if wanted.isWithoutRowid, !live.isWithoutRowid { changes.append(.option("without rowid")) }
    if wanted.isStrict, !live.isStrict { changes.append(.option("strict")) }
    return changes
  }

  /// What one side has more often than the other, compared without regard to case.
  private static func onlyOneSide(
    _ wanted: [[String]], _ live: [[String]]
  ) -> (wanted: [[String]], live: [[String]]) {
    var rest = live
    var found: [[String]] = []
    for item in wanted {
      if let position = rest.firstIndex(where: { $0.areSameNames(as: item) }) {
        rest.remove(at: position)
      } else {
        found.append(item)
      }
    }
    return (found, rest)
  }
}

extension ForeignKey {
  /// The same columns pointing to the same columns, whatever their order.
  func isSamePlace(as other: ForeignKey) -> Bool {
    guard table.isSameName(as: other.table), columns.count == other.columns.count
    else { return false }
    let pairs = { (key: ForeignKey) in
      Set(zip(key.columns, key.targetColumns).map { [$0.asciiLowercased, $1.asciiLowercased] })
    }
    return pairs(self) == pairs(other)
  }
}
