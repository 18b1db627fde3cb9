import RelishLanguage
import RelishModel
import RelishSQL

extension SQLiteDriver {
  /// Counts rows from here to the end of `body`, in whatever statements it runs.
  ///
  /// What is undone inside `body`, by an error or a savepoint, has been counted too.
  package func recordingChanges<Failure: Error>(
    _ body: () throws(Failure) -> Void
  ) throws(Failure) -> ChangeSummary {
    guard let handle = connection.handle else {
      try body()
      return ChangeSummary()
    }
    let hook = connection.hook
    let outer = hook.recorder
    let recorder = SQLiteChangeRecorder()
    hook.recorder = recorder
    hook.update(on: handle)
    defer {
      hook.recorder = outer
      if connection.handle != nil { hook.update(on: handle) }
      outer?.absorb(recorder)
    }
    try body()
    return summary(of: recorder)
  }

  /// Counts of `recorder`, with each update by the database ascribed to the foreign key that made it.
  private func summary(of recorder: SQLiteChangeRecorder) -> ChangeSummary {
    var summary = ChangeSummary()
    recorder.addCounts(to: &summary)
    for (effect, rows) in recorder.effects where !rows.isEmpty {
      let count = rows.count
      guard let (columns, rule) = foreignKey(behind: effect) else { continue }
      let key = ChangeSummary.ColumnEffect(table: effect.table, columns: columns)
      switch rule {
      case _ where effect.isNull: summary.becameNull[key, default: 0] += count
      case .setDefault: summary.becameDefault[key, default: 0] += count
      default: summary.followed[key, default: 0] += count
      }
    }
    return summary
  }

  /// The foreign key to the causing table whose columns changed; nil: a trigger was at work, or the
  /// table is gone meanwhile.
  private func foreignKey(
    behind effect: SQLiteChangeRecorder.Effect
  ) -> (columns: [String], rule: ReferentialRule)? {
    var keys: [Int64: (columns: [String], positions: Set<Int>, rule: ReferentialRule)] = [:]
    var sql = SQLText("SELECT f.id, f.\"from\", c.cid, f.")
    sql.append(effect.causeIsDelete ? "on_delete" : "on_update")
    sql.append(" FROM pragma_foreign_key_list(")
    sql.append(Value.text(effect.table))
    sql.append(") f JOIN pragma_table_info(")
    sql.append(Value.text(effect.table))
    sql.append(") c ON c.name = f.\"from\" COLLATE NOCASE WHERE f.\"table\" = ")
    sql.append(Value.text(effect.causingTable))
    sql.append(" COLLATE NOCASE ORDER BY f.id, f.seq")
    try? query(sql) { row throws(DriverError) in
      let rule = ReferentialRule(rawValue: row.text(3).lowercased()) ?? .noAction
      keys[row.integer(0), default: ([], [], rule)].columns.append(row.text(1))
      keys[row.integer(0)]?.positions.insert(Int(row.integer(2)))
      return true
    }
    let candidates = keys.values.filter {
      $0.rule != .noAction && $0.rule != .restrict
        && $0.positions.isSuperset(of: effect.changedColumns)
    }
    return candidates.min { $0.columns.count < $1.columns.count }.map { ($0.columns, $0.rule) }
  }
}

extension Row {
  /// The text of a column, empty for a null.
  func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
