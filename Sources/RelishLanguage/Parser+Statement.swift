// The first word decides what a statement is (LANGUAGE.md §2).
extension Parser {
  mutating func statement() throws(Diagnostic) -> Statement {
    if isWatching {
      watch?.add(want: .model)
      watch?.add(want: .command)
      Keyword.commands.forEach { watch?.add(word: $0.spelling) }
    }
    switch current.kind {
    case .capital, .quotedName: return try modelStatement()
    case .word: return try commandStatement()
    case .meta: return .command(metaCommand())
    default:
      throw unexpected(
        "a statement", hint: "a statement begins with a model (`User`) or a command (`show models`)"
      )
    }
  }

  private mutating func modelStatement() throws(Diagnostic) -> Statement {
    let subject = index
    advance()
    if keyword == .checks, keyword(ahead: 1) == .sql, kind(ahead: 2).isText {
      rewind(to: subject)
      let model = takeName()
      advance()
      return .declaration(try tableCheck(of: model))
    }
    guard let verb = oneOf(Keyword.verbs) else {
      rewind(to: subject)
      return .walk(nil, try query())
    }
    rewind(to: subject)
    let model = takeName()
    if isRecording { noun = Noun(model: model.text, hops: []) }
    advance()
    switch verb {
    case .has: return .declaration(.attributes(model: model, try attributes()))
    case .indexed: return .declaration(.index(try index(of: model, isConstraint: false)))
    case .unique: return .declaration(.index(try index(of: model, isConstraint: true)))
    case .labeled:
      try expect(.by)
      return .declaration(.label(model: model, try name("an attribute", .attribute(noun))))
    case .renames:
      let from = try name("the attribute to rename", .attribute(noun))
      try expect(.to)
      return .declaration(.renameAttribute(model: model, from: from, to: try name("a name")))
    case .drops: return .declaration(.dropAttributes(model: model, try attributeNames()))
    default:
      guard let kind = AssociationSyntax.Kind(rawValue: verb.rawValue) else {
        throw unexpected("a verb")
      }
      return .declaration(.association(try association(model, kind, from: subject)))
    }
  }

  /// `name, email`: attributes of the noun at hand.
  mutating func attributeNames() throws(Diagnostic) -> [Name] {
    var names = [try name("an attribute", .attribute(noun))]
    while accept(.comma) { names.append(try name("an attribute", .attribute(noun))) }
    return names
  }

  /// The walk behind `explain`, which no other command can stand in for.
  private mutating func explained() throws(Diagnostic) -> QuerySyntax {
    if current.kind == .word, oneOf(Keyword.commands) != nil {
      throw unexpected("a walk", hint: "`explain` is followed by a walk alone: `explain User`")
    }
    return try query()
  }

  private mutating func commandStatement() throws(Diagnostic) -> Statement {
    guard let command = oneOf(Keyword.commands) else { throw unknownCommand() }
    let start = index
    advance()
    switch command {
    case .count: return .walk(.count, try query())
    case .exists: return .walk(.exists, try query())
    case .sql: return .walk(.sql, try query())
    case .explain: return .walk(.explain, try explained())
    case .create: return .write(.create(try create(from: start)))
    case .delete: return .write(try delete())
    case .add: return .write(try add())
    case .remove: return .write(try remove())
    case .set: return try setStatement()
    case .model: return .declaration(.model(try model()))
    case .view: return .declaration(.view(try view()))
    case .trigger: return .declaration(.trigger(try text("`CREATE TRIGGER …` as a text")))
    case .table:
      let model = try modelName()
      return .declaration(.table(model: model, text: try text("`CREATE TABLE …` as a text")))
    case .rename:
      let from = try modelName()
      try expect(.to)
      return .declaration(.renameModel(from: from, to: try modelName()))
    case .drop:
      if current.kind == .end { return .command(.drop) }
      if accept(.table) {
        rewind(to: index - 1)
        throw unexpected("a model", hint: "`drop Tag` drops the model, and the next sync its table")
      }
      return .declaration(.dropModel(try modelName()))
    default: return .command(try commandSyntax(command, from: start))
    }
  }

  /// The error for a first word that is none of the language.
  private func unknownCommand() -> Diagnostic {
    let word = source.text(in: current.range)
    if let keyword, Keyword.laterCommands.contains(keyword) {
      return notYet(word, at: current.range)
    }
    if let following = self.keyword(ahead: 1), Keyword.verbs.contains(following) {
      return Diagnostic(
        .unknownCommand, "`\(word)` is no model: a model's name begins with a capital letter",
        at: current.range,
        hint: "did you mean `\(word.prefix(1).uppercased() + word.dropFirst())`?")
    }
    let hint =
      Self.foreignCommands[word.lowercased()]
      ?? Suggestion.hint(
        for: word, among: Keyword.commands.map(\.rawValue),
        listing: nil) ?? "`help` lists the commands"
    return Diagnostic(
      .unknownCommand, "there is no command `\(shown(current))`", at: current.range, hint: hint)
  }

  /// What to say of a word that was read as a model's name and is none, when it looks like a command:
  /// `CREATE`, `SELECT`; nil for other words.
  package static func commandHint(for word: String) -> String? {
    if let keyword = Keyword(word.utf8), Keyword.commands.contains(keyword) {
      return "a command is written in small letters: `\(keyword.rawValue)`"
    }
    return foreignCommands[word.lowercased()]
  }

  /// First words of other languages and shells, with what relish says for them.
  private static let foreignCommands: [String: String] = [
    "select": "rows are asked for by a walk, as in `User where name = \"Max\" show email`",
    "from": "rows are asked for by a walk, as in `User where name = \"Max\" show email`",
    "insert": "rows are made by `create`, as in `create User name = \"Max\"`",
    "update": "rows are changed by `set`, as in `set User \"Max\" email = \"max@x.org\"`",
    "truncate": "all rows go by `delete all User`",
    "alter": "a sentence changes a model, as in `Product has price double`; then `sync`",
    "describe": "`show User` describes a model",
    "desc": "`show User` describes a model",
    "use": "`open \"file\"` goes to another database",
    "connect": "`open \"file\"` goes to another database",
    "exit": "did you mean `quit`?",
    "bye": "did you mean `quit`?",
    "source": "`run \"file\"` runs a script",
    "load": "`run \"file\"` runs a script",
    "echo": "did you mean `print`?",
    "migrate": "did you mean `sync`?",
    "start": "did you mean `begin`?",
    "find": "rows are asked for by a walk, as in `User where name = \"Max\"`",
    "get": "rows are asked for by a walk, as in `User where name = \"Max\"`",
    "ls": "`show models` lists the models",
    "list": "`show models` lists the models",
    "tables": "`show models` lists the models",
  ]
}
