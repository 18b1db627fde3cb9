import RelishLanguage

/// Tables of a database as models of the language (LANGUAGE.md §5 `pull`).
///
/// `order_items (id, order_id REFERENCES orders, UnitPrice)` becomes `OrderItem` with `id`,
/// `orderId`, `unitPrice` and a relation `order`.
enum SchemaLifting {
  /// One model per table, in the order of the tables; no two have one name.
  static func models(of schema: Schema) -> [ModelFacts] {
    let names = modelNames(of: schema)
    let tables = Dictionary(
      schema.tables.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    return schema.tables.compactMap { table in
      names[table.name.lowercased()].map { model(table, named: $0, tables, names) }
    }
  }

  /// The models' names by table in small letters.
  ///
  /// Tables that would be one model, as `user` and `users`, keep their own names, so that `User` fits
  /// both and is an error (LANGUAGE.md §9 Database).
  private static func modelNames(of schema: Schema) -> [String: String] {
    let naming = Naming(style: .camel)
    let tables = Set(schema.tables.map { $0.name.lowercased() })
    var used: Set<String> = []
    var names: [String: String] = [:]
    for table in schema.tables {
      let name = naming.model(fromTable: table.name)
      let isAlone = TableLookup.keys(for: name).intersection(tables).count <= 1
      names[table.name.lowercased()] = unused(
        isAlone ? [name, table.name] : [table.name], in: &used)
    }
    return names
  }

  private static func unused(_ names: [String], in used: inout Set<String>) -> String {
    var choice = names.first { !used.contains($0) }
    var number = 2
    while choice == nil {
      let name = (names.first ?? "") + String(number)
      choice = used.contains(name) ? nil : name
      number += 1
    }
    let name = choice ?? ""
    used.insert(name)
    return name
  }

  private static func model(
    _ table: Table, named name: String, _ tables: [String: Table], _ models: [String: String]
  ) -> ModelFacts {
    var model = ModelFacts(name: name, hasTimestamps: false)
    model.table = table.name
    model.readTable = table.name
    model.isRead = true
    model.attributes = attributes(of: table)
    model.hasTimestamps = ["createdAt", "updatedAt"].allSatisfy { time in
      model.attributes.contains { $0.attribute.name == time && $0.attribute.type == .datetime }
    }
    func names(_ columns: [String]) -> [String] {
      columns.compactMap { model.attribute(named: $0)?.attribute.name }
    }
    model.keyNames = names(table.primaryKey).map { Name($0) }
    model.isKeyless = table.primaryKey.isEmpty
    model.readKeys = keys(of: table, model, tables, models)
    let keys = model.readKeys.map(\.attributes)
    for (name, columns) in uniqueKeys(of: table) {
      let attributes = names(columns)
      guard attributes.count == columns.count, Set(attributes) != Set(model.keyNames.map(\.text))
      else { continue }
      if attributes.count == 1, name == nil {
        if let position = model.position(of: attributes[0]) {
          model.attributes[position].attribute.isUnique = true
        }
      } else if !keys.contains(where: { Set($0) == Set(attributes) }) {
        model.uniques.append(IndexFacts(name: name, attributes: attributes))
      }
    }
    for index in table.indexes where !index.isUnique && index.definition == nil {
      let attributes = names(index.columns)
      // The index that every key of a relation gets by itself is not said.
      let usual = Naming(style: .camel).index(table: table.name, columns: index.columns)
      guard attributes.count == index.columns.count,
        !(index.name == usual && keys.contains(attributes))
      else { continue }
      model.indexes.append(IndexFacts(name: index.name, attributes: attributes))
    }
    return model
  }

  /// Unique keys and unique indexes alike.
  private static func uniqueKeys(of table: Table) -> [(name: String?, columns: [String])] {
    table.uniques.map { ($0.name, $0.columns) }
      + table.indexes.filter { $0.isUnique && $0.definition == nil }.map { ($0.name, $0.columns) }
  }

  // MARK: Foreign keys

  private static func keys(
    of table: Table, _ model: ModelFacts, _ tables: [String: Table], _ names: [String: String]
  ) -> [ReadKey] {
    var used = Set(model.attributes.map(\.attribute.name))
    return table.foreignKeys.compactMap { key in
      let attributes = key.columns.compactMap { model.attribute(named: $0)?.attribute.name }
      guard attributes.count == key.columns.count, !attributes.isEmpty else { return nil }
      let target = tables[key.table.lowercased()]
      let targetName = names[key.table.lowercased()] ?? key.table
      let primaryKey = (target?.primaryKey ?? []).map {
        Naming(style: .camel).attribute(fromColumn: $0)
      }
      let name = relationName(key: attributes, target: targetName, targetKey: primaryKey)
      let long = name + targetName
      let isPrimary =
        target.map { same($0.primaryKey, key.targetColumns) } ?? key.targetColumns.isEmpty
      let isUnique = uniqueKeys(of: table).contains { Set($0.columns) == Set(key.columns) }
      return ReadKey(
        name: unused([name, long], in: &used), attributes: attributes, table: key.table,
        targetColumns: isPrimary ? [] : key.targetColumns, isUnique: isUnique,
        onDelete: key.onDelete, onUpdate: key.onUpdate)
    }
  }

  private static func same(_ left: [String], _ right: [String]) -> Bool {
    left.map { $0.lowercased() } == right.map { $0.lowercased() }
  }

  /// The relation that a key is called after: `SupportRepId` → `supportRep`, `userCode` → `user`
  /// where User's key is `code`; a key with another ending gets the target's name behind it.
  static func relationName(key: [String], target: String, targetKey: [String]) -> String {
    let naming = Naming(style: .camel)
    guard key.count == 1, let name = key.first.map(naming.attribute(fromColumn:)) else {
      return commonStart(of: key, targetKey: targetKey) ?? naming.relation(toOne: target)
    }
    for ending in targetKey + ["id"] {
      if let stem = stem(of: name, ending: ending) { return stem }
    }
    return naming.key(relation: name, targetKey: naming.relation(toOne: target))
  }

  /// `seatRow`, `seatNumber` → `seat`.
  private static func commonStart(of key: [String], targetKey: [String]) -> String? {
    guard key.count == targetKey.count else { return nil }
    var start: String?
    for (name, ending) in zip(key, targetKey) {
      let attribute = Naming(style: .camel).attribute(fromColumn: name)
      guard let stem = stem(of: attribute, ending: ending), start == nil || start == stem else {
        return nil
      }
      start = stem
    }
    return start
  }

  private static func stem(of name: String, ending: String) -> String? {
    let tail = Naming(style: .camel).key(relation: "", targetKey: ending)
    guard name.count > tail.count, name.hasSuffix(tail) else { return nil }
    return String(name.dropLast(tail.count))
  }
}
