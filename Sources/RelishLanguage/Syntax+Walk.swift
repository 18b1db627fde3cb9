/// A walk: a head and its hops. Whether the last hop is a relation or an attribute only the model tells.
package struct QuerySyntax: Sendable {
  package var model: Name
  package var pick: Pick?
  package var clauses: Clauses
  package var hops: [HopSyntax]
  package var range: SourceRange

  package init(model: Name, pick: Pick?, clauses: Clauses, hops: [HopSyntax], range: SourceRange) {
    self.model = model
    self.pick = pick
    self.clauses = clauses
    self.hops = hops
    self.range = range
  }
}

/// `their products "Tee" where price > 3`, `tree children`
package struct HopSyntax: Sendable {
  /// The word `tree`: the relation is followed again and again.
  package var tree: SourceRange?
  package var name: Name
  package var pick: Pick?
  package var clauses: Clauses

  package init(tree: SourceRange? = nil, name: Name, pick: Pick?, clauses: Clauses) {
    self.tree = tree
    self.name = name
    self.pick = pick
    self.clauses = clauses
  }
}

/// Primary key, value of the label attribute, or a variable.
package struct Pick: Sendable {
  /// What is picked by.
  package enum Value: Sendable {
    case integer(Int64)
    case text(String)
    case variable(String)
  }
  package var value: Value
  package var range: SourceRange

  package init(_ value: Value, at range: SourceRange) {
    self.value = value
    self.range = range
  }
}

/// The clauses of one noun; their order does not matter (LANGUAGE.md §9 Walks).
package struct Clauses: Sendable {
  /// Several `where` are joined by `and`.
  package var conditions: [Condition] = []
  package var group: Located<[Expression]>?
  /// Every `where` after `group`: which groups.
  package var groupConditions: [Condition] = []
  package var top: Located<Top>?
  package var show: Located<[ShowItem]>?
  package var with: Located<[NestSyntax]>?
  package var sort: Located<[SortKey]>?
  package var limit: Located<Limit>?
  /// The words that were read as the beginning of a clause, in the order of the sentence. Where the
  /// noun has a relation or attribute of that name, both readings are possible (§9 Names).
  package var words: [Name] = []

  package init() {}

  /// `top 5 by revenue`
  package struct Top: Sendable {
    package var count: Int
    package var key: Expression
    package init(count: Int, key: Expression) {
      self.count = count
      self.key = key
    }
  }

  /// How many rows, after how many that are left out.
  package struct Limit: Sendable {
    package var count: Int
    package var offset: Int
    /// `limit 5` or `page 2 size 20`, already worked out into count and offset.
    package init(count: Int, offset: Int) {
      self.count = count
      self.offset = offset
    }
  }
}

/// `count products as n`
package struct ShowItem: Sendable {
  package var expression: Expression
  package var alias: Name?
  /// The words as written, single blanks between them: the column's name when there is no alias.
  package var source: String
  package var range: SourceRange

  package init(expression: Expression, alias: Name?, source: String, range: SourceRange) {
    self.expression = expression
    self.alias = alias
    self.source = source
    self.range = range
  }
}

/// `price desc`
package struct SortKey: Sendable {
  package var expression: Expression
  package var isDescending: Bool
  package init(expression: Expression, isDescending: Bool) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

/// `products (title, price top 3 by price)` behind `with`: related rows under each row.
package struct NestSyntax: Sendable {
  package var name: Name
  /// What stands in its brackets; the items are its `show`.
  package var clauses: Clauses
  package var range: SourceRange

  package init(name: Name, clauses: Clauses, range: SourceRange) {
    self.name = name
    self.clauses = clauses
    self.range = range
  }
}
