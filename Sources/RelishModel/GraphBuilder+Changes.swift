import RelishLanguage

// `indexed by`, `unique by`, `labeled by`, `renames`, `drops` (LANGUAGE.md §3).
extension GraphBuilder {
  mutating func index(
    _ syntax: IndexSyntax, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let model = try existing(syntax.model)
    let attributes = try attributes(syntax.columns, of: model)
    declare(model)
    guard var changed = facts.models[model] else { return DeclarationAnswer() }
    var index = IndexFacts(name: syntax.name?.value, attributes: attributes)
    index.definition = syntax.definition?.value
    index.isUniqueIndex = syntax.unique != nil
    // A unique index over attributes is a unique key like any other.
    let isKey = syntax.isConstraint || index.isUniqueIndex && index.definition == nil
    let known = isKey ? changed.uniques : changed.indexes
    let table = facts.table(of: changed)
    let list = attributes.map { facts.column(of: $0, in: changed) }
    let words =
      syntax.isConstraint ? "unique by" : index.isUniqueIndex ? "unique index on" : "indexed by"
    let what = index.definition ?? list.joined(separator: ", ")
    let line = "\(table): \(words) \(what)"
    let same = known.firstIndex {
      $0.attributes == index.attributes && $0.definition == index.definition
        && (index.name == nil || $0.name == nil || $0.name == index.name)
    }
    if let same {
      guard known[same].name != index.name, index.name != nil else {
        return DeclarationAnswer(facts: [line + " (as before)"])
      }
      if isKey { changed.uniques[same] = index } else { changed.indexes[same] = index }
    } else if isKey {
      changed.uniques.append(index)
    } else {
      changed.indexes.append(index)
    }
    facts.set(changed, for: model)
    try refresh(
      facts.pairs(of: model), saying: [], at: syntax.columns.first?.range ?? syntax.model.range)
    return DeclarationAnswer(facts: [line])
  }

  mutating func label(
    _ name: Name, by attribute: Name, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let model = try existing(name)
    let attributes = try self.attributes([attribute], of: model)
    declare(model)
    guard var changed = facts.models[model], let label = attributes.first else {
      return DeclarationAnswer()
    }
    changed.label = label
    facts.set(changed, for: model)
    return DeclarationAnswer(facts: ["\(model) is labeled by \(label)"])
  }

  /// The attributes that names mean; a relation means its key.
  func attributes(_ names: [Name], of model: String) throws(Diagnostic) -> [String] {
    var attributes: [String] = []
    for name in names {
      let found = try attribute(name, of: model)
      for attribute in found where attributes.contains(attribute) {
        throw Diagnostic(
          .duplicateOption, "`\(attribute)` is said twice", at: name.range)
      }
      attributes += found
    }
    return attributes
  }

  private func attribute(_ name: Name, of model: String) throws(Diagnostic) -> [String] {
    let known = facts.model(model)
    if let attribute = known?.attribute(named: name.text) { return [attribute.attribute.name] }
    var names = known?.attributes.map(\.attribute.name) ?? []
    names += Pairing(facts).keyParts(of: model).map(\.name)
    if known?.hasTimestamps == true { names += ["createdAt", "updatedAt"] }
    for pair in facts.pairs(of: model) where pair.holder == model {
      for key in facts.pools[pair] ?? [] {
        if key.name == name.text { return key.attributes }
        names += key.attributes
      }
    }
    if names.contains(name.text) { return [name.text] }
    throw Diagnostic(
      .unknownAttribute, "`\(model)` has no attribute `\(name)`", at: name.range,
      hint: Suggestion.hint(for: name.text, among: names, listing: "its attributes are"))
  }

  // MARK: Renaming and dropping

  mutating func rename(
    _ from: Name, to: Name, on name: Name, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let model = try existing(name)
    declare(model)
    guard var changed = facts.models[model] else { return DeclarationAnswer() }
    guard let position = changed.position(of: from.text) else {
      if let answer = renameColumn(from, to: to, of: model) { return answer }
      throw notStated(from, of: model, verb: "renamed")
    }
    let old = changed.attributes[position].attribute.name
    if let other = changed.position(of: to.text), other != position {
      throw Diagnostic(
        .nameTaken, "`\(model)` has an attribute `\(changed.attributes[other].attribute.name)`",
        at: to.range)
    }
    let before = facts.column(of: old, in: changed)
    changed.attributes[position].attribute.name = to.text
    if changed.attributes[position].isRead { changed.attributes[position].column = nil }
    changed.noteRename(of: before, to: to.text)
    changed.renameUses(of: old, to: to.text)
    facts.set(changed, for: model)
    let pairs = facts.pairs(of: model)
    for side in facts.sides(facts.sidesOfModel[model]) {
      facts.set(side.renaming(old, to: to.text, of: model), for: side.id)
    }
    try refresh(pairs, saying: [], at: to.range)
    try checkNames([to], on: model)
    let table = facts.table(of: changed)
    return DeclarationAnswer(facts: [
      "\(table): \(before) is now \(facts.column(of: to.text, in: changed))"
    ])
  }

  /// `Product renames title to name` where the model has said `name` already and the database still has
  /// `title`: the column goes on under its new name.
  private mutating func renameColumn(
    _ from: Name, to: Name, of model: String
  ) -> DeclarationAnswer? {
    guard var changed = facts.models[model],
      let table = facts.read(table: changed.readTable ?? facts.table(of: changed)),
      let old = table.attribute(named: from.text)?.column,
      let known = (try? attributes([to], of: model))?.first
    else { return nil }
    changed.noteRename(of: old, to: known)
    facts.set(changed, for: model)
    return DeclarationAnswer(facts: [
      "\(facts.table(of: changed)): \(old) is now \(facts.column(of: known, in: changed))"
    ])
  }

  mutating func drop(
    _ names: [Name], of name: Name, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    let model = try existing(name)
    declare(model)
    var words: [String] = []
    let pairs = facts.pairs(of: model)
    for name in names {
      if facts.models[model]?.position(of: name.text) != nil {
        words += try dropAttribute(name, of: model)
      } else {
        words += try dropRelation(name, of: model)
      }
    }
    try refresh(
      pairs + facts.pairs(of: model), saying: [], at: names.first?.range ?? name.range)
    return DeclarationAnswer(facts: words)
  }

  private mutating func dropAttribute(
    _ name: Name, of model: String
  ) throws(Diagnostic) -> [String] {
    guard var changed = facts.models[model], let position = changed.position(of: name.text) else {
      return []
    }
    let attribute = changed.attributes[position].attribute.name
    for other in changed.attributes where other.attribute.name != attribute {
      guard
        other.attribute.check?.condition.paths.contains(where: {
          $0.names.first?.text == attribute
        }) == true
      else { continue }
      throw Diagnostic(
        .invalidDeclaration,
        "the check of `\(model) \(other.attribute.name)` speaks of `\(attribute)`",
        at: name.range, hint: "state `\(other.attribute.name)` anew without the check first")
    }
    let table = facts.table(of: changed)
    var words = ["\(table): dropped \(facts.column(of: attribute, in: changed))"]
    for (kind, list) in [("index", changed.indexes), ("unique", changed.uniques)] {
      for index in list where index.attributes.contains(attribute) {
        words.append("\(table): dropped its \(kind) by \(index.attributes.joined(separator: ", "))")
      }
    }
    changed.attributes.remove(at: position)
    changed.indexes.removeAll { $0.attributes.contains(attribute) }
    changed.uniques.removeAll { $0.attributes.contains(attribute) }
    changed.keyNames.removeAll { $0.text == attribute }
    changed.readKeys.removeAll { $0.attributes.contains(attribute) }
    if changed.label == attribute { changed.label = nil }
    facts.set(changed, for: model)
    return words
  }

  /// `Product drops user` takes back what was said of a relation.
  private mutating func dropRelation(
    _ name: Name, of model: String
  ) throws(Diagnostic) -> [String] {
    let sides = facts.sides(facts.sidesOfModel[model]).filter {
      $0.subject == model && $0.name == name.text
    }
    guard !sides.isEmpty else { throw notStated(name, of: model, verb: "dropped") }
    for side in sides { facts.set(nil, for: side.id) }
    return ["\(model): dropped the relation \(name)"]
  }

  /// The error for a name that no sentence states as an attribute.
  private func notStated(_ name: Name, of model: String, verb: String) -> Diagnostic {
    if let relation = facts.relation(named: name.text, on: model) {
      return Diagnostic(
        .unknownAttribute,
        "`\(model) \(name)` is a relation to `\(relation.target)`, not \(verb) here",
        at: name.range, hint: "say the association's sentence anew")
    }
    let isImplied =
      isOwnKey(name.text, of: model)
      || ["id", "createdAt", "updatedAt"].contains(name.text)
    let names = facts.model(model)?.attributes.map(\.attribute.name) ?? []
    return Diagnostic(
      .unknownAttribute,
      isImplied
        ? "`\(model) \(name)` comes by itself and cannot be \(verb)"
        : "`\(model)` has no attribute `\(name)`",
      at: name.range,
      hint: isImplied
        ? nil : Suggestion.hint(for: name.text, among: names, listing: "its attributes are"))
  }
}

extension ModelFacts {
  /// A column renamed twice is renamed once, from its first name to its last.
  mutating func noteRename(of column: String, to attribute: String) {
    let earlier = renamed.firstIndex { $0.attribute == column || $0.attribute == attribute }
    if let earlier {
      renamed[earlier].attribute = attribute
    } else {
      renamed.append(ColumnRename(column: column, attribute: attribute))
    }
  }

  /// Keys, indexes and the label go on under the new name; so do checks.
  mutating func renameUses(of old: String, to new: String) {
    func renamed(_ name: String) -> String { name == old ? new : name }
    for position in indexes.indices {
      indexes[position].attributes = indexes[position].attributes.map(renamed)
    }
    for position in uniques.indices {
      uniques[position].attributes = uniques[position].attributes.map(renamed)
    }
    for position in keyNames.indices { keyNames[position].text = renamed(keyNames[position].text) }
    for position in readKeys.indices {
      readKeys[position].attributes = readKeys[position].attributes.map(renamed)
    }
    label = label.map(renamed)
    for position in self.renamed.indices {
      self.renamed[position].attribute = renamed(self.renamed[position].attribute)
    }
    for position in attributes.indices {
      guard let check = attributes[position].attribute.check,
        check.condition.paths.contains(where: { $0.names.first?.text == old })
      else { continue }
      let condition = check.condition.renaming(old, to: new)
      attributes[position].attribute.check = CheckSyntax(
        condition: condition, source: SyntaxWriter.condition(condition))
    }
  }
}

extension Side {
  /// The same side after an attribute of one of its models was renamed.
  func renaming(_ old: String, to new: String, of model: String) -> Side {
    var side = self
    func renamed(_ names: [String]) -> [String] { names.map { $0 == old ? new : $0 } }
    if pair?.holder == model { side.key = renamed(key) }
    if pair?.target == model || junction != nil && subject == model {
      side.to = to.map { $0 == old ? new : $0 }
    }
    if junction == model {
      side.key = renamed(key)
      side.otherKey = renamed(otherKey)
    }
    return side
  }
}
