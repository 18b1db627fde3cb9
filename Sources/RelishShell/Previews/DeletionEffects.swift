import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// What becomes of rows that point to rows that go and do not go along.
package struct DeletionEffect: Sendable {
  /// What the rule of the key makes of the rows.
  package enum Fate: Sendable {
    case becomesNull
    /// The default, as the database spells it.
    case takesDefault(String)
    /// The rule itself: `restrict`, `no action`.
    case blocks
    /// `restrict` is looked at as soon as a row goes, also where the rows that point to it would go too.
    case blocksAtOnce
    /// `set null` or `set default` on a key that may not be null.
    case mayNotBeNull
    /// `set default` to what no row has, or would have any more.
    case hasNoDefault(String)
    /// Its key is part of a key that changes: `on update` acts.
    case follows
  }

  /// A node or a root of the reach.
  package var group: Int
  package var key: Int
  package var rows: Int
  package var fate: Fate
  /// Found out only when the transaction ends.
  package var isDeferred = false

  package var blocks: Bool {
    switch fate {
    case .becomesNull, .takesDefault, .follows: false
    case .blocks, .blocksAtOnce, .mayNotBeNull, .hasNoDefault: true
    }
  }

  var isDefault: Bool {
    if case .takesDefault = fate { true } else { false }
  }

  /// Refused as soon as it is met, whatever the statement would still do.
  fileprivate var isCertain: Bool {
    switch fate {
    case .blocksAtOnce, .mayNotBeNull: true
    case .blocks, .becomesNull, .takesDefault, .hasNoDefault, .follows: false
    }
  }
}

/// The effects of a reach, worked out from sets of rows, and the deletions whose outcome sets alone do
/// not tell: it depends on the order in which the database takes the rows.
struct DeletionEffects {
  private(set) var effects: [DeletionEffect] = []
  /// Groups for which the database must be asked (`DeletionTwin`).
  private(set) var unsure: Set<Int> = []
  private let reach: DeletionReach

  init(of reach: DeletionReach, forEach group: DeletionReach.Group) throws(DriverError) {
    self.reach = reach
    var hard: Set<Int> = []
    var soft: Set<Int> = []
    var maybe: Set<Int> = []
    for key in reach.references.keys.indices {
      let rule = reach.references.keys[key].onDelete
      let isMixed = reach.references.isMixed(key)
      guard rule != .cascade || isMixed else { continue }
      let found = try reach.pointing(by: key, forEach: group)
      guard !found.isEmpty else { continue }
      if isMixed { unsure.formUnion(found.map(\.group)) }
      guard rule != .cascade else { continue }
      let missing = try rule == .setDefault ? missingDefaults(key) : (all: false, roots: [])
      let isEntangled = reach.references.isEntangled(key)
      unsure.formUnion(try checkedAgain(key, forEach: group))
      for pointing in found {
        let isMissing =
          missing.all || group == .node && !missing.roots.isEmpty
          || group == .root && missing.roots.contains(pointing.group)
        let effect = effect(of: pointing, isMissing: isMissing)
        if pointing.staying > 0 { effects.append(effect) }
        if isEntangled { unsure.insert(pointing.group) }
        let isAtOnce = rule == .restrict || effect.isCertain
        if pointing.staying > 0, effect.blocks {
          if isAtOnce { hard.insert(pointing.group) } else { soft.insert(pointing.group) }
        }
        if pointing.going > 0, isAtOnce { maybe.insert(pointing.group) }
      }
    }
    guard group == .root else {
      // All nodes are of one statement: what one of them meets counts for all.
      guard hard.isEmpty else { return }
      if !maybe.isEmpty { unsure.insert(0) }
      let isUnsure = try soft.isEmpty ? !longRoots().isEmpty : hasDangling()
      if isUnsure { unsure.insert(0) }
      return
    }
    unsure.formUnion(maybe.subtracting(hard))
    let rest = soft.subtracting(hard)
    if !rest.isEmpty {
      let isUnsure = try hasDangling()
      if isUnsure { unsure.formUnion(rest) }
    }
    unsure.formUnion(try longRoots())
  }

  /// When a row of a table that points to itself changes, SQLite looks at its other keys to its own
  /// table too, and refuses one that has pointed to nothing before (fkey.c, sqlite3FkCheck).
  private func checkedAgain(
    _ place: Int, forEach group: DeletionReach.Group
  ) throws(DriverError) -> [Int] {
    let keys = reach.references.keys
    guard keys[place].onDelete == .setNull || keys[place].onDelete == .setDefault else { return [] }
    var found: [Int] = []
    for other in keys.indices
    where keys[other].holder == keys[place].holder && keys[other].target == keys[other].holder {
      found += try reach.dangling(by: other, pointingBy: place, forEach: group)
    }
    return found
  }

  private func effect(
    of pointing: DeletionReach.Pointing, isMissing: Bool
  ) -> DeletionEffect {
    let key = reach.references.keys[pointing.key]
    var effect = DeletionEffect(
      group: pointing.group, key: pointing.key, rows: pointing.staying, fate: .blocks)
    let holder = reach.references.tables[key.holder]
    let columns = key.columns.compactMap { holder.column(named: $0) }
    switch key.onDelete {
    case .cascade, .restrict: break
    case .noAction: effect.isDeferred = key.isDeferred
    case .setNull:
      effect.fate = columns.contains(where: \.isNotNull) ? .mayNotBeNull : .becomesNull
    case .setDefault:
      let defaults = columns.map(\.givenDefault)
      if zip(columns, defaults).contains(where: { $0.isNotNull && $1 == nil }) {
        effect.fate = .mayNotBeNull
      } else if defaults.contains(where: { $0 == nil }) {
        effect.fate = .becomesNull
      } else {
        let text = defaults.compactMap { $0 }.joined(separator: ", ")
        effect.fate = isMissing ? .hasNoDefault(text) : .takesDefault(text)
        effect.isDeferred = isMissing && key.isDeferred
      }
    }
    return effect
  }

  /// Whether no row has what the key's default points to, and the roots with which that row goes.
  private func missingDefaults(
    _ place: Int
  ) throws(DriverError) -> (all: Bool, roots: Set<Int>) {
    let key = reach.references.keys[place]
    let holder = reach.references.tables[key.holder]
    let defaults = key.columns.map { holder.column(named: $0)?.givenDefault }
    guard !defaults.contains(where: { $0 == nil }) else { return (false, []) }
    let isDefault = zip(key.targetColumns, defaults).map { column, value in
      "p.\(reach.identifier(column)) = (\(SQLText((value ?? nil) ?? "NULL")))" as SQLText
    }.joined(separator: " AND ")
    let target = reach.name(key.target)
    let count = try reach.driver.number("SELECT count(*) FROM main.\(target) p WHERE \(isDefault)")
    guard count > 0 else { return (true, []) }
    let roots: SQLText = """
      SELECT g.root FROM \(reach.gone(key.target)) g JOIN main.\(target) p \
      ON \(reach.sameRow(key.target, "p", as: "g")) WHERE \(isDefault)
      """
    return (false, Set(try reach.driver.integers(roots)))
  }

  /// Whether a row that goes points to no row already: SQLite then counts one broken key less than
  /// there are (foreignkeys.html §3, fkey.c).
  private func hasDangling() throws(DriverError) -> Bool {
    for place in reach.references.keys.indices {
      let key = reach.references.keys[place]
      guard reach.goes(key.holder) else { continue }
      let isSet = key.columns.map { column in
        "c.\(reach.identifier(column)) IS NOT NULL" as SQLText
      }.joined(separator: " AND ")
      let count = try reach.driver.number(
        """
        SELECT count(*) FROM \(reach.gone(key.holder)) g JOIN main.\(reach.name(key.holder)) c \
        ON \(reach.sameRow(key.holder, "c", as: "g")) WHERE \(isSet) AND NOT EXISTS \
        (SELECT 1 FROM main.\(reach.name(key.target)) p WHERE \(reach.points(place)))
        """)
      if count > 0 { return true }
    }
    return false
  }

  /// Roots with so many rows in a circle of tables that the database, which goes deep first, may follow
  /// too many one after another.
  private func longRoots() throws(DriverError) -> [Int] {
    let tables = reach.references.tables.indices.filter { reach.goes($0) }
    guard reach.references.hasCircle(among: tables) else { return [] }
    let all = tables.map { "SELECT root FROM \(reach.gone($0))" as SQLText }
      .joined(separator: " UNION ALL ")
    return try reach.driver.integers(
      "SELECT root FROM (\(all)) GROUP BY root HAVING count(*) >= \(DeletionReach.deepest)")
  }
}

extension References.Column {
  /// What an INSERT that does not name the column gives it; nil for null.
  var givenDefault: String? { defaultText?.uppercased() == "NULL" ? nil : defaultText }
}

extension References {
  /// Whether setting the key can set off more than the key itself says: it shares columns with another
  /// key, others point to its columns, or a condition of the table speaks of them.
  func isEntangled(_ place: Int) -> Bool {
    let key = keys[place]
    guard key.onDelete == .setNull || key.onDelete == .setDefault else { return false }
    let columns = Set(key.columns.asciiLowercased)
    func meets(_ others: [String]) -> Bool {
      others.contains { columns.contains($0.asciiLowercased) }
    }
    let table = tables[key.holder]
    if table.hasConditions || meets(table.primaryKey) { return true }
    if key.onDelete == .setDefault, table.uniques.contains(where: meets) { return true }
    return keys.indices.contains { other in
      other != place && keys[other].holder == key.holder && meets(keys[other].columns)
        || keys[other].target == key.holder && meets(keys[other].targetColumns)
    }
  }

  /// Whether a column of the key keeps values in another way than the one that it points to.
  func isMixed(_ place: Int) -> Bool {
    let key = keys[place]
    return zip(key.columns, key.targetColumns).contains { own, other in
      tables[key.holder].column(named: own)?.affinity
        != tables[key.target].column(named: other)?.affinity
    }
  }

  /// Whether a column of the key is one of a mixed key.
  func sharesMixed(_ place: Int) -> Bool {
    keys.indices.contains { other in
      keys[other].holder == keys[place].holder && isMixed(other)
        && keys[other].columns.contains(where: keys[place].columns.contains)
    }
  }

  /// Whether cascades can come back to one of these tables that they left.
  func hasCircle(among tables: [Int]) -> Bool {
    var waiting = Set(tables)
    while true {
      // A table that no cascade enters from those that are left is in no circle.
      let entered = Set(
        keys.filter { $0.onDelete == .cascade && waiting.contains($0.target) }.map(\.holder))
      let rest = waiting.intersection(entered)
      if rest.count == waiting.count { return !rest.isEmpty }
      waiting = rest
    }
  }
}

extension Driver {
  /// The one number that `sql` answers.
  func number(_ sql: SQLText) throws(DriverError) -> Int { try integers(sql).first ?? 0 }

  /// The numbers that `sql` answers, one a row.
  func integers(_ sql: SQLText) throws(DriverError) -> [Int] {
    var found: [Int] = []
    try query(sql) { row throws(DriverError) in
      found.append(Int(row.integer(0)))
      return true
    }
    return found
  }
}
