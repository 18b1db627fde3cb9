import RelishDrivers
import RelishModel
import RelishSQL

/// A schema as SQLite's own pragmas tell it, one fact a line, in no order of their own. What makes no
/// difference to any row is left out: how a name is quoted, where a constraint stands, the numbers of
/// automatic indexes.
struct SchemaDump {
  let driver: SQLiteDriver

  static func lines(of driver: SQLiteDriver) throws -> [String] {
    try SchemaDump(driver: driver).lines().sorted()
  }

  private func lines() throws -> [String] {
    var lines: [String] = []
    for row in try texts(
      "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        + "AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
    {
      lines.append("table \(row)")
      lines += try columns(of: row[0]).map { "\(row[0]): column \($0)" }
      lines += try indexes(of: row[0]).map { "\(row[0]): index \($0)" }
      lines += try keys(of: row[0]).map { "\(row[0]): key \($0)" }
      let text = try texts(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = \(literal(row[0]))")
      lines += constraints(text.first?.first ?? "").map { "\(row[0]): \($0)" }
    }
    for row in try texts(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')")
    {
      lines.append("\(row)")
    }
    return lines
  }

  private func columns(of table: String) throws -> [String] {
    // A key that is the rowid has no index, and NOT NULL says nothing about it.
    let hasKeyIndex = try !texts(
      "SELECT 1 FROM pragma_index_list(\(literal(table))) WHERE origin = 'pk'"
    ).isEmpty
    return try texts(
      "SELECT cid, name, type, \"notnull\", dflt_value, pk, hidden FROM "
        + "pragma_table_xinfo(\(literal(table)))"
    ).map { row in
      var fact = row
      if row[5] != "0", !hasKeyIndex { fact[3] = "" }
      fact[4] = try value(of: row[4], as: row[2])
      return "\(fact) \(try collation(of: row[1], in: table))"
    }
  }

  /// No pragma tells the collation of a column, but that of an index over it.
  private func collation(of column: String, in table: String) throws -> String {
    let names = [table, column].map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
    // A column that is computed from itself can be made, but not used.
    guard (try? driver.run("CREATE INDEX \"a probe\" ON \(names[0])(\(names[1]))")) != nil else {
      return ""
    }
    let rows = try texts("SELECT upper(coll) FROM pragma_index_xinfo('a probe') WHERE key = 1")
    try driver.run("DROP INDEX \"a probe\"")
    return rows.first?.first ?? ""
  }

  /// The value that a row gets which does not name the column.
  private func value(of text: String, as type: String) throws -> String {
    if text.isEmpty { return "" }
    if text.uppercased().contains("CURRENT_") || text.contains("now") {
      return words(text).joined(separator: " ").uppercased()
    }
    let value =
      text.allSatisfy(\.isLetter) && !["null", "true", "false"].contains(text.lowercased())
      ? literal(text) : text
    // Type words that hold brackets or quotes make no difference to a value.
    try driver.run("CREATE TEMP TABLE d(a \(type), c \(type) DEFAULT (\(value)))")
    defer { _ = try? driver.run("DROP TABLE temp.d") }
    try driver.run("INSERT INTO temp.d(a) VALUES (0)")
    let result = try texts("SELECT typeof(c) || ' ' || quote(c) FROM temp.d").first?.first ?? ""
    return result == "null NULL" ? "" : result
  }

  private func indexes(of table: String) throws -> [String] {
    try texts(
      "SELECT name, \"unique\", origin, partial FROM pragma_index_list(\(literal(table)))"
    ).map { row in
      let terms = try texts(
        "SELECT cid, name, desc, upper(coll) FROM pragma_index_xinfo(\(literal(row[0]))) WHERE key = 1"
      )
      let text = try texts(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = \(literal(row[0]))")
      let definition = words(text.first?.first ?? "").filter { $0 != "asc" }
      return "\(row[2] == "c" ? row[0] : "") \(row[1...]) \(terms) \(definition)"
    }
  }

  private func keys(of table: String) throws -> [String] {
    let rows = try texts(
      "SELECT id, seq, \"table\", \"from\", \"to\", on_update, on_delete, match "
        + "FROM pragma_foreign_key_list(\(literal(table))) ORDER BY id, seq")
    return try Dictionary(grouping: rows, by: { $0[0] }).values.map { rows in
      // Without columns the primary key is meant.
      let key = try texts(
        "SELECT name FROM pragma_table_info(\(literal(rows[0][2]))) WHERE pk > 0 ORDER BY pk")
      return rows.enumerated().map { place, row in
        let target = row[4].isEmpty && key.count == rows.count ? key[place][0] : row[4]
        return "\(row[2]).\(target) \(row[3]) \(row[5...])"
      }.joined(separator: ", ")
    }
  }

  /// What no pragma tells, as words of the text: conditions, computed values, the words
  /// about conflicts and about the end of a transaction.
  private func constraints(_ sql: String) -> [String] {
    let words = words(sql)
    var lines: [String] = []
    for (place, word) in words.enumerated() {
      let next = place + 1 < words.count ? words[place + 1] : ""
      switch word {
      case "check", "as":
        guard next == "(" else { continue }
        lines.append("\(word) \(bracket(in: words, from: place + 1))")
      case "autoincrement": lines.append(word)
      case "deferred":
        if place < 3 || words[place - 3] != "not" { lines.append("deferred") }
      default: break
      }
    }
    return lines
  }

  private func bracket(in words: [String], from start: Int) -> String {
    var depth = 0
    var found: [String] = []
    for word in words[start...] {
      depth += word == "(" ? 1 : word == ")" ? -1 : 0
      if depth == 0 { break }
      found.append(word)
    }
    // Further brackets around the whole say nothing.
    while found.count > 1, found[1] == "(", found.last == ")" {
      found = [found[0]] + found[2..<(found.count - 1)]
    }
    return found.joined(separator: " ")
  }

  /// Words in small letters, names without quotes, no comments.
  private func words(_ sql: String) -> [String] {
    var words: [String] = []
    var rest = Substring(sql)
    while let first = rest.first {
      if rest.hasPrefix("--") {
        rest = rest.drop { $0 != "\n" }
      } else if rest.hasPrefix("/*") {
        rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
      } else if first.isWhitespace {
        rest.removeFirst()
      } else if let end = ["'": "'", "\"": "\"", "`": "`", "[": "]"][first] as Character? {
        var text = ""
        rest.removeFirst()
        while let next = rest.popFirst() {
          if next != end {
            text.append(next)
          } else if rest.first == end, end != "]" {
            text.append(next)
            rest.removeFirst()
          } else {
            break
          }
        }
        words.append(first == "'" ? "'\(text)'" : text.lowercased())
      } else if first.isLetter || first.isNumber || first == "_" || first == "." {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        words.append(word.lowercased())
        rest = rest.dropFirst(word.count)
      } else {
        words.append(String(first))
        rest.removeFirst()
      }
    }
    return words
  }

  private func literal(_ text: String) -> String { driver.dialect.literal(.text(text)) }

  private func texts(_ sql: String) throws -> [[String]] {
    try driver.rows(sql).map { row in
      row.map { value in
        switch value {
        case .text(let text): text
        case .integer(let number): String(number)
        default: ""
        }
      }
    }
  }
}
