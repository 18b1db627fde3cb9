import RelishDrivers
import RelishLanguage

/// `begin`, `commit`, `rollback` (LANGUAGE.md §6). Under `-1` and `-n` the script is one transaction
/// already, and `begin` inside it is a savepoint.
extension Interpreter {
  private var userSavepoint: String { "relish_user" }

  func begin(at range: SourceRange) throws(Failure) {
    switch session.transaction {
    case .none:
      try database(at: range) { () throws(DriverError) in try session.driver.begin() }
      session.transaction = .user
      session.history.beginTransaction()
      session.tell("began a transaction")
    case .script(hasUserSavepoint: false):
      try database(at: range) { () throws(DriverError) in
        try session.driver.savepoint(userSavepoint)
      }
      session.transaction = .script(hasUserSavepoint: true)
      session.history.beginTransaction()
      session.tell("began a savepoint in the script's transaction")
    case .user, .script(hasUserSavepoint: true):
      throw Failure(
        .transaction, "a transaction is open already", at: range,
        hint: "`commit` keeps it, `rollback` takes it back")
    }
  }

  func commit(at range: SourceRange) throws(Failure) {
    try requireOpen(at: range)
    try database(at: range) { () throws(DriverError) in
      switch session.transaction {
      case .user:
        try session.driver.commit()
        session.transaction = .none
        session.tell("committed")
      case .script:
        try session.driver.release(savepoint: userSavepoint)
        session.transaction = .script(hasUserSavepoint: false)
        session.tell("kept until the script's transaction ends")
      case .none: break
      }
    }
    session.history.commitTransaction()
  }

  func rollback(at range: SourceRange) throws(Failure) {
    try requireOpen(at: range)
    try database(at: range) { () throws(DriverError) in
      switch session.transaction {
      case .user:
        if session.driver.isInTransaction { try session.driver.rollback() }
        session.transaction = .none
      case .script:
        try session.driver.rollback(to: userSavepoint)
        try session.driver.release(savepoint: userSavepoint)
        session.transaction = .script(hasUserSavepoint: false)
      case .none: break
      }
    }
    session.history.rollbackTransaction()
    session.tell("rolled back")
  }

  private func requireOpen(at range: SourceRange) throws(Failure) {
    switch session.transaction {
    case .user, .script(hasUserSavepoint: true): return
    case .none, .script(hasUserSavepoint: false):
      throw Failure(
        .transaction, "no transaction is open", at: range, hint: "`begin` opens one")
    }
  }

  private func database(
    at range: SourceRange, _ body: () throws(DriverError) -> Void
  ) throws(Failure) {
    do { try body() } catch { throw Failure(error, at: range) }
  }
}
