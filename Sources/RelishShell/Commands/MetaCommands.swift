import RelishLanguage
import RelishModel

/// Aliases for fingers trained elsewhere (CLI.md): each is one of the language's own commands.
extension Interpreter {
  /// The alias and the words of the language that it stands for; an argument is added as a text.
  static let aliases: [(alias: String, words: String, takesText: Bool)] = [
    (".tables", "show models", false), ("\\dt", "show models", false),
    (".schema", "plan force", false), ("\\d", "show models", false),
    (".read", "run", true), ("\\i", "run", true), ("\\ir", "run", true),
    (".open", "open", true), ("\\c", "open", true),
    (".import", "import", true), (".backup", "backup", true), (".save", "backup", true),
    (".restore", "restore", true),
    (".output", "output", true), ("\\o", "output", true),
    (".mode", "format", false), ("\\x", "format line", false),
    (".timer", "timing", false), ("\\timing", "timing", false),
    (".print", "print", true), ("\\echo", "print", true),
    (".help", "help", false), ("\\?", "help", false), ("\\h", "help", false),
    (".quit", "quit", false), (".exit", "quit", false), ("\\q", "quit", false),
  ]

  func meta(
    _ name: Name, _ arguments: [Located<String>], in source: SourceText, at range: SourceRange
  ) throws(Failure) -> Outcome {
    guard let alias = Interpreter.aliases.first(where: { $0.alias == name.text }) else {
      throw Failure(
        .unknownCommand, "no command is called `\(name)`", at: name.range,
        hint: Suggestion.hint(
          for: name.text, among: Interpreter.aliases.map(\.alias), listing: "aliases"))
    }
    if alias.alias == ".import" {
      try importLikeSQLite(arguments, in: source, at: range)
      return .done
    }
    var words = alias.words
    if alias.alias == "\\d", let model = arguments.first {
      words = "show \(model.value)"
    } else if alias.alias == "\\x" {
      // `\x on`, `\x off`, and alone the other one, as in psql.
      let isOn = arguments.first.map { $0.value != "off" } ?? (session.settings.format != "line")
      words = isOn ? "format line" : "format table"
    } else {
      for argument in arguments {
        words += " "
        words += alias.takesText ? SyntaxWriter.literal(.text(argument.value)) : argument.value
      }
    }
    var reader = StatementReader(name: source.name, text: words)
    guard case .statement = reader.next() else {
      throw Failure(.unexpected, "`\(name)` does not take this", at: range)
    }
    do {
      let statement = try reader.parse()
      return try run(statement, in: reader.source(), at: range)
    } catch let error as Diagnostic {
      throw Failure(.unexpected, error.message, at: range, hint: error.hint)
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(.unexpected, "`\(name)` does not take this", at: range)
    }
  }
}
