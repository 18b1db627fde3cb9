package import RelishLanguage

/// A value on its way to or from a database.
package enum Value: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case decimal(Decimal)
  case double(Double)
  /// Also dates, times and uuids, in the spelling that the database keeps.
  case text(String)
  case blob([UInt8])
}

/// What `$name` stands for (LANGUAGE.md §2, §9 Rows).
package enum Variable: Sendable {
  case value(Value)
  /// Primary keys of the rows found when the variable was bound, one array per row.
  case rows(model: String, keys: [[Value]])
}
