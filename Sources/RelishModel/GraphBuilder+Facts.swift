import RelishLanguage

/// What is known of one model: by sentences, or, where it was read, by its table.
///
/// A table that was read has the same form as a declaration; the first sentence that declares its
/// model copies it and goes on from there (LANGUAGE.md §3).
struct ModelFacts: Sendable {
  var name: String
  /// Said by `table "…"`, or as read; nil when it follows from the name.
  var table: String?
  /// Said by `plural "…"`.
  var plural: String?
  var attributes: [AttributeFacts] = []
  /// Said by `model X key a, b`, or as read, in key order.
  var keyNames: [Name] = []
  /// A table that was read and has no primary key: no `id` is made up for it.
  var isKeyless = false
  var storage = TableStorage()
  var indexes: [IndexFacts] = []
  var uniques: [IndexFacts] = []
  var label: String?
  var hasTimestamps: Bool
  /// Foreign keys of the table that was read.
  var readKeys: [ReadKey] = []
  /// The table that it was read from, as the database spells it.
  var readTable: String?
  /// The table's name before `rename`, for a table that the database may have.
  var formerTable: String?
  /// What `renames` has said of columns that the database may have.
  var renamed: [ColumnRename] = []
  /// Goes on from a table of the database.
  var isRead = false
  /// Place among the models, by the first sentence that named it.
  var order = 0

  init(name: String, hasTimestamps: Bool) {
    self.name = name
    self.hasTimestamps = hasTimestamps
  }

  /// The position of the attribute of that name or column, letter case free (LANGUAGE.md §9).
  func position(of attribute: String) -> Int? {
    if let exact = attributes.firstIndex(where: { $0.attribute.name == attribute }) { return exact }
    let wanted = attribute.lowercased()
    return attributes.firstIndex {
      $0.attribute.name.lowercased() == wanted || $0.column?.lowercased() == wanted
    }
  }

  /// Whether all that tables are named by is the same.
  func hasTables(of other: ModelFacts) -> Bool {
    name == other.name && table == other.table && plural == other.plural
      && readTable == other.readTable
  }

  func attribute(named name: String) -> AttributeFacts? {
    position(of: name).map { attributes[$0] }
  }

  /// The attributes of columns, by exactly these names where there are such.
  func names(ofColumns columns: [String]) -> [String] {
    var names: [String] = []
    names.reserveCapacity(columns.count)
    for column in columns {
      let place = attributes.firstIndex { $0.column == column } ?? position(of: column)
      if let place { names.append(attributes[place].attribute.name) }
    }
    return names
  }
}

/// One attribute as it was said or read.
struct AttributeFacts: Sendable {
  /// Its `column` counts only when `column` below is nil.
  var attribute: Attribute
  /// Said by `column "…"`, or as read; nil when it follows from the name.
  var column: String?
  /// Not said by a sentence, hence what a sentence about its relation says wins.
  var isRead = false
}

/// `Product renames title to name`: the column as it was, the attribute as it is called now.
struct ColumnRename: Sendable, Equatable {
  var column: String
  var attribute: String
}

/// `indexed by`, `unique by`, or an index of a table that was read.
struct IndexFacts: Sendable, Equatable {
  /// As read; nil when it follows from table and columns.
  var name: String?
  /// Names of attributes.
  var attributes: [String]
  /// What follows the table's name in CREATE INDEX, where that is more than names.
  var definition: String?
  var isUniqueIndex = false
}

/// A foreign key of a table that was read.
struct ReadKey: Sendable, Equatable {
  /// The relation's name, made from the columns.
  var name: String
  /// Attributes of the holder.
  var attributes: [String]
  /// The table that it points to.
  var table: String
  /// Columns of that table; empty for its primary key.
  var targetColumns: [String]
  var isUnique: Bool
  var onDelete: ReferentialRule
  var onUpdate: ReferentialRule
  var constraintName: String?
  var isDeferrable = false
  var isIndexed = true
  /// Which of the table's foreign keys it is.
  var position = 0
}

/// One association sentence, or several that say the same side again (LANGUAGE.md §4).
struct Side: Sendable {
  typealias ID = Int

  var id: ID
  var kind: AssociationSyntax.Kind
  var subject: String
  var target: String
  /// The name on the subject: the alias, else what follows from the target.
  var name: String
  var alias: String?
  var by: Name?
  /// Where the word after `by` was said.
  var byExcerpt: SourceExcerpt?
  var key: [String] = []
  var otherKey: [String] = []
  var to: String?
  var isRequired: Bool?
  var isUnique = false
  var onDelete: ReferentialRule?
  var onUpdate: ReferentialRule?
  var isUnconstrained = false
  var constraintName: String?
  var isDeferrable = false
  var isUnindexed = false
  var junction: String?
  /// The words of a named walk; empty for any other side.
  var walk: [Name] = []
  /// Where each of them was said.
  var walkExcerpts: [SourceExcerpt] = []
  /// Where it was said last.
  var excerpt: SourceExcerpt

  /// A foreign key that stands in `holder` and points to `target`.
  var pair: Pair? {
    guard walk.isEmpty else { return nil }
    switch kind {
    case .belongsTo: return Pair(holder: subject, target: target)
    case .hasMany, .hasOne: return Pair(holder: target, target: subject)
    case .belongsToMany: return nil
    }
  }
}

/// The two ends of foreign keys: the model whose table has them, and the one they point to.
struct Pair: Hashable, Sendable {
  var holder: String
  var target: String
}
