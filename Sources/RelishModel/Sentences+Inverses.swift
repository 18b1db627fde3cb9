import RelishLanguage

/// Which other sides a sentence must name, because another name would follow (LANGUAGE.md §9).
///
/// What follows depends on what is said of the others, so this looks again until nothing changes.
struct InverseNames {
  private(set) var saidInverses: Set<Relation.ID> = []
  /// n–m relations, by the identifiers of their near keys, whose way back is said.
  private(set) var saidWaysBack: Set<Relation.ID> = []
  private let graph: ModelGraph
  private let naming: Naming
  private let junctions: [JunctionPair]

  init(_ graph: ModelGraph, junctions: [JunctionPair]) {
    self.graph = graph
    self.junctions = junctions
    naming = Naming(style: graph.naming)
    while true {
      let before = (saidInverses, saidWaysBack)
      for relation in graph.relations where relation.inverse != freeInverse(of: relation) {
        saidInverses.insert(relation.id)
      }
      for pair in junctions where !followsBackward(pair) { saidWaysBack.insert(pair.near.id) }
      if before == (saidInverses, saidWaysBack) { break }
    }
  }

  /// The plural of the holder, the singular where the key is unique.
  static func plain(of relation: Relation, in graph: ModelGraph) -> String {
    let naming = Naming(style: graph.naming)
    return relation.isUnique
      ? naming.relation(toOne: relation.holder)
      : naming.relation(
        toMany: relation.holder, plural: graph.model(named: relation.holder)?.plural)
  }

  /// The name that the other side has when no sentence gives it one; nil where that is not certain.
  private func freeInverse(of relation: Relation) -> String? {
    if saidInverses.contains(relation.id) { return relation.inverse }
    let base = Self.plain(of: relation, in: graph)
    let usual = naming.relation(toOne: relation.target)
    let rivals = graph.relations(holder: relation.holder).filter {
      $0.target == relation.target && !saidInverses.contains($0.id)
        && Self.plain(of: $0, in: graph) == base
    }
    let first = rivals.first { $0.name == usual }
    let claimed = claimed(on: relation.target)
    if rivals.count == 1 || first?.id == relation.id, !claimed.contains(base) { return base }
    let longer = naming.key(relation: relation.name, targetKey: base)
    return claimed.contains(longer) ? nil : longer
  }

  /// Whether the way back of an n–m relation gets its name without a sentence.
  private func followsBackward(_ pair: JunctionPair) -> Bool {
    guard pair.near.target != pair.far.target else { return pair.backward == nil }
    guard let backward = pair.backward, !saidWaysBack.contains(pair.near.id) else { return true }
    let (subject, target) = (pair.near.target, pair.far.target)
    let base = naming.relation(toMany: subject, plural: graph.model(named: subject)?.plural)
    // Sentences that go the same way, ways back that are said among them.
    let sides = junctions.count {
      $0.near.target == subject && $0.far.target == target
        || $0.far.target == subject && $0.near.target == target
          && saidWaysBack.contains($0.near.id)
    }
    let direct = graph.relations(holder: subject).filter { $0.target == target }.map(\.inverse)
    return sides == 1 && backward.name == base && !direct.contains(base)
      && !claimed(on: target).contains(base)
  }

  /// Names of relations on a model that sentences say.
  private func claimed(on model: String) -> Set<String> {
    var names = Set(graph.relations(holder: model).map(\.name))
    for relation in graph.relations(target: model) where saidInverses.contains(relation.id) {
      if let inverse = relation.inverse { names.insert(inverse) }
    }
    for pair in junctions {
      if pair.near.target == model, let name = pair.forward?.name { names.insert(name) }
      if pair.far.target == model, saidWaysBack.contains(pair.near.id),
        let name = pair.backward?.name
      {
        names.insert(name)
      }
    }
    for association in graph.model(named: model)?.associations ?? [] {
      if case .walk = association.route { names.insert(association.name) }
    }
    return names
  }
}
