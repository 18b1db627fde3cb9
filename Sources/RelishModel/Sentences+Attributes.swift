import RelishLanguage

// Attributes as `has` says them (LANGUAGE.md §3).
extension SaveWriter {
  /// The attributes that a sentence must name: not the own `id`, not the timestamps, and of the keys
  /// of relations those of which more is known than the relation tells.
  func saidAttributes(of model: Model) -> [Attribute] {
    let lastOwn = model.attributes.lastIndex { attribute in
      if case .relationKey = attribute.role { return false }
      return !isAutomatic(attribute) || attribute.role.isTimestamp
    }
    return model.attributes.enumerated().compactMap { position, attribute in
      if isAutomatic(attribute) { return nil }
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
    let keys = keyIsOption(of: model) ? [] : model.primaryKey
    return attributes.map { text(of: $0, isKey: keys.contains($0.name)) }
  }

  func text(of attribute: Attribute, isKey: Bool) -> String {
    var words = [SyntaxWriter.bareName(attribute.name), Sentences.type(attribute.type)]
    if isKey { words.append("key") }
    if attribute.isRequired, !attribute.isKey { words.append("required") }
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
    if let note = attribute.note { words.append("note \(SyntaxWriter.text(note))") }
    return words.joined(separator: " ")
  }

  /// An attribute that every model has by itself, and as it is by itself.
  func isAutomatic(_ attribute: Attribute) -> Bool {
    guard attribute.note == nil, attribute.check == nil,
      attribute.column == naming.column(attribute.name)
    else { return false }
    return attribute.role.isTimestamp
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
