import RelishLanguage

// `Product belongsTo User as creator required onDelete restrict` (LANGUAGE.md §4).
extension GraphBuilder {
  mutating func associate(
    _ syntax: AssociationSyntax, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    try checkOptions(syntax)
    var notes: [Diagnostic] = []
    let subject = try declared(syntax.subject, isNoted: true, notes: &notes)
    let target = try mention(syntax.target, notes: &notes)
    var said = Side(
      id: 0, kind: syntax.kind, subject: subject, target: target,
      name: syntax.alias?.text ?? facts.name(of: syntax.kind, to: target),
      alias: syntax.alias?.text, excerpt: source.excerpt(at: syntax.range))
    said.take(syntax, in: source)
    if case .junction(let name, let attributes)? = syntax.through {
      let junction = try junction(name, attributes, notes: &notes)
      said.junction = junction
    }
    try checkSelf(said, syntax)
    let before = try sameSide(as: said, syntax)
    var side = before ?? said
    if before != nil { side.replace(by: said, syntax) } else { side.id = facts.newSideID() }
    let holders = Set([side.pair?.holder, side.junction].compactMap { $0 })
    let undeclared = holders.filter { facts.models[$0] == nil }
    facts.set(side, for: side.id)
    try refresh(pairs(of: side), saying: [side.id], at: syntax.range, syntax)
    for holder in undeclared where changesTable(of: holder, side) { declare(holder) }
    try checkNames(of: side, syntax)
    let answer = try facts(about: side, syntax, notes: &notes)
    return DeclarationAnswer(facts: answer, notes: notes)
  }

  private mutating func junction(
    _ name: Name, _ attributes: [AttributeSyntax], notes: inout [Diagnostic]
  ) throws(Diagnostic) -> String {
    // What a script says twice is the same both times: its junction is its own on a second run too.
    let junction = try declared(name, isNoted: true, notes: &notes)
    guard !attributes.isEmpty else { return junction }
    _ = try state(attributes, of: junction)
    try checkNames(attributes.map(\.name), on: junction)
    return junction
  }

  /// The keys that a side takes part in.
  func pairs(of side: Side) -> [Pair] {
    if let pair = side.pair { return [pair] }
    guard let junction = side.junction else { return [] }
    let ends = side.subject == side.target ? [side.subject] : [side.subject, side.target]
    let own = ends.map { Pair(holder: junction, target: $0) }
    // The junction's own key is made of these.
    return own + facts.pairs(of: junction).filter { !own.contains($0) }
  }

  /// Whether a table that was read would be another one for this sentence.
  private func changesTable(of holder: String, _ side: Side) -> Bool {
    pairs(of: side).contains { pair in
      pair.holder == holder
        && (facts.pools[pair] ?? []).contains { key in
          guard key.sides.contains(side.id) else { return false }
          guard let read = key.read else { return true }
          let isOld = read.onDelete == key.onDelete && read.onUpdate == key.onUpdate
          let held = key.attributes.compactMap { facts.model(holder)?.attribute(named: $0) }
          return !isOld || !key.isConstrained
            || key.isRequired != held.allSatisfy { $0.attribute.isRequired || $0.attribute.isKey }
            || side.isUnique || side.kind == .hasOne && !isUniqueAlready(key)
        }
    }
  }

  private func isUniqueAlready(_ key: KeyDraft) -> Bool {
    guard let holder = facts.model(key.holder) else { return false }
    return holder.uniques.contains { Set($0.attributes) == Set(key.attributes) }
      || key.attributes.count == 1
        && key.attributes.allSatisfy { holder.attribute(named: $0)?.attribute.isUnique == true }
  }

  // MARK: The same side

  /// What was said of this side before, if anything.
  private func sameSide(
    as said: Side, _ syntax: AssociationSyntax
  ) throws(Diagnostic) -> Side? {
    let candidates: [Side]
    if let pair = said.pair {
      candidates = facts.sides(facts.sidesOfPair[pair])
    } else if said.junction != nil {
      candidates = facts.sides(facts.claims[said.subject]?[said.name]?.compactMap(\.side))
    } else {
      candidates = facts.sides(facts.claims[said.subject]?[said.name]?.compactMap(\.side))
    }
    return candidates.first { other in
      other.subject == said.subject && other.target == said.target
        && (other.kind == .belongsTo) == (said.kind == .belongsTo)
        && other.junction == said.junction && other.walk.isEmpty == said.walk.isEmpty
        && (other.alias == said.alias || other.name == said.name)
    }
  }

  /// A relation of a model with itself needs a name of its own.
  private func checkSelf(_ side: Side, _ syntax: AssociationSyntax) throws(Diagnostic) {
    guard side.subject == side.target, side.alias == nil, side.walk.isEmpty else { return }
    let example =
      side.kind == .belongsTo ? "parent" : side.kind == .hasOne ? "successor" : "children"
    throw Diagnostic(
      .invalidDeclaration, "a relation of `\(side.subject)` with itself needs a name",
      at: syntax.target.range,
      hint: "for example `\(side.subject) \(side.kind.rawValue) \(side.target) as \(example)`")
  }
}

extension Claim {
  var side: Side.ID? {
    switch self {
    case .key: nil
    case .side(let id): id
    }
  }
}

extension Side {
  /// Takes over what a sentence says, but for names of models.
  fileprivate mutating func take(_ syntax: AssociationSyntax, in source: SourceText) {
    by = syntax.by
    byExcerpt = syntax.by.map { source.excerpt(at: $0.range) }
    key = syntax.key.map(\.text)
    otherKey = syntax.otherKey.map(\.text)
    to = syntax.to?.text
    isRequired = syntax.isRequired?.value
    isUnique = syntax.unique != nil
    onDelete = syntax.onDelete?.value
    onUpdate = syntax.onUpdate?.value
    isUnconstrained = syntax.unconstrained != nil
    constraintName = syntax.constraintName?.value
    isDeferrable = syntax.deferrable != nil
    isUnindexed = syntax.unindexed != nil
    if case .walk(let names)? = syntax.through {
      walk = names
      walkExcerpts = names.map { source.excerpt(at: $0.range) }
    }
  }

  /// The same side said again: options that are said replace, the others stay (LANGUAGE.md §9).
  fileprivate mutating func replace(by said: Side, _ syntax: AssociationSyntax) {
    if kind != said.kind { isUnique = false }
    kind = said.kind
    name = said.name
    alias = said.alias ?? alias
    if said.by != nil { (by, byExcerpt) = (said.by, said.byExcerpt) }
    if !said.key.isEmpty { key = said.key }
    if !said.otherKey.isEmpty { otherKey = said.otherKey }
    to = said.to ?? to
    isRequired = said.isRequired ?? isRequired
    if kind == .hasMany { isUnique = false }
    isUnique = isUnique || said.isUnique
    if said.isUnconstrained { (isUnconstrained, onDelete, onUpdate) = (true, nil, nil) }
    if said.onDelete != nil || said.onUpdate != nil { isUnconstrained = false }
    onDelete = said.onDelete ?? onDelete
    onUpdate = said.onUpdate ?? onUpdate
    constraintName = said.constraintName ?? constraintName
    isDeferrable = isDeferrable || said.isDeferrable
    isUnindexed = isUnindexed || said.isUnindexed
    if !said.walk.isEmpty { (walk, walkExcerpts) = (said.walk, said.walkExcerpts) }
    excerpt = said.excerpt
  }
}
