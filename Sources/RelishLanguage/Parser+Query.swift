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
    while try atHop() {
      let name = takeName()
      if isRecording { noun.hops.append(name.text) }
      let pick = self.pick()
      query.hops.append(HopSyntax(name: name, pick: pick, clauses: try clauses()))
    }
    query.range = range(from: start)
    return query
  }

  /// Passes over filler and says whether the name of a relation stands here.
  private mutating func atHop() throws(Diagnostic) -> Bool {
    if isWatching {
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
    if keyword == .tree, isHopName(ahead: 1) { throw notYet("tree", at: current.range) }
    if keyword == .preview, kind(ahead: 1) == .end { return false }
    return true
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

  // MARK: Clauses

  private mutating func clauses() throws(Diagnostic) -> Clauses {
    var clauses = Clauses()
    while true {
      if isWatching { Keyword.clauses.forEach { watch?.add(word: $0.rawValue) } }
      guard let word = keyword, isClause(word) else { break }
      let start = index
      let place = current.range
      clauses.words.append(name(of: current))
      let isRepeated =
        switch word {
        case .show: clauses.show != nil
        case .sort: clauses.sort != nil
        case .limit, .page: clauses.limit != nil
        default: false
        }
      if isRepeated { throw repeatedClause(word, clauses) }
      guard Keyword.clauses.contains(word) else { throw notYet(word.rawValue, at: place) }
      advance()
      switch word {
      case .where: clauses.conditions.append(try condition())
      case .show:
        let items = try showItems()
        clauses.show = Located(items, at: range(from: start))
      case .sort:
        _ = accept(.by)
        let keys = try sortKeys()
        clauses.sort = Located(keys, at: range(from: start))
      case .limit:
        let limit = try limit()
        clauses.limit = Located(limit, at: range(from: start))
      default:
        let page = try page()
        clauses.limit = Located(page, at: range(from: start))
      }
    }
    return clauses
  }

  private func repeatedClause(_ word: Keyword, _ clauses: Clauses) -> Diagnostic {
    let isOther = clauses.words.dropLast().contains { $0.text.lowercased() == word.rawValue }
    guard isOther || word == .show || word == .sort else {
      return Diagnostic(
        .duplicateOption, "`limit` and `page` do not go together", at: current.range)
    }
    return Diagnostic(
      .duplicateOption, "`\(word.rawValue)` stands twice behind one noun", at: current.range)
  }

  private mutating func showItems() throws(Diagnostic) -> [ShowItem] {
    if current.kind == .times {
      throw unexpected("a value to show", hint: "without `show` all attributes are shown")
    }
    var items: [ShowItem] = []
    repeat {
      let start = index
      let expression = try expression()
      let words = words(from: start)
      var alias: Name?
      if accept(.as) { alias = try name("a name for the column") }
      items.append(
        ShowItem(expression: expression, alias: alias, source: words, range: range(from: start)))
    } while acceptListComma()
    return items
  }

  private mutating func sortKeys() throws(Diagnostic) -> [SortKey] {
    var keys: [SortKey] = []
    repeat {
      let expression = try expression()
      let isDescending = accept(.desc)
      if !isDescending { _ = accept(.asc) }
      keys.append(SortKey(expression: expression, isDescending: isDescending))
    } while acceptListComma()
    return keys
  }

  /// A comma that goes on with the list of a clause, not with the assignments around the walk.
  private mutating func acceptListComma() -> Bool {
    if context.endsAtAssignment, kind(ahead: 1).isName, kind(ahead: 2) == .equal { return false }
    return accept(.comma)
  }

  private mutating func limit() throws(Diagnostic) -> Clauses.Limit {
    let count = try integer("how many rows")
    guard accept(.offset) else { return Clauses.Limit(count: count, offset: 0) }
    return Clauses.Limit(count: count, offset: try integer("how many rows to leave out"))
  }

  /// `page 2 size 20`; pages count from 1 and have 20 rows unless said.
  private mutating func page() throws(Diagnostic) -> Clauses.Limit {
    let place = current.range
    let number = try integer("a page number", from: 1)
    let size = accept(.size) ? try integer("a page size", from: 1) : 20
    let (offset, overflows) = (number - 1).multipliedReportingOverflow(by: size)
    if overflows {
      throw Diagnostic(.badNumber, "there cannot be so many pages", at: place)
    }
    return Clauses.Limit(count: size, offset: offset)
  }
}
