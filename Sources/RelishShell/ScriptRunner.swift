package import RelishLanguage

/// Runs statement after statement of a script, and shows what goes wrong (CLI.md "One script").
package struct ScriptRunner {
  let session: Session
  private let interpreter: Interpreter

  package init(_ session: Session) {
    self.session = session
    interpreter = Interpreter(session)
  }

  /// Runs until the end, the first error (unless `--keep-going`), or `quit`.
  ///
  /// Errors have been shown when it answers `.stopped`. With `--keep-going` the answer at the end is
  /// `.stopped` with the first error's status if there was one.
  package func run(_ reader: inout StatementReader) -> Outcome {
    var firstStatus: Int32?
    while !session.streams.isClosed {
      switch step(&reader) {
      case nil: return firstStatus.map { .stopped($0) } ?? .done
      case .done?: continue
      case .quit(let status)?: return .quit(status)
      case .stopped(let status)?:
        guard session.settings.keepsGoing, status != 3, status != 130 else {
          return .stopped(status)
        }
        firstStatus = firstStatus ?? status
      }
    }
    return .done
  }

  /// Runs the next statement; nil at the end of the script.
  private func step(_ reader: inout StatementReader) -> Outcome? {
    switch reader.next() {
    case .end: return nil
    case .failed(let diagnostic, let source):
      return stop(Failure(diagnostic), in: source)
    case .incomplete:
      return stop(Failure(reader.incompletion), in: reader.source())
    case .statement:
      if session.settings.echoes { session.echo(reader.source(), reader.range) }
      if !session.settings.showsTiming, session.trial?.isEnded != true {
        if session.templates.run(reader, in: session) { return .done }
        if let outcome = walkAgain(reader) { return outcome }
      }
      return timed { runStatement(&reader) }
    }
  }

  private func walkAgain(_ reader: StatementReader) -> Outcome? {
    do {
      return try interpreter.walkAgain(reader) ? .done : nil
    } catch {
      return stop(error, in: reader.source())
    }
  }

  private func runStatement(_ reader: inout StatementReader) -> Outcome {
    let source = reader.source()
    let range = reader.range
    do {
      let statement = try parse(reader)
      let outcome = try interpreter.run(statement, in: source, at: range)
      session.templates.learn(from: statement, reader, in: session)
      session.shapes.learn(from: statement, reader, in: session)
      return outcome
    } catch {
      return stop(error, in: source)
    }
  }

  private func parse(_ reader: StatementReader) throws(Failure) -> Statement {
    do { return try reader.parse() } catch { throw Failure(error) }
  }

  private func stop(_ failure: Failure, in source: SourceText) -> Outcome {
    session.streams.show(failure.diagnostic, in: failure.source ?? source)
    return .stopped(failure.exitStatus)
  }

  private func timed(_ body: () -> Outcome) -> Outcome {
    guard session.settings.showsTiming else { return body() }
    let start = Clock.monotonicSeconds()
    let outcome = body()
    let milliseconds = ((Clock.monotonicSeconds() - start) * 10_000).rounded() / 10
    session.tell("time: \(milliseconds) ms")
    return outcome
  }
}

extension StatementReader {
  /// The statement at hand, from its first word to its last.
  var range: SourceRange {
    guard let first = tokens.first, let last = tokens.last else { return .none }
    return first.range.union(last.range)
  }
}
