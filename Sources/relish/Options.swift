import ArgumentParser
import RelishShell
import Synchronization

/// The command line, read with swift-argument-parser.
///
/// Names come from `CommandLineOption.all`. Words, flags and options in their plain spelling are
/// taken off by a look at that table: swift-argument-parser needs more than a millisecond for its
/// first parse, which is half of what the whole program may take to start. It reads every other
/// spelling (`-qe`, `--format=csv`, `-h`), up to the next word.
enum CommandLineReader {
  /// What the arguments say, in their order.
  static func read(_ arguments: [String]) throws(UsageError) -> [CommandLineArgument] {
    var rest = arguments[...]
    var result: [CommandLineArgument] = []
    while let first = rest.first {
      if first == "--" {
        return result + rest.dropFirst().map { CommandLineArgument(option: nil, value: $0) }
      }
      if let argument = CommandLineArgument.plain(&rest) {
        result.append(argument)
        continue
      }
      let options = try Options.read(Array(rest))
      guard options.rest.count < rest.count else { throw CommandLineArgument.unknown(first) }
      result += options.arguments
      rest = options.rest[...]
    }
    return result
  }
}

/// The options up to the next word; what begins with that word is `rest`.
private struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "relish", helpNames: [])

  @Flag var flags: [Switch] = []
  @Option(name: .row("command"), parsing: .unconditionalSingleValue, transform: Given.init)
  var command: [Given] = []
  @Option(name: .row("cmd"), parsing: .unconditionalSingleValue, transform: Given.init)
  var cmd: [Given] = []
  @Option(name: .row("file"), parsing: .unconditionalSingleValue, transform: Given.init)
  var file: [Given] = []
  @Option(name: .row("database"), parsing: .unconditionalSingleValue, transform: Given.init)
  var database: [Given] = []
  @Option(name: .row("set"), parsing: .unconditionalSingleValue, transform: Given.init)
  var set: [Given] = []
  @Option(name: .row("format"), parsing: .unconditionalSingleValue, transform: Given.init)
  var format: [Given] = []
  @Option(name: .row("output"), parsing: .unconditionalSingleValue, transform: Given.init)
  var output: [Given] = []
  @Option(name: .row("null"), parsing: .unconditionalSingleValue, transform: Given.init)
  var null: [Given] = []
  @Option(name: .row("color"), parsing: .unconditionalSingleValue, transform: Given.init)
  var color: [Given] = []
  @Option(name: .row("init"), parsing: .unconditionalSingleValue, transform: Given.init)
  var initFile: [Given] = []
  @Option(name: .row("completions"), parsing: .unconditionalSingleValue, transform: Given.init)
  var completions: [Given] = []
  @Option(name: .row("complete"), parsing: .unconditionalSingleValue, transform: Given.init)
  var complete: [Given] = []
  @Option(name: .row("help"), defaultAsFlag: "")
  var help: String?
  @Argument(parsing: .captureForPassthrough)
  var rest: [String] = []

  static func read(_ arguments: [String]) throws(UsageError) -> Options {
    do {
      return try Options.parse(arguments)
    } catch {
      let message = Options.message(for: error).replacing("'", with: "`")
      throw UsageError(message.prefix(1).lowercased() + message.dropFirst())
    }
  }

  /// All of them: flags first, then the others in the order in which they were given.
  var arguments: [CommandLineArgument] {
    let options: [(String, [Given])] = [
      ("command", command), ("cmd", cmd), ("file", file), ("database", database), ("set", set),
      ("format", format), ("output", output), ("null", null), ("color", color),
      ("init", initFile), ("completions", completions), ("complete", complete),
    ]
    let given = options.flatMap { key, values in values.map { (key, $0) } }
      .sorted { $0.1.order < $1.1.order }
    return flags.map { CommandLineArgument(option: $0.rawValue) }
      + given.map { CommandLineArgument(option: $0.0, value: $0.1.text) }
      + (help.map { [CommandLineArgument(option: "help", value: $0)] } ?? [])
  }
}

/// An option's value, and its place among all values.
private struct Given {
  private static let counter = Atomic<Int>(0)

  let text: String
  let order: Int

  init(_ text: String) {
    self.text = text
    order = Self.counter.add(1, ordering: .relaxed).newValue
  }
}

/// Options without a value; raw values are the keys of their rows.
private enum Switch: String, EnumerableFlag {
  case interactive, quiet, echo, timing, yes, safe, version, batch, bail, header, check
  case table, box, markdown, csv, tsv, json, jsonl, line, list, html, sql, tree
  case tuplesOnly = "tuples-only"
  case keepGoing = "keep-going"
  case singleTransaction = "single-transaction"
  case dryRun = "dry-run"
  case readOnly = "read-only"
  case noInit = "no-init"

  static func name(for value: Switch) -> NameSpecification { .row(value.rawValue) }
}

extension NameSpecification {
  /// The names of that row of `CommandLineOption.all`.
  fileprivate static func row(_ key: String) -> NameSpecification {
    NameSpecification(
      (CommandLineOption.named(key)?.names ?? []).map { name in
        let letters = String(name.drop { $0 == "-" })
        guard !name.hasPrefix("--") else { return .customLong(letters) }
        guard letters.count == 1, let letter = letters.first else {
          return .customLong(letters, withSingleDash: true)
        }
        return .customShort(letter)
      })
  }
}
