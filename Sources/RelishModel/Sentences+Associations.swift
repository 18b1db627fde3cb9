import RelishLanguage

// Associations, each in the shortest sentence that says it (LANGUAGE.md §4).
extension SaveWriter {
  /// The sentences in the order of the relations, those of one subject together, and what is said of
  /// the columns that they make.
  var associationBlocks: [[String]] {
    var lines: [(subject: String, text: String)] = []
    for (position, relation) in graph.relations.enumerated() {
      guard isSayable(relation) else { continue }
      let inverse = inverse(of: relation)
      let isInverseFirst = isInverseTaken(relation)
      if let inverse, isInverseFirst { lines.append((relation.holder, inverse)) }
      if isOwnSentence(relation, at: position) {
        lines.append((relation.holder, belongsTo(relation)))
      }
      for pair in junctions where place(of: pair) == position { lines += belongsToMany(pair) }
      if let inverse, !isInverseFirst { lines.append((relation.holder, inverse)) }
    }
    for model in graph.models where !inlineJunctions.contains(model.name) {
      lines += indexLines(of: model).later.map { (model.name, $0) }
    }
    var blocks: [[String]] = []
    var subject: String?
    for line in lines {
      if line.subject != subject { blocks.append([]) }
      subject = line.subject
      blocks[blocks.count - 1].append(line.text)
    }
    return blocks
  }

  /// `to` names one column; a key to several that are not the primary key stays the database's own.
  private func isSayable(_ relation: Relation) -> Bool {
    relation.targetAttributes.count == 1
      || relation.targetAttributes == graph.model(named: relation.target)?.primaryKey
  }

  /// Whether the name that would follow for the other side is an attribute's, so that another must be
  /// said before the key is.
  private func isInverseTaken(_ relation: Relation) -> Bool {
    let plain = InverseNames.plain(of: relation, in: graph)
    let long = naming.key(relation: relation.name, targetKey: plain)
    let attributes = graph.model(named: relation.target)?.attributes ?? []
    return attributes.contains { $0.name == plain || $0.name == long }
  }

  /// Named walks, which need the relations that they go over.
  var walkBlocks: [[String]] { graph.models.map { walks(of: $0) } }

  // MARK: belongsTo, hasMany, hasOne

  /// `Product belongsTo User as creator required onDelete restrict`
  func belongsTo(_ relation: Relation) -> String {
    var words = [
      SyntaxWriter.model(relation.holder), "belongsTo", SyntaxWriter.model(relation.target),
    ]
    if relation.name != naming.relation(toOne: relation.target)
      || relation.holder == relation.target
    {
      words.append("as \(SyntaxWriter.bareName(relation.name))")
    }
    words += keyWords("key", relation, default: defaultKey(of: relation, name: relation.name))
    words += toWords(relation)
    if relation.isRequired, !isRequiredByItself(relation) { words.append("required") }
    let isToldByHasOne = inverses.saidInverses.contains(relation.id)
    if relation.isUnique, !isToldByHasOne, !isUniqueByItself(relation) { words.append("unique") }
    words += constraintWords(relation)
    if isJunctionKey(relation), isSpokenFor(relation) { return words.joined(separator: " ") }
    words += ruleWords(relation)
    return words.joined(separator: " ")
  }

  /// `User hasMany Product as created by creator`, where the inverse has a name of its own.
  private func inverse(of relation: Relation) -> String? {
    guard let inverse = relation.inverse, inverses.saidInverses.contains(relation.id) else {
      return nil
    }
    let verb = relation.isUnique ? "hasOne" : "hasMany"
    var words = [SyntaxWriter.model(relation.target), verb, SyntaxWriter.model(relation.holder)]
    if inverse != InverseNames.plain(of: relation, in: graph)
      || relation.holder == relation.target
    {
      words.append("as \(SyntaxWriter.bareName(inverse))")
    }
    let isOnly =
      graph.relations(holder: relation.holder).count { $0.target == relation.target } == 1
    let isPlain = isOnly && !isInverseTaken(relation) && toWords(relation).isEmpty
    if !isPlain || relation.name != naming.relation(toOne: relation.target) {
      words.append("by \(SyntaxWriter.bareName(relation.name))")
    }
    return words.joined(separator: " ")
  }

  // MARK: Options

  /// `key ownerId`, unless it is the key that follows.
  func keyWords(_ word: String, _ relation: Relation, default usual: [String]) -> [String] {
    relation.attributes == usual ? [] : ["\(word) \(names(relation.attributes))"]
  }

  /// The key that follows from a relation's name and what it points to.
  func defaultKey(of relation: Relation, name: String) -> [String] {
    let key = graph.model(named: relation.target)?.primaryKey ?? []
    // `to` changes nothing, except where the target has several columns as its key.
    let parts = key.count == 1 ? key : relation.targetAttributes
    return parts.map { naming.key(relation: name, targetKey: $0) }
  }

  /// `to code`, when the key does not point to the primary key.
  func toWords(_ relation: Relation) -> [String] {
    let key = graph.model(named: relation.target)?.primaryKey
    return relation.targetAttributes == key ? [] : ["to \(names(relation.targetAttributes))"]
  }

  /// What only the database looks at: `named "fk" deferrable unindexed`.
  func constraintWords(_ relation: Relation) -> [String] {
    var words: [String] = []
    if let name = relation.constraintName { words.append("named \(SyntaxWriter.text(name))") }
    if relation.isDeferrable { words.append("deferrable") }
    if !relation.isIndexed { words.append("unindexed") }
    return words
  }

  /// `unconstrained`, or the rules that differ from the defaults.
  func ruleWords(_ relation: Relation) -> [String] {
    guard relation.isConstrained else { return ["unconstrained"] }
    let usual: ReferentialRule =
      isJunctionKey(relation) ? .cascade : relation.isRequired ? .restrict : .setNull
    var words: [String] = []
    if relation.onDelete != usual { words.append("onDelete \(relation.onDelete.rawValue)") }
    if relation.onUpdate != .cascade { words.append("onUpdate \(relation.onUpdate.rawValue)") }
    return words
  }

  /// The parts of the key that `has` names.
  private func heldAttributes(of relation: Relation) -> [Attribute] {
    guard let holder = graph.model(named: relation.holder) else { return [] }
    return saidAttributes(of: holder).filter { relation.attributes.contains($0.name) }
  }

  /// Whether the key cannot be null for a reason that other sentences give.
  private func isRequiredByItself(_ relation: Relation) -> Bool {
    let key = graph.model(named: relation.holder)?.primaryKey ?? []
    let held = heldAttributes(of: relation)
    return isJunctionKey(relation) || Set(key).isSuperset(of: relation.attributes)
      || !held.isEmpty && held.allSatisfy { $0.isRequired || $0.isKey }
  }

  /// Whether the key is unique for a reason that the holder's own sentences give.
  private func isUniqueByItself(_ relation: Relation) -> Bool {
    guard let holder = graph.model(named: relation.holder) else { return false }
    let key = Set(relation.attributes)
    let held = heldAttributes(of: relation)
    return key == Set(holder.primaryKey) || holder.uniques.contains { Set($0.attributes) == key }
      || relation.attributes.count == 1 && held.contains(where: \.isUnique)
  }

  // MARK: Named walks

  private func walks(of model: Model) -> [String] {
    model.associations.compactMap { association in
      guard case .walk(let hops) = association.route else { return nil }
      let verb = association.isToMany ? "hasMany" : "hasOne"
      var words = [SyntaxWriter.model(model.name), verb, SyntaxWriter.model(association.target)]
      let plural = graph.model(named: association.target)?.plural
      let usual =
        association.isToMany
        ? naming.relation(toMany: association.target, plural: plural)
        : naming.relation(toOne: association.target)
      if association.name != usual || model.name == association.target {
        words.append("as \(SyntaxWriter.bareName(association.name))")
      }
      words.append("through " + hops.map(SyntaxWriter.bareName).joined(separator: " "))
      return words.joined(separator: " ")
    }
  }
}
