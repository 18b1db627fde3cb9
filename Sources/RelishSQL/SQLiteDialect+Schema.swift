package import RelishLanguage
package import RelishModel

extension SQLiteDialect {
  /// https://www.sqlite.org/autoinc.html
  package func numberedKey(_ column: Column, _ writing: KeyWriting) -> String {
    var words = ["INTEGER"]
    if let name = writing.name { words += ["CONSTRAINT", identifier(name)] }
    words.append("PRIMARY KEY")
    if let conflict = writing.conflict { words += ["ON CONFLICT", conflict] }
    if !column.reusesNumbers { words.append("AUTOINCREMENT") }
    return words.joined(separator: " ")
  }

  /// A literal or `CURRENT_…` as it is, any other expression in brackets (lang_createtable.html §3.2).
  package func defaultText(_ value: ColumnDefault, of type: AttributeType) -> String {
    switch value {
    case .literal(let literal): literalText(literal)
    case .now where type == .date: "CURRENT_DATE"
    case .now where type == .time: "CURRENT_TIME"
    case .now: "CURRENT_TIMESTAMP"
    case .today where type == .datetime: "(\(Self.midnight))"
    case .today: "CURRENT_DATE"
    case .expression(let text): "(\(text))"
    }
  }

  /// A datetime's spelling of today (LANGUAGE.md §9: a date given for one is its midnight).
  private static let midnight = "CURRENT_DATE || ' 00:00:00'"

  private func literalText(_ literal: Literal) -> String {
    switch literal {
    case .null: self.literal(.null)
    case .boolean(let value): self.literal(.boolean(value))
    case .integer(let value): self.literal(.integer(value))
    case .decimal(let value): self.literal(.decimal(value))
    case .text(let value): self.literal(.text(value))
    case .blob(let value): self.literal(.blob(value))
    }
  }

  /// `status IN ('open', 'paid')`: SQLite has no type that does it.
  package func enumerationCheck(column: String, words: [String]) -> String? {
    let list = words.map { literal(.text($0)) }.joined(separator: ", ")
    return "\(identifier(column)) IN (\(list))"
  }

  /// https://www.sqlite.org/lang_createtable.html#rowid
  package var rowKey: String? { "_rowid_" }

  /// The table as `SQLiteInspector` reads it: a single INTEGER key is numbered with AUTOINCREMENT or
  /// without, and a key of a table without rowid is never null.
  package func asStored(_ table: Table) -> Table {
    var stored = table
    for index in stored.columns.indices {
      stored.columns[index] = asStored(stored.columns[index])
    }
    if stored.primaryKey.count == 1, stored.keyWriting.list == nil, !stored.isWithoutRowid,
      let key = stored.column(named: stored.primaryKey[0]), key.type == .integer,
      key.declaredType == nil
    {
      stored.numberRows(reusingNumbers: !key.isAutoIncrement || key.reusesNumbers)
    }
    if stored.isWithoutRowid { stored.requireKey() }
    stored.uniques = stored.columnsFirst(distinctUniques(of: stored))
    stored.foreignKeys = stored.columnsFirst(stored.foreignKeys)
    stored.checks = stored.checks.map { TableCheck(name: $0.name, text: canonical($0.text)) }
    return stored
  }

  private func asStored(_ column: Column) -> Column {
    var stored = column
    if stored.isAutoIncrement { stored.type = .integer }
    if let declared = column.declaredType {
      let type = AttributeType(declared: declared)
      // The words of an enumeration are a check's, whatever the type.
      if case .enumeration = column.type {} else { stored.type = type }
      stored.declaredType = declared == typeName(stored.type) ? nil : declared
    }
    stored.defaultValue = column.defaultValue.flatMap { asStored($0, of: column.type) }
    if case .expression(let text)? = column.check { stored.check = .expression(canonical(text)) }
    return stored
  }

  private func asStored(_ value: ColumnDefault, of type: AttributeType) -> ColumnDefault? {
    switch value {
    case .literal(.null): nil
    case .literal(.integer(let number)) where type == .boolean && (0...1).contains(number):
      .literal(.boolean(number == 1))
    case .literal(.boolean(let isTrue)) where type != .boolean:
      .literal(.integer(isTrue ? 1 : 0))
    case .literal(.decimal(let decimal)) where decimal.scale == 0:
      Int64(decimal.description).map { .literal(.integer($0)) } ?? value
    // Its literal is an expression, see `literal`.
    case .literal(.text(let text)) where text.utf8.contains(0):
      .expression(canonical(literal(.text(text))))
    case .now where type == .date: .today
    case .today where type == .datetime: .expression(Self.midnight)
    case .expression(let text): ColumnDefault(sqlite: SQLTokenizer.tokens(of: text), of: type, self)
    default: value
    }
  }

  private func canonical(_ text: String) -> String {
    SQLTokenizer.tokens(of: text).canonicalText(self)
  }

  /// Each key once, and not what a primary key with an index says already.
  private func distinctUniques(of table: Table) -> [UniqueKey] {
    let isNumbered = table.columns.contains(where: \.isAutoIncrement)
    let key = { (columns: [String], list: String?) in
      columns.map(\.asciiLowercased) + (list.map { [$0] } ?? [])
    }
    var seen: Set<[String]> = isNumbered ? [] : [key(table.primaryKey, table.keyWriting.list)]
    return table.uniques.filter { seen.insert(key($0.columns, $0.writing.list)).inserted }
  }
}

extension Table {
  /// Marks the single key as one that the database numbers, which is never null.
  package mutating func numberRows(reusingNumbers: Bool = false) {
    guard primaryKey.count == 1 else { return }
    for index in keyPositions {
      columns[index].isAutoIncrement = true
      columns[index].reusesNumbers = reusingNumbers
      columns[index].isNotNull = true
    }
  }

  /// Those of one column in the columns' order, then the others in their own: whether a key is written
  /// at its column or after all of them says nothing.
  package func columnsFirst(_ keys: [UniqueKey]) -> [UniqueKey] {
    columnsFirst(keys) { $0.writing.list == nil ? $0.columns : [] }
  }

  /// The same order of foreign keys.
  package func columnsFirst(_ keys: [ForeignKey]) -> [ForeignKey] {
    columnsFirst(keys, columns: \.columns)
  }

  private func columnsFirst<Key>(_ keys: [Key], columns names: (Key) -> [String]) -> [Key] {
    guard keys.count > 1 else { return keys }
    let places = keys.map { key -> Int in
      let names = names(key)
      guard names.count == 1 else { return columns.count }
      return columns.firstIndex { $0.name.isSameName(as: names[0]) } ?? columns.count
    }
    guard zip(places, places.dropFirst()).contains(where: >) else { return keys }
    return keys.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { keys[$0] }
  }

  fileprivate mutating func requireKey() {
    for index in keyPositions { columns[index].isNotNull = true }
  }

  private var keyPositions: [Int] {
    let key = Set(primaryKey.map(\.asciiLowercased))
    return columns.indices.filter { key.contains(columns[$0].name.asciiLowercased) }
  }
}
