import RelishDrivers
import RelishLanguage
import RelishModel

extension SyncPlan {
  /// Nothing but whole tables comes and goes, so that others need not be looked at.
  var isOfTables: Bool {
    steps.allSatisfy { planned in
      switch planned.step {
      case .createTable, .createIndex, .dropTable: true
      default: false
      }
    }
  }

  /// What of the rows goes or may change, so that it must be kept for `undo`.
  func rowsToKeep(fills: [String: [String: String]]) -> RowsToKeep {
    var rows = RowsToKeep()
    for (table, _) in drops { rows.tables.insert(table) }
    for case .renameTable(let old, let new) in steps.map(\.step) { rows.renamedTables[old] = new }
    let formerTables = Dictionary(
      rows.renamedTables.map { ($1, $0) }, uniquingKeysWith: { one, _ in one })
    for case .renameColumn(let old, let new, let table) in steps.map(\.step) {
      rows.renamedColumns[formerTables[table] ?? table, default: [:]][old] = new
    }
    for alteration in alterations {
      let table = formerTables[alteration.live.name] ?? alteration.live.name
      let former = Dictionary(
        (rows.renamedColumns[table] ?? [:]).map { ($1, $0) }, uniquingKeysWith: { one, _ in one })
      if !alteration.addedColumns.isEmpty { rows.grows = true }
      let changed = alteration.changedColumns(
        fills: fills[alteration.table.name.asciiLowercased] ?? [:])
      if changed.isEmpty { continue }
      if alteration.losesKey {
        rows.tables.insert(table)
      } else {
        rows.columns[table] = changed.map { former[$0] ?? $0 }
      }
    }
    return rows
  }
}

extension AttributeType {
  /// Whether a value that fits both types is the same after it was put into the one and back into the
  /// other: numbers among each other, and texts.
  fileprivate func keepsValues(of other: AttributeType) -> Bool {
    self == other || isNumeric && other.isNumeric || isTextual && other.isTextual
  }

  private var isNumeric: Bool {
    switch self {
    case .integer, .bigint, .decimal, .float, .double, .boolean: true
    default: false
    }
  }

  private var isTextual: Bool {
    switch self {
    case .string, .text, .enumeration: true
    default: false
    }
  }
}

extension TableAlteration {
  /// Columns that go, have another type, or get values where they have none.
  fileprivate func changedColumns(fills: [String: String]) -> [String] {
    var names = droppedColumns.map(\.name)
    for case .changeColumn(let wanted, let column) in changes {
      if !wanted.type.keepsValues(of: column.type) || fills[column.name.asciiLowercased] != nil {
        names.append(column.name)
      }
    }
    return names
  }

  /// A row cannot be told by what it was told by before.
  fileprivate var losesKey: Bool {
    let changesKey = changes.contains { change in
      if case .changeKey = change { true } else { false }
    }
    return changesKey || (isRebuild && live.primaryKey.isEmpty)
  }
}
