import RelishLanguage

/// One end of an n–m relation: the junction's key to one of the two models.
struct JunctionEnd: Sendable {
  var junction: String
  var target: String
  /// The name that its relation has on the junction.
  var name: String
  /// The key as said; empty when it follows from the name.
  var key: [String]
  /// The side whose subject it points to, which speaks of rules, `to` and `unconstrained`.
  var speaker: Side.ID?
  var to: String?
  /// The side that sets out from here, and the one that arrives here.
  var near: Side.ID?
  var far: Side.ID?
  /// Other ends lead to the same model, so that only the key of this name will do.
  var isOneOfSeveral: Bool

  var sides: [Side.ID] { [near, far].compactMap { $0 } }
}

/// Both ends of one n–m relation, which one sentence or two speak of.
struct JunctionDraft: Sendable {
  /// Where `forward` sets out.
  var left: JunctionEnd
  /// Where `forward` arrives.
  var right: JunctionEnd
  var forward: Side
  var backward: Side?
}

extension Pairing {
  /// The ends of n–m relations through `pair.holder` that point to `pair.target`.
  func junctionEnds(of pair: Pair) throws(PairingProblem) -> [JunctionEnd] {
    var ends: [JunctionEnd] = []
    for draft in try junctions(through: pair.holder) {
      for end in [draft.left, draft.right] where end.target == pair.target { ends.append(end) }
    }
    return ends
  }

  /// The n–m relations through a model, paired by their models and keys.
  func junctions(through junction: String) throws(PairingProblem) -> [JunctionDraft] {
    var groups: [(models: Set<String>, sides: [Side])] = []
    for side in facts.sides(facts.sidesOfJunction[junction]) {
      let models: Set<String> = [side.subject, side.target]
      if let position = groups.firstIndex(where: { $0.models == models }) {
        groups[position].sides.append(side)
      } else {
        groups.append((models, [side]))
      }
    }
    var drafts: [JunctionDraft] = []
    for group in groups {
      drafts +=
        group.models.count == 1
        ? try selfJunctions(group.sides, through: junction)
        : try junctions(between: group.sides, through: junction)
    }
    return drafts
  }

  private func junctions(
    between sides: [Side], through junction: String
  ) throws(PairingProblem) -> [JunctionDraft] {
    guard let first = sides.first else { return [] }
    let there = sides.filter { $0.subject == first.subject }
    let back = sides.filter { $0.subject != first.subject }
    if there.count == 1, back.count <= 1 {
      return [try draft(first, back.first, through: junction)]
    }
    var drafts: [JunctionDraft] = []
    var unpaired = back
    for side in there {
      let partner = unpaired.firstIndex {
        !$0.key.isEmpty && !$0.otherKey.isEmpty && same($0.key, side.otherKey)
          && same($0.otherKey, side.key)
      }
      drafts.append(
        try draft(side, partner.map { unpaired.remove(at: $0) }, through: junction, named: true))
    }
    for side in unpaired { drafts.append(try draft(side, nil, through: junction, named: true)) }
    for (position, draft) in drafts.enumerated() {
      for other in drafts[..<position] where overlap(draft, other) {
        throw PairingProblem(
          .contradiction,
          "`\(other.forward.subject) \(other.forward.name)` and "
            + "`\(draft.forward.subject) \(draft.forward.name)` have the same keys in `\(junction)`",
          hint: "give one of them another junction, or other columns with `key` and `otherKey`",
          sides: [other.forward.id, draft.forward.id], at: .through)
      }
    }
    return drafts
  }

  private func overlap(_ draft: JunctionDraft, _ other: JunctionDraft) -> Bool {
    let ends =
      other.forward.subject == draft.forward.subject
      ? (other.left, other.right) : (other.right, other.left)
    return key(of: draft.left, same: ends.0) && key(of: draft.right, same: ends.1)
  }

  private func key(of end: JunctionEnd, same other: JunctionEnd) -> Bool {
    end.key.isEmpty || other.key.isEmpty ? end.name == other.name : same(end.key, other.key)
  }

  private func draft(
    _ forward: Side, _ backward: Side?, through junction: String, named: Bool = false
  ) throws(PairingProblem) -> JunctionDraft {
    let left = try merged(forward.key, backward?.otherKey, forward, backward)
    let right = try merged(forward.otherKey, backward?.key, forward, backward)
    func name(_ target: String, _ key: [String]) -> String {
      guard named, !key.isEmpty else { return facts.naming.relation(toOne: target) }
      return SchemaLifting.relationName(
        key: key, target: target, targetKey: keyParts(of: target).map(\.name))
    }
    return JunctionDraft(
      left: JunctionEnd(
        junction: junction, target: forward.subject, name: name(forward.subject, left), key: left,
        speaker: forward.id, to: forward.to, near: forward.id, far: backward?.id,
        isOneOfSeveral: named),
      right: JunctionEnd(
        junction: junction, target: forward.target, name: name(forward.target, right), key: right,
        speaker: backward?.id, to: backward?.to, near: backward?.id, far: forward.id,
        isOneOfSeveral: named),
      forward: forward, backward: backward)
  }

  /// A model with itself: the ends are called after the model and the alias, or, when both sides
  /// are said, after the two aliases.
  private func selfJunctions(
    _ sides: [Side], through junction: String
  ) throws(PairingProblem) -> [JunctionDraft] {
    guard let forward = sides.first else { return [] }
    guard sides.count <= 2 else {
      throw PairingProblem(
        .contradiction,
        "`\(junction)` already joins `\(forward.subject)` with itself in both directions",
        hint: "say another model after `through`", sides: sides.map(\.id), at: .through)
    }
    let backward = sides.count == 2 ? sides[1] : nil
    let left = try merged(forward.key, backward?.otherKey, forward, backward)
    let right = try merged(forward.otherKey, backward?.key, forward, backward)
    func name(_ key: [String], else alias: String?) -> String {
      if !key.isEmpty {
        return SchemaLifting.relationName(
          key: key, target: forward.subject, targetKey: keyParts(of: forward.subject).map(\.name))
      }
      return alias.map { facts.naming.junctionRelation(alias: $0) }
        ?? facts.naming.relation(toOne: forward.subject)
    }
    return [
      JunctionDraft(
        left: JunctionEnd(
          junction: junction, target: forward.subject, name: name(left, else: backward?.name),
          key: left, speaker: forward.id, to: forward.to, near: forward.id, far: backward?.id,
          isOneOfSeveral: true),
        right: JunctionEnd(
          junction: junction, target: forward.subject, name: name(right, else: forward.name),
          key: right, speaker: backward?.id, to: backward?.to, near: backward?.id, far: forward.id,
          isOneOfSeveral: true),
        forward: forward, backward: backward)
    ]
  }

  private func merged(
    _ said: [String], _ other: [String]?, _ forward: Side, _ backward: Side?
  ) throws(PairingProblem) -> [String] {
    guard let other, !other.isEmpty else { return said }
    guard !said.isEmpty, !same(said, other) else { return said.isEmpty ? other : said }
    throw PairingProblem(
      .contradiction,
      "`\(forward.subject) \(forward.name)` and its other side name different keys: "
        + "`\(said.joined(separator: ", "))` and `\(other.joined(separator: ", "))`",
      hint: "one side's `key` is the other side's `otherKey`",
      sides: [forward.id, backward?.id].compactMap { $0 }, at: .key, .otherKey)
  }
}
