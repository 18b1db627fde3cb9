/// What a sentence says in the database's own words or for its sake only.
package struct StorageSyntax: Sendable {
  /// `type "NVARCHAR(160)"`: the type as the database spells it.
  package var declaredType: Located<String>?
  /// `collate nocase`
  package var collation: Located<String>?
  /// `generated "price * quantity"`: what computes the column.
  package var generated: Located<String>?
  package var isStored = false
  /// `autoincrement` and `rowid`: who numbers the rows.
  package var numbering: Located<Numbering>?
  /// `default sql "random()"`
  package var defaultText: Located<String>?
  /// `check sql "name GLOB 'a*'"`
  package var checkText: Located<String>?
  package init() {}

  /// How a database numbers rows: never the same number again, or the next one that is free.
  package enum Numbering: String, Sendable { case autoincrement, rowid }
}

/// `Product indexed by title named "t"`, `User unique by name, email`,
/// `User indexed by sql "(lower(email)) WHERE active" unique named "u"`
package struct IndexSyntax: Sendable {
  package var model: Name
  package var columns: [Name] = []
  /// `unique by`: a constraint of the table.
  package var isConstraint: Bool
  /// `indexed by … unique`
  package var unique: SourceRange?
  /// What follows the table's name in CREATE INDEX.
  package var definition: Located<String>?
  package var name: Located<String>?
  package init(model: Name, isConstraint: Bool) {
    self.model = model
    self.isConstraint = isConstraint
  }
}

/// `view Sale table "sales" (day date, total decimal(10,2)) "SELECT …"`
package struct ViewSyntax: Sendable {
  package var name: Name
  package var table: Located<String>?
  package var attributes: [AttributeSyntax] = []
  /// `SELECT …` or a whole `CREATE VIEW …`.
  package var text: Located<String>
  package init(name: Name, text: Located<String>) {
    self.name = name
    self.text = text
  }
}
