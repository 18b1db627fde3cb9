/// What `set NAME VALUE` and the options change for the rest of a session.
package struct Settings: Sendable {
  /// A row of `OutputFormat.all`; nil: table on a terminal, tsv elsewhere.
  package var format: String?
  package var showsHeader = true
  /// What stands for null in formats for people; nil: the format's own.
  package var nullText: String?
  package var isQuiet = false
  package var echoes = false
  package var showsTiming = false
  package var keepsGoing = false
  package var answersYes = false
  /// `-n`: walks are checked and not run.
  package var checksOnly = false
  /// Long work tells how far it is: somebody looks at standard error.
  package var showsProgress = false
  /// `set backup off`: none is taken before rows go.
  package var takesBackups = true
  /// `--safe`: no files, no programs, no other database.
  package var isSafe = false

  package init() {}
}
