import RelishLanguage

/// `with` and its brackets: related rows under each row (LANGUAGE.md §7 Precision).
extension Resolution {
  /// - Parameter taken: names that stand beside the nests in an answer.
  mutating func nests(
    _ syntaxes: [NestSyntax], of noun: Noun, in outer: [Noun], beside taken: [String]
  ) throws(Diagnostic) -> [Nest] {
    var nests: [Nest] = []
    for syntax in syntaxes {
      let association = try association(syntax.name, of: noun.model)
      guard !taken.contains(syntax.name.text),
        !nests.contains(where: { $0.name == syntax.name.text })
      else {
        throw Diagnostic(
          .nameTaken, "two parts of the answer are called `\(syntax.name)`", at: syntax.name.range,
          hint: taken.contains(syntax.name.text)
            ? "give the column another name with `as`" : "a relation is nested once")
      }
      nests.append(
        try nested(2, at: syntax.range) { (self) throws(Diagnostic) in
          try self.nest(syntax, association, of: noun, in: outer)
        })
    }
    return nests
  }

  private mutating func nest(
    _ syntax: NestSyntax, _ association: Association, of noun: Noun, in outer: [Noun]
  ) throws(Diagnostic) -> Nest {
    let hops = try hops(association, from: noun.model, at: syntax.name)
    let (steps, last) = try steps(over: hops, from: noun, at: syntax.name.range)
    guard let end = steps.last else { throw Self.unknownStep(syntax.name, on: noun.model) }
    var child = last
    var nest = Nest(
      name: syntax.name.text, isToMany: association.isToMany, way: steps.dropLast(),
      noun: Step(source: end.source, link: end.link))
    if case .junction = association.route, let first = steps.first, let hop = hops.first {
      child.junction = (first.source, hop.model)
      nest.isJunction = true
    } else {
      nest.isRepeating = steps.count > 1 && hops.contains(where: \.isForward)
    }
    let nouns = outer + [noun, child]
    let clauses = syntax.clauses
    try check(clauses, of: nest, syntax)
    if let show = clauses.show {
      nest.outputs = try outputs(show.value, in: nouns)
      let named = zip(show.value, nest.outputs).filter { $0.0.alias != nil }.map(\.1)
      child.outputs = named
    } else {
      nest.outputs = child.model.attributes.map { Self.column($0, of: child, named: $0.name) }
    }
    nest.nests = try nests(
      clauses.with?.value ?? [], of: last, in: outer + [noun],
      beside: nest.outputs.map(\.name))
    try finish(&nest.noun, clauses, outputs: nest.outputs, in: outer + [noun], child)
    return nest
  }

  private func association(_ name: Name, of model: Model) throws(Diagnostic) -> Association {
    switch Self.meaning(of: name.text, on: model) {
    case .association(let association): return association
    case .attribute:
      throw Diagnostic(
        .wrongType, "`\(name)` is an attribute of `\(model.name)`, and `with` nests related rows",
        at: name.range, hint: "attributes are shown by `show`, or stand first in the brackets")
    case nil: throw Self.unknownStep(name, on: model)
    }
  }

  private func check(
    _ clauses: Clauses, of nest: Nest, _ syntax: NestSyntax
  ) throws(Diagnostic) {
    if let group = clauses.group {
      throw Diagnostic(
        .unexpected, "`group` has no place in `with`: it nests rows", at: group.range,
        hint: "`show` with `count \(syntax.name)` or `sum \(syntax.name) (…)` adds them up")
    }
    guard !nest.isToMany, let place = clauses.limit?.range ?? clauses.top?.range else { return }
    throw Diagnostic(
      .unexpected, "`\(syntax.name)` is one row, of which no limit takes some", at: place)
  }

  /// A relation's name that the model does not have.
  private static func unknownStep(_ name: Name, on model: Model) -> Diagnostic {
    Diagnostic(
      .unknownRelation, "`\(model.name)` has no relation `\(name)`", at: name.range,
      hint: Suggestion.hint(
        for: name.text, among: model.associations.map(\.name),
        listing: "relations of `\(model.name)`"))
  }
}
