package import RelishDrivers
package import RelishLanguage
package import RelishModel
import RelishSQL

/// `plan`, `sync` and their `force` (LANGUAGE.md §5): from wanted tables to those in the database.
package enum Synchronizer {
  /// What `sync` would do about the models that a sentence declared; those only read from the database
  /// take no part (LANGUAGE.md §5). Nothing runs.
  package static func plan(
    graph: ModelGraph, mode: SyncMode, driver: any Driver
  ) throws(DriverError) -> SyncPlan {
    let declared = graph.models.filter { $0.origin == .declared }.map(\.name)
    var wanted = SchemaLowering.schema(of: graph, models: declared)
    wanted.tables = try completed(wanted.tables, driver)
    return try plan(
      wanted.tables, mode: mode, driver: driver,
      others: try otherSteps(wanted, mode: mode, driver: driver))
  }

  /// What `sync` would do to have the tables `wanted`; nothing runs.
  ///
  /// - Parameters:
  ///   - wanted: tables as `SchemaLowering` makes them, in the order of declaration.
  ///   - others: views and triggers.
  package static func plan(
    _ wanted: [Table], mode: SyncMode, driver: any Driver, others: OtherSteps = OtherSteps()
  ) throws(DriverError) -> SyncPlan {
    let writer = SchemaWriter(dialect: driver.dialect)
    let wanted = try written(wanted, by: writer)
    let schemaVersion = try driver.schemaVersion()
    let live = try driver.inspect()
    switch mode {
    case .create:
      let comparison = compare(wanted, with: live, driver.dialect)
      let steps = others.before + SchemaPlan.create(comparison.missing).steps + others.after
      var plan = SyncPlan(mode, writer.planned(steps), schemaVersion: schemaVersion)
      plan.differing = comparison.differing + others.differing
      plan.unchanged = comparison.unchanged
      return plan
    case .force:
      let going = wanted.compactMap { live.table(named: $0.name) }
      let steps = others.before + SchemaPlan.replace(going, by: wanted).steps + others.after
      let pointers = SyncObstacles.pointers(to: going, in: live)
      var plan = SyncPlan(
        mode, writer.planned(steps), drops: try drops(steps, driver), schemaVersion: schemaVersion)
      plan.refusals = try SyncObstacles.refusals(pointers, dropping: going, driver: driver)
        .map { SyncRefusal($0) }
      plan.pointers = pointers
      return plan
    case .alter:
      return try plan(AlterRequest(wanted), driver: driver)
    }
  }

  /// What `sync alter` would do; nothing runs that stays.
  package static func plan(
    _ request: AlterRequest, driver: any Driver
  ) throws(DriverError) -> SyncPlan {
    var plan = try AlterPlanner(request: request, driver: driver).plan()
    let declared = request.graph.models.filter { $0.origin == .declared }.map(\.name)
    let wanted = SchemaLowering.schema(of: request.graph, models: declared)
    let others = try otherSteps(wanted, mode: .alter, driver: driver)
    let writer = SchemaWriter(dialect: driver.dialect)
    let before = others.before + request.lostViews.map { .dropView($0) }
    plan.steps = writer.planned(before) + plan.steps + writer.planned(others.after)
    return plan
  }

  /// Runs the plan, all of it or nothing; inside an open transaction as a part of that.
  ///
  /// - Parameters:
  ///   - request: what a plan of `sync alter` was made for.
  ///   - onStatement: is given each statement's text before it runs.
  package static func run(
    _ plan: SyncPlan, for request: AlterRequest? = nil, driver: any Driver,
    onStatement: (String) -> Void
  ) throws(DriverError) -> SyncReport {
    var report = SyncReport()
    report.differing = plan.differing
    report.unchanged = plan.unchanged
    if let refusal = plan.refusals.first { throw DriverError(.other, refusal.message) }
    guard !plan.steps.isEmpty else { return report }
    if let request { return try alter(plan, request, driver: driver, onStatement: onStatement) }
    try driver.changingSchema { () throws(DriverError) in
      try confirmUnchanged(plan, driver)
      // Before the first one goes: in an open transaction its rules may delete rows of the next.
      report.dropped = try drops(plan.steps.map(\.step), driver)
      let before =
        plan.isOfTables
        ? try driver.schemaState(of: plan.tables, keepingRows: true)
        : try driver.schemaState(keeping: plan.rowsToKeep(fills: [:]))
      for planned in plan.steps {
        try execute(planned, driver, onStatement)
        if let name = plan.created(by: planned.step) { report.created.append(name) }
      }
      if plan.mode == .force { try confirmForeignKeys(plan, driver) }
      report.states =
        plan.isOfTables
        ? (before, try driver.schemaState(of: plan.tables, keepingRows: false))
        : SchemaState.changed(from: before, to: try driver.schemaState(keeping: nil))
    }
    return report
  }

  /// Changes tables with their rows and proves it; what cannot be proved is taken back.
  private static func alter(
    _ plan: SyncPlan, _ request: AlterRequest, driver: any Driver, onStatement: (String) -> Void
  ) throws(DriverError) -> SyncReport {
    var report = SyncReport()
    report.unchanged = plan.unchanged
    report.dropped = plan.drops
    try driver.changingSchema { () throws(DriverError) in
      try confirmUnchanged(plan, driver)
      let proof = try ProofTaker(plan, driver)
      let before = try driver.schemaState(keeping: plan.rowsToKeep(fills: request.fills))
      for planned in plan.steps {
        if case .rebuild(let rebuild) = planned.step, rebuild.keepsAllColumns {
          try driver.keepingContent { () throws(DriverError) in
            try execute(planned, driver, onStatement)
          }
        } else {
          try execute(planned, driver, onStatement)
        }
        if let name = plan.created(by: planned.step) { report.created.append(name) }
      }
      report.states = SchemaState.changed(from: before, to: try driver.schemaState(keeping: nil))
      report.droppedViews = request.lostViews
      report.renamed = plan.steps.compactMap { AlterWords.rename($0.step) }
      let taken = try proof.finish(wanted: request)
      report.proof = taken
      for alteration in plan.alterations {
        let name = alteration.live.name
        let words = AlterWords(
          plan: plan, rows: taken.rows[name.asciiLowercased] ?? 0,
          fills: request.fills[name.asciiLowercased] ?? [:])
        report.altered.append((name, words.outcomes(of: alteration)))
      }
    }
    return report
  }

  static func execute(
    _ planned: PlannedStep, _ driver: any Driver, _ onStatement: (String) -> Void
  ) throws(DriverError) {
    for statement in planned.statements {
      let text = statement.inlined(driver.dialect)
      onStatement(text)
      // Not to be kept compiled: it runs once.
      _ = try driver.prepare(text).run()
    }
  }

  // MARK: Steps

  /// The tables that the steps drop, with their rows.
  private static func drops(
    _ steps: [SchemaStep], _ driver: any Driver
  ) throws(DriverError) -> [(table: String, rows: Int)] {
    var drops: [(table: String, rows: Int)] = []
    for case .dropTable(let table) in steps { drops.append((table, try driver.count(table))) }
    return drops
  }

  /// A check that no writer can write is reported by its message: the sentence is long past.
  static func written(
    _ tables: [Table], by writer: SchemaWriter
  ) throws(DriverError) -> [Table] {
    var result: [Table] = []
    for table in tables {
      do {
        result.append(try writer.writingChecks(of: table))
      } catch {
        throw DriverError(.other, "the check of `\(table.name)`: \(error.message)")
      }
    }
    return result
  }

  private static func compare(
    _ wanted: [Table], with live: Schema, _ dialect: any Dialect
  ) -> (
    missing: [Table], differing: [(table: String, differences: [Difference])], unchanged: [String]
  ) {
    var missing: [Table] = []
    var differing: [(table: String, differences: [Difference])] = []
    var unchanged: [String] = []
    for table in wanted {
      guard let other = live.table(named: table.name) else {
        missing.append(table)
        continue
      }
      let differences = SchemaDiff.differences(wanted: dialect.asStored(table), live: other)
      if differences.isEmpty {
        unchanged.append(other.name)
      } else {
        differing.append((other.name, differences))
      }
    }
    return (missing, differing, unchanged)
  }

  /// Between plan and run a person may have been asked, and another program may have written.
  static func confirmUnchanged(
    _ plan: SyncPlan, _ driver: any Driver
  ) throws(DriverError) {
    guard try driver.schemaVersion() == plan.schemaVersion else {
      throw DriverError(.other, "the database's tables have changed since the plan was made")
    }
    if let refusal = try SyncObstacles.refusals(pointers: plan.pointers, driver: driver).first {
      throw DriverError(.other, refusal)
    }
  }

  /// Foreign keys were not enforced meanwhile: the tables made anew, and those that point to them,
  /// must be whole.
  private static func confirmForeignKeys(
    _ plan: SyncPlan, _ driver: any Driver
  ) throws(DriverError) {
    var tables = plan.pointers.map(\.table)
    for case .createTable(let table) in plan.steps.map(\.step) { tables.append(table.name) }
    for table in tables where try driver.foreignKeyViolations(in: table) > 0 {
      throw DriverError(.foreignKey, "rows of `\(table)` would point to rows that are gone")
    }
  }
}

extension SchemaWriter {
  func planned(_ steps: [SchemaStep]) -> [PlannedStep] {
    steps.map { PlannedStep(step: $0, statements: write($0)) }
  }
}

extension Driver {
  /// The number of rows.
  func count(_ table: String) throws(DriverError) -> Int {
    try count(SQLText("SELECT count(*) FROM " + dialect.identifier(table)))
  }

  /// The one number that `sql` answers.
  func count(_ sql: SQLText) throws(DriverError) -> Int {
    var count: Int64 = 0
    try query(sql) { row throws(DriverError) in
      count = row.integer(0)
      return false
    }
    return Int(clamping: count)
  }
}
