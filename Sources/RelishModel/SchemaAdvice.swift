import RelishLanguage

/// One thing about a schema that its owner may want to know (LANGUAGE.md §5 `check schema`).
package struct SchemaAdvice: Sendable, Hashable {
  /// `orders.customer_id is a key without an index`
  package var text: String
  /// The sentence or statement that mends it; nil where only a person can tell.
  package var remedy: String?

  init(_ text: String, _ remedy: String? = nil) {
    self.text = text
    self.remedy = remedy
  }

  /// What there is to say of the tables, in their order. Only what is sure: nothing is said of names,
  /// of sizes, or of rows.
  package static func all(about schema: Schema, _ graph: ModelGraph) -> [SchemaAdvice] {
    schema.tables.flatMap { table -> [SchemaAdvice] in
      var adviser = SchemaAdviser(table: table, schema: schema, graph: graph)
      adviser.look()
      return adviser.found
    }
  }

  /// Rows whose keys point to nothing.
  package static func orphans(_ count: Int, in table: String) -> SchemaAdvice {
    SchemaAdvice(
      count == 1
        ? "1 row of \(table) points to a row that is not there"
        : "\(count) rows of \(table) point to rows that are not there")
  }
}

/// Looks at one table.
struct SchemaAdviser {
  let table: Table
  let schema: Schema
  let graph: ModelGraph
  private(set) var found: [SchemaAdvice] = []

  init(table: Table, schema: Schema, graph: ModelGraph) {
    self.table = table
    self.schema = schema
    self.graph = graph
  }

  mutating func look() {
    lookAtKey()
    for column in table.columns { lookAt(column) }
    for key in table.foreignKeys { lookAt(key) }
    lookForRelations()
    lookAtIndexes()
  }

  private mutating func advise(_ text: String, _ remedy: String? = nil) {
    found.append(SchemaAdvice(text, remedy))
  }

  // MARK: Names

  private func model(of table: String) -> Model? {
    graph.model(ofTable: table).flatMap { $0.isView ? nil : $0 }
  }

  /// The model's name as a sentence writes it.
  private var subject: String { SyntaxWriter.model(model(of: table.name)?.name ?? table.name) }

  private func attribute(_ column: String) -> String {
    let known = model(of: table.name)?.attributes.first { $0.column == column }
    return SyntaxWriter.bareName(known?.name ?? column)
  }

  private func attributes(_ columns: [String]) -> String {
    columns.map { attribute($0) }.joined(separator: ", ")
  }

  private func place(_ columns: [String]) -> String {
    "\(table.name).\(columns.joined(separator: ", "))"
  }

  // MARK: Keys and columns

  private mutating func lookAtKey() {
    guard !table.primaryKey.isEmpty else {
      let hasID = table.column(named: "id") != nil
      advise(
        "\(table.name) has no primary key", hasID ? nil : "\(subject) has id integer key")
      return
    }
    let nullable = table.columns.filter {
      table.primaryKey.contains($0.name) && !$0.isNotNull
    }
    for column in nullable {
      advise(
        "\(place([column.name])) is the primary key and may be null",
        "\(subject) has \(statement(of: column)) key")
    }
  }

  private mutating func lookAt(_ column: Column) {
    if case .other(let spelling) = column.type, column.generated == nil {
      if spelling.isEmpty {
        advise(
          "\(place([column.name])) has no type, which no other database takes",
          "\(subject) has \(attribute(column.name)) text")
      } else if !Self.isStandard(spelling) {
        advise(
          "\(place([column.name])) is \(spelling), a type that no other database has",
          "\(subject) has \(attribute(column.name)) text")
      }
    }
    let isUnique =
      table.uniques.contains { $0.columns == [column.name] }
      || table.indexes.contains {
        $0.isUnique && $0.definition == nil && $0.columns == [column.name]
      }
    let isForeign = table.foreignKeys.contains { $0.columns == [column.name] }
    if isUnique, !column.isNotNull, !isForeign, !table.primaryKey.contains(column.name) {
      advise(
        "\(place([column.name])) is unique and optional: any number of rows may have none",
        "\(subject) has \(statement(of: column)) required unique")
    }
  }

  /// The attribute and its type.
  private func statement(of column: Column) -> String {
    "\(attribute(column.name)) \(Sentences.type(column.type))"
  }

  /// Exact numbers without a scale are every database's.
  private static func isStandard(_ spelling: String) -> Bool {
    ["NUMERIC", "DECIMAL", "DEC", "NUMBER"].contains(spelling.uppercased())
  }

  // MARK: Foreign keys

  private mutating func lookAt(_ key: ForeignKey) {
    let name = place(key.columns)
    guard let target = schema.table(named: key.table) else {
      return advise("\(name) points to \(key.table), which is not there")
    }
    let columns = key.targetColumns.isEmpty ? target.primaryKey : key.targetColumns
    let missing = columns.filter { target.column(named: $0) == nil }
    guard missing.isEmpty, !columns.isEmpty else {
      let what = missing.isEmpty ? "a key" : missing.joined(separator: ", ")
      return advise("\(name) points to \(target.name), which has no \(what)")
    }
    guard target.isKey(columns) else {
      let model = SyntaxWriter.model(self.model(of: target.name)?.name ?? target.name)
      let known = self.model(of: target.name)?.attributes ?? []
      let names = columns.map { column in
        SyntaxWriter.bareName(known.first { $0.column == column }?.name ?? column)
      }
      return advise(
        "\(name) points to \(target.name).\(columns.joined(separator: ", ")), which is not unique: "
          + "no row can be written",
        "\(model) unique by \(names.joined(separator: ", "))")
    }
    for (own, other) in zip(key.columns, columns) {
      guard let left = table.column(named: own)?.type,
        let right = target.column(named: other)?.type,
        !left.fits(right)
      else { continue }
      advise(
        "\(place([own])) is \(left.words), and \(target.name).\(other), which it points to, is "
          + right.words,
        "\(subject) has \(attribute(own)) \(Sentences.type(right))")
    }
    let wanted = key.columns.map(\.asciiLowercased)
    let isIndexed = table.accessPaths.contains { path in
      path.count >= wanted.count
        && Set(path.prefix(wanted.count).map(\.asciiLowercased))
          == Set(wanted)
    }
    if !isIndexed {
      advise(
        "\(name) is a key without an index", "\(subject) indexed by \(attributes(key.columns))")
    }
  }

  /// A column that is called after a table's key, and tables that nothing leads to.
  private mutating func lookForRelations() {
    var isRelated =
      !table.foreignKeys.isEmpty
      || schema.tables.contains { other in
        other.foreignKeys.contains { $0.table.isSameName(as: table.name) }
      }
    let naming = Naming(style: .camel)
    for column in table.columns where !isKey(column.name) {
      let name = naming.attribute(fromColumn: column.name)
      guard name.hasSuffix("Id"), name.count > 2 else { continue }
      let relation = String(name.dropLast(2))
      let target = graph.models.first {
        naming.relation(toOne: $0.name) == relation && $0.primaryKey.count == 1 && !$0.isView
      }
      guard let target, let key = target.attribute(named: target.primaryKey[0]),
        column.type.fits(key.type), target.name != model(of: table.name)?.name
      else { continue }
      isRelated = true
      let sentence = "\(subject) belongsTo \(SyntaxWriter.model(target.name))"
      let isUsual = naming.key(relation: relation, targetKey: key.name) == attribute(column.name)
      advise(
        "\(place([column.name])) looks like a key to \(target.table) and is none",
        isUsual ? sentence : sentence + " key \(attribute(column.name))")
    }
    if !isRelated, schema.tables.count > 1 {
      advise("\(table.name) has no relation to another table")
    }
  }

  private func isKey(_ column: String) -> Bool {
    table.foreignKeys.contains { $0.columns.contains(column) }
      || table.primaryKey == [column]
  }

  // MARK: Indexes

  /// An index whose columns begin another one.
  private mutating func lookAtIndexes() {
    let plain = table.indexes.filter { $0.definition == nil }
    for (position, index) in plain.enumerated() where !index.isUnique {
      let others =
        [("the primary key", table.primaryKey)]
        + table.uniques.filter { $0.writing.list == nil }.map { ("a unique key", $0.columns) }
        + plain.enumerated().filter { other, value in
          other != position
            && (value.columns != index.columns || value.isUnique || other < position)
        }.map { ("index \($1.name)", $1.columns) }
      guard let cover = others.first(where: { $0.1.starts(with: index.columns) }) else { continue }
      advise(
        "index \(index.name) on \(place(index.columns)) does what \(cover.0) does already",
        "DROP INDEX \(index.name)")
    }
  }
}
