import RelishLanguage

/// From the model to the tables that it wants in the database (LANGUAGE.md §3, §4, §9 Database).
package enum SchemaLowering {
  /// The wanted tables, in the order of the graph's models.
  ///
  /// `Product belongsTo User onDelete cascade` gives `products` a column `userId`, an index
  /// `products_userId` and `FOREIGN KEY (userId) REFERENCES users (id) ON DELETE CASCADE`.
  ///
  /// - Parameter models: names of the models whose tables are wanted; nil for all of them.
  package static func schema(of graph: ModelGraph, models: [String]? = nil) -> Schema {
    let wanted = models.map { Set($0) }
    let models = graph.models.filter { wanted?.contains($0.name) ?? true }
    return Schema(
      tables: models.filter { !$0.isView }.map { table(of: $0, in: graph) },
      views: models.compactMap { view(of: $0) }, triggers: graph.triggers)
  }

  /// `SELECT …` becomes a whole statement; one that is there already stays as it is.
  private static func view(of model: Model) -> View? {
    guard var text = model.storage.view else { return nil }
    if SQLTokenizer.tokens(of: text).first?.isKeyword("CREATE") != true {
      text = "CREATE VIEW \"\(model.table.replacing("\"", with: "\"\""))\" AS \(text)"
    }
    return View(
      name: model.table, text: text, columns: model.attributes.map { column(of: $0, in: model) })
  }

  /// The table that one model wants.
  package static func table(of model: Model, in graph: ModelGraph) -> Table {
    var table = Table(name: model.table)
    table.columns = model.attributes.map { column(of: $0, in: model) }
    table.primaryKey = columns(model.primaryKey, of: model)
    table.keyWriting.name = model.storage.keyName
    table.isWithoutRowid = model.storage.isWithoutRowid
    table.isStrict = model.storage.isStrict
    table.checks = model.storage.checks
    table.definition = model.storage.definition
    let relations = graph.relations(holder: model.name)
    table.uniques = uniques(of: model, in: graph, primaryKey: table.primaryKey)
    table.foreignKeys =
      relations.compactMap { foreignKey(of: $0, holder: model, in: graph) }
      + model.storage.foreignKeys
    table.indexes = indexes(of: model, in: graph, table: table)
    return table
  }

  // MARK: Columns

  private static func column(of attribute: Attribute, in model: Model) -> Column {
    var column = Column(name: attribute.column, type: attribute.type)
    column.isNotNull =
      (attribute.isRequired || attribute.isKey)
      && !(attribute.isKey && attribute.storage.isNullableKey)
    column.isAutoIncrement = attribute.isGenerated
    column.defaultValue =
      attribute.defaultValue.flatMap(columnDefault) ?? attribute.readDefault.map { .expression($0) }
    column.check =
      attribute.check.map { .condition(ColumnNames(model).check($0)) }
      ?? attribute.readCheck.map { .expression($0) }
    column.declaredType = attribute.storage.declaredType
    column.collation = attribute.storage.collation
    column.generated = attribute.storage.generated
    column.reusesNumbers = attribute.isGenerated && attribute.storage.reusesNumbers
    return column
  }

  /// `default 0`, `default -1`, `default now()`; nil for what is no constant.
  private static func columnDefault(_ expression: Expression) -> ColumnDefault? {
    switch expression {
    case .literal(let literal, _): return .literal(literal)
    case .negate(.literal(.integer(let value), _), _):
      let (negative, overflow) = Int64(0).subtractingReportingOverflow(value)
      return overflow ? nil : .literal(.integer(negative))
    case .negate(.literal(.decimal(let value), _), _):
      let negative = Decimal(
        isNegative: !value.isNegative, digits: value.digits, scale: value.scale)
      return .literal(.decimal(negative))
    case .call(let name, let arguments, _) where arguments.isEmpty:
      switch name.text.lowercased() {
      case "now": return .now
      case "today": return .today
      default: return nil
      }
    default: return nil
    }
  }

  /// The columns of the attributes of these names, in their order.
  private static func columns(_ attributes: [String], of model: Model) -> [String] {
    attributes.map { model.attribute(named: $0)?.column ?? $0 }
  }

  // MARK: Keys and indexes

  private static func uniques(
    of model: Model, in graph: ModelGraph, primaryKey: [String]
  ) -> [UniqueKey] {
    var keys = model.attributes.filter(\.isUnique).map {
      UniqueKey(name: nil, columns: [$0.column])
    }
    keys += model.uniques.filter { !$0.isUniqueIndex }.map {
      UniqueKey(name: $0.name, columns: columns($0.attributes, of: model))
    }
    // A unique relation, and the pair of keys of a junction that has another primary key.
    let isJunction = graph.relations(holder: model.name).count > 1
    let pairs = isJunction ? JunctionPair.all(through: model.name, in: graph) : []
    let unique =
      graph.relations(holder: model.name).filter(\.isUnique).map(\.attributes)
      + pairs.map { $0.near.attributes + $0.far.attributes }
    for attributes in unique {
      let key = columns(attributes, of: model)
      let name =
        key.count == 1
        ? nil : Naming(style: graph.naming).unique(table: model.table, columns: key)
      keys.append(UniqueKey(name: name, columns: key))
    }
    // A primary key is unique without being told, and what is said twice is said once.
    var seen: Set<Set<String>> = primaryKey.isEmpty ? [] : [Set(primaryKey)]
    for index in model.uniques where index.isUniqueIndex {
      seen.insert(Set(columns(index.attributes, of: model)))
    }
    return keys.filter { seen.insert(Set($0.columns)).inserted }
  }

  private static func foreignKey(
    of relation: Relation, holder: Model, in graph: ModelGraph
  ) -> ForeignKey? {
    guard relation.isConstrained, let target = graph.model(named: relation.target) else {
      return nil
    }
    var key = ForeignKey(
      columns: columns(relation.attributes, of: holder), table: target.table,
      targetColumns: columns(relation.targetAttributes, of: target), onDelete: relation.onDelete,
      onUpdate: relation.onUpdate)
    key.name = relation.constraintName
    if relation.isDeferrable { key.deferral = "DEFERRABLE INITIALLY DEFERRED" }
    return key
  }

  /// The model's own indexes, and one for every key of a relation that leads none (§4).
  private static func indexes(of model: Model, in graph: ModelGraph, table: Table) -> [Index] {
    let said = model.indexes + model.uniques.filter(\.isUniqueIndex)
    var indexes = said.map { index in
      var written = Index(
        name: index.name, columns: columns(index.attributes, of: model),
        isUnique: index.isUniqueIndex)
      written.definition = index.definition
      return written
    }
    let naming = Naming(style: graph.naming)
    for relation in graph.relations(holder: model.name) where relation.isIndexed {
      let key = columns(relation.attributes, of: model)
      let others =
        [table.primaryKey] + table.uniques.map(\.columns)
        + indexes.filter { $0.definition == nil }.map(\.columns)
      guard !key.isEmpty, !others.contains(where: { $0.starts(with: key) }) else { continue }
      indexes.append(Index(name: naming.index(table: model.table, columns: key), columns: key))
    }
    return indexes
  }
}
