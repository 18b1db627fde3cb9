import RelishLanguage

// Facts in answer to a sentence, and problems as diagnostics.
extension GraphBuilder {
  /// Works out keys anew; a problem becomes an error of the current sentence.
  mutating func refresh(
    _ pairs: [Pair], saying sides: Set<Side.ID>, at range: SourceRange,
    _ syntax: AssociationSyntax? = nil
  ) throws(Diagnostic) {
    do {
      try facts.refresh(pairs)
    } catch {
      throw diagnostic(error, saying: sides, at: range, syntax)
    }
  }

  /// - Parameter sides: those of the current sentence; the others of the problem are shown with it.
  func diagnostic(
    _ problem: PairingProblem, saying sides: Set<Side.ID>, at range: SourceRange,
    _ syntax: AssociationSyntax? = nil
  ) -> Diagnostic {
    let place = syntax.flatMap { syntax in
      problem.parts.lazy.compactMap { syntax.range(of: $0) }.first
    }
    var shown: Set<Side.ID> = sides
    let related = problem.sides.compactMap { id -> Diagnostic.Related? in
      guard shown.insert(id).inserted, let side = facts.sides[id] else { return nil }
      return Diagnostic.Related("the other sentence", side.excerpt)
    }
    return Diagnostic(
      problem.code, problem.message, at: place ?? range, hint: problem.hint, related: related)
  }

  // MARK: Facts

  /// The facts that a side is part of, one line per key; none of a quiet sentence.
  func facts(
    about side: Side, _ syntax: AssociationSyntax, notes: inout [Diagnostic]
  ) throws(Diagnostic) -> [String] {
    if isQuiet { return [] }
    guard side.walk.isEmpty else {
      let words = side.walk.map(\.text).joined(separator: " → ")
      return ["\(side.subject) \(side.name) = \(words) (a walk to \(side.target), no column)"]
    }
    var lines: [String] = []
    for pair in pairs(of: side) {
      let keys = facts.pools[pair] ?? []
      for (key, free) in zip(keys, facts.freeInverses(of: keys))
      where key.sides.contains(side.id) {
        lines.append(line(of: key, freeInverse: free))
        note(key, &notes, at: syntax)
      }
    }
    if side.kind == .belongsToMany {
      var ways = "\(side.subject) \(side.name)"
      if let back = facts.backward(of: side)?.name {
        ways += " · \(side.target) \(back)"
      } else if side.subject != side.target {
        ways += " · \(side.target) \(facts.freeInverse(of: side))"
      }
      lines.append("\(ways), through \(side.junction ?? "")")
    }
    guard lines.isEmpty, let by = side.by else { return lines }
    let holder = side.kind == .belongsTo ? side.target : side.pair?.holder ?? side.target
    let names = facts.names(of: holder)
    notes.append(
      Diagnostic(
        .unknownRelation, "`\(holder)` has no relation `\(by)` yet", at: by.range,
        hint: Suggestion.nearest(to: by.text, among: names).map { "did you mean `\($0)`?" },
        severity: .note))
    return ["\(side.subject) \(side.name) waits for `\(holder) \(by)`"]
  }

  /// The facts of all keys between these models; none in a quiet sentence.
  func lines(of pairs: [Pair]) -> [String] {
    if isQuiet { return [] }
    return pairs.flatMap { pair in
      let keys = facts.pools[pair] ?? []
      return zip(keys, facts.freeInverses(of: keys)).map { line(of: $0, freeInverse: $1) }
    }
  }

  /// `products.userId → users.id, optional, on delete cascade, on update cascade (Product user · User products)`
  private func line(of key: KeyDraft, freeInverse: String?) -> String {
    let holder = facts.model(key.holder)
    let target = facts.model(key.target)
    func columns(_ names: [String], _ model: ModelFacts?, _ table: String) -> String {
      let columns = names.map { facts.column(of: $0, in: model) }
      return columns.count == 1
        ? "\(table).\(columns[0])" : "\(table)(\(columns.joined(separator: ", ")))"
    }
    var words = [
      columns(key.attributes, holder, facts.table(of: key.holder)) + " → "
        + columns(key.targetAttributes, target, facts.table(of: key.target)),
      key.isRequired ? "required" : "optional",
    ]
    if key.isUnique { words.append("unique") }
    if key.isConstrained {
      words.append("on delete \(key.onDelete.rawValue)")
      words.append("on update \(key.onUpdate.rawValue)")
    } else {
      words.append("no foreign key")
    }
    var names = "\(key.holder) \(key.name)"
    if let inverse = key.inverse.flatMap({ facts.sides[$0]?.name }) ?? freeInverse {
      names += " · \(key.target) \(inverse)"
    }
    return words.joined(separator: ", ") + " (\(names))"
  }

  /// A rule that has nothing to set yet.
  private func note(_ key: KeyDraft, _ notes: inout [Diagnostic], at syntax: AssociationSyntax) {
    let rules = [(key.onDelete, syntax.onDelete), (key.onUpdate, syntax.onUpdate)]
    guard let range = rules.first(where: { $0.0 == .setDefault })?.1?.range else { return }
    let holder = facts.model(key.holder)
    guard
      let missing = key.attributes.first(where: {
        holder?.attribute(named: $0)?.attribute.defaultValue == nil
      }), let type = key.types.first
    else { return }
    notes.append(
      Diagnostic(
        .invalidDeclaration,
        "`\(key.holder) \(missing)` has no default, so `set default` sets null",
        at: range, hint: "`\(key.holder) has \(missing) \(type.words) default …`", severity: .note))
  }
}

extension GraphFacts {
  /// The column of an attribute, whether it is declared or follows from a relation.
  func column(of attribute: String, in model: ModelFacts?) -> String {
    model?.attribute(named: attribute)?.column ?? naming.column(attribute)
  }

  /// Names of the relations of a model, those that follow included.
  func names(of model: String) -> [String] {
    var names = Array((claims[model] ?? [:]).keys)
    for pair in pairs(of: model) where pair.target == model {
      names += freeInverses(of: pools[pair] ?? []).compactMap { $0 }
    }
    return names.sorted()
  }

  /// A relation by its name, for the error that an attribute wants it.
  func relation(
    named name: String, on model: String
  ) -> (target: String, isSaid: Bool, excerpt: SourceExcerpt?)? {
    for claim in claims[model]?[name] ?? [] {
      switch claim {
      case .key(let pair, _): return (pair.target, true, excerpts(of: [claim]).first)
      case .side(let id):
        guard let side = sides[id] else { continue }
        let target = side.subject == model ? side.target : side.subject
        return (target, true, side.excerpt)
      }
    }
    for pair in pairs(of: model) where pair.target == model {
      let keys = pools[pair] ?? []
      for (key, free) in zip(keys, freeInverses(of: keys)) where free == name {
        return (key.holder, false, key.sides.first.flatMap { sides[$0]?.excerpt })
      }
    }
    for side in sides(sidesOfModel[model])
    where side.kind == .belongsToMany && side.target == model && side.subject != model {
      guard backward(of: side) == nil, freeInverse(of: side) == name else { continue }
      return (side.subject, false, side.excerpt)
    }
    return nil
  }
}

extension AssociationSyntax {
  /// Where a part of the sentence stands, nil when it is not said.
  func range(of part: SentencePart) -> SourceRange? {
    switch part {
    case .target: target.range
    case .alias: alias?.range
    case .by: by?.range
    case .key: key.first?.range
    case .otherKey: otherKey.first?.range
    case .to: to?.range
    case .required: isRequired?.range
    case .unique: unique
    case .onDelete: onDelete?.range
    case .onUpdate: onUpdate?.range
    case .unconstrained: unconstrained
    case .through:
      switch through {
      case .junction(let name, _): name.range
      case .walk(let names): names.first?.range
      case nil: nil
      }
    }
  }
}
