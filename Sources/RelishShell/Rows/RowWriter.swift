import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// Carries out statements that change rows (LANGUAGE.md §6): resolves names, checks values, finds the
/// rows that are meant, then writes. One value per statement.
struct RowWriter {
  let session: Session
  /// The whole statement, for complaints about no single word.
  let range: SourceRange
  /// Where the statement stands, for answers that repeat its words.
  let source: SourceText?
  let graph: ModelGraph
  let resolver: QueryResolver
  let now: String

  init(session: Session, range: SourceRange, source: SourceText? = nil) {
    self.source = source
    self.session = session
    self.range = range
    graph = session.graph
    now = session.clock.datetime()
    resolver = session.resolver(now: now)
  }

  var dialect: any Dialect { session.driver.dialect }
  var selects: SelectWriter { SelectWriter(dialect: dialect) }

  /// The model of that name as the session or the database knows it.
  func model(_ name: Name) throws(Failure) -> Model {
    if let model = graph.model(named: name.text) { return model }
    throw Failure(graph.unknownModel(name))
  }

  func model(named name: String) throws(Failure) -> Model {
    try model(Name(name, at: range))
  }

  func relation(_ id: Relation.ID) throws(Failure) -> Relation {
    guard let relation = graph.relation(id) else {
      throw Failure(.invalidDeclaration, "the model changed under this statement", at: range)
    }
    return relation
  }

  func resolve(_ query: QuerySyntax) throws(Failure) -> Traversal {
    do { return try resolver.resolve(query) } catch { throw Failure(error) }
  }

  /// A walk that must end at a noun.
  func resolveKeys(_ query: QuerySyntax) throws(Failure) -> Traversal {
    do { return try resolver.resolveKeys(query) } catch { throw Failure(error) }
  }

  func resolve(_ expression: Expression, on model: Model) throws(Failure) -> ResolvedExpression {
    do {
      return try resolver.resolveExpression(expression, on: model.name)
    } catch {
      throw Failure(error)
    }
  }

  func resolveConstant(_ expression: Expression) throws(Failure) -> ResolvedExpression {
    do { return try resolver.resolveConstant(expression) } catch { throw Failure(error) }
  }

  /// What is true for the rows of the walk, over columns qualified by the table's own name; empty
  /// when that is every row.
  func filter(_ traversal: Traversal, of model: Model) -> SQLText {
    selects.filter(traversal)
  }

  /// Database column of an attribute; the attribute's own name where the model has none of it.
  func column(_ attribute: String, of model: Model) -> String {
    model.attribute(named: attribute)?.column ?? attribute
  }

  func identifier(_ name: String) -> SQLText { SQLText(dialect.identifier(name)) }

  func table(_ model: Model) -> SQLText { identifier(model.table) }

  /// The columns of these attributes with commas between them.
  func columns(_ attributes: [String], of model: Model) -> SQLText {
    attributes.map { identifier(column($0, of: model)) }.joined(separator: ", ")
  }

  /// The same as one value to stand before IN: in brackets when there are several.
  func tuple(_ attributes: [String], of model: Model) -> SQLText {
    let list = columns(attributes, of: model)
    return attributes.count > 1 ? "(\(list))" : list
  }

  @discardableResult
  func execute(_ sql: SQLText) throws(Failure) -> ExecutionResult {
    do {
      return try session.driver.execute(sql)
    } catch {
      throw Failure(error, at: range)
    }
  }

  /// All rows of a statement whose answer is small: keys, counts.
  func rows(_ sql: SQLText) throws(Failure) -> [[Value]] {
    var found: [[Value]] = []
    do {
      try session.driver.query(sql) { row throws(DriverError) in
        found.append((0..<row.count).map { row.value($0) })
        return true
      }
    } catch {
      throw Failure(error, at: range)
    }
    return found
  }

  func count(_ sql: SQLText) throws(Failure) -> Int {
    guard case .integer(let count)? = try rows(sql).first?.first else { return 0 }
    return Int(count)
  }
}

extension Session {
  /// A resolver of walks and expressions over the graph and variables at this moment.
  func resolver(now: String) -> QueryResolver {
    QueryResolver(
      graph: graph, variables: variables, now: (date: String(now.prefix(10)), datetime: now),
      notes: settings.checksOnly ? shapes.notes : nil, rowKey: driver.dialect.rowKey)
  }
}
