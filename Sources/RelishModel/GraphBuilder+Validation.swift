import RelishLanguage

extension GraphBuilder {
  /// Every `by` names a relation, every named walk leads to its model, every key that `model X key …`
  /// names is there, and the sentences still go together after the database was read anew.
  func check() throws(Diagnostic) {
    let graph = graph
    lazy var derivation = {
      var derivation = Derivation(facts: facts)
      _ = derivation.graph()
      return derivation
    }()
    for side in facts.sides.values.sorted(by: { $0.id < $1.id }) {
      try validateKeys(of: side)
      try validateBy(of: side)
      guard !side.walk.isEmpty else { continue }
      try validateWalk(side, in: graph)
      guard derivation.flat(side) != nil else { throw walkProblem(side, "goes over itself") }
    }
    for model in facts.ordered { try validateKey(of: model) }
  }

  private func validateKeys(of side: Side) throws(Diagnostic) {
    // What a sentence worked out holds, unless the keys were worked out anew and did not go together.
    for pair in pairs(of: side) where facts.hasBrokenPairs || facts.pools[pair] == nil {
      do {
        _ = try Pairing(facts).keys(of: pair)
      } catch {
        throw diagnostic(error, saying: [], at: .none)
      }
    }
  }

  private func validateBy(of side: Side) throws(Diagnostic) {
    guard let by = side.by else { return }
    let isFound: Bool
    let holder: String
    if let pair = side.pair {
      holder = side.kind == .belongsTo ? pair.target : pair.holder
      isFound = (facts.pools[pair] ?? []).contains {
        side.kind == .belongsTo
          ? $0.forward == side.id && $0.inverse.flatMap { facts.sides[$0]?.name } == by.text
          : $0.inverse == side.id
      }
    } else {
      holder = side.target
      isFound = facts.backward(of: side)?.name == by.text
    }
    guard !isFound else { return }
    let names = facts.names(of: holder)
    throw Diagnostic(
      .unknownRelation, "`\(holder)` has no relation `\(by)`, which `by` names", at: .none,
      hint: Suggestion.nearest(to: by.text, among: names).map { "did you mean `\($0)`?" }
        ?? "`\(holder) belongsTo \(side.subject) as \(by)` would make it",
      related: [Diagnostic.Related("`by` is said here", side.byExcerpt ?? side.excerpt)])
  }

  private func validateWalk(_ side: Side, in graph: ModelGraph) throws(Diagnostic) {
    var model = side.subject
    var isToMany = false
    for (index, word) in side.walk.enumerated() {
      guard let known = graph.model(named: model) else { break }
      guard let step = known.association(named: word.text) else {
        var problem = graph.unknownRelation(word, on: known)
        problem.range = .none
        problem.related = [
          Diagnostic.Related(
            "the walk `\(side.subject) \(side.name)`",
            side.walkExcerpts.indices.contains(index) ? side.walkExcerpts[index] : side.excerpt)
        ]
        throw problem
      }
      isToMany = isToMany || step.isToMany
      model = step.target
    }
    guard model == side.target else {
      throw walkProblem(side, "leads to `\(model)`, not to `\(side.target)`")
    }
    if isToMany, side.kind == .hasOne {
      throw walkProblem(
        side, "may lead to several rows", hint: "`\(side.subject) hasMany \(side.target) …`")
    }
  }

  private func walkProblem(_ side: Side, _ what: String, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      .invalidDeclaration, "the walk `\(side.subject) \(side.name)` \(what)", at: .none, hint: hint,
      related: [Diagnostic.Related("the walk", side.excerpt)])
  }

  private func validateKey(of model: ModelFacts) throws(Diagnostic) {
    guard !model.keyNames.isEmpty else { return }
    let parts = Pairing(facts).keyParts(of: model.name)
    for name in model.keyNames {
      let isKnown =
        parts.contains { $0.name.lowercased() == name.text.lowercased() }
        || !Pairing(facts).relationKeyParts(name.text, of: model.name).isEmpty
      guard isKnown else {
        throw Diagnostic(
          .unknownAttribute, "`\(model.name)` has no attribute `\(name)`, which is to be its key",
          at: .none, hint: "`\(model.name) has \(name) …` states it")
      }
      if case .literal(.null, _)? = model.attribute(named: name.text)?.attribute.defaultValue {
        throw Diagnostic(
          .contradiction,
          "`\(model.name) \(name)` is the key, so its default cannot be null", at: .none)
      }
    }
  }
}
