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
    /// One per innermost row.
    var rows: [[Cell]]
    /// One per row of the last noun, or per group.
    var nodes: [NestedRow]
    var isOrdered: Bool
  }

  /// What an expression is about: a row, perhaps with the junction's row beside it, or a group.
  indirect enum Noun {
    case row(Row, junction: Row?)
    case group(Group)

    static func row(_ row: Row) -> Noun { .row(row, junction: nil) }
  }

  func answer(_ query: QuerySyntax) throws -> Answer {
    var rows = try noun(shop.all(query.model.text), query.pick)
    var model = query.model.text
    var clauses = query.clauses
    for hop in query.hops {
      guard let target = NaiveShop.target(of: hop.name.text, on: model) else {
        clauses.conditions += hop.clauses.conditions
        clauses.sort = hop.clauses.sort ?? clauses.sort
        clauses.top = hop.clauses.top ?? clauses.top
        clauses.limit = hop.clauses.limit ?? clauses.limit
        let found = try apply(clauses, to: rows.map { .row($0) }, show: nil, [])
        let cells = found.map { [$0.row?.cells[hop.name.text] ?? .null] }
        return Answer(
          rows: cells, nodes: cells.map { NestedRow(cells: $0) }, isOrdered: clauses.isOrdered)
      }
      model = target
      let start = try apply(clauses, to: rows.map { .row($0) }, show: nil, []).compactMap(\.row)
      var next = step(hop.name.text, from: start)
      if hop.tree != nil {
        var round = next
        while !round.isEmpty {
          round = step(hop.name.text, from: round).filter { !next.contains($0) }
          next += round
        }
      }
      rows = try noun(next, hop.pick)
      clauses = hop.clauses
    }
    return try answer(clauses, rows, model)
  }

  /// The rows that a relation leads to from any of the rows, each once.
  private func step(_ name: String, from rows: [Row]) -> [Row] {
    var seen: Set<Row> = []
    return rows.flatMap { shop.follow(name, from: $0) ?? [] }.filter { seen.insert($0).inserted }
  }

  private func answer(_ clauses: Clauses, _ rows: [Row], _ model: String) throws -> Answer {
    let show = clauses.show?.value
    let isGrouped =
      clauses.group != nil || show?.contains { isFree($0.expression, model) } == true
    var nouns: [Noun] = rows.map { .row($0) }
    if isGrouped {
      let kept = try nouns.filter { try holds(clauses.conditions, [$0]) }.compactMap(\.row)
      nouns = try groups(kept, by: clauses.group?.value ?? []).map { .group($0) }
    } else if clauses.with != nil, !clauses.isOrdered {
      nouns.sort { precedesByKey($0, $1) }
    }
    let found = try apply(clauses, to: nouns, show: show, [])
    let nodes = try found.map { noun -> NestedRow in
      guard let show else { return NestedRow(cells: plain(noun)) }
      return NestedRow(cells: try show.map { try value($0.expression, [noun]) })
    }
    guard let with = clauses.with?.value else {
      return Answer(rows: nodes.map(\.cells), nodes: nodes, isOrdered: clauses.isOrdered)
    }
    let whole = try zip(nodes, found).map { node, noun in
      NestedRow(cells: node.cells, nests: try nests(with, [noun]))
    }
    return Answer(rows: whole.flatMap { $0.flat() }, nodes: whole, isOrdered: true)
  }

  /// What is shown where nothing says what.
  func plain(_ noun: Noun) -> [Cell] {
    switch noun {
    case .row(let row, _):
      return (NaiveShop.attributes[row.model] ?? []).map { row.cells[$0] ?? .null }
    case .group(let group):
      return group.keys.flatMap(\.cells) + [.number(Decimal(group.rows.count))]
    }
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

  /// What the clauses of one noun leave of its rows or groups, in order.
  func apply(
    _ clauses: Clauses, to nouns: [Noun], show: [ShowItem]?, _ outer: [Noun]
  ) throws -> [Noun] {
    var found = try nouns.filter { noun in
      if case .group = noun { return try holds(clauses.groupConditions, outer + [noun]) }
      return try holds(clauses.conditions, outer + [noun])
    }
    if let top = clauses.top?.value {
      let key = SortKey(expression: top.key, isDescending: true)
      found = Array(try sorted(found, by: [key], show, outer).prefix(top.count))
    }
    if let sort = clauses.sort?.value {
      found = try sorted(found, by: sort, show, outer)
    } else if clauses.top == nil, clauses.limit != nil {
      found = try sorted(found, by: [], show, outer)
    }
    guard let limit = clauses.limit?.value else { return found }
    return Array(found.dropFirst(limit.offset).prefix(limit.count))
  }

  private func holds(_ conditions: [Condition], _ nouns: [Noun]) throws -> Bool {
    try conditions.allSatisfy { try truth($0, nouns) == true }
  }

  private func sorted(
    _ nouns: [Noun], by keys: [SortKey], _ show: [ShowItem]?, _ outer: [Noun]
  ) throws -> [Noun] {
    let keyed = try nouns.map { noun in
      (noun: noun, keys: try keys.map { try sortValue($0.expression, outer + [noun], show) })
    }
    return keyed.sorted { left, right in
      for (key, pair) in zip(keys, zip(left.keys, right.keys)) where pair.0 != pair.1 {
        return precedes(pair.0, pair.1) != key.isDescending
      }
      return precedesByKey(left.noun, right.noun)
    }.map(\.noun)
  }

  /// By the primary key, or the values of a group.
  func precedesByKey(_ left: Noun, _ right: Noun) -> Bool {
    for pair in zip(key(left), key(right)) where pair.0 != pair.1 {
      return precedes(pair.0, pair.1)
    }
    return false
  }

  private func key(_ noun: Noun) -> [Cell] {
    switch noun {
    case .row(let row, _): NaiveShop.primaryKey(row.model).map { row.cells[$0] ?? .null }
    case .group(let group): group.keys.flatMap(\.cells)
    }
  }

  private func sortValue(
    _ expression: RelishLanguage.Expression, _ nouns: [Noun], _ show: [ShowItem]?
  ) throws -> Cell {
    if case .path(let path) = expression, path.names.count == 1,
      let item = show?.first(where: { $0.alias?.text == path.names[0].text })
    {
      return try value(item.expression, nouns)
    }
    return try value(expression, nouns)
  }

  /// Null is less than every value; texts go by their bytes.
  func precedes(_ left: Cell, _ right: Cell) -> Bool {
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

  /// The rows at the end of a path and the attribute after them, if any, with the cell where the path
  /// is a grouped value.
  struct End {
    var rows: [Row]
    var attribute: String?
    var cell: Cell?
  }

  func follow(_ path: Path, _ nouns: [Noun]) throws -> End {
    var names = path.names.map(\.text)
    guard var start = nouns.last else { throw Problem("no noun") }
    if names.first == "outer", !path.names[0].isQuoted {
      start = nouns[nouns.count - 2]
      names.removeFirst()
    }
    switch start {
    case .row(let row, let junction):
      if let junction, names.count == 1, row.cells[names[0]] == nil,
        NaiveShop.target(of: names[0], on: row.model) == nil
      {
        return End(rows: [junction], attribute: names[0])
      }
      return follow(names, from: [row], row.model)
    case .group(let group):
      let (key, rest) = try group.key(of: names)
      guard let model = key.model else { return End(rows: [], cell: key.cells[0]) }
      return follow(rest, from: key.row.map { [$0] } ?? [], model)
    }
  }

  func follow(_ names: [String], from start: [Row], _ model: String) -> End {
    var (rows, model) = (start, model)
    for name in names {
      guard let target = NaiveShop.target(of: name, on: model) else {
        return End(rows: rows, attribute: name)
      }
      rows = step(name, from: rows)
      model = target
    }
    return End(rows: rows)
  }

  private func key(_ row: Row?) -> [Cell]? {
    row.map { row in NaiveShop.primaryKey(row.model).map { row.cells[$0] ?? .null } }
  }

  // MARK: Conditions

  /// True, false, or nil for what is not known.
  func truth(_ condition: Condition, _ nouns: [Noun]) throws -> Bool? {
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
        try test.map { try truth($0, nouns + [.row(row)]) == true } ?? true
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
    _ left: RelishLanguage.Expression, _ right: RelishLanguage.Expression, _ nouns: [Noun]
  ) throws -> ([Cell]?, [Cell]?)? {
    guard case .path(let path) = left, case let end = try follow(path, nouns), end.attribute == nil,
      end.cell == nil
    else { return nil }
    let rows = end.rows
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

extension NaiveEvaluator.Noun {
  var row: NaiveShop.Row? { if case .row(let row, _) = self { row } else { nil } }
}

extension Clauses {
  /// Whether the order of the rows means something.
  var isOrdered: Bool { sort != nil || top != nil || limit != nil }
}
