// Associations and their options (LANGUAGE.md §4).
extension Parser {
  private static let options: [Keyword] = [
    .as, .by, .key, .otherKey, .to, .required, .optional, .unique, .onDelete, .onUpdate,
    .unconstrained, .through, .named, .deferrable, .unindexed,
  ]

  /// `belongsTo User as creator required`, behind the verb; `start` is the subject's token.
  mutating func association(
    _ subject: Name, _ kind: AssociationSyntax.Kind, from start: Int
  ) throws(Diagnostic) -> AssociationSyntax {
    let target = try modelName()
    var association = AssociationSyntax(
      subject: subject, kind: kind, target: target, range: range(from: start))
    let targetNoun = Noun(model: target.text, hops: [])
    while let word = oneOf(Self.options) {
      guard !isSaid(word, in: association) else { throw duplicateOption(word) }
      let place = index
      advance()
      switch word {
      case .as: association.alias = try name("a name for the relation")
      case .by: association.by = try name("a relation of `\(target)`", .relation(targetNoun))
      case .key: association.key = try columnNames()
      case .otherKey: association.otherKey = try columnNames()
      case .to: association.to = try name("a unique column", .attribute(targetNoun))
      case .required, .optional:
        association.isRequired = Located(word == .required, at: range(from: place))
      case .unique: association.unique = range(from: place)
      case .unconstrained: association.unconstrained = range(from: place)
      case .onDelete: association.onDelete = try rule()
      case .onUpdate: association.onUpdate = try rule()
      case .named: association.constraintName = try constraintName()
      case .deferrable: association.deferrable = range(from: place)
      case .unindexed: association.unindexed = range(from: place)
      default: association.through = try through(kind, target)
      }
    }
    if keyword == .on {
      let word = keyword(ahead: 1) == .delete ? "onDelete" : "onUpdate"
      throw unexpected("an option", hint: "did you mean `\(word)`?")
    }
    if let keyword, Keyword.rules.contains(keyword) {
      throw unexpected("an option", hint: "did you mean `onDelete \(keyword.spelling)`?")
    }
    association.range = range(from: start)
    return association
  }

  private func isSaid(_ word: Keyword, in association: AssociationSyntax) -> Bool {
    switch word {
    case .as: association.alias != nil
    case .by: association.by != nil
    case .key: !association.key.isEmpty
    case .otherKey: !association.otherKey.isEmpty
    case .to: association.to != nil
    case .required, .optional: association.isRequired != nil
    case .unique: association.unique != nil
    case .unconstrained: association.unconstrained != nil
    case .onDelete: association.onDelete != nil
    case .onUpdate: association.onUpdate != nil
    case .named: association.constraintName != nil
    case .deferrable: association.deferrable != nil
    case .unindexed: association.unindexed != nil
    default: association.through != nil
    }
  }

  private func duplicateOption(_ word: Keyword) -> Diagnostic {
    guard word == .required || word == .optional else {
      return duplicate(word.rawValue, at: current.range)
    }
    return Diagnostic(
      .duplicateOption, "a relation is `required` or `optional`, said once", at: current.range)
  }

  /// One column, or one per part of a composite key.
  private mutating func columnNames() throws(Diagnostic) -> [Name] {
    var names = [try name("a column")]
    while accept(.comma) { names.append(try name("a column")) }
    return names
  }

  /// A referential rule, in one word or two: `setNull`, `set_null`, `set null`.
  private mutating func rule() throws(Diagnostic) -> Located<ReferentialRule> {
    let start = index
    if isWatching { watch?.add(want: .rule) }
    let rule: ReferentialRule
    switch keyword {
    case .cascade: rule = .cascade
    case .restrict: rule = .restrict
    case .setNull: rule = .setNull
    case .setDefault: rule = .setDefault
    case .noAction: rule = .noAction
    case .set:
      advance()
      if at(.null) {
        rule = .setNull
      } else if at(.default) {
        rule = .setDefault
      } else {
        throw unexpected("`null` or `default`")
      }
    case .no:
      advance()
      guard at(.action) else { throw unexpected("`action`") }
      rule = .noAction
    default:
      guard current.kind.isName else { throw unexpected("a rule", hint: Self.listOfRules) }
      throw unknownRule()
    }
    advance()
    return Located(rule, at: range(from: start))
  }

  private static let listOfRules =
    "the rules are: " + ReferentialRule.allCases.map(\.rawValue).joined(separator: ", ")

  private func unknownRule() -> Diagnostic {
    let word = source.text(in: current.range)
    let near = Suggestion.nearest(to: word, among: Keyword.rules.map(\.rawValue))
    let hint =
      word.lowercased() == "null" || word.lowercased() == "nullify"
      ? "did you mean `set null`?"
      : near.flatMap { name in Keyword(name.utf8) }.map { "did you mean `\($0.spelling)`?" }
    return Diagnostic(
      .unknownRule, "there is no rule `\(shown(current))`", at: current.range,
      hint: hint ?? Self.listOfRules)
  }

  /// `CartItem (quantity integer)` for a junction, `orders orderItems product` for a named walk.
  private mutating func through(
    _ kind: AssociationSyntax.Kind, _ target: Name
  ) throws(Diagnostic) -> AssociationSyntax.Through {
    if isWatching { watch?.add(want: kind == .belongsToMany ? .model : .relation(noun)) }
    switch kind {
    case .belongsTo:
      throw Diagnostic(
        .invalidDeclaration, "a `belongsTo` goes through nothing", at: tokens[index - 1].range,
        hint: "`hasMany \(target) through …` names a walk, `belongsToMany` makes a junction")
    case .belongsToMany:
      let junction = try modelName()
      guard accept(.leftParenthesis) else { return .junction(junction, []) }
      let outer = noun
      if isRecording { noun = Noun(model: junction.text, hops: []) }
      let attributes = try attributes()
      try expect(.rightParenthesis, orElse: "`,` or `)`")
      noun = outer
      return .junction(junction, attributes)
    case .hasMany, .hasOne:
      if current.kind == .capital {
        throw Diagnostic(
          .invalidDeclaration,
          "`through \(shown(current))` is a junction, which `belongsToMany` takes",
          at: current.range, hint: "`belongsToMany \(target) through \(shown(current))`")
      }
      var hops = [try name("a relation", .relation(noun))]
      let outer = noun
      while true {
        if isRecording { noun.hops.append(hops[hops.count - 1].text) }
        if isWatching { watch?.add(want: .relation(noun)) }
        guard current.kind.isName else { break }
        hops.append(takeName())
      }
      noun = outer
      return .walk(hops)
    }
  }
}
