import RelishLanguage

/// What resolving can find wrong, phrased in one place.
extension Resolution {
  /// A word after a noun that is neither relation nor attribute of it.
  static func unknownStep(_ name: Name, on model: Model, isFirst: Bool) -> Diagnostic {
    var hint: String?
    let known = relationNames(of: model) + model.attributes.map(\.name)
    let keyword = name.isQuoted ? nil : Keyword(name.text.utf8)
    if let keyword, [.top, .limit, .page].contains(keyword) {
      hint = "`\(name)` is followed by a number: `\(name) 5\(keyword == .top ? " by …" : "")`"
    } else if keyword == .by {
      hint = "`sort …` orders the rows, `group …` gathers them"
    } else if keyword == .tree {
      let own = model.associations.first { $0.target == model.name }?.name
      hint =
        "`tree` is followed by a relation of a model to itself\(own.map { ": `tree \($0)`" } ?? "")"
    } else if let near = Suggestion.nearest(to: name.text, among: known) {
      hint = "did you mean `\(near)`?"
    } else if isFirst, let verb = Keyword.nearestVerb(to: name.text) {
      hint = "did you mean `\(verb)`?"
    } else if let word = Keyword.nearestWalkWord(to: name.text) {
      hint = "did you mean `\(word)`?"
    } else {
      hint = listing(model)
    }
    return Diagnostic(
      .unknownRelation, "`\(model.name)` has no relation or attribute `\(name)`", at: name.range,
      hint: hint)
  }

  /// `User with products title`: what is shown of nested rows stands in their brackets.
  func nestHint(_ name: Name, _ clauses: Clauses, _ model: Model) -> String? {
    guard let nest = clauses.with?.value.last,
      case .association(let association)? = Self.meaning(of: nest.name.text, on: model),
      let nested = resolver.models.model(named: association.target),
      Self.meaning(of: name.text, on: nested) != nil
    else { return nil }
    return "`with \(nest.name) (\(name))` shows it"
  }

  /// A name in an expression that is neither attribute nor relation.
  static func unknownName(_ name: Name, in noun: Noun) -> Diagnostic {
    let model = noun.model
    var known = noun.outputs.map(\.name) + model.attributes.map(\.name) + relationNames(of: model)
    if let junction = noun.junction { known += junction.model.attributes.map(\.name) }
    let words = ["true", "false", "null", "not", "some", "no", "every", "count"]
    let near = Suggestion.nearest(to: name.text, among: known + words)
    return Diagnostic(
      .unknownAttribute, "`\(model.name)` has no attribute or relation `\(name)`", at: name.range,
      hint: near.map { "did you mean `\($0)`?" } ?? listing(model))
  }

  /// The names of its relations, each in the singular and the plural, as either can be written.
  private static func relationNames(of model: Model) -> [String] {
    let names = model.associations.map(\.name)
    let others = names.flatMap { [Plural.plural(of: $0), Plural.singular(of: $0)] }
    return names + others.filter { !names.contains($0) }
  }

  private static func listing(_ model: Model) -> String? {
    Suggestion.hint(
      for: "", among: model.attributes.map(\.name) + model.associations.map(\.name),
      listing: "`\(model.name)` has")
  }

  static func afterAttribute(_ name: Name, _ attribute: Name, of model: Model) -> Diagnostic {
    Diagnostic(
      .wrongType,
      "`\(attribute)` is an attribute of `\(model.name)`; nothing can follow it but a clause",
      at: name.range,
      hint: Suggestion.hint(
        for: "", among: model.associations.map(\.name), listing: "relations of `\(model.name)`"))
  }

  /// Many rows where one value is needed; the hint suggests what to say instead (LANGUAGE.md §7).
  static func many(_ name: Name, _ path: Path, inShow: Bool) -> Diagnostic {
    let written = path.names.map(\.text).joined(separator: ".")
    let one =
      path.names.last?.text == name.text
      ? "count \(name)` counts them" : "max \(written)` is one value"
    let hint =
      inShow
      ? "`with \(name)` nests them, `\(one)" : "`some \(name) (…)` asks about them, `\(one)"
    return Diagnostic(
      .wrongType, "`\(name)` is many rows, so `\(written)` is not one value", at: path.range,
      hint: hint)
  }

  static func unknownVariable(_ name: String, at range: SourceRange, _ known: [String])
    -> Diagnostic
  {
    let near = Suggestion.nearest(to: name, among: known)
    let all = known.sorted().prefix(12).map { "$\($0)" }.joined(separator: ", ")
    return Diagnostic(
      .unknownVariable, "there is no variable `$\(name)`", at: range,
      hint: near.map { "did you mean `$\($0)`?" }
        ?? (known.isEmpty ? "`let \(name) = …` makes one" : "variables: \(all)"))
  }

  static func notOneRow(_ name: String, _ count: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      count == 0 ? .rowNotFound : .rowNotUnique,
      count == 0
        ? "`$\(name)` holds no row, and one is needed here"
        : "`$\(name)` holds \(count) rows, and one is needed here", at: range)
  }
}

extension Expression {
  /// How messages call it: `` `price` ``, `` `count products` ``, else "this".
  var subject: String {
    switch self {
    case .path(let path): "`\(path.names.map(\.text).joined(separator: "."))`"
    case .aggregate(let aggregate):
      "`\(([aggregate.word.text] + [aggregate.path.map(SyntaxWriter.path)].compactMap { $0 }).joined(separator: " "))`"
    case .call(let name, _, _): "`\(name)(…)`"
    case .variable(let name): "`$\(name)`"
    case .literal, .negate, .binary: "this"
    }
  }
}

extension Expression {
  /// The names of a path as written, for hints.
  var written: String {
    if case .path(let path) = self { Resolution.written(path) } else { "…" }
  }
}

extension Condition {
  /// Where the condition stands, as far as its parts tell.
  var range: SourceRange {
    switch self {
    case .and(let parts), .or(let parts):
      parts.dropFirst().reduce(parts.first?.range ?? .none) { $0.union($1.range) }
    case .not(_, let range), .quantified(_, _, _, let range),
      .compare(_, _, _, ignoringCase: _, let range), .identical(_, _, negated: _, let range),
      .within(_, _, negated: _, ignoringCase: _, let range),
      .between(_, _, _, negated: _, ignoringCase: _, let range),
      .text(_, _, _, negated: _, ignoringCase: _, let range):
      range
    case .truth(let expression): expression.range
    }
  }
}
