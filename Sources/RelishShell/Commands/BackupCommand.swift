import Glibc
import RelishDrivers
import RelishLanguage

/// `backup "file"` and `restore "file"`: the whole database to a file and back, while other programs go on.
extension Interpreter {
  func backUp(to file: Located<String>, at range: SourceRange) throws(Failure) {
    try session.refuseFilesWhenSafe(at: file.range)
    let driver = session.driver
    let isThere = access(file.value, F_OK) == 0
    if isThere { try session.confirmReplacing(file) }
    guard !session.settings.checksOnly else {
      return session.tell("would back up \(driver.displayName) to \(file.value)")
    }
    if driver.isInTransaction, driver.path == nil {
      throw Failure(
        .transaction, "a database in memory cannot be backed up inside a transaction", at: range,
        hint: "`commit` or `rollback` first")
    }
    do {
      try session.copyDatabase(to: file.value, mode: Self.mode(of: driver.path))
    } catch {
      throw Failure(error, at: file.range)
    }
    let moment = driver.isInTransaction ? ", as it was before the transaction" : ""
    session.tell("backed up \(driver.displayName) to \(file.value)\(moment)")
  }

  /// The copy may be read by those who may read the database.
  private static func mode(of database: String?) -> UInt32 {
    var status = stat()
    guard let database, stat(database, &status) == 0 else { return 0o644 }
    return status.st_mode & 0o666
  }

  func restore(from file: Located<String>, at range: SourceRange) throws(Failure) {
    try session.refuseFilesWhenSafe(at: file.range)
    guard !session.driver.isReadOnly else {
      throw Failure(DriverError(.readOnly, "the database is open for reading only"), at: range)
    }
    let source: any Driver
    let found: DatabaseContents
    let before: DatabaseContents?
    do throws(DriverError) {
      let bar = Progress("checking", .bytes, in: session)
      defer { bar.finish() }
      source = try openBackup(file.value, besides: session.driver.path) { bar.wait() }
      found = try source.contents()
      before = try contentsUnlessDamaged()
    } catch {
      var failure = Failure(error, at: file.range)
      failure.diagnostic.hint = failure.diagnostic.hint ?? FileCandidates.hint(for: file.value)
      throw failure
    }
    defer { source.close() }
    guard !session.settings.checksOnly else {
      return session.tell("would restore \(words(found)) from \(file.value) over \(words(before))")
    }
    guard !session.driver.isInTransaction else {
      throw Failure(
        .transaction, "a transaction is open", at: range,
        hint: "`commit` or `rollback` it before the database is replaced")
    }
    let isLoss = before?.rows != 0
    if isLoss, let ask = session.ask, !session.settings.answersYes {
      guard ask("replace \(words(before)) by \(words(found))?") else {
        throw Failure(.refused, "nothing was restored", at: range)
      }
    }
    if isLoss { try session.takeSafetyBackup(at: range) }
    do throws(DriverError) {
      try replaceContent(by: source)
    } catch {
      throw Failure(error, at: file.range)
    }
    session.history.end()
    session.tell("restored \(words(found)) from \(file.value) (before: \(words(before)))")
    try refresh(at: range)
    session.modelChanged()
  }

  /// A database in memory cannot change the size of its pages: a new one takes its place.
  private func replaceContent(by source: any Driver) throws(DriverError) {
    let bar = Progress("restoring", .bytes, in: session)
    defer { bar.finish() }
    let driver = session.driver
    let target = driver.path == nil ? try openDatabase(":memory:", readOnly: false) : driver
    let pageSize = try source.pageSize()
    try target.restore(from: source) { done, total in
      bar.update(done: done, of: total, count: done * pageSize)
    }
    if driver.path == nil { session.connect(to: target) }
    session.forgetSchema()
    session.history.lose("`restore` has replaced the database")
  }

  /// nil for a database that is damaged: the best reason to put a backup in its place.
  private func contentsUnlessDamaged() throws(DriverError) -> DatabaseContents? {
    do throws(DriverError) {
      return try session.driver.contents()
    } catch {
      if case .corrupt = error.kind { return nil }
      throw error
    }
  }

  private func words(_ contents: DatabaseContents?) -> String {
    guard let contents else { return "a damaged database" }
    return Wording.lowerCount(contents.tables, "table") + ", "
      + Wording.lowerCount(contents.rows, "row")
  }
}

extension Session {
  /// Takes a copy before rows go, and tells how to have them back; says so when there is none to take.
  func takeSafetyBackup(at range: SourceRange) throws(Failure) {
    guard settings.takesBackups else { return }
    guard driver.path != nil else {
      return tell("no backup was taken: the database is in memory only")
    }
    try SafetyBackup.take(self, at: range)?.tell(self)
  }

  /// CLI.md "Consent": a file is replaced by nobody's leave but a person's, at the prompt or by `-y`.
  func confirmReplacing(_ file: Located<String>) throws(Failure) {
    guard !settings.answersYes else { return }
    guard let ask else {
      throw Failure(
        .refused, "`\(file.value)` exists already", at: file.range,
        hint: "`-y` lets it be replaced")
    }
    guard ask("replace \(file.value)?") else {
      throw Failure(.refused, "`\(file.value)` was left as it is", at: file.range)
    }
  }
}
