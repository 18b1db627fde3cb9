import RelishLanguage

/// One way from a model to another, as it would be walked.
package struct ModelWay: Sendable, Hashable {
  /// The walk as one would type it: `User products category`.
  package var walk: String
  /// How many relations are followed; a junction is one of them.
  package var hops: Int
  /// The keys on the way, `products.userId → users.id`; two for a junction.
  package var keys: [String]
}

extension ModelGraph {
  /// The shortest ways from one model to another along relations, named walks left out; from a model to
  /// itself those that come back to other rows, as `parent` and `children` do.
  ///
  /// At most ten, in the order of the models' relations. Where there are fewer than three, those that
  /// are one hop longer follow, as the shortest is not always the one that is meant.
  package func ways(from start: Model, to end: Model) -> [ModelWay] {
    var search = WaySearch(graph: self, end: end.name)
    guard let shortest = search.length(from: start) else { return [] }
    search.collect(from: start, hops: shortest)
    if search.found.count < 3 { search.collect(from: start, hops: shortest + 1) }
    return search.found.map { way in
      let names = way.map { SyntaxWriter.name($0.name) }
      return ModelWay(
        walk: ([SyntaxWriter.model(start.name)] + names).joined(separator: " "), hops: way.count,
        keys: way.flatMap(\.relations).compactMap { relation($0.id) }
          .map { Sentences.keyFact(of: $0, in: self) })
    }
  }
}

/// Looks for ways of a given length: depth first, never further from the end than hops are left.
private struct WaySearch {
  /// One association that a way follows.
  struct Hop {
    var name: String
    var target: String
    /// The keys that it follows, and whether from their holder to the target.
    var relations: [(id: Relation.ID, isForward: Bool)]
  }

  let graph: ModelGraph
  let end: String
  private(set) var found: [[Hop]] = []
  private let hops: [String: [Hop]]
  /// How many hops each model is from the end, at least.
  private let distance: [String: Int]
  private var tries = 0

  private static let mostWays = 10
  private static let mostTries = 50_000

  init(graph: ModelGraph, end: String) {
    self.graph = graph
    self.end = end
    let hops = Dictionary(
      graph.models.map { ($0.name, $0.associations.compactMap(Self.hop)) },
      uniquingKeysWith: { first, _ in first })
    var sources: [String: [String]] = [:]
    for (model, list) in hops {
      for hop in list { sources[hop.target, default: []].append(model) }
    }
    var distance = [end: 0]
    var queue = [end]
    var position = 0
    while position < queue.count {
      let model = queue[position]
      position += 1
      for source in sources[model] ?? [] where distance[source] == nil {
        distance[source] = (distance[model] ?? 0) + 1
        queue.append(source)
      }
    }
    self.hops = hops
    self.distance = distance
  }

  private static func hop(_ association: Association) -> Hop? {
    let relations: [(id: Relation.ID, isForward: Bool)]
    switch association.route {
    case .forward(let id): relations = [(id, true)]
    case .inverse(let id): relations = [(id, false)]
    case .junction(let near, let far): relations = [(near, false), (far, true)]
    case .walk: return nil
    }
    return Hop(name: association.name, target: association.target, relations: relations)
  }

  /// The fewest hops that lead to the end; nil when none do.
  mutating func length(from start: Model) -> Int? {
    guard let least = distance[start.name] else { return nil }
    for length in max(1, least)...(least + 4) {
      var search = self
      search.collect(from: start, hops: length)
      if !search.found.isEmpty { return length }
    }
    return nil
  }

  /// Adds the ways of exactly that many hops.
  mutating func collect(from start: Model, hops count: Int) {
    var way: [Hop] = []
    var passed: Set<String> = [start.name]
    follow(start.name, count, &way, &passed)
  }

  private mutating func follow(
    _ model: String, _ left: Int, _ way: inout [Hop], _ passed: inout Set<String>
  ) {
    for hop in hops[model] ?? [] {
      tries += 1
      guard found.count < Self.mostWays, tries < Self.mostTries else { return }
      guard let rest = distance[hop.target], rest < left else { continue }
      if let last = way.last, repeats(last, hop) { continue }
      way.append(hop)
      defer { way.removeLast() }
      if left == 1 {
        if hop.target == end { found.append(way) }
      } else if hop.target != end, passed.insert(hop.target).inserted {
        follow(hop.target, left - 1, &way, &passed)
        passed.remove(hop.target)
      }
    }
  }

  /// Whether the second hop leads back to the row that the first came from, or both together are one
  /// relation over a junction.
  private func repeats(_ first: Hop, _ second: Hop) -> Bool {
    guard let near = first.relations.last, let far = second.relations.first,
      near.isForward != far.isForward
    else { return false }
    if near.id == far.id, far.isForward || graph.relation(near.id)?.isUnique == true { return true }
    guard far.isForward else { return false }
    return hops.values.contains { list in
      list.contains { hop in
        hop.relations.count == 2 && hop.relations[0].id == near.id && hop.relations[1].id == far.id
      }
    }
  }
}
