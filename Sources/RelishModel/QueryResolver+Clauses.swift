import RelishLanguage

/// What stands behind a noun.
extension Resolution {
  /// Clauses after a last attribute belong to the noun before it (LANGUAGE.md §9 Walks).
  static func merged(_ first: Clauses, _ second: Clauses) throws(Diagnostic) -> Clauses {
    var clauses = first
    clauses.conditions += second.conditions
    clauses.words += second.words
    clauses.show = second.show ?? first.show
    clauses.with = second.with ?? first.with
    clauses.group = second.group ?? first.group
    clauses.sort = second.sort ?? first.sort
    clauses.top = second.top ?? first.top
    clauses.limit = second.limit ?? first.limit
    let twice = [
      (first.sort != nil, second.sort?.range, "sort"), (first.top != nil, second.top?.range, "top"),
      (first.limit != nil, second.limit?.range, "limit"),
    ]
    for case (true, let range?, let word) in twice {
      throw Diagnostic(.duplicateOption, "`\(word)` is said twice of one noun", at: range)
    }
    return clauses
  }

  mutating func finish(
    _ walk: inout Traversal, _ noun: Noun, _ clauses: Clauses
  ) throws(Diagnostic) {
    var step = walk.last
    try finish(&step, clauses, outputs: walk.outputs, in: [], noun)
    walk.steps[walk.steps.count - 1] = step
    guard noun.isGroup else { return }
    var filters: [ResolvedCondition] = []
    for condition in clauses.groupConditions {
      filters.append(try self.condition(condition, in: [noun]))
    }
    walk.grouping = groups?.grouping
    walk.grouping?.filter = filters.count > 1 ? .and(filters) : filters.first
  }

  /// `where`, `top`, `sort` and `limit` of a noun.
  mutating func finish(
    _ step: inout Step, _ clauses: Clauses, outputs: [OutputColumn], in outer: [Noun], _ noun: Noun
  ) throws(Diagnostic) {
    for word in clauses.words { try checkOneMeaning(word, noun) }
    var filters: [ResolvedCondition] = step.filter.map { [$0] } ?? []
    var plain = noun.isGroup ? groups?.base ?? noun : noun
    plain.outputs = []
    for condition in clauses.conditions {
      filters.append(try self.condition(condition, in: outer + [plain]))
    }
    step.filter = filters.count > 1 ? .and(filters) : filters.first
    if let top = clauses.top?.value {
      let key = try sortKey(
        SortKey(expression: top.key, isDescending: true), outputs, in: outer + [noun])
      step.top = ResolvedTop(count: top.count, key: key)
    }
    for key in clauses.sort?.value ?? [] {
      step.sort.append(try sortKey(key, outputs, in: outer + [noun]))
    }
    step.limit = clauses.limit?.value
  }

  private mutating func sortKey(
    _ key: SortKey, _ outputs: [OutputColumn], in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedSortKey {
    let expression = try self.expression(key.expression, in: nouns)
    var output: Int?
    if case .path(let path) = key.expression, path.names.count == 1, let noun = nouns.last,
      noun.outputs.contains(where: { $0.name == path.names.first?.text })
    {
      output = outputs.firstIndex { $0.name == path.names.first?.text }
    }
    return ResolvedSortKey(
      expression: expression, isDescending: key.isDescending, output: output)
  }

  /// A clause's word that is also a name of the noun could be read in two ways (LANGUAGE.md §9 Names).
  ///
  /// - Parameter role: what else the word is.
  func checkOneMeaning(
    _ word: Name, _ noun: Noun, as role: String = "the beginning of a clause"
  ) throws(Diagnostic) {
    guard !word.isQuoted else { return }
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
      "`\(word)` is \(role), and \(what) of `\(noun.model.name)`",
      at: word.range, hint: "`` `\(word)` `` in backticks is \(what)")
  }
}
