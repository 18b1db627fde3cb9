import RelishDrivers
import RelishLanguage
import RelishModel

/// What is known of an open `try … end`.
struct TryBlock {
  static let savepoint = "relish_try"
  /// Where its rows begin in the log.
  let start: Int
  /// It began a transaction; false: it is a savepoint in the one that was open.
  let ownsTransaction: Bool
  let builder: GraphBuilder
  /// `end` was said: only `keep` and `drop` are understood.
  var isEnded = false
}

/// `try … end`, then `keep` or `drop`: statements that run in a savepoint, so that what they change
/// can be looked at first.
extension Interpreter {
  func beginTry(at range: SourceRange) throws(Failure) {
    guard session.trial == nil else {
      throw Failure(
        .transaction, "a `try` is open already", at: range,
        hint: "`end` shows what it changed, then `keep` or `drop`")
    }
    let driver = session.driver
    let isNested = driver.isInTransaction
    do {
      if isNested { try driver.savepoint(TryBlock.savepoint) } else { try driver.begin() }
    } catch {
      throw Failure(error, at: range)
    }
    session.history.beginTransaction()
    session.trial = TryBlock(
      start: session.history.log.end, ownsTransaction: !isNested, builder: session.builder)
    session.tell("trying: `end` shows what differs, then `keep` or `drop`")
  }

  func endTry(at range: SourceRange) throws(Failure) {
    guard let trial = session.trial else { throw noTry(at: range) }
    guard session.driver.isInTransaction else {
      session.dropTry()
      throw Failure(
        .transaction, "the database has rolled back what was tried already", at: range)
    }
    try refresh(at: range)
    let changes: RowChanges
    do {
      changes = try session.driver.rowChanges(session.history.rows(since: trial.start))
    } catch {
      throw Failure(error, at: range)
    }
    session.trial?.isEnded = true
    let report = RowDifference(changes, in: session.graph)
    if !changes.isEmpty { session.show(table: report.table) }
    for line in report.summary { session.tell(line) }
    session.tell("`keep` or `drop`?")
  }

  func keepTry(at range: SourceRange) throws(Failure) {
    let trial = try endedTry(at: range)
    do {
      if trial.ownsTransaction {
        try session.driver.commit()
      } else {
        try session.driver.release(savepoint: TryBlock.savepoint)
      }
    } catch {
      throw Failure(error, at: range)
    }
    session.history.commitTransaction()
    session.trial = nil
    session.tell("kept")
  }

  func dropTry(at range: SourceRange) throws(Failure) {
    _ = try endedTry(at: range)
    session.dropTry()
    session.tell("dropped: nothing of it stays")
  }

  private func endedTry(at range: SourceRange) throws(Failure) -> TryBlock {
    guard let trial = session.trial else { throw noTry(at: range) }
    guard trial.isEnded else {
      throw Failure(
        .transaction, "the `try` has not ended", at: range,
        hint: "`end` shows what it changed, then `keep` or `drop`")
    }
    return trial
  }

  private func noTry(at range: SourceRange) -> Failure {
    Failure(
      .transaction, "no `try` is open", at: range,
      hint: "`try` begins one; `drop Tag` drops a model, `commit` ends a transaction")
  }

  /// What may be said while a `try` is open, and between its `end` and `keep` or `drop`.
  func checkTry(_ statement: Statement, at range: SourceRange) throws(Failure) {
    guard let trial = session.trial else { return }
    guard case .command(let command) = statement else {
      if trial.isEnded { throw undecided(at: range) }
      return
    }
    switch command {
    case .keep, .drop, .quit, .help: return
    case .begin, .commit, .rollback, .open:
      throw Failure(
        .transaction, "a `try` is open", at: range,
        hint: "`end` shows what it changed, then `keep` or `drop`")
    default: if trial.isEnded { throw undecided(at: range) }
    }
  }

  private func undecided(at range: SourceRange) -> Failure {
    Failure(
      .transaction, "say `keep` or `drop` first", at: range,
      hint: "`keep` makes what was tried stay, `drop` takes it back")
  }
}

extension Session {
  /// Takes back everything since `try`, sentences about models included.
  func dropTry() {
    guard let trial else { return }
    if trial.ownsTransaction {
      if driver.isInTransaction { try? driver.rollback() }
    } else if driver.isInTransaction {
      try? driver.rollback(to: TryBlock.savepoint)
      try? driver.release(savepoint: TryBlock.savepoint)
    }
    history.dropTransaction()
    builder = trial.builder
    self.trial = nil
    modelChanged()
    try? refreshGraph()
  }
}
