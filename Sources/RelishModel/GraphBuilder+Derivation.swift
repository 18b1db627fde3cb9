import RelishLanguage

// All sentences and the database → `ModelGraph`.
extension GraphFacts {
  func graph() -> ModelGraph {
    var derivation = Derivation(facts: self)
    return derivation.graph()
  }
}

/// Builds the graph once; names that follow give way to names that are said.
struct Derivation {
  let facts: GraphFacts
  var models: [Model] = []
  var positions: [String: Int] = [:]
  var relations: [Relation] = []
  /// The keys behind `relations`, in the same order.
  var keys: [KeyDraft] = []
  /// The relation of every n–m side at its near and its far end.
  var near: [Side.ID: Relation.ID] = [:]
  var far: [Side.ID: Relation.ID] = [:]
  /// Names that are in use, by model.
  var used: [String: Set<String>] = [:]
  /// Positions in `relations`, by holder.
  var held: [String: [Int]] = [:]

  init(facts: GraphFacts) { self.facts = facts }

  mutating func graph() -> ModelGraph {
    let known = facts.ordered + facts.visibleRead.compactMap { facts.visible($0) }
    collectKeys(of: known)
    makeRelations()
    for model in known { add(model) }
    for position in relations.indices {
      relations[position].reach = reach(of: relations[position])
    }
    for relation in relations { addAssociations(of: relation) }
    addJunctions()
    addWalks()
    for position in models.indices { models[position].label = label(of: models[position]) }
    return ModelGraph(
      models: models, relations: relations, naming: facts.naming.style,
      readTables: Set(known.filter { $0.readTable != nil }.map(\.name)),
      triggers: facts.triggers, readTriggers: facts.readTriggers)
  }

  // MARK: Relations

  private mutating func collectKeys(of known: [ModelFacts]) {
    for model in known {
      used[model.name] = Set(model.attributes.map(\.attribute.name))
      for name in facts.claims[model.name]?.keys ?? [:].keys { used[model.name]?.insert(name) }
    }
    for model in known {
      for pair in facts.pairs(of: model.name) where pair.holder == model.name {
        keys += facts.pools[pair] ?? (try? Pairing(facts).keys(of: pair)) ?? []
      }
    }
    // By sentence; keys that were only read come first, in the order of their tables.
    let orders = keys.map(\.order)
    keys = keys.indices.sorted { (orders[$0], $0) < (orders[$1], $1) }.map { keys[$0] }
  }

  private mutating func makeRelations() {
    var inverses: [Pair: [String?]] = [:]
    var seen: [Pair: Int] = [:]
    let byPair = Dictionary(grouping: keys) { Pair(holder: $0.holder, target: $0.target) }
    for (pair, keys) in byPair { inverses[pair] = facts.freeInverses(of: keys) }
    for position in keys.indices {
      let key = keys[position]
      let pair = Pair(holder: key.holder, target: key.target)
      let free = inverses[pair]?[seen[pair, default: 0]]
      seen[pair, default: 0] += 1
      var name = key.name
      if key.isNameFree { name = self.free(key.name, on: key.holder) }
      var relation = Relation(
        id: Relation.ID(position + 1), holder: key.holder, name: name,
        attributes: key.attributes, target: key.target, targetAttributes: key.targetAttributes)
      relation.isRequired = key.isRequired
      relation.isUnique = key.isUnique
      relation.isConstrained = key.isConstrained
      relation.onDelete = key.onDelete
      relation.onUpdate = key.onUpdate
      relation.constraintName = key.constraintName
      relation.isDeferrable = key.isDeferrable
      relation.isIndexed = key.isIndexed
      if let side = key.inverse.flatMap({ facts.sides[$0] }) {
        relation.inverse = side.name
      } else if let free {
        relation.inverse = self.free(free, on: key.target)
      }
      for end in key.ends {
        if let side = end.near { near[side] = relation.id }
        if let side = end.far { far[side] = relation.id }
      }
      held[key.holder, default: []].append(relations.count)
      relations.append(relation)
    }
  }

  /// What a walk may take for granted. A sentence alone is no guarantee where a table is there that says
  /// less: its rows may point nowhere.
  private func reach(of relation: Relation) -> Link.Reach {
    guard relation.isConstrained, let holder = positions[relation.holder].map({ models[$0] }),
      let target = positions[relation.target].map({ models[$0] })
    else { return .unknown }
    guard let table = facts.read(table: holder.table) else {
      return relation.isRequired ? .all : .allWithKey
    }
    func columns(_ names: [String], of model: Model) -> Set<String> {
      Set(names.map { (model.attribute(named: $0)?.column ?? $0).lowercased() })
    }
    let own = columns(relation.attributes, of: holder)
    let pointedTo = columns(relation.targetAttributes, of: target)
    let isEnforced = table.readKeys.contains { key in
      Set(key.attributes.map { facts.column(of: $0, in: table).lowercased() }) == own
        && key.table.isSameName(as: target.table)
        && (key.targetColumns.isEmpty
          || Set(key.targetColumns.map { $0.lowercased() }) == pointedTo)
    }
    guard isEnforced else { return .unknown }
    let isNeverNull = own.allSatisfy { table.attribute(named: $0)?.attribute.isRequired == true }
    return isNeverNull ? .all : .allWithKey
  }

  /// The name itself, or the first numbered one that is free.
  mutating func free(_ name: String, on model: String) -> String {
    var free = name
    var number = 2
    while used[model]?.contains(free) == true {
      free = name + String(number)
      number += 1
    }
    used[model, default: []].insert(free)
    return free
  }

  // MARK: Models

  private mutating func add(_ facts: ModelFacts) {
    var model = Model(
      name: facts.name, table: self.facts.table(of: facts),
      origin: self.facts.models[facts.name] == nil ? .database : .declared)
    model.plural = facts.plural
    model.hasTimestamps = facts.hasTimestamps
    model.label = facts.label
    model.storage = facts.storage
    positions[facts.name] = models.count
    model.primaryKey = Pairing(self.facts).keyParts(of: facts.name).map(\.name)
    model.attributes = attributes(of: facts, primaryKey: model.primaryKey)
    model.formerTable = facts.formerTable
    model.formerColumns = facts.renamed.map { rename in
      FormerColumn(
        name: rename.column,
        column: model.attribute(named: rename.attribute)?.column ?? rename.attribute)
    }
    let naming = self.facts.naming
    func columns(_ names: [String]) -> [String] {
      names.map { self.facts.column(of: $0, in: facts) }
    }
    model.indexes = facts.indexes.map { index in
      let usual = naming.index(table: model.table, columns: columns(index.attributes))
      return ModelIndex(index, named: usual)
    }
    model.uniques = facts.uniques.map { index in
      let usual = naming.unique(table: model.table, columns: columns(index.attributes))
      return ModelIndex(index, named: usual)
    }
    addJunctionUniques(to: &model)
    models.append(model)
  }

  /// A junction with a key of its own holds each pair once (LANGUAGE.md §4).
  private func addJunctionUniques(to model: inout Model) {
    guard self.facts.sidesOfJunction[model.name] != nil,
      let drafts = try? Pairing(self.facts).junctions(through: model.name)
    else { return }
    for draft in drafts {
      guard let from = near[draft.forward.id], let to = far[draft.forward.id] else { continue }
      let pair = [from, to].flatMap { id in
        keys.indices.contains(id.rawValue - 1) ? keys[id.rawValue - 1].attributes : []
      }
      guard !Set(model.primaryKey).isSuperset(of: pair),
        !model.uniques.contains(where: { Set($0.attributes) == Set(pair) })
      else { continue }
      let columns = pair.compactMap { name in
        model.attributes.first { $0.name == name }?.column
      }
      let name = self.facts.naming.unique(table: model.table, columns: columns)
      model.uniques.append(ModelIndex(name: name, attributes: pair))
    }
  }
}

extension ModelIndex {
  fileprivate init(_ facts: IndexFacts, named usual: String) {
    self.init(
      name: facts.name ?? usual, attributes: facts.attributes, isUniqueIndex: facts.isUniqueIndex)
    definition = facts.definition
  }
}
