import RelishLanguage

// What a sentence may not say: options that do not go together, names that are taken.
extension GraphBuilder {
  /// Options that make no sense for this verb.
  func checkOptions(_ syntax: AssociationSyntax) throws(Diagnostic) {
    let verb = syntax.kind.rawValue
    func refuse(_ range: SourceRange, _ message: String, _ hint: String) -> Diagnostic {
      Diagnostic(.invalidDeclaration, message, at: range, hint: hint)
    }
    var isWalk = false
    if case .walk? = syntax.through { isWalk = true }
    if syntax.kind == .belongsToMany {
      guard case .junction? = syntax.through else {
        throw refuse(
          syntax.range, "`belongsToMany` needs a junction",
          "`\(syntax.subject) belongsToMany \(syntax.target) through "
            + "\(syntax.subject)\(syntax.target)`")
      }
      if let word = syntax.isRequired, !word.value {
        throw refuse(word.range, "in a junction both keys are required", "leave `optional` out")
      }
      if let range = syntax.unique {
        throw refuse(
          range, "`unique` is not for a junction's key", "the pair of keys is unique by itself")
      }
    } else if let name = syntax.otherKey.first {
      throw refuse(
        name.range, "`otherKey` is for `belongsToMany`", "the key of a `\(verb)` is named by `key`")
    } else if case .junction(let name, _)? = syntax.through {
      throw refuse(
        name.range, "`through \(name)` is a junction, which `belongsToMany` takes",
        "`\(syntax.subject) belongsToMany \(syntax.target) through \(name)`")
    }
    if isWalk, let range = keyOption(of: syntax) {
      throw refuse(
        range, "a named walk has no key, so this cannot hold for it",
        "only `as` goes with `through` and relations")
    }
    if syntax.kind == .hasMany, let range = syntax.unique {
      throw refuse(
        range, "`unique` says at most one, and `hasMany` says many",
        "`\(syntax.subject) hasOne \(syntax.target)`")
    }
    try checkRules(syntax)
  }

  private func checkRules(_ syntax: AssociationSyntax) throws(Diagnostic) {
    if let free = syntax.unconstrained, let rule = syntax.onDelete ?? syntax.onUpdate {
      throw Diagnostic(
        .contradiction, "`unconstrained` means no foreign key, so no rule can hold for it",
        at: free.start > rule.range.start ? free : rule.range,
        hint: "leave out `unconstrained` or the rule")
    }
    let isRequired = syntax.isRequired?.value == true || syntax.kind == .belongsToMany
    for rule in [syntax.onDelete, syntax.onUpdate].compactMap({ $0 })
    where isRequired && rule.value == .setNull {
      throw Diagnostic(
        .contradiction, "a required key cannot become null", at: rule.range,
        hint: syntax.kind == .belongsToMany
          ? "say `restrict` or `cascade`"
          : "leave out `required`, or say `restrict` or `cascade`")
    }
  }

  private func keyOption(of syntax: AssociationSyntax) -> SourceRange? {
    syntax.by?.range ?? syntax.key.first?.range ?? syntax.to?.range ?? syntax.isRequired?.range
      ?? syntax.unique ?? syntax.onDelete?.range ?? syntax.onUpdate?.range ?? syntax.unconstrained
  }

  // MARK: Names

  /// The names that a side gives its relation, on both models, must be free.
  func checkNames(of side: Side, _ syntax: AssociationSyntax) throws(Diagnostic) {
    if side.pair == nil { try checkFree(side.name, on: side.subject, side, syntax) }
    for pair in pairs(of: side) {
      let keys = facts.pools[pair] ?? []
      let inverses = facts.freeInverses(of: keys)
      for (key, free) in zip(keys, inverses) where key.sides.contains(side.id) {
        if !key.isNameFree { try checkFree(key.name, on: key.holder, side, syntax) }
        let inverse = key.inverse.flatMap { facts.sides[$0]?.name }
        if let name = inverse ?? free { try checkFree(name, on: key.target, side, syntax) }
        try checkKeyAlone(key, side, syntax)
      }
    }
    if side.kind == .belongsToMany, facts.backward(of: side) == nil, side.subject != side.target {
      try checkFree(facts.freeInverse(of: side), on: side.target, side, syntax)
    }
  }

  private func checkFree(
    _ name: String, on model: String, _ side: Side, _ syntax: AssociationSyntax
  ) throws(Diagnostic) {
    let range = syntax.alias?.range ?? syntax.range
    if let attribute = facts.model(model)?.attributes.first(where: { $0.attribute.name == name }) {
      guard !attribute.isRead || facts.isClaimed(name, on: model) else { return }
      throw Diagnostic(
        .nameTaken, "`\(model) \(name)` is an attribute, so no relation can have that name",
        at: range, hint: nameHint(name, on: model, side))
    }
    guard let claims = facts.claims[model]?[name], claims.count > 1 else { return }
    let others = facts.excerpts(of: claims).filter { $0 != side.excerpt }
    throw Diagnostic(
      .nameTaken, "`\(model)` would have two relations named `\(name)`", at: range,
      hint: nameHint(name, on: model, side),
      related: others.map { Diagnostic.Related("the other one is said here", $0) })
  }

  private func nameHint(_ name: String, on model: String, _ side: Side) -> String {
    if model == side.junction { return "name the attribute otherwise" }
    if model == side.subject || !side.walk.isEmpty { return "name the relation with `as`" }
    let verb =
      side.kind == .belongsTo
      ? "hasMany"
      : side.kind == .belongsToMany
        ? "belongsToMany" : "belongsTo"
    return "name that side: `\(model) \(verb) \(side.subject) as …`"
  }

  /// A column can point to one table only.
  private func checkKeyAlone(
    _ key: KeyDraft, _ side: Side, _ syntax: AssociationSyntax
  ) throws(Diagnostic) {
    for pair in facts.pairs(of: key.holder)
    where pair.holder == key.holder && pair.target != key.target {
      for other in facts.pools[pair] ?? [] where !other.isNameFree {
        do {
          try Pairing(facts).checkDistinct(other, key)
        } catch {
          throw diagnostic(error, saying: [side.id], at: syntax.range, syntax)
        }
      }
    }
  }
}

extension GraphFacts {
  /// Where the sentences stand that use a name.
  func excerpts(of claims: Set<Claim>) -> [SourceExcerpt] {
    var identifiers: Set<Side.ID> = []
    for claim in claims {
      switch claim {
      case .side(let id): identifiers.insert(id)
      case .key(let pair, let name):
        for key in pools[pair] ?? [] where key.name == name { identifiers.formUnion(key.sides) }
      }
    }
    return identifiers.sorted().compactMap { sides[$0]?.excerpt }
  }

  /// The other sentence of an n–m relation.
  func backward(of side: Side) -> Side? {
    guard let junction = side.junction,
      let drafts = try? Pairing(self).junctions(through: junction)
    else { return nil }
    for draft in drafts {
      if draft.forward.id == side.id { return draft.backward }
      if draft.backward?.id == side.id { return draft.forward }
    }
    return nil
  }
}
