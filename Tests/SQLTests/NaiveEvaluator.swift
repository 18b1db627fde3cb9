import Foundation
import RelishLanguage

/// Answers walks by looking at every row, as LANGUAGE.md §7 and §9 read.
///
/// It knows nothing of relish's resolver or SQL; it shares only the parser's syntax with them.
struct NaiveEvaluator {
  typealias Row = NaiveShop.Row
  let shop: NaiveShop

  struct Problem: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  struct Answer {
    var rows: [[Cell]]
    var isOrdered: Bool
  }

  func answer(_ query: QuerySyntax) throws -> Answer {
    var rows = try noun(shop.all(query.model.text), query.pick)
    var model = query.model.text
    var clauses = query.clauses
    for hop in query.hops {
      guard let target = NaiveShop.target(of: hop.name.text, on: model) else {
        clauses.conditions += hop.clauses.conditions
        clauses.sort = hop.clauses.sort ?? clauses.sort
        clauses.limit = hop.clauses.limit ?? clauses.limit
        let found = try apply(clauses, to: rows, show: nil)
        return Answer(
          rows: found.map { [$0.cells[hop.name.text] ?? .null] },
          isOrdered: clauses.sort != nil || clauses.limit != nil)
      }
      model = target
      rows = try apply(clauses, to: rows, show: nil)
      var next: [Row] = []
      var seen: Set<Row> = []
      for row in rows {
        for other in shop.follow(hop.name.text, from: row) ?? [] where seen.insert(other).inserted {
          next.append(other)
        }
      }
      rows = try noun(next, hop.pick)
      clauses = hop.clauses
    }
    let show = clauses.show?.value
    let found = try apply(clauses, to: rows, show: show)
    let cells = try found.map { row -> [Cell] in
      try (show ?? []).map { try value($0.expression, [row]) }
    }
    return Answer(rows: cells, isOrdered: clauses.sort != nil || clauses.limit != nil)
  }

  private func noun(_ rows: [Row], _ pick: Pick?) throws -> [Row] {
    guard let pick else { return rows }
    switch pick.value {
    case .integer(let key):
      return rows.filter { row in
        NaiveShop.primaryKey(row.model).map { row.cells[$0] } == [.number(Decimal(key))]
      }
    case .text(let text):
      return rows.filter { row in
        let key = NaiveShop.primaryKey(row.model).map { row.cells[$0] }
        if key == [.text(text)] { return true }
        let keyed = shop.all(row.model).contains { other in
          NaiveShop.primaryKey(other.model).map { other.cells[$0] } == [.text(text)]
        }
        return !keyed && NaiveShop.label(row.model).flatMap { row.cells[$0] } == .text(text)
      }
    case .variable(let name): throw Problem("variable \(name)")
    }
  }

  private func apply(_ clauses: Clauses, to rows: [Row], show: [ShowItem]?) throws -> [Row] {
    var found = try rows.filter { row in
      try clauses.conditions.allSatisfy { try truth($0, [row]) == true }
    }
    if clauses.sort == nil, clauses.limit == nil { return found }
    let keys = clauses.sort?.value ?? []
    let keyed = try found.map { row in
      (row: row, keys: try keys.map { try sortValue($0.expression, row, show) })
    }
    found = keyed.sorted { left, right in
      for (key, pair) in zip(keys, zip(left.keys, right.keys)) where pair.0 != pair.1 {
        return precedes(pair.0, pair.1) != key.isDescending
      }
      for name in NaiveShop.primaryKey(left.row.model) {
        let pair = (left.row.cells[name] ?? .null, right.row.cells[name] ?? .null)
        if pair.0 != pair.1 { return precedes(pair.0, pair.1) }
      }
      return false
    }.map(\.row)
    guard let limit = clauses.limit?.value else { return found }
    return Array(found.dropFirst(limit.offset).prefix(limit.count))
  }

  private func sortValue(
    _ expression: RelishLanguage.Expression, _ row: Row, _ show: [ShowItem]?
  ) throws -> Cell {
    if case .path(let path) = expression, path.names.count == 1,
      let item = show?.first(where: { $0.alias?.text == path.names[0].text })
    {
      return try value(item.expression, [row])
    }
    return try value(expression, [row])
  }

  /// Null is less than every value; texts go by their bytes.
  private func precedes(_ left: Cell, _ right: Cell) -> Bool {
    switch (left, right) {
    case (.null, _): right != .null
    case (_, .null): false
    case (.number(let left), .number(let right)): left < right
    case (.text(let left), .text(let right)):
      left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.truth(let left), .truth(let right)): !left && right
    default: false
    }
  }

  // MARK: Paths

  /// The rows at the end of a path and the attribute after them, if any.
  func follow(_ path: Path, _ nouns: [Row]) throws -> (rows: [Row], attribute: String?) {
    var names = path.names.map(\.text)
    var start = nouns[nouns.count - 1]
    if names.first == "outer" {
      start = nouns[nouns.count - 2]
      names.removeFirst()
    }
    var rows = [start]
    var model = start.model
    for name in names {
      guard let target = NaiveShop.target(of: name, on: model) else { return (rows, name) }
      var next: [Row] = []
      for other in rows.flatMap({ shop.follow(name, from: $0) ?? [] }) where !next.contains(other) {
        next.append(other)
      }
      (rows, model) = (next, target)
    }
    return (rows, nil)
  }

  private func key(_ row: Row?) -> [Cell]? {
    row.map { row in NaiveShop.primaryKey(row.model).map { row.cells[$0] ?? .null } }
  }

  // MARK: Conditions

  /// True, false, or nil for what is not known.
  func truth(_ condition: Condition, _ nouns: [Row]) throws -> Bool? {
    switch condition {
    case .and(let parts):
      let all = try parts.map { try truth($0, nouns) }
      return all.contains(false) ? false : all.contains(nil) ? nil : true
    case .or(let parts):
      let all = try parts.map { try truth($0, nouns) }
      return all.contains(true) ? true : all.contains(nil) ? nil : false
    case .not(let inner, _): return try truth(inner, nouns).map { !$0 }
    case .quantified(let quantifier, let path, let test, _):
      let rows = try follow(path, nouns).rows
      let met = try rows.filter { row in
        try test.map { try truth($0, nouns + [row]) == true } ?? true
      }
      switch quantifier {
      case .some: return !met.isEmpty
      case .no: return met.isEmpty
      case .every: return met.count == rows.count
      }
    case .compare(let comparison, let left, let right, let ignoringCase, _):
      if let (first, second) = try rowKeys(left, right, nouns) {
        guard let first, let second else { return nil }
        return (first == second) == (comparison == .equal)
      }
      let first = folded(try value(left, nouns), ignoringCase)
      let second = folded(try value(right, nouns), ignoringCase)
      return compare(comparison, first, second)
    case .identical(let left, let right, let negated, _):
      if let (first, second) = try rowKeys(left, right, nouns) {
        return (first == second) != negated
      }
      return (try value(left, nouns) == value(right, nouns)) != negated
    case .within(let subject, let values, let negated, let ignoringCase, _):
      let subject = folded(try value(subject, nouns), ignoringCase)
      let all = try values.map {
        compare(.equal, subject, folded(try value($0, nouns), ignoringCase))
      }
      let found = all.contains(true) ? true : all.contains(nil) ? nil : false
      return found.map { $0 != negated }
    case .between(let subject, let low, let high, let negated, _, _):
      let subject = try value(subject, nouns)
      let above = compare(.greaterOrEqual, subject, try value(low, nouns))
      let below = compare(.lessOrEqual, subject, try value(high, nouns))
      let both =
        above == false || below == false ? false : above == nil || below == nil ? nil : true
      return both.map { $0 != negated }
    case .text(let test, let subject, let part, let negated, let ignoringCase, _):
      guard case .text(let subject) = folded(try value(subject, nouns), ignoringCase),
        case .text(let part) = folded(try value(part, nouns), ignoringCase)
      else { return nil }
      let holds =
        switch test {
        case .contains: part.isEmpty || subject.contains(part)
        case .startsWith: subject.hasPrefix(part)
        case .endsWith: subject.hasSuffix(part)
        }
      return holds != negated
    case .truth(let expression):
      guard case .truth(let truth) = try value(expression, nouns) else { return nil }
      return truth
    }
  }

  private func folded(_ cell: Cell, _ ignoringCase: Bool) -> Cell {
    if ignoringCase, case .text(let text) = cell { .text(text.lowercased()) } else { cell }
  }

  /// The keys of two rows when a side is a row; nil inside when there is none.
  private func rowKeys(
    _ left: RelishLanguage.Expression, _ right: RelishLanguage.Expression, _ nouns: [Row]
  ) throws -> ([Cell]?, [Cell]?)? {
    guard case .path(let path) = left, case (let rows, nil) = try follow(path, nouns) else {
      return nil
    }
    switch right {
    case .literal(.null, _): return (key(rows.first), nil)
    case .literal: return (key(rows.first), [try value(right, nouns)])
    case .path(let other): return (key(rows.first), key(try follow(other, nouns).rows.first))
    default: throw Problem("row beside \(right)")
    }
  }

  private func compare(_ comparison: ComparisonOperator, _ left: Cell, _ right: Cell) -> Bool? {
    guard left != .null, right != .null else { return nil }
    if case .text(let long) = left, case .text(let written) = right, long.utf8.count == 19,
      written.hasSuffix("Z")
    {
      let kept = written.dropLast().replacingOccurrences(of: "T", with: " ")
      return compare(comparison, left, .text(kept))
    }
    // A date given for a datetime is its midnight.
    if case .text(let long) = left, case .text(let short) = right, long.utf8.count == 19,
      short.utf8.count == 10
    {
      return compare(comparison, left, .text(short + " 00:00:00"))
    }
    return switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: precedes(left, right)
    case .lessOrEqual: !precedes(right, left)
    case .greater: precedes(right, left)
    case .greaterOrEqual: !precedes(left, right)
    }
  }
}
