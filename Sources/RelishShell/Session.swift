package import RelishDrivers
package import RelishLanguage
package import RelishModel

/// What a shell knows while it runs: data, and the few questions everybody asks of it.
package final class Session {
  package var driver: any Driver
  package var builder: GraphBuilder
  package var variables: [String: Variable] = [:]
  package var settings: Settings
  package let streams: Streams
  package var transaction = TransactionState.none
  /// Folder that relative paths of `run` start from; nil: the working directory.
  package var scriptFolders: [String] = []
  /// The script at hand comes from standard input, so no statement of it can read that.
  package var readsScriptFromInput = false
  /// Grows whenever models, variables of statements kept ready, or the database may have changed.
  package private(set) var epoch = 0
  private var schemaVersionRead: Int64?
  /// The tables as they were read last.
  private(set) var schemaRead = Schema()
  /// Puts a question to the person at the prompt; nil where nobody is there to answer.
  package var ask: ((String) -> Bool)?
  let templates = InsertTemplates()
  let shapes = WalkShapes()
  let clock = Clock()
  let history: ChangeHistory
  /// The `try` that is open.
  var trial: TryBlock?

  /// - Parameter changeLog: where the changes are kept that `undo` takes back.
  package init(
    driver: any Driver, streams: Streams, settings: Settings = Settings(),
    changeLog: ChangeLog = ChangeLog()
  ) {
    history = ChangeHistory(log: changeLog)
    self.driver = driver
    self.streams = streams
    self.settings = settings
    builder = GraphBuilder()
    driver.changeLog = history.log
  }

  /// Whose transaction is open.
  package enum TransactionState: Sendable {
    case none
    /// `begin` was said.
    case user
    /// `-1` or `-n`: the whole script is one transaction; `begin` inside is a savepoint.
    case script(hasUserSavepoint: Bool)
  }

  package var graph: ModelGraph { builder.graph }

  /// Reads the tables that are there when they have changed since they were read last (LANGUAGE.md
  /// §3: a model goes on from what the database knows of it).
  package func refreshGraph() throws(DriverError) {
    let version = try driver.schemaVersion()
    guard version != schemaVersionRead else { return }
    schemaRead = try driver.inspect()
    builder.read(schemaRead)
    schemaVersionRead = version
    epoch += 1
  }

  /// When the first of the sentences that follow each other asked for the tables, on a clock that never
  /// goes back; nil after any other statement.
  var sentencesBegan: Double?

  /// The same for a sentence about models. Sentences that follow each other at once ask once: a person's
  /// are further apart, and a script that another program raced against could have lost by as much.
  func refreshGraphBetweenSentences() throws(DriverError) {
    let now = Clock.monotonicSeconds()
    if let began = sentencesBegan, now - began < 0.02 { return }
    try refreshGraph()
    sentencesBegan = now
  }

  /// The tables are read anew even where the database's counter says that they are the same ones.
  func forgetSchema() {
    schemaVersionRead = nil
    epoch += 1
  }

  /// Runs `body` so that a lock of another program fails it at once: a prompt is not to wait.
  func withoutWaiting<Result>(_ body: () -> Result) -> Result {
    let limit = driver.busyLimit
    driver.busyLimit = 0
    defer { driver.busyLimit = limit }
    return body()
  }

  /// To be called after a sentence changed the model: statements kept ready are made anew.
  package func modelChanged() { epoch += 1 }

  /// Closes the database at hand and goes on with `driver`; models that were read from the old one go.
  package func connect(to driver: any Driver) {
    driver.timeLimit = self.driver.timeLimit
    driver.busyLimit = self.driver.busyLimit
    self.driver.close()
    history.end()
    self.driver = driver
    driver.changeLog = history.log
    schemaVersionRead = nil
    epoch += 1
  }

  /// A line about what a statement did; `-q` leaves it out.
  package func tell(_ line: String) {
    guard !settings.isQuiet else { return }
    let sink = streams.messages()
    sink.write(line)
    sink.write(byte: 0x0A)
  }

  /// `-e`: the statement as read, before it runs; `> ` before each of its lines sets it off from
  /// the answers, so that the whole reads as a session.
  func echo(_ source: SourceText, _ range: SourceRange) {
    let sink = streams.messages()
    for line in source.text(in: range).split(separator: "\n", omittingEmptySubsequences: false) {
      sink.write("> \(line)\n")
    }
  }

  /// A note under its sentence; `-q` leaves it out.
  package func note(_ diagnostic: Diagnostic, in source: SourceText) {
    guard !settings.isQuiet else { return }
    tell("\(diagnostic.severity.rawValue): \(diagnostic.message)")
    if let hint = diagnostic.hint { tell("  hint: \(hint)") }
  }
}
