import RelishLanguage

/// A model as all sentences and the database together make it.
///
/// A value whose contents are shared until one of its copies is changed: resolving a walk hands models
/// on at every name.
package struct Model: Sendable {
  /// Whether a sentence has touched it, or only its table was read.
  package enum Origin: Sendable { case declared, database }

  /// Never changed while a second `Model` holds it.
  private final class Contents: @unchecked Sendable {
    var fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  private struct Fields {
    var name: String
    var table: String
    var plural: String?
    var origin: Origin
    var attributes: [Attribute] = []
    var primaryKey: [String] = []
    var indexes: [ModelIndex] = []
    var uniques: [ModelIndex] = []
    var label: String?
    var hasTimestamps = true
    var associations: [Association] = []
    var formerTable: String?
    var formerColumns: [FormerColumn] = []
    var storage = TableStorage()
  }

  private var contents: Contents

  package init(name: String, table: String, origin: Origin) {
    contents = Contents(Fields(name: name, table: table, origin: origin))
  }

  /// The fields of this copy alone.
  private var own: Fields {
    get { contents.fields }
    _modify {
      if !isKnownUniquelyReferenced(&contents) { contents = Contents(contents.fields) }
      yield &contents.fields
    }
  }

  package var name: String {
    get { contents.fields.name }
    _modify { yield &own.name }
  }
  package var table: String {
    get { contents.fields.table }
    _modify { yield &own.table }
  }
  /// What `plural "…"` says; nil where English says it. Names the relations to many of its rows.
  package var plural: String? {
    get { contents.fields.plural }
    _modify { yield &own.plural }
  }
  /// `.database` for a model that was read and that no sentence has touched: sync never changes it.
  package var origin: Origin {
    get { contents.fields.origin }
    _modify { yield &own.origin }
  }
  /// In the order of the table's columns: key, attributes, createdAt, updatedAt, relation keys.
  package var attributes: [Attribute] {
    get { contents.fields.attributes }
    _modify { yield &own.attributes }
  }
  /// Names of the attributes that make up the primary key, in order.
  package var primaryKey: [String] {
    get { contents.fields.primaryKey }
    _modify { yield &own.primaryKey }
  }
  package var indexes: [ModelIndex] {
    get { contents.fields.indexes }
    _modify { yield &own.indexes }
  }
  package var uniques: [ModelIndex] {
    get { contents.fields.uniques }
    _modify { yield &own.uniques }
  }
  /// The attribute that a string pick is compared with (LANGUAGE.md §7 Precision), if any.
  package var label: String? {
    get { contents.fields.label }
    _modify { yield &own.label }
  }
  package var hasTimestamps: Bool {
    get { contents.fields.hasTimestamps }
    _modify { yield &own.hasTimestamps }
  }
  /// The table's name before `rename`, which the database may still have.
  package var formerTable: String? {
    get { contents.fields.formerTable }
    _modify { yield &own.formerTable }
  }
  /// Columns that `renames` has given another name, which the database may still have.
  package var formerColumns: [FormerColumn] {
    get { contents.fields.formerColumns }
    _modify { yield &own.formerColumns }
  }
  /// Relations and walks by which one leaves this model, own ones first.
  package var associations: [Association] {
    get { contents.fields.associations }
    _modify { yield &own.associations }
  }

  /// What the database says of the table besides.
  package var storage: TableStorage {
    get { contents.fields.storage }
    _modify { yield &own.storage }
  }
  /// A view: its rows can be asked for and not written.
  package var isView: Bool { contents.fields.storage.view != nil }

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

/// A column that a sentence has renamed.
package struct FormerColumn: Sendable, Hashable {
  package var name: String
  /// What it is called now.
  package var column: String
  package init(name: String, column: String) {
    self.name = name
    self.column = column
  }
}

/// What a database says of a table and no other part of the language does.
package struct TableStorage: Sendable, Hashable {
  /// The name of the primary key's constraint.
  package var keyName: String?
  package var isWithoutRowid = false
  package var isStrict = false
  /// Conditions of the whole table.
  package var checks: [TableCheck] = []
  /// Foreign keys that no relation can be, because they point to what is not there or is no key.
  package var foreignKeys: [ForeignKey] = []
  /// `CREATE VIEW …` or `SELECT …` of a view.
  package var view: String?
  /// `CREATE TABLE …` of a table that sentences cannot tell all of.
  package var definition: String?
  package init() {}
}
