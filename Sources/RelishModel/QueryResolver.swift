package import RelishLanguage

/// What a walk asks of the models; a `ModelGraph` answers it.
package protocol ModelLookup {
  func model(named name: String) -> Model?
  func relation(_ id: Relation.ID) -> Relation?
  /// The error for a name that is no model.
  func unknownModel(_ name: Name) -> Diagnostic
}

/// Resolves walks and expressions against the model, before the database is asked (LANGUAGE.md §1.5).
package struct QueryResolver {
  let models: any ModelLookup
  let variables: [String: Variable]
  let now: (date: String, datetime: String)
  let notes: LiteralNotes?
  let rowKey: String?

  /// - Parameters:
  ///   - now: what `today()` and `now()` stand for, as `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS`, in UTC.
  ///   - notes: takes down which literals could be others; nil where nobody asks.
  ///   - rowKey: the column that tells rows apart in a table without primary key, if there is one.
  package init(
    graph models: any ModelLookup, variables: [String: Variable],
    now: (date: String, datetime: String), notes: LiteralNotes? = nil,
    rowKey: String? = nil
  ) {
    self.models = models
    self.variables = variables
    self.now = now
    self.notes = notes
    self.rowKey = rowKey
  }

  /// The walk as it is to be answered: with its `show`, its last attribute, or all attributes of the
  /// last noun.
  package func resolve(_ query: QuerySyntax) throws(Diagnostic) -> Traversal {
    var resolution = Resolution(self)
    return try resolution.walk(query)
  }

  /// A walk that ends at rows, as a write needs them; its outputs are the primary key.
  package func resolveKeys(_ query: QuerySyntax) throws(Diagnostic) -> Traversal {
    var resolution = Resolution(self)
    return try resolution.rows(query)
  }

  /// An expression over one row of `model`: its attributes and to-one paths; the row is source 0.
  package func resolveExpression(
    _ expression: Expression, on model: String
  ) throws(Diagnostic) -> ResolvedExpression {
    guard let model = models.model(named: model) else {
      throw models.unknownModel(Name(model, at: expression.range))
    }
    var resolution = Resolution(self)
    let source = try resolution.source(model, at: expression.range)
    return try resolution.expression(expression, in: [Resolution.Noun(source, model)])
  }

  /// An expression without any row: `print 1 + 2`, `let x = today()`.
  package func resolveConstant(_ expression: Expression) throws(Diagnostic) -> ResolvedExpression {
    var resolution = Resolution(self)
    return try resolution.expression(expression, in: [])
  }

  /// The condition of a `check` over the attributes of one row; the row is source 0.
  ///
  /// `today()` and `now()` are errors in it, as a check that held yesterday must hold tomorrow.
  package static func resolveCheck(
    _ check: CheckSyntax, on model: Model
  ) throws(Diagnostic) -> ResolvedCondition {
    let resolver = QueryResolver(
      graph: OneModel(model: model), variables: [:], now: ("", ""))
    var resolution = Resolution(resolver)
    resolution.isCheck = true
    let source = try resolution.source(model, at: .none)
    return try resolution.condition(check.condition, in: [Resolution.Noun(source, model)])
  }
}

/// A check sees its own row and nothing else.
private struct OneModel: ModelLookup {
  let model: Model
  func model(named name: String) -> Model? { name == model.name ? model : nil }
  func relation(_ id: Relation.ID) -> Relation? { nil }
  func unknownModel(_ name: Name) -> Diagnostic {
    Diagnostic(.unknownModel, "no model is named `\(name)`", at: name.range)
  }
}

/// One walk or expression while it is being resolved.
struct Resolution {
  /// A noun that expressions can speak of; the innermost is the last of a list of them.
  struct Noun {
    var source: Source
    var model: Model
    /// Names given by `as`, while the keys of `sort` are read.
    var outputs: [OutputColumn]
    /// The junction's row beside it, whose attributes may be named too.
    var junction: (source: Source, model: Model)?
    /// The rows are groups of rows of the model; see `groups`.
    var isGroup = false

    init(_ source: Source, _ model: Model) {
      self.source = source
      self.model = model
      outputs = []
    }
  }

  let resolver: QueryResolver
  /// `today()` and `now()` have no place in a check.
  var isCheck = false
  /// The items of a `show` are read, for hints.
  var isShowing = false
  /// What the groups of the walk are, once its `group` has been read.
  var groups: Groups?
  private var sourceCount = 0
  private var joined: Set<ColumnReference> = []
  private var nesting = 0

  init(_ resolver: QueryResolver) { self.resolver = resolver }

  /// A new source that reads the model's table.
  mutating func source(_ model: Model, at range: SourceRange) throws(Diagnostic) -> Source {
    guard sourceCount <= Self.tableLimit else {
      throw Diagnostic(
        .tooDeep, "this walk goes over more than \(Self.tableLimit) tables", at: range)
    }
    defer { sourceCount += 1 }
    var key = model.primaryKey.map { model.attribute(named: $0)?.column ?? $0 }
    if model.isView {
      guard !model.attributes.isEmpty else {
        throw Diagnostic(
          .unknownAttribute, "the view `\(model.table)` reads what is not there", at: range)
      }
      // Its rows have no number: what they show tells them apart as far as anything does.
      key = model.attributes.map(\.column)
    } else if key.isEmpty, let rowKey = resolver.rowKey {
      key = [rowKey]
    }
    return Source(
      id: Source.ID(sourceCount), model: model.name, table: model.table, key: key)
  }

  /// Tables of one FROM that SQLite joins, the strictest of the databases (limits.html, 5).
  static let tableLimit = 64

  /// Remembers the tables that a to-one path joins.
  mutating func join(
    _ links: [Link], from source: Source.ID, at range: SourceRange
  ) throws(Diagnostic) {
    for end in links.indices {
      joined.insert(
        ColumnReference(source: source, links: Array(links[...end]), column: ""))
    }
    guard sourceCount + joined.count <= Self.tableLimit + 1 else {
      throw Diagnostic(
        .tooDeep, "this walk goes over more than \(Self.tableLimit) tables", at: range)
    }
  }

  /// Counts symbols of SQL that stay open around everything that follows.
  mutating func openSymbols(_ weight: Int) { nesting += weight }

  /// Runs `body` one level deeper. `weight`: how many symbols of SQL stay open around it.
  mutating func nested<Result>(
    _ weight: Int, at range: SourceRange,
    _ body: (inout Resolution) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    nesting += weight
    defer { nesting -= weight }
    guard nesting <= Self.nestingLimit else {
      throw Diagnostic(.tooDeep, "this is nested too deep for a database to read", at: range)
    }
    return try body(&self)
  }

  /// SQLite's parser holds 100 open symbols (parse.y, YYSTACKDEPTH); a few are the writer's own.
  static let nestingLimit = 88
  /// `EXISTS (SELECT 1 FROM t WHERE c AND`
  static let selectWeight = 9
  /// `(a +`
  static let bracketWeight = 3
}
