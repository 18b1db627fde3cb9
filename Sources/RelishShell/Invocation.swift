/// What the command line asked for, free of how it was written (CLI.md).
package struct Invocation: Sendable {
  /// One part of the script; all parts are one script in one session, in order.
  package enum Part: Sendable {
    /// `-c TEXT` or the statements argument; `name` stands in error positions.
    case text(String, name: String)
    /// `-f FILE`; "-" is standard input.
    case file(String)
  }
  /// Of `--color`.
  package enum ColorChoice: String, Sendable, CaseIterable { case auto, always, never }

  package var parts: [Part] = []
  /// As given; nil: in memory.
  package var database: String?
  package var isInteractive = false
  package var variables: [(name: String, text: String)] = []
  package var keepsGoing = false
  package var singleTransaction = false
  package var dryRun = false
  /// `--check`: at the end, exit 5 if the model and the database differ.
  package var checks = false
  package var readOnly = false
  package var isQuiet = false
  package var echoes = false
  package var timing = false
  package var skipsInit = false
  package var initFile: String?
  package var outputFile: String?
  /// nil: table on a terminal, tsv elsewhere.
  package var format: String?
  package var showsHeader = true
  package var nullText: String?
  package var color = ColorChoice.auto
  package var answersYes = false
  package var isSafe = false
  /// `-cmd`: after the parts, go on as if there had been none.
  package var readsInputAfterParts = false
  /// `-batch`: no prompt and no questions, even at a terminal.
  package var isBatch = false

  package init() {}
}
