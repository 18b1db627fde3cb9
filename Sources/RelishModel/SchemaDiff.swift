import RelishLanguage

/// One way in which a live table is not what its model says.
package struct Difference: Sendable, Hashable, CustomStringConvertible {
  /// A sentence without full stop, in the language's words: `` `price` is text in the database,
  /// double in the model``.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Compares tables. The order of columns, and names of keys, are no difference (LANGUAGE.md §9).
package enum SchemaDiff {
  /// What `live` would have to change to be `wanted`, which the dialect has made comparable
  /// (`Dialect.asStored`). Empty when the model fits.
  package static func differences(wanted: Table, live: Table) -> [Difference] {
    var found: [String] = []
    for column in wanted.columns {
      guard let other = live.column(named: column.name) else {
        found.append("column `\(column.name)` is only in the model")
        continue
      }
      found += differences(wanted: column, live: other)
    }
    for column in live.columns where wanted.column(named: column.name) == nil {
      found.append("column `\(column.name)` is only in the database")
    }
    found += primaryKey(wanted, live)
    found += uniques(wanted, live)
    found += foreignKeys(wanted, live)
    found += indexes(wanted, live)
    found += onlyOneSide(wanted.checks.map(\.text), live.checks.map(\.text)) { "check `\($0)`" }
    return found.map { Difference($0) }
  }

  private static func differences(wanted: Column, live: Column) -> [String] {
    var found: [String] = []
    func compare(_ inDatabase: String, _ inModel: String) {
      guard inDatabase != inModel else { return }
      found.append("`\(wanted.name)` is \(inDatabase) in the database, \(inModel) in the model")
    }
    if !sameType(wanted.type, live.type) { compare(live.type.words, wanted.type.words) }
    compare(live.isNotNull ? "required" : "optional", wanted.isNotNull ? "required" : "optional")
    if wanted.isAutoIncrement != live.isAutoIncrement {
      let numbered = "numbered by the database"
      found.append(
        wanted.isAutoIncrement
          ? "`\(wanted.name)` is \(numbered) in the model only"
          : "`\(wanted.name)` is \(numbered), but not in the model")
    }
    if wanted.defaultValue != live.defaultValue {
      found.append(
        "`\(wanted.name)` has \(words(live.defaultValue)) in the database, "
          + "\(words(wanted.defaultValue)) in the model")
    }
    if wanted.check != live.check {
      found.append(
        "`\(wanted.name)` has \(words(live.check)) in the database, "
          + "\(words(wanted.check)) in the model")
    }
    return found
  }

  private static func sameType(_ left: AttributeType, _ right: AttributeType) -> Bool {
    guard case .enumeration(let first) = left, case .enumeration(let second) = right else {
      return left == right
    }
    return Set(first) == Set(second)
  }

  private static func words(_ value: ColumnDefault?) -> String {
    switch value {
    case nil: "no default"
    case .literal(let literal): "default \(literal.words)"
    case .now: "default now()"
    case .today: "default today()"
    case .expression(let text): "default `\(text)`"
    }
  }

  private static func words(_ check: ColumnCheck?) -> String {
    check.map { "check `\($0.source)`" } ?? "no check"
  }

  // MARK: Keys and indexes

  private static func primaryKey(_ wanted: Table, _ live: Table) -> [String] {
    guard folded(wanted.primaryKey) != folded(live.primaryKey) else { return [] }
    let words = { (key: [String]) in key.isEmpty ? "no column" : list(key) }
    return [
      "the key is \(words(live.primaryKey)) in the database, \(words(wanted.primaryKey)) in the model"
    ]
  }

  /// A unique index does what a unique key does.
  private static func uniques(_ wanted: Table, _ live: Table) -> [String] {
    onlyOneSide(uniqueColumns(wanted), uniqueColumns(live)) { "unique \(list($0))" }
  }

  private static func uniqueColumns(_ table: Table) -> [[String]] {
    let columns =
      table.uniques.map(\.columns) + plainIndexes(table).filter(\.isUnique).map(\.columns)
    return columns.map { columns in columns.map { table.column(named: $0)?.name ?? $0 }.sorted() }
  }

  private static func indexes(_ wanted: Table, _ live: Table) -> [String] {
    let columns = { (table: Table) in plainIndexes(table).filter { !$0.isUnique }.map(\.columns) }
    return onlyOneSide(columns(wanted), columns(live)) { "index on \(list($0))" }
  }

  /// Those that a sentence can state.
  private static func plainIndexes(_ table: Table) -> [Index] {
    table.indexes.filter { $0.definition == nil }
  }

  private static func foreignKeys(_ wanted: Table, _ live: Table) -> [String] {
    var found: [String] = []
    var rest = live.foreignKeys
    for key in wanted.foreignKeys {
      let end = "\(list(key.columns)) → \(key.table).\(key.targetColumns.joined(separator: ", "))"
      guard let position = rest.firstIndex(where: { samePlace($0, key) }) else {
        found.append("foreign key \(end) is only in the model")
        continue
      }
      let other = rest.remove(at: position)
      for (word, inDatabase, inModel) in [
        ("on delete", other.onDelete, key.onDelete), ("on update", other.onUpdate, key.onUpdate),
      ] where inDatabase != inModel {
        found.append(
          "\(end) is \(word) \(inDatabase.rawValue) in the database, \(inModel.rawValue) in the model"
        )
      }
    }
    return found
      + rest.map { key in
        let target = "\(key.table).\(key.targetColumns.joined(separator: ", "))"
        return "foreign key \(list(key.columns)) → \(target) is only in the database"
      }
  }

  private static func samePlace(_ left: ForeignKey, _ right: ForeignKey) -> Bool {
    guard left.table.lowercased() == right.table.lowercased(),
      left.columns.count == right.columns.count
    else { return false }
    let pairs = { (key: ForeignKey) in
      Set(zip(folded(key.columns), folded(key.targetColumns)).map { [$0, $1] })
    }
    return pairs(left) == pairs(right)
  }

  // MARK: Words

  /// What one side has more often than the other, compared without regard to case.
  private static func onlyOneSide(
    _ wanted: [[String]], _ live: [[String]], _ words: ([String]) -> String
  ) -> [String] {
    var rest = live
    var found: [String] = []
    for item in wanted {
      if let position = rest.firstIndex(where: { folded($0) == folded(item) }) {
        rest.remove(at: position)
      } else {
        found.append("\(words(item)) is only in the model")
      }
    }
    return found + rest.map { "\(words($0)) is only in the database" }
  }

  private static func onlyOneSide(
    _ wanted: [String], _ live: [String], _ words: (String) -> String
  ) -> [String] {
    onlyOneSide(wanted.map { [$0] }, live.map { [$0] }) { words($0[0]) }
  }

  private static func folded(_ names: [String]) -> [String] { names.map { $0.lowercased() } }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
