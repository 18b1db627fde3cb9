import RelishDrivers
import RelishLanguage
import RelishModel

/// `set NAME VALUE`, `format`, `let`, `print`, `help`.
extension Interpreter {
  /// What `set NAME VALUE` knows, with the values each takes.
  static let settings: [(name: String, values: [String])] = [
    ("strict", ["on", "off"]), ("timestamps", ["on", "off"]), ("naming", ["camel", "snake"]),
    ("format", OutputFormat.all.map(\.name)), ("header", ["on", "off"]), ("null", ["a text"]),
    ("quiet", ["on", "off"]), ("echo", ["on", "off"]), ("timing", ["on", "off"]),
    ("timeout", ["a number of seconds", "off"]), ("busy", ["a number of seconds", "off"]),
    ("backup", ["on", "off"]),
  ]

  func set(_ name: Name, _ words: [Located<String>], at range: SourceRange) throws(Failure) {
    let value = words.first
    switch name.text.lowercased() {
    case "strict": session.builder.settings.isStrict = try isOn(name, value)
    case "timestamps": session.builder.settings.timestamps = try isOn(name, value)
    case "naming":
      guard let style = value.flatMap({ NamingStyle(rawValue: $0.value.lowercased()) }) else {
        throw wrongValue(name, value)
      }
      session.builder.settings.naming = style
    case "format":
      guard let value else { throw wrongValue(name, value) }
      try setFormat(Name(value.value, at: value.range))
    case "header": session.settings.showsHeader = try isOn(name, value)
    case "null":
      guard let value else { throw wrongValue(name, value) }
      session.settings.nullText = value.value
    case "quiet": session.settings.isQuiet = try isOn(name, value)
    case "echo": session.settings.echoes = try isOn(name, value)
    case "timing": session.settings.showsTiming = try isOn(name, value)
    case "timeout": session.driver.timeLimit = try seconds(name, value)
    case "busy": session.driver.busyLimit = try seconds(name, value) ?? 0
    case "backup": session.settings.takesBackups = try isOn(name, value)
    default:
      let names = Interpreter.settings.map(\.name)
      throw Failure(
        .unknownSetting, "no setting is called `\(name)`", at: name.range,
        hint: Suggestion.hint(for: name.text, among: names, listing: "settings"))
    }
    session.modelChanged()
  }

  /// nil for `off`.
  private func seconds(_ name: Name, _ value: Located<String>?) throws(Failure) -> Double? {
    if value?.value.lowercased() == "off" { return nil }
    guard let seconds = value.flatMap({ Double($0.value) }), seconds > 0, seconds.isFinite else {
      throw wrongValue(name, value)
    }
    return seconds
  }

  private func isOn(_ name: Name, _ value: Located<String>?) throws(Failure) -> Bool {
    switch value?.value.lowercased() {
    case "on", "true", "yes", "1": return true
    case "off", "false", "no", "0": return false
    default: throw wrongValue(name, value)
    }
  }

  private func wrongValue(_ name: Name, _ value: Located<String>?) -> Failure {
    let values = Interpreter.settings.first { $0.name == name.text.lowercased() }?.values ?? []
    return Failure(
      .badValue, "`set \(name)` takes \(values.joined(separator: " or "))",
      at: value?.range ?? name.range,
      hint: value.flatMap { Suggestion.nearest(to: $0.value, among: values) }
        .map { "did you mean `\($0)`?" })
  }

  func setFormat(_ name: Name) throws(Failure) {
    guard let format = OutputFormat.named(name.text) else {
      throw Failure(
        .unknownSetting, "no format is called `\(name)`", at: name.range,
        hint: Suggestion.hint(
          for: name.text, among: OutputFormat.all.map(\.name), listing: "formats"))
    }
    session.settings.format = format.name
  }

  /// `let ann = create User name = "Ann"`, `let cheap = Product where price < 5`, `let n = 3`
  func bind(_ name: Name, _ value: BindingValue, in source: SourceText, at range: SourceRange)
    throws(Failure)
  {
    try refresh(at: range)
    let writer = RowWriter(session: session, range: range)
    switch value {
    case .expression(let expression):
      if case .variable(let other) = expression, let variable = session.variables[other.text] {
        session.variables[name.text] = variable
      } else {
        let value = try writer.constant(expression)
        session.variables[name.text] = .value(value)
        session.tell("$\(name) is \(Wording.value(value))")
      }
    case .walk(let query):
      try validate()
      let model = try writer.lastModel(of: query)
      guard !model.primaryKey.isEmpty else {
        throw Failure(
          .wrongType, "`\(model.name)` has no primary key, by which its rows could be kept",
          at: query.range, hint: "a walk can be said again; `let` also keeps a value")
      }
      let keys = try writer.find(query, model.primaryKey)
      session.variables[name.text] = .rows(model: model.name, keys: keys)
      session.tell("$\(name) is \(Wording.count(keys.count, model.name))")
    case .create(let syntax):
      try validate()
      let start = session.history.log.end
      let created = try atomically(at: range) { () throws(Failure) -> CreatedRows in
        try writer.create(syntax)
      }
      let answer = Wording.created(created)
      session.record(source, range, answer, rowsFrom: start)
      session.tell(answer)
      guard let first = created.models.first else { return }
      session.variables[name.text] = .rows(model: first.model.name, keys: first.keys)
    }
  }

  /// `print "text", $name`: the values with a blank between them.
  func print(_ expressions: [Expression], at range: SourceRange) throws(Failure) {
    let writer = RowWriter(session: session, range: range)
    var words: [String] = []
    for expression in expressions {
      let value = try writer.constant(expression)
      if case .text(let text) = value {
        words.append(text)
      } else {
        words.append(Wording.value(value))
      }
    }
    session.streams.rows().write(words.joined(separator: " ") + "\n")
  }

  func help(_ words: [String], at range: SourceRange) throws(Failure) {
    let sink = session.streams.rows()
    guard let word = words.first else {
      sink.write(Help.overview)
      return
    }
    guard let text = Help.text(for: words.joined(separator: " ")) else {
      throw Failure(
        .unknownCommand, "no help on `\(word)`", at: range,
        hint: Suggestion.hint(for: word, among: Help.names, listing: "help knows"))
    }
    sink.write(text)
  }
}
