import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// The two rows that a junction's row connects, as the values its keys take.
struct Pair {
  var near: [Value]
  var far: [Value]
}

/// What became of a row that was to be connected.
enum LinkOutcome { case added, changed, wasThere, moved }

extension RowWriter {
  /// Connects the row `key` of `target` with the row `ownerKey` of `owner`.
  ///
  /// `attributes`: values for the junction's own attributes. A pair that is there has them changed,
  /// or nothing done when none are given (LANGUAGE.md §9 Rows).
  func link(
    _ key: [Value], of target: Model, to ownerKey: [Value], of owner: Model,
    by association: Association, _ attributes: [Assignment]
  ) throws(Failure) -> LinkOutcome {
    switch association.route {
    case .inverse(let id):
      let relation = try relation(id)
      try refuse(attributes, association)
      let values = try values(of: relation.targetAttributes, ofRow: ownerKey, in: owner)
      let before = try self.values(of: relation.attributes, ofRow: key, in: target)
      if before == values { return .wasThere }
      try setKey(relation, to: values, ofRow: key, in: target)
      return before.contains(.null) ? .added : .moved
    case .forward(let id):
      let relation = try relation(id)
      try refuse(attributes, association)
      let values = try values(of: relation.targetAttributes, ofRow: key, in: target)
      let before = try self.values(of: relation.attributes, ofRow: ownerKey, in: owner)
      if before == values { return .wasThere }
      try setKey(relation, to: values, ofRow: ownerKey, in: owner)
      return before.contains(.null) ? .added : .moved
    case .junction(let near, let far):
      let (near, far) = (try relation(near), try relation(far))
      let junction = try model(named: near.holder)
      let pair = try Pair(
        near: values(of: near.targetAttributes, ofRow: ownerKey, in: owner),
        far: values(of: far.targetAttributes, ofRow: key, in: target))
      guard try isThere(junction, near, far, pair) else {
        try insertJunction(junction, near, far, pair, attributes)
        return .added
      }
      guard !attributes.isEmpty else { return .wasThere }
      try changeJunction(junction, near, far, pair, attributes)
      return .changed
    case .walk:
      return .wasThere
    }
  }

  private func refuse(
    _ attributes: [Assignment], _ association: Association
  ) throws(Failure) {
    guard let first = attributes.first else { return }
    throw Failure(
      .unknownAttribute, "`\(association.name)` has no junction that could hold `\(first.name)`",
      at: first.name.range)
  }

  /// `UPDATE products SET userId = ?, updatedAt = ? WHERE id = ?`
  func setKey(
    _ relation: Relation, to values: [Value], ofRow key: [Value], in holder: Model
  ) throws(Failure) {
    let cells = zip(relation.attributes, values).map { name, value in
      "\(identifier(column(name, of: holder))) = \(bind: value)" as SQLText
    }
    let sql = update(holder, cells, where: equality(holder.primaryKey, key, of: holder))
    do {
      _ = try session.driver.execute(sql)
    } catch {
      if case .unique = error.kind {
        throw Failure(
          .constraint, "this \(relation.target) has a \(holder.name) already", at: range,
          hint: "`\(holder.name) \(relation.name)` is unique: remove the other one first")
      }
      throw Failure(error, at: range)
    }
  }

  /// An UPDATE that also keeps `updatedAt`.
  private func update(_ model: Model, _ cells: [SQLText], where condition: SQLText) -> SQLText {
    let list = (cells + [touch(model)].compactMap { $0 }).joined(separator: ", ")
    return "UPDATE \(table(model)) SET \(list) WHERE \(condition)"
  }

  /// `updatedAt = ?`, or nil where the model keeps no timestamps.
  func touch(_ model: Model) -> SQLText? {
    for attribute in model.attributes {
      guard case .updatedAt = attribute.role else { continue }
      return "\(identifier(attribute.column)) = \(bind: .text(now))"
    }
    return nil
  }

  private func condition(
    _ junction: Model, _ near: Relation, _ far: Relation, _ pair: Pair
  ) -> SQLText {
    equality(near.attributes + far.attributes, pair.near + pair.far, of: junction)
  }

  private func isThere(
    _ junction: Model, _ near: Relation, _ far: Relation, _ pair: Pair
  ) throws(Failure) -> Bool {
    let condition = condition(junction, near, far, pair)
    return try !rows("SELECT 1 FROM \(table(junction)) WHERE \(condition)").isEmpty
  }

  func insertJunction(
    _ junction: Model, _ near: Relation, _ far: Relation, _ pair: Pair,
    _ attributes: [Assignment]
  ) throws(Failure) {
    let given = Dictionary(
      zip(near.attributes + far.attributes, pair.near + pair.far),
      uniquingKeysWith: { first, _ in first })
    let plan = try plan(
      RowSyntax(assignments: attributes, range: range), for: junction, given: given)
    _ = try insert(plan)
  }

  private func changeJunction(
    _ junction: Model, _ near: Relation, _ far: Relation, _ pair: Pair,
    _ attributes: [Assignment]
  ) throws(Failure) {
    var cells: [SQLText] = []
    for assignment in attributes {
      guard let attribute = junction.attribute(named: assignment.name.text) else {
        throw Failure(graph.unknownAttribute(assignment.name, on: junction))
      }
      let value = try value(assignment.value, for: attribute, named: assignment.name)
      cells.append("\(identifier(attribute.column)) = \(bind: value)")
    }
    try execute(update(junction, cells, where: condition(junction, near, far, pair)))
  }
}

extension RowWriter {
  /// `add Product 1 to Cart 1 products quantity = 2`; answers the line to tell and notes.
  func add(
    _ rows: QuerySyntax, to place: QuerySyntax, _ attributes: [Assignment]
  ) throws(Failure) -> (line: String, notes: [String]) {
    let end = try ends(rows, place)
    var counts: [LinkOutcome: Int] = [:]
    for owner in end.owners {
      for key in end.keys {
        let outcome = try link(
          key, of: end.target, to: owner, of: end.owner, by: end.association, attributes)
        counts[outcome, default: 0] += 1
      }
    }
    let name = { (count: Int) in Wording.count(count, end.target.name) }
    let (added, moved) = (counts[.added, default: 0], counts[.moved, default: 0])
    var notes: [String] = []
    if moved > 0 {
      notes.append("\(name(moved)) belonged to another \(end.owner.name) before")
    }
    if let count = counts[.wasThere] {
      notes.append("\(name(count)) \(count == 1 ? "was" : "were") there already")
    }
    var line = "added \(name(added + moved)) to \(end.words)"
    if let count = counts[.changed] { line += ", changed \(count)" }
    return (line, notes)
  }

  /// `remove Product 1 from Cart 1 products`; answers the line to tell.
  func remove(_ rows: QuerySyntax, from place: QuerySyntax) throws(Failure) -> String {
    let end = try ends(rows, place)
    var removed = 0
    for owner in end.owners {
      for key in end.keys { removed += try unlink(key, owner, end) }
    }
    return "removed \(Wording.count(removed, end.target.name)) from \(end.words)"
  }

  /// Both ends of `add` and `remove`.
  struct Ends {
    var target: Model
    var keys: [[Value]]
    var owner: Model
    var owners: [[Value]]
    var association: Association
    /// The place as written: `Cart 1 products`.
    var words: String
  }

  private func ends(_ rows: QuerySyntax, _ place: QuerySyntax) throws(Failure) -> Ends {
    guard let last = place.hops.last, last.pick == nil else {
      throw Failure(
        .unexpected, "a relation must end this walk", at: place.range,
        hint: "as in `add Product 1 to Cart 1 products`")
    }
    var ownerWalk = place
    ownerWalk.hops.removeLast()
    let owner = try lastModel(of: ownerWalk)
    let association = try association(last.name, of: owner)
    try check(rows, endsAt: association.target)
    let target = try model(named: association.target)
    let keys = try find(rows, target.primaryKey)
    guard !keys.isEmpty else { throw noRow(rows) }
    let owners = try find(ownerWalk, owner.primaryKey)
    guard !owners.isEmpty else { throw noRow(ownerWalk) }
    if owners.count > 1, !isJunction(association) {
      throw Failure(
        .rowNotUnique, "\(owners.count) rows are meant, and each \(target.name) can be with one",
        at: ownerWalk.range)
    }
    if keys.count > 1, !association.isToMany {
      throw Failure(
        .rowNotUnique, "`\(association.name)` takes one row, and \(keys.count) are meant",
        at: rows.range)
    }
    return Ends(
      target: target, keys: keys, owner: owner, owners: owners, association: association,
      words: source?.text(in: place.range) ?? association.name)
  }

  private func isJunction(_ association: Association) -> Bool {
    if case .junction = association.route { true } else { false }
  }

  func unlink(
    _ key: [Value], _ ownerKey: [Value], _ end: Ends
  ) throws(Failure) -> Int {
    switch end.association.route {
    case .junction(let near, let far):
      let (near, far) = (try relation(near), try relation(far))
      let junction = try model(named: near.holder)
      let pair = try Pair(
        near: values(of: near.targetAttributes, ofRow: ownerKey, in: end.owner),
        far: values(of: far.targetAttributes, ofRow: key, in: end.target))
      let condition = condition(junction, near, far, pair)
      return try execute("DELETE FROM \(table(junction)) WHERE \(condition)").changes
    case .inverse(let id):
      return try detach(relation(id), holder: end.target, key, from: end.owner, ownerKey)
    case .forward(let id):
      return try detach(relation(id), holder: end.owner, ownerKey, from: end.target, key)
    case .walk:
      return 0
    }
  }

  /// Sets the key of a row null when it points to that other row.
  private func detach(
    _ relation: Relation, holder: Model, _ key: [Value], from target: Model, _ targetKey: [Value]
  ) throws(Failure) -> Int {
    guard !relation.isRequired else {
      throw Failure(
        .missingValue, "`\(relation.name)` of \(holder.name) is required: it cannot be removed",
        at: range, hint: "delete the \(holder.name), or give it another `\(relation.name)`")
    }
    let pointed = try values(of: relation.targetAttributes, ofRow: targetKey, in: target)
    guard try values(of: relation.attributes, ofRow: key, in: holder) == pointed else { return 0 }
    let nulls = relation.attributes.map { _ in Value.null }
    try setKey(relation, to: nulls, ofRow: key, in: holder)
    return 1
  }
}
