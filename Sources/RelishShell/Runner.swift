import Glibc
import RelishDrivers
import RelishLanguage
import RelishModel

/// A whole run of the program, from what the command line asked for to the exit status.
package enum Runner {
  /// `makeReader`: the line reader of the interactive shell, given the session for completion; asked
  /// for only when the shell is interactive.
  package static func run(
    _ invocation: Invocation, makeReader: (Session) -> any LineReader
  ) -> Int32 {
    let isTerminal = isatty(STDOUT_FILENO) == 1 && invocation.outputFile == nil
    let streams = Streams(
      output: ByteSink(descriptor: STDOUT_FILENO), errors: ByteSink(descriptor: STDERR_FILENO),
      isTerminal: isTerminal, color: usesColor(invocation.color))
    defer { streams.flush() }
    let driver: any Driver
    do {
      driver = try openDatabase(
        database(invocation), readOnly: invocation.readOnly, makesFile: !invocation.dryRun,
        isSafe: invocation.isSafe)
    } catch {
      streams.messages().write("relish: error: \(error.message)\n")
      return 3
    }
    let session = Session(driver: driver, streams: streams, settings: settings(invocation))
    for (name, text) in invocation.variables {
      session.variables[name] = .value(
        Parser.literal(from: text).map { ValueCheck.plain($0) } ?? .text(text))
    }
    if let path = invocation.outputFile {
      do {
        guard !invocation.dryRun else {
          session.tell("would write the answers to \(path)")
          return run(invocation, session, makeReader)
        }
        streams.redirect(to: try session.openForWriting(Located(path, at: .none)))
      } catch {
        streams.messages().write("relish: error: \(error.diagnostic.message)\n")
        return 2
      }
    }
    return run(invocation, session, makeReader)
  }

  private static func run(
    _ invocation: Invocation, _ session: Session, _ makeReader: (Session) -> any LineReader
  ) -> Int32 {
    let readsInput =
      (invocation.parts.isEmpty || invocation.readsInputAfterParts) && !invocation.isInteractive
    let isAtTerminal = isatty(STDIN_FILENO) == 1 && !invocation.isBatch
    let isShell = invocation.isInteractive || (readsInput && isAtTerminal)
    var parts = invocation.parts
    if readsInput, !isAtTerminal { parts.append(.file("-")) }
    do {
      if invocation.singleTransaction || invocation.dryRun {
        try session.driver.begin()
        session.transaction = .script(hasUserSavepoint: false)
        session.history.beginTransaction()
      }
    } catch {
      session.streams.messages().write("relish: error: \(error.message)\n")
      return 1
    }
    var outcome = Outcome.done
    if let file = initFile(invocation, isShell: isShell) { outcome = run(.file(file), session) }
    var firstStatus: Int32?
    for part in parts {
      // All parts are one script: what `-k` does not stop for in one does not keep the next from running.
      if case .stopped(let status) = outcome, session.settings.keepsGoing, status != 3,
        status != 130
      {
        firstStatus = firstStatus ?? status
        outcome = .done
      }
      guard case .done = outcome else { break }
      outcome = run(part, session)
    }
    if case .done = outcome, let firstStatus { outcome = .stopped(firstStatus) }
    if case .quit(let status) = outcome { return end(invocation, session, status ?? 0) }
    if isShell {
      let status = Repl(session, reader: makeReader(session)).run()
      return end(invocation, session, status)
    }
    if case .stopped(let status) = outcome { return end(invocation, session, status) }
    return end(invocation, session, 0)
  }

  private static func run(_ part: Invocation.Part, _ session: Session) -> Outcome {
    switch part {
    case .text(let text, let name):
      var reader = StatementReader(name: name, text: text)
      return ScriptRunner(session).run(&reader)
    case .file(let path):
      guard let input = path == "-" ? FileInput(descriptor: STDIN_FILENO) : FileInput(path: path)
      else {
        session.streams.messages()
          .write("relish: error: `\(path)` cannot be read: \(FileInput.lastError())\n")
        return .stopped(2)
      }
      var reader = StatementReader(name: path == "-" ? "<stdin>" : path, more: input.read)
      session.readsScriptFromInput = path == "-"
      defer { session.readsScriptFromInput = false }
      session.scriptFolders.append(path == "-" ? "" : FileInput.folder(of: path))
      defer { session.scriptFolders.removeLast() }
      return ScriptRunner(session).run(&reader)
    }
  }

  /// Ends the script's transaction: `-1` keeps it when all went well, `-n` never does. One that the
  /// script itself left open is taken back, with exit status 1 (CLI.md "One script").
  private static func end(
    _ invocation: Invocation, _ session: Session, _ status: Int32
  ) -> Int32 {
    var status = status
    let driver = session.driver
    if session.trial != nil {
      session.dropTry()
      session.streams.messages().write(
        "relish: error: a `try` was still open and has been dropped\n")
      if status == 0 { status = 1 }
    }
    switch session.transaction {
    case .none: break
    case .user:
      if driver.isInTransaction { try? driver.rollback() }
      session.streams.messages().write(
        "relish: error: a transaction was still open and has been rolled back\n")
      if status == 0 { status = 1 }
    case .script(let hasUserSavepoint):
      do {
        if status == 0, !invocation.dryRun, !hasUserSavepoint {
          try driver.commit()
        } else {
          if driver.isInTransaction { try driver.rollback() }
          session.tell(
            invocation.dryRun
              ? "dry run: nothing was changed" : "rolled back: nothing of the script stays")
          if hasUserSavepoint, status == 0, !invocation.dryRun { status = 1 }
        }
      } catch {
        session.streams.messages().write("relish: error: \(error.message)\n")
        status = 1
      }
    }
    if status == 0, invocation.checks { status = Interpreter(session).checkAtEnd() }
    session.streams.flush()
    if let failure = session.streams.output.failure {
      session.streams.messages().write(
        "relish: error: writing failed: \(String(cString: strerror(failure)))\n")
      if status == 0 { status = 1 }
    }
    session.streams.redirect(to: nil)
    session.streams.flush()
    driver.close()
    // The process ends: to take a large model apart first would only take time.
    _ = Unmanaged.passRetained(Remains(builder: session.builder, schema: session.schemaRead))
    return status
  }

  private final class Remains {
    let builder: GraphBuilder
    let schema: Schema

    init(builder: GraphBuilder, schema: Schema) {
      self.builder = builder
      self.schema = schema
    }
  }

  private static func settings(_ invocation: Invocation) -> Settings {
    var settings = Settings()
    settings.format = invocation.format
    settings.showsHeader = invocation.showsHeader
    settings.nullText = invocation.nullText
    settings.isQuiet = invocation.isQuiet
    settings.echoes = invocation.echoes
    settings.showsTiming = invocation.timing
    settings.keepsGoing = invocation.keepsGoing
    settings.answersYes = invocation.answersYes
    settings.isSafe = invocation.isSafe
    settings.checksOnly = invocation.dryRun
    settings.showsProgress =
      isatty(STDERR_FILENO) == 1 && !invocation.isBatch && environment("TERM") != "dumb"
    return settings
  }

  /// rc files are read by the interactive shell alone, unless `--init` names one (CLI.md "Files").
  private static func initFile(_ invocation: Invocation, isShell: Bool) -> String? {
    if let file = invocation.initFile { return file }
    guard isShell, !invocation.skipsInit else { return nil }
    let path =
      environment("RELISH_RC")
      ?? (environment("XDG_CONFIG_HOME") ?? environment("HOME").map { $0 + "/.config" })
      .map { $0 + "/relish/relishrc" }
    guard let path, access(path, R_OK) == 0 else { return nil }
    return path
  }

  /// CLI.md: the argument or `-d`, else the environment; nil: in memory.
  static func database(_ invocation: Invocation) -> String? {
    invocation.database ?? environment("RELISH_DATABASE") ?? environment("DATABASE_URL")
  }

  /// CLI.md "Environment"; https://no-color.org, https://bixense.com/clicolors.
  private static func usesColor(_ choice: Invocation.ColorChoice) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      if environment("NO_COLOR") != nil { return false }
      for name in ["FORCE_COLOR", "CLICOLOR_FORCE"] {
        if let value = environment(name), value != "0" { return true }
      }
      return isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb"
    }
  }

  /// A variable of the environment; nil when it is not set or empty.
  package static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
