package import RelishLanguage

// What a database says besides, as sentences (README "What a database says besides").
extension GraphBuilder {
  func state(
    _ syntax: StorageSyntax, of attribute: inout Attribute, isKey: Bool
  ) throws(Diagnostic) {
    attribute.storage.collation = syntax.collation.map { Self.collation($0.value) }
    if attribute.storage.collation == "BINARY" { attribute.storage.collation = nil }
    attribute.storage.generated = syntax.generated.map {
      GeneratedColumn(expression: $0.value, isStored: syntax.isStored)
    }
    if let numbering = syntax.numbering {
      guard isKey, attribute.type == .integer else {
        throw Diagnostic(
          .invalidDeclaration, "only an `integer key` is numbered by the database",
          at: numbering.range)
      }
      attribute.isGenerated = true
      attribute.storage.reusesNumbers = numbering.value == .rowid
    }
    if let declared = syntax.declaredType { try state(declared, of: &attribute) }
  }

  /// What the database's spelling means must be what the sentence says.
  private func state(
    _ declared: Located<String>, of attribute: inout Attribute
  ) throws(Diagnostic) {
    let type = AttributeType(declared: declared.value)
    attribute.storage.declaredType = declared.value
    switch (type, attribute.type) {
    case (.other, .text):
      attribute.type = type
      attribute.storage.declaredType = nil
    case (.string, .enumeration), (.text, .enumeration): break
    case let (read, said) where read == said: break
    default:
      throw Diagnostic(
        .contradiction,
        "`\(declared.value)` is read as \(Sentences.type(type)), not as \(attribute.type.words)",
        at: declared.range, hint: "`\(attribute.name) \(Sentences.type(type)) type …`")
    }
  }

  private static func collation(_ name: String) -> String {
    let capitals = name.uppercased()
    return ["NOCASE", "RTRIM", "BINARY"].contains(capitals) ? capitals : name
  }

  /// `Order checks sql "paid <= total" named "paid"`
  mutating func checkTable(
    _ name: Name, _ text: Located<String>, _ constraint: Located<String>?
  ) throws(Diagnostic) -> DeclarationAnswer {
    let model = try existing(name)
    declare(model)
    guard var changed = facts.models[model] else { return DeclarationAnswer() }
    let check = TableCheck(name: constraint?.value, text: text.value)
    let line = "\(facts.table(of: changed)): check \(text.value)"
    guard !changed.storage.checks.contains(check) else {
      return DeclarationAnswer(facts: [line + " (as before)"])
    }
    changed.storage.checks.append(check)
    facts.set(changed, for: model)
    return DeclarationAnswer(facts: [line])
  }

  /// `view Sale (day date, total decimal(10,2)) "SELECT …"`
  mutating func view(
    _ syntax: ViewSyntax, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let before = try known(syntax.name)
    let name = before ?? syntax.name.text
    let old = before.flatMap { facts.model($0) }
    if let old, old.storage.view == nil {
      throw Diagnostic(
        .nameTaken, "`\(name)` is a table, not a view", at: syntax.name.range,
        hint: "`drop \(name)` lets go of it")
    }
    let words = SQLTokenizer.tokens(of: syntax.text.value).prefix(2)
    let starters = words.first.map { $0.isKeyword("CREATE") } == true ? words.dropFirst() : words
    guard
      ["VIEW", "SELECT", "WITH", "VALUES"].contains(where: {
        starters.first?.isKeyword($0) == true
      })
    else {
      throw Diagnostic(
        .invalidDeclaration, "that is neither `SELECT …` nor `CREATE VIEW …`",
        at: syntax.text.range,
        hint: "as in `view Cheap \"SELECT id, title FROM products WHERE price < 5\"`")
    }
    var view = old ?? ModelFacts(name: name, hasTimestamps: false)
    view.order = facts.models[name]?.order ?? facts.new(name, hasTimestamps: false).order
    view.isKeyless = true
    view.table = syntax.table?.value ?? old?.table
    view.storage.view = syntax.text.value
    if !syntax.attributes.isEmpty { view.attributes = [] }
    try checkTable(of: view, at: syntax.table?.range ?? syntax.name.range)
    facts.set(view, for: name)
    _ = try state(syntax.attributes, of: name)
    return DeclarationAnswer(facts: ["view `\(name)`, \(facts.table(of: view))"])
  }

  /// `trigger "CREATE TRIGGER …"`
  mutating func trigger(_ text: Located<String>) throws(Diagnostic) -> DeclarationAnswer {
    guard let trigger = Trigger(text: text.value) else {
      throw Diagnostic(
        .invalidDeclaration, "that is no `CREATE TRIGGER name … ON table …`", at: text.range)
    }
    facts.set(trigger)
    return DeclarationAnswer(facts: ["trigger \(trigger.name) on \(trigger.table)"])
  }

  /// `table Tag "CREATE TABLE …"`
  mutating func define(
    _ name: Name, by text: Located<String>
  ) throws(Diagnostic) -> DeclarationAnswer {
    let model = try existing(name)
    let words = SQLTokenizer.tokens(of: text.value).prefix(2)
    guard words.count == 2, words[0].isKeyword("CREATE"), words[1].isKeyword("TABLE") else {
      throw Diagnostic(.invalidDeclaration, "that is no `CREATE TABLE …`", at: text.range)
    }
    declare(model)
    guard var changed = facts.models[model] else { return DeclarationAnswer() }
    changed.storage.definition = text.value
    facts.set(changed, for: model)
    return DeclarationAnswer(facts: ["\(facts.table(of: changed)): made by its own CREATE TABLE"])
  }
}

extension GraphBuilder {
  /// Models whose CREATE TABLE does not tell what the sentence says of their columns.
  func lapsedDefinitions(by declaration: Declaration) -> [Name] {
    let names: [Name] =
      switch declaration {
      case .attributes(let model, _), .tableCheck(let model, _, _),
        .renameAttribute(let model, _, _),
        .dropAttributes(let model, _):
        [model]
      case .association(let association):
        [association.kind == .belongsTo ? association.subject : association.target]
      default: []
      }
    return names.filter { name in
      (try? known(name)).flatMap { $0 }.flatMap { facts.models[$0] }?.storage.definition != nil
    }
  }

  mutating func lapse(_ name: Name) -> Diagnostic {
    if let model = (try? known(name)).flatMap({ $0 }), var facts = facts.models[model] {
      facts.storage.definition = nil
      self.facts.set(facts, for: model)
    }
    return Diagnostic(
      .contradiction, "the CREATE TABLE of `\(name)` no longer holds: sentences make its table",
      at: name.range, severity: .note)
  }

  /// Takes the side of the table: what sentences said of its model is forgotten.
  ///
  /// - Returns: the models' names. Errors: no table fits a name; then nothing is changed.
  package mutating func pull(_ names: [Name]) throws(Diagnostic) -> [String] {
    facts.begin()
    var pulled: [String] = []
    do {
      for name in names { pulled.append(try pull(name)) }
    } catch {
      facts.rollback()
      throw error
    }
    forgetGraph()
    return pulled
  }

  private mutating func pull(_ name: Name) throws(Diagnostic) -> String {
    let known = try existing(name)
    guard let declared = facts.models[known] else { return known }
    guard let read = facts.read(table: declared.readTable ?? facts.table(of: declared)) else {
      throw Diagnostic(
        .unknownModel, "the database has no table `\(facts.table(of: declared))`", at: name.range)
    }
    let pairs = facts.pairs(of: known)
    for side in facts.sides(facts.sidesOfModel[known]) where side.subject == known {
      facts.set(nil, for: side.id)
    }
    facts.set(nil, for: known)
    try refresh(pairs + facts.pairs(of: read.name), saying: [], at: name.range)
    return read.name
  }

  /// Declared models whose tables were read, in the order of their sentences.
  package var declaredInDatabase: [String] {
    facts.ordered.filter { facts.read(table: facts.table(of: $0)) != nil }.map(\.name)
  }

  /// Whether a table or view of that name was read from the database.
  package func hasRead(table: String) -> Bool { facts.hasRead(table: table) }

  /// How many models, views and relations there are that only the database tells of; cheaper than a
  /// graph.
  package var readCounts: (models: Int, views: Int, relations: Int) {
    var counts = (models: 0, views: 0, relations: 0)
    for place in facts.visiblePlaces {
      if facts.read.isView(at: place) { counts.views += 1 } else { counts.models += 1 }
      counts.relations += facts.read.relationCount(at: place)
    }
    return counts
  }
}

extension Trigger {
  /// Nil for a text that is no CREATE TRIGGER.
  init?(text: String) {
    var tokens = SQLTokenizer.tokens(of: text)[...]
    func take(_ keyword: String) -> Bool {
      guard tokens.first?.isKeyword(keyword) == true else { return false }
      tokens.removeFirst()
      return true
    }
    guard take("CREATE"), take("TRIGGER") else { return nil }
    if take("IF") { _ = take("NOT") && take("EXISTS") }
    guard let name = tokens.popFirst(), name.isName || name.kind == .text,
      let place = tokens.firstIndex(where: { $0.isKeyword("ON") }), place + 1 < tokens.endIndex
    else { return nil }
    self.init(name: name.value, table: tokens[place + 1].value, text: text)
  }
}

extension AttributeFacts {
  /// `collate nocase`, `generated "a + b" stored`, as sentences say them.
  var storageWords: [String] { attribute.storageWords }
}

extension Attribute {
  /// What a sentence says of the column for the database's sake.
  var storageWords: [String] {
    var words: [String] = []
    if let text = readDefault { words.append("default sql \(SyntaxWriter.text(text))") }
    if let text = readCheck { words.append("check sql \(SyntaxWriter.text(text))") }
    if case .other(let declared) = type {
      words.append("type \(SyntaxWriter.text(declared))")
    } else if let declared = storage.declaredType {
      words.append("type \(SyntaxWriter.text(declared))")
    }
    if let collation = storage.collation {
      let isPlain = ["NOCASE", "RTRIM"].contains(collation)
      words.append("collate \(isPlain ? collation.lowercased() : SyntaxWriter.text(collation))")
    }
    if let generated = storage.generated {
      words.append("generated \(SyntaxWriter.text(generated.expression))")
      if generated.isStored { words.append("stored") }
    }
    return words
  }
}
