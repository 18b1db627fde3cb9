import RelishModel

/// Which tables and columns go on under another name.
struct AlterRenames {
  let request: AlterRequest
  let live: Schema

  /// Tables first, then columns of the tables as they are called by then.
  var steps: [SchemaStep] {
    let tables = self.tables
    var steps = tables.map { SchemaStep.renameTable($0.from, to: $0.to) }
    for table in request.wanted {
      let former = tables.first { $0.to == table.name }?.from
      guard let other = live.table(named: former ?? table.name) else { continue }
      for rename in columns(of: table, live: other, tables) {
        steps.append(.renameColumn(rename.name, to: rename.column, table: table.name))
      }
    }
    return steps
  }

  private var tables: [(from: String, to: String)] {
    request.wanted.compactMap { table in
      guard live.table(named: table.name) == nil,
        let former = request.formerTables[table.name.asciiLowercased],
        let other = live.table(named: former),
        !request.wanted.contains(where: { $0.name.asciiLowercased == former })
      else { return nil }
      return (other.name, table.name)
    }
  }

  private func columns(
    of wanted: Table, live: Table, _ tables: [(from: String, to: String)]
  ) -> [FormerColumn] {
    var renames: [FormerColumn] = []
    let said = request.formerColumns[wanted.name.asciiLowercased] ?? []
    for rename in said + keys(of: wanted, live: live, tables) {
      guard let old = live.column(named: rename.name), wanted.column(named: rename.name) == nil,
        live.column(named: rename.column) == nil,
        let new = wanted.column(named: rename.column),
        !renames.contains(where: { $0.name == old.name || $0.column == new.name })
      else { continue }
      renames.append(FormerColumn(name: old.name, column: new.name))
    }
    return renames
  }

  /// `rename Product to Item` makes of `productId` an `itemId`: a key to a renamed table that goes, and
  /// the one key to it that comes.
  private func keys(
    of wanted: Table, live: Table, _ tables: [(from: String, to: String)]
  ) -> [FormerColumn] {
    tables.flatMap { from, to -> [FormerColumn] in
      let going = live.foreignKeys.filter { key in
        key.table.isSameName(as: from)
          && key.columns.allSatisfy { wanted.column(named: $0) == nil }
      }
      let coming = wanted.foreignKeys.filter { key in
        key.table.isSameName(as: to)
          && key.columns.allSatisfy { live.column(named: $0) == nil }
      }
      guard going.count == 1, coming.count == 1, going[0].columns.count == coming[0].columns.count
      else { return [] }
      return zip(going[0].columns, coming[0].columns).map { FormerColumn(name: $0, column: $1) }
    }
  }
}
