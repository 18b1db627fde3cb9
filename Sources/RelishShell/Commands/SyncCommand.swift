import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `plan` and `sync` (LANGUAGE.md §5): the work is Synchronizer's, the words and the asking ours.
extension Interpreter {
  func plan(_ mode: SyncMode, at range: SourceRange) throws(Failure) {
    let plan = try makePlan(mode, at: range)
    let sink = session.streams.rows()
    for statement in plan.statements {
      sink.write(statement.inlined(session.driver.dialect))
      sink.write(";\n")
    }
    for line in plan.notes { session.tell(line) }
  }

  func sync(_ mode: SyncMode, at range: SourceRange) throws(Failure) {
    let plan = try makePlan(mode, at: range)
    if let refusal = plan.refusals.first {
      throw Failure(.constraint, refusal, at: range)
    }
    try confirm(plan, at: range)
    if plan.rowsDropped > 0, !session.settings.checksOnly {
      try session.takeSafetyBackup(at: range)
    }
    let report: SyncReport
    do {
      report = try Synchronizer.run(plan, driver: session.driver) { session.tell($0 + ";") }
    } catch {
      throw Failure(error, at: range)
    }
    for line in report.lines { session.tell(line) }
    try refresh(at: range)
    session.modelChanged()
  }

  /// CLI.md "Consent": in the shell a forced sync asks when rows would go; in a script the word
  /// `force` is the consent.
  private func confirm(_ plan: SyncPlan, at range: SourceRange) throws(Failure) {
    guard plan.rowsDropped > 0, let ask = session.ask, !session.settings.answersYes else { return }
    for (table, rows) in plan.drops where rows > 0 {
      session.tell("would drop \(table) with \(Wording.lowerCount(rows, "row"))")
    }
    guard ask("drop \(Wording.lowerCount(plan.rowsDropped, "row"))?") else {
      throw Failure(.refused, "nothing was dropped", at: range)
    }
  }

  func makePlan(_ mode: SyncMode, at range: SourceRange) throws(Failure) -> SyncPlan {
    try refresh(at: range)
    try validate()
    do {
      return try session.syncPlan(mode)
    } catch {
      throw Failure(error, at: range)
    }
  }
}

extension Session {
  /// What a sync of the declared models would do; models that were only read take no part.
  func syncPlan(_ mode: SyncMode) throws(DriverError) -> SyncPlan {
    try Synchronizer.plan(graph: graph, mode: mode, driver: driver)
  }
}
