import RelishLanguage

/// Head, hops, clauses and outputs.
extension Resolution {
  /// A walk with the columns of its answer.
  mutating func walk(_ query: QuerySyntax) throws(Diagnostic) -> Traversal {
    var (walk, noun, clauses, attribute) = try steps(query)
    if let attribute {
      if let show = clauses.show {
        throw Diagnostic(
          .duplicateOption,
          "the last word `\(attribute.name)` and `show` both say what is answered",
          at: show.range, hint: "leave out one of them")
      }
      let column = Self.column(attribute.attribute, of: noun, named: attribute.name.text)
      walk.outputs = [column]
      walk.isFlat = true
    } else if let show = clauses.show {
      walk.outputs = try outputs(show.value, of: noun)
      let named = zip(show.value, walk.outputs).filter { $0.0.alias != nil }.map(\.1)
      noun.outputs = named
    } else {
      walk.outputs = noun.model.attributes.map { Self.column($0, of: noun, named: $0.name) }
    }
    try finish(&walk, noun, clauses)
    return walk
  }

  /// A walk that must end at a noun and shows nothing.
  mutating func rows(_ query: QuerySyntax) throws(Diagnostic) -> Traversal {
    var (walk, noun, clauses, attribute) = try steps(query)
    if let show = clauses.show {
      throw Diagnostic(
        .unexpected, "`show` has no place here: rows are needed, not values", at: show.range)
    }
    walk.outputs = noun.model.primaryKey.compactMap { name in
      noun.model.attribute(named: name).map { Self.column($0, of: noun, named: $0.name) }
    }
    // After the clauses: a misspelt `not` in them makes the next word look like an attribute here.
    try finish(&walk, noun, clauses)
    if let attribute {
      throw Diagnostic(
        .wrongType,
        "`\(attribute.name)` is an attribute of `\(noun.model.name)`, and rows are needed here",
        at: attribute.name.range)
    }
    return walk
  }

  private typealias LastAttribute = (name: Name, attribute: Attribute)

  /// All steps, those before the last complete; the clauses of the last noun are still to be resolved.
  private mutating func steps(
    _ query: QuerySyntax
  ) throws(Diagnostic) -> (
    walk: Traversal, noun: Noun, clauses: Clauses, attribute: LastAttribute?
  ) {
    guard let model = resolver.models.model(named: query.model.text) else {
      throw resolver.models.unknownModel(query.model)
    }
    let base = min(40, 8 + 16 * query.hops.count)
    openSymbols(base)
    var noun = Noun(try source(model, at: query.model.range), model)
    var walk = Traversal(head: Step(source: noun.source, link: nil))
    var clauses = query.clauses
    try pick(query.pick, &walk, noun)
    for (index, hop) in query.hops.enumerated() {
      switch Self.meaning(of: hop.name.text, on: noun.model) {
      case .association(let association):
        try finishMiddle(&walk, noun, clauses, before: hop.name)
        for next in try hops(association, from: noun.model, at: hop.name) {
          noun = Noun(try source(next.model, at: hop.name.range), next.model)
          walk.steps.append(Step(source: noun.source, link: next.link))
        }
        try pick(hop.pick, &walk, noun)
        clauses = hop.clauses
      case .attribute(let attribute):
        try checkIsLast(hop, attribute, index, of: query, noun.model)
        clauses = try Self.merged(clauses, hop.clauses)
        return (walk, noun, clauses, (hop.name, attribute))
      case nil:
        let isFirst = index == 0 && query.pick == nil && query.clauses.isEmpty
        throw Self.unknownStep(hop.name, on: noun.model, isFirst: isFirst)
      }
    }
    return (walk, noun, clauses, nil)
  }

  private func checkIsLast(
    _ hop: HopSyntax, _ attribute: Attribute, _ index: Int, of query: QuerySyntax, _ model: Model
  ) throws(Diagnostic) {
    if let pick = hop.pick {
      throw Diagnostic(
        .wrongType,
        "`\(hop.name)` is an attribute of `\(model.name)`; rows are picked after a noun",
        at: pick.range, hint: "`where \(hop.name) = …` asks for a value")
    }
    guard index + 1 < query.hops.count else { return }
    throw Self.afterAttribute(query.hops[index + 1].name, hop.name, of: model)
  }

  /// Clauses after a last attribute belong to the noun before it (LANGUAGE.md §9 Walks).
  private static func merged(_ first: Clauses, _ second: Clauses) throws(Diagnostic) -> Clauses {
    var clauses = first
    clauses.conditions += second.conditions
    clauses.words += second.words
    clauses.show = second.show ?? first.show
    clauses.sort = second.sort ?? first.sort
    clauses.limit = second.limit ?? first.limit
    if first.sort != nil, let twice = second.sort {
      throw Diagnostic(.duplicateOption, "`sort` is said twice of one noun", at: twice.range)
    }
    if first.limit != nil, let twice = second.limit {
      throw Diagnostic(.duplicateOption, "`limit` is said twice of one noun", at: twice.range)
    }
    return clauses
  }

  /// The clauses of a noun that is only passed: it shows nothing.
  private mutating func finishMiddle(
    _ walk: inout Traversal, _ noun: Noun, _ clauses: Clauses, before next: Name
  ) throws(Diagnostic) {
    if let show = clauses.show {
      throw Diagnostic(
        .unexpected, "`show` stands only at the last noun, and `\(next)` follows", at: show.range)
    }
    try finish(&walk, noun, clauses)
  }

  private mutating func finish(
    _ walk: inout Traversal, _ noun: Noun, _ clauses: Clauses
  ) throws(Diagnostic) {
    for word in clauses.words { try checkOneMeaning(word, noun) }
    var step = walk.last
    var filters: [ResolvedCondition] = step.filter.map { [$0] } ?? []
    let plain = Noun(noun.source, noun.model)
    for condition in clauses.conditions {
      filters.append(try self.condition(condition, in: [plain]))
    }
    step.filter = filters.count > 1 ? .and(filters) : filters.first
    for key in clauses.sort?.value ?? [] {
      let expression = try self.expression(key.expression, in: [noun])
      var output: Int?
      if case .path(let path) = key.expression, path.names.count == 1,
        noun.outputs.contains(where: { $0.name == path.names.first?.text })
      {
        output = walk.outputs.firstIndex { $0.name == path.names.first?.text }
      }
      step.sort.append(
        ResolvedSortKey(
          expression: expression, isDescending: key.isDescending, output: output))
    }
    step.limit = clauses.limit?.value
    walk.steps[walk.steps.count - 1] = step
  }

  /// A clause's word that is also a name of the noun could be read in two ways (LANGUAGE.md §9 Names).
  private func checkOneMeaning(_ word: Name, _ noun: Noun) throws(Diagnostic) {
    let what: String
    if noun.model.associations.contains(where: { $0.name == word.text }) {
      what = "a relation"
    } else if noun.model.attributes.contains(where: { $0.name == word.text }) {
      what = "an attribute"
    } else {
      return
    }
    throw Diagnostic(
      .ambiguous,
      "`\(word)` is the beginning of a clause, and \(what) of `\(noun.model.name)`",
      at: word.range, hint: "`` `\(word)` `` in backticks is \(what)")
  }

  private static func column(
    _ attribute: Attribute, of noun: Noun, named name: String
  ) -> OutputColumn {
    let column = ColumnReference(source: noun.source.id, column: attribute.column)
    return OutputColumn(
      name: name, expression: ResolvedExpression(.column(column), type: attribute.type))
  }

  private mutating func outputs(
    _ items: [ShowItem], of noun: Noun
  ) throws(Diagnostic) -> [OutputColumn] {
    isShowing = true
    defer { isShowing = false }
    var outputs: [OutputColumn] = []
    for item in items {
      let name = item.alias?.text ?? item.source
      guard !outputs.contains(where: { $0.name == name }) else {
        throw Diagnostic(
          .nameTaken, "two columns of the answer are called `\(name)`",
          at: item.alias?.range ?? item.range, hint: "give one of them a name with `as`")
      }
      outputs.append(
        OutputColumn(name: name, expression: try expression(item.expression, in: [noun])))
    }
    return outputs
  }
}

extension Clauses {
  fileprivate var isEmpty: Bool {
    conditions.isEmpty && show == nil && sort == nil && limit == nil
  }
}
