import RelishLanguage

// `Product has title string required, price double` (LANGUAGE.md §3).
extension GraphBuilder {
  mutating func has(
    _ name: Name, _ attributes: [AttributeSyntax], in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    var notes: [Diagnostic] = []
    let model = try declared(name, isNoted: false, notes: &notes)
    let pairs = facts.pairs(of: model)
    let before = Set(lines(of: pairs))
    let words = try state(attributes, of: model)
    try refresh(pairs, saying: [], at: attributes.first?.range ?? name.range)
    try checkNames(attributes.map(\.name), on: model)
    if isQuiet { return DeclarationAnswer() }
    let table = facts.table(of: model)
    // Keys that follow from what was said, as a `key` that relations point to.
    let changed = before.isEmpty ? [] : lines(of: pairs).filter { !before.contains($0) }
    return DeclarationAnswer(
      facts: ["\(table): \(words.joined(separator: ", "))"] + changed, notes: notes)
  }

  /// States attributes whole; answers each in words, with what it was before.
  mutating func state(
    _ attributes: [AttributeSyntax], of model: String
  ) throws(Diagnostic) -> [String] {
    guard var changed = facts.models[model] else { return [] }
    var words: [String] = []
    var seen: Set<String> = []
    for syntax in attributes {
      guard seen.insert(syntax.name.text.lowercased()).inserted else {
        throw Diagnostic(
          .duplicateOption, "`\(syntax.name)` is said twice in one sentence",
          at: syntax.name.range)
      }
      words.append(try state(syntax, of: &changed))
    }
    for syntax in attributes { try check(syntax, of: changed) }
    facts.set(changed, for: model)
    return words
  }

  private func state(
    _ syntax: AttributeSyntax, of model: inout ModelFacts
  ) throws(Diagnostic) -> String {
    try checkType(syntax)
    let position = model.position(of: syntax.name.text)
    let before = position.map { model.attributes[$0] }
    let name = before?.attribute.name ?? syntax.name.text
    var attribute = Attribute(name: name, column: "", type: syntax.type.value)
    attribute.isRequired = syntax.isRequired
    attribute.isUnique = syntax.isUnique
    attribute.isKey = syntax.isKey
    attribute.defaultValue = syntax.defaultValue
    attribute.check = syntax.check
    attribute.note = syntax.note
    attribute.readDefault = syntax.storage.defaultText?.value
    attribute.readCheck = syntax.storage.checkText?.value
    attribute.isGenerated = syntax.name.text == "id" && before?.attribute.isGenerated == true
    if attribute.isGenerated { attribute.isKey = true }
    let isKey = attribute.isKey || model.keyNames.contains { $0.text == name }
    try state(syntax.storage, of: &attribute, isKey: isKey)
    attribute.storage.isNullableKey = isKey && syntax.isOptional
    let column = syntax.column?.value ?? (before?.isRead == true ? before?.column : nil)
    let said = AttributeFacts(attribute: attribute, column: column)
    try checkColumn(syntax, said, in: model)
    let words = said.words(facts.naming)
    guard let position, let before else {
      model.attributes.append(said)
      return words
    }
    model.attributes[position] = said
    let old = before.words(facts.naming)
    return old == words
      ? "\(words) (as before)"
      : "\(words) (was \(old.dropFirst(before.attribute.name.count + 1)))"
  }

  // MARK: Checks

  private func checkType(_ syntax: AttributeSyntax) throws(Diagnostic) {
    let problem: String? =
      switch syntax.type.value {
      case .string(let length) where length < 1: "a string has room for at least one character"
      case .decimal(let precision, let scale)
      where precision < 1 || scale < 0 || scale > precision:
        "\(scale) digits after the point do not fit into \(precision) digits"
      case .enumeration(let values) where values.isEmpty: "an enum needs at least one value"
      case .enumeration(let values) where Set(values).count < values.count:
        "an enum names each value once"
      default: nil
      }
    guard let problem else { return }
    throw Diagnostic(.invalidDeclaration, problem, at: syntax.type.range)
  }

  /// Two attributes of one model cannot have one column.
  private func checkColumn(
    _ syntax: AttributeSyntax, _ said: AttributeFacts, in model: ModelFacts
  ) throws(Diagnostic) {
    let column = (said.column ?? facts.naming.column(said.attribute.name)).lowercased()
    let range = syntax.column?.range ?? syntax.name.range
    let other = model.attributes.first {
      $0.attribute.name != said.attribute.name
        && ($0.column ?? facts.naming.column($0.attribute.name)).lowercased() == column
    }
    guard let other else { return }
    throw Diagnostic(
      .nameTaken, "`\(model.name) \(other.attribute.name)` has the column `\(column)` already",
      at: range)
  }

  private func check(_ syntax: AttributeSyntax, of model: ModelFacts) throws(Diagnostic) {
    if let value = syntax.defaultValue { try checkDefault(value, of: syntax) }
    guard let check = syntax.check else { return }
    var problem: Diagnostic?
    let names = model.attributes.map(\.attribute.name)
    for path in check.condition.paths where problem == nil {
      guard let first = path.names.first else { continue }
      let isKnown =
        model.attribute(named: first.text) != nil || isOwnKey(first.text, of: model.name)
        || ["id", "createdAt", "updatedAt"].contains(first.text)
      if path.names.count > 1 {
        problem = Diagnostic(
          .invalidDeclaration, "a check speaks of the model's own attributes only",
          at: path.range)
      } else if !isKnown {
        problem = Diagnostic(
          .unknownAttribute, "`\(model.name)` has no attribute `\(first)`", at: first.range,
          hint: Suggestion.hint(for: first.text, among: names, listing: "its attributes are"))
      }
    }
    if let problem { throw problem }
    if check.condition.asksOtherRows {
      throw Diagnostic(
        .invalidDeclaration, "a check looks at one row, not at related ones", at: syntax.range)
    }
  }

  /// Whether that is the key of one of the model's relations.
  func isOwnKey(_ name: String, of model: String) -> Bool {
    facts.pairs(of: model).contains { pair in
      pair.holder == model
        && (facts.pools[pair] ?? []).contains { $0.attributes.contains(name) }
    }
  }

  private func checkDefault(
    _ value: Expression, of syntax: AttributeSyntax
  ) throws(Diagnostic) {
    let type = syntax.type.value
    let literal: Literal
    let range: SourceRange
    switch value {
    case .literal(let said, let place):
      (literal, range) = (said, place)
    case .negate(.literal(.integer(let number), _), let place) where number != .min:
      (literal, range) = (.integer(-number), place)
    case .negate(.literal(.decimal(let number), _), let place):
      (literal, range) = (
        .decimal(
          Decimal(isNegative: !number.isNegative, digits: number.digits, scale: number.scale)),
        place
      )
    case .call(let name, let arguments, let place)
    where arguments.isEmpty && ["now", "today"].contains(name.text.lowercased()):
      let fits = type == .datetime || type == .date && name.text.lowercased() == "today"
      guard fits else {
        throw Diagnostic(
          .wrongType, "`\(syntax.name)` is \(type.words), which `\(name)()` is not", at: place)
      }
      return
    default:
      throw Diagnostic(
        .invalidDeclaration, "a default is a value, `now()` or `today()`", at: syntax.range)
    }
    if case .null = literal, syntax.isRequired || syntax.isKey {
      throw Diagnostic(
        .contradiction, "`\(syntax.name)` is required, so its default cannot be null", at: range)
    }
    do {
      _ = try ValueCheck.convert(literal, to: type)
    } catch {
      throw Diagnostic(
        .badValue, "`\(syntax.name)` \(error.reason)", at: range, hint: error.hint)
    }
  }

  /// A plain attribute cannot have the name of a relation (LANGUAGE.md §4).
  func checkNames(_ names: [Name], on model: String) throws(Diagnostic) {
    for name in names {
      guard let claim = facts.relation(named: name.text, on: model) else { continue }
      throw Diagnostic(
        .nameTaken, "`\(model) \(name)` is a relation to `\(claim.target)`", at: name.range,
        hint: claim.isSaid
          ? "name the attribute or the relation otherwise"
          : "name the attribute otherwise, or the relation: "
            + "`\(model) hasMany \(claim.target) as …`",
        related: claim.excerpt.map { [Diagnostic.Related("the relation is said here", $0)] } ?? [])
    }
  }
}

extension AttributeFacts {
  /// `title string(80) required unique`
  func words(_ naming: Naming) -> String {
    var words = "\(SyntaxWriter.bareName(attribute.name)) \(attribute.type.words)"
    if attribute.isKey { words += " key" }
    if attribute.isRequired { words += " required" }
    if attribute.isUnique { words += " unique" }
    if let value = attribute.defaultValue { words += " default \(SyntaxWriter.expression(value))" }
    if let check = attribute.check { words += " check \(check.source)" }
    words += storageWords.map { " " + $0 }.joined()
    if let column, column != naming.column(attribute.name) {
      words += " column \(SyntaxWriter.text(column))"
    }
    if let note = attribute.note { words += " note \(SyntaxWriter.text(note))" }
    return words
  }
}
