package import RelishLanguage
package import RelishModel

/// Expressions of walks as SQLite 3.39 and later read them (https://www.sqlite.org/lang_expr.html).
extension SQLiteDialect {
  /// `IS` compares any two values (https://www.sqlite.org/lang_expr.html#isisnot).
  package func identity(_ left: SQLText, _ right: SQLText, negated: Bool) -> SQLText {
    negated ? "\(left) IS NOT \(right)" : "\(left) IS \(right)"
  }

  /// LIKE disregards the case of ASCII letters, so other functions do the work; only GLOB with a text
  /// known beforehand can use an index (https://www.sqlite.org/optoverview.html#like_opt).
  package func textTest(
    _ test: TextTest, _ subject: SQLText, _ part: SQLText, constant: String?
  ) -> SQLText {
    switch test {
    case .contains:
      return "instr(\(subject), \(part)) > 0"
    case .startsWith:
      if let constant, let pattern = Self.globPrefix(constant) {
        return "\(subject) GLOB \(bind: .text(pattern))"
      }
      return "substr(\(subject), 1, length(\(part))) = \(part)"
    case .endsWith:
      if let constant, !constant.isEmpty {
        return "substr(\(subject), -\(constant.unicodeScalars.count)) = \(part)"
      }
      return "substr(\(subject), length(\(subject)) - length(\(part)) + 1) = \(part)"
    }
  }

  /// `Ma*`, with the signs of GLOB in brackets; nil for a text that GLOB cannot look for.
  private static func globPrefix(_ text: String) -> String? {
    guard !text.utf8.isEmpty, text.utf8.count <= 1_000, !text.utf8.contains(0) else { return nil }
    var pattern = ""
    for character in text.unicodeScalars {
      switch character {
      case "*", "?", "[": pattern += "[\(character)]"
      default: pattern.unicodeScalars.append(character)
      }
    }
    return pattern + "*"
  }

  /// Few keys as a list; many whole numbers as one JSON array, as bindings are limited in number
  /// (https://www.sqlite.org/limits.html, 9).
  package func membership(_ columns: [SQLText], in keys: [[Value]]) -> SQLText {
    guard columns.count == 1, let column = columns.first else {
      return pairs(columns, in: keys)
    }
    let values = keys.compactMap(\.first)
    if values.count > 500, let array = Self.jsonArray(values) {
      return "\(column) IN (SELECT value FROM json_each(\(bind: .text(array))))"
    }
    return "\(column) IN (\(values.map { "\(bind: $0)" as SQLText }.joined(separator: ", ")))"
  }

  /// Each key's columns joined by AND can use the index of the key; a long list of them is nested too
  /// deep, where a list of row values is not.
  private func pairs(_ columns: [SQLText], in keys: [[Value]]) -> SQLText {
    if keys.count > 200 {
      let rows = keys.map { key -> SQLText in
        "(\(key.map { "\(bind: $0)" as SQLText }.joined(separator: ", ")))"
      }
      let list = columns.joined(separator: ", ")
      return "(\(list)) IN (VALUES \(rows.joined(separator: ", ")))"
    }
    let tests = keys.map { key -> SQLText in
      let parts = zip(columns, key).map { "\($0) = \(bind: $1)" as SQLText }
      return "(\(parts.joined(separator: " AND ")))"
    }
    return "(\(tests.joined(separator: " OR ")))"
  }

  private static func jsonArray(_ values: [Value]) -> String? {
    var text = "["
    for value in values {
      guard case .integer(let number) = value else { return nil }
      if text.utf8.count > 1 { text += "," }
      text += String(number)
    }
    return text + "]"
  }

  /// A factor of 1.0, as `/` of two whole numbers leaves out the rest; SQLite divides by 0 to null.
  package func quotient(_ left: SQLText, _ right: SQLText) -> SQLText {
    "\(left) * 1.0 / \(right)"
  }

  /// `%` turns both sides to whole numbers first, so fractions are worked out by hand.
  package func remainder(_ left: SQLText, _ right: SQLText, areWhole: Bool) -> SQLText {
    areWhole
      ? "\(left) % \(right)"
      : "(\(left) - \(right) * CAST(\(left) * 1.0 / \(right) AS INTEGER))"
  }

  package var portable: any Dialect { SQLiteDialect() }

  /// SQLite's own `lower` and `upper` know the letters of ASCII only.
  package func call(_ function: SQLFunction, _ arguments: [SQLText]) -> SQLText {
    let list = arguments.joined(separator: ", ")
    let first = arguments.first ?? "NULL"
    switch function {
    case .lower, .upper:
      return "\(SQLText((hasOwnFunctions ? "relish_" : "") + function.rawValue))(\(list))"
    case .length, .trim, .round, .abs:
      return "\(SQLText(function.rawValue))(\(list))"
    case .coalesce:
      return arguments.count == 1 ? first : "coalesce(\(list))"
    case .concat:
      return
        "(\(arguments.map { "coalesce(\($0), '')" as SQLText }.joined(separator: " || ")))"
    case .substring: return "substr(\(list))"
    case .year: return "CAST(strftime('%Y', \(first)) AS INTEGER)"
    case .month: return "CAST(strftime('%m', \(first)) AS INTEGER)"
    case .day: return "CAST(strftime('%d', \(first)) AS INTEGER)"
    case .date: return "date(\(first))"
    case .midnight: return "(\(first) || ' 00:00:00')"
    case .decimalText:
      let digits = arguments.dropFirst().first ?? "0"
      return "CASE WHEN \(first) IS NOT NULL THEN printf('%.*f', \(digits), \(first)) END"
    case .booleanText:
      return "CASE \(first) WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
    }
  }

  /// `SUM` of fractions adds up their rounding errors, `relish_sum` does not; whole numbers are exact
  /// (https://www.sqlite.org/lang_aggfunc.html#sumunc).
  package func aggregate(
    _ function: AggregateFunction, _ value: SQLText?, filter: SQLText?, type: AttributeType?
  ) -> SQLText {
    let clause: SQLText = filter.map { " FILTER (WHERE \($0))" } ?? ""
    guard let value else { return "COUNT(*)\(clause)" }
    let isWhole = type == .integer || type == .bigint
    switch function {
    case .count: return "COUNT(\(value))\(clause)"
    case .sum:
      let name: SQLText = hasOwnFunctions && !isWhole ? "relish_sum" : "SUM"
      return "COALESCE(\(name)(\(value))\(clause), 0)"
    case .avg:
      let name: SQLText = hasOwnFunctions && !isWhole ? "relish_avg" : "AVG"
      return "\(name)(\(value))\(clause)"
    case .min: return "MIN(\(value))\(clause)"
    case .max: return "MAX(\(value))\(clause)"
    }
  }

  /// SQLite takes null for the least of all values (https://www.sqlite.org/lang_select.html#orderby).
  package func sortKey(_ expression: SQLText, isDescending: Bool) -> SQLText {
    isDescending ? "\(expression) DESC" : expression
  }
}
