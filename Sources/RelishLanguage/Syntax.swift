/// A name as written, with its place.
package struct Name: Sendable, CustomStringConvertible {
  package var text: String
  package var range: SourceRange
  /// Written in backticks, hence never a keyword.
  package var isQuoted: Bool

  package init(_ text: String, at range: SourceRange = .none, isQuoted: Bool = false) {
    self.text = text
    self.range = range
    self.isQuoted = isQuoted
  }

  package var description: String { text }
}

/// Something with the place where it was said.
package struct Located<Value: Sendable>: Sendable {
  package var value: Value
  package var range: SourceRange

  package init(_ value: Value, at range: SourceRange) {
    self.value = value
    self.range = range
  }
}

extension Located: Equatable where Value: Equatable {
  package static func == (left: Located, right: Located) -> Bool { left.value == right.value }
}

/// One statement of the language (LANGUAGE.md §§3–8).
package enum Statement: Sendable {
  /// A sentence about models: no SQL runs.
  case declaration(Declaration)
  /// Rows that are asked for, `User "Max" products title`.
  case walk(WalkPrefix?, QuerySyntax)
  /// Rows that are changed.
  case write(WriteSyntax)
  /// Everything else that begins with a lower-case word.
  case command(CommandSyntax)
}

/// The word before a walk, LANGUAGE.md §7 "Prefixes on any walk".
package enum WalkPrefix: String, Sendable, CaseIterable { case count, exists, sql, explain }

/// Sentences about models (LANGUAGE.md §3, §4).
package enum Declaration: Sendable {
  /// `Product has title string required, price double`
  case attributes(model: Name, [AttributeSyntax])
  case association(AssociationSyntax)
  /// `Product indexed by title`, `User unique by name, email`
  case index(IndexSyntax)
  /// `Order checks sql "paid <= total" named "paid"`: a condition of the whole table.
  case tableCheck(model: Name, text: Located<String>, name: Located<String>?)
  /// `User labeled by email`
  case label(model: Name, Name)
  /// `Product renames title to name`
  case renameAttribute(model: Name, from: Name, to: Name)
  /// `Product drops imageUrl`
  case dropAttributes(model: Name, [Name])
  case model(ModelSyntax)
  /// `rename Product to Item`
  case renameModel(from: Name, to: Name)
  /// `drop Tag`
  case dropModel(Name)
  case view(ViewSyntax)
  /// `trigger "CREATE TRIGGER …"`
  case trigger(Located<String>)
  /// `table Tag "CREATE TABLE …"`: how the database is to make it, where sentences do not tell all.
  case table(model: Name, text: Located<String>)
}

/// `model Tag table "t" plural "tags" key a, b without timestamps`
package struct ModelSyntax: Sendable {
  package var name: Name
  package var table: Located<String>?
  package var plural: Located<String>?
  package var key: [Name]
  /// The name of the key's constraint.
  package var keyName: Located<String>?
  package var withoutTimestamps: SourceRange?
  /// No key at all, not even `id`.
  package var withoutKey: SourceRange?
  package var withoutRowid: SourceRange?
  package var strict: SourceRange?

  package init(name: Name) {
    self.name = name
    self.key = []
  }
}

/// `price decimal(10,2) default 0 check price >= 0`
package struct AttributeSyntax: Sendable {
  package var name: Name
  package var type: Located<AttributeType>
  package var isRequired = false
  /// `optional` was said; only of a key it says more than saying nothing.
  package var isOptional = false
  package var isUnique = false
  package var isKey = false
  package var defaultValue: Expression?
  package var check: CheckSyntax?
  package var column: Located<String>?
  package var note: String?
  package var storage = StorageSyntax()
  package var range: SourceRange

  package init(name: Name, type: Located<AttributeType>, range: SourceRange) {
    self.name = name
    self.type = type
    self.range = range
  }
}

/// The condition of a `check`, and its words as written.
package struct CheckSyntax: Sendable {
  package var condition: Condition
  package var source: String
  package init(condition: Condition, source: String) {
    self.condition = condition
    self.source = source
  }
}

/// The types of LANGUAGE.md §3.
package enum AttributeType: Hashable, Sendable {
  case string(length: Int)
  case text, integer, bigint
  case decimal(precision: Int, scale: Int)
  case float, double, boolean, date, time, datetime, uuid, json, blob
  case enumeration([String])
  /// A type that only the database knows, as it spells it; from reading a schema, never from a sentence.
  case other(String)
}

/// `Product belongsTo User as creator required onDelete restrict`
package struct AssociationSyntax: Sendable {
  /// The verbs, as seen from the subject.
  package enum Kind: String, Sendable { case belongsTo, hasMany, hasOne, belongsToMany }
  /// What stands after `through`.
  package enum Through: Sendable {
    /// `through CartItem (quantity integer default 1)`
    case junction(Name, [AttributeSyntax])
    /// `through orders orderItems product`: a named walk.
    case walk([Name])
  }

  package var subject: Name
  package var kind: Kind
  package var target: Name
  package var alias: Name?
  package var by: Name?
  /// One name per part of the target's key.
  package var key: [Name] = []
  package var otherKey: [Name] = []
  package var to: Name?
  /// true for `required`, false for `optional`, nil when not said.
  package var isRequired: Located<Bool>?
  package var unique: SourceRange?
  package var onDelete: Located<ReferentialRule>?
  package var onUpdate: Located<ReferentialRule>?
  package var unconstrained: SourceRange?
  /// The name of the foreign key's constraint.
  package var constraintName: Located<String>?
  /// Looked at when the transaction ends.
  package var deferrable: SourceRange?
  /// No index is made for the key.
  package var unindexed: SourceRange?
  package var through: Through?
  /// The whole sentence.
  package var range: SourceRange

  package init(subject: Name, kind: Kind, target: Name, range: SourceRange) {
    self.subject = subject
    self.kind = kind
    self.target = target
    self.range = range
  }
}

/// What a foreign key does (SQL:2016 part 2 §11.8 referential actions).
package enum ReferentialRule: String, Sendable, CaseIterable {
  case cascade
  case restrict
  case setNull = "set null"
  case setDefault = "set default"
  case noAction = "no action"
}
