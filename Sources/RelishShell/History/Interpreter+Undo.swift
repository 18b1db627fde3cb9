import Glibc
import RelishDrivers
import RelishLanguage
import RelishModel

/// `undo`, `redo`, `history changes` (LANGUAGE.md §6).
extension Interpreter {
  func undo(_ count: Int?, at range: SourceRange) throws(Failure) {
    try requireWholeTransaction(at: range)
    for done in 0..<(count ?? 1) {
      guard let step = session.history.last else { throw nothingToUndo(after: done, at: range) }
      let lines = try take(step, back: true, at: range)
      session.history.didUndo(step)
      session.tell("undid: \(step.title)")
      for line in lines { session.tell(line) }
    }
  }

  func redo(_ count: Int?, at range: SourceRange) throws(Failure) {
    try requireWholeTransaction(at: range)
    for done in 0..<(count ?? 1) {
      guard let step = session.history.next else {
        throw Failure(
          .transaction, done == 0 ? "nothing to redo" : "nothing more to redo", at: range,
          hint: "`redo` does again what `undo` took back, until something else is changed")
      }
      let lines = try take(step, back: false, at: range)
      session.history.didRedo(step)
      session.tell("did again: \(step.title)")
      for line in lines { session.tell(line) }
    }
  }

  /// An error such as a full disk ends a transaction (lang_transaction.html), and what was done in it is
  /// gone; the history learns of it by `rollback`.
  private func requireWholeTransaction(at range: SourceRange) throws(Failure) {
    guard !session.driver.isInTransaction else { return }
    if session.trial != nil {
      throw Failure(
        .transaction, "the database has rolled back what was tried already", at: range,
        hint: "`end` ends the `try`")
    }
    if case .user = session.transaction {
      throw Failure(
        .transaction, "the database has rolled back the transaction already", at: range,
        hint: "`rollback` ends it")
    }
  }

  private func nothingToUndo(after done: Int, at range: SourceRange) -> Failure {
    let message = done == 0 ? "nothing to undo" : "nothing more to undo"
    if session.history.isAtBeginOfTransaction {
      return Failure(
        .transaction, "\(message) in this transaction", at: range,
        hint: "what was changed before it can be undone when it has ended")
    }
    if let reason = session.history.lost {
      return Failure(
        .transaction, "\(message): what was changed could not be kept (\(reason))", at: range)
    }
    return Failure(
      .transaction, message, at: range,
      hint: "what this session changes can be undone; `history changes` lists it")
  }

  private func take(
    _ step: HistoryStep, back: Bool, at range: SourceRange
  ) throws(Failure) -> [String] {
    if let change = step.change {
      return back
        ? try change.undo(in: session, at: range) : try change.redo(in: session, at: range)
    }
    try refresh(at: range)
    var changes: RowChanges
    let conflicts: [ChangeConflict]
    do {
      changes = try session.driver.rowChanges([step.rows])
      if back { changes = changes.inverted() }
      conflicts = try session.driver.apply(changes)
    } catch {
      throw Failure(error, at: range)
    }
    guard conflicts.isEmpty else {
      let words = ConflictWords(graph: session.graph)
      throw Failure(
        .conflict, "not \(back ? "undone" : "done again"): \(words.list(conflicts))", at: range,
        hint: "nothing was changed; the step was `\(step.statement)`")
    }
    return Wording.restored(changes.counts, again: !back, in: session.graph)
  }

  func showHistory(_ count: Int?, at range: SourceRange) {
    let history = session.history
    let limit = count ?? 50
    var steps: [(HistoryStep, isDone: Bool)] = []
    for end in history.undone.suffix(limit) {
      if let step = history.step(endingAt: end) { steps.append((step, false)) }
    }
    var end = history.position
    var number = 0
    while end > 0, let step = history.step(endingAt: end) {
      if steps.count < limit { steps.append((step, true)) }
      number += 1
      end = step.previous
    }
    number -= steps.count { $0.isDone }
    var rows: [[String]] = [["step", "time", "statement", "answer", "state"]]
    if number > 0 {
      session.tell("\(Wording.grouped(number)) earlier: `history changes N` shows more")
    }
    for (step, isDone) in steps.reversed() {
      number += 1
      rows.append([
        String(number), Self.timeOfDay(step.seconds), step.statement, step.answer,
        isDone ? "done" : "undone",
      ])
    }
    session.show(table: rows)
  }

  /// `14:03:59`, where the person is.
  private static func timeOfDay(_ seconds: Int) -> String {
    var (seconds, parts) = (time_t(seconds), tm())
    guard localtime_r(&seconds, &parts) != nil else { return "" }
    return [parts.tm_hour, parts.tm_min, parts.tm_sec]
      .map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
  }
}

extension HistoryStep {
  /// What the step did, else how it was said.
  var title: String { answer.isEmpty ? statement : answer }
}
