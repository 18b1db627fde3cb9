package import RelishLanguage
package import RelishModel

extension SQLiteDialect {
  package var numberedKey: String { "INTEGER PRIMARY KEY AUTOINCREMENT" }

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
  /// without, keys are never null, a unique key of one column has no name.
  package func asStored(_ table: Table) -> Table {
    var stored = table
    for index in stored.columns.indices {
      stored.columns[index] = asStored(stored.columns[index])
      let name = stored.columns[index].name
      if stored.primaryKey.contains(where: { $0.lowercased() == name.lowercased() }) {
        stored.columns[index].isNotNull = true
      }
    }
    if stored.primaryKey.count == 1, stored.column(named: stored.primaryKey[0])?.type == .integer {
      stored.numberRows()
    }
    stored.uniques = distinctUniques(of: table).map { unique in
      UniqueKey(name: unique.columns.count == 1 ? nil : unique.name, columns: unique.columns)
    }
    stored.checks = stored.checks.map { TableCheck(name: $0.name, text: canonical($0.text)) }
    return stored
  }

  private func asStored(_ column: Column) -> Column {
    var stored = column
    if stored.isAutoIncrement { stored.type = .integer }
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
    case .expression(let text): .expression(canonical(text))
    default: value
    }
  }

  private func canonical(_ text: String) -> String {
    SQLTokenizer.tokens(of: text).canonicalText(self)
  }

  /// Each set of columns once, and not what the primary key says already.
  private func distinctUniques(of table: Table) -> [UniqueKey] {
    var seen = [Self.folded(table.primaryKey)]
    return table.uniques.filter { unique in
      let columns = Self.folded(unique.columns)
      guard !seen.contains(columns) else { return false }
      seen.append(columns)
      return true
    }
  }

  private static func folded(_ names: [String]) -> [String] { names.map { $0.lowercased() } }
}

extension Table {
  /// Marks the single key as one that the database numbers, which is never null.
  package mutating func numberRows() {
    guard primaryKey.count == 1 else { return }
    let key = primaryKey[0].lowercased()
    for index in columns.indices where columns[index].name.lowercased() == key {
      columns[index].isAutoIncrement = true
      columns[index].isNotNull = true
    }
  }
}
