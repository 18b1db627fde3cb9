import RelishLanguage

// The attributes of a model in the order of its columns (LANGUAGE.md §9 Database).
extension Derivation {
  /// Key, attributes, `createdAt`, `updatedAt`, relation keys; a table that was read keeps its order.
  func attributes(of facts: ModelFacts, primaryKey: [String]) -> [Attribute] {
    var attributes = facts.attributes.map { said in
      var attribute = said.attribute
      attribute.column = said.column ?? self.facts.naming.column(attribute.name)
      return attribute
    }
    complete(&attributes, of: facts, primaryKey: primaryKey)
    let known = Set(attributes.map(\.name))
    var keys = primaryKey.contains("id") && !known.contains("id") ? [implied(id: primaryKey)] : []
    var others: [Attribute] = []
    for position in held[facts.name] ?? [] {
      for attribute in impliedKeys(of: position)
      where !known.contains(attribute.name)
        && !(keys + others).contains(where: { $0.name == attribute.name })
      {
        if primaryKey.contains(attribute.name) {
          var part = attribute
          part.isKey = true
          part.isRequired = true
          keys.append(part)
        } else {
          others.append(attribute)
        }
      }
    }
    let times = facts.hasTimestamps ? impliedTimes(besides: attributes) : []
    // A key that `model X key …` names stands where `has` puts it.
    let isInPlace = !facts.keyNames.isEmpty && Set(primaryKey).isSubset(of: known)
    if facts.isRead || isInPlace { return keys + attributes + times + others }
    keys += attributes.filter { primaryKey.contains($0.name) }
    let order = Dictionary(uniqueKeysWithValues: zip(primaryKey, primaryKey.indices))
    keys.sort { order[$0.name, default: 0] < order[$1.name, default: 0] }
    return keys + attributes.filter { !primaryKey.contains($0.name) } + times + others
  }

  /// What keys and relations add to attributes that are said.
  private func complete(
    _ attributes: inout [Attribute], of facts: ModelFacts, primaryKey: [String]
  ) {
    var relationOf: [String: Int] = [:]
    for position in held[facts.name] ?? [] {
      for name in relations[position].attributes where relationOf[name] == nil {
        relationOf[name] = position
      }
    }
    for index in attributes.indices {
      let name = attributes[index].name
      attributes[index].isKey = primaryKey.contains(name)
      if let position = relationOf[name] {
        attributes[index].role = .relationKey(relations[position].id)
        attributes[index].isRequired = relations[position].isRequired
      } else if facts.hasTimestamps, attributes[index].type == .datetime {
        if name == "createdAt" { attributes[index].role = .createdAt }
        if name == "updatedAt" { attributes[index].role = .updatedAt }
      }
      guard attributes[index].isKey else { continue }
      let isWhole = attributes[index].type == .integer || attributes[index].type == .bigint
      if primaryKey == ["id"], isWhole, relationOf[name] == nil, !facts.isRead,
        attributes[index].storage.declaredType == nil
      {
        attributes[index].isGenerated = true
      }
      attributes[index].isRequired = !attributes[index].isGenerated
    }
  }

  private func implied(id primaryKey: [String]) -> Attribute {
    var id = Attribute(name: "id", column: facts.naming.column("id"), type: .integer)
    id.isKey = true
    id.isGenerated = primaryKey.count == 1
    return id
  }

  private func impliedTimes(besides attributes: [Attribute]) -> [Attribute] {
    let times: [(String, Attribute.Role)] = [("createdAt", .createdAt), ("updatedAt", .updatedAt)]
    return times.compactMap { name, role in
      guard !attributes.contains(where: { $0.name == name }) else { return nil }
      var time = Attribute(
        name: name, column: facts.naming.column(name), type: .datetime, role: role)
      time.isRequired = true
      return time
    }
  }

  private func impliedKeys(of position: Int) -> [Attribute] {
    let relation = relations[position]
    return zip(relation.attributes, keys[position].types).map { name, type in
      var key = Attribute(
        name: name, column: facts.naming.column(name), type: type,
        role: .relationKey(relation.id))
      key.isRequired = relation.isRequired
      key.isUnique = relation.isUnique && relation.attributes.count == 1
      return key
    }
  }
}
