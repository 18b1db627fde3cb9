package import RelishLanguage

/// How names in the database are spelled (LANGUAGE.md §3).
package enum NamingStyle: String, Sendable { case camel, snake }

/// A model as all sentences and the database together make it.
package struct Model: Sendable {
  /// Whether a sentence has touched it, or only its table was read.
  package enum Origin: Sendable { case declared, database }

  package var name: String
  package var table: String
  /// What `plural "…"` says; nil where English says it. Names the relations to many of its rows.
  package var plural: String?
  /// `.database` for a model that was read and that no sentence has touched: sync never changes it.
  package var origin: Origin
  /// In the order of the table's columns: key, attributes, createdAt, updatedAt, relation keys.
  package var attributes: [Attribute]
  /// Names of the attributes that make up the primary key, in order.
  package var primaryKey: [String]
  package var indexes: [ModelIndex]
  package var uniques: [ModelIndex]
  /// The attribute that a string pick is compared with (LANGUAGE.md §7 Precision), if any.
  package var label: String?
  package var hasTimestamps: Bool
  /// Relations and walks by which one leaves this model, own ones first.
  package var associations: [Association]

  package init(name: String, table: String, origin: Origin) {
    self.name = name
    self.table = table
    self.origin = origin
    attributes = []
    primaryKey = []
    indexes = []
    uniques = []
    hasTimestamps = true
    associations = []
  }

  /// The attribute of that name, or of that column name in the database (LANGUAGE.md §5 `pull`).
  package func attribute(named name: String) -> Attribute? {
    attributes.first { $0.name == name } ?? attributes.first { $0.column == name }
  }

  /// The association of that name; the exact name wins, then singular and plural are the same (§7).
  package func association(named name: String) -> Association? {
    associations.first { $0.name == name }
      ?? associations.first { Plural.matches($0.name, name) }
  }
}

/// One column of a model's table as the language sees it.
package struct Attribute: Sendable {
  /// What it is for, besides holding a value.
  package enum Role: Sendable {
    case plain, createdAt, updatedAt
    /// The key of the relation with that identifier (`userId`).
    case relationKey(Relation.ID)
  }

  package var name: String
  package var column: String
  package var type: AttributeType
  package var isRequired: Bool
  package var isUnique: Bool
  package var isKey: Bool
  /// The database gives the value (`id`).
  package var isGenerated: Bool
  package var defaultValue: Expression?
  package var check: CheckSyntax?
  /// A default and a check that only the database can read, as it spells them.
  package var readDefault: String?
  package var readCheck: String?
  package var note: String?
  package var role: Role

  package init(name: String, column: String, type: AttributeType, role: Role = .plain) {
    self.name = name
    self.column = column
    self.type = type
    self.role = role
    isRequired = false
    isUnique = false
    isKey = false
    isGenerated = false
  }
}

/// An index or a unique key over attributes of one model.
package struct ModelIndex: Sendable, Hashable {
  /// Name in the database, `products_userId`, `users_name_email_unique`.
  package var name: String
  package var attributes: [String]
  package init(name: String, attributes: [String]) {
    self.name = name
    self.attributes = attributes
  }
}

/// One foreign key: both sides of an association are one relation (LANGUAGE.md §4).
package struct Relation: Sendable {
  /// Unique in its graph; another graph may number the same relation otherwise.
  package struct ID: Hashable, Sendable {
    package let rawValue: Int
    package init(_ rawValue: Int) { self.rawValue = rawValue }
  }

  package var id: ID
  /// The model whose table has the key.
  package var holder: String
  /// The name on the holder's side, `user`.
  package var name: String
  /// Attributes of the holder that make up the key, `userId`.
  package var attributes: [String]
  package var target: String
  /// Attributes of the target that it points to, in the same order.
  package var targetAttributes: [String]
  package var isRequired: Bool
  package var isUnique: Bool
  /// false: `unconstrained`, no foreign key in the database.
  package var isConstrained: Bool
  package var onDelete: ReferentialRule
  package var onUpdate: ReferentialRule
  /// The name on the target's side, `products`, nil where there is none.
  package var inverse: String?

  package init(
    id: ID, holder: String, name: String, attributes: [String], target: String,
    targetAttributes: [String]
  ) {
    self.id = id
    self.holder = holder
    self.name = name
    self.attributes = attributes
    self.target = target
    self.targetAttributes = targetAttributes
    isRequired = false
    isUnique = false
    isConstrained = true
    onDelete = .setNull
    onUpdate = .cascade
  }
}

/// A way from one model to another by name.
package struct Association: Sendable {
  /// Over which keys it leads.
  package enum Route: Sendable {
    /// From the holder of the key to its target: `Product user`.
    case forward(Relation.ID)
    /// From the target to the holders: `User products`, `User cart`.
    case inverse(Relation.ID)
    /// Through a junction: its key to this model, then its key to the target.
    case junction(near: Relation.ID, far: Relation.ID)
    /// A named walk over these associations.
    case walk([String])
  }

  package var name: String
  package var target: String
  package var isToMany: Bool
  package var route: Route

  package init(name: String, target: String, isToMany: Bool, route: Route) {
    self.name = name
    self.target = target
    self.isToMany = isToMany
    self.route = route
  }
}
