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
    case .count:
      let column = ResultColumn(name: "count", type: .integer)
      try show(selects.count(traversal), [column], isFlat: false, at: query.range)
    case .exists:
      let column = ResultColumn(name: "exists", type: .boolean)
      try show(selects.exists(traversal), [column], isFlat: false, at: query.range)
    case .explain: try explain(traversal, query)
    case nil:
      if try answer(traversal, selects, at: query.range) == 0 { try noteMissingPick(query) }
    }
    if prefix != .sql, prefix != .explain { try noteEmptyEvery(traversal, at: query.range) }
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
  private func answer(
    _ walk: Traversal, _ selects: SelectWriter, at range: SourceRange
  ) throws(Failure) -> Int {
    guard !walk.nests.isEmpty else {
      // Groups and what is worked out of several rows are rows of no table.
      let table = walk.grouping == nil ? walk.last.source.table : nil
      let columns = walk.outputs.map { output in
        ResultColumn(
          name: output.name, type: output.type, table: table,
          column: table == nil ? nil : output.ownColumn)
      }
      return try show(selects.select(walk), columns, isFlat: walk.isFlat, at: range)
    }
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
