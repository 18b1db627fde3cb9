import RelishLanguage

// The model in plain English: `say`, `say Product`.
extension Sentences {
  /// What a model has and how it hangs together with others, one sentence each; nil says all models,
  /// with an empty line between them.
  ///
  /// `A Product belongs to one User (optional); when the User is deleted, its products are deleted
  /// too.`
  package static func say(_ model: Model?, in graph: ModelGraph) -> [String] {
    let models = model.map { [$0] } ?? graph.models
    let texts = models.map { sentences(about: $0, in: graph) }
    return Array(texts.joined(separator: [""]))
  }

  private static func sentences(about model: Model, in graph: ModelGraph) -> [String] {
    var sentences: [String] = []
    let own = model.attributes.filter { attribute in
      if case .plain = attribute.role { !attribute.isGenerated } else { false }
    }
    if own.isEmpty {
      sentences.append("\(article(model.name, "A")) \(model.name) has no attributes of its own.")
    } else {
      let list = listed(own.map(phrase))
      sentences.append("\(article(model.name, "A")) \(model.name) has \(list).")
    }
    sentences += keySentences(about: model)
    for association in model.associations {
      sentences += [sentence(about: association, of: model, in: graph)].compactMap { $0 }
    }
    for trigger in graph.triggers(on: model) {
      sentences.append("The trigger \(trigger.name) acts on it.")
    }
    return sentences
  }

  /// `price (decimal(10,2), 0 by default, with price >= 0)`
  private static func phrase(_ attribute: Attribute) -> String {
    var facts = [type(attribute.type)]
    if attribute.isRequired, !attribute.isKey { facts.append("required") }
    if attribute.isUnique, !attribute.isKey { facts.append("unique") }
    if let value = attribute.defaultValue {
      facts.append("\(SyntaxWriter.expression(value)) by default")
    }
    if let check = attribute.check {
      facts.append("with \(SyntaxWriter.condition(check.condition))")
    }
    facts += attribute.storageWords
    if let note = attribute.note { facts.append(note) }
    return "\(attribute.name) (\(facts.joined(separator: ", ")))"
  }

  private static func keySentences(about model: Model) -> [String] {
    var sentences: [String] = []
    let isNumbered = model.attributes.contains { $0.isKey && $0.isGenerated }
    if !isNumbered, !model.primaryKey.isEmpty {
      let together = model.primaryKey.count > 1 ? " together" : ""
      sentences.append("Its key is \(listed(model.primaryKey))\(together).")
    }
    if let label = model.label {
      sentences.append("`\(model.name) \"…\"` is the one with that \(label).")
    }
    for unique in model.uniques {
      sentences.append("No two have the same \(listed(unique.attributes)).")
    }
    for index in model.indexes {
      let what = index.definition.map { "`\($0)`" } ?? listed(index.attributes)
      sentences.append("There is \(index.isUniqueIndex ? "a unique" : "an") index by \(what).")
    }
    for check in model.storage.checks { sentences.append("Always `\(check.text)`.") }
    if model.isView { sentences.append("It is a view: its rows can be asked for, not written.") }
    if model.hasTimestamps {
      sentences.append("createdAt and updatedAt tell when it was created and last changed.")
    }
    return sentences
  }

  private static func sentence(
    about association: Association, of model: Model, in graph: ModelGraph
  ) -> String? {
    let subject = "\(article(model.name, "A")) \(model.name)"
    switch association.route {
    case .forward(let id):
      return graph.relation(id).map { forwardSentence(about: $0, in: graph) }
    case .inverse(let id):
      guard let relation = graph.relation(id) else { return nil }
      return association.isToMany
        ? "\(subject) has many \(association.name) (\(relation.holder) \(relation.name))."
        : "\(subject) has at most one \(association.name) (\(relation.holder) \(relation.name))."
    case .junction(let near, _):
      let junction = graph.relation(near)?.holder ?? ""
      return "\(subject) has many \(association.name) (\(association.target)), "
        + "joined by \(junction)."
    case .walk(let hops):
      let number = association.isToMany ? "many" : "one"
      return "\(subject) reaches \(number) \(association.name) (\(association.target)) "
        + "by \(hops.joined(separator: ", then ")); no column of its own."
    }
  }

  private static func forwardSentence(about relation: Relation, in graph: ModelGraph) -> String {
    let number = relation.isRequired ? "exactly one" : "one"
    var text = "\(article(relation.holder, "A")) \(relation.holder) belongs to \(number) "
    text += relation.target
    if relation.name != Naming(style: graph.naming).relation(toOne: relation.target) {
      text += " as its \(relation.name)"
    }
    if !relation.isRequired { text += " (optional)" }
    if relation.isUnique {
      text += ", and no two to the same one"
    }
    return text + "; " + deletion(of: relation, in: graph) + update(of: relation) + "."
  }

  private static func deletion(of relation: Relation, in graph: ModelGraph) -> String {
    let target = relation.target
    let many = dependents(of: relation, in: graph)
    let isOne = relation.isUnique
    guard relation.isConstrained else {
      return "the database does not check whether there is such \(article(target, "a")) \(target)"
    }
    switch relation.onDelete {
    case .cascade:
      return "when the \(target) is deleted, its \(many) \(isOne ? "is" : "are") deleted too"
    case .setNull:
      return "when the \(target) is deleted, its \(many) \(isOne ? "stays" : "stay") without "
        + withArticle(relation.name)
    case .setDefault:
      return "when the \(target) is deleted, its \(many) \(isOne ? "gets" : "get") the default "
        + "\(listed(relation.attributes))"
    case .restrict, .noAction:
      let some = isOne ? withArticle(many) : many
      return "\(article(target, "a")) \(target) that has \(some) cannot be deleted"
    }
  }

  /// What the target calls the rows that point to it; which they are, where that is no plural of theirs.
  private static func dependents(of relation: Relation, in graph: ModelGraph) -> String {
    let usual = InverseNames.plain(of: relation, in: graph)
    guard let name = relation.inverse, name != usual else { return usual }
    let rows = relation.isUnique ? relation.holder : Plural.plural(of: relation.holder)
    return "\(name) (\(rows))"
  }

  private static func withArticle(_ noun: String) -> String { "\(article(noun, "a")) \(noun)" }

  /// Nothing for `cascade`, which is what one expects.
  private static func update(of relation: Relation) -> String {
    guard relation.isConstrained else { return "" }
    let key = listed(relation.targetAttributes)
    switch relation.onUpdate {
    case .cascade: return ""
    case .setNull:
      return "; when its \(key) changes, they are left without \(withArticle(relation.name))"
    case .setDefault: return "; when its \(key) changes, they get the default"
    case .restrict, .noAction: return "; its \(key) cannot change while there are some"
    }
  }

  /// `A` or `An`, in the letter case of `word`, by how the name sounds.
  private static func article(_ name: String, _ word: String) -> String {
    let name = name.lowercased()
    let soundsLikeYou = ["us", "uni", "ut", "ur", "eu", "one", "once"].contains {
      name.hasPrefix($0)
    }
    let isSilentH = ["hour", "heir", "honest", "honor", "honour"].contains { name.hasPrefix($0) }
    let isVowel = name.first.map { "aeiou".contains($0) } ?? false
    return isSilentH || isVowel && !soundsLikeYou ? word + "n" : word
  }
}
