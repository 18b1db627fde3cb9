import RelishLanguage

/// Tables of a database as models of the language (LANGUAGE.md §5 `pull`).
///
/// `order_items (id, order_id REFERENCES orders, UnitPrice)` becomes `OrderItem` with `id`,
/// `orderId`, `unitPrice` and a relation `order`.
enum SchemaLifting {
  /// The models' names, in the order of the tables.
  ///
  /// Tables that would be one model, as `user` and `users`, keep their own names, so that `User` fits
  /// both and is an error (LANGUAGE.md §9 Database).
  static func modelNames(ofTables tables: [String]) -> [String] {
    let naming = Naming(style: .camel)
    let letters = tables.map(letters)
    var counts: [String: Int] = [:]
    counts.reserveCapacity(tables.count)
    for letters in letters { counts[letters, default: 0] += 1 }
    var known: Set<String>?
    var used: Set<String> = []
    used.reserveCapacity(tables.count)
    return zip(tables, letters).map { table, own in
      let name = naming.model(fromTable: table)
      // To look at all spellings of a name takes long, and few tables share as much as the letters.
      var isAlone = isAlone(name, own, counts)
      if !isAlone {
        let tables = known ?? Set(tables.map { $0.lowercased() })
        known = tables
        isAlone = TableLookup.keys(for: name).intersection(tables).count <= 1
      }
      let choice = unused(isAlone ? [name, table] : [table], unless: used.contains)
      used.insert(choice)
      return choice
    }
  }

  /// Whether no other table has the letters of the model's name, in the singular or the plural.
  private static func isAlone(_ model: String, _ own: String, _ counts: [String: Int]) -> Bool {
    var spellings = [letters(of: model)]
    for other in [Plural.plural(of: model), Plural.singular(of: model)] where other != model {
      let letters = letters(of: other)
      if !spellings.contains(letters) { spellings.append(letters) }
    }
    let others = spellings.reduce(0) { $0 + (counts[$1] ?? 0) } - (spellings.contains(own) ? 1 : 0)
    return others == 0
  }

  /// The letters and digits of a name, small.
  private static func letters(of name: String) -> String {
    let small = name.lowercased()
    let isSign = { (byte: UInt8) in
      byte < 0x30 || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte)
        || (0x7B...0x7F).contains(byte)
    }
    guard small.utf8.contains(where: isSign) else { return small }
    return String(decoding: small.utf8.filter { !isSign($0) }, as: UTF8.self)
  }

  /// The first of the names that is free, else the first one with a number.
  private static func unused(_ names: [String], unless isUsed: (String) -> Bool) -> String {
    if let name = names.first(where: { !isUsed($0) }) { return name }
    let first = names.first ?? ""
    var number = 2
    while isUsed(first + String(number)) { number += 1 }
    return first + String(number)
  }

  /// The table as a model of that name.
  static func model(_ table: Table, named name: String, _ targets: Targets) -> ModelFacts {
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
    model.readKeys = keys(of: table, model, targets)
    if model.readKeys.count < table.foreignKeys.count {
      model.storage.foreignKeys = table.foreignKeys.enumerated()
        .filter { key in !model.readKeys.contains { $0.position == key.offset } }.map(\.element)
    }
    takeUniques(of: table, for: &model)
    takeIndexes(of: table, for: &model)
    return model
  }

  private static func takeUniques(of table: Table, for model: inout ModelFacts) {
    for unique in table.uniques { take(unique.columns, unique.name, isIndex: false, table, &model) }
    for index in table.indexes where index.isUnique && index.definition == nil {
      take(index.columns, index.name, isIndex: true, table, &model)
    }
  }

  private static func take(
    _ columns: [String], _ name: String?, isIndex: Bool, _ table: Table, _ model: inout ModelFacts
  ) {
    let attributes = model.names(ofColumns: columns)
    guard attributes.count == columns.count,
      isIndex || !attributes.hasSameElements(as: model.keyNames.map(\.text))
    else { return }
    let isKey = model.readKeys.contains { $0.attributes.hasSameElements(as: attributes) }
    let hasUsualName = {
      name == Naming(style: .camel).unique(table: table.name, columns: columns)
    }
    let isPlain = !isIndex && (name == nil || isKey && hasUsualName())
    if isPlain, attributes.count == 1, let position = model.position(of: attributes[0]) {
      model.attributes[position].attribute.isUnique = true
    } else if !isPlain || !isKey {
      model.uniques.append(IndexFacts(name: name, attributes: attributes, isUniqueIndex: isIndex))
    }
  }

  private static func takeIndexes(of table: Table, for model: inout ModelFacts) {
    for index in table.indexes where !index.isUnique || index.definition != nil {
      var attributes: [String] = []
      if index.definition == nil {
        attributes = model.names(ofColumns: index.columns)
        guard attributes.count == index.columns.count else { continue }
        // The index that every key of a relation gets by itself is not said.
        if model.readKeys.contains(where: { $0.attributes == attributes }),
          index.name == Naming(style: .camel).index(table: table.name, columns: index.columns)
        {
          continue
        }
      }
      model.indexes.append(
        IndexFacts(
          name: index.name, attributes: attributes, definition: index.definition,
          isUniqueIndex: index.isUnique))
    }
  }

  // MARK: Foreign keys

  /// The tables that keys point to, and what their models are called.
  struct Targets: Sendable {
    private let tables: [Table]
    private let models: [String]
    private var places: [String: Int] = [:]

    init(_ tables: [Table], _ models: [String]) {
      self.tables = tables
      self.models = models
      places.reserveCapacity(tables.count)
      for (place, table) in tables.enumerated().reversed() {
        places[table.name.asciiLowercased] = place
      }
    }

    /// The table of that name with the name of its model.
    func target(_ name: String) -> (table: Table, model: String)? {
      places[name.asciiLowercased].map { (tables[$0], models[$0]) }
    }
  }

  /// The foreign keys that can be relations, by their positions, and what they point to.
  static func relations(
    of table: Table, _ targets: Targets
  ) -> [(position: Int, target: (table: Table, model: String))] {
    var relations: [(position: Int, target: (table: Table, model: String))] = []
    for (position, key) in table.foreignKeys.enumerated() {
      // Of two keys over the same columns a sentence could say but one.
      let isSaid = table.foreignKeys[..<position].contains {
        $0.columns.areSameNames(as: key.columns)
      }
      guard !isSaid, !key.columns.isEmpty,
        key.columns.allSatisfy({ table.column(named: $0) != nil }),
        let target = targets.target(key.table),
        target.table.isKey(key.targetColumns.isEmpty ? target.table.primaryKey : key.targetColumns)
      else { continue }
      relations.append((position, target))
    }
    return relations
  }

  private static func keys(of table: Table, _ model: ModelFacts, _ targets: Targets) -> [ReadKey] {
    guard !table.foreignKeys.isEmpty else { return [] }
    var used = model.attributes.map(\.attribute.name)
    var keys: [ReadKey] = []
    for (position, target) in relations(of: table, targets) {
      let key = table.foreignKeys[position]
      let attributes = model.names(ofColumns: key.columns)
      let short = relationName(
        key: attributes, target: target.model,
        targetKey: target.table.primaryKey.map { Naming(style: .camel).attribute(fromColumn: $0) })
      let name = unused([short, short + target.model], unless: used.contains)
      used.append(name)
      let isPrimary =
        key.targetColumns.isEmpty || target.table.primaryKey.areSameNames(as: key.targetColumns)
      var read = ReadKey(
        name: name, attributes: attributes, table: key.table,
        targetColumns: isPrimary ? [] : key.targetColumns,
        isUnique: table.uniqueColumns.contains { $0.hasSameElements(as: key.columns) },
        onDelete: key.onDelete, onUpdate: key.onUpdate)
      read.position = position
      read.constraintName = key.name
      read.isDeferrable = key.deferral != nil
      read.isIndexed = table.accessPaths.contains {
        $0.starts(with: key.columns) { $0.isSameName(as: $1) }
      }
      keys.append(read)
    }
    return keys
  }

  /// The relation that a key is called after: `SupportRepId` → `supportRep`, `userCode` → `user`
  /// where User's key is `code`; a key with another ending gets the target's name behind it.
  static func relationName(key: [String], target: String, targetKey: [String]) -> String {
    let naming = Naming(style: .camel)
    guard key.count == 1, let name = key.first.map(naming.attribute(fromColumn:)) else {
      return commonStart(of: key, targetKey: targetKey) ?? naming.relation(toOne: target)
    }
    for ending in targetKey {
      if let stem = stem(of: name, ending: ending) { return stem }
    }
    if let stem = stem(of: name, ending: "id") { return stem }
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
    guard name.hasSuffix(tail), name.count > tail.count else { return nil }
    return String(name.dropLast(tail.count))
  }
}

extension Table {
  /// Whether a foreign key can point to the columns (https://www.sqlite.org/foreignkeys.html §3).
  package func isKey(_ columns: [String]) -> Bool {
    !columns.isEmpty
      && (primaryKey.haveSameNames(as: columns)
        || uniqueColumns.contains { $0.haveSameNames(as: columns) })
  }
}
