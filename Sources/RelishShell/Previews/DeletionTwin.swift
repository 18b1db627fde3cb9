import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// The rows that a deletion can touch, copied into temporary tables with the same texts, keys and row
/// numbers, so that the database itself can be asked what it would do.
///
/// SQLite takes rows by their number and the keys that point to a table from the last one made on, hence
/// a twin made in the same order ends as the deletion would. Triggers are left out.
struct DeletionTwin {
  let reach: DeletionReach
  let tables: [Int]

  /// What a deletion in the twin came to.
  enum Outcome {
    /// `isWhole`: no key is left broken, at which a commit would fail.
    case done(ChangeSummary, isWhole: Bool)
    case refused(DriverError)
  }

  /// Makes the twin for all roots of the reach; it goes with the savepoint that it is made in.
  ///
  /// - Parameter texts: of tables whose keys are to be other ones than the database's.
  init(of reach: DeletionReach, texts: [Int: String] = [:]) throws(DriverError) {
    self.reach = reach
    let references = reach.references
    var wanted = Set<Int>()
    let copies = try KeptRows(around: reach)
    var waiting = references.tables.indices.filter { reach.goes($0) || copies.has($0) }
    while let table = waiting.popLast() {
      guard wanted.insert(table).inserted else { continue }
      waiting += references.keys.filter { $0.holder == table }.map(\.target)
    }
    tables = wanted.sorted()
    for table in tables {
      let text = texts[table] ?? references.tables[table].text
      try run(Self.moved(text))
      for text in references.tables[table].indexTexts { try run(Self.moved(text)) }
    }
    let driver = reach.driver
    try driver.ignoringForeignKeys { () throws(DriverError) in
      for table in wanted.sorted() {
        if let sql = copies.copying(table) { _ = try driver.execute(sql) }
      }
    }
    // Else each row that goes would look through all of its table's children. With an index a number
    // is compared with a text in another way than without one.
    for (place, key) in references.keys.enumerated()
    where wanted.contains(key.holder) && !references.sharesMixed(place) {
      let columns = key.columns.map { reach.identifier($0) }.joined(separator: ", ")
      _ = try driver.execute(
        "CREATE INDEX temp.relish_twin_\(place) ON \(reach.name(key.holder)) (\(columns))")
    }
  }

  /// Deletes the rows of `root` that the statement names; `body` looks at what is left, then all is as
  /// it was.
  func delete(
    _ root: Int, from table: Int, then body: () throws(DriverError) -> Void = {}
  ) throws(DriverError) -> Outcome {
    let driver = reach.driver
    let keys = reach.keyNames(table)
    let row = reach.rowColumns(table)
    var outcome: Outcome?
    do {
      try driver.undoing("relish twin") { () throws(DriverError) in
        let summary = try driver.recordingChanges { () throws(DriverError) in
          _ = try driver.execute(
            """
            DELETE FROM temp.\(reach.name(table)) WHERE (\(row)) IN (SELECT \(keys) \
            FROM \(reach.gone(table)) WHERE level = 0 AND root = \(root))
            """)
        }
        outcome = .done(summary, isWhole: !driver.hasOpenForeignKeys)
        try body()
      }
    } catch {
      // An error of `body`, or one after which there is no database to ask.
      guard outcome == nil, !error.isOfSituation else { throw error }
      return .refused(error)
    }
    return outcome ?? .refused(DriverError(.other, "nothing was tried"))
  }

  /// Leaves in the reach only the rows that have gone from the twin.
  func correct(_ reach: inout DeletionReach) throws(DriverError) {
    for table in tables where reach.goes(table) {
      try reach.keep(
        table,
        where: """
          EXISTS (SELECT 1 FROM temp.\(reach.name(table)) AS w \
          WHERE \(reach.sameRow(table, "w", as: "g")))
          """)
    }
  }

  private func run(_ text: String) throws(DriverError) {
    _ = try reach.driver.execute(SQLText(text))
  }

  /// SQLite keeps these texts with the name right behind such a beginning.
  private static func moved(_ text: String) -> String {
    for beginning in ["CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX "]
    where text.hasPrefix(beginning) {
      return beginning + "temp." + text.dropFirst(beginning.count)
    }
    return text
  }
}

/// The rows around those that go: those that point to them, whatever becomes of these, and those that
/// they point to.
private struct KeptRows {
  private let reach: DeletionReach
  private var made: Set<Int> = []

  init(around reach: DeletionReach) throws(DriverError) {
    self.reach = reach
    let keys = reach.references.keys
    for (place, key) in keys.enumerated() where reach.goes(key.target) {
      try addHolders(of: place, pointingTo: reach.gone(key.target))
    }
    try addFollowers()
    for (place, key) in keys.enumerated()
    where key.onDelete == .setDefault || key.onUpdate == .setDefault {
      if has(key.holder) { try addDefaults(of: place, to: kept(key.holder)) }
      if reach.goes(key.holder) { try addDefaults(of: place, to: reach.gone(key.holder)) }
    }
    let holders = made
    for (place, key) in keys.enumerated() {
      if reach.goes(key.holder) { try addTargets(of: place, from: reach.gone(key.holder)) }
      if holders.contains(key.holder) { try addTargets(of: place, from: kept(key.holder)) }
    }
  }

  func has(_ table: Int) -> Bool { made.contains(table) }

  /// The statement that fills the twin of the table; nil when nothing of it is touched.
  func copying(_ table: Int) -> SQLText? {
    let sources = [
      reach.goes(table) ? reach.gone(table) : nil, has(table) ? kept(table) : nil,
    ].compactMap { $0 }
    guard !sources.isEmpty else { return nil }
    let facts = reach.references.tables[table]
    var columns = facts.columns.filter { !$0.isGenerated }.map(\.name)
    for name in facts.rowColumns where !columns.contains(name) { columns.insert(name, at: 0) }
    let list = columns.map { reach.identifier($0) }.joined(separator: ", ")
    let keys = sources.map { "SELECT \(reach.keyNames(table)) FROM \($0)" as SQLText }
      .joined(separator: " UNION ")
    let name = reach.name(table)
    return """
      INSERT INTO temp.\(name) (\(list)) SELECT \(list) FROM main.\(name) \
      WHERE (\(reach.rowColumns(table))) IN (\(keys))
      """
  }

  private func kept(_ table: Int) -> SQLText { "temp.relish_kept_\(table)" }

  /// Rows whose key changes with the key of a row that changes, to any depth.
  private mutating func addFollowers() throws(DriverError) {
    let keys = reach.references.keys
    var isNew = true
    while isNew {
      isNew = false
      for (place, key) in keys.enumerated() where has(key.target) {
        let changing = keys.filter { $0.holder == key.target }.flatMap(\.columns)
          .map { $0.asciiLowercased }
        guard key.targetColumns.contains(where: { changing.contains($0.asciiLowercased) }) else {
          continue
        }
        if try addHolders(of: place, pointingTo: kept(key.target)) > 0 { isNew = true }
      }
    }
  }

  @discardableResult
  private mutating func addHolders(
    of place: Int, pointingTo rows: SQLText
  ) throws(DriverError) -> Int {
    let key = reach.references.keys[place]
    return try add(
      key.holder, "c",
      """
      \(rows) g JOIN main.\(reach.name(key.target)) p ON \(reach.sameRow(key.target, "p", as: "g")) \
      JOIN main.\(reach.name(key.holder)) c ON \(reach.points(place))
      """)
  }

  private mutating func addTargets(of place: Int, from rows: SQLText) throws(DriverError) {
    let key = reach.references.keys[place]
    _ = try add(
      key.target, "p",
      """
      \(rows) g JOIN main.\(reach.name(key.holder)) c ON \(reach.sameRow(key.holder, "c", as: "g")) \
      JOIN main.\(reach.name(key.target)) p ON \(reach.points(place))
      """)
  }

  /// The rows that these would point to with the key's default, by this key or one that shares columns,
  /// and those that have the default already: a unique key knows them.
  private mutating func addDefaults(of place: Int, to rows: SQLText) throws(DriverError) {
    let keys = reach.references.keys
    let key = keys[place]
    let table = reach.references.tables[key.holder]
    func value(_ column: String) -> SQLText {
      guard key.columns.contains(column) else { return "c.\(reach.identifier(column))" }
      return "(\(SQLText(table.column(named: column)?.defaultText ?? "NULL")))"
    }
    for other in keys
    where other.holder == key.holder && other.columns.contains(where: key.columns.contains) {
      let isDefault = zip(other.targetColumns, other.columns).map { target, own in
        "p.\(reach.identifier(target)) = \(value(own))" as SQLText
      }.joined(separator: " AND ")
      _ = try add(
        other.target, "p",
        """
        \(rows) g JOIN main.\(reach.name(key.holder)) c ON \(reach.sameRow(key.holder, "c", as: "g")) \
        JOIN main.\(reach.name(other.target)) p ON \(isDefault)
        """)
    }
    guard table.uniques.contains(where: { $0.contains(where: key.columns.contains) }) else {
      return
    }
    let isDefault = key.columns.map { "c.\(reach.identifier($0)) = \(value($0))" as SQLText }
      .joined(separator: " AND ")
    _ = try add(key.holder, "c", "main.\(reach.name(key.holder)) c WHERE \(isDefault)")
  }

  private mutating func add(
    _ table: Int, _ alias: SQLText, _ from: SQLText
  ) throws(DriverError) -> Int {
    if made.insert(table).inserted {
      let keys = reach.keyNames(table)
      _ = try reach.driver.execute(
        "CREATE TABLE \(kept(table)) (\(keys), PRIMARY KEY (\(keys))) WITHOUT ROWID")
    }
    let columns = reach.rowColumns(table, alias)
    return try reach.driver.execute(
      "INSERT OR IGNORE INTO \(kept(table)) SELECT \(columns) FROM \(from)"
    ).changes
  }
}

extension DriverError {
  /// Whether it says nothing about the statement: another time it would end otherwise.
  fileprivate var isOfSituation: Bool {
    switch kind {
    case .interrupted, .timeLimit, .full, .corrupt, .connection, .busy: true
    default: false
    }
  }
}
