package import RelishLanguage

/// A walk resolved against the model: tables, columns and values, nothing left to look up.
///
/// `User "Max" products title` has two steps: users where the label is "Max", then products reached
/// by `users.id = products.userId`. The answer is a set of rows of the last step (LANGUAGE.md §1.3).
package struct Traversal: Sendable {
  /// The tables walked over, the head first, junctions included; never empty.
  package var steps: [Step]
  /// What the rows of the last noun are gathered by; then `outputs`, and `sort`, `top` and `limit` of
  /// the last step, are about the groups.
  package var grouping: Grouping?
  /// The columns of the answer, in order.
  package var outputs: [OutputColumn]
  /// The related rows under each row of the last noun.
  package var nests: [Nest]
  /// The walk ended in an attribute: one plain value per row.
  package var isFlat: Bool

  package init(head: Step) {
    steps = [head]
    outputs = []
    nests = []
    isFlat = false
  }

  /// The noun whose rows are the answer.
  package var last: Step { steps[steps.count - 1] }

  /// The same walk without the first tables that no row of the next one depends on, as its foreign key
  /// vouches for them: `User 3 products` are the products whose `userId` is 3.
  package var shortened: Traversal {
    var walk = self
    while walk.steps.count > 1, !walk.steps[0].isLimited, walk.steps[1].climb.isEmpty,
      let link = walk.steps[1].link, link.reach != .unknown
    {
      let far = link.pairs.map { ColumnReference(source: walk.steps[1].source.id, column: $0.far) }
      var parts: [ResolvedCondition] = []
      switch walk.steps[0].filter {
      case nil:
        if link.reach == .allWithKey {
          parts = far.map { column in
            let null = ResolvedExpression(.value(.null), type: nil)
            return .identical(ResolvedExpression(.column(column), type: nil), null, negated: true)
          }
        }
      case .keys(let columns, let keys)
      where columns.allSatisfy { $0.links.isEmpty }
        && columns.map(\.column) == link.pairs.map(\.near):
        parts = [.keys(far, keys)]
      default: return walk
      }
      if let filter = walk.steps[1].filter { parts.append(filter) }
      walk.steps.removeFirst()
      walk.steps[0].link = nil
      walk.steps[0].filter = parts.count > 1 ? .and(parts) : parts.first
    }
    return walk
  }

  /// Whether the last noun has a `sort`, so that the order of the rows means something (§8 `expect`).
  package var isSorted: Bool { last.isSorted }
}

/// One table of a walk with what the clauses of its noun say.
package struct Step: Sendable {
  package var source: Source
  /// How its rows are reached from the step before; nil at the head.
  package var link: Link?
  /// `tree`: the rows of the step before, and those reached from them over these tables again and
  /// again; the last table of them is the step's own, as is the step before.
  package var climb: [RelatedRows.Step] = []
  /// The pick and every `where` of the noun.
  package var filter: ResolvedCondition?
  package var sort: [ResolvedSortKey]
  package var top: ResolvedTop?
  package var limit: Clauses.Limit?

  package init(source: Source, link: Link?) {
    self.source = source
    self.link = link
    sort = []
  }

  /// Whether the order of its rows means something.
  package var isSorted: Bool { !sort.isEmpty || top != nil }
  /// Whether not all rows of the set are taken.
  package var isLimited: Bool { top != nil || limit != nil }
}

/// One place where a table is read in a walk; two visits to one table are two sources.
package struct Source: Sendable {
  /// Unique in its traversal; the head of a walk, or the row of a row expression, is 0.
  package struct ID: Hashable, Sendable {
    package let rawValue: Int
    package init(_ rawValue: Int) { self.rawValue = rawValue }
  }

  package var id: ID
  package var model: String
  package var table: String
  /// Columns of the primary key, in order.
  package var key: [String]

  package init(id: ID, model: String, table: String, key: [String]) {
    self.id = id
    self.model = model
    self.table = table
    self.key = key
  }
}

/// How rows of `table` belong to rows of the table before: every pair of columns is equal.
package struct Link: Hashable, Sendable {
  /// Two columns that are equal.
  package struct Pair: Hashable, Sendable {
    /// A column of the table that one comes from.
    package var near: String
    /// A column of `table`.
    package var far: String
    package init(near: String, far: String) {
      self.near = near
      self.far = far
    }
  }

  /// Which rows of `table` are sure to have a row in the table before, by a foreign key.
  package enum Reach: Sendable {
    case unknown
    /// Those whose columns are not null.
    case allWithKey
    /// All: the columns are never null, and hold the primary key.
    case all
  }

  package var table: String
  package var pairs: [Pair]
  package var reach: Reach

  package init(table: String, pairs: [Pair], reach: Reach = .unknown) {
    self.table = table
    self.pairs = pairs
    self.reach = reach
  }
}

/// A column of the answer.
package struct OutputColumn: Sendable {
  /// By its `as`, else by the words as written (LANGUAGE.md §9 Walks).
  package var name: String
  package var expression: ResolvedExpression

  package init(name: String, expression: ResolvedExpression) {
    self.name = name
    self.expression = expression
  }

  /// What the values are, the scale of decimals included; nil where only the database knows.
  package var type: AttributeType? { expression.type }
}

/// One key of a `sort`.
package struct ResolvedSortKey: Sendable {
  package var expression: ResolvedExpression
  package var isDescending: Bool
  /// The position in `outputs` when the key is a name given by `as`.
  package var output: Int?

  package init(expression: ResolvedExpression, isDescending: Bool, output: Int? = nil) {
    self.expression = expression
    self.isDescending = isDescending
    self.output = output
  }
}

/// `top 5 by revenue`: that many rows, greatest key first, nulls last (LANGUAGE.md §9 Walks).
package struct ResolvedTop: Sendable {
  package var count: Int
  package var key: ResolvedSortKey

  package init(count: Int, key: ResolvedSortKey) {
    self.count = count
    self.key = key
  }
}

/// Rows reached from one row of `origin`: what `some`, `no`, `every` and `count` look at.
package struct RelatedRows: Sendable {
  /// One table on the way.
  package struct Step: Sendable {
    package var source: Source
    package var link: Link
    package init(source: Source, link: Link) {
      self.source = source
      self.link = link
    }
  }

  /// The path as written, for messages.
  package var path: String
  /// The source that the path begins at.
  package var origin: Source.ID
  /// Never empty; the rows are those of the last one.
  package var steps: [Step]
  /// Which of them count.
  package var filter: ResolvedCondition?

  package init(path: String, origin: Source.ID, steps: [Step], filter: ResolvedCondition? = nil) {
    self.path = path
    self.origin = origin
    self.steps = steps
    self.filter = filter
  }
}
