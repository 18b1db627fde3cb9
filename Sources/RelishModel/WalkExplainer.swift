package import RelishLanguage

extension Traversal {
  /// Each table of the walk in words with its key, its cardinality and the index that serves it, and
  /// the indexes that would help (LANGUAGE.md §7 `explain`).
  ///
  /// - Parameters:
  ///   - query: the words that the walk was resolved from, in `graph`.
  ///   - facts: what the database answered about the walk's statement.
  package func explained(
    _ query: QuerySyntax, in graph: ModelGraph, _ facts: WalkFacts
  ) -> WalkExplanation {
    var explainer = WalkExplainer(graph: graph, facts: facts)
    explainer.explain(self, query)
    return explainer.explanation
  }
}

/// Puts a walk in words, noun by noun.
struct WalkExplainer {
  let graph: ModelGraph
  let facts: WalkFacts
  var explanation = WalkExplanation()
  /// The model of each source that has been met.
  var models: [Source.ID: Model] = [:]
  /// To-one paths that have a line already.
  var told: Set<ColumnReference> = []

  init(graph: ModelGraph, facts: WalkFacts) {
    self.graph = graph
    self.facts = facts
  }

  /// A noun as it was written.
  private struct Noun {
    var name: Name?
    var association: Association?
    var isTree = false
    var pick: Pick?
    var clauses: Clauses
  }

  mutating func explain(_ walk: Traversal, _ query: QuerySyntax) {
    guard let head = graph.model(named: query.model.text) else { return }
    for step in walk.steps {
      meet(step.source)
      for again in step.climb { meet(again.source) }
    }
    let nouns = nouns(query, from: head)
    var position = 0
    for (index, noun) in nouns.enumerated() {
      let isLast = index == nouns.count - 1
      if let name = noun.name, let association = noun.association,
        let near = models[walk.steps[position].source.id]
      {
        let count = hopCount(association, from: near)
        let end = min(position + count + (noun.isTree ? 1 : 0), walk.steps.count - 1)
        let steps = Array(walk.steps[(position + 1)...end])
        hop(name.text, association, from: near, steps, noun)
        position = end
      } else {
        line(
          0, [walk.steps[0].source], head.name + condition(noun, of: head),
          wanting: walk.steps[0])
      }
      details(of: walk.steps[position], noun.clauses, depth: 1, isLast: isLast)
      if isLast { answer(walk, noun.clauses) }
    }
  }

  /// A last attribute is no noun; its clauses belong to the one before.
  private func nouns(_ query: QuerySyntax, from head: Model) -> [Noun] {
    var nouns = [Noun(pick: query.pick, clauses: query.clauses)]
    var model = head
    for hop in query.hops {
      guard case .association(let association)? = Resolution.meaning(of: hop.name.text, on: model)
      else {
        let last = nouns.count - 1
        let merged = try? Resolution.merged(nouns[last].clauses, hop.clauses)
        nouns[last].clauses = merged ?? nouns[last].clauses
        break
      }
      nouns.append(
        Noun(
          name: hop.name, association: association, isTree: hop.tree != nil, pick: hop.pick,
          clauses: hop.clauses))
      model = graph.model(named: association.target) ?? model
    }
    return nouns
  }

  /// How many tables an association leads over.
  func hopCount(_ association: Association, from model: Model, depth: Int = 0) -> Int {
    switch association.route {
    case .forward, .inverse: return 1
    case .junction: return 2
    case .walk(let names):
      var count = 0
      var model = model
      for name in names where depth < 8 {
        guard case .association(let next)? = Resolution.meaning(of: name, on: model) else { break }
        count += hopCount(next, from: model, depth: depth + 1)
        model = graph.model(named: next.target) ?? model
      }
      return count
    }
  }

  mutating func meet(_ source: Source) { models[source.id] = graph.model(named: source.model) }

  // MARK: Nouns

  /// `, with name "Max" where price > 5`, of a head without the comma.
  private func condition(_ noun: Noun, of model: Model) -> String {
    var words: [String] = []
    if let pick = noun.pick { words.append(self.pick(pick, of: model)) }
    let conditions = noun.clauses.conditions
    if let first = conditions.first {
      let all = conditions.count == 1 ? first : .and(conditions)
      words.append("where " + SyntaxWriter.condition(all))
    }
    return words.map { " " + $0 }.joined()
  }

  private func pick(_ pick: Pick, of model: Model) -> String {
    let key = model.primaryKey.first ?? ""
    switch pick.value {
    case .integer(let number): return "with \(key) \(number)"
    case .variable(let name): return "$\(name)"
    case .text(let text):
      var names: [String] = []
      if let attribute = model.attribute(named: key), model.primaryKey.count == 1,
        ValueKind(attribute.type) != .number
      {
        names.append(key)
      }
      if let label = model.label, !names.contains(label) { names.append(label) }
      return "with \(names.joined(separator: ", else ")) \(SyntaxWriter.text(text))"
    }
  }

  private mutating func hop(
    _ name: String, _ association: Association, from near: Model, _ steps: [Step], _ noun: Noun
  ) {
    guard let end = steps.last, let model = models[end.source.id] else { return }
    let words = condition(noun, of: model)
    let suffix = words.isEmpty ? "" : ", " + words.dropFirst()
    guard noun.isTree else {
      let tables = steps.compactMap { step in step.link.map { Way(step.source, $0) } }
      way(name, association, from: near, tables, suffix: suffix, depth: 0, wanting: end)
      return
    }
    let again = zip(steps, end.climb).compactMap { step, again in
      step.link.map { Way(step.source, $0, again: again.source) }
    }
    way(
      "tree " + name, association, from: near, again, suffix: ", again and again", depth: 0,
      wanting: nil)
    line(0, [end.source], "the \(plural(model)) that were found\(suffix)", wanting: end)
  }

  /// One table on the way of an association.
  struct Way {
    var source: Source
    var link: Link
    /// Where a `tree` reads it again.
    var again: Source?

    init(_ source: Source, _ link: Link, again: Source? = nil) {
      self.source = source
      self.link = link
      self.again = again
    }
  }

  /// The lines of an association: one per table.
  mutating func way(
    _ name: String, _ association: Association, from near: Model, _ ways: [Way], suffix: String,
    depth: Int, wanting end: Step?
  ) {
    var near = near
    var depth = depth
    var names = [name]
    if case .walk(let steps) = association.route {
      explanation.lines.append(
        .init(depth: depth, aliases: [], title: "\(name): through \(steps.joined(separator: " "))"))
      depth += 1
      names = []
    }
    for (index, way) in ways.enumerated() {
      guard let next = models[way.source.id] else { continue }
      let hop = KeyHop(way.link, from: near, to: next, in: graph)
      let isLast = index == ways.count - 1
      var title: String
      if case .junction = association.route {
        title =
          isLast
          ? "and from each \(near.name) its \(next.name)"
          : "\(name): many \(plural(near)) to many \(association.targets), through \(next.name)"
      } else {
        title = "\(names.first ?? hop?.name ?? next.name): \(hop?.cardinality ?? next.name)"
      }
      if isLast { title += suffix }
      line(
        depth, [way.source] + (way.again.map { [$0] } ?? []), title, key: hop?.key, over: way.link,
        wanting: isLast ? end : nil)
      near = next
    }
  }

  /// One table, and the index that it could do with.
  mutating func line(
    _ depth: Int, _ sources: [Source], _ title: String, key: String? = nil, over link: Link? = nil,
    wanting step: Step? = nil
  ) {
    guard let source = sources.first else { return }
    var aliases = sources.map { "t\($0.id.rawValue)" }
    if case .keyElseLabel? = step?.filter { aliases.append("t\(source.id.rawValue)k") }
    let how = access(aliases, source, over: link, wanting: step)
    explanation.lines.append(
      .init(
        depth: depth, aliases: aliases, title: title,
        access: .init(key: key, table: source.table, how: how)))
  }

  func plural(_ model: Model) -> String { Plural.plural(of: model.name) }
}

extension Association {
  /// The rows that it leads to, in the plural.
  var targets: String { Plural.plural(of: target) }
}

/// The key that a link follows, in words.
struct KeyHop {
  /// By which one leaves the model it comes from, if it has a name.
  var name: String?
  /// `one User to many Products`
  var cardinality: String
  /// `products.userId → users.id`
  var key: String

  init?(_ link: Link, from near: Model, to far: Model, in graph: ModelGraph) {
    func columns(_ names: [String], of model: Model) -> [String] {
      names.map { model.attribute(named: $0)?.column ?? $0 }
    }
    let nears = link.pairs.map(\.near)
    let fars = link.pairs.map(\.far)
    let forward = graph.relations(holder: near.name).first {
      $0.target == far.name && columns($0.attributes, of: near) == nears
        && columns($0.targetAttributes, of: far) == fars
    }
    let inverse = graph.relations(target: near.name).first {
      $0.holder == far.name && columns($0.attributes, of: far) == fars
        && columns($0.targetAttributes, of: near) == nears
    }
    guard let relation = forward ?? inverse else { return nil }
    name =
      near.associations.first { association in
        switch association.route {
        case .forward(let id): forward != nil && id == relation.id
        case .inverse(let id): forward == nil && id == relation.id
        case .junction, .walk: false
        }
      }?.name
    let holders =
      relation.isUnique ? "one \(relation.holder)" : "many \(Plural.plural(of: relation.holder))"
    cardinality =
      forward == nil
      ? "one \(relation.target) to \(holders)" : "\(holders) to one \(relation.target)"
    key =
      Sentences.keyFact(of: relation, in: graph)
      + (relation.isConstrained ? "" : " (unconstrained)")
  }
}
