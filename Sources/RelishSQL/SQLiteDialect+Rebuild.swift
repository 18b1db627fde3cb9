package import RelishModel

extension SQLiteDialect {
  /// New table, copy, drop the old one, rename the new one: never the old one first, as that would turn
  /// the keys that point to it (https://www.sqlite.org/lang_altertable.html §7).
  ///
  /// The rename is the old kind, which leaves all other texts alone: views and triggers speak of the
  /// name that the table has again afterwards.
  package func statements(of rebuild: TableRebuild) -> [SQLText] {
    let live = identifier(rebuild.live.name)
    let made = identifier(rebuild.temporaryName)
    var table = rebuild.table
    table.name = rebuild.temporaryName
    var statements = [SchemaWriter(dialect: self).createTable(table), copy(rebuild)]
    if let last = lastNumber(rebuild) { statements += last }
    let rest = [
      "DROP TABLE \(live)", "PRAGMA legacy_alter_table = ON",
      "ALTER TABLE \(made) RENAME TO \(identifier(rebuild.table.name))",
      "PRAGMA legacy_alter_table = OFF",
    ]
    return statements + (rest + rebuild.triggers.map(\.text)).map { SQLText($0) }
  }

  private func copy(_ rebuild: TableRebuild) -> SQLText {
    var columns: [String] = []
    var values: [String] = []
    if keepsRowid(rebuild), let rowKey {
      columns.append(rowKey)
      values.append(rowKey)
    }
    for (column, source) in rebuild.sources {
      columns.append(identifier(column))
      switch source {
      case .column(let name): values.append(identifier(name))
      case .filled(let name, let value): values.append("ifnull(\(identifier(name)), \(value))")
      case .value(let value): values.append(value)
      }
    }
    // Of rows whose columns all go nothing stays but that they are there.
    if columns.isEmpty, let first = rebuild.table.columns.first(where: { $0.generated == nil }) {
      columns.append(identifier(first.name))
      values.append(first.defaultValue.map { defaultText($0, of: first.type) } ?? "NULL")
    }
    return SQLText(
      "INSERT INTO \(identifier(rebuild.temporaryName)) (\(columns.joined(separator: ", "))) "
        + "SELECT \(values.joined(separator: ", ")) FROM \(identifier(rebuild.live.name))")
  }

  /// A row's number has no other name, and stays all the same.
  private func keepsRowid(_ rebuild: TableRebuild) -> Bool {
    [rebuild.live, rebuild.table].allSatisfy { table in
      !table.isWithoutRowid && !table.columns.contains { $0.isAutoIncrement }
        && table.column(named: rowKey ?? "") == nil
    }
  }

  /// The greatest number ever given, of rows that are gone as well (autoinc.html).
  private func lastNumber(_ rebuild: TableRebuild) -> [SQLText]? {
    let isNumbered = { (table: Table) in
      table.columns.contains { $0.isAutoIncrement && !$0.reusesNumbers }
    }
    guard isNumbered(rebuild.live), isNumbered(rebuild.table) else { return nil }
    let made = literal(.text(rebuild.temporaryName))
    let live = literal(.text(rebuild.live.name))
    let statements = [
      "DELETE FROM sqlite_sequence WHERE name = \(made)",
      "INSERT INTO sqlite_sequence (name, seq) "
        + "SELECT \(made), seq FROM sqlite_sequence WHERE name = \(live)",
    ]
    return statements.map { SQLText($0) }
  }
}
