package import RelishDrivers
package import RelishLanguage

/// Why a statement ended badly: the diagnostic to print and the exit status it stands for (CLI.md).
package struct Failure: Error, Sendable {
  package var diagnostic: Diagnostic
  /// What the diagnostic's range counts in, where that is not the statement: a line of an imported file.
  package var source: SourceText?

  package init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  package init(
    _ code: Diagnostic.Code, _ message: String, at range: SourceRange, hint: String? = nil
  ) {
    diagnostic = Diagnostic(code, message, at: range, hint: hint)
  }

  /// CLI.md "Exit status".
  package var exitStatus: Int32 {
    switch diagnostic.code {
    case .connection: 3
    case .expectation: 4
    case .differs: 5
    case .refused: 6
    case .interrupted: 130
    default: 1
    }
  }
}

extension Failure {
  /// A database's complaint as a diagnostic about the statement in `range`.
  ///
  /// Complaints that need the model to be told well (unique, foreign keys) are phrased by the row
  /// writers before they come here.
  package init(_ error: DriverError, at range: SourceRange) {
    switch error.kind {
    case .connection:
      self.init(.connection, error.message, at: range)
    case .interrupted:
      self.init(.interrupted, "interrupted", at: range)
    case .timeLimit:
      self.init(
        .timeLimit, "stopped, as it ran longer than `set timeout` allows", at: range,
        hint: "`explain` tells what takes the time, `set timeout off` waits")
    case .busy:
      self.init(
        .database, error.message, at: range,
        hint: "try again when the other program has finished; `set busy 60` waits for it longer")
    case .readOnly:
      self.init(.database, error.message, at: range)
    case .file:
      self.init(.file, error.message, at: range)
    case .full:
      self.init(.database, "no room is left on the disk", at: range)
    case .corrupt:
      self.init(
        .database, "the database is damaged: \(error.message)", at: range,
        hint:
          "`restore \"FILE\"` puts a backup in its place, and the sqlite3 shell's `.recover` saves what "
          + "can be read")
    case .unique(let table, let columns):
      let names = columns.map { "`\($0)`" }.joined(separator: ", ")
      self.init(.constraint, "another row of `\(table)` has the same \(names)", at: range)
    case .notNull(let table, let column):
      self.init(.constraint, "`\(column)` of `\(table)` must not be null", at: range)
    case .check(let what):
      self.init(.constraint, "the check `\(what)` fails", at: range)
    case .foreignKey:
      self.init(.constraint, "a row that is pointed to is missing, or still needed", at: range)
    case .other:
      if let failure = Failure.missing(error.message, at: range) {
        self = failure
      } else {
        self.init(.database, "the database says: \(error.message)", at: range)
      }
    }
  }

  /// A table or column that the model has and the database lacks (LANGUAGE.md §9 Database).
  private static func missing(_ message: String, at range: SourceRange) -> Failure? {
    // What was read as U+FFFD is not what the database would have to be asked for.
    if message.unicodeScalars.contains("\u{FFFD}") {
      return Failure(
        .database, "a name in the database is not in UTF-8: \(message)", at: range,
        hint: "rename it with the program that made it; the rest of the database can be used")
    }
    if let table = message.suffix(after: "no such table: ") {
      return Failure(
        .needsSync, "table `\(table)` is not in the database yet", at: range,
        hint: "`sync` creates it")
    }
    let column =
      message.suffix(after: "no such column: ") ?? message.suffix(after: "has no column named ")
    guard let column else { return nil }
    let name = column.split(separator: ".").last.map(String.init) ?? column
    return Failure(
      .needsSync, "column `\(name)` is not in the database yet", at: range,
      hint: "`sync` says how the table differs, `sync alter` changes it and keeps its rows")
  }
}

extension String {
  /// What stands after the first occurrence of `marker`, or nil.
  fileprivate func suffix(after marker: String) -> String? {
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix(marker) { return String(rest.dropFirst(marker.count)) }
      rest.removeFirst()
    }
    return nil
  }
}
