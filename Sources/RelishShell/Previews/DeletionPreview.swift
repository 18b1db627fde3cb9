package import RelishDrivers
import RelishLanguage
import RelishModel
package import RelishSQL

/// What a DELETE would do, as the database is now; nothing is changed to find out.
package struct DeletionPreview: Sendable {
  /// How the statement would end.
  package enum Ending: Sendable {
    case done
    /// The statement fails; the database's words where no effect says why.
    case refused(String?)
    /// The statement succeeds and the transaction cannot be committed.
    case refusedAtCommit
  }

  package private(set) var references: References
  package private(set) var nodes: [DeletionReach.Node] = []
  package private(set) var effects: [DeletionEffect] = []
  package private(set) var ending = Ending.done
  /// Rows that stay and change, each once.
  package private(set) var changedRows = 0
  /// What the rows' tables set off besides.
  private(set) var triggers: [(table: Int, trigger: References.Trigger)] = []

  /// - Parameter filter: what holds for the rows of `table`, over columns qualified by its name.
  package init(
    deletingFrom table: String, where filter: SQLText, driver: any Driver
  ) throws(DriverError) {
    references = References()
    var found = self
    // The temporary tables go with it.
    try driver.undoing("relish preview") { () throws(DriverError) in
      try found.look(table, filter, driver)
    }
    self = found
  }

  private mutating func look(
    _ table: String, _ filter: SQLText, _ driver: any Driver
  ) throws(DriverError) {
    references = try driver.references()
    guard let start = references.table(named: table) else {
      throw DriverError(.other, "no such table: \(table)")
    }
    let words = try complaint(of: driver, start, filter)
    var reach = DeletionReach(driver: driver, references: references)
    try reach.begin(at: start, where: filter, eachAlone: false)
    try reach.follow()
    let found = try DeletionEffects(of: reach, forEach: .node)
    effects = found.effects
    if let words {
      ending = .refused(words)
    } else if try !reach.deepRoots().isEmpty {
      ending = .refused("too many levels of trigger recursion")
    } else if !found.unsure.isEmpty {
      try ask(&reach, start)
    } else {
      settle()
    }
    nodes = reach.nodes
    if changedRows == 0, !effects.isEmpty { changedRows = try reach.changedRows(effects) }
    findTriggers(reach)
  }

  /// What the database says against the statement before it looks at a row: a foreign key that points
  /// to columns that are no key.
  private func complaint(
    of driver: any Driver, _ table: Int, _ filter: SQLText
  ) throws(DriverError) -> String? {
    let name = SQLText(driver.dialect.identifier(references.tables[table].name))
    var sql: SQLText = "DELETE FROM \(name)"
    sql.append(where: filter)
    do {
      _ = try driver.plan(sql)
      return nil
    } catch {
      guard
        error.message.contains("foreign key mismatch") || error.message.contains("no such table")
      else { throw error }
      return error.message
    }
  }

  /// How it ends when every effect is known.
  private mutating func settle() {
    let blocking = effects.filter(\.blocks)
    guard !blocking.isEmpty else { return }
    ending = blocking.allSatisfy(\.isDeferred) ? .refusedAtCommit : .refused(nil)
  }

  // MARK: Asking the database

  private mutating func ask(_ reach: inout DeletionReach, _ start: Int) throws(DriverError) {
    let wasWhole = !reach.driver.hasOpenForeignKeys
    let twin = try DeletionTwin(of: reach)
    var corrected = reach
    var counts: [Int: Int] = [:]
    var changed = 0
    let outcome = try twin.delete(1, from: start) { () throws(DriverError) in
      try twin.correct(&corrected)
      counts = try twin.changedKeys()
      changed = try twin.changedRows()
    }
    switch outcome {
    case .done(_, let isWhole):
      reach = corrected
      correct(by: counts)
      changedRows = changed
      if wasWhole {
        if isWhole { effects.removeAll(where: \.blocks) }
        ending = isWhole ? .done : .refusedAtCommit
      } else {
        settle()
      }
    case .refused(let error):
      try explain(error, reach)
    }
  }

  /// Leaves the effects that have come true.
  private mutating func correct(by counts: [Int: Int]) {
    effects.removeAll { $0.blocks && !$0.isDeferred }
    for key in references.keys.indices {
      let known = effects.filter { $0.key == key && !$0.blocks }
      let count = counts[key] ?? 0
      guard known.reduce(0, { $0 + $1.rows }) != count else { continue }
      effects.removeAll { $0.key == key && !$0.blocks }
      guard count > 0 else { continue }
      effects.append(
        DeletionEffect(
          group: known.first?.group ?? 0, key: key, rows: count,
          fate: known.first?.fate ?? .follows))
    }
  }

  /// A refusal that comes from rows that would go too, where no row that stays is the reason.
  private mutating func explain(
    _ error: DriverError, _ reach: DeletionReach
  ) throws(DriverError) {
    ending = .refused(nil)
    guard !effects.contains(where: { $0.blocks && !$0.isDeferred }) else { return }
    switch error.kind {
    case .foreignKey, .notNull: break
    default:
      ending = .refused(error.message)
      return
    }
    var found: [DeletionEffect] = []
    for key in references.keys.indices {
      let facts = references.keys[key]
      let columns = facts.columns.compactMap {
        references.tables[facts.holder].column(named: $0)
      }
      let mayNotBeNull =
        facts.onDelete == .setNull && columns.contains(where: \.isNotNull)
        || facts.onDelete == .setDefault
          && columns.contains { $0.isNotNull && $0.givenDefault == nil }
      guard facts.onDelete == .restrict || mayNotBeNull else { continue }
      for pointing in try reach.pointing(by: key, forEach: .node) where pointing.going > 0 {
        found.append(
          DeletionEffect(
            group: pointing.group, key: key, rows: pointing.going,
            fate: mayNotBeNull ? .mayNotBeNull : .blocksAtOnce))
      }
    }
    if found.isEmpty { ending = .refused(error.message) }
    effects += found
  }

  private mutating func findTriggers(_ reach: DeletionReach) {
    let going = Set(nodes.filter { $0.rows > 0 }.map(\.table))
    let changing = Set(effects.filter { !$0.blocks }.map { references.keys[$0.key].holder })
    for table in references.tables.indices {
      for trigger in references.tables[table].triggers
      where trigger.event == .delete && going.contains(table)
        || trigger.event == .update && changing.contains(table)
      {
        triggers.append((table, trigger))
      }
    }
  }
}

extension DeletionReach {
  /// Rows that change by these effects, each once however many of its keys do.
  func changedRows(_ effects: [DeletionEffect]) throws(DriverError) -> Int {
    let keys = Set(effects.filter { !$0.blocks }.map(\.key))
    var count = 0
    for holder in Set(keys.map { references.keys[$0].holder }) {
      let own = keys.filter { references.keys[$0].holder == holder }
      guard own.count > 1 else {
        count += effects.reduce(0) { $0 + (own.contains($1.key) && !$1.blocks ? $1.rows : 0) }
        continue
      }
      let parts = own.map(stayingRows)
      count += try driver.number("SELECT count(*) FROM (\(parts.joined(separator: " UNION ")))")
    }
    return count
  }
}

extension DeletionTwin {
  /// How many rows of each key's table are left with another key.
  func changedKeys() throws(DriverError) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for (place, key) in reach.references.keys.enumerated() where tables.contains(key.holder) {
      counts[place] = try reach.driver.number(changed(key.holder, key.columns))
    }
    return counts
  }

  /// How many rows are left with any key changed.
  func changedRows() throws(DriverError) -> Int {
    var count = 0
    for table in tables {
      let columns = reach.references.keys.filter { $0.holder == table }.flatMap(\.columns)
      if !columns.isEmpty { count += try reach.driver.number(changed(table, columns)) }
    }
    return count
  }

  private func changed(_ table: Int, _ columns: [String]) -> SQLText {
    let name = reach.name(table)
    let isSame = reach.references.tables[table].rowColumns.map { column in
      "o.\(reach.identifier(column)) = w.\(reach.identifier(column))" as SQLText
    }.joined(separator: " AND ")
    let differs = columns.map { column in
      "o.\(reach.identifier(column)) IS NOT w.\(reach.identifier(column))" as SQLText
    }.joined(separator: " OR ")
    return """
      SELECT count(*) FROM temp.\(name) w JOIN main.\(name) o ON \(isSame) WHERE \(differs)
      """
  }
}
