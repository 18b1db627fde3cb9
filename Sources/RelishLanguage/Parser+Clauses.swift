// The clauses of a noun (LANGUAGE.md §7 `clause`).
extension Parser {
  mutating func clauses() throws(Diagnostic) -> Clauses {
    var clauses = Clauses()
    while true {
      if isWatching { Keyword.clauses.forEach { watch?.add(word: $0.rawValue) } }
      guard let word = keyword, isClause(word) else { break }
      if clauses.has(word) { throw repeatedClause(word, clauses) }
      clauses.words.append(name(of: current))
      try clause(word, into: &clauses)
    }
    return clauses
  }

  private mutating func clause(
    _ word: Keyword, into clauses: inout Clauses
  ) throws(Diagnostic) {
    let start = index
    advance()
    switch word {
    case .where:
      let condition = try condition()
      if clauses.group == nil {
        clauses.conditions.append(condition)
      } else {
        clauses.groupConditions.append(condition)
      }
    case .show:
      let items = try showItems()
      clauses.show = Located(items, at: range(from: start))
    case .with:
      let nests = try nests()
      clauses.with = Located(nests, at: range(from: start))
    case .group:
      _ = accept(.by)
      let keys = try groupKeys()
      clauses.group = Located(keys, at: range(from: start))
    case .sort:
      _ = accept(.by)
      let keys = try sortKeys()
      clauses.sort = Located(keys, at: range(from: start))
    case .top:
      let top = try top()
      clauses.top = Located(top, at: range(from: start))
    case .limit:
      let limit = try limit()
      clauses.limit = Located(limit, at: range(from: start))
    default:
      let page = try page()
      clauses.limit = Located(page, at: range(from: start))
    }
  }

  private func repeatedClause(_ word: Keyword, _ clauses: Clauses) -> Diagnostic {
    let isOther = clauses.words.contains { $0.text.lowercased() == word.rawValue }
    guard isOther || (word != .limit && word != .page) else {
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

  private mutating func groupKeys() throws(Diagnostic) -> [Expression] {
    var keys: [Expression] = []
    repeat { keys.append(try expression()) } while acceptListComma()
    return keys
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

  /// `5 by revenue`
  private mutating func top() throws(Diagnostic) -> Clauses.Top {
    let count = try integer("how many rows")
    guard accept(.by) else {
      throw unexpected("`by`", hint: "as in `top \(count) by price`; `limit \(count)` takes any")
    }
    let key = try expression()
    if keyword == .asc || keyword == .desc {
      throw unexpected(
        "the next clause", hint: "`top` takes the greatest; `sort … limit \(count)` takes the least"
      )
    }
    return Clauses.Top(count: count, key: key)
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

  // MARK: Nests

  private mutating func nests() throws(Diagnostic) -> [NestSyntax] {
    var nests: [NestSyntax] = []
    repeat { nests.append(try nest()) } while acceptListComma()
    return nests
  }

  /// `products (title, price top 3 by price)`
  private mutating func nest() throws(Diagnostic) -> NestSyntax {
    let start = index
    if isWatching { watch?.add(want: .relation(noun)) }
    if keyword == .tree, kind(ahead: 1).isName {
      throw unexpected("a relation", hint: "`tree` stands in the walk, before `with`")
    }
    if let word = keyword, Keyword.aggregates.contains(word), kind(ahead: 1).isName,
      keyword(ahead: 1).map({ isClause($0, ahead: 1) }) != true
    {
      throw unexpected(
        "a relation", hint: "`show …, \(word) RELATION …` works out a value of each row")
    }
    let name = try name("a relation", .relation(noun))
    var nest = NestSyntax(name: name, clauses: Clauses(), range: name.range)
    if current.kind == .dot || current.kind == .leftBracket {
      let inner = kind(ahead: 1).isName ? self.name(of: tokens[index + 1]).text : "…"
      throw unexpected(
        "`(`",
        hint: current.kind == .dot
          ? "nests stand in each other's brackets: `with \(name) (with \(inner))`"
          : "what is shown stands in round brackets: `with \(name) (\(inner))`")
    }
    guard current.kind == .leftParenthesis else { return nest }
    let outer = (noun, context)
    if isRecording { noun = noun(noun, following: name) }
    context = WalkContext()
    defer { (noun, context) = outer }
    try enter(6)
    defer { leave(6) }
    advance()
    nest.clauses = try nestClauses()
    try expect(.rightParenthesis, orElse: "`,` or `)`")
    nest.range = range(from: start)
    return nest
  }

  /// Items and clauses between the brackets of a nest.
  private mutating func nestClauses() throws(Diagnostic) -> Clauses {
    if current.kind == .rightParenthesis { return Clauses() }
    if isWatching {
      watch?.add(want: .path(noun))
      Keyword.clauses.forEach { watch?.add(word: $0.rawValue) }
    }
    let start = index
    guard keyword.map({ isClause($0) }) != true else { return try clauses() }
    let items = try showItems()
    let place = range(from: start)
    var clauses = try clauses()
    if let show = clauses.show {
      throw Diagnostic(
        .duplicateOption, "what is shown of a nest stands first in its brackets", at: show.range,
        hint: "leave out `show`")
    }
    clauses.show = Located(items, at: place)
    return clauses
  }
}

extension Clauses {
  /// Whether a clause that may stand once is there; `limit` and `page` are one.
  fileprivate func has(_ word: Keyword) -> Bool {
    switch word {
    case .show: show != nil
    case .with: with != nil
    case .group: group != nil
    case .sort: sort != nil
    case .top: top != nil
    case .limit, .page: limit != nil
    default: false
    }
  }
}
