import RelishLanguage

extension Table {
  /// This wanted table with all of `live` that no model has said anything about: what a rebuild makes,
  /// so that nothing of the table goes unsaid.
  ///
  /// Kept are how types are spelled, collations, computed columns, names of constraints, conflict
  /// clauses, deferred keys, conditions of the whole table, indexes over expressions or some rows,
  /// AUTOINCREMENT or its absence, WITHOUT ROWID and STRICT.
  package func keeping(_ live: Table) -> Table {
    var table = self
    for index in table.columns.indices {
      guard let other = live.column(named: table.columns[index].name) else { continue }
      table.columns[index].keep(other)
    }
    table.keepNumbering(live)
    if primaryKey.areSameNames(as: live.primaryKey), keyWriting == KeyWriting() {
      table.keyWriting = live.keyWriting
    }
    let wantedUniques = uniques.map(\.columns)
    table.keepUniques(live)
    for index in table.foreignKeys.indices {
      let key = table.foreignKeys[index]
      guard let other = live.foreignKeys.first(where: { $0.isSamePlace(as: key) }) else { continue }
      table.foreignKeys[index].name = key.name ?? other.name
      table.foreignKeys[index].deferral = key.deferral ?? other.deferral
    }
    table.keepIndexes(live, uniques: wantedUniques)
    table.checks += live.checks.filter { check in !checks.contains { $0.text == check.text } }
    table.isWithoutRowid = isWithoutRowid || live.isWithoutRowid
    table.isStrict = isStrict || live.isStrict
    return table
  }

  /// AUTOINCREMENT stays where it is, and does not come where it is not.
  private mutating func keepNumbering(_ live: Table) {
    guard primaryKey.areSameNames(as: live.primaryKey), primaryKey.count == 1 else { return }
    for index in columns.indices
    where columns[index].name.isSameName(as: primaryKey[0]) && columns[index].type == .integer {
      guard let other = live.column(named: columns[index].name), other.isAutoIncrement else {
        continue
      }
      columns[index].isAutoIncrement = true
      columns[index].reusesNumbers = other.reusesNumbers
    }
  }

  /// A unique index stays an index.
  private mutating func keepUniques(_ live: Table) {
    uniques = uniques.compactMap { unique in
      if let other = live.uniques.first(where: { $0.columns.haveSameNames(as: unique.columns) }) {
        var kept = unique
        kept.name = unique.name ?? other.name
        if unique.writing == KeyWriting() {
          kept.writing = other.writing
          // The list speaks in its own order.
          if other.writing.list != nil { kept.columns = other.columns }
        }
        return kept
      }
      let isIndex = live.indexes.contains {
        $0.isUnique && $0.definition == nil && $0.columns.haveSameNames(as: unique.columns)
      }
      return isIndex ? nil : unique
    }
  }

  private mutating func keepIndexes(_ live: Table, uniques wantedUniques: [[String]]) {
    var rest = live.indexes
    var kept: [Index] = []
    for index in indexes {
      let position = rest.firstIndex { other in
        index.definition == nil && other.definition == nil && other.isUnique == index.isUnique
          && other.columns.areSameNames(as: index.columns)
      }
      kept.append(position.map { rest.remove(at: $0) } ?? index)
    }
    let names = Set(kept.map { $0.name.asciiLowercased })
    kept += rest.filter { index in
      guard !names.contains(index.name.asciiLowercased) else { return false }
      if index.definition != nil { return true }
      return index.isUnique && wantedUniques.contains { $0.haveSameNames(as: index.columns) }
        && !uniques.contains { $0.columns.haveSameNames(as: index.columns) }
    }
    indexes = kept
  }
}

extension Column {
  fileprivate mutating func keep(_ live: Column) {
    name = live.name
    if type.isSame(as: live.type) { declaredType = declaredType ?? live.declaredType }
    collation = collation ?? live.collation
    generated = generated ?? live.generated
    if check != nil, live.check != nil { checkName = checkName ?? live.checkName }
    if isNotNull, live.isNotNull { notNullConflict = notNullConflict ?? live.notNullConflict }
  }
}
