import RelishLanguage

/// The groups of a walk while its clauses are resolved.
struct Groups {
  /// One expression of `group`.
  struct Key {
    /// As written, brackets and blanks aside: the same words mean the same value.
    var text: String
    /// The names when it is a path.
    var names: [String]
    /// The row that the columns are the key of; nil for a value.
    var row: Model?
    /// Which columns of the group hold it.
    var columns: Range<Int>
    var type: AttributeType?
  }

  /// The noun whose rows are gathered.
  var base: Resolution.Noun
  var noun: Resolution.Noun
  var grouping: Grouping
  var keys: [Key] = []
  /// Aggregates that are there already, by their words.
  var known: [String: ResolvedExpression] = [:]
}

extension Resolution {
  /// Begins groups of the noun's rows; no keys: one group of all rows.
  mutating func group(
    _ noun: Noun, by keys: [Expression], at range: SourceRange
  ) throws(Diagnostic) -> Noun {
    var source = try source(noun.model, at: range)
    source.key = []
    var group = Noun(source, noun.model)
    group.isGroup = true
    var groups = Groups(base: noun, noun: group, grouping: Grouping(source: source.id))
    for key in keys { try add(key, to: &groups) }
    groups.noun.source.key = groups.grouping.keys.indices.map(Grouping.key)
    self.groups = groups
    return groups.noun
  }

  private mutating func add(
    _ expression: Expression, to groups: inout Groups
  ) throws(Diagnostic) {
    let text = SyntaxWriter.expression(expression)
    var names: [String] = []
    if case .path(let path) = expression { names = path.names.map(\.text) }
    guard !groups.keys.contains(where: { $0.text == text }) else {
      throw Diagnostic(
        .duplicateOption, "\(expression.subject) stands twice in `group`", at: expression.range)
    }
    let start = groups.grouping.keys.count
    var key = Groups.Key(text: text, names: names, columns: start..<start)
    switch try operand(expression, in: [groups.base]) {
    case .row(let row):
      for (column, name) in zip(row.columns, row.model.primaryKey) {
        let type = row.model.attribute(named: name)?.type
        groups.grouping.keys.append(ResolvedExpression(.column(column), type: type))
      }
      key.row = row.model
    case .expression(let value) where !value.isConstant:
      groups.grouping.keys.append(value)
      key.type = value.type
    case .constant, .rows, .expression:
      throw Diagnostic(
        .wrongType, "\(expression.subject) is the same for all rows, and groups nothing",
        at: expression.range)
    }
    key.columns = start..<groups.grouping.keys.count
    groups.keys.append(key)
  }

  /// The value of a grouped expression that is no path, said again: `group year(placedAt) show
  /// year(placedAt)`.
  func groupKey(_ expression: Expression, in nouns: [Noun]) -> ResolvedExpression? {
    guard let noun = nouns.last, noun.isGroup, let groups else { return nil }
    switch expression {
    case .literal, .variable, .path: return nil
    case .call, .aggregate, .negate, .binary: break
    }
    let text = SyntaxWriter.expression(expression)
    guard let key = groups.keys.first(where: { $0.text == text }), key.row == nil else {
      return nil
    }
    return column(of: key, groups)
  }

  private func column(of key: Groups.Key, _ groups: Groups) -> ResolvedExpression {
    let name = Grouping.key(key.columns.lowerBound)
    let column = ColumnReference(source: groups.grouping.source, column: name)
    return ResolvedExpression(.column(column), type: key.type)
  }

  /// A path behind `group`: it begins with a grouped path or with the last word of one (LANGUAGE.md
  /// §9). Answers what that is, and the names that are left.
  func groupPath(
    _ path: Path, _ noun: Noun
  ) throws(Diagnostic) -> (ResolvedPath, ArraySlice<Name>) {
    guard let groups else { return (ResolvedPath(noun: noun, hops: []), path.names[...]) }
    let (key, rest) = try groupKey(of: path, groups)
    guard let row = key.row else {
      let attribute = Attribute(
        name: key.names.last ?? key.text, column: Grouping.key(key.columns.lowerBound),
        type: key.type ?? .other(""))
      return (ResolvedPath(noun: noun, hops: [], attribute: attribute), rest)
    }
    let far = row.primaryKey.map { row.attribute(named: $0)?.column ?? $0 }
    let pairs = zip(key.columns, far).map { Link.Pair(near: Grouping.key($0), far: $1) }
    let hop = Hop(
      model: row, link: Link(table: row.table, pairs: pairs), isToMany: false, isForward: true,
      holdsKey: true)
    return (ResolvedPath(noun: noun, hops: [hop]), rest)
  }

  private func groupKey(
    of path: Path, _ groups: Groups
  ) throws(Diagnostic) -> (Groups.Key, ArraySlice<Name>) {
    let names = path.names.map(\.text)
    let whole = groups.keys
      .filter { !$0.names.isEmpty && names.starts(with: $0.names) }
      .max { $0.names.count < $1.names.count }
    if let whole { return (whole, path.names[whole.names.count...]) }
    let last = groups.keys.filter { $0.names.last == names.first }
    guard let key = last.first, last.count == 1 else {
      guard last.isEmpty else {
        throw Diagnostic(
          .ambiguous,
          "`\(names[0])` may be \(last.map { "`\($0.text)`" }.joined(separator: " or "))",
          at: path.range, hint: "say the whole path")
      }
      throw Self.notGrouped(path, groups)
    }
    return (key, path.names.dropFirst())
  }

  private static func notGrouped(_ path: Path, _ groups: Groups) -> Diagnostic {
    guard let first = path.names.first, meaning(of: first.text, on: groups.base.model) != nil else {
      let name = path.names.first ?? Name("")
      var error = unknownName(name, in: groups.noun)
      if let near = Suggestion.nearest(to: name.text, among: groups.keys.compactMap(\.names.last)) {
        error.hint = "did you mean `\(near)`?"
      }
      return error
    }
    let written = written(path)
    guard !groups.keys.isEmpty else {
      return Diagnostic(
        .wrongType, "`\(written)` differs from row to row, and this answers one row for all",
        at: path.range, hint: "`group \(written)` answers a row for each")
    }
    let keys = groups.keys.map { "`\($0.text)`" }.joined(separator: ", ")
    return Diagnostic(
      .wrongType, "`\(written)` may differ from row to row in a group", at: path.range,
      hint: "the groups are by \(keys); `max \(written)` is one value, `group …, \(written)` too")
  }

  /// What groups show when nothing is said: their keys, and how many rows they have.
  mutating func groupOutputs(_ noun: Noun, at range: SourceRange) throws(Diagnostic)
    -> [OutputColumn]
  {
    guard let groups else { return [] }
    var outputs: [OutputColumn] = []
    for key in groups.keys {
      guard let row = key.row else {
        outputs.append(OutputColumn(name: key.text, expression: column(of: key, groups)))
        continue
      }
      for (index, name) in zip(key.columns, row.primaryKey) {
        let column = ColumnReference(
          source: groups.grouping.source, column: Grouping.key(index))
        outputs.append(
          OutputColumn(
            name: key.columns.count == 1 ? key.text : "\(key.text).\(name)",
            expression: ResolvedExpression(.column(column), type: row.attribute(named: name)?.type))
        )
      }
    }
    let count = AggregateSyntax(
      .count, word: Name("count", at: range, isQuoted: true), range: range)
    outputs.append(OutputColumn(name: "count", expression: try aggregate(count, in: [noun])))
    return outputs
  }
}
