import CSQLite
import RelishLanguage
import RelishModel
import RelishSQL

/// A column as SQLite itself knows it.
struct SQLiteColumnFacts {
  var name: String
  /// As SQLite spells it; empty without one.
  var type: String
  var isNotNull: Bool
  /// Part of the primary key.
  var isInKey: Bool
  /// What follows DEFAULT in the text.
  var defaultValue: [SQLToken]?

  /// The columns that the text names, in its order.
  ///
  /// - Parameter count: how many the table has.
  /// - Returns: nil where the text does not name them all, each once, with the primary key.
  static func columns(
    of table: String, _ text: SQLiteTableText, count: Int, _ handle: OpaquePointer
  ) -> [SQLiteColumnFacts]? {
    guard text.columns.count == count else { return nil }
    var columns: [SQLiteColumnFacts] = []
    columns.reserveCapacity(count)
    let isKnown = table.withCString { table in
      text.columns.allSatisfy { column in
        guard var facts = SQLiteColumnFacts(handle, table, column.name) else { return false }
        facts.defaultValue = column.defaultValue
        columns.append(facts)
        return true
      }
    }
    guard isKnown, names(columns, key: text.primaryKey?.terms.map(\.column) ?? []) else {
      return nil
    }
    return columns
  }

  /// Whether no column comes twice, and the key's are those that SQLite has in it.
  private static func names(_ columns: [SQLiteColumnFacts], key: [String]) -> Bool {
    for (place, column) in columns.enumerated() {
      if columns[..<place].contains(where: { $0.name.isSameName(as: column.name) }) { return false }
      guard column.isInKey == key.contains(where: { $0.isSameName(as: column.name) }) else {
        return false
      }
    }
    return true
  }

  /// Asks for one column (https://www.sqlite.org/c3ref/table_column_metadata.html), which is much
  /// quicker than a pragma; nil where the table has none of this name.
  private init?(_ handle: OpaquePointer, _ table: UnsafePointer<CChar>, _ name: String) {
    var type: UnsafePointer<CChar>?
    var isNotNull: Int32 = 0
    var isInKey: Int32 = 0
    let code = name.withCString {
      sqlite3_table_column_metadata(
        handle, "main", table, $0, &type, nil, &isNotNull, &isInKey, nil)
    }
    guard code == SQLITE_OK else { return nil }
    self.name = name
    self.type = type.map { String(cString: $0) } ?? ""
    self.isNotNull = isNotNull == 1
    self.isInKey = isInKey == 1
  }

  init(name: String, type: String, isNotNull: Bool, isInKey: Bool) {
    self.name = name
    self.type = type
    self.isNotNull = isNotNull
    self.isInKey = isInKey
  }
}

/// Spellings of types that were looked up before: the columns of a database have few.
struct SQLiteTypes {
  private var known: [String: (type: AttributeType, isUsual: Bool)] = [:]

  /// The type that `spelling` means, and whether the dialect would spell it so.
  mutating func type(
    declared spelling: String, _ dialect: any Dialect
  ) -> (type: AttributeType, isUsual: Bool) {
    if let known = known[spelling] { return known }
    let type = AttributeType(declared: spelling)
    let found = (type: type, isUsual: dialect.typeName(type) == spelling)
    known[spelling] = found
    return found
  }
}
