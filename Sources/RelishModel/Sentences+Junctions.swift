import RelishLanguage

// n–m relations (LANGUAGE.md §4 `belongsToMany`).
extension SaveWriter {
  /// `Cart belongsToMany Product through CartItem (quantity integer default 1)`, and the other side
  /// when it says something of its own.
  func belongsToMany(_ pair: JunctionPair) -> [(subject: String, text: String)] {
    let first = junctions.first { $0.junction == pair.junction }
    var attributes = ""
    if first?.near.id == pair.near.id, first?.far.id == pair.far.id,
      inlineJunctions.contains(pair.junction),
      let model = graph.model(named: pair.junction)
    {
      let said = texts(of: saidAttributes(of: model), in: model)
      if !said.isEmpty { attributes = " (\(said.joined(separator: ", ")))" }
    }
    var lines = [
      sentence(
        pair.near, pair.far, pair.forward, keys: keys(of: pair, isBackward: false),
        junction: SyntaxWriter.model(pair.junction) + attributes)
    ]
    if let backward = pair.backward {
      let says = toWords(pair.far) + ruleWords(pair.far)
      if !says.isEmpty || inverses.saidWaysBack.contains(pair.near.id) {
        lines.append(
          sentence(
            pair.far, pair.near, backward, keys: keys(of: pair, isBackward: true),
            junction: SyntaxWriter.model(pair.junction)))
      }
    }
    return lines
  }

  private func sentence(
    _ near: Relation, _ far: Relation, _ association: Association?, keys: [String],
    junction: String
  ) -> (subject: String, text: String) {
    var words = [
      SyntaxWriter.model(near.target), "belongsToMany", SyntaxWriter.model(far.target),
    ]
    if let association, isNamed(association) || near.target == far.target {
      words.append("as \(SyntaxWriter.bareName(association.name))")
    }
    words += keys + toWords(near)
    words.append("through \(junction)")
    words += ruleWords(near)
    return (near.target, words.joined(separator: " "))
  }

  /// `key` and `otherKey`: those that do not follow, and all where several relations go through one
  /// junction between the same models, so that each finds its other side.
  private func keys(of pair: JunctionPair, isBackward: Bool) -> [String] {
    if isOneOfSeveral(pair) {
      let (key, other) = isBackward ? (pair.far, pair.near) : (pair.near, pair.far)
      return ["key \(names(key.attributes))", "otherKey \(names(other.attributes))"]
    }
    guard !isBackward else { return [] }
    let usual = usualNames(of: pair)
    return keyWords("key", pair.near, default: defaultKey(of: pair.near, name: usual.near))
      + keyWords("otherKey", pair.far, default: defaultKey(of: pair.far, name: usual.far))
  }

  private func isOneOfSeveral(_ pair: JunctionPair) -> Bool {
    let models: Set<String> = [pair.near.target, pair.far.target]
    return junctions.count {
      $0.junction == pair.junction && Set([$0.near.target, $0.far.target]) == models
    } > 1
  }

  /// Whether the name is another than the plural of what it leads to.
  private func isNamed(_ association: Association) -> Bool {
    let plural = graph.model(named: association.target)?.plural
    return association.name != naming.relation(toMany: association.target, plural: plural)
  }

  /// The names that the two keys' relations have when nobody says them (LANGUAGE.md §3).
  private func endNames(of pair: JunctionPair) -> (near: String, far: String) {
    let isSelf = pair.near.target == pair.far.target
    let isOneOfSeveral = isOneOfSeveral(pair)
    let usual = usualNames(of: pair)
    func name(_ relation: Relation, _ usual: String) -> String {
      // A key that is said names its relation where the models alone do not tell the keys apart.
      let isSaid = relation.attributes != defaultKey(of: relation, name: usual)
      guard isOneOfSeveral || isSelf && isSaid else { return usual }
      return SchemaLifting.relationName(
        key: relation.attributes, target: relation.target,
        targetKey: graph.model(named: relation.target)?.primaryKey ?? [])
    }
    return (name(pair.near, usual.near), name(pair.far, usual.far))
  }

  /// The names that follow without a key: the models', and in a relation of a model with itself the
  /// singulars of the aliases.
  private func usualNames(of pair: JunctionPair) -> (near: String, far: String) {
    let near = naming.relation(toOne: pair.near.target)
    guard pair.near.target == pair.far.target else {
      return (near, naming.relation(toOne: pair.far.target))
    }
    return (
      pair.backward.map { naming.junctionRelation(alias: $0.name) } ?? near,
      pair.forward.map { naming.junctionRelation(alias: $0.name) } ?? near
    )
  }

  // MARK: Which sentences make which key

  func isJunctionKey(_ relation: Relation) -> Bool {
    junctions.contains { $0.near.id == relation.id || $0.far.id == relation.id }
  }

  /// Whether a `belongsToMany` sets out from where the key points to, and so speaks of its rules.
  func isSpokenFor(_ relation: Relation) -> Bool {
    junctions.contains {
      $0.near.id == relation.id || $0.far.id == relation.id && $0.backward != nil
    }
  }

  /// Where the sentence of an n–m relation stands: at the later one of its keys.
  func place(of pair: JunctionPair) -> Int? {
    [pair.near.id, pair.far.id].compactMap { places[$0] }.max()
  }

  /// Whether a relation needs its own `belongsTo`: no `belongsToMany` makes it at this place, with
  /// this name and these rules.
  func isOwnSentence(_ relation: Relation, at position: Int) -> Bool {
    guard isJunctionKey(relation) else { return true }
    // A `belongsToMany` would take another key to the same model for its own.
    let isAlone = !graph.relations(holder: relation.holder).contains {
      $0.target == relation.target && !isJunctionKey($0)
    }
    guard isAlone, !relation.isUnique, constraintWords(relation).isEmpty else { return true }
    if !isSpokenFor(relation), !ruleWords(relation).isEmpty || !toWords(relation).isEmpty {
      return true
    }
    for pair in junctions where pair.near.id == relation.id || pair.far.id == relation.id {
      let names = endNames(of: pair)
      let isNear = pair.near.id == relation.id
      guard relation.name == (isNear ? names.near : names.far) else { continue }
      if place(of: pair) == position { return false }
      // The first of two keys that come one after the other.
      if isNear, place(of: pair) == position + 1, !isOwnSentence(pair.far, at: position + 1) {
        return false
      }
    }
    return true
  }
}
