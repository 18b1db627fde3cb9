import RelishLanguage

// Which model a name means, and sentences about whole models (LANGUAGE.md §3).
extension GraphBuilder {
  // MARK: Names of models

  /// The model that a name means, by its own name or by its table's; nil when there is none.
  func known(_ name: Name) throws(Diagnostic) -> String? {
    if facts.model(name.text) != nil { return name.text }
    let found = facts.readModels(fitting: name.text)
    guard found.count > 1 else { return found.first }
    let tables = found.map { "`\(facts.table(of: $0))`" }.joined(separator: " and ")
    throw Diagnostic(
      .ambiguous, "`\(name)` fits the tables \(tables)", at: name.range,
      hint: "say \(found.map { "`\($0)`" }.joined(separator: " or "))")
  }

  /// The model that a sentence only mentions: made when there is none.
  mutating func mention(
    _ name: Name, notes: inout [Diagnostic]
  ) throws(Diagnostic) -> String {
    if let known = try known(name) { return known }
    try make(name, isNoted: true, notes: &notes)
    return name.text
  }

  /// The model whose table a sentence is about: from here on it is declared.
  mutating func declared(
    _ name: Name, isNoted: Bool, notes: inout [Diagnostic]
  ) throws(Diagnostic) -> String {
    guard let known = try known(name) else {
      try make(name, isNoted: isNoted, notes: &notes)
      return name.text
    }
    declare(known)
    return known
  }

  /// Goes on from the table that was read, when no sentence has declared the model yet.
  mutating func declare(_ known: String) {
    guard facts.models[known] == nil else { return }
    facts.set(facts.new(known, hasTimestamps: settings.timestamps), for: known)
  }

  private mutating func make(
    _ name: Name, isNoted: Bool, notes: inout [Diagnostic]
  ) throws(Diagnostic) {
    let near = isQuiet && !settings.isStrict ? nil : facts.nearestModel(to: name.text)
    let hint = near.map { "did you mean `\($0)`?" }
    guard !settings.isStrict else {
      throw Diagnostic(
        .unknownModel, "no model is named `\(name)`", at: name.range,
        hint: hint ?? "`model \(name)` starts one; `set strict off` lets sentences make it")
    }
    let made = facts.new(name.text, hasTimestamps: settings.timestamps)
    try checkTable(of: made, at: name.range)
    facts.set(made, for: name.text)
    guard isNoted || near != nil else { return }
    notes.append(
      Diagnostic(
        .unknownModel, "made model `\(name)`", at: name.range, hint: hint, severity: .note))
  }

  /// Two models cannot have one table.
  func checkTable(of model: ModelFacts, at range: SourceRange) throws(Diagnostic) {
    let table = facts.table(of: model)
    guard let owner = facts.tableOwners[table.lowercased()], owner != model.name else { return }
    throw Diagnostic(
      .nameTaken, "the table of `\(model.name)` would be `\(table)`, which `\(owner)` has",
      at: range, hint: "did you mean `\(owner)`? `model \(model.name) table \"…\"` names another")
  }

  // MARK: Sentences

  /// `model Tag table "t" key a, b without timestamps`: from nothing.
  mutating func start(
    _ syntax: ModelSyntax, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let before = try known(syntax.name)
    let name = before ?? syntax.name.text
    var model = ModelFacts(
      name: name, hasTimestamps: settings.timestamps && syntax.withoutTimestamps == nil)
    model.table = syntax.table?.value
    model.plural = syntax.plural?.value
    model.keyNames = syntax.key
    model.isKeyless = syntax.withoutKey != nil
    model.storage.keyName = syntax.keyName?.value
    model.storage.isWithoutRowid = syntax.withoutRowid != nil
    model.storage.isStrict = syntax.strict != nil
    if let before, let old = facts.model(before) {
      // A table that is there keeps its name, so that a sync finds it.
      if old.isRead, model.table == nil, model.plural == nil { model.table = old.table }
      declare(before)
      model.order = facts.models[before]?.order ?? 0
      model.readTable = old.readTable
    } else {
      model.order = facts.new(name, hasTimestamps: true).order
    }
    try checkTable(of: model, at: syntax.table?.range ?? syntax.plural?.range ?? syntax.name.range)
    let pairs = facts.pairs(of: name)
    for side in facts.sides(facts.sidesOfModel[name]) where side.subject == name {
      facts.set(nil, for: side.id)
    }
    facts.set(model, for: name)
    facts.renameSides(to: name)
    try refresh(pairs + facts.pairs(of: name), saying: [], at: syntax.name.range)
    let table = facts.table(of: model)
    let verb = before == nil ? "new model" : "started anew:"
    return DeclarationAnswer(facts: ["\(verb) `\(name)`, table \(table)"])
  }

  /// `rename Product to Item`
  mutating func rename(
    _ from: Name, to: Name, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let old = try existing(from)
    if let taken = try known(to) {
      throw Diagnostic(.nameTaken, "there is a model `\(taken)` already", at: to.range)
    }
    declare(old)
    guard var model = facts.models[old] else { return DeclarationAnswer() }
    let pairs = facts.pairs(of: old)
    let table = facts.table(of: model)
    model.name = to.text
    model.formerTable = model.formerTable ?? table
    if model.isRead { model.table = nil }
    facts.set(nil, for: old)
    try checkTable(of: model, at: to.range)
    facts.set(model, for: to.text)
    for side in facts.sides(facts.sidesOfModel[old]) {
      var side = side
      if side.subject == old { side.subject = to.text }
      if side.target == old { side.target = to.text }
      if side.junction == old { side.junction = to.text }
      if side.alias == nil { side.name = facts.name(of: side.kind, to: side.target) }
      facts.set(side, for: side.id)
    }
    try refresh(pairs + facts.pairs(of: to.text), saying: [], at: to.range)
    return DeclarationAnswer(facts: [
      "renamed model `\(old)` to `\(to)`, table \(table) to \(facts.table(of: model))"
    ])
  }

  /// `drop Tag`: the model, and every relation from or to it.
  mutating func drop(
    _ name: Name, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let model = try existing(name)
    let pairs = facts.pairs(of: model)
    let gone = facts.sides(facts.sidesOfModel[model])
    for table in [facts.table(of: model), facts.model(model)?.readTable].compactMap({ $0 }) {
      facts.drop(table: table)
    }
    for side in gone { facts.set(nil, for: side.id) }
    facts.set(nil, for: model)
    try refresh(pairs, saying: [], at: name.range)
    let names = gone.map { "`\($0.subject) \($0.name)`" }.joined(separator: ", ")
    return DeclarationAnswer(facts: [
      "dropped model `\(model)`" + (names.isEmpty ? "" : " and, with it, \(names)")
    ])
  }

  /// The model of that name, or the error that offers the nearest.
  func existing(_ name: Name) throws(Diagnostic) -> String {
    if let known = try known(name) { return known }
    let names = facts.ordered.map(\.name) + facts.visibleRead
    throw Diagnostic(
      .unknownModel, "no model is named `\(name)`", at: name.range,
      hint: Suggestion.hint(for: name.text, among: names, listing: "models are"))
  }
}

extension GraphFacts {
  /// The known model whose name is nearest to one that is not known.
  ///
  /// Names that differ in a digit are not near: `Page1` and `Page2` are meant.
  func nearestModel(to name: String) -> String? {
    let wanted = NameShape(name)
    var near: [String] = []
    for shape in shapes.values where shape.couldBe(wanted) {
      near.append(shape.name)
      if near.count == 64 { break }
    }
    return Suggestion.nearest(to: name, among: near.sorted())
  }
}

/// What tells cheaply that two names are not alike.
struct NameShape: Sendable {
  let name: String
  private let length: Int
  private let letters: UInt32
  private let digits: Int

  init(_ name: String) {
    self.name = name
    var letters: UInt32 = 0
    var digits = 0
    for byte in name.utf8 {
      switch byte | 0x20 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): letters |= 1 << UInt32((byte | 0x20) - 97)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits = digits &* 31 &+ Int(byte)
      default: break
      }
    }
    self.letters = letters
    self.digits = digits
    length = name.utf8.count
  }

  func couldBe(_ other: NameShape) -> Bool {
    let allowed = max(1, other.length / 3)
    return digits == other.digits && abs(length - other.length) <= allowed
      && (letters ^ other.letters).nonzeroBitCount <= 2 * allowed
  }
}
