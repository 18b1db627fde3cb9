import RelishLanguage

/// What a command line asks the program to do.
package enum CommandLineRequest: Sendable {
  case run(Invocation)
  /// A page of help, printed on standard output; an empty topic is the first page.
  case help(topic: String)
  case version
  case completions(shell: String)
  /// What completes this text, one candidate per line: for scripts and tests.
  case complete(text: String, Invocation)
}

extension CommandLineRequest {
  /// The meaning of the arguments in their order (CLI.md).
  ///
  /// `isFile` tells whether a path exists: a first word with a blank that is no file looks like a
  /// statement, and is refused rather than made a database.
  package init(
    _ arguments: [CommandLineArgument], isFile: (String) -> Bool
  ) throws(UsageError) {
    var reading = Reading()
    var asked: [CommandLineRequest] = []
    for argument in arguments {
      switch argument.option {
      case nil: try reading.word(argument.value, isFile: isFile)
      case "help": asked.append(.help(topic: try Self.topic(argument.value)))
      case "version": asked.append(.version)
      case "completions": asked.append(.completions(shell: try Self.shell(argument.value)))
      case "complete": reading.completes = argument.value
      case let option?: try reading.option(option, argument.value)
      }
    }
    if let first = asked.first {
      self = first
    } else if let text = reading.completes {
      self = .complete(text: text, reading.invocation)
    } else {
      self = .run(reading.invocation)
    }
  }

  /// Empty for the first page.
  private static func topic(_ name: String) throws(UsageError) -> String {
    let topics = CommandLineHelp.topics.map(\.name)
    guard name.isEmpty || topics.contains(name) else {
      throw UsageError(
        "no help on `\(name)`", hint: Suggestion.hint(for: name, among: topics, listing: "topics"))
    }
    return name
  }

  private static func shell(_ name: String) throws(UsageError) -> String {
    let shells = CompletionScripts.shells.map(\.name)
    guard shells.contains(name) else {
      throw UsageError(
        "no completion script for `\(name)`",
        hint: Suggestion.hint(for: name, among: shells, listing: "there is one for"))
    }
    return name
  }
}

/// The invocation as far as the arguments have been read.
private struct Reading {
  var invocation = Invocation()
  var completes: String?
  private var hasDatabaseWord = false

  /// Leading words that end in `.relish` are scripts, the next is the database, all further ones are
  /// statements.
  mutating func word(_ word: String, isFile: (String) -> Bool) throws(UsageError) {
    if hasDatabaseWord {
      invocation.parts.append(.text(word, name: "-c"))
    } else if word.hasSuffix(".relish") {
      invocation.parts.append(.file(word))
    } else if word.contains(where: \.isWhitespace), !isFile(word) {
      throw UsageError(
        "`\(word)` looks like a statement, and the first argument is the database",
        hint: "`relish -c STATEMENT`, or `relish DATABASE STATEMENT`")
    } else {
      try database(word)
      hasDatabaseWord = true
    }
  }

  private mutating func database(_ name: String) throws(UsageError) {
    if let other = invocation.database {
      throw UsageError("the database is named twice: `\(other)` and `\(name)`")
    }
    guard !name.isEmpty else {
      throw UsageError(
        "the database has no name", hint: "`:memory:` is a database that is kept nowhere")
    }
    invocation.database = name
  }

  mutating func option(_ option: String, _ value: String) throws(UsageError) {
    switch option {
    case "command": invocation.parts.append(.text(value, name: "-c"))
    case "cmd":
      invocation.parts.append(.text(value, name: "-cmd"))
      invocation.readsInputAfterParts = true
    case "file": invocation.parts.append(.file(value))
    case "interactive": invocation.isInteractive = true
    case "database": try database(value)
    case "set": try set(value)
    case "format": invocation.format = try Self.format(value)
    case "output": invocation.outputFile = value
    case "tuples-only": invocation.showsHeader = false
    case "header": invocation.showsHeader = true
    case "null": invocation.nullText = value
    case "color": invocation.color = try Self.color(value)
    case "quiet": invocation.isQuiet = true
    case "echo": invocation.echoes = true
    case "timing": invocation.timing = true
    case "keep-going": invocation.keepsGoing = true
    case "bail": invocation.keepsGoing = false
    case "single-transaction": invocation.singleTransaction = true
    case "dry-run": invocation.dryRun = true
    case "check": invocation.checks = true
    case "read-only": invocation.readOnly = true
    case "safe": invocation.isSafe = true
    case "yes": invocation.answersYes = true
    case "no-init": invocation.skipsInit = true
    case "init": invocation.initFile = value
    case "batch": invocation.isBatch = true
    default:
      guard let format = OutputFormat.named(option) else {
        throw CommandLineArgument.unknown("--" + option)
      }
      invocation.format = format.name
    }
  }

  private mutating func set(_ text: String) throws(UsageError) {
    guard let equal = text.firstIndex(of: "="), equal > text.startIndex else {
      throw UsageError("`-v` takes NAME=VALUE, found `\(text)`")
    }
    let name = text[..<equal]
    let isName =
      name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && name.first?.isNumber == false
    guard isName else {
      throw UsageError("`\(name)` is no name of a variable: letters, digits and `_`")
    }
    invocation.variables.append((String(name), String(text[text.index(after: equal)...])))
  }

  private static func format(_ name: String) throws(UsageError) -> String {
    guard let format = OutputFormat.named(name) else {
      throw UsageError(
        "no format named `\(name)`",
        hint: Suggestion.hint(for: name, among: OutputFormat.all.map(\.name), listing: "there are"))
    }
    return format.name
  }

  private static func color(_ name: String) throws(UsageError) -> Invocation.ColorChoice {
    guard let choice = Invocation.ColorChoice(rawValue: name.lowercased()) else {
      throw UsageError("`--color` takes auto, always or never, found `\(name)`")
    }
    return choice
  }
}
