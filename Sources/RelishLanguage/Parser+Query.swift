/// What a walk is part of, and hence where it ends.
struct WalkContext {
  /// In a write: a name before `=` begins the assignments.
  var endsAtAssignment = false
  /// In `expect`: a comparison may follow the walk.
  var endsAtComparison = false
  /// In `add` and `remove`: `to`, `from`.
  var lastWord: Keyword?
}

// Walks: a head, its hops and their clauses (LANGUAGE.md §7).
extension Parser {
  /// A walk; `context` says where it ends.
  mutating func query(_ context: WalkContext = WalkContext()) throws(Diagnostic) -> QuerySyntax {
    let outer = self.context
    self.context = context
    defer { self.context = outer }
    let start = index
    let model = try modelName()
    if isRecording { noun = Noun(model: model.text, hops: []) }
    let pick = pick()
    var query = QuerySyntax(
      model: model, pick: pick, clauses: try clauses(), hops: [], range: range(from: start))
    while atHop() {
      let tree = acceptTree()
      let name = takeName()
      if isRecording { noun.hops.append(name.text) }
      let pick = self.pick()
      query.hops.append(HopSyntax(tree: tree, name: name, pick: pick, clauses: try clauses()))
    }
    query.range = range(from: start)
    return query
  }

  /// Passes over filler and says whether the name of a relation stands here.
  private mutating func atHop() -> Bool {
    if isWatching {
      watch?.add(word: "tree")
      watch?.add(want: .relation(noun))
      watch?.add(want: .attribute(noun))
    }
    while let word = oneOf([.their, .its, .all]), isHopName(ahead: 1) {
      _ = word
      advance()
      if isWatching {
        watch?.add(want: .relation(noun))
        watch?.add(want: .attribute(noun))
      }
    }
    guard isHopName(ahead: 0) else { return false }
    if context.endsAtAssignment, kind(ahead: 1) == .equal { return false }
    if let last = context.lastWord, at(last) { return false }
    if keyword == .preview, kind(ahead: 1) == .end { return false }
    return true
  }

  /// Passes over `tree` before the name of a relation (LANGUAGE.md §9 Names).
  private mutating func acceptTree() -> SourceRange? {
    guard at(.tree), isHopName(ahead: 1) else { return nil }
    defer { advance() }
    return current.range
  }

  /// Whether the token there can be the name of a relation or attribute in a walk: a name that is no
  /// word of the grammar in this place.
  private func isHopName(ahead distance: Int) -> Bool {
    guard kind(ahead: distance).isName else { return false }
    guard let word = keyword(ahead: distance) else { return true }
    return !Self.neverNames.contains(word) && !isClause(word, ahead: distance)
  }

  /// Words that a walk never reads as names without backticks (LANGUAGE.md §9 Names).
  static let neverNames: Set<Keyword> = [
    .where, .show, .sort, .with, .group, .and, .or, .not, .is, .in, .between, .contains, .starts,
    .ends, .ignoring, .as, .asc, .desc, .true, .false, .null,
  ]

  /// Whether a clause begins with this word here; `top limit page` need a number.
  func isClause(_ word: Keyword, ahead distance: Int = 0) -> Bool {
    switch word {
    case .where, .show, .sort, .with, .group: true
    case .top, .limit, .page: kind(ahead: distance + 1) == .integer
    default: false
    }
  }

  /// A primary key, a label or a variable directly behind a noun.
  mutating func pick() -> Pick? {
    if isWatching { watch?.add(want: .variable) }
    let token = current
    let value: Pick.Value
    switch token.kind {
    case .integer:
      guard let key = integerValue(token) else { return nil }
      value = .integer(key)
    case .text, .escapedText: value = .text(token.text(in: source.bytes))
    case .variable: value = .variable(token.variableName(in: source.bytes))
    default: return nil
    }
    advance()
    return Pick(value, at: token.range)
  }

  func integerValue(_ token: Token) -> Int64? {
    source.bytes.withUnsafeBufferPointer { token.integer(in: $0) }
  }
}
