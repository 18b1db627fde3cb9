import RelishLanguage

extension Pairing {
  /// Every option that a sentence says of this key, with the sentence.
  private func said<Option>(
    _ draft: KeyDraft, _ option: (Side) -> Option?
  ) -> [(value: Option, side: Side)] {
    let speakers = [draft.forward, draft.inverse] + draft.ends.map(\.speaker)
    return speakers.compactMap { id in
      guard let side = id.flatMap({ facts.sides[$0] }), let value = option(side) else { return nil }
      return (value, side)
    }
  }

  /// The one value that both sides say, or one of them; an error when they differ.
  private func agreed<Option: Equatable>(
    _ draft: KeyDraft, _ option: (Side) -> Option?, at part: SentencePart,
    words: (Option) -> String
  ) throws(PairingProblem) -> Option? {
    let values = said(draft, option)
    guard let first = values.first else { return nil }
    if let other = values.first(where: { $0.value != first.value }) {
      throw contradiction(words(first.value), words(other.value), draft, at: part)
    }
    return first.value
  }

  func completeRequired(
    _ draft: inout KeyDraft, _ held: [AttributeFacts]
  ) throws(PairingProblem) {
    let word = try agreed(
      draft, { $0.isRequired }, at: .required, words: { $0 ? "`required`" : "`optional`" })
    if !draft.ends.isEmpty {
      guard word != false else {
        throw PairingProblem(
          .contradiction,
          "`\(draft.holder) \(draft.name)` is a key of a junction, where both keys are required",
          hint: "leave `optional` out", sides: draft.sides, at: .required)
      }
      draft.isRequired = true
      return
    }
    if word == false, let attribute = held.first(where: { $0.attribute.isRequired && !$0.isRead }) {
      throw PairingProblem(
        .contradiction,
        "`\(draft.holder) \(attribute.attribute.name)` is required, and its relation "
          + "`\(draft.name)` optional",
        hint: "leave `optional` out, or say the attribute anew without `required`",
        sides: draft.sides, at: .required)
    }
    let isKey = key(of: draft).isSuperset(of: draft.attributes)
    if isKey, word == false {
      throw PairingProblem(
        .contradiction,
        "the key of `\(draft.holder) \(draft.name)` is part of the primary key, hence not optional",
        hint: "leave `optional` out", sides: draft.sides, at: .required)
    }
    draft.isRequired =
      isKey || word ?? (!held.isEmpty && held.allSatisfy(\.attribute.isRequired))
  }

  func completeUnique(
    _ draft: inout KeyDraft, _ held: [AttributeFacts]
  ) throws(PairingProblem) {
    let holder = facts.model(draft.holder)
    let names = Set(draft.attributes)
    let kinds = [draft.inverse.flatMap { facts.sides[$0] }].compactMap { $0?.kind }
    let isSaid = !said(draft, { $0.isUnique ? true : nil }).isEmpty
    let isAttribute =
      held.count == 1 && draft.attributes.count == 1 && held.allSatisfy(\.attribute.isUnique)
    let isListed = holder?.uniques.contains { Set($0.attributes) == names } == true
    if kinds.contains(.hasMany), isSaid {
      throw PairingProblem(
        .contradiction,
        "`unique` and `hasMany` are said of one relation, `\(draft.holder) \(draft.name)`",
        hint: "`\(draft.target) hasOne \(draft.holder)` is the other side of a unique key",
        sides: draft.sides, at: .unique)
    }
    let isKey = draft.ends.isEmpty && key(of: draft) == names
    draft.isUnique =
      isSaid || kinds.contains(.hasOne) || isAttribute || isListed || isKey
      || draft.read?.isUnique == true
  }

  /// The attributes that the holder itself declares as its primary key.
  private func key(of draft: KeyDraft) -> Set<String> {
    guard let holder = facts.model(draft.holder) else { return [] }
    let names = holder.keyNames.flatMap { name in
      name.text == draft.name
        ? draft.attributes : [holder.attribute(named: name.text)?.attribute.name ?? name.text]
    }
    return names.isEmpty
      ? Set(holder.attributes.filter(\.attribute.isKey).map(\.attribute.name)) : Set(names)
  }

  /// The defaults of LANGUAGE.md §4, and what does not go together.
  func completeRules(_ draft: inout KeyDraft) throws(PairingProblem) {
    let onDelete = try agreed(
      draft, { $0.onDelete }, at: .onDelete, words: { "`onDelete \($0.rawValue)`" })
    let onUpdate = try agreed(
      draft, { $0.onUpdate }, at: .onUpdate, words: { "`onUpdate \($0.rawValue)`" })
    if let free = said(draft, { $0.isUnconstrained ? true : nil }).first {
      if let rule = said(draft, { $0.onDelete ?? $0.onUpdate }).first {
        throw PairingProblem(
          .contradiction,
          "`\(draft.holder) \(draft.name)` is `unconstrained`, so no rule can hold for it",
          hint: "leave out `unconstrained` or the rule", sides: [free.side.id, rule.side.id],
          at: .unconstrained, .onDelete, .onUpdate)
      }
      draft.isConstrained = false
    }
    let rules = [("onDelete", onDelete), ("onUpdate", onUpdate)]
    if draft.isRequired, let (word, _) = rules.first(where: { $0.1 == .setNull }) {
      throw PairingProblem(
        .contradiction,
        "the key of `\(draft.holder) \(draft.name)` is required, so `\(word) set null` cannot hold",
        hint: draft.ends.isEmpty
          ? "leave out `required`, or say `restrict` or `cascade`" : "say `restrict` or `cascade`",
        sides: draft.sides, at: word == "onDelete" ? .onDelete : .onUpdate, .required)
    }
    let usual: ReferentialRule =
      !draft.ends.isEmpty ? .cascade : draft.isRequired ? .restrict : .setNull
    let read = draft.read?.onDelete
    draft.onDelete = onDelete ?? (draft.isRequired && read == .setNull ? usual : read ?? usual)
    let readUpdate =
      draft.isRequired && draft.read?.onUpdate == .setNull ? nil : draft.read?.onUpdate
    draft.onUpdate = onUpdate ?? readUpdate ?? .cascade
    draft.constraintName = said(draft, \.constraintName).first?.value ?? draft.read?.constraintName
    draft.isDeferrable =
      draft.read?.isDeferrable == true || !said(draft, { $0.isDeferrable ? true : nil }).isEmpty
    draft.isIndexed =
      draft.read?.isIndexed != false && said(draft, { $0.isUnindexed ? true : nil }).isEmpty
  }

  // MARK: Problems

  func contradiction(
    _ one: String, _ other: String, _ draft: KeyDraft, at part: SentencePart
  ) -> PairingProblem {
    PairingProblem(
      .contradiction,
      "the two sides of `\(draft.holder) \(draft.name)` say different things: "
        + "\(one) and \(other)",
      hint: "say it on one side, or the same on both", sides: draft.sides, at: part)
  }

  /// Two `hasMany`/`hasOne` that would stand on one key.
  func sameKey(_ sides: [Side], of pair: Pair) -> PairingProblem {
    let names = sides.map { "`\($0.subject) \($0.name)`" }.joined(separator: " and ")
    return PairingProblem(
      .ambiguousRelation, "\(names) would stand on the same key of `\(pair.holder)`",
      hint: "say with `by` which relation of `\(pair.holder)` each is the other side of, "
        + "or give one a `key`",
      sides: sides.map(\.id), at: .by, .alias)
  }

  func severalSides(_ sides: [Side], of pair: Pair) -> PairingProblem {
    sameKey(sides.filter(\.key.isEmpty), of: pair)
  }

  /// An inverse that could belong to several keys.
  func severalKeys(_ side: Side, _ candidates: [KeyDraft]) -> PairingProblem {
    let names = candidates.map { "`\($0.name)`" }.joined(separator: " or ")
    let first = candidates.first?.name ?? ""
    let alias = side.alias.map { " as \($0)" } ?? ""
    return PairingProblem(
      .ambiguousRelation,
      "`\(side.subject) \(side.name)` could be the other side of \(names)",
      hint: "say which: `\(side.subject) \(side.kind.rawValue) \(side.target)\(alias) by \(first)`",
      sides: [side.id] + candidates.flatMap(\.sides), at: .alias, .target)
  }

  /// No two keys of one pair of models may have one name or one column.
  func checkDistinct(_ drafts: [KeyDraft]) throws(PairingProblem) {
    for (position, draft) in drafts.enumerated() where !draft.isNameFree {
      for other in drafts[..<position] where !other.isNameFree {
        try checkDistinct(other, draft)
      }
    }
  }

  /// Two keys that one model holds.
  func checkDistinct(_ first: KeyDraft, _ second: KeyDraft) throws(PairingProblem) {
    let sides = first.sides + second.sides
    let inverses = facts.sides([first.inverse, second.inverse].compactMap { $0 })
    let isSameKey = same(first.attributes, second.attributes)
    if isSameKey, first.target == second.target, inverses.count == 2 {
      throw sameKey(inverses, of: Pair(holder: first.holder, target: first.target))
    }
    if isSameKey {
      let key = first.attributes.joined(separator: ", ")
      throw PairingProblem(
        .nameTaken,
        "`\(first.holder) \(first.name)` and `\(second.holder) \(second.name)` "
          + "would both have the key `\(key)`",
        hint: "give one of them another `key`", sides: sides, at: .key, .alias)
    }
    guard first.name == second.name else { return }
    throw PairingProblem(
      .nameTaken, "`\(first.holder)` would have two relations named `\(first.name)`",
      hint: "name one of them with `as`", sides: sides, at: .alias, .target)
  }
}
