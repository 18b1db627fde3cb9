import RelishDrivers
import RelishLanguage

/// The interactive shell: reads lines until they make whole statements, runs them, goes on.
package struct Repl {
  private let session: Session
  private let reader: any LineReader

  package init(_ session: Session, reader: any LineReader) {
    self.session = session
    self.reader = reader
  }

  /// Runs until `quit` or the end of the input; answers the exit status.
  package func run() -> Int32 {
    session.ask = { question in
      session.streams.flush()
      return answersYes(question)
    }
    defer { session.ask = nil }
    if !session.settings.isQuiet { greet() }
    var text = ""
    while true {
      session.streams.flush()
      InterruptTarget.forget()
      switch reader.readLine(prompt: prompt(isContinued: !text.isEmpty), after: text) {
      case .interrupted:
        text = ""
      case .end:
        guard text.isEmpty else {
          text = ""
          continue
        }
        session.streams.messages().write("\n")
        if session.trial != nil {
          session.tell("a `try` is open: `end`, then `keep` or `drop`, or leave with `quit`")
          session.streams.flush()
          guard answersYes("leave and drop it?") else { continue }
          session.dropTry()
        }
        if case .user = session.transaction {
          session.tell("a transaction is open: `commit` or `rollback` first, or leave with `quit`")
          session.streams.flush()
          guard session.driver.isInTransaction, answersYes("leave and roll back?") else {
            continue
          }
          try? session.driver.rollback()
          session.transaction = .none
          session.tell("rolled back")
        }
        return 0
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        guard isComplete(text) else { continue }
        if !text.allSatisfy(\.isWhitespace) { reader.remember(text) }
        let statements = text
        text = ""
        if case .quit(let status) = runAll(statements) { return status ?? 0 }
      }
    }
  }

  /// Anything but a clear yes is no, Ctrl-C and Ctrl-D included.
  private func answersYes(_ question: String) -> Bool {
    guard case .line(let answer) = reader.readLine(prompt: question + " [y/N] ") else {
      return false
    }
    return ["y", "yes"].contains(answer.trimmingBlanks.lowercased())
  }

  /// Whether every statement of the text has come to its end.
  private func isComplete(_ text: String) -> Bool {
    var reader = StatementReader(name: "<input>", text: text)
    while true {
      switch reader.next() {
      case .incomplete: return false
      case .end, .failed: return true
      case .statement: continue
      }
    }
  }

  private func runAll(_ text: String) -> Outcome {
    var reader = StatementReader(name: "<input>", text: text)
    return ScriptRunner(session).run(&reader)
  }

  private func greet() {
    let place =
      session.driver.displayName == "memory"
      ? "in memory: what is made here goes when the shell ends" : session.driver.displayName
    session.tell("relish \(Version.text), \(place)")
    session.tell("`help` shows the language, Tab completes, Ctrl-D leaves")
  }

  /// CLI.md "Prompt".
  private func prompt(isContinued: Bool) -> String {
    if isContinued { return session.driver.displayName + "-> " }
    var prompt = session.driver.displayName
    if case .none = session.transaction {
      if session.isModelAhead { prompt += "~" }
    } else {
      prompt += session.driver.isInTransaction ? "*" : "!"
    }
    if let trial = session.trial { prompt += trial.isEnded ? "(keep or drop)" : "(try)" }
    if session.driver.isReadOnly { prompt += "(read-only)" }
    return prompt + "> "
  }
}

extension Session {
  /// Whether a `sync` would find something to do.
  var isModelAhead: Bool {
    withoutWaiting {
      guard let plan = try? syncPlan(.create) else { return false }
      return !plan.isEmpty
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: Substring {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
