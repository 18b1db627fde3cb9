import RelishDrivers
package import RelishLanguage
import RelishModel
import RelishSQL

/// What a statement asks of whoever reads the statements.
package enum Outcome: Sendable {
  case done
  /// `quit N`
  case quit(Int32?)
  /// A script within failed and has told why; the exit status it stands for.
  case stopped(Int32)
}

/// Carries out statements on a session: a switch, with one file per group of statements beside it.
package struct Interpreter {
  let session: Session

  package init(_ session: Session) { self.session = session }

  /// Runs one statement. Nothing of it stays when it fails.
  package func run(
    _ statement: Statement, in source: SourceText, at range: SourceRange
  ) throws(Failure) -> Outcome {
    try checkTry(statement, at: range)
    if case .declaration = statement {} else { session.sentencesBegan = nil }
    switch statement {
    case .declaration(let declaration):
      try declare(declaration, in: source, at: range)
    case .walk(let prefix, let query):
      do { try session.driver.beginSnapshot() } catch { throw Failure(error, at: range) }
      defer { session.driver.endSnapshot() }
      try refresh(at: range)
      try walk(prefix, query, in: source)
    case .write(let write):
      try refresh(at: range)
      try self.write(write, in: source, at: range)
    case .command(let command):
      return try run(command, in: source, at: range)
    }
    return .done
  }

  func refresh(at range: SourceRange) throws(Failure) {
    do { try session.refreshGraph() } catch { throw Failure(error, at: range) }
  }

  /// What must hold once the model is used: every `by` has found its relation (LANGUAGE.md §4).
  func validate() throws(Failure) {
    do { try session.builder.validate() } catch { throw Failure(error) }
  }

  private func declare(
    _ declaration: Declaration, in source: SourceText, at range: SourceRange
  ) throws(Failure) {
    do { try session.refreshGraphBetweenSentences() } catch { throw Failure(error, at: range) }
    let answer: DeclarationAnswer
    do {
      answer = try session.builder.declare(
        declaration, in: source, isQuiet: session.settings.isQuiet)
    } catch {
      throw Failure(error)
    }
    session.modelChanged()
    let change = session.builder.lastChange
    if !change.isEmpty { session.record(source, range, "", ModelStep(change)) }
    for fact in answer.facts { session.tell(fact) }
    for note in answer.notes { session.note(note, in: source) }
  }
}
