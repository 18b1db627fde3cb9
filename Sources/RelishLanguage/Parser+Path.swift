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
    case .count where kind(ahead: 1) != .dot: return try countOperand()
    case .sum?, .avg?, .min?, .max?:
      if kind(ahead: 1) != .dot { throw notYet(source.text(in: range), at: range) }
    case let word?:
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

  /// `count products (where price > 3)`
  private mutating func countOperand() throws(Diagnostic) -> Operand {
    let start = index
    advance()
    if isWatching { watch?.add(want: .relation(noun)) }
    guard current.kind.isName, keyword.map(isNoPath) != true else { throw countWithoutPath() }
    let path = try path()
    var condition: Operand?
    if current.kind == .leftParenthesis {
      condition = try conditionInBrackets(of: path, afterWhere: true)
    }
    let range = range(from: start)
    return Operand(
      value: .expression(.count(path, where: condition.map(asCondition), range)), range: range,
      height: (condition?.height ?? 0) + 1)
  }

  private func isNoPath(_ word: Keyword) -> Bool {
    Self.neverNames.contains(word) || isClause(word)
  }

  /// The error behind `count` when no relation follows.
  private func countWithoutPath() -> Diagnostic {
    if current.kind == .leftParenthesis, kind(ahead: 1).isName, kind(ahead: 2) == .rightParenthesis
    {
      let relation = source.text(in: tokens[index + 1].range)
      return unexpected("a relation", hint: "did you mean `count \(relation)`?")
    }
    return Diagnostic(
      .notYet, "`count` without a relation comes with a later version of relish",
      at: tokens[index - 1].range)
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
      condition = try conditionInBrackets(of: path, afterWhere: false)
    }
    let range = range(from: start)
    return Operand(
      value: .condition(.quantified(quantifier, path, condition.map(asCondition), range)),
      range: range, height: (condition?.height ?? 0) + 1)
  }

  /// `( … )` behind a path, in which the names are those of the noun that the path leads to.
  private mutating func conditionInBrackets(
    of path: Path, afterWhere: Bool
  ) throws(Diagnostic) -> Operand {
    let outer = (noun, context)
    if isRecording { for name in path.names { noun = noun(noun, following: name) } }
    context = WalkContext()
    defer { (noun, context) = outer }
    try enter(afterWhere ? 3 : 2)
    defer { leave(afterWhere ? 3 : 2) }
    advance()
    if afterWhere, !accept(.where) { throw countOfValue(path) }
    let condition = try operand(.or)
    try expect(.rightParenthesis)
    return condition
  }

  private func countOfValue(_ path: Path) -> Diagnostic {
    guard current.kind != .rightParenthesis else { return unexpected("`where`") }
    return Diagnostic(
      .notYet, "`count` of a value comes with a later version of relish", at: current.range,
      hint: "`count \(path.names[0]) (where …)` counts rows")
  }
}
