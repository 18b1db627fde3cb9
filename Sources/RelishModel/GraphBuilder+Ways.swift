import RelishLanguage

// The associations by which one leaves a model.
extension Derivation {
  /// `Product user` and `User products`.
  mutating func addAssociations(of relation: Relation) {
    append(
      Association(
        name: relation.name, target: relation.target, isToMany: false,
        route: .forward(relation.id)), to: relation.holder)
    guard let inverse = relation.inverse else { return }
    append(
      Association(
        name: inverse, target: relation.holder, isToMany: !relation.isUnique,
        route: .inverse(relation.id)), to: relation.target)
  }

  private mutating func append(_ association: Association, to model: String) {
    guard let position = positions[model] else { return }
    models[position].associations.append(association)
  }

  /// n–m relations that were said, then those of junctions that were only read.
  mutating func addJunctions() {
    let junctions = Set(facts.sides.values.compactMap(\.junction))
    var joined: Set<Set<Relation.ID>> = []
    var drafts: [JunctionDraft] = []
    for junction in junctions {
      drafts += (try? Pairing(facts).junctions(through: junction)) ?? []
    }
    for draft in drafts.sorted(by: { $0.forward.id < $1.forward.id }) {
      let (side, back) = (draft.forward, draft.backward)
      guard let from = near[side.id], let to = far[side.id] else { continue }
      joined.insert([from, to])
      addJunction(side.name, from: side.subject, to: side.target, near: from, far: to)
      if let back {
        addJunction(back.name, from: back.subject, to: back.target, near: to, far: from)
      } else if side.subject != side.target {
        let name = free(facts.freeInverse(of: side), on: side.target)
        addJunction(name, from: side.target, to: side.subject, near: to, far: from)
      }
    }
    for model in models where facts.model(model.name)?.isRead == true {
      guard let (left, right) = junctionKeys(of: model), !joined.contains([left.id, right.id])
      else { continue }
      addReadJunction(left, right)
    }
  }

  private mutating func addJunction(
    _ name: String, from: String, to: String, near: Relation.ID, far: Relation.ID
  ) {
    append(
      Association(name: name, target: to, isToMany: true, route: .junction(near: near, far: far)),
      to: from)
  }

  /// The two keys that make up the primary key, or else a unique key, of a table that was read.
  private func junctionKeys(of model: Model) -> (Relation, Relation)? {
    let own = (held[model.name] ?? []).map { relations[$0] }
    for key in [model.primaryKey] + model.uniques.map(\.attributes) {
      let parts = own.filter { !$0.isUnique && Set($0.attributes).isSubset(of: key) }
      if parts.count == 2, Set(parts[0].attributes + parts[1].attributes) == Set(key) {
        return (parts[0], parts[1])
      }
    }
    return nil
  }

  private mutating func addReadJunction(_ left: Relation, _ right: Relation) {
    let naming = facts.naming
    let isSelf = left.target == right.target
    func name(of end: Relation) -> String {
      isSelf ? Plural.plural(of: end.name) : naming.relation(toMany: end.target)
    }
    addReadJunction(name(of: right), from: left, to: right)
    // `personId`, `friendId`: a self n–m that was said once has no way back (LANGUAGE.md §9).
    if isSelf, left.name == naming.relation(toOne: left.target) { return }
    addReadJunction(name(of: left), from: right, to: left)
  }

  private mutating func addReadJunction(_ name: String, from: Relation, to: Relation) {
    let naming = facts.naming
    let isFree = used[from.target]?.contains(name) != true
    let long = naming.key(relation: naming.relation(toOne: to.holder), targetKey: name)
    addJunction(
      free(isFree ? name : long, on: from.target), from: from.target, to: to.target, near: from.id,
      far: to.id)
  }

  // MARK: Walks

  /// Named walks, over relations and over each other.
  mutating func addWalks() {
    let walks = facts.sides.values.filter { !$0.walk.isEmpty }.sorted { $0.id < $1.id }
    for side in walks {
      append(
        Association(
          name: side.name, target: side.target, isToMany: side.kind == .hasMany,
          route: .walk(flat(side) ?? side.walk.map(\.text))), to: side.subject)
    }
  }

  /// The relations that a walk goes over, other walks in it spelled out; nil when it leads nowhere.
  func flat(_ side: Side, inside: Set<Side.ID> = []) -> [String]? {
    guard !inside.contains(side.id), inside.count < 32 else { return nil }
    var names: [String] = []
    var model = side.subject
    for word in side.walk {
      if let walk = facts.walk(named: word.text, on: model) {
        guard let inner = flat(walk, inside: inside.union([side.id])) else { return nil }
        names += inner
        model = walk.target
      } else {
        guard
          let next = positions[model].flatMap({ models[$0].association(named: word.text) })
        else { return nil }
        names.append(next.name)
        model = next.target
      }
      guard names.count <= 1000 else { return nil }
    }
    return model == side.target ? names : nil
  }

  // MARK: Labels

  /// `labeled by`, else `name`, `title`, `label`, else the first unique string (§7 Precision).
  func label(of model: Model) -> String? {
    if let label = model.label, model.attributes.contains(where: { $0.name == label }) {
      return label
    }
    return model.usualLabel
  }
}

extension Model {
  /// `name`, `title`, `label`, else the first unique string: the label where none is said (§7).
  var usualLabel: String? {
    func isText(_ attribute: Attribute) -> Bool {
      switch attribute.type {
      case .string, .text: true
      default: false
      }
    }
    for name in ["name", "title", "label"] {
      if attributes.contains(where: { $0.name == name && isText($0) }) { return name }
    }
    return attributes.first { $0.isUnique && isText($0) }?.name
  }
}

extension GraphFacts {
  /// The named walk of that name that leaves a model.
  func walk(named name: String, on model: String) -> Side? {
    sides(claims[model]?[name]?.compactMap(\.side)).first { !$0.walk.isEmpty }
  }
}
