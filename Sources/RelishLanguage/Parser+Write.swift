// Statements that change rows (LANGUAGE.md §6, §9 Rows).
extension Parser {
  /// `User name = "Max"`, `User (…), (…)`, `User "Max" products (…)`, behind `create`.
  mutating func create(from start: Int) throws(Diagnostic) -> CreateSyntax {
    var target = try query(WalkContext(endsAtAssignment: true))
    var relation: Name?
    if let last = target.hops.popLast() {
      if let pick = last.pick {
        throw Diagnostic(
          .unexpected, "expected the new row, found a pick of an old one", at: pick.range,
          hint: "as in `\(last.name) (name = \"…\")`")
      }
      guard last.clauses.words.isEmpty else {
        throw Diagnostic(
          .unexpected, "expected the new row, found a clause of `\(last.name)`",
          at: last.clauses.words[0].range)
      }
      relation = last.name
      target.range.end = last.name.range.start
    } else if target.pick != nil || !target.clauses.words.isEmpty {
      throw unexpected(
        "a relation of `\(target.model)`",
        hint: target.pick == nil
          ? "`create \(target.model) name = \"Max\"` makes a row"
          : "`create \(target.model) name = …` makes a row of its own")
    }
    if isRecording, let relation { noun = noun(nounOf(target), following: relation) }
    var rows: [RowSyntax] = []
    if current.kind == .leftParenthesis {
      repeat { rows.append(try row()) } while accept(.comma)
    } else {
      let place = index
      let assignments = try optionalAssignments()
      rows.append(RowSyntax(assignments: assignments, range: range(from: place)))
    }
    return CreateSyntax(
      target: target, relation: relation, rows: rows, range: range(from: start))
  }

  /// `set all User "Max" products price = 3`, `set Product where price > 100: price = 99`, or a
  /// setting, behind `set`.
  mutating func setStatement() throws(Diagnostic) -> Statement {
    if isWatching {
      watch?.add(want: .setting)
      watch?.add(want: .model)
    }
    let isAll = at(.all) && kind(ahead: 1).isName
    if isAll { advance() }
    guard isAll || current.kind == .capital || current.kind == .quotedName else {
      return .command(try setting())
    }
    let target = try query(WalkContext(endsAtAssignment: true))
    if isRecording { noun = nounOf(target) }
    let hasClause = !(target.hops.last?.clauses ?? target.clauses).words.isEmpty
    if current.kind == .end || (hasClause && current.kind != .colon) {
      guard hasClause, current.kind.isName, kind(ahead: 1) == .equal else {
        throw unexpected(
          hasClause ? "`:` and what to set" : "what to set", hint: "as in `email = \"max@x.org\"`")
      }
      throw unexpected("`:` before what to set", hint: "as in `… where price > 100: price = 99`")
    }
    _ = accept(.colon)
    return .write(.set(all: isAll, target, try assignments()))
  }

  /// `all Product`, `User 3 preview`, `Product where price > 100`, behind `delete`.
  mutating func delete() throws(Diagnostic) -> WriteSyntax {
    let isAll = accept(.all)
    if keyword == .from {
      throw unexpected("a model", hint: "as in `delete User where name = \"Max\"`")
    }
    let target = try query()
    return .delete(all: isAll, target, isPreview: accept(.preview))
  }

  /// `Product 1 to Cart 1 products quantity = 2`, behind `add`.
  mutating func add() throws(Diagnostic) -> WriteSyntax {
    let row = try query(WalkContext(lastWord: .to))
    try expect(.to)
    let target = try query(WalkContext(endsAtAssignment: true))
    if isRecording { noun = nounOf(target) }
    return .add(row, to: target, try optionalAssignments())
  }

  /// `Product 1 from Cart 1 products`, behind `remove`.
  mutating func remove() throws(Diagnostic) -> WriteSyntax {
    let row = try query(WalkContext(lastWord: .from))
    try expect(.from)
    return .remove(row, from: try query())
  }

  // MARK: Assignments

  private mutating func optionalAssignments() throws(Diagnostic) -> [Assignment] {
    if accept(.colon) { return try assignments() }
    if isWatching { addAssignmentWants() }
    guard current.kind.isName, kind(ahead: 1) == .equal else { return [] }
    return try assignments()
  }

  /// `name = "Max", email = "max@x.org"`
  mutating func assignments() throws(Diagnostic) -> [Assignment] {
    var assignments = [try assignment()]
    while accept(.comma) { assignments.append(try assignment()) }
    if current.kind.isName, kind(ahead: 1) == .equal {
      var diagnostic = unexpected("`,`")
      diagnostic.hint = "assignments are separated by `,`"
      throw diagnostic
    }
    return assignments
  }

  private mutating func addAssignmentWants() {
    watch?.add(want: .attribute(noun))
    watch?.add(want: .relation(noun))
  }

  private mutating func assignment() throws(Diagnostic) -> Assignment {
    if isWatching { addAssignmentWants() }
    guard current.kind.isName else { throw unexpected("the name of an attribute or relation") }
    let name = takeName()
    try expect(.equal)
    let outer = noun
    if isRecording { noun = noun(noun, following: name) }
    defer { noun = outer }
    return Assignment(name: name, value: try assignmentValue(outer))
  }

  /// - Parameter subject: the noun whose attribute gets the value.
  private mutating func assignmentValue(_ subject: Noun) throws(Diagnostic) -> AssignmentValue {
    if isWatching { watch?.add(want: .model) }
    if current.kind == .leftBracket { return try list() }
    if beginsWalk(ahead: 0) {
      return .walk(try query(WalkContext(endsAtAssignment: true)))
    }
    if current.kind == .leftParenthesis {
      if beginsWalk(ahead: 1) { return .walk(try walkInBrackets()) }
      if kind(ahead: 1).isName, kind(ahead: 2) == .equal {
        throw Diagnostic(
          .unexpected, "expected a value or a row that is there, found a new row",
          at: current.range,
          hint: "new rows stand in `[ ]`; a single one is made first: `let x = create …`")
      }
    }
    if isRecording { noun = subject }
    let outer = context
    defer { context = outer }
    context = WalkContext()
    return .expression(try expression())
  }

  /// Whether a walk begins there: a capital that no operator follows, or a name in backticks which
  /// a pick, a hop or a clause follows.
  func beginsWalk(ahead distance: Int) -> Bool {
    let next = kind(ahead: distance + 1)
    switch kind(ahead: distance) {
    case .capital:
      if keyword(ahead: distance).map({ [.true, .false, .null].contains($0) }) == true {
        return false
      }
      switch next {
      case .plus, .minus, .times, .divided, .modulo, .dot, .leftParenthesis: return false
      default: return true
      }
    case .quotedName:
      return next == .integer || next.isText || next == .variable || next.isName
    default: return false
    }
  }

  private mutating func walkInBrackets() throws(Diagnostic) -> QuerySyntax {
    try enter(10)
    defer { leave(10) }
    advance()
    let walk = try query()
    try expect(.rightParenthesis)
    return walk
  }

  /// `[(title = "Tee"), 3, "Cap", $x, Product 4]`
  private mutating func list() throws(Diagnostic) -> AssignmentValue {
    let start = index
    advance()
    var items: [AssignmentValue.ListItem] = []
    if current.kind != .rightBracket {
      repeat { items.append(try listItem()) } while accept(.comma)
    }
    try expect(.rightBracket, orElse: "`,` or `]`")
    return .list(items, range(from: start))
  }

  private mutating func listItem() throws(Diagnostic) -> AssignmentValue.ListItem {
    if isWatching { watch?.add(want: .model) }
    if beginsWalk(ahead: 0) { return .walk(try query()) }
    if current.kind == .leftParenthesis {
      return beginsWalk(ahead: 1) && kind(ahead: 2) != .equal
        ? .walk(try walkInBrackets()) : .row(try row())
    }
    guard let pick = pick() else {
      throw unexpected(
        "a row", hint: "as in `(title = \"Tee\")`, `3`, `\"Tee\"`, `$tee` or `Product 3`")
    }
    return .pick(pick)
  }

  /// `(title = "Tee", price = 9.5)`
  private mutating func row() throws(Diagnostic) -> RowSyntax {
    let start = index
    guard current.kind == .leftParenthesis else { throw unexpected("`(` and a row") }
    try enter(5)
    defer { leave(5) }
    advance()
    if isWatching { addAssignmentWants() }
    let assignments = current.kind == .rightParenthesis ? [] : try assignments()
    try expect(.rightParenthesis, orElse: "`,` or `)`")
    return RowSyntax(assignments: assignments, range: range(from: start))
  }
}
