import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

extension Interpreter {
  /// Changes rows and tells what happened.
  func write(
    _ write: WriteSyntax, in source: SourceText, at range: SourceRange
  ) throws(Failure) {
    try validate()
    let writer = RowWriter(session: session, range: range, source: source)
    if case .delete(let all, let query, isPreview: true) = write {
      return try preview(try writer.preview(all: all, query))
    }
    let start = session.history.log.end
    let answer = try atomically(at: range) { () throws(Failure) -> [String] in
      try lines(of: write, by: writer)
    }
    session.record(source, range, answer.first ?? "", rowsFrom: start)
    for line in answer { session.tell(line) }
  }

  private func lines(of write: WriteSyntax, by writer: RowWriter) throws(Failure) -> [String] {
    switch write {
    case .create(let syntax):
      return [Wording.created(try writer.create(syntax))]
    case .set(let all, let query, let assignments):
      return [tell("changed", try writer.set(all: all, query, assignments))]
    case .delete(let all, let query, _):
      return [tell("deleted", try writer.delete(all: all, query))]
    case .add(let rows, let place, let assignments):
      let (line, notes) = try writer.add(rows, to: place, assignments)
      return [line] + notes.map { "note: " + $0 }
    case .remove(let rows, let place):
      return [try writer.remove(rows, from: place)]
    }
  }

  private func tell(_ verb: String, _ changed: Changed) -> String {
    var line = "\(verb) \(Wording.count(changed.count, changed.model.name))"
    if changed.added > 0 { line += ", added \(changed.added)" }
    if changed.removed > 0 { line += ", removed \(changed.removed)" }
    guard let effects = Wording.effects(changed.summary, in: session.graph) else { return line }
    return "\(line) (and \(effects))"
  }

  /// Runs `body` so that either all of it stays or nothing: a transaction of its own, or a savepoint
  /// in the one that is open.
  func atomically<Result>(
    at range: SourceRange, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let driver = session.driver
    let savepoint = "relish_statement"
    let mark = session.history.mark
    let isNested = driver.isInTransaction
    do {
      if isNested { try driver.savepoint(savepoint) } else { try driver.begin() }
    } catch {
      throw Failure(error, at: range)
    }
    let wasWhole = !driver.hasOpenForeignKeys
    let result: Result
    do {
      result = try body()
      if wasWhole { try confirmCommit(at: range) }
    } catch {
      // The statement's own complaint matters; a database that has rolled back already says so too.
      if isNested {
        try? driver.rollback(to: savepoint)
        try? driver.release(savepoint: savepoint)
      } else if driver.isInTransaction {
        try? driver.rollback()
      }
      session.history.go(to: mark)
      throw error
    }
    do {
      if isNested { try driver.release(savepoint: savepoint) } else { try driver.commit() }
    } catch {
      if !isNested, driver.isInTransaction { try? driver.rollback() }
      session.history.go(to: mark)
      throw Failure(error, at: range)
    }
    return result
  }

  /// `-n`: a statement that only its commit would refuse, by a key that is checked no sooner, is refused
  /// although none comes.
  private func confirmCommit(at range: SourceRange) throws(Failure) {
    guard case .script(hasUserSavepoint: false) = session.transaction,
      session.settings.checksOnly, session.driver.hasOpenForeignKeys
    else { return }
    throw Failure(DriverError(.foreignKey, ""), at: range)
  }
}
