import RelishLanguage

/// One attribute of a model's primary key.
struct KeyPart: Sendable, Equatable {
  var name: String
  var type: AttributeType
}

extension Pairing {
  // MARK: What a key points to

  /// The primary key of a model, or nothing when it has none or its parts are not said yet.
  func keyParts(of model: String) -> [KeyPart] { (try? primaryKey(of: model)) ?? [] }

  /// `id` unless the model declares a key; the two keys of a junction that declares none.
  func primaryKey(of model: String) throws(PairingProblem) -> [KeyPart] {
    guard let facts = facts.model(model) else { return [KeyPart(name: "id", type: .integer)] }
    if !facts.keyNames.isEmpty {
      return facts.keyNames.flatMap { name in
        facts.attribute(named: name.text).map {
          [KeyPart(name: $0.attribute.name, type: $0.attribute.type)]
        } ?? relationKeyParts(name.text, of: model)
      }
    }
    let said = facts.attributes.filter(\.attribute.isKey)
    if !said.isEmpty {
      return said.map { KeyPart(name: $0.attribute.name, type: $0.attribute.type) }
    }
    if facts.isKeyless { return [] }
    if let id = facts.attribute(named: "id")?.attribute {
      return [KeyPart(name: id.name, type: id.type)]
    }
    guard self.facts.sidesOfJunction[model] != nil else {
      return [KeyPart(name: "id", type: .integer)]
    }
    guard let pairing = following(model) else {
      throw PairingProblem(
        .invalidDeclaration, "the key of `\(model)` would be made of itself",
        hint: "give it a key of its own: `\(model) has id integer key`")
    }
    return try pairing.junctionKey(of: model)
  }

  private func junctionKey(of model: String) throws(PairingProblem) -> [KeyPart] {
    var parts: [KeyPart] = []
    for draft in try junctions(through: model) {
      for end in [draft.left, draft.right] {
        let pair = Pair(holder: model, target: end.target)
        let keys = try keys(of: pair)
        guard
          let key = keys.first(where: {
            $0.ends.contains { $0.name == end.name && same($0.key, end.key) }
          })
        else { continue }
        for (name, type) in zip(key.attributes, key.types)
        where !parts.contains(where: { $0.name == name }) {
          parts.append(KeyPart(name: name, type: type))
        }
      }
    }
    return parts
  }

  /// `model Slot key userId, day`, where `userId` is the key of a relation, or `key user, day`.
  func relationKeyParts(_ name: String, of model: String) -> [KeyPart] {
    guard let pairing = following(model) else { return [] }
    for pair in facts.pairs(of: model) where pair.holder == model {
      for key in (try? pairing.keys(of: pair)) ?? [] {
        let parts = zip(key.attributes, key.types).map { KeyPart(name: $0, type: $1) }
        if key.name == name { return parts }
        if let part = parts.first(where: { $0.name.lowercased() == name.lowercased() }) {
          return [part]
        }
      }
    }
    return []
  }

  /// The key's names: said, read, or from the relation's name and the other model's key.
  func keyNames(of draft: KeyDraft) -> [String] {
    if !draft.saidKey.isEmpty { return draft.saidKey }
    if let read = draft.read { return read.attributes }
    let parts = keyParts(of: draft.target)
    if let to = draft.to, parts.count != 1 {
      return [facts.naming.key(relation: draft.name, targetKey: to)]
    }
    return parts.map { facts.naming.key(relation: draft.name, targetKey: $0.name) }
  }

  // MARK: Options

  /// Fills in what both sides, the attributes and the defaults say (LANGUAGE.md §4).
  func complete(_ draft: inout KeyDraft) throws(PairingProblem) {
    let targets = try targets(of: draft)
    let names = keyNames(of: draft)
    guard names.count == targets.count else {
      let parts = targets.map { "`\($0.name)`" }.joined(separator: ", ")
      throw PairingProblem(
        .invalidDeclaration,
        "`\(draft.target)` is pointed to by \(parts), and `key` names \(names.count)",
        hint: "name one column for each", sides: draft.sides, at: .key)
    }
    draft.targetAttributes = targets.map(\.name)
    draft.types = targets.map(\.type)
    draft.attributes = names
    let holder = facts.model(draft.holder)
    var held: [AttributeFacts] = []
    for (position, name) in names.enumerated() {
      guard let attribute = holder?.attribute(named: name) else { continue }
      held.append(attribute)
      draft.attributes[position] = attribute.attribute.name
      // Whoever says the database's own type means it.
      let fits =
        attribute.attribute.type.fits(targets[position].type)
        || attribute.attribute.storage.declaredType != nil
      guard attribute.isRead || fits else {
        throw PairingProblem(
          .wrongType,
          "`\(draft.holder) \(attribute.attribute.name)` is "
            + "\(attribute.attribute.type.words), and `\(draft.target) "
            + "\(targets[position].name)`, which it points to, is \(targets[position].type.words)",
          hint: "`\(draft.holder) has \(attribute.attribute.name) \(targets[position].type.words)`",
          sides: draft.sides)
      }
      draft.types[position] = attribute.attribute.type
    }
    try completeRequired(&draft, held)
    try completeUnique(&draft, held)
    try completeRules(&draft)
  }

  /// The attributes that a key points to.
  private func targets(of draft: KeyDraft) throws(PairingProblem) -> [KeyPart] {
    if let to = draft.to { return [try uniqueTarget(to, of: draft)] }
    if let read = draft.read, !read.targetColumns.isEmpty, draft.saidKey.isEmpty {
      let target = facts.model(draft.target)
      let parts = read.targetColumns.compactMap { target?.attribute(named: $0)?.attribute }
      if parts.count == read.targetColumns.count {
        return parts.map { KeyPart(name: $0.name, type: $0.type) }
      }
    }
    let parts = try primaryKey(of: draft.target)
    guard parts.isEmpty else { return parts }
    // `model X key a`: what `a` is will be said; that it is shows when the model is used.
    let later = facts.model(draft.target)?.keyNames ?? []
    guard later.isEmpty else { return later.map { KeyPart(name: $0.text, type: .other("")) } }
    throw PairingProblem(
      .invalidDeclaration, "`\(draft.target)` has no primary key to point to",
      hint: "say `to` and a unique attribute of `\(draft.target)`", sides: draft.sides, at: .target)
  }

  private func uniqueTarget(_ name: String, of draft: KeyDraft) throws(PairingProblem) -> KeyPart {
    let target = facts.model(draft.target)
    let key = try primaryKey(of: draft.target)
    if let part = key.first(where: { $0.name.lowercased() == name.lowercased() }), key.count == 1 {
      return part
    }
    guard let attribute = target?.attribute(named: name)?.attribute else {
      let names = target?.attributes.map(\.attribute.name) ?? []
      throw PairingProblem(
        .unknownAttribute, "`\(draft.target)` has no attribute `\(name)`",
        hint: Suggestion.hint(for: name, among: names, listing: "its attributes are")
          ?? "say `\(draft.target) has \(name) string unique` first", sides: draft.sides, at: .to)
    }
    let isUnique = target?.uniques.contains { $0.attributes == [attribute.name] } == true
    guard attribute.isUnique || isUnique else {
      throw PairingProblem(
        .invalidDeclaration,
        "`\(draft.target) \(attribute.name)` is not unique, so no key can point to it",
        hint: "make it unique: `\(draft.target) unique by \(attribute.name)`", sides: draft.sides,
        at: .to)
    }
    return KeyPart(name: attribute.name, type: attribute.type)
  }
}
