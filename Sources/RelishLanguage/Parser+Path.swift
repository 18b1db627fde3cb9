// Words in expressions: paths, calls, counts and quantifiers (LANGUAGE.md §7).
extension Parser {
  /// A word where a value is expected.
  mutating func wordOperand() throws(Diagnostic) -> Operand {
    let range = current.range
    switch keyword {
    case .true, .false:
      let value = keyword == .true
      advance()
      return Operand(value: .expression(.literal(.boolean(value), range)), range: range)
    case .null:
      advance()
      return Operand(value: .expression(.literal(.null, range)), range: range)
    case let word?:
      if let function = AggregateFunction(rawValue: word.rawValue), kind(ahead: 1) != .dot {
        return try aggregate(function)
      }
      if Self.neverNames.contains(word) || isClause(word) { throw wordInsteadOfValue() }
    default: break
    }
    return try pathOrCall()
  }

  private func wordInsteadOfValue() -> Diagnostic {
    let word = shown(current)
    let isName =
      switch kind(ahead: 1) {
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .dot, .plus, .minus,
        .times, .divided, .modulo:
        true
      default: false
      }
    return unexpected(
      "a value",
      hint: isName ? "an attribute called `\(word)` is written in backticks: `` `\(word)` ``" : nil)
  }

  /// `product.user.name`: dots and names, each of which may be any word.
  mutating func path() throws(Diagnostic) -> Path {
    let start = index
    var names = [try name("an attribute or relation", .path(noun))]
    let outer = noun
    defer { noun = outer }
    while accept(.dot) {
      if isRecording { noun = noun(noun, following: names[names.count - 1]) }
      names.append(try name("a name after the point", .path(noun)))
    }
    return Path(names: names, range: range(from: start))
  }

  mutating func pathOrCall() throws(Diagnostic) -> Operand {
    let start = index
    if kind(ahead: 1) == .leftParenthesis {
      let name = takeName()
      var (arguments, height): ([Expression], Int) = ([], 1)
      if kind(ahead: 1) == .rightParenthesis {
        advance()
        advance()
      } else {
        (arguments, height) = try list()
      }
      let range = range(from: start)
      return Operand(
        value: .expression(.call(name, arguments, range)), range: range, height: height + 1)
    }
    let path = try path()
    return Operand(value: .expression(.path(path)), range: path.range)
  }

  /// `count products (where price > 3)`, `sum (price * stock)`, `count`
  private mutating func aggregate(_ function: AggregateFunction) throws(Diagnostic) -> Operand {
    let start = index
    let outer = (noun, context)
    defer { (noun, context) = outer }
    var aggregate = AggregateSyntax(function, word: takeName(), range: current.range)
    if isWatching {
      watch?.add(want: .relation(noun))
      if function != .count { watch?.add(want: .path(noun)) }
    }
    var height = 1
    if current.kind.isName, keyword.map(isNoPath) != true {
      let path = try path()
      aggregate.path = path
      if isRecording { for name in path.names { noun = noun(noun, following: name) } }
    } else if current.kind != .leftParenthesis, function != .count {
      throw unexpected(
        "a value", hint: "as in `\(function) price` or `\(function) (price * stock)`")
    }
    if current.kind == .leftParenthesis { height = try brackets(of: &aggregate) }
    aggregate.range = range(from: start)
    return Operand(
      value: .expression(.aggregate(aggregate)), range: aggregate.range, height: height + 1)
  }

  /// `( [expr] [where cond] )`; answers the height of what stands in it.
  private mutating func brackets(of aggregate: inout AggregateSyntax) throws(Diagnostic) -> Int {
    context = WalkContext()
    try enter(3)
    defer { leave(3) }
    advance()
    var height = 1
    if isWatching { watch?.add(word: "where") }
    if current.kind == .times, aggregate.function == .count {
      throw unexpected("a value", hint: "`count` alone counts the rows")
    }
    if keyword != .where {
      let value = try operand(.sum)
      guard current.kind == .rightParenthesis || keyword == .where else {
        throw unexpected("`where` or `)`", hint: whereHint(aggregate))
      }
      aggregate.value = try asExpression(value)
      height = value.height
    }
    if accept(.where) {
      let condition = try operand(.or)
      aggregate.condition = asCondition(condition)
      height = max(height, condition.height)
    }
    try expect(.rightParenthesis)
    return height
  }

  /// A comparison directly in the brackets was meant as a condition.
  private func whereHint(_ aggregate: AggregateSyntax) -> String? {
    switch current.kind {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .word:
      let path = aggregate.path.map { SyntaxWriter.path($0) + " " } ?? ""
      let value = aggregate.function == .count ? "" : "… "
      return "a condition stands behind `where`: `\(aggregate.word) \(path)(\(value)where …)`"
    default: return nil
    }
  }

  private func isNoPath(_ word: Keyword) -> Bool {
    Self.neverNames.contains(word) || isClause(word)
  }

  /// The quantifier that the current word is; nil when it is a name here.
  func quantifier() -> Quantifier? {
    guard let quantifier = keyword.flatMap({ Quantifier(rawValue: $0.rawValue) }) else {
      return nil
    }
    let isPath = kind(ahead: 1).isName && keyword(ahead: 1).map(Self.neverNames.contains) != true
    return isPath || kind(ahead: 1) == .end ? quantifier : nil
  }

  /// `some reviews (stars > 3)`
  mutating func quantified(_ quantifier: Quantifier) throws(Diagnostic) -> Operand {
    let start = index
    advance()
    let path = try path()
    var condition: Operand?
    if current.kind == .leftParenthesis {
      condition = try conditionInBrackets(of: path)
    }
    let range = range(from: start)
    return Operand(
      value: .condition(.quantified(quantifier, path, condition.map(asCondition), range)),
      range: range, height: (condition?.height ?? 0) + 1)
  }

  /// `( … )` behind a path, in which the names are those of the noun that the path leads to.
  private mutating func conditionInBrackets(of path: Path) throws(Diagnostic) -> Operand {
    let outer = (noun, context)
    if isRecording { for name in path.names { noun = noun(noun, following: name) } }
    context = WalkContext()
    defer { (noun, context) = outer }
    try enter(2)
    defer { leave(2) }
    advance()
    let condition = try operand(.or)
    try expect(.rightParenthesis)
    return condition
  }
}
