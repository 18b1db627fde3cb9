/// Statements that change rows (LANGUAGE.md §6).
package enum WriteSyntax: Sendable {
  case create(CreateSyntax)
  case set(all: Bool, QuerySyntax, [Assignment])
  /// `preview`: what it would do is told, and nothing changed.
  case delete(all: Bool, QuerySyntax, isPreview: Bool)
  case add(QuerySyntax, to: QuerySyntax, [Assignment])
  case remove(QuerySyntax, from: QuerySyntax)
}

/// `create User name = "Max"`; `create User "Max" products (title = "Book"), (title = "Pen")`
package struct CreateSyntax: Sendable {
  /// The model, or the walk to the rows under which the new rows are made.
  package var target: QuerySyntax
  /// The relation through which they are made; nil when `target` is the bare model.
  package var relation: Name?
  package var rows: [RowSyntax]
  package var range: SourceRange

  package init(target: QuerySyntax, relation: Name?, rows: [RowSyntax], range: SourceRange) {
    self.target = target
    self.relation = relation
    self.rows = rows
    self.range = range
  }
}

/// `(title = "Tee", price = 9.5)`: a row to be made.
package struct RowSyntax: Sendable {
  package var assignments: [Assignment]
  package var range: SourceRange
  package init(assignments: [Assignment], range: SourceRange) {
    self.assignments = assignments
    self.range = range
  }
}

/// `price = price * 1.1`
package struct Assignment: Sendable {
  package var name: Name
  package var value: AssignmentValue
  package init(name: Name, value: AssignmentValue) {
    self.name = name
    self.value = value
  }
}

/// What an attribute or relation is set to.
package indirect enum AssignmentValue: Sendable {
  case expression(Expression)
  /// `user = User "Ann"`, `user = (User where …)`
  case walk(QuerySyntax)
  /// `products = [(title = "Tee"), 3, "Cap", $x, Product 4]`: rows to make or rows that are there.
  case list([ListItem], SourceRange)

  /// A row in the `[…]` of a to-many relation.
  package enum ListItem: Sendable {
    case row(RowSyntax)
    case pick(Pick)
    case walk(QuerySyntax)
  }
}
