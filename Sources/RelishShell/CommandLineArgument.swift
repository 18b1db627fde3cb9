import RelishLanguage

/// One thing that the command line says, free of how it was spelled.
package struct CommandLineArgument: Sendable, Equatable {
  /// The key of a `CommandLineOption`; nil for a word: the database, a script, a statement.
  package var option: String?
  /// The word, or the option's value; empty for a flag.
  package var value: String

  package init(option: String?, value: String = "") {
    self.option = option
    self.value = value
  }
}

/// A call that makes no sense: exit status 2 (CLI.md).
package struct UsageError: Error, Sendable, Equatable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension CommandLineArgument {
  /// Takes the first argument off when it is plain: a word, a flag, an option with its value in the
  /// next argument. Answers nil, taking nothing, for every other spelling and for what is wrong.
  ///
  /// Most command lines consist of nothing else, and need no more than this look at the table.
  package static func plain(_ rest: inout ArraySlice<String>) -> CommandLineArgument? {
    guard let first = rest.first else { return nil }
    guard first.utf8.first == UInt8(ascii: "-"), first != "-" else {
      rest.removeFirst()
      return CommandLineArgument(option: nil, value: first)
    }
    guard let option = CommandLineOption.all.first(where: { $0.names.contains(first) }) else {
      return joined(&rest)
    }
    guard !option.isValueOptional else { return nil }
    guard option.placeholder != nil else {
      rest.removeFirst()
      return CommandLineArgument(option: option.key)
    }
    guard let value = rest.dropFirst().first else { return nil }
    rest.removeFirst(2)
    return CommandLineArgument(option: option.key, value: value)
  }

  /// `-vlimit=3`, `-Fcsv`, `-dshop.db`: the value in the same argument, where it is customary.
  private static func joined(_ rest: inout ArraySlice<String>) -> CommandLineArgument? {
    guard let first = rest.first, ["-v", "-F", "-d"].contains(first.prefix(2)),
      let option = CommandLineOption.all.first(where: { $0.names.contains(String(first.prefix(2))) }
      )
    else { return nil }
    rest.removeFirst()
    return CommandLineArgument(option: option.key, value: String(first.dropFirst(2)))
  }

  /// An option that is in no table.
  package static func unknown(_ argument: String) -> UsageError {
    let name = String(argument.prefix { $0 != "=" })
    let names = CommandLineOption.all.filter { $0.group != .hidden }.flatMap(\.names)
    return UsageError(
      "unknown option `\(name)`",
      hint: Suggestion.nearest(to: name, among: names).map { "did you mean `\($0)`?" }
        ?? "`relish -h` lists the options")
  }
}
