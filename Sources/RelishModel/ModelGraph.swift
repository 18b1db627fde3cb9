package import RelishLanguage

/// How names in the database are spelled (LANGUAGE.md §3).
package enum NamingStyle: String, Sendable { case camel, snake }

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
  /// What the database says of the column besides.
  package var storage: ColumnStorage
  package var role: Role

  package init(name: String, column: String, type: AttributeType, role: Role = .plain) {
    self.name = name
    self.column = column
    self.type = type
    self.role = role
    storage = ColumnStorage()
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
  /// Empty where `definition` says more than names.
  package var attributes: [String]
  /// What follows the table's name in CREATE INDEX.
  package var definition: String?
  /// Made by CREATE UNIQUE INDEX; among the unique keys of a model the others are constraints.
  package var isUniqueIndex: Bool
  package init(name: String, attributes: [String], isUniqueIndex: Bool = false) {
    self.name = name
    self.attributes = attributes
    self.isUniqueIndex = isUniqueIndex
  }
}

/// What a database says of a column and no other part of the language does.
package struct ColumnStorage: Sendable, Hashable {
  /// The type as the database spells it, where that is not the usual spelling.
  package var declaredType: String?
  package var collation: String?
  /// What computes the column; nobody writes to it.
  package var generated: GeneratedColumn?
  /// Numbered by the database without AUTOINCREMENT.
  package var reusesNumbers = false
  /// A part of the primary key that may be null (https://www.sqlite.org/quirks.html §5).
  package var isNullableKey = false
  package init() {}
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
  /// The name of the foreign key's constraint.
  package var constraintName: String?
  /// Looked at when the transaction ends.
  package var isDeferrable = false
  /// false: `unindexed`, no index is made for the key.
  package var isIndexed = true
  /// The name on the target's side, `products`, nil where there is none.
  package var inverse: String?
  /// Which rows of the holder are sure to have a row of the target: by the foreign key of the table that
  /// is there, or, where there is none yet, of the one that will be.
  package var reach: Link.Reach

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
    reach = .unknown
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
