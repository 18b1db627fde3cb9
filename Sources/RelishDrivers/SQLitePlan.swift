package import RelishModel

/// Reads the lines of EXPLAIN QUERY PLAN (sqlite.org/eqp.html), which are meant for people: a line that
/// is not understood says nothing.
package enum SQLitePlan {
  /// `SEARCH t1 USING INDEX products_userId (userId=?)`, `SCAN t0`, `USE TEMP B-TREE FOR ORDER BY`
  package static func reading(of line: String) -> PlanReading? {
    if line.hasPrefix("USE TEMP B-TREE FOR "), line.hasSuffix("ORDER BY") {
      // The last term is the primary key, in rows that an index has in order otherwise.
      return line.contains("LAST TERM") ? nil : .sort
    }
    var words = line.split(separator: " ")[...]
    guard let verb = words.popFirst(), verb == "SCAN" || verb == "SEARCH",
      let alias = words.popFirst()
    else { return nil }
    let isTemporary = words.contains("AUTOMATIC")
    var index: TableReading.Index?
    if words.popFirst() == "USING" {
      while let word = words.first, word != "INDEX", word != "PRIMARY" { words.removeFirst() }
      if words.popFirst() == "PRIMARY" {
        index = .primaryKey
      } else if isTemporary {
        index = .temporary
      } else {
        let name = words.prefix { $0.first != "(" }.filter { $0 != "LEFT-JOIN" }
        index = .named(name.joined(separator: " "))
      }
    }
    return .table(
      TableReading(
        alias: String(alias), readsAll: verb == "SCAN", index: index, columns: columns(in: line)))
  }

  /// The names in `(userId=? AND price>?)`.
  private static func columns(in line: String) -> [String] {
    guard let start = line.lastIndex(of: "("), let end = line.lastIndex(of: ")"), start < end else {
      return []
    }
    var names: [String] = []
    for part in line[line.index(after: start)..<end].components(of: " AND ") {
      let name = String(part.prefix { !"<>=".contains($0) })
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension Substring {
  /// The parts between the separators.
  fileprivate func components(of separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self
    while let found = rest.firstRange(of: separator) {
      parts.append(rest[..<found.lowerBound])
      rest = rest[found.upperBound...]
    }
    return parts + [rest]
  }
}
