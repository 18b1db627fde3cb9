import RelishLanguage

/// A key or a side that has a relation's name on some model.
enum Claim: Hashable, Sendable {
  /// A foreign key, named by its holder's side.
  case key(Pair, String)
  /// The other side of one, by the sentence that names it.
  case side(Side.ID)
}

// Which relation names are said is kept by name, so that a sentence looks at its own names only,
// however many relations a model has.
extension GraphFacts {
  /// The names that sentences use for relations of `model`.
  func isClaimed(_ name: String, on model: String) -> Bool { claims[model]?[name] != nil }

  /// Whether a name that follows must give way: to a sentence, or to a column that was read.
  private func isTaken(_ name: String, on model: String) -> Bool {
    isClaimed(name, on: model)
      || self.model(model)?.attributes.contains { $0.isRead && $0.attribute.name == name } == true
  }

  /// Works out the keys between these pairs of models anew, and what points to keys made of them.
  mutating func refresh(_ pairs: some Sequence<Pair>) throws(PairingProblem) {
    var queue = Array(pairs)
    var next = 0
    var rounds: [Pair: Int] = [:]
    while next < queue.count {
      let pair = queue[next]
      next += 1
      touched.insert(pair)
      let before = pools[pair] ?? []
      let keys = try worked(out: pair)
      setPool(keys, for: pair)
      // A circle of such keys is refused when it is worked out; this only bounds the way there.
      let isOrWasKeyOfKeys =
        isKeyMadeOfKeys(of: pair.holder) || before.contains { !$0.ends.isEmpty }
      guard rounds[pair, default: 0] < 16, isOrWasKeyOfKeys,
        !before.elementsEqual(keys, by: { $0.hasColumns(of: $1) })
      else { continue }
      rounds[pair, default: 0] += 1
      queue += self.pairs(of: pair.holder).filter { $0.target == pair.holder }
    }
  }

  private func worked(out pair: Pair) throws(PairingProblem) -> [KeyDraft] {
    sidesOfPair[pair] == nil && sidesOfJunction[pair.holder] == nil
      ? [] : try Pairing(self).keys(of: pair)
  }

  /// Whether the primary key of a model may have keys of relations as its parts.
  private func isKeyMadeOfKeys(of model: String) -> Bool {
    sidesOfJunction[model] != nil || self.model(model)?.keyNames.isEmpty == false
  }

  /// Works out all keys anew; what does not go together makes none, and `validate` says so.
  mutating func refreshAll() {
    var pairs = Set(pools.keys).union(sidesOfPair.keys)
    for side in sides.values {
      guard let junction = side.junction else { continue }
      pairs.insert(Pair(holder: junction, target: side.subject))
      pairs.insert(Pair(holder: junction, target: side.target))
    }
    renameSides()
    for pair in pairs { refreshQuietly(pair) }
  }

  /// Takes back what the sentence did to the keys, after its models and sides are taken back.
  mutating func refreshTouched() {
    for pair in touched { refreshQuietly(pair) }
    touched = []
  }

  private mutating func refreshQuietly(_ pair: Pair) {
    do { try refresh(CollectionOfOne(pair)) } catch {
      hasBrokenPairs = true
      // It may be what points to this key that does not go together.
      setPool((try? worked(out: pair)) ?? [], for: pair)
    }
  }

  /// Names that follow from a model's plural, after the plural changed.
  mutating func renameSides(to model: String? = nil) {
    for side in sides.values where side.alias == nil && (model == nil || side.target == model) {
      var renamed = side
      renamed.name = name(of: side.kind, to: side.target)
      if renamed.name != side.name { set(renamed, for: side.id) }
    }
  }

  /// What a side is called that has no `as`.
  func name(of kind: AssociationSyntax.Kind, to target: String) -> String {
    switch kind {
    case .belongsTo, .hasOne: naming.relation(toOne: target)
    case .hasMany, .belongsToMany:
      naming.relation(toMany: target, plural: model(target)?.plural)
    }
  }

  private mutating func setPool(_ keys: [KeyDraft], for pair: Pair) {
    for key in pools[pair] ?? [] { change(.remove, key, of: pair) }
    pools[pair] = keys.isEmpty ? nil : keys
    for key in keys { change(.insert, key, of: pair) }
  }

  private enum Step { case insert, remove }

  private mutating func change(_ step: Step, _ key: KeyDraft, of pair: Pair) {
    if !key.isNameFree { change(step, .key(pair, key.name), to: key.name, on: key.holder) }
    if let side = key.inverse.flatMap({ sides[$0] }) {
      change(step, .side(side.id), to: side.name, on: key.target)
    }
  }

  /// n–m relations and named walks have their names by themselves.
  mutating func claimNames(of old: Side?, _ new: Side?) {
    if let old, old.pair == nil { change(.remove, .side(old.id), to: old.name, on: old.subject) }
    if let new, new.pair == nil { change(.insert, .side(new.id), to: new.name, on: new.subject) }
  }

  private mutating func change(_ step: Step, _ claim: Claim, to name: String, on model: String) {
    switch step {
    case .insert: claims[model, default: [:]][name, default: []].insert(claim)
    case .remove:
      claims[model]?[name]?.remove(claim)
      if claims[model]?[name]?.isEmpty == true { claims[model]?[name] = nil }
      if claims[model]?.isEmpty == true { claims[model] = nil }
    }
  }

  // MARK: Names that follow

  /// What the other sides of keys are called where no sentence says it: the plural of the holder, the
  /// singular when the key is unique, relation + plural for all but the plain one (LANGUAGE.md §9).
  func freeInverses(of keys: [KeyDraft]) -> [String?] {
    let wanting = keys.map { $0.inverse == nil ? baseInverse(of: $0) : nil }
    return keys.indices.map { position in
      guard let base = wanting[position] else { return nil }
      let key = keys[position]
      func isPlain() -> Bool {
        let plain = naming.relation(toOne: key.target)
        return position == keys.indices.first { wanting[$0] == base && keys[$0].name == plain }
      }
      let isAlone = wanting.count { $0 == base } == 1
      if isAlone || isPlain(), !isTaken(base, on: key.target) { return base }
      return unclaimed(key.name + capitalized(base), on: key.target)
    }
  }

  private func baseInverse(of key: KeyDraft) -> String {
    // A key of a table to itself that was only read: nobody could have named the other side.
    if key.holder == key.target, key.name == "parent", key.forward == nil, key.read != nil {
      return key.isUnique ? "child" : "children"
    }
    return key.isUnique
      ? naming.relation(toOne: key.holder)
      : naming.relation(toMany: key.holder, plural: model(key.holder)?.plural)
  }

  /// What an n–m relation that is said on one side only is called on the other.
  func freeInverse(of side: Side) -> String {
    let base = naming.relation(toMany: side.subject, plural: model(side.subject)?.plural)
    let direct = freeInverses(of: pools[Pair(holder: side.subject, target: side.target)] ?? [])
    let isAlone = !sides(sidesOfModel[side.subject]).contains {
      $0.kind == .belongsToMany && $0.subject == side.subject && $0.target == side.target
        && $0.id != side.id && backward(of: $0) == nil
    }
    if isAlone || side.alias == nil, !direct.contains(base), !isTaken(base, on: side.target) {
      return base
    }
    return unclaimed(Plural.singular(of: side.name) + capitalized(base), on: side.target)
  }

  func unclaimed(_ name: String, on model: String) -> String {
    guard isTaken(name, on: model) else { return name }
    var number = 2
    while isTaken(name + String(number), on: model) { number += 1 }
    return name + String(number)
  }

  private func capitalized(_ name: String) -> String { naming.key(relation: "", targetKey: name) }
}
