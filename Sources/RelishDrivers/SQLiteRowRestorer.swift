import RelishModel
import RelishSQL

/// Makes those changes of rows that the session extension passes over: of tables without a declared
/// primary key or with generated columns, and of rows whose key has a null.
///
/// The row is found by its rowid, else by its key, and is changed only if all its values are as before.
struct SQLiteRowRestorer {
  let driver: SQLiteDriver
  let changes: RowChanges

  func deleteRows() throws(DriverError) -> [ChangeConflict] {
    try each { table, entry throws(DriverError) in
      guard let old = entry.old, entry.new == nil || movesRow(entry, table.shape) else {
        return nil
      }
      var sql: SQLText = "DELETE FROM \(name(table))"
      sql.append(" WHERE \(condition(old, entry.oldRowid, table.shape))")
      return try change(sql) ? nil : try conflict(old, entry.oldRowid, table.shape)
    }
  }

  func updateAndInsertRows() throws(DriverError) -> [ChangeConflict] {
    let updates = try each { table, entry throws(DriverError) in
      guard let old = entry.old, let new = entry.new, !movesRow(entry, table.shape) else {
        return nil
      }
      let assignments = pairs(new, table.shape).map { "\($0) = \(bind: $1)" as SQLText }
      var sql: SQLText = "UPDATE \(name(table)) SET \(assignments.joined(separator: ", "))"
      sql.append(" WHERE \(condition(old, entry.oldRowid, table.shape))")
      return try changeOrConflict(sql, old, entry.oldRowid, table.shape)
    }
    return updates
      + (try each { table, entry throws(DriverError) in
        guard let new = entry.new, entry.old == nil || movesRow(entry, table.shape) else {
          return nil
        }
        var cells = pairs(new, table.shape)
        if let rowid = table.shape.rowidName, !table.shape.columns.contains(where: \.isRowid) {
          cells.append((SQLText(rowid), .integer(entry.newRowid)))
        }
        let columns = cells.map { $0.0 }.joined(separator: ", ")
        let values = cells.map { "\(bind: $0.1)" as SQLText }.joined(separator: ", ")
        let sql: SQLText = "INSERT INTO \(name(table)) (\(columns)) VALUES (\(values))"
        return try changeOrConflict(sql, new, entry.newRowid, table.shape)
      })
  }

  private func each(
    _ body: (RowChanges.Table, RowChanges.Entry) throws(DriverError) -> ChangeConflict?
  ) throws(DriverError) -> [ChangeConflict] {
    var conflicts: [ChangeConflict] = []
    for table in changes.tables {
      for entry in table.entries where !changes.isPlain(entry, of: table.shape) {
        if let conflict = try body(table, entry) { conflicts.append(conflict) }
      }
    }
    return conflicts
  }

  /// The row has another rowid or key afterwards: it goes, and comes again.
  private func movesRow(_ entry: RowChanges.Entry, _ shape: SQLiteTableShape) -> Bool {
    guard let old = entry.old, let new = entry.new else { return false }
    if shape.rowidName != nil { return entry.oldRowid != entry.newRowid }
    let (before, after) = (changes.values(at: old, shape), changes.values(at: new, shape))
    return !shape.key.allSatisfy { changes.isSame(before[$0], after[$0]) }
  }

  private func name(_ table: RowChanges.Table) -> SQLText {
    "main.\(SQLText(driver.dialect.identifier(table.shape.name)))"
  }

  private func pairs(_ row: Int, _ shape: SQLiteTableShape) -> [(SQLText, Value)] {
    zip(shape.columns, changes.row(row, shape)).map { column, value in
      (SQLText(driver.dialect.identifier(column.name)), value)
    }
  }

  /// The row at that place, as long as all its values are these; texts compared byte by byte.
  private func condition(_ row: Int, _ rowid: Int64, _ shape: SQLiteTableShape) -> SQLText {
    var tests = pairs(row, shape).map { "\($0) IS \(bind: $1) COLLATE BINARY" as SQLText }
    if let name = shape.rowidName {
      tests.insert("\(SQLText(name)) = \(bind: .integer(rowid))", at: 0)
    }
    return tests.joined(separator: " AND ")
  }

  private func change(_ sql: SQLText) throws(DriverError) -> Bool {
    try driver.execute(sql).changes == 1
  }

  private func changeOrConflict(
    _ sql: SQLText, _ row: Int, _ rowid: Int64, _ shape: SQLiteTableShape
  ) throws(DriverError) -> ChangeConflict? {
    do throws(DriverError) {
      return try change(sql) ? nil : try conflict(row, rowid, shape)
    } catch {
      switch error.kind {
      case .unique, .notNull, .check:
        return ChangeConflict(
          table: shape.name, key: changes.key(of: row, rowid, shape),
          reason: .constraint(error.message))
      default: throw error
      }
    }
  }

  /// How the row that is there differs from the one that was left.
  private func conflict(
    _ row: Int, _ rowid: Int64, _ shape: SQLiteTableShape
  ) throws(DriverError) -> ChangeConflict {
    let cells = pairs(row, shape)
    var sql: SQLText = "SELECT \(cells.map { $0.0 }.joined(separator: ", "))"
    sql.append(" FROM main.\(SQLText(driver.dialect.identifier(shape.name))) WHERE ")
    if let name = shape.rowidName {
      sql.append("\(SQLText(name)) = \(bind: .integer(rowid))")
    } else {
      let tests = shape.key.map { "\(cells[$0].0) = \(bind: cells[$0].1)" as SQLText }
      sql.append(tests.joined(separator: " AND "))
    }
    var found: [ChangeConflict.Cell]?
    try driver.query(sql) { current throws(DriverError) in
      found = cells.indices.compactMap { position in
        let now = current.value(position)
        guard now != cells[position].1 else { return nil }
        return ChangeConflict.Cell(
          column: shape.columns[position].name, left: cells[position].1, now: now)
      }
      return false
    }
    return ChangeConflict(
      table: shape.name, key: changes.key(of: row, rowid, shape),
      reason: found.map { .changed($0) } ?? .gone)
  }
}
