package import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// Whose deletion would end otherwise with other keys than the database has, on the rows that are there.
///
/// Only rows can be concerned from which cascades lead to a row that the key points to. They are found
/// backwards, then each one's deletion is followed under both sets of keys, all of a table at once.
package struct Supposition: Sendable {
  /// Whether the database would take the deletion.
  package enum Ending: String, Sendable {
    case deleted, refused
    case refusedAtCommit = "refused at commit"
  }

  /// How one row's deletion ends.
  package struct Outcome: Equatable, Sendable {
    package var ending = Ending.deleted
    /// Rows that go, by table; rows that change, by key and to what (`products.userId null`). Empty when
    /// the deletion is refused.
    package var changes: [String: Int] = [:]
    /// Rows that stand in the way, by the columns of their key.
    var holding: [String: Int] = [:]

    /// What stands in the way is told and not compared.
    package static func == (left: Outcome, right: Outcome) -> Bool {
      left.ending == right.ending && left.changes == right.changes
    }
  }

  /// A row of a table whose deletion was looked at.
  package struct Row: Sendable {
    /// Its place among those looked at, by key.
    package var place: Int
    package var now: Outcome
    package var then: Outcome
  }

  /// What was found out about the rows of one table.
  package struct Table: Sendable {
    package var table: Int
    package var total: Int
    /// Of so many rows that the key can concern, only the first `looked` were followed.
    package var concerned: Int
    package var looked: Int
    /// The rows whose deletion would end otherwise.
    package var differing: [Row]
    /// Tables of which the same row goes with several of the rows looked at.
    var sharedNow: Set<Int> = []
    var sharedThen: Set<Int> = []
  }

  /// How each row's deletion ends, by the row's place.
  private struct Outcomes {
    var byPlace: [Int: Outcome] = [:]
    var shared: Set<Int> = []
  }

  package let now: References
  package let then: References
  /// The target of the key first, then what leads to it.
  package private(set) var tables: [Table] = []

  /// More rows are not followed at once; fewer starts are taken instead.
  private static let mostRows = 4_000_000
  /// More deletions are not tried one by one.
  private static let mostTrials = 5_000

  /// - Parameters:
  ///   - key: that differs, in `then` or, where it is gone there, in `now`.
  ///   - look: is given each table while its rows can still be named by `Concerned.rows`.
  package init(
    now: References, then: References, key: References.Key, driver: any Driver,
    look: (Table) throws(DriverError) -> Void = { _ in }
  ) throws(DriverError) {
    self.now = now
    self.then = then
    var found: [Table] = []
    let asked = self
    try driver.undoing("relish supposition") { () throws(DriverError) in
      let concerned = try Concerned(by: key, in: [now, then], driver: driver)
      for table in concerned.tables {
        let compared = try asked.compare(table, concerned, driver)
        found.append(compared)
        try look(compared)
      }
    }
    tables = found
  }

  private func compare(
    _ table: Int, _ concerned: Concerned, _ driver: any Driver
  ) throws(DriverError) -> Table {
    let name = SQLText(driver.dialect.identifier(now.tables[table].name))
    let total = try driver.number("SELECT count(*) FROM main.\(name)")
    let count = try driver.number("SELECT count(*) FROM \(Concerned.rows(table))")
    var looked = count
    var answer = Table(table: table, total: total, concerned: count, looked: 0, differing: [])
    while looked > 0 {
      let filter = concerned.first(looked, of: table)
      let isChanged = Set(then.tables.indices.filter { changesText(of: $0) })
      if let before = try outcomes(table, filter, now, [], driver),
        let after = try outcomes(table, filter, then, isChanged, driver)
      {
        for place in before.byPlace.keys.sorted() {
          guard let one = before.byPlace[place], let other = after.byPlace[place], one != other
          else { continue }
          answer.differing.append(Row(place: place, now: one, then: other))
        }
        (answer.sharedNow, answer.sharedThen) = (before.shared, after.shared)
        break
      }
      looked /= 4
    }
    answer.looked = looked
    return answer
  }

  private func changesText(of table: Int) -> Bool {
    func keys(_ references: References) -> [[String]] {
      references.keys.filter { $0.holder == table }.map {
        $0.columns + [$0.onDelete.rawValue, $0.onUpdate.rawValue] + $0.targetColumns
      }
    }
    return keys(now) != keys(then)
  }

  // MARK: Outcomes

  /// Nil when there are too many rows to follow.
  private func outcomes(
    _ table: Int, _ filter: SQLText, _ references: References, _ rewritten: Set<Int>,
    _ driver: any Driver
  ) throws(DriverError) -> Outcomes? {
    var found: Outcomes?
    try driver.undoing("relish outcomes") { () throws(DriverError) in
      var reach = DeletionReach(driver: driver, references: references)
      try reach.begin(at: table, where: filter, eachAlone: true)
      if try reach.follow(atMost: Self.mostRows) {
        found = try outcomes(of: reach, table, rewritten)
      }
    }
    return found
  }

  private func outcomes(
    of reach: DeletionReach, _ table: Int, _ rewritten: Set<Int>
  ) throws(DriverError) -> Outcomes? {
    let references = reach.references
    var found: [Int: Outcome] = [:]
    var shared: Set<Int> = []
    for table in references.tables.indices where reach.goes(table) {
      let name = references.tables[table].name
      for (root, rows) in try reach.rowsByRoot(table) {
        found[root, default: Outcome()].changes[name] = rows
      }
      if try reach.sharesRows(table) { shared.insert(table) }
    }
    let effects = try DeletionEffects(of: reach, forEach: .root)
    for effect in effects.effects {
      let name = references.name(ofKey: effect.key)
      guard effect.blocks else {
        let change = name + (effect.isDefault ? " default" : " null")
        found[effect.group]?.changes[change, default: 0] += effect.rows
        continue
      }
      found[effect.group]?.holding[name, default: 0] += effect.rows
      if !effect.isDeferred {
        found[effect.group]?.ending = .refused
      } else if found[effect.group]?.ending == .deleted {
        found[effect.group]?.ending = .refusedAtCommit
      }
    }
    for root in try reach.deepRoots() { found[root]?.ending = .refused }
    let unsure = effects.unsure.sorted()
    guard unsure.count <= Self.mostTrials else { return nil }
    if !unsure.isEmpty { try ask(unsure, reach, table, rewritten, &found) }
    for root in found.keys where found[root]?.ending != .deleted { found[root]?.changes = [:] }
    return Outcomes(byPlace: found, shared: shared)
  }

  /// Tries the deletions of these roots in a twin.
  private func ask(
    _ roots: [Int], _ reach: DeletionReach, _ table: Int, _ rewritten: Set<Int>,
    _ found: inout [Int: Outcome]
  ) throws(DriverError) {
    let driver = reach.driver
    let wasWhole = !driver.hasOpenForeignKeys
    var texts: [Int: String] = [:]
    for table in rewritten {
      texts[table] = reach.references.rewrittenText(
        of: table, identifier: driver.dialect.identifier)
    }
    let twin = try DeletionTwin(of: reach, texts: texts)
    for root in roots {
      var outcome = found[root] ?? Outcome()
      switch try twin.delete(root, from: table) {
      case .refused: outcome.ending = .refused
      case .done(let summary, let isWhole):
        outcome.changes = Self.changes(summary)
        if wasWhole { outcome.ending = isWhole ? .deleted : .refusedAtCommit }
      }
      found[root] = outcome
    }
  }

  private static func changes(_ summary: ChangeSummary) -> [String: Int] {
    var changes = summary.deleted.merging(summary.cascadeDeleted, uniquingKeysWith: +)
    let kinds = [
      ("null", summary.becameNull), ("default", summary.becameDefault),
      ("otherwise", summary.followed),
    ]
    for (kind, effects) in kinds {
      for (effect, rows) in effects {
        let key = "\(effect.table).\(effect.columns.joined(separator: ",")) \(kind)"
        changes[key, default: 0] += rows
      }
    }
    return changes
  }
}

/// Rows of whose deletion a key can decide: those that it points to from some row, and those whose
/// deletion takes such a row along.
struct Concerned {
  /// In the order in which they were come to.
  private(set) var tables: [Int] = []
  private let reach: DeletionReach

  init(
    by key: References.Key, in graphs: [References], driver: any Driver
  ) throws(DriverError) {
    // One set of keys in which the key is there, and follows nothing itself.
    var references = graphs[0]
    references.keys.removeAll {
      $0.holder == key.holder && $0.columns == key.columns && $0.target == key.target
    }
    references.keys.append(key)
    let own = references.keys.count - 1
    references.keys[own].onDelete = .noAction
    reach = DeletionReach(driver: driver, references: references)
    try add(
      key.target,
      """
      main.\(reach.name(key.holder)) c JOIN main.\(reach.name(key.target)) p ON \(reach.points(own))
      """)
    var isNew = true
    var rounds = 0
    while isNew, rounds <= DeletionReach.deepest {
      isNew = false
      rounds += 1
      for (place, key) in references.keys.enumerated()
      where key.onDelete == .cascade && tables.contains(key.holder) {
        let rows = try add(
          key.target,
          """
          \(Self.rows(key.holder)) g JOIN main.\(reach.name(key.holder)) c \
          ON \(reach.sameRow(key.holder, "c", as: "g")) \
          JOIN main.\(reach.name(key.target)) p ON \(reach.points(place))
          """)
        if rows > 0 { isNew = true }
      }
    }
  }

  @discardableResult
  private mutating func add(_ table: Int, _ from: SQLText) throws(DriverError) -> Int {
    if !tables.contains(table) {
      let keys = reach.keyNames(table)
      _ = try reach.driver.execute(
        "CREATE TABLE \(Self.rows(table)) (\(keys), PRIMARY KEY (\(keys))) WITHOUT ROWID")
    }
    let columns = reach.rowColumns(table, "p")
    let rows = try reach.driver.execute(
      "INSERT OR IGNORE INTO \(Self.rows(table)) SELECT \(columns) FROM \(from)"
    ).changes
    if !tables.contains(table) { tables.append(table) }
    return rows
  }

  /// The table of their keys.
  static func rows(_ table: Int) -> SQLText { "temp.relish_concerned_\(table)" }

  /// What holds for the first of them, by key.
  func first(_ count: Int, of table: Int) -> SQLText {
    let keys = reach.keyNames(table)
    return """
      (\(reach.rowColumns(table))) IN (SELECT \(keys) FROM \(Self.rows(table)) \
      ORDER BY \(keys) LIMIT \(count))
      """
  }
}

extension References {
  /// `products.userId`
  func name(ofKey place: Int) -> String {
    tables[keys[place].holder].name + "." + keys[place].columns.joined(separator: ",")
  }
}

extension DeletionReach {
  /// How many rows of the table go, for each root with which some do.
  func rowsByRoot(_ table: Int) throws(DriverError) -> [(root: Int, rows: Int)] {
    var found: [(root: Int, rows: Int)] = []
    try driver.query("SELECT root, count(*) FROM \(gone(table)) GROUP BY root") {
      row throws(DriverError) in
      found.append((Int(row.integer(0)), Int(row.integer(1))))
      return true
    }
    return found
  }

  /// Whether a row of the table goes with several roots.
  func sharesRows(_ table: Int) throws(DriverError) -> Bool {
    let keys = keyNames(table)
    return try !driver.integers(
      "SELECT 1 FROM \(gone(table)) GROUP BY \(keys) HAVING count(*) > 1 LIMIT 1"
    ).isEmpty
  }

  /// The roots whose deletion would go further than the database follows.
  func deepRoots() throws(DriverError) -> [Int] {
    var found: [Int] = []
    for table in references.tables.indices where goes(table) {
      found += try driver.integers(
        "SELECT DISTINCT root FROM \(gone(table)) WHERE level >= \(Self.deepest)")
    }
    return found
  }
}
