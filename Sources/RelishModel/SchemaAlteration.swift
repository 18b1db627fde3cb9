import RelishLanguage

/// How one live table becomes what its model says, rows kept.
package struct TableAlteration: Sendable {
  package var live: Table
  /// As it shall be, with what is kept of `live` (`Table.keeping`).
  package var table: Table
  package var changes: [TableChange]
  /// In the order in which they run.
  package var steps: [SchemaStep]

  package var isRebuild: Bool {
    steps.contains { if case .rebuild = $0 { true } else { false } }
  }

  /// Columns whose values go.
  package var droppedColumns: [Column] {
    changes.compactMap { if case .dropColumn(let column) = $0 { column } else { nil } }
  }

  package var addedColumns: [Column] {
    changes.compactMap { if case .addColumn(let column) = $0 { column } else { nil } }
  }
}

/// The difference of two schema values as what has to be done: pure, no database is asked.
package enum SchemaAlteration {
  /// Turns one table into what is wanted; nil when there is nothing to do.
  ///
  /// - Parameters:
  ///   - stored: `wanted` as the database would read it back (`Dialect.asStored`).
  ///   - fills: values for rows that have none, by column in small letters, as the database spells
  ///     them.
  ///   - triggers: those of the table, which go with it when it is rebuilt.
  ///   - plain: the steps that make a change where the table stands; nil where that is not possible.
  package static func alteration(
    of live: Table, to wanted: Table, stored: Table, fills: [String: String],
    triggers: [Trigger], plain: (TableChange, _ live: Table, _ wanted: Table) -> [SchemaStep]?
  ) -> TableAlteration? {
    let changes = SchemaDiff.changes(from: live, to: stored)
    guard !changes.isEmpty else { return nil }
    let table = wanted.keeping(live)
    var steps: [SchemaStep] = []
    for change in changes.map({ spelled($0, by: wanted) }) {
      guard fills.isEmpty, let some = plain(change, live, wanted) else {
        let rebuild = TableRebuild(live: live, table: table, fills: fills, triggers: triggers)
        steps =
          [.rebuild(rebuild)] + table.indexes.map { .createIndex($0, table: table.name) }
        return TableAlteration(live: live, table: table, changes: changes, steps: steps)
      }
      steps += some
    }
    return TableAlteration(
      live: live, table: table, changes: changes, steps: steps.sorted { $0.turn < $1.turn })
  }

  /// The same change with the column as it is written, where `stored` had it as it is read back.
  private static func spelled(_ change: TableChange, by wanted: Table) -> TableChange {
    guard case .addColumn(let column) = change, let other = wanted.column(named: column.name) else {
      return change
    }
    return .addColumn(other)
  }
}

extension SchemaStep {
  /// Indexes go before the columns they stand on, and come after them.
  fileprivate var turn: Int {
    switch self {
    case .dropIndex: 0
    case .dropColumn: 1
    case .createIndex: 3
    default: 2
    }
  }
}
