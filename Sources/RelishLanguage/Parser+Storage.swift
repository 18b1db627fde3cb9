// What a sentence says in the database's own words (README "What a database says besides").
extension Parser {
  /// Words of an attribute that concern the database alone.
  static let storageModifiers: [Keyword] = [.type, .collate, .generated, .autoincrement, .rowid]

  /// Reads what follows one of them, the word itself has been passed over.
  mutating func storage(
    _ word: Keyword, at range: SourceRange, into storage: inout StorageSyntax
  ) throws(Diagnostic) {
    switch word {
    case .type: storage.declaredType = try text("the database's type as a text")
    case .collate:
      if current.kind.isText {
        storage.collation = try text("a collation")
      } else {
        let name = try name("a collation")
        storage.collation = Located(name.text, at: name.range)
      }
    case .generated:
      storage.generated = try text("an expression of the database as a text")
      if accept(.stored) { storage.isStored = true } else { _ = accept(.virtual) }
    case .autoincrement: storage.numbering = Located(.autoincrement, at: range)
    default: storage.numbering = Located(.rowid, at: range)
    }
  }

  /// `sql "…"`: a text that the database reads; nil where the word does not stand here.
  mutating func databaseText() throws(Diagnostic) -> Located<String>? {
    guard keyword == .sql, kind(ahead: 1).isText else { return nil }
    advance()
    return try text("an expression of the database as a text")
  }

  /// `title, price named "t"`, behind `indexed by` or `unique by`.
  mutating func index(of model: Name, isConstraint: Bool) throws(Diagnostic) -> IndexSyntax {
    try expect(.by)
    var index = IndexSyntax(model: model, isConstraint: isConstraint)
    index.definition = isConstraint ? nil : try databaseText()
    if index.definition == nil { index.columns = try attributeNames() }
    while let word = oneOf(isConstraint ? [.named] : [.unique, .named]) {
      guard word == .unique ? index.unique == nil : index.name == nil else {
        throw duplicate(word.rawValue, at: current.range)
      }
      let range = current.range
      advance()
      if word == .unique { index.unique = range } else { index.name = try constraintName() }
    }
    if let definition = index.definition, index.name == nil {
      throw Diagnostic(
        .unexpected, "an index in the database's words needs a name", at: definition.range,
        hint: "say `named \"…\"` behind it")
    }
    return index
  }

  mutating func constraintName() throws(Diagnostic) -> Located<String> {
    try text("the name in the database as a text")
  }

  /// `checks sql "paid <= total" named "paid"`, behind the verb.
  mutating func tableCheck(of model: Name) throws(Diagnostic) -> Declaration {
    guard let condition = try databaseText() else { throw unexpected("`sql` and a text") }
    return .tableCheck(
      model: model, text: condition, name: accept(.named) ? try constraintName() : nil)
  }

  /// `Sale table "sales" (day date) "SELECT …"`, behind `view`.
  mutating func view() throws(Diagnostic) -> ViewSyntax {
    let name = try modelName()
    let table = accept(.table) ? try text("the view's name in the database as a text") : nil
    var attributes: [AttributeSyntax] = []
    if accept(.leftParenthesis) {
      attributes = try self.attributes()
      try expect(.rightParenthesis, orElse: "`,` or `)`")
    }
    var view = ViewSyntax(name: name, text: try text("`SELECT …` as a text"))
    view.table = table
    view.attributes = attributes
    return view
  }
}
