import RelishLanguage

/// One step along a foreign key.
struct Hop {
  var model: Model
  var link: Link
  var isToMany: Bool
  /// From the holder of the key to its target, which several holders may share.
  var isForward: Bool
  /// The near columns hold the primary key of a row that is surely there, so that they can stand for
  /// it.
  var holdsKey: Bool
}

/// A dotted path from a noun to an attribute or to rows.
struct ResolvedPath {
  var noun: Resolution.Noun
  var hops: [Hop]
  /// nil when the path ends at rows.
  var attribute: Attribute?
  /// The first name that leads to many rows.
  var many: Name?

  var links: [Link] { hops.map(\.link) }
  var model: Model { hops.last?.model ?? noun.model }
}

extension Resolution {
  /// What a name means on a model: its exact name wins, then singular and plural are the same, then the
  /// column's own name (LANGUAGE.md §7 Precision, §5 `pull`).
  enum Meaning {
    case association(Association)
    case attribute(Attribute)
  }

  static func meaning(of name: String, on model: Model) -> Meaning? {
    if let exact = model.associations.first(where: { $0.name == name }) {
      return .association(exact)
    }
    if let exact = model.attributes.first(where: { $0.name == name }) { return .attribute(exact) }
    if let other = model.association(named: name) { return .association(other) }
    return model.attribute(named: name).map { .attribute($0) }
  }

  /// The hops of an association: one along a key, two over a junction, all of a named walk's.
  func hops(
    _ association: Association, from model: Model, at name: Name, depth: Int = 0
  ) throws(Diagnostic) -> [Hop] {
    switch association.route {
    case .forward(let id):
      return [try hop(id, from: model, forward: true, at: name)]
    case .inverse(let id):
      return [try hop(id, from: model, forward: false, at: name)]
    case .junction(let near, let far):
      let first = try hop(near, from: model, forward: false, at: name)
      return [first, try hop(far, from: first.model, forward: true, at: name)]
    case .walk(let names):
      return try walk(names, of: association, from: model, at: name, depth: depth)
    }
  }

  private func hop(
    _ id: Relation.ID, from model: Model, forward: Bool, at name: Name
  ) throws(Diagnostic) -> Hop {
    guard let relation = resolver.models.relation(id),
      let next = resolver.models.model(named: forward ? relation.target : relation.holder)
    else {
      throw Diagnostic(
        .unknownRelation, "`\(name)` of `\(model.name)` leads to a model that is not there",
        at: name.range)
    }
    let near = forward ? relation.attributes : relation.targetAttributes
    let far = forward ? relation.targetAttributes : relation.attributes
    let pairs = zip(near, far).map { names in
      Link.Pair(near: column(names.0, of: model), far: column(names.1, of: next))
    }
    let isToKey = relation.targetAttributes.elementsEqual((forward ? next : model).primaryKey)
    // A unique column that is no key may be null, and then no row belongs to it.
    let reach: Link.Reach =
      forward ? .unknown : relation.reach == .all && !isToKey ? .allWithKey : relation.reach
    return Hop(
      model: next,
      link: Link(table: next.table, pairs: pairs, reach: reach),
      isToMany: !forward && !relation.isUnique, isForward: forward,
      holdsKey: forward && relation.reach != .unknown
        && (isToKey || Set(relation.targetAttributes) == Set(next.primaryKey)))
  }

  private func column(_ attribute: String, of model: Model) -> String {
    model.attribute(named: attribute)?.column ?? attribute
  }

  private func walk(
    _ names: [String], of association: Association, from start: Model, at name: Name, depth: Int
  ) throws(Diagnostic) -> [Hop] {
    var hops: [Hop] = []
    var model = start
    for step in names {
      guard depth < 8, hops.count < Self.tableLimit else {
        throw Diagnostic(
          .tooDeep, "the walk `\(association.name)` of `\(start.name)` goes in a circle",
          at: name.range)
      }
      guard case .association(let next)? = Self.meaning(of: step, on: model) else {
        throw Diagnostic(
          .unknownRelation,
          "`\(name)` goes through `\(step)`, and `\(model.name)` has no such relation",
          at: name.range,
          hint: Suggestion.hint(
            for: step, among: model.associations.map(\.name),
            listing: "relations of `\(model.name)`"))
      }
      hops += try self.hops(next, from: model, at: name, depth: depth + 1)
      model = hops.last?.model ?? model
    }
    return hops
  }

  /// Follows the names of a path; `outer.` begins one noun further out (LANGUAGE.md §7, §9).
  func path(_ path: Path, in nouns: [Noun]) throws(Diagnostic) -> ResolvedPath {
    guard var noun = nouns.last, let first = path.names.first else {
      throw Diagnostic(
        .unexpected, "there is no row here whose `\(Self.written(path))` could be meant",
        at: path.range, hint: "text stands in quotes")
    }
    var names = path.names[...]
    if path.names.count > 1, !first.isQuoted, Keyword(first.text.utf8) == .outer {
      noun = try outer(of: first, path, in: nouns)
      names = names.dropFirst()
    }
    var result = ResolvedPath(noun: noun, hops: [])
    var previous = first
    if noun.isGroup {
      (result, names) = try groupPath(path, noun)
    } else if let own = junctionAttribute(names, noun) {
      (result, names) = (own, [])
    }
    for name in names {
      if result.attribute != nil {
        throw Diagnostic(
          .wrongType,
          "`\(previous)` is an attribute of `\(result.model.name)`, so no path goes on from it",
          at: name.range)
      }
      switch Self.meaning(of: name.text, on: result.model) {
      case .association(let association):
        let hops = try hops(association, from: result.model, at: name)
        if hops.contains(where: \.isToMany), result.many == nil { result.many = name }
        result.hops += hops
      case .attribute(let attribute):
        result.attribute = attribute
      case nil:
        throw Self.unknownName(
          name, in: result.hops.isEmpty ? noun : Noun(noun.source, result.model))
      }
      previous = name
    }
    return result
  }

  private func outer(
    of word: Name, _ path: Path, in nouns: [Noun]
  ) throws(Diagnostic) -> Noun {
    guard let inner = nouns.last, nouns.count > 1 else {
      throw Diagnostic(
        .unexpected, "`outer.` stands only in brackets, as in `some orders (total > outer.limit)`",
        at: word.range)
    }
    if Self.meaning(of: word.text, on: inner.model) != nil {
      let rest = path.names.dropFirst().map(\.text).joined(separator: ".")
      throw Diagnostic(
        .ambiguous, "`outer` is the noun one bracket out, and a name in `\(inner.model.name)`",
        at: word.range, hint: "write `` `outer`.\(rest) `` for the name")
    }
    return nouns[nouns.count - 2]
  }

  /// A name that only the junction beside the noun has (LANGUAGE.md §7 Precision).
  private func junctionAttribute(_ names: ArraySlice<Name>, _ noun: Noun) -> ResolvedPath? {
    guard let (source, model) = noun.junction, names.count == 1, let name = names.first,
      Self.meaning(of: name.text, on: noun.model) == nil,
      let attribute = model.attribute(named: name.text)
    else { return nil }
    return ResolvedPath(noun: Noun(source, model), hops: [], attribute: attribute)
  }

  /// The rows that a path leads to, as `some` and the like read them.
  mutating func related(
    _ path: Path, in nouns: [Noun], word: String
  ) throws(Diagnostic) -> (rows: RelatedRows, noun: Noun) {
    let resolved = try self.path(path, in: nouns)
    if let attribute = resolved.attribute {
      throw Diagnostic(
        .wrongType, "`\(word)` needs a relation, and `\(attribute.name)` is an attribute",
        at: path.range,
        hint: Suggestion.hint(
          for: "", among: resolved.model.associations.map(\.name),
          listing: "relations of `\(resolved.model.name)`"))
    }
    return try related(resolved, path)
  }

  /// The rows at the end of the hops of a path.
  mutating func related(
    _ resolved: ResolvedPath, _ path: Path
  ) throws(Diagnostic) -> (rows: RelatedRows, noun: Noun) {
    let (steps, noun) = try steps(over: resolved.hops, from: resolved.noun, at: path.range)
    let rows = RelatedRows(
      path: Self.written(path), origin: resolved.noun.source.id, steps: steps)
    return (rows, noun)
  }

  /// A table of its own for each hop; the noun is the last one's.
  mutating func steps(
    over hops: [Hop], from start: Noun, at range: SourceRange
  ) throws(Diagnostic) -> (steps: [RelatedRows.Step], noun: Noun) {
    var steps: [RelatedRows.Step] = []
    var noun = start
    for hop in hops {
      noun = Noun(try source(hop.model, at: range), hop.model)
      steps.append(RelatedRows.Step(source: noun.source, link: hop.link))
    }
    return (steps, noun)
  }

  static func written(_ path: Path) -> String {
    path.names.map(\.text).joined(separator: ".")
  }
}
