import RelishLanguage

/// One foreign key between two models, worked out from all sentences about it.
struct KeyDraft: Sendable {
  var holder: String
  var target: String
  /// The name on the holder's side.
  var name: String
  /// The name was not said: a relation that was read gives way to one that was said.
  var isNameFree = false
  /// The sentence on the holder's side.
  var forward: Side.ID?
  /// The sentence on the target's side.
  var inverse: Side.ID?
  /// Ends of n–m relations that go through this key.
  var ends: [JunctionEnd] = []
  var read: ReadKey?
  /// The key as said, empty when it follows from the name.
  var saidKey: [String] = []
  /// What the other model's column is called, when a sentence says `to`.
  var to: String?

  // Worked out in `Pairing+Options`.
  /// Attributes of the holder, in their spelling there.
  var attributes: [String] = []
  var targetAttributes: [String] = []
  var types: [AttributeType] = []
  var isRequired = false
  var isUnique = false
  var isConstrained = true
  var onDelete = ReferentialRule.setNull
  var onUpdate = ReferentialRule.cascade
  var constraintName: String?
  var isDeferrable = false
  var isIndexed = true

  /// Whether both put the same columns into the holder.
  func hasColumns(of other: KeyDraft) -> Bool {
    attributes == other.attributes && types == other.types
  }

  /// The number of its first sentence, which orders the keys; what was only read comes first.
  var order: Side.ID {
    ([forward, inverse].compactMap { $0 } + ends.flatMap { $0.sides }).min() ?? 0
  }

  /// All sentences that speak of it.
  var sides: [Side.ID] {
    ([forward, inverse].compactMap { $0 } + ends.flatMap { $0.sides }).sorted()
  }
}

/// Why sentences do not go together, and which they are; `GraphBuilder` makes it a `Diagnostic`.
struct PairingProblem: Error {
  var code: Diagnostic.Code
  var message: String
  var hint: String?
  /// The sentences that belong to it.
  var sides: [Side.ID]
  /// Where the caret belongs: the first of these that the sentence says, else the whole sentence.
  var parts: [SentencePart]

  init(
    _ code: Diagnostic.Code, _ message: String, hint: String? = nil, sides: [Side.ID] = [],
    at parts: SentencePart...
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.sides = sides
    self.parts = parts
  }
}

/// A part of an association's sentence that a problem can be about.
enum SentencePart: Sendable {
  case target, alias, by, key, otherKey, to, required, unique, onDelete, onUpdate, unconstrained
  case through
}

/// Finds which sentences are two sides of one relation (LANGUAGE.md §4).
struct Pairing {
  let facts: GraphFacts
  /// The models whose keys are made of keys, followed to get here.
  let followed: [String]

  init(_ facts: GraphFacts, followed: [String] = []) {
    self.facts = facts
    self.followed = followed
  }

  /// To look at what the key of `model` is made of; nil when that is itself, or too long a chain.
  func following(_ model: String) -> Pairing? {
    guard followed.count < 16, !followed.contains(model) else { return nil }
    return Pairing(facts, followed: followed + [model])
  }

  /// All foreign keys from `pair.holder` to `pair.target`, in the order of their sentences.
  ///
  /// Sides that name with `by` a relation nobody has said yet make no key.
  func keys(of pair: Pair) throws(PairingProblem) -> [KeyDraft] {
    var drafts = forwardDrafts(of: pair)
    try join(junctionEnds(of: pair), of: pair, to: &drafts)
    try join(inverseSides(of: pair), of: pair, to: &drafts)
    for position in drafts.indices { try complete(&drafts[position]) }
    try checkDistinct(drafts)
    return drafts.sorted { $0.order < $1.order }
  }

  /// Sides whose `by` names a relation that nobody has said.
  func unresolved(of pair: Pair) throws(PairingProblem) -> [Side] {
    let drafts = try keys(of: pair)
    return inverseSides(of: pair).filter { side in
      side.by != nil && !drafts.contains { $0.inverse == side.id }
    }
  }

  // MARK: Sides

  private func inverseSides(of pair: Pair) -> [Side] {
    facts.sides(facts.sidesOfPair[pair]).filter { $0.kind != .belongsTo }
  }

  /// One draft per `belongsTo`, and one per foreign key that was read and that none of them means.
  private func forwardDrafts(of pair: Pair) -> [KeyDraft] {
    var drafts: [KeyDraft] = []
    for side in facts.sides(facts.sidesOfPair[pair]) where side.kind == .belongsTo {
      var draft = KeyDraft(holder: pair.holder, target: pair.target, name: side.name)
      draft.forward = side.id
      draft.saidKey = side.key
      draft.to = side.to
      drafts.append(draft)
    }
    for key in readKeys(of: pair) {
      if let position = drafts.firstIndex(where: { isKey($0, key.attributes) }) {
        drafts[position].read = key
      } else if let position = drafts.firstIndex(where: {
        $0.saidKey.isEmpty && $0.read == nil && $0.name == key.name
      }) {
        drafts[position].read = key
      } else {
        var draft = KeyDraft(holder: pair.holder, target: pair.target, name: key.name)
        draft.isNameFree = true
        draft.read = key
        drafts.append(draft)
      }
    }
    return drafts
  }

  private func readKeys(of pair: Pair) -> [ReadKey] {
    (facts.model(pair.holder)?.readKeys ?? []).filter {
      facts.owner(ofTable: $0.table) == pair.target
    }
  }

  // MARK: Joining

  /// `by`, else the same key, else plain with plain, else the only candidate.
  private func join(
    _ sides: [Side], of pair: Pair, to drafts: inout [KeyDraft]
  ) throws(PairingProblem) {
    var left: [Side] = []
    for side in sides {
      if let position = drafts.firstIndex(where: { forward(of: $0)?.by?.text == side.name }) {
        if let by = side.by, by.text != drafts[position].name {
          throw contradiction(
            "`by \(side.name)`", "`by \(by)`", draft(drafts[position], with: side), at: .by)
        }
        try attach(side, to: &drafts[position])
      } else if let by = side.by {
        guard let position = drafts.firstIndex(where: { $0.name == by.text }) else { continue }
        try attach(side, to: &drafts[position])
      } else if !side.key.isEmpty,
        let position = drafts.firstIndex(where: { isKey($0, side.key) })
      {
        try attach(side, to: &drafts[position])
      } else {
        left.append(side)
      }
    }
    let plain = facts.naming.relation(toOne: pair.target)
    for side in left where side.alias == nil && side.key.isEmpty {
      guard
        let position = drafts.firstIndex(where: {
          $0.inverse == nil && $0.name == plain && $0.saidKey.isEmpty
            && forward(of: $0)?.alias == nil
        })
      else { continue }
      try attach(side, to: &drafts[position])
      left.removeAll { $0.id == side.id }
    }
    let known = drafts.indices
    let keyless = left.count { $0.key.isEmpty }
    for side in left {
      let candidates = known.filter {
        drafts[$0].inverse == nil && (side.key.isEmpty || drafts[$0].saidKey.isEmpty)
      }
      switch candidates.count {
      case 0: drafts.append(own(side, of: pair))
      case 1:
        guard keyless == 1 || !side.key.isEmpty else {
          throw severalSides(left, of: pair)
        }
        try attach(side, to: &drafts[candidates[0]])
      default: throw severalKeys(side, candidates.map { drafts[$0] })
      }
    }
  }

  private func draft(_ draft: KeyDraft, with side: Side) -> KeyDraft {
    var draft = draft
    draft.inverse = side.id
    return draft
  }

  private func attach(_ side: Side, to draft: inout KeyDraft) throws(PairingProblem) {
    if let other = draft.inverse, let first = facts.sides[other] {
      throw sameKey([first, side], of: Pair(holder: draft.holder, target: draft.target))
    }
    draft.inverse = side.id
    draft.isNameFree = false
    if !side.key.isEmpty {
      if !draft.saidKey.isEmpty, !same(draft.saidKey, side.key) {
        throw contradiction(
          "`key \(draft.saidKey.joined(separator: ", "))`",
          "`key \(side.key.joined(separator: ", "))`", draft, at: .key)
      }
      draft.saidKey = side.key
    }
    if let to = side.to {
      if let other = draft.to, other.lowercased() != to.lowercased() {
        throw contradiction("`to \(other)`", "`to \(to)`", draft, at: .to)
      }
      draft.to = to
    }
  }

  /// A key of its own for a side without a partner.
  private func own(_ side: Side, of pair: Pair) -> KeyDraft {
    var name = facts.naming.relation(toOne: pair.target)
    if !side.key.isEmpty {
      name = SchemaLifting.relationName(
        key: side.key, target: pair.target, targetKey: keyParts(of: pair.target).map(\.name))
    }
    var draft = KeyDraft(holder: pair.holder, target: pair.target, name: name)
    draft.inverse = side.id
    draft.saidKey = side.key
    draft.to = side.to
    return draft
  }

  private func join(
    _ ends: [JunctionEnd], of pair: Pair, to drafts: inout [KeyDraft]
  ) throws(PairingProblem) {
    for end in ends {
      let found =
        drafts.firstIndex { end.key.isEmpty ? $0.name == end.name : isKey($0, end.key) }
        ?? (end.key.isEmpty && !end.isOneOfSeveral && drafts.count == 1 ? drafts.startIndex : nil)
      if let found {
        drafts[found].ends.append(end)
        drafts[found].isNameFree = false
        if drafts[found].saidKey.isEmpty { drafts[found].saidKey = end.key }
        drafts[found].to = drafts[found].to ?? end.to
      } else {
        var draft = KeyDraft(holder: pair.holder, target: pair.target, name: end.name)
        draft.ends = [end]
        draft.saidKey = end.key
        draft.to = end.to
        drafts.append(draft)
      }
    }
  }

  // MARK: Keys

  private func forward(of draft: KeyDraft) -> Side? { draft.forward.flatMap { facts.sides[$0] } }

  /// Whether the draft's key, said or following from its name, is that one.
  func isKey(_ draft: KeyDraft, _ key: [String]) -> Bool {
    let holder = facts.model(draft.holder)
    // A column that is there may be named by its attribute or by itself.
    func attributes(_ names: [String]) -> [String] {
      names.map { holder?.attribute(named: $0)?.attribute.name ?? $0 }
    }
    return same(attributes(keyNames(of: draft)), attributes(key))
  }

  /// Names of attributes or columns, letter case free.
  func same(_ left: [String], _ right: [String]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy {
        $0.lowercased() == $1.lowercased()
          || facts.naming.column($0).lowercased() == facts.naming.column($1).lowercased()
      }
  }
}
