import RelishLanguage

/// Head, hops, clauses and outputs.
extension Resolution {
  /// A walk with the columns of its answer.
  mutating func walk(_ query: QuerySyntax) throws(Diagnostic) -> Traversal {
    var (walk, noun, clauses, attribute) = try steps(query)
    if let attribute {
      try checkStandsAlone(attribute.name, clauses)
      let column = Self.column(attribute.attribute, of: noun, named: attribute.name.text)
      walk.outputs = [column]
      walk.isFlat = true
      try finish(&walk, noun, clauses)
      return walk
    }
    if let group = try groupNoun(noun, clauses) { noun = group }
    if let show = clauses.show {
      walk.outputs = try outputs(show.value, in: [noun])
      let named = zip(show.value, walk.outputs).filter { $0.0.alias != nil }.map(\.1)
      noun.outputs = named
    } else if noun.isGroup {
      walk.outputs = try groupOutputs(noun, at: query.range)
      noun.outputs = walk.outputs
    } else {
      walk.outputs = noun.model.attributes.map { Self.column($0, of: noun, named: $0.name) }
    }
    if let with = clauses.with {
      guard !noun.isGroup else {
        throw Diagnostic(
          .unexpected, "`with` nests rows under rows, and groups are none", at: with.range)
      }
      walk.nests = try nests(
        with.value, of: noun, in: [], beside: walk.outputs.map(\.name))
    }
    try checkWidth(walk, at: query.range)
    try finish(&walk, noun, clauses)
    return walk
  }

  /// The groups that the clauses ask for: by `group`, or all rows where aggregates over them are shown.
  private mutating func groupNoun(
    _ noun: Noun, _ clauses: Clauses
  ) throws(Diagnostic) -> Noun? {
    if let group = clauses.group { return try self.group(noun, by: group.value, at: group.range) }
    guard let show = clauses.show,
      show.value.contains(where: { isFree($0.expression, in: [noun]) })
    else { return nil }
    return try group(noun, by: [], at: show.range)
  }

  private func checkStandsAlone(_ attribute: Name, _ clauses: Clauses) throws(Diagnostic) {
    if let show = clauses.show {
      throw Diagnostic(
        .duplicateOption,
        "the last word `\(attribute)` and `show` both say what is answered",
        at: show.range, hint: "leave out one of them")
    }
    if let with = clauses.with {
      throw Diagnostic(
        .duplicateOption, "the last word `\(attribute)` is all that is answered, so nothing nests",
        at: with.range, hint: "`show \(attribute) with …` nests under it")
    }
    if let group = clauses.group {
      throw Diagnostic(
        .duplicateOption, "the last word `\(attribute)` is a value of each row, not of a group",
        at: group.range, hint: "`show` says what is answered of the groups")
    }
  }

  /// SQLite answers at most 2,000 columns (limits.html, 2), some of them the keys of nested rows.
  private func checkWidth(_ walk: Traversal, at range: SourceRange) throws(Diagnostic) {
    func width(_ nests: [Nest]) -> Int {
      nests.reduce(0) { $0 + $1.outputs.count + $1.noun.source.key.count + 2 + width($1.nests) }
    }
    let count = walk.outputs.count + (walk.nests.isEmpty ? 0 : walk.last.source.key.count + 2)
    guard count + width(walk.nests) > Self.columnLimit else { return }
    throw Diagnostic(
      .tooDeep, "this answer has more than \(Self.columnLimit) columns, which no database gives",
      at: range, hint: "`show` takes some of them")
  }

  private static let columnLimit = 2_000

  /// A walk that must end at a noun and shows nothing.
  mutating func rows(_ query: QuerySyntax) throws(Diagnostic) -> Traversal {
    var (walk, noun, clauses, attribute) = try steps(query)
    let found = [
      (clauses.show?.range, "show"), (clauses.group?.range, "group"), (clauses.with?.range, "with"),
    ]
    for (range, word) in found {
      guard let range else { continue }
      throw Diagnostic(
        .unexpected, "`\(word)` has no place here: rows are needed, not values", at: range)
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
    var wrapping = (query.hops.last?.clauses ?? query.clauses).wrapping
    let isWrapped = wrapping > 8
    // A `tree` is a named query inside of them.
    if isWrapped, query.hops.contains(where: { $0.tree != nil }) { wrapping += 8 }
    openSymbols(min(isWrapped ? 28 : 40, 8 + 16 * query.hops.count) + wrapping)
    var noun = Noun(try source(model, at: query.model.range), model)
    var walk = Traversal(head: Step(source: noun.source, link: nil))
    var clauses = query.clauses
    try pick(query.pick, &walk, noun)
    for (index, hop) in query.hops.enumerated() {
      switch Self.meaning(of: hop.name.text, on: noun.model) {
      case .association(let association):
        try finishMiddle(&walk, noun, clauses, before: hop.name)
        let hops = try hops(association, from: noun.model, at: hop.name)
        let start = noun
        for next in hops {
          noun = Noun(try source(next.model, at: hop.name.range), next.model)
          walk.steps.append(Step(source: noun.source, link: next.link))
        }
        if let tree = hop.tree {
          noun = try climb(&walk, hops, from: start, at: hop.name, tree)
        }
        try pick(hop.pick, &walk, noun)
        clauses = hop.clauses
      case .attribute(let attribute):
        if let tree = hop.tree {
          throw Diagnostic(
            .wrongType, "`tree` follows a relation, and `\(hop.name)` is an attribute", at: tree)
        }
        try checkIsLast(hop, attribute, index, of: query, noun.model)
        clauses = try Self.merged(clauses, hop.clauses)
        return (walk, noun, clauses, (hop.name, attribute))
      case nil:
        let isFirst = index == 0 && query.pick == nil && query.clauses.isEmpty
        var error = Self.unknownStep(hop.name, on: noun.model, isFirst: isFirst)
        error.hint = nestHint(hop.name, clauses, noun.model) ?? error.hint
        throw error
      }
    }
    return (walk, noun, clauses, nil)
  }

  /// Follows the hops again from every row that they lead to (LANGUAGE.md §9 Walks `tree`).
  private mutating func climb(
    _ walk: inout Traversal, _ hops: [Hop], from start: Noun, at name: Name, _ word: SourceRange
  ) throws(Diagnostic) -> Noun {
    guard let last = hops.last, last.model.name == start.model.name else {
      let hint = start.model.associations.first { $0.target == start.model.name }?.name
      throw Diagnostic(
        .wrongType,
        "`tree` follows a relation again and again, and `\(name)` leads from "
          + "`\(start.model.name)` to `\(hops.last?.model.name ?? "")`",
        at: word.union(name.range), hint: hint.map { "did you mean `tree \($0)`?" })
    }
    let key = walk.last.source.key
    guard !key.isEmpty else {
      throw Diagnostic(
        .wrongType, "`\(start.model.name)` has no primary key, which `tree` needs", at: word)
    }
    let noun = Noun(try source(start.model, at: name.range), start.model)
    let pairs = key.map { Link.Pair(near: $0, far: $0) }
    var step = Step(source: noun.source, link: Link(table: start.model.table, pairs: pairs))
    step.climb = try steps(over: hops, from: noun, at: name.range).steps
    walk.steps.append(step)
    return noun
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

  /// The clauses of a noun that is only passed: it shows nothing.
  private mutating func finishMiddle(
    _ walk: inout Traversal, _ noun: Noun, _ clauses: Clauses, before next: Name
  ) throws(Diagnostic) {
    let found = [
      (clauses.show?.range, "show"), (clauses.with?.range, "with"), (clauses.group?.range, "group"),
    ]
    for (range, word) in found {
      guard let range else { continue }
      throw Diagnostic(
        .unexpected, "`\(word)` stands only at the last noun, and `\(next)` follows", at: range)
    }
    try finish(&walk, noun, clauses)
  }

  static func column(
    _ attribute: Attribute, of noun: Noun, named name: String
  ) -> OutputColumn {
    let column = ColumnReference(source: noun.source.id, column: attribute.column)
    return OutputColumn(
      name: name, expression: ResolvedExpression(.column(column), type: attribute.type))
  }

  mutating func outputs(
    _ items: [ShowItem], in nouns: [Noun]
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
        OutputColumn(name: name, expression: try expression(item.expression, in: nouns)))
    }
    return outputs
  }
}

extension Clauses {
  fileprivate var isEmpty: Bool {
    conditions.isEmpty && show == nil && with == nil && group == nil && top == nil && sort == nil
      && limit == nil
  }
}

extension Clauses {
  /// How many symbols of SQL stay open around the rows of a noun, as its clauses put SELECTs around
  /// them: one for what `top` takes, for groups and what is joined to them, for nests and their choice.
  /// More than 8: groups or nests, which leave room for fewer hops in one SELECT.
  fileprivate var wrapping: Int {
    var weight = top != nil && (sort != nil || limit != nil) ? 8 : 0
    if group != nil { weight += 18 }
    guard let nests = with?.value else { return weight }
    weight += nests.count > 1 ? 14 : 10
    return weight + (nests.map(\.choosing).max() ?? 0)
  }
}

extension NestSyntax {
  /// The symbols around its rows where a limit chooses them.
  fileprivate var choosing: Int {
    let own = clauses.top != nil || clauses.limit != nil ? 12 : 0
    return max(own, clauses.with?.value.map(\.choosing).max() ?? 0)
  }
}
