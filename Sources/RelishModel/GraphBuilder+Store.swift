import RelishLanguage

/// Everything said and read, with the lookups that keep one sentence cheap however many there are.
struct GraphFacts: Sendable {
  var naming = Naming(style: .camel) {
    didSet { if naming.style != oldValue.style { indexTables() } }
  }
  /// Models that sentences declared or made, by name.
  private(set) var models: [String: ModelFacts] = [:]
  /// Models as read from the database, in the order of the tables.
  private(set) var read = ReadModels(Schema())
  /// Name → place in `read`.
  private var readPlaces: [String: Int] = [:]
  private(set) var sides: [Side.ID: Side] = [:]
  private(set) var sidesOfPair: [Pair: [Side.ID]] = [:]
  private(set) var sidesOfJunction: [String: [Side.ID]] = [:]
  /// Sides that a model says, or that others say of it; junctions included.
  private(set) var sidesOfModel: [String: [Side.ID]] = [:]
  /// Table in small letters → the declared model it belongs to.
  private(set) var tableOwners: [String: String] = [:]
  /// Table in small letters → place in `read`.
  private var readTables: [String: Int] = [:]
  /// Tables that a sentence dropped, in small letters: not shown again while they are there.
  private(set) var droppedTables: Set<String> = []
  /// Foreign keys as worked out last, for every pair that a sentence speaks of.
  var pools: [Pair: [KeyDraft]] = [:]
  /// Keys that were worked out anew, after reading tables or taking something back, did not go together.
  var hasBrokenPairs = false
  /// Who said which relation name: model → name → keys and sides.
  var claims: [String: [String: Set<Claim>]] = [:]
  /// Triggers that sentences state, and those of the database.
  var triggers: [Trigger] = []
  var readTriggers: [Trigger] = []
  /// The outline of every known name, for suggestions.
  private(set) var shapes: [String: NameShape] = [:]
  /// Pairs worked out anew since `begin`.
  var touched: Set<Pair> = []
  private var nextOrder = 0
  private var nextSide = 0
  /// How to take back what the current sentence changed, last first.
  private(set) var journal: [Change] = []

  /// What something was before.
  enum Change: Sendable {
    case triggers([Trigger])
    case model(String, ModelFacts?)
    case side(Side.ID, Side?)
    case dropped(Set<String>)
  }

  // MARK: Models

  /// What is known of the model of exactly that name.
  func model(_ name: String) -> ModelFacts? { models[name] ?? visible(name) }

  /// The table of that name as it was read, whoever its model is.
  func read(table: String) -> ModelFacts? {
    readTables[table.lowercased()].map { read.facts(at: $0) }
  }

  func hasRead(table: String) -> Bool { readTables[table.lowercased()] != nil }

  /// A model that was read, unless a declared one has its table.
  func visible(_ name: String) -> ModelFacts? {
    visiblePlace(name).map { read.facts(at: $0) }
  }

  /// Its place in `read`.
  private func visiblePlace(_ name: String) -> Int? {
    guard let place = readPlaces[name], models[name] == nil else { return nil }
    let table = read.tables[place].name.lowercased()
    return tableOwners[table] == nil && !droppedTables.contains(table) ? place : nil
  }

  /// Places in `read` of the models that no sentence has touched.
  var visiblePlaces: [Int] { read.names.compactMap { visiblePlace($0) } }

  /// Names of the models that were read and that no sentence has touched, in the tables' order.
  var visibleRead: [String] { visiblePlaces.map { read.names[$0] } }

  /// Models that were read, whose table a name fits (LANGUAGE.md §9 Database).
  func readModels(fitting name: String) -> [String] {
    guard !read.names.isEmpty else { return [] }
    var found: [String] = []
    for key in TableLookup.keys(for: name) {
      guard let place = readTables[key] else { continue }
      let owner = tableOwners[key].flatMap { models[$0]?.isRead == true ? $0 : nil }
      let current = owner ?? read.names[place]
      let isThere = models[current] != nil || visiblePlace(current) != nil
      if isThere, !found.contains(current) { found.append(current) }
    }
    return found.sorted()
  }

  func table(of facts: ModelFacts) -> String {
    facts.table ?? naming.table(model: facts.name, plural: facts.plural)
  }

  /// The table of a model by name; of an unknown one, the table it would have.
  func table(of name: String) -> String {
    model(name).map { table(of: $0) } ?? naming.table(model: name)
  }

  /// The model whose table has that name.
  func owner(ofTable table: String) -> String? {
    let key = table.lowercased()
    if let owner = tableOwners[key] { return owner }
    return readTables[key].flatMap { visiblePlace(read.names[$0]) }.map { read.names[$0] }
  }

  /// Declared models in the order of their first sentences.
  var ordered: [ModelFacts] { models.values.sorted { $0.order < $1.order } }

  /// Sets or, with nil, removes what sentences say of a model.
  mutating func set(_ facts: ModelFacts?, for name: String) {
    let old = models[name]
    journal.append(.model(name, old))
    if let old, facts.map({ $0.hasTables(of: old) }) != true {
      for table in tables(of: old) where tableOwners[table] == name { tableOwners[table] = nil }
    }
    models[name] = facts
    if facts == nil, readPlaces[name] == nil {
      shapes[name] = nil
    } else if old == nil || facts == nil {
      shapes[name] = NameShape(name)
    }
    if let facts { for table in tables(of: facts) { tableOwners[table] = name } }
  }

  /// The table of a declared model, and the one it was read from, in small letters.
  private func tables(of facts: ModelFacts) -> [String] {
    let table = table(of: facts).lowercased()
    guard let read = facts.readTable?.lowercased(), read != table else { return [table] }
    return [table, read]
  }

  /// A model that no sentence has named yet, placed after all others.
  mutating func new(_ name: String, hasTimestamps: Bool) -> ModelFacts {
    var facts = visible(name) ?? ModelFacts(name: name, hasTimestamps: hasTimestamps)
    facts.order = nextOrder
    nextOrder += 1
    return facts
  }

  mutating func setRead(_ schema: Schema) {
    for name in read.names where models[name] == nil { shapes[name] = nil }
    read = ReadModels(schema)
    readPlaces = Dictionary(minimumCapacity: read.names.count)
    readTables = Dictionary(minimumCapacity: read.names.count)
    shapes.reserveCapacity(shapes.count + read.names.count)
    for (place, name) in read.names.enumerated() {
      readPlaces[name] = place
      shapes[name] = NameShape(name)
      readTables[read.tables[place].name.lowercased()] = place
    }
    // A table that is gone and comes back is another one.
    droppedTables = droppedTables.filter { readTables[$0] != nil }
  }

  /// Hides a table that was read, for the model that a sentence dropped.
  mutating func drop(table: String) {
    journal.append(.dropped(droppedTables))
    droppedTables.insert(table.lowercased())
  }

  /// States a trigger, in place of one of the same name.
  mutating func set(_ trigger: Trigger) {
    journal.append(.triggers(triggers))
    let name = trigger.name.asciiLowercased
    triggers.removeAll { $0.name.asciiLowercased == name }
    triggers.append(trigger)
  }

  /// Begins a sentence, which `rollback` takes back.
  mutating func begin() {
    journal = []
    touched = []
  }

  /// Takes back everything since `begin`.
  mutating func rollback() {
    takeBack(journal)
    refreshTouched()
    journal = []
  }

  /// Goes back to what the changes say, the last first; the journal then says how to come here again.
  mutating func takeBack(_ changes: [Change]) {
    for change in changes.reversed() {
      switch change {
      case .model(let name, let facts): set(facts, for: name)
      case .side(let id, let side): set(side, for: id)
      case .dropped(let tables):
        journal.append(.dropped(droppedTables))
        droppedTables = tables
      case .triggers(let triggers):
        journal.append(.triggers(self.triggers))
        self.triggers = triggers
      }
    }
  }

  private mutating func indexTables() {
    tableOwners = [:]
    for facts in ordered { for table in tables(of: facts) { tableOwners[table] = facts.name } }
  }

  // MARK: Sides

  /// The number for a side that has not been said before.
  mutating func newSideID() -> Side.ID {
    nextSide += 1
    return nextSide
  }

  func sides(_ identifiers: [Side.ID]?) -> [Side] { (identifiers ?? []).compactMap { sides[$0] } }

  /// Sets or, with nil, removes a side.
  mutating func set(_ side: Side?, for id: Side.ID) {
    let old = sides[id]
    journal.append(.side(id, old))
    sides[id] = side
    claimNames(of: old, side)
    let (oldModels, models) = (old.map(Self.models) ?? [], side.map(Self.models) ?? [])
    if let old, let side, old.pair == side.pair, old.junction == side.junction,
      oldModels == models
    {
      return
    }
    if let pair = old?.pair { Self.remove(id, from: &sidesOfPair[pair]) }
    if let junction = old?.junction { Self.remove(id, from: &sidesOfJunction[junction]) }
    for model in oldModels { Self.remove(id, from: &sidesOfModel[model]) }
    if let pair = side?.pair { Self.insert(id, into: &sidesOfPair[pair]) }
    if let junction = side?.junction { Self.insert(id, into: &sidesOfJunction[junction]) }
    for model in models { Self.insert(id, into: &sidesOfModel[model]) }
  }

  private static func models(of side: Side) -> Set<String> {
    Set([side.subject, side.target, side.junction].compactMap { $0 })
  }

  private static func insert(_ id: Side.ID, into list: inout [Side.ID]?) {
    guard let later = list?.last.flatMap({ $0 > id ? list?.firstIndex { $0 > id } : nil }) else {
      if list?.append(id) == nil { list = [id] }
      return
    }
    list?.insert(id, at: later)
  }

  private static func remove(_ id: Side.ID, from list: inout [Side.ID]?) {
    list?.removeAll { $0 == id }
    if list?.isEmpty == true { list = nil }
  }
}

extension GraphFacts {
  /// The pairs of models between which a key stands that `model` holds or is pointed to by.
  func pairs(of model: String) -> [Pair] {
    var seen: Set<Pair> = []
    var pairs: [Pair] = []
    func add(_ pair: Pair) {
      if seen.insert(pair).inserted { pairs.append(pair) }
    }
    for key in self.model(model)?.readKeys ?? [] {
      if let target = owner(ofTable: key.table) { add(Pair(holder: model, target: target)) }
    }
    for side in sides(sidesOfModel[model]) {
      if let pair = side.pair { add(pair) }
      if let junction = side.junction {
        for end in [side.subject, side.target] where junction == model || end == model {
          add(Pair(holder: junction, target: end))
        }
      }
    }
    return pairs
  }
}
