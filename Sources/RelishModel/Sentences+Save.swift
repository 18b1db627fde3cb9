import RelishLanguage

/// Writes a graph as sentences; knows of the whole graph what its single sentences need.
struct SaveWriter {
  let graph: ModelGraph
  let naming: Naming
  /// In the order in which their sentences come.
  let junctions: [JunctionPair]
  /// Where each relation stands in the order of the sentences.
  let places: [Relation.ID: Int]
  let inverses: InverseNames
  /// CREATE TABLE by model, of tables that sentences do not tell all of.
  let definitions: [String: String]
  /// No model has timestamps: said once for all.
  let setsTimestampsOff: Bool
  /// Junctions whose attributes stand in a `belongsToMany`, and which have no sentence of their own.
  private(set) var inlineJunctions: Set<String> = []

  init(_ graph: ModelGraph, definitions: [String: String] = [:]) {
    self.graph = graph
    self.definitions = definitions
    naming = Naming(style: graph.naming)
    junctions = JunctionPair.all(in: graph)
    places = graph.relationPlaces
    inverses = InverseNames(graph, junctions: junctions)
    let models = graph.models.filter { !$0.isView }
    setsTimestampsOff = models.count > 1 && !models.contains(where: \.hasTimestamps)
    // A model that an association makes stands behind all others: only the last ones can be such.
    var order: [String] = []
    for pair in junctions where !order.contains(pair.junction) { order.append(pair.junction) }
    for model in graph.models.reversed() {
      guard order.last == model.name, isToldByAttributes(model) else { break }
      order.removeLast()
      inlineJunctions.insert(model.name)
    }
  }

  /// Settings without which the sentences would mean something else.
  var settings: [String] {
    var lines: [String] = []
    if graph.naming == .snake { lines.append("set naming snake") }
    if setsTimestampsOff { lines.append("set timestamps off") }
    return lines
  }

  /// The sentences of each model that has some of its own.
  var modelBlocks: [[String]] {
    graph.models.filter { !inlineJunctions.contains($0.name) && !$0.isView }
      .map { lines(of: $0) }
  }

  func names(_ names: [String]) -> String {
    names.map(SyntaxWriter.bareName).joined(separator: ", ")
  }
}

/// An n–m relation: two keys of one junction, and the names by which one goes over them.
struct JunctionPair {
  var junction: String
  /// The key to the model whose sentence it is: the first one in the junction's table.
  var near: Relation
  var far: Relation
  /// From `near`'s target to `far`'s target.
  var forward: Association?
  /// The way back; nil where there is none, as in a relation of a model with itself said once.
  var backward: Association?

  /// All of them, or those through one junction, in the order of their relations.
  static func all(through junction: String? = nil, in graph: ModelGraph) -> [JunctionPair] {
    var ends = graph.models
    if let junction {
      let targets = Set(graph.relations(holder: junction).map(\.target))
      ends = targets.sorted().compactMap { graph.model(named: $0) }
    }
    var pairs: [JunctionPair] = []
    for model in ends {
      for association in model.associations {
        guard case .junction(let near, let far) = association.route else { continue }
        if let junction, graph.relation(near)?.holder != junction { continue }
        if let known = pairs.firstIndex(where: { $0.near.id == far && $0.far.id == near }) {
          pairs[known].backward = association
        } else if let near = graph.relation(near), let far = graph.relation(far) {
          pairs.append(
            JunctionPair(junction: near.holder, near: near, far: far, forward: association))
        }
      }
    }
    guard pairs.count > 1 else { return pairs.map { $0.turned(in: graph) } }
    let positions = graph.relationPlaces
    func position(_ pair: JunctionPair) -> Int {
      max(positions[pair.near.id] ?? 0, positions[pair.far.id] ?? 0)
    }
    return pairs.map { $0.turned(in: graph) }.sorted { position($0) < position($1) }
  }

  /// The same with the key that comes first in the junction's primary key, or in its table, as near.
  private func turned(in graph: ModelGraph) -> JunctionPair {
    guard let model = graph.model(named: junction) else { return self }
    let order = model.primaryKey + model.attributes.map(\.name)
    func place(_ relation: Relation) -> Int {
      relation.attributes.first.flatMap { order.firstIndex(of: $0) } ?? order.count
    }
    guard backward != nil, place(far) < place(near) else { return self }
    return JunctionPair(
      junction: junction, near: far, far: near, forward: backward, backward: forward)
  }
}

extension ModelGraph {
  /// Where each relation stands in the order of the sentences.
  var relationPlaces: [Relation.ID: Int] {
    Dictionary(
      relations.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { $1 })
  }
}
