import RelishDrivers
import RelishModel
import RelishSQL

/// Rows and foreign keys before and after, from inside the transaction that changed the tables.
package struct SyncProof: Sendable {
  /// Tables after the change.
  package var tables = 0
  /// Tables that were altered, created or dropped.
  package var changed = 0
  /// Rows that were there before and are there still.
  package var rowsKept = 0
  /// Rows that went with their table, as `lose` said.
  package var rowsLost = 0
  /// Rows that point to a row that is not there.
  package var violationsBefore = 0
  package var violationsAfter = 0

  /// Rows of each table afterwards, by its name in small letters.
  var rows: [String: Int] = [:]

  /// The last line is what the eye looks for.
  package var lines: [String] {
    [
      "rows pointing to nothing: \(Wording.grouped(violationsBefore)) before, "
        + "\(Wording.grouped(violationsAfter)) after",
      "\(tables == 1 ? "1 table" : "\(Wording.grouped(tables)) tables"), "
        + "\(Wording.grouped(changed)) changed, \(SyncWords.rows(rowsKept)) kept, "
        + "\(Wording.grouped(rowsLost)) lost",
    ]
  }
}

/// Takes the proof: `init` before the change, `finish` after it. Any doubt is an error, which takes the
/// change back.
struct ProofTaker {
  private let driver: any Driver
  private let plan: SyncPlan
  /// Rows by the table's name, in small letters.
  private var rows: [String: Int] = [:]
  private var violations: [String: Int] = [:]
  private var brokenViews: Set<String> = []

  init(_ plan: SyncPlan, _ driver: any Driver) throws(DriverError) {
    self.plan = plan
    self.driver = driver
    let live = try driver.inspect()
    // What was counted when the rows were looked through holds if no row has changed since.
    let known = try driver.dataVersion() == plan.dataVersion ? plan.rows : [:]
    for table in live.tables {
      let name = table.name.asciiLowercased
      rows[name] = if let count = known[name] { count } else { try driver.count(table.name) }
    }
    for table in affected(live) { violations[table.asciiLowercased] = violations(in: table) }
    for view in live.views where !isReadable(view.name) { brokenViews.insert(view.name) }
  }

  /// Tables that are changed, and those whose keys point to one.
  private func affected(_ schema: Schema) -> [String] {
    var changed: Set<String> = Set(plan.drops.map { $0.table.asciiLowercased })
    for alteration in plan.alterations { changed.insert(alteration.live.name.asciiLowercased) }
    for case .renameTable(let old, let new) in plan.steps.map(\.step) {
      changed.formUnion([old.asciiLowercased, new.asciiLowercased])
    }
    return schema.tables.filter { table in
      !table.foreignKeys.isEmpty
        && (changed.contains(table.name.asciiLowercased)
          || table.foreignKeys.contains { changed.contains($0.table.asciiLowercased) })
    }.map(\.name)
  }

  /// A key that points to no key at all makes the check itself fail, before as after.
  private func violations(in table: String) -> Int {
    (try? driver.foreignKeyViolations(in: table)) ?? 0
  }

  /// Compiled anew each time: a statement that is kept would not notice that the schema has changed.
  private func isReadable(_ view: String) -> Bool {
    (try? driver.prepare("SELECT * FROM " + driver.dialect.identifier(view))) != nil
  }

  func finish(wanted: AlterRequest) throws(DriverError) -> SyncProof {
    var proof = SyncProof()
    let live = try driver.inspect()
    var former: [String: String] = [:]
    for case .renameTable(let old, let new) in plan.steps.map(\.step) {
      former[new.asciiLowercased] = old.asciiLowercased
    }
    let lost = Set(plan.drops.map { $0.table.asciiLowercased })
    var seen: Set<String> = []
    for table in live.tables {
      let name = table.name.asciiLowercased
      let before = former[name] ?? name
      let after = try driver.count(table.name)
      proof.rows[name] = after
      guard let count = rows[before] else { continue }
      guard count == after else {
        throw doubt("`\(table.name)` had \(SyncWords.rows(count)) and would have \(after)")
      }
      seen.insert(before)
      proof.rowsKept += count
    }
    for (name, count) in rows where !seen.contains(name) {
      guard lost.contains(name) else { throw doubt("the table `\(name)` would be gone") }
      proof.rowsLost += count
    }
    proof.violationsBefore = violations.values.reduce(0, +)
    for table in affected(live) {
      let after = violations(in: table)
      proof.violationsAfter += after
      let before = violations[former[table.asciiLowercased] ?? table.asciiLowercased] ?? 0
      guard after <= before else {
        throw doubt("\(SyncWords.rows(after - before)) of `\(table)` would point to nothing")
      }
    }
    for view in live.views where !brokenViews.contains(view.name) {
      guard isReadable(view.name) else {
        throw doubt(
          "the view `\(view.name)` would not work (`view … \"SELECT …\"` states another text for it)"
        )
      }
    }
    try confirmDone(wanted, live)
    proof.tables = live.tables.count
    proof.changed = plan.changedTables.count
    return proof
  }

  /// The same plan made again must be empty.
  private func confirmDone(_ request: AlterRequest, _ live: Schema) throws(DriverError) {
    let wanted = try Synchronizer.written(
      request.wanted, by: SchemaWriter(dialect: driver.dialect))
    for table in wanted {
      guard let other = live.table(named: table.name) else {
        throw doubt("`\(table.name)` would not be there")
      }
      let rest = SchemaDiff.differences(wanted: driver.dialect.asStored(table), live: other)
      if let first = rest.first { throw doubt("in `\(table.name)` \(first) would remain") }
    }
  }

  private func doubt(_ reason: String) -> DriverError {
    DriverError(.other, "nothing was changed, as \(reason)")
  }
}

extension SyncPlan {
  /// Tables that a step touches, by their names afterwards.
  var changedTables: Set<String> {
    var names: Set<String> = []
    for planned in steps {
      switch planned.step {
      case .createTable(let table): names.insert(table.name.asciiLowercased)
      case .createIndex(_, let table): names.insert(table.asciiLowercased)
      case .dropTable(let table): names.insert(table.asciiLowercased)
      case .dropIndex, .createView, .dropView, .createTrigger, .dropTrigger: break
      case .renameTable(_, let new): names.insert(new.asciiLowercased)
      case .renameColumn(_, _, let table): names.insert(table.asciiLowercased)
      case .addColumn(_, let table): names.insert(table.name.asciiLowercased)
      case .dropColumn(_, let table): names.insert(table.asciiLowercased)
      case .rebuild(let rebuild): names.insert(rebuild.live.name.asciiLowercased)
      }
    }
    return names.union(alterations.map { $0.live.name.asciiLowercased })
  }
}
