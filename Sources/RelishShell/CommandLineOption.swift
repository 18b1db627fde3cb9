/// One option of the `relish` command (CLI.md): its names, its value, its line of help.
///
/// The parser of the command line, `relish -h`, and the completion scripts read the same rows.
package struct CommandLineOption: Sendable {
  /// What may stand for an option's value, for completion.
  package enum Value: Sendable {
    case text, file
    case words(@Sendable () -> [String])
  }

  /// Under which heading help lists it.
  package enum Group: String, Sendable, CaseIterable {
    case script = "What to run"
    case output = "Output"
    case rules = "How to run it"
    case about = "About relish"
    /// Accepted for fingers and scripts of the sqlite3 shell; not in help.
    case hidden = ""
  }

  package let group: Group
  /// `-F`, `--format` and further spellings, those of the sqlite3 shell with their single dash.
  package let names: [String]
  /// The placeholder of the value, `FILE`; nil for a flag.
  package let placeholder: String?
  package let value: Value
  package let summary: String

  /// The long name without its dashes, by which the rest of the program knows the option.
  package var key: String {
    String((names.first { $0.hasPrefix("--") } ?? names.first ?? "").drop { $0 == "-" })
  }

  /// The row that has this key.
  package static func named(_ key: String) -> CommandLineOption? { all.first { $0.key == key } }

  private static func flag(_ group: Group, _ names: String, _ summary: String) -> Self {
    Self(
      group: group, names: names.split(separator: " ").map(String.init), placeholder: nil,
      value: .text, summary: summary)
  }

  private static func option(
    _ group: Group, _ names: String, _ placeholder: String, _ value: Value, _ summary: String
  ) -> Self {
    Self(
      group: group, names: names.split(separator: " ").map(String.init), placeholder: placeholder,
      value: value, summary: summary)
  }

  package static let all = script + formats + rest

  private static let script: [CommandLineOption] = [
    option(.script, "-c --command", "TEXT", .text, "run TEXT and leave; again and again, in order"),
    option(.script, "-f --file", "FILE", .file, "run FILE and leave; `-` is standard input"),
    flag(.script, "-i --interactive -interactive", "stay in the shell after -c and -f"),
    option(.script, "-d --database", "URL", .file, "the database, where no argument names it"),
    option(.script, "-v --set", "NAME=VALUE", .text, "a variable, used as $NAME"),
    option(
      .output, "-F --format", "NAME", .words { OutputFormat.all.map(\.name) },
      "how rows are written; each format is an option too"),
  ]

  private static let formats = OutputFormat.all.map { format in
    flag(.output, format.options.joined(separator: " "), format.summary)
  }

  private static let rest: [CommandLineOption] = [
    option(.output, "-o --output", "FILE", .file, "write rows to FILE"),
    flag(.output, "-t --tuples-only --no-header -noheader", "rows without a header"),
    option(.output, "--null -nullvalue", "TEXT", .text, "what stands for null"),
    option(
      .output, "--color", "WHEN", .words { Invocation.ColorChoice.allCases.map(\.rawValue) },
      "auto, always or never"),
    flag(.output, "-q --quiet", "no answers to writes, no notes"),
    flag(.output, "-e --echo -echo", "print each statement before it runs"),
    flag(.output, "--timing", "tell how long each statement took"),

    flag(.rules, "-k --keep-going", "do not stop at the first error"),
    flag(.rules, "-1 --single-transaction", "everything or nothing"),
    flag(.rules, "-n --dry-run", "check walks, take back writes and syncs"),
    flag(.rules, "--check", "at the end, exit 5 if model and database differ"),
    flag(.rules, "-r --read-only -readonly", "change nothing in the database"),
    flag(.rules, "--safe -safe", "no files, no programs, no other database"),
    flag(.rules, "-y --yes", "answer ordinary questions with yes"),
    flag(.rules, "-X --no-init", "do not read the start-up file"),
    option(.rules, "--init -init", "FILE", .file, "run FILE at the start"),

    option(
      .about, "--completions", "SHELL", .words { CompletionScripts.shells.map(\.name) },
      "print the completion script of bash, zsh or fish"),
    option(
      .about, "-h --help -help", "TOPIC", .words { CommandLineHelp.topics.map(\.name) },
      "this page; commands, language, variables or exit"),
    flag(.about, "-V --version -version", "print the version"),

    option(.hidden, "-cmd", "TEXT", .text, "run TEXT, then go on as without it"),
    option(.hidden, "--complete", "TEXT", .text, "print what completes TEXT"),
    flag(.hidden, "-batch", "no questions, no prompt"),
    flag(.hidden, "-bail", "stop at the first error, as always"),
    flag(.hidden, "-header", "rows with a header, as always"),
  ]

  /// Whether the value may be left out.
  package var isValueOptional: Bool { key == "help" }
}
