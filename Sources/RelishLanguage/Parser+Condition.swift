// Words in expressions: paths, calls, counts, and the tests of a condition (LANGUAGE.md §7).
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
    let word = current.range
    advance()
    if isWatching { watch?.add(want: .relation(noun)) }
    guard current.kind.isName, keyword.map(isNoPath) != true else {
      if current.kind == .leftParenthesis, kind(ahead: 1).isName,
        kind(ahead: 2) == .rightParenthesis
      {
        let relation = source.text(in: tokens[index + 1].range)
        throw unexpected("a relation", hint: "did you mean `count \(relation)`?")
      }
      var later = notYet("count", at: word)
      later.message = "`count` without a relation comes with a later version of relish"
      throw later
    }
    let path = try path()
    var condition: Operand?
    if current.kind == .leftParenthesis {
      condition = try inBrackets(of: path) { parser throws(Diagnostic) in
        guard parser.accept(.where) else {
          if parser.current.kind == .rightParenthesis { throw parser.unexpected("`where`") }
          throw Diagnostic(
            .notYet, "`count` of a value comes with a later version of relish",
            at: parser.current.range, hint: "`count \(path.names[0]) (where …)` counts rows")
        }
        return try parser.operand(.or)
      }
    }
    let range = range(from: start)
    return Operand(
      value: .expression(.count(path, where: condition.map(asCondition), range)), range: range,
      height: (condition?.height ?? 0) + 1)
  }

  private func isNoPath(_ word: Keyword) -> Bool {
    Self.neverNames.contains(word) || isClause(word)
  }

  /// `some reviews (stars > 3)`; nil when the word is a name here.
  mutating func quantified() throws(Diagnostic) -> Operand? {
    guard let quantifier = keyword.flatMap({ Quantifier(rawValue: $0.rawValue) }) else {
      return nil
    }
    let isPath = kind(ahead: 1).isName && keyword(ahead: 1).map(Self.neverNames.contains) != true
    guard isPath || kind(ahead: 1) == .end else { return nil }
    let start = index
    advance()
    let path = try path()
    var condition: Operand?
    if current.kind == .leftParenthesis {
      condition = try inBrackets(of: path) { parser throws(Diagnostic) in try parser.operand(.or) }
    }
    let range = range(from: start)
    return Operand(
      value: .condition(.quantified(quantifier, path, condition.map(asCondition), range)),
      range: range, height: (condition?.height ?? 0) + 1)
  }

  /// `( … )` behind a path, in which the names are those of the noun that the path leads to.
  private mutating func inBrackets(
    of path: Path, _ body: (inout Parser) throws(Diagnostic) -> Operand
  ) throws(Diagnostic) -> Operand {
    let outer = (noun, context)
    if isRecording { for name in path.names { noun = noun(noun, following: name) } }
    context = WalkContext()
    defer { (noun, context) = outer }
    let condition = try nested { parser throws(Diagnostic) in
      parser.advance()
      return try body(&parser)
    }
    try expect(.rightParenthesis)
    return condition
  }

  // MARK: Comparisons

  /// The comparison whose sign or word is the current token.
  mutating func comparison(_ left: Operand) throws(Diagnostic) -> Operand {
    let subject = try asExpression(left)
    if let sign = ComparisonOperator(rawValue: current.kind.sign ?? "") {
      advance()
      let right = try operand(.sum)
      let object = try asExpression(right)
      return try finish(left, right.height) {
        .compare(sign, subject, object, ignoringCase: $0, $1)
      }
    }
    if accept(.is) {
      let isNegated = accept(.not)
      let right = try operand(.sum)
      let object = try asExpression(right)
      let range = left.range.union(right.range)
      return Operand(
        value: .condition(.identical(subject, object, negated: isNegated, range)), range: range,
        height: max(left.height, right.height) + 1)
    }
    let negated = accept(.not)
    if accept(.in) {
      let (list, height) = try list()
      return try finish(left, height) {
        .within(subject, list, negated: negated, ignoringCase: $0, $1)
      }
    }
    if accept(.between) {
      let low = try operand(.sum)
      try expect(.and)
      let high = try operand(.sum)
      let (from, to) = (try asExpression(low), try asExpression(high))
      return try finish(left, max(low.height, high.height)) {
        .between(subject, from, to, negated: negated, ignoringCase: $0, $1)
      }
    }
    let test: TextTest
    if accept(.contains) {
      test = .contains
    } else if accept(.starts) {
      try expect(.with)
      test = .startsWith
    } else if accept(.ends) {
      try expect(.with)
      test = .endsWith
    } else {
      throw unexpected("`in`, `between`, `contains`, `starts with` or `ends with`")
    }
    let right = try operand(.sum)
    let object = try asExpression(right)
    return try finish(left, right.height) {
      .text(test, subject, object, negated: negated, ignoringCase: $0, $1)
    }
  }

  /// Reads `ignoring case` and puts the comparison together.
  private mutating func finish(
    _ left: Operand, _ height: Int, _ make: (Bool, SourceRange) -> Condition
  ) throws(Diagnostic) -> Operand {
    let ignoresCase = accept(.ignoring)
    if ignoresCase { try expect(.case) }
    let end = index > 0 ? tokens[index - 1].range : left.range
    let range = left.range.union(end)
    return Operand(
      value: .condition(make(ignoresCase, range)), range: range,
      height: max(left.height, height) + 1)
  }

  /// `(1, 2, 3)` behind `in` or a function's name, and the greatest height in it.
  private mutating func list() throws(Diagnostic) -> ([Expression], Int) {
    guard current.kind == .leftParenthesis else {
      throw unexpected(
        "`(`", hint: current.kind == .leftBracket ? "the values stand in `( )`" : nil)
    }
    var items: [Expression] = []
    var height = 1
    try nested { parser throws(Diagnostic) in
      parser.advance()
      repeat {
        let item = try parser.operand(.sum)
        items.append(try parser.asExpression(item))
        height = max(height, item.height)
      } while parser.accept(.comma)
    }
    try expect(.rightParenthesis, orElse: "`,` or `)`")
    return (items, height)
  }
}
