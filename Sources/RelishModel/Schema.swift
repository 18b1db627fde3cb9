package import RelishLanguage

/// A database's tables as neutral values: what is wanted, or what is there.
package struct Schema: Sendable, Hashable {
  package var tables: [Table]
  /// In the order in which they were made; from reading a schema.
  package var views: [View]
  package var triggers: [Trigger]
  /// Names of tables that a module makes up (`USING fts5(…)`); what they keep is left alone.
  package var virtualTables: [String]

  package init(tables: [Table] = [], views: [View] = [], triggers: [Trigger] = []) {
    self.tables = tables
    self.views = views
    self.triggers = triggers
    virtualTables = []
  }

  /// The table of that name, compared without regard to ASCII case (SQLite, "Identifiers").
  package func table(named name: String) -> Table? {
    tables.first { $0.name == name }
      ?? tables.first { $0.name.isSameName(as: name) }
  }
}

/// The value of a column that an INSERT does not name.
package enum ColumnDefault: Sendable, Hashable {
  case literal(Literal)
  /// `default now()`: the statement's time, filled by relish itself as well.
  case now
  case today
  /// An expression as the database spells it, from reading a schema.
  case expression(String)
}

/// A column's check: from a sentence as a condition, from a database as its text.
package enum ColumnCheck: Sendable {
  case condition(CheckSyntax)
  case expression(String)

  package var source: String {
    switch self {
    case .condition(let check): check.source
    case .expression(let text): text
    }
  }
}

extension ColumnCheck: Hashable {
  package static func == (left: ColumnCheck, right: ColumnCheck) -> Bool {
    left.source == right.source
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
