package import RelishLanguage
package import RelishModel

/// The SQL of SQLite 3 (https://www.sqlite.org/lang.html).
package struct SQLiteDialect: Dialect {
  /// Whether statements run on relish's own connection, which knows the functions `relish_lower` and
  /// `relish_upper`.
  let hasOwnFunctions: Bool

  package init(hasOwnFunctions: Bool = false) { self.hasOwnFunctions = hasOwnFunctions }

  package var name: String { "SQLite" }

  /// Bindings count by their place in the text.
  package func placeholder(_ position: Int) -> String { "?" }

  /// The name as it stands, or in double quotes where SQLite would read something else in it.
  package func identifier(_ name: String) -> String {
    if Self.isPlain(name) { return name }
    var quoted = "\""
    for character in name.unicodeScalars {
      if character == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }

  /// A value that stands for itself in any expression and after DEFAULT.
  package func literal(_ value: Value) -> String {
    switch value {
    case .null: "NULL"
    case .boolean(let value): value ? "1" : "0"
    case .integer(let value): String(value)
    case .decimal(let value): value.description
    case .double(let value): Self.literal(value)
    case .text(let value): Self.literal(value)
    case .blob(let bytes): Self.literal(bytes)
    }
  }

  /// The column types of LANGUAGE.md §9 "Database".
  package func typeName(_ type: AttributeType) -> String {
    type.usualSpelling
  }
}

extension SQLiteDialect {
  /// An identifier token of SQLite that is no keyword: a letter, `_` or any byte from 128 on, then
  /// also digits.
  private static func isPlain(_ name: String) -> Bool {
    var isFirst = true
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), 0x80...:
        break
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isFirst { return false }
      default:
        return false
      }
      isFirst = false
    }
    return !isFirst && !keywords.contains(name.uppercased())
  }

  /// SQLite has no spelling for an infinity but a number too large; a NaN is kept as NULL.
  private static func literal(_ value: Double) -> String {
    if value.isNaN { return "NULL" }
    if value.isInfinite { return value < 0 ? "-9e999" : "9e999" }
    return value.description
  }

  /// A NUL would end the statement, so a text with one is put together from its parts.
  private static func literal(_ text: String) -> String {
    var quoted = "'"
    var hasNul = false
    for character in text.unicodeScalars {
      switch character {
      case "'": quoted += "''"
      case "\0":
        quoted += "'||char(0)||'"
        hasNul = true
      default: quoted.unicodeScalars.append(character)
      }
    }
    quoted += "'"
    return hasNul ? "(" + quoted + ")" : quoted
  }

  private static func literal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var hex: [UInt8] = []
    hex.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      hex.append(digits[Int(byte >> 4)])
      hex.append(digits[Int(byte & 0x0F)])
    }
    return "x'" + String(decoding: hex, as: UTF8.self) + "'"
  }

  /// https://www.sqlite.org/lang_keywords.html, and the two names that SQLite reads as numbers.
  private static let keywords: Set<String> = [
    "ABORT", "ACTION", "ADD", "AFTER", "ALL", "ALTER", "ALWAYS", "ANALYZE", "AND", "AS", "ASC",
    "ATTACH", "AUTOINCREMENT", "BEFORE", "BEGIN", "BETWEEN", "BY", "CASCADE", "CASE", "CAST",
    "CHECK", "COLLATE", "COLUMN", "COMMIT", "CONFLICT", "CONSTRAINT", "CREATE", "CROSS", "CURRENT",
    "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DATABASE", "DEFAULT", "DEFERRABLE",
    "DEFERRED", "DELETE", "DESC", "DETACH", "DISTINCT", "DO", "DROP", "EACH", "ELSE", "END",
    "ESCAPE", "EXCEPT", "EXCLUDE", "EXCLUSIVE", "EXISTS", "EXPLAIN", "FAIL", "FALSE", "FILTER",
    "FIRST", "FOLLOWING", "FOR", "FOREIGN", "FROM", "FULL", "GENERATED", "GLOB", "GROUP", "GROUPS",
    "HAVING", "IF", "IGNORE", "IMMEDIATE", "IN", "INDEX", "INDEXED", "INITIALLY", "INNER",
    "INSERT", "INSTEAD", "INTERSECT", "INTO", "IS", "ISNULL", "JOIN", "KEY", "LAST", "LEFT",
    "LIKE", "LIMIT", "MATCH", "MATERIALIZED", "NATURAL", "NO", "NOT", "NOTHING", "NOTNULL", "NULL",
    "NULLS", "OF", "OFFSET", "ON", "OR", "ORDER", "OTHERS", "OUTER", "OVER", "PARTITION", "PLAN",
    "PRAGMA", "PRECEDING", "PRIMARY", "QUERY", "RAISE", "RANGE", "RECURSIVE", "REFERENCES",
    "REGEXP", "REINDEX", "RELEASE", "RENAME", "REPLACE", "RESTRICT", "RETURNING", "RIGHT",
    "ROLLBACK", "ROW", "ROWS", "SAVEPOINT", "SELECT", "SET", "TABLE", "TEMP", "TEMPORARY", "THEN",
    "TIES", "TO", "TRANSACTION", "TRIGGER", "TRUE", "UNBOUNDED", "UNION", "UNIQUE", "UPDATE",
    "USING", "VACUUM", "VALUES", "VIEW", "VIRTUAL", "WHEN", "WHERE", "WINDOW", "WITH", "WITHOUT",
  ]
}
