import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

extension Interpreter {
  /// Runs a walk and shows its rows; `count`, `exists` and `sql` answer about it instead.
  func walk(
    _ prefix: WalkPrefix?, _ query: QuerySyntax, in source: SourceText
  ) throws(Failure) {
    try validate()
    let traversal = try resolve(query)
    guard !session.settings.checksOnly else { return }
    let selects = SelectWriter(dialect: session.driver.dialect)
    switch prefix {
    case .sql:
      let sink = session.streams.rows()
      let dialect = session.driver.dialect.portable
      sink.write(SelectWriter(dialect: dialect).select(traversal).inlined(dialect))
      sink.write(";\n")
      return
    case .explain: return try explain(traversal, query)
    case nil where !traversal.nests.isEmpty:
      if try nest(traversal, selects, at: query.range) == 0 { try noteMissingPick(query) }
    case .count, .exists, nil:
      let (sql, columns, isFlat) = Self.statement(prefix, traversal, selects)
      let count = try show(sql, columns, isFlat: isFlat, at: query.range)
      if count == 0 { try noteMissingPick(query) }
    }
    try noteEmptyEvery(traversal, at: query.range)
  }

  /// The statement that answers a walk without nests, and the columns of its answer.
  static func statement(
    _ prefix: WalkPrefix?, _ walk: Traversal, _ selects: SelectWriter
  ) -> (sql: SQLText, columns: [ResultColumn], isFlat: Bool) {
    switch prefix {
    case .count:
      return (selects.count(walk), [ResultColumn(name: "count", type: .integer)], false)
    case .exists:
      return (selects.exists(walk), [ResultColumn(name: "exists", type: .boolean)], false)
    case .sql, .explain, nil:
      // Groups are rows of no table.
      let table = walk.grouping == nil ? walk.last.source.table : nil
      let columns = walk.outputs.map { output in
        ResultColumn(
          name: output.name, type: output.type, table: table,
          column: table == nil ? nil : output.ownColumn)
      }
      return (selects.select(walk), columns, walk.isFlat)
    }
  }

  /// Runs the reader's statement when it is a walk of a known shape; false leaves everything as it was.
  func walkAgain(_ reader: StatementReader) throws(Failure) -> Bool {
    guard session.shapes.mayKnow(reader) else { return false }
    do { try session.driver.beginSnapshot() } catch { throw Failure(error, at: reader.range) }
    defer { session.driver.endSnapshot() }
    try refresh(at: reader.range)
    guard let shape = session.shapes.known(reader, in: session) else { return false }
    guard !session.settings.checksOnly else { return true }
    let sql = reader.withStatement { bytes, tokens in shape.answer?.sql(tokens, bytes) }
    guard let sql, let answer = shape.answer else { return false }
    let count = try show(sql, answer.columns, isFlat: answer.isFlat, at: reader.range)
    if count == 0, case .walk(_, let query)? = try? reader.parse() { try noteMissingPick(query) }
    return true
  }

  func resolve(_ query: QuerySyntax) throws(Failure) -> Traversal {
    do {
      return try session.resolver(now: session.clock.datetime()).resolve(query)
    } catch {
      throw misread(query, error)
    }
  }

  /// A declaration with a misspelt verb reads as a walk over a model that nobody knows; so does SQL.
  private func misread(_ query: QuerySyntax, _ diagnostic: Diagnostic) -> Failure {
    guard diagnostic.code == .unknownModel else { return Failure(diagnostic) }
    if let hint = Parser.commandHint(for: query.model.text) {
      var diagnostic = diagnostic
      diagnostic.hint = hint
      return Failure(diagnostic)
    }
    guard query.pick == nil, let word = query.hops.first?.name,
      let verb = Keyword.nearestVerb(to: word.text)
    else { return Failure(diagnostic) }
    return Failure(
      .unexpected, "`\(word)` is no verb, and `\(query.model)` no model that could be walked",
      at: word.range, hint: "did you mean `\(verb)`?")
  }

  /// Shows the rows of a walk, nested ones as such where the format can; answers how many there were.
  private func nest(
    _ walk: Traversal, _ selects: SelectWriter, at range: SourceRange
  ) throws(Failure) -> Int {
    var renderer = session.makeRenderer()
    let nesting = renderer as? any NestingRenderer
    let nested = selects.nested(walk, keepsKeys: nesting != nil)
    let columns = nested.columns.map { ResultColumn(name: $0.name, type: $0.type) }
    return try stream(nested.sql, into: &renderer, at: range) { renderer, sink in
      if let nesting {
        nesting.begin(columns, nestedAs: nested.root, to: sink)
      } else {
        renderer.begin(columns, isFlat: false, to: sink)
      }
    }
  }

  /// Streams the rows of a statement into the format at hand; answers how many there were.
  @discardableResult
  func show(
    _ sql: SQLText, _ columns: [ResultColumn], isFlat: Bool, at range: SourceRange
  ) throws(Failure) -> Int {
    var renderer = session.makeRenderer()
    return try stream(sql, into: &renderer, at: range) { renderer, sink in
      renderer.begin(columns, isFlat: isFlat, to: sink)
    }
  }

  private func stream(
    _ sql: SQLText, into renderer: inout any Renderer, at range: SourceRange,
    begin: (inout any Renderer, ByteSink) -> Void
  ) throws(Failure) -> Int {
    let sink = session.streams.rows()
    var count = 0
    do {
      // Nothing is written before the database has taken the statement.
      try session.driver.query(sql) { row throws(DriverError) in
        if count == 0 { begin(&renderer, sink) }
        renderer.row(row, to: sink)
        count += 1
        return !sink.isClosed
      }
    } catch {
      if count > 0 { renderer.end(to: sink) }
      throw Failure(error, at: range)
    }
    if count == 0 { begin(&renderer, sink) }
    renderer.end(to: sink)
    return count
  }

  /// LANGUAGE.md §7 Precision: `every` over nothing is true, and a note says when that happened.
  private func noteEmptyEvery(_ walk: Traversal, at range: SourceRange) throws(Failure) {
    guard !session.settings.isQuiet else { return }
    let writer = RowWriter(session: session, range: range)
    for every in writer.selects.emptyEvery(walk) {
      let count = try writer.count(every.count)
      guard count > 0 else { continue }
      let (rows, verb) = (Wording.count(count, every.model), count == 1 ? "has" : "have")
      session.tell("note: `every \(every.path)` is true of \(rows) that \(verb) none")
    }
  }

  /// LANGUAGE.md §9 Walks: a string pick without a row is an empty walk with a note.
  private func noteMissingPick(_ query: QuerySyntax) throws(Failure) {
    guard let pick = query.pick, !query.hops.isEmpty || query.clauses.conditions.isEmpty,
      !session.settings.isQuiet
    else { return }
    if case .variable = pick.value { return }
    var head = query
    head.hops = []
    head.clauses = Clauses()
    let writer = RowWriter(session: session, range: query.range)
    let count = try writer.count(writer.selects.count(writer.resolveKeys(head)))
    if count == 0 { session.tell("note: there is no \(query.model) \(pick.spelling)") }
  }
}

extension OutputColumn {
  /// The column of the last table that the values are; nil where they are computed or of another row.
  fileprivate var ownColumn: String? {
    guard case .column(let reference) = expression.form, reference.links.isEmpty else { return nil }
    return reference.column
  }
}
