import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// Works out a `sync alter`: what changes where it stands, what is made anew, and what hinders it.
struct AlterPlanner {
  let request: AlterRequest
  let driver: any Driver

  /// Nothing runs that stays: where tables or columns are renamed, the rest is planned on the renamed
  /// ones, which are then taken back, so that the database's own rules of renaming hold.
  func plan() throws(DriverError) -> SyncPlan {
    let version = try driver.schemaVersion()
    let live = try driver.inspect()
    let renames = AlterRenames(request: request, live: live).steps
    guard !renames.isEmpty else { return try rest(live, after: [], version) }
    let writer = SchemaWriter(dialect: driver.dialect)
    let steps = writer.planned(renames)
    var plan: SyncPlan?
    do {
      try driver.changingSchema { () throws(DriverError) in
        for step in steps { try Synchronizer.execute(step, driver) { _ in } }
        plan = try rest(try driver.inspect(), after: steps, version)
        throw DriverError(.other, "")
      }
    } catch {
      guard let plan else { throw error }
      return plan
    }
    throw DriverError(.other, "the plan was lost")
  }

  /// The plan for tables that have their names; `steps` gave them these.
  private func rest(
    _ live: Schema, after steps: [PlannedStep], _ version: Int64
  ) throws(DriverError) -> SyncPlan {
    let writer = SchemaWriter(dialect: driver.dialect)
    let wanted = try Synchronizer.written(request.wanted, by: writer)
    let missing = wanted.filter { live.table(named: $0.name) == nil }
    var alterations: [TableAlteration] = []
    var unchanged: [String] = []
    for table in SchemaPlan.parentsFirst(wanted) {
      guard let other = live.table(named: table.name) else { continue }
      if let alteration = alteration(of: other, to: table, in: live) {
        alterations.append(alteration)
      } else {
        unchanged.append(other.name)
      }
    }
    let lost = request.lostTables.compactMap { live.table(named: $0) }
    let all =
      SchemaPlan.create(missing).steps + alterations.flatMap(\.steps)
      + SchemaPlan.parentsFirst(lost).reversed().map { .dropTable($0.name) }
    var drops: [(table: String, rows: Int)] = []
    for table in lost { drops.append((table.name, try driver.count(table.name))) }
    var plan = SyncPlan(
      .alter, steps + writer.planned(all), drops: drops, schemaVersion: version)
    plan.unchanged = unchanged
    plan.alterations = alterations
    plan.dataVersion = try driver.dataVersion()
    for alteration in alterations {
      for column in alteration.droppedColumns {
        let values = try driver.count(
          SQLText(
            "SELECT count(\(driver.dialect.identifier(column.name))) FROM "
              + driver.dialect.identifier(alteration.live.name)))
        plan.losses.append((alteration.live.name, column.name, values))
      }
    }
    try AlterObstacles(request: request, driver: driver, live: live, lost: lost)
      .find(&plan)
    return plan
  }

  private func alteration(of live: Table, to table: Table, in schema: Schema) -> TableAlteration? {
    // What a sentence states with another text comes afterwards.
    let triggers = schema.triggers.filter { trigger in
      trigger.table.isSameName(as: live.name)
        && !request.graph.triggers.contains {
          $0.name.isSameName(as: trigger.name) && !$0.says(sameAs: trigger)
        }
    }
    var wanted = table
    wanted.name = live.name
    let fills = (request.fills[table.name.asciiLowercased] ?? [:]).filter { column, _ in
      guard let new = table.column(named: column) else { return false }
      guard let old = live.column(named: column) else { return true }
      return new.isNotNull && !old.isNotNull
    }
    var alteration = SchemaAlteration.alteration(
      of: live, to: wanted, stored: driver.dialect.asStored(wanted), fills: fills,
      triggers: triggers, plain: driver.dialect.plainSteps)
    for index in alteration?.steps.indices ?? 0..<0 {
      guard case .rebuild(var rebuild)? = alteration?.steps[index] else { continue }
      while schema.table(named: rebuild.temporaryName) != nil { rebuild.temporaryName += "_" }
      alteration?.steps[index] = .rebuild(rebuild)
    }
    return alteration
  }
}
