import RelishLanguage

// Attributes as `has` says them (LANGUAGE.md §3).
extension SaveWriter {
  /// The attributes that a sentence must name: not the own `id`, not the timestamps, and of the keys
  /// of relations those of which more is known than the relation tells.
  func saidAttributes(of model: Model) -> [Attribute] {
    if isInOrder(model) { return usuallySaid(of: model) }
    // All of them, where the order that follows is another one.
    let isFirst =
      model.storage.keyName == nil
      && model.attributes.first.map { isAutomatic($0) && $0.isKey } ?? false
    return isFirst ? Array(model.attributes.dropFirst()) : model.attributes
  }

  /// Whether the columns stand as they would by themselves: key, attributes, timestamps, keys of
  /// relations (LANGUAGE.md §9 Database).
  func isInOrder(_ model: Model) -> Bool {
    let said = usuallySaid(of: model).map(\.name).filter { !model.primaryKey.contains($0) }
    let rest = model.attributes.filter {
      !model.primaryKey.contains($0.name) && !said.contains($0.name)
    }
    let times = ["createdAt", "updatedAt"].filter { name in rest.contains { $0.name == name } }
    let others = rest.map(\.name).filter { !times.contains($0) }
    return model.primaryKey + said + times + others == model.attributes.map(\.name)
  }

  private func usuallySaid(of model: Model) -> [Attribute] {
    let lastOwn = model.attributes.lastIndex { attribute in
      if case .relationKey = attribute.role { return false }
      return !isAutomatic(attribute) || attribute.role.isTimestamp
    }
    return model.attributes.enumerated().compactMap { position, attribute in
      // A junction has an `id` only if it says so, and a key that is named names what is said.
      let isNeeded =
        model.storage.keyName != nil || junctions.contains { $0.junction == model.name }
      if isAutomatic(attribute), !(isNeeded && attribute.isKey) { return nil }
      guard case .relationKey(let id) = attribute.role, let relation = graph.relation(id) else {
        return attribute
      }
      // Keys of relations stand behind all other attributes, unless `has` names them or they are
      // parts of the primary key.
      let isInPlace = attribute.isKey || lastOwn.map { position > $0 } ?? true
      return isTold(attribute, by: relation) && isInPlace ? nil : attribute
    }
  }

  /// `price decimal(10,2) default 0 check price >= 0`, for each of the attributes.
  func texts(of attributes: [Attribute], in model: Model) -> [String] {
    let isOption = keyIsOption(of: model) || model.storage.keyName != nil
    let keys = isOption ? [] : model.primaryKey
    return attributes.map { text(of: $0, isKey: keys.contains($0.name)) }
  }

  func text(of attribute: Attribute, isKey: Bool) -> String {
    var words = [SyntaxWriter.bareName(attribute.name), Sentences.type(attribute.type)]
    if isKey { words.append("key") }
    if attribute.isGenerated, attribute.isKey, !isNumberedByItself(attribute) {
      words.append(attribute.storage.reusesNumbers ? "rowid" : "autoincrement")
    }
    if attribute.isRequired, !attribute.isKey { words.append("required") }
    if attribute.isKey, attribute.storage.isNullableKey { words.append("optional") }
    if attribute.isUnique { words.append("unique") }
    if let value = attribute.defaultValue {
      words.append("default \(SyntaxWriter.expression(value))")
    }
    if let check = attribute.check {
      words.append("check \(SyntaxWriter.condition(check.condition))")
    }
    if attribute.column != naming.column(attribute.name) {
      words.append("column \(SyntaxWriter.text(attribute.column))")
    }
    words += attribute.storageWords
    let isTypeNeeded = unfitting(attribute) != nil || isUnnumbered(attribute)
    if attribute.storage.declaredType == nil, isTypeNeeded {
      words.append("type \(SyntaxWriter.text(attribute.type.usualSpelling))")
    }
    if let note = attribute.note { words.append("note \(SyntaxWriter.text(note))") }
    return words.joined(separator: " ")
  }

  /// The type of a key that does not fit what it points to, which only `type` makes sayable.
  private func unfitting(_ attribute: Attribute) -> AttributeType? {
    guard case .relationKey(let id) = attribute.role, let relation = graph.relation(id),
      let target = graph.model(named: relation.target),
      let position = relation.attributes.firstIndex(of: attribute.name),
      position < relation.targetAttributes.count,
      let other = target.attribute(named: relation.targetAttributes[position]),
      !attribute.type.fits(other.type)
    else { return nil }
    return other.type
  }

  /// A whole number as `id` is numbered by itself unless its type is said.
  private func isUnnumbered(_ attribute: Attribute) -> Bool {
    attribute.isKey && attribute.name == "id" && !attribute.isGenerated
      && (attribute.type == .integer || attribute.type == .bigint)
  }

  /// `id` is numbered without a word (LANGUAGE.md §3).
  private func isNumberedByItself(_ attribute: Attribute) -> Bool {
    attribute.name == "id" && !attribute.storage.reusesNumbers
  }

  /// An attribute that every model has by itself, and as it is by itself.
  func isAutomatic(_ attribute: Attribute) -> Bool {
    guard attribute.note == nil, attribute.check == nil, attribute.storageWords.isEmpty,
      !attribute.storage.reusesNumbers, attribute.column == naming.column(attribute.name)
    else { return false }
    return attribute.role.isTimestamp && attribute.isRequired && attribute.defaultValue == nil
      || attribute.isGenerated && attribute.isKey && attribute.name == "id"
        && attribute.type == .integer
  }

  /// Whether the relation's own sentence says everything about its key.
  private func isTold(_ attribute: Attribute, by relation: Relation) -> Bool {
    guard let position = relation.attributes.firstIndex(of: attribute.name),
      position < relation.targetAttributes.count,
      let target = graph.model(named: relation.target)?
        .attribute(named: relation.targetAttributes[position])
    else { return false }
    return attribute.defaultValue == nil && attribute.check == nil && attribute.note == nil
      && attribute.storageWords.isEmpty && unfitting(attribute) == nil && !attribute.isGenerated
      && !attribute.storage.isNullableKey
      // A key that points to itself cannot take its type from there.
      && !(relation.target == relation.holder
        && (attribute.isKey || relation.targetAttributes.contains(attribute.name)))
      && attribute.column == naming.column(attribute.name)
      && attribute.type == target.type
      && (!attribute.isUnique || relation.isUnique && relation.attributes.count == 1)
      && (!attribute.isRequired || relation.isRequired)
  }
}

extension Sentences {
  /// A type as it is written in a sentence; one that only a database knows as the text it can hold.
  static func type(_ type: AttributeType) -> String {
    switch type {
    case .string(255): "string"
    case .other: "text"
    default: type.words
    }
  }
}

extension Attribute.Role {
  var isTimestamp: Bool {
    switch self {
    case .createdAt, .updatedAt: true
    default: false
    }
  }
}
