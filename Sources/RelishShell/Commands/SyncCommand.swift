import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `plan` and `sync` (LANGUAGE.md §5): the work is Synchronizer's, the words and the asking ours.
extension Interpreter {
  func plan(_ syntax: SyncSyntax, at range: SourceRange) throws(Failure) {
    let (plan, _) = try makePlan(syntax, at: range)
    let sink = session.streams.rows()
    // A table made anew is dropped in between: no key that points to it may act meanwhile.
    let isRebuild = plan.alterations.contains(where: \.isRebuild) && !session.driver.isInTransaction
    if isRebuild { sink.write("PRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\n") }
    for statement in plan.statements {
      sink.write(statement.inlined(session.driver.dialect))
      sink.write(";\n")
    }
    if isRebuild { sink.write("COMMIT;\nPRAGMA foreign_keys = ON;\n") }
    for line in plan.notes { session.tell(line) }
  }

  func sync(_ syntax: SyncSyntax, in source: SourceText, at range: SourceRange) throws(Failure) {
    var (plan, request) = try makePlan(syntax, at: range)
    if let renamed = askForRenames(plan, request) {
      request = renamed
      do {
        plan = try Synchronizer.plan(renamed, driver: session.driver)
      } catch {
        throw Failure(error, at: range)
      }
    }
    if try tellOnly(plan, request, at: range) { return }
    try refuse(plan, at: range)
    try confirm(plan, at: range)
    let isLossy = plan.rowsDropped > 0 || plan.losses.contains { $0.values > 0 }
    if isLossy, !session.settings.checksOnly {
      try session.takeSafetyBackup(at: range)
    }
    let report: SyncReport
    let progress = Progress("keeping the rows", .rows, in: session)
    let total = plan.rowsCopied
    if total > 0 {
      session.driver.progress = { progress.update(done: $0, of: total, count: $0) }
    }
    defer {
      session.driver.progress = nil
      progress.finish()
    }
    do {
      report = try Synchronizer.run(
        plan, for: plan.mode == .alter ? request : nil, driver: session.driver
      ) { if plan.mode != .alter { session.tell($0 + ";") } }
    } catch {
      throw Failure(error, at: range)
    }
    for line in report.lines + plan.remarks { session.tell(line) }
    if let states = report.states {
      session.record(
        source, range, report.title, TablesStep(before: states.before, after: states.after))
    }
    // The next statement reads the tables, if there is one.
    session.modelChanged()
  }

  /// The first thing that hinders is the error, with the rows that stand in the way; the others follow.
  private func refuse(_ plan: SyncPlan, at range: SourceRange) throws(Failure) {
    guard let first = plan.refusals.first else { return }
    var failure = Failure(.constraint, first.message, at: range)
    let others = plan.refusals.dropFirst()
    failure.diagnostic.details = first.rows
    if others.isEmpty {
      failure.diagnostic.hint = first.hint
    } else {
      failure.diagnostic.details += first.hint.map { ["hint: \($0)"] } ?? []
      failure.diagnostic.details += others.flatMap { refusal in
        ["also: " + refusal.message] + refusal.rows + (refusal.hint.map { ["hint: \($0)"] } ?? [])
      }
    }
    throw failure
  }

  /// Under `-n` the script is a transaction, in which a table that others point to cannot be made anew:
  /// there it is told, with its counts, what would be done.
  private func tellOnly(
    _ plan: SyncPlan, _ request: AlterRequest, at range: SourceRange
  ) throws(Failure) -> Bool {
    guard session.settings.checksOnly, !plan.refusals.isEmpty,
      plan.refusals.allSatisfy(\.isByTransaction)
    else { return false }
    for alteration in plan.alterations {
      let rows: Int
      do {
        rows = try session.driver.count(alteration.live.name)
      } catch {
        throw Failure(error, at: range)
      }
      let words = AlterWords(
        plan: plan, rows: rows, fills: request.fills[alteration.live.name.asciiLowercased] ?? [:])
      session.tell(
        "would alter \(alteration.live.name): "
          + words.outcomes(of: alteration).joined(separator: "; "))
    }
    return true
  }

  /// When one column goes and one like it comes, a person is asked; nil when nothing was answered yes.
  private func askForRenames(_ plan: SyncPlan, _ request: AlterRequest) -> AlterRequest? {
    guard let ask = session.ask else { return nil }
    var renamed: AlterRequest?
    for refusal in plan.refusals {
      guard let rename = refusal.rename, let table = refusal.table,
        ask("is `\(rename.column)` of `\(table)` the new name of `\(rename.name)`?")
      else { continue }
      var next = renamed ?? request
      next.formerColumns[table.asciiLowercased, default: []].append(rename)
      renamed = next
    }
    return renamed
  }

  /// CLI.md "Consent": in the shell a forced sync asks when rows would go; in a script the word
  /// `force` is the consent. `lose` is always said.
  private func confirm(_ plan: SyncPlan, at range: SourceRange) throws(Failure) {
    guard plan.mode == .force, plan.rowsDropped > 0, let ask = session.ask,
      !session.settings.answersYes
    else { return }
    for (table, rows) in plan.drops where rows > 0 {
      session.tell("would drop \(table) with \(Wording.lowerCount(rows, "row"))")
    }
    guard ask("drop \(Wording.lowerCount(plan.rowsDropped, "row"))?") else {
      throw Failure(.refused, "nothing was dropped", at: range)
    }
  }

  private func makePlan(
    _ syntax: SyncSyntax, at range: SourceRange
  ) throws(Failure) -> (SyncPlan, AlterRequest) {
    guard syntax.mode == .alter else {
      return (try makePlan(syntax.mode, at: range), AlterRequest([]))
    }
    try refresh(at: range)
    try validate()
    let request = try alterRequest(syntax, at: range)
    do {
      return (try Synchronizer.plan(request, driver: session.driver), request)
    } catch {
      throw Failure(error, at: range)
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

  /// A line that belongs to an error; `-q` leaves it in.
  func complain(_ line: String) {
    let sink = streams.messages()
    sink.write(line)
    sink.write("\n")
  }
}
