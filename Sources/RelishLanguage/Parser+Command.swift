// Commands (LANGUAGE.md §5, §8).
extension Parser {
  /// The rest of a command whose first word has been passed over; `start` is that word's token.
  mutating func commandSyntax(
    _ command: Keyword, from start: Int
  ) throws(Diagnostic) -> CommandSyntax {
    switch command {
    case .sync: return .sync(try syncSyntax())
    case .plan: return .plan(try syncSyntax())
    case .check: return accept(.schema) ? .checkSchema : .check
    case .begin: return .begin
    case .commit: return .commit
    case .rollback: return .rollback
    case .undo: return .undo(try optionalCount("a number of steps"))
    case .redo: return .redo(try optionalCount("a number of steps"))
    case .history:
      guard accept(.changes) else {
        throw unexpected("`changes`", hint: "`history changes` lists what `undo` takes back")
      }
      return .history(try optionalCount("a number of steps"))
    case .try: return .try
    case .end: return .end
    case .keep: return .keep
    case .let: return try binding()
    case .show: return .show(try showSubject())
    case .path:
      let from = try modelName()
      guard accept(.to) else {
        throw unexpected("`to`", hint: "as in `path \(from) to Category`")
      }
      return .path(from: from, to: try modelName())
    case .say: return .say(try optionalModel())
    case .save: return try save()
    case .pull: return .pull(try pulled())
    case .run: return .run(file: try text("a file's name as a text", .file))
    case .backup: return .backup(file: try text("a file's name as a text", .file))
    case .restore: return .restore(file: try text("a file's name as a text", .file))
    case .open: return .open(try text("a file's name or a URL as a text", .file))
    case .print: return .print(try expressions())
    case .format: return .format(try name("a format", .format))
    case .output:
      if isWatching { watch?.add(want: .file) }
      return .output(current.kind == .end ? nil : try text("a file's name as a text", .file))
    case .timing: return .timing(try onOrOff())
    case .help: return .help(helpTopic())
    case .what: return .whatIf(try supposition())
    case .quit: return .quit(current.kind == .end ? nil : try integer("an exit status"))
    case .expect: return .expect(try expectation(from: start))
    case .export:
      let file = try text("a file's name as a text", .file)
      return .export(file: file, try query())
    case .import:
      let model = try modelName()
      return .importRows(model: model, file: try text("a file's name as a text", .file))
    default: throw unexpected("a command")
    }
  }

  private mutating func optionalCount(_ expected: String) throws(Diagnostic) -> Int? {
    guard current.kind != .end else { return nil }
    return try integer(expected, from: 1)
  }

  /// Models or tables, with commas or without.
  private mutating func pulled() throws(Diagnostic) -> [Name] {
    if isWatching { watch?.add(want: .model) }
    var names: [Name] = []
    while current.kind != .end {
      names.append(try name("a model or a table", .model))
      _ = accept(.comma)
    }
    return names
  }

  private mutating func optionalModel() throws(Diagnostic) -> Name? {
    if isWatching { watch?.add(want: .model) }
    return current.kind == .end ? nil : try modelName()
  }

  private mutating func showSubject() throws(Diagnostic) -> ShowSubject {
    if accept(.models) { return .models }
    if accept(.relations) { return .relations }
    if isWatching { watch?.add(want: .model) }
    guard current.kind == .capital || current.kind == .quotedName else {
      throw unexpected(
        "`models`, `relations` or a model",
        hint: keyword == .table || source.text(in: current.range).lowercased() == "tables"
          ? "did you mean `models`?" : nil)
    }
    return .model(takeName())
  }

  private mutating func save() throws(Diagnostic) -> CommandSyntax {
    let file = try text("a file's name as a text", .file)
    if keyword == .with, keyword(ahead: 1) == .data {
      throw notYet("with data", at: current.range.union(tokens[index + 1].range))
    }
    return .save(file: file)
  }

  /// `if Product belongsTo User onDelete restrict`, behind `what`.
  private mutating func supposition() throws(Diagnostic) -> AssociationSyntax {
    guard accept(.if) else {
      throw unexpected("`if`", hint: "as in `what if Product belongsTo User onDelete restrict`")
    }
    let start = index
    let subject = try modelName()
    if isRecording { noun = Noun(model: subject.text, hops: []) }
    guard let verb = oneOf([.belongsTo, .hasMany, .hasOne, .belongsToMany]),
      let kind = AssociationSyntax.Kind(rawValue: verb.rawValue)
    else {
      throw unexpected(
        "an association", hint: "as in `what if \(subject) belongsTo User onDelete restrict`")
    }
    advance()
    return try association(subject, kind, from: start)
  }

  private mutating func onOrOff() throws(Diagnostic) -> Bool? {
    if accept(.on) { return true }
    if accept(.off) { return false }
    guard current.kind == .end else { throw unexpected("`on` or `off`") }
    return nil
  }

  /// All words up to the end, as they are written.
  private mutating func helpTopic() -> [String] {
    if isWatching { watch?.add(want: .helpTopic) }
    var words: [String] = []
    while current.kind != .end {
      words.append(source.text(in: current.range))
      advance()
    }
    return words
  }

  private mutating func expressions() throws(Diagnostic) -> [Expression] {
    var expressions = [try expression()]
    while accept(.comma) { expressions.append(try expression()) }
    return expressions
  }

  /// `ann = create User …`, `tee = Product 1`, `limit = 3`, behind `let`.
  private mutating func binding() throws(Diagnostic) -> CommandSyntax {
    if current.kind == .variable {
      let name = current.variableName(in: source.bytes)
      throw unexpected("a name", hint: "`let` takes it without `$`: `let \(name) = …`")
    }
    let name = try name("a name")
    try expect(.equal)
    if isWatching { watch?.add(want: .model) }
    if at(.create) {
      let start = index
      advance()
      return .bind(name, .create(try create(from: start)))
    }
    if beginsWalk(ahead: 0) { return .bind(name, .walk(try query())) }
    return .bind(name, .expression(try expression()))
  }

  /// `strict on`, `naming snake`, behind `set`: a name and what it is set to.
  mutating func setting() throws(Diagnostic) -> CommandSyntax {
    let name = try name("a model or a setting", .setting)
    if current.kind.isName, kind(ahead: 1) == .equal || kind(ahead: 1).isLiteral {
      throw Diagnostic(
        .unexpected, "`\(name)` is no model: a model's name begins with a capital letter",
        at: name.range,
        hint: "did you mean `\(name.text.prefix(1).uppercased() + name.text.dropFirst())`?")
    }
    if isWatching {
      watch?.add(word: "on")
      watch?.add(word: "off")
    }
    var values: [Located<String>] = []
    while current.kind != .end {
      guard current.kind.isName || current.kind.isLiteral else { throw unexpected("a value") }
      let value =
        current.kind.isText
        ? current.text(in: source.bytes)
        : current.kind == .quotedName
          ? current.name(in: source.bytes) : source.text(in: current.range)
      values.append(Located(value, at: current.range))
      advance()
    }
    return .setting(name, value: values)
  }

  // MARK: Meta commands

  /// `.mode csv`, `\dt`: the first word with its sign, then words at blanks, which quotes keep
  /// together.
  mutating func metaCommand() -> CommandSyntax {
    if isWatching { watch?.add(want: .command) }
    let name = Name(source.text(in: current.range), at: current.range)
    advance()
    var arguments: [Located<String>] = []
    if current.kind == .metaRest {
      arguments = Self.arguments(Array(slice(current.range)), from: Int(current.start))
      advance()
    }
    return .meta(name, arguments: arguments)
  }

  private static func arguments(_ bytes: [UInt8], from offset: Int) -> [Located<String>] {
    var arguments: [Located<String>] = []
    var word: [UInt8] = []
    var start: Int?
    var quote: UInt8?
    func finish(_ end: Int) {
      guard let begin = start else { return }
      arguments.append(
        Located(
          String(decoding: word, as: UTF8.self), at: SourceRange(offset + begin, offset + end)))
      word = []
      start = nil
    }
    for (index, byte) in bytes.enumerated() {
      if let open = quote {
        if byte == open { quote = nil } else { word.append(byte) }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        start = start ?? index
      } else if byte == 0x20 || byte == 0x09 {
        finish(index)
      } else {
        start = start ?? index
        word.append(byte)
      }
    }
    finish(bytes.count)
    return arguments
  }
}
