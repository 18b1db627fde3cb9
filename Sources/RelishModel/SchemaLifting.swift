import RelishLanguage

/// Tables of a database as models of the language (LANGUAGE.md §5 `pull`).
///
/// `order_items (id, order_id REFERENCES orders, UnitPrice)` becomes `OrderItem` with `id`,
/// `orderId`, `unitPrice` and a relation `order`.
enum SchemaLifting {
  /// One model per table and per view, in their order; no two have one name.
  static func models(of schema: Schema) -> [ModelFacts] {
    let views = schema.views.map { view in
      var table = Table(name: view.name)
      table.columns = view.columns
      return table
    }
    let names = modelNames(of: schema.tables + views)
    let tables = Dictionary(
      schema.tables.map { ($0.name.asciiLowercased, $0) }, uniquingKeysWith: { first, _ in first })
    let models = schema.tables.compactMap { table in
      names[table.name.asciiLowercased].map { model(table, named: $0, tables, names) }
    }
    return models
      + zip(schema.views, views).compactMap { view, table in
        names[view.name.asciiLowercased].map { name in
          var model = model(table, named: name, tables, names)
          model.hasTimestamps = false
          model.storage.view = view.text
          return model
        }
      }
  }

  /// The models' names by table in small letters.
  ///
  /// Tables that would be one model, as `user` and `users`, keep their own names, so that `User` fits
  /// both and is an error (LANGUAGE.md §9 Database).
  private static func modelNames(of tables: [Table]) -> [String: String] {
    let naming = Naming(style: .camel)
    let known = Set(tables.map { $0.name.lowercased() })
    let outlines = tables.map { spellings(of: $0.name) }
    var counts: [String: Int] = [:]
    for outline in outlines.joined() { counts[outline, default: 0] += 1 }
    var used: Set<String> = []
    var names: [String: String] = [:]
    for (table, outlines) in zip(tables, outlines) {
      let name = naming.model(fromTable: table.name)
      // To look at all spellings of a name takes long, and few tables share as much as the letters.
      let isAlone =
        outlines.allSatisfy { counts[$0] == 1 }
        || TableLookup.keys(for: name).intersection(known).count <= 1
      names[table.name.asciiLowercased] = unused(
        isAlone ? [name, table.name] : [table.name], in: &used)
    }
    return names
  }

  /// The letters of a table's name, in the singular and the plural: tables that one name could mean share
  /// one of them.
  private static func spellings(of name: String) -> Set<String> {
    let small = name.lowercased()
    let isSign = { (byte: UInt8) in
      byte < 0x30 || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte)
        || (0x7B...0x7F).contains(byte)
    }
    let letters =
      small.utf8.contains(where: isSign)
      ? String(decoding: small.utf8.filter { !isSign($0) }, as: UTF8.self) : small
    return [letters, Plural.singular(of: letters), Plural.plural(of: letters)]
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
    model.keyNames = model.names(ofColumns: table.primaryKey).map { Name($0) }
    model.isKeyless = table.primaryKey.isEmpty
    model.storage.keyName = table.keyWriting.name
    model.storage.isWithoutRowid = table.isWithoutRowid
    model.storage.isStrict = table.isStrict
    model.storage.checks = table.checks
    model.readKeys = keys(of: table, model, tables, models)
    let related = Set(model.readKeys.map(\.position))
    model.storage.foreignKeys = table.foreignKeys.enumerated()
      .filter { !related.contains($0.offset) }.map(\.element)
    takeUniques(of: table, for: &model)
    takeIndexes(of: table, for: &model)
    return model
  }

  private static func takeUniques(of table: Table, for model: inout ModelFacts) {
    let keys = model.readKeys.map(\.attributes)
    for unique in uniqueKeys(of: table) {
      let attributes = model.names(ofColumns: unique.columns)
      guard attributes.count == unique.columns.count,
        unique.isIndex || Set(attributes) != Set(model.keyNames.map(\.text))
      else { continue }
      let usual = Naming(style: .camel).unique(table: table.name, columns: unique.columns)
      let isKey = keys.contains { Set($0) == Set(attributes) }
      let isPlain = !unique.isIndex && (unique.name == nil || isKey && unique.name == usual)
      if isPlain, attributes.count == 1, let position = model.position(of: attributes[0]) {
        model.attributes[position].attribute.isUnique = true
      } else if !isPlain || !isKey {
        model.uniques.append(
          IndexFacts(
            name: unique.name, attributes: attributes, isUniqueIndex: unique.isIndex))
      }
    }
  }

  private static func takeIndexes(of table: Table, for model: inout ModelFacts) {
    let keys = model.readKeys.map(\.attributes)
    for index in table.indexes where !index.isUnique || index.definition != nil {
      var attributes: [String] = []
      if index.definition == nil {
        attributes = model.names(ofColumns: index.columns)
        // The index that every key of a relation gets by itself is not said.
        let usual = Naming(style: .camel).index(table: table.name, columns: index.columns)
        guard attributes.count == index.columns.count,
          !(index.name == usual && keys.contains(attributes))
        else { continue }
      }
      model.indexes.append(
        IndexFacts(
          name: index.name, attributes: attributes, definition: index.definition,
          isUniqueIndex: index.isUnique))
    }
  }

  /// Unique keys and unique indexes alike.
  private static func uniqueKeys(
    of table: Table
  ) -> [(name: String?, columns: [String], isIndex: Bool)] {
    table.uniques.map { ($0.name, $0.columns, false) }
      + table.indexes.filter { $0.isUnique && $0.definition == nil }
      .map { ($0.name, $0.columns, true) }
  }

  // MARK: Foreign keys

  private static func keys(
    of table: Table, _ model: ModelFacts, _ tables: [String: Table], _ names: [String: String]
  ) -> [ReadKey] {
    var used = Set(model.attributes.map(\.attribute.name))
    var seen: Set<[String]> = []
    return table.foreignKeys.enumerated().compactMap { position, key in
      // Of two keys over the same columns a sentence could say but one.
      guard seen.insert(folded(key.columns)).inserted else { return nil }
      let attributes = model.names(ofColumns: key.columns)
      guard attributes.count == key.columns.count, !attributes.isEmpty,
        let target = tables[key.table.asciiLowercased],
        target.isKey(key.targetColumns.isEmpty ? target.primaryKey : key.targetColumns)
      else { return nil }
      let targetName = names[key.table.asciiLowercased] ?? key.table
      let primaryKey = target.primaryKey.map {
        Naming(style: .camel).attribute(fromColumn: $0)
      }
      let name = relationName(key: attributes, target: targetName, targetKey: primaryKey)
      let long = name + targetName
      let isPrimary =
        key.targetColumns.isEmpty || same(target.primaryKey, key.targetColumns)
      let isUnique = uniqueKeys(of: table).contains { Set($0.columns) == Set(key.columns) }
      var read = ReadKey(
        name: unused([name, long], in: &used), attributes: attributes, table: key.table,
        targetColumns: isPrimary ? [] : key.targetColumns, isUnique: isUnique,
        onDelete: key.onDelete, onUpdate: key.onUpdate)
      read.position = position
      read.constraintName = key.name
      read.isDeferrable = key.deferral != nil
      read.isIndexed = table.accessPaths.contains { folded($0).starts(with: folded(key.columns)) }
      return read
    }
  }

  private static func same(_ left: [String], _ right: [String]) -> Bool {
    folded(left) == folded(right)
  }

  private static func folded(_ names: [String]) -> [String] { names.map(\.asciiLowercased) }

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

extension Table {
  /// Whether a foreign key can point to the columns (https://www.sqlite.org/foreignkeys.html §3).
  package func isKey(_ columns: [String]) -> Bool {
    let wanted = Set(columns.map(\.asciiLowercased))
    let keys =
      [primaryKey] + uniques.map(\.columns)
      + indexes.filter { $0.isUnique && $0.definition == nil }.map(\.columns)
    return !wanted.isEmpty && keys.contains { Set($0.map(\.asciiLowercased)) == wanted }
  }
}
