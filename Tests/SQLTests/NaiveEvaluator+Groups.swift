import Foundation
import RelishLanguage

extension NaiveEvaluator {
  /// Rows gathered by values.
  struct Group {
    struct Key {
      var text: String
      /// The names when it is a path.
      var names: [String]
      /// The model when it is a row.
      var model: String?
      var row: Row?
      /// The value, or the row's primary key.
      var cells: [Cell]
    }

    var keys: [Key]
    var rows: [Row]

    /// The grouped value that a path begins with, and what is left of the path.
    func key(of names: [String]) throws -> (Key, [String]) {
      let whole = keys.filter { !$0.names.isEmpty && names.starts(with: $0.names) }
      if let key = whole.max(by: { $0.names.count < $1.names.count }) {
        return (key, Array(names.dropFirst(key.names.count)))
      }
      let last = keys.filter { $0.names.last == names.first }
      guard let key = last.first, last.count == 1 else { throw Problem("not grouped: \(names)") }
      return (key, Array(names.dropFirst()))
    }

    /// The value of a grouped expression that is said again.
    func value(of expression: RelishLanguage.Expression) -> Cell? {
      if case .path = expression { return nil }
      let text = SyntaxWriter.expression(expression)
      return keys.first { $0.text == text }?.cells[0]
    }
  }

  func groups(_ rows: [Row], by keys: [RelishLanguage.Expression]) throws -> [Group] {
    if keys.isEmpty { return [Group(keys: [], rows: rows)] }
    var groups: [Group] = []
    for row in rows {
      let found = try keys.map { try key($0, row) }
      if let known = groups.firstIndex(where: { $0.keys.map(\.cells) == found.map(\.cells) }) {
        groups[known].rows.append(row)
      } else {
        groups.append(Group(keys: found, rows: [row]))
      }
    }
    return groups
  }

  private func key(_ expression: RelishLanguage.Expression, _ row: Row) throws -> Group.Key {
    let text = SyntaxWriter.expression(expression)
    guard case .path(let path) = expression else {
      return Group.Key(
        text: text, names: [], cells: [try value(expression, [.row(row)])])
    }
    let names = path.names.map(\.text)
    var model: String? = row.model
    for name in names { model = model.flatMap { NaiveShop.target(of: name, on: $0) } }
    guard let model else {
      return Group.Key(
        text: text, names: names, cells: [try value(expression, [.row(row)])])
    }
    let end = follow(names, from: [row], row.model).rows.first
    let cells = NaiveShop.primaryKey(model).map { end?.cells[$0] ?? .null }
    return Group.Key(text: text, names: names, model: model, row: end, cells: cells)
  }

  // MARK: Aggregates

  func aggregate(_ aggregate: AggregateSyntax, _ nouns: [Noun]) throws -> Cell {
    guard let noun = nouns.last else { throw Problem("no noun") }
    switch noun {
    case .row(let row, _):
      let owned = try owned(aggregate, row, nouns)
      return summary(aggregate, try owned.map { try $0.cell() })
    case .group(let group):
      var all: [Owned] = []
      for row in group.rows {
        for item in try owned(aggregate, row, nouns.dropLast() + [.row(row)]) {
          // A row that several rows of the group lead to counts once.
          guard item.isOwn || !all.contains(where: { $0.row == item.row }) else { continue }
          all.append(item)
        }
      }
      return summary(aggregate, try all.map { try $0.cell() })
    }
  }

  /// A row that an aggregate looks at.
  private struct Owned {
    var row: Row
    /// The row of the noun itself, not one that it leads to.
    var isOwn: Bool
    /// What is added up; nil: the row itself counts.
    var cell: () throws -> Cell?
  }

  private func owned(
    _ aggregate: AggregateSyntax, _ row: Row, _ nouns: [Noun]
  ) throws -> [Owned] {
    var end = End(rows: [row])
    var isOwn = true
    if let path = aggregate.path {
      end = try follow(path, nouns)
      isOwn = end.attribute != nil && isToOne(path.names.dropLast().map(\.text), row.model)
    }
    if isOwn {
      guard try aggregate.condition.map({ try truth($0, nouns) == true }) ?? true else { return [] }
      return [
        Owned(row: row, isOwn: true) {
          if let attribute = end.attribute { return end.rows.first?.cells[attribute] ?? .null }
          return try aggregate.value.map { try value($0, nouns) }
        }
      ]
    }
    return try end.rows.filter { other in
      try aggregate.condition.map { try truth($0, nouns + [.row(other)]) == true } ?? true
    }.map { other in
      Owned(row: other, isOwn: false) {
        if let attribute = end.attribute { return other.cells[attribute] ?? .null }
        return try aggregate.value.map { try value($0, nouns + [.row(other)]) }
      }
    }
  }

  /// - Parameter cells: nil for a row that counts without a value.
  private func summary(_ aggregate: AggregateSyntax, _ cells: [Cell?]) -> Cell {
    let known = cells.filter { $0 != .null }
    let values = known.compactMap { $0 }
    let numbers = values.compactMap { cell -> Foundation.Decimal? in
      if case .number(let number) = cell { number } else { nil }
    }
    let sum = numbers.reduce(Foundation.Decimal(0), +)
    switch aggregate.function {
    case .count: return .number(Foundation.Decimal(known.count))
    case .sum: return .number(sum)
    case .avg: return values.isEmpty ? .null : .number(sum / Foundation.Decimal(values.count))
    case .min: return values.min { precedes($0, $1) } ?? .null
    case .max: return values.max { precedes($0, $1) } ?? .null
    }
  }

  private func isToOne(_ names: [String], _ start: String) -> Bool {
    var model = start
    for name in names {
      guard NaiveShop.isToOne(name, on: model), let next = NaiveShop.target(of: name, on: model)
      else { return false }
      model = next
    }
    return true
  }

  /// Whether an aggregate in it is over the rows themselves, so that a `show` answers one row for all.
  func isFree(_ expression: RelishLanguage.Expression, _ model: String) -> Bool {
    switch expression {
    case .literal, .variable, .path: return false
    case .aggregate(let aggregate):
      guard let names = aggregate.path?.names.map(\.text), let last = names.last else {
        return true
      }
      let end = names.dropLast().reduce(Optional(model)) { at, name in
        at.flatMap { NaiveShop.target(of: name, on: $0) }
      }
      return isToOne(Array(names.dropLast()), model)
        && end.flatMap { NaiveShop.target(of: last, on: $0) } == nil
    case .call(_, let arguments, _): return arguments.contains { isFree($0, model) }
    case .negate(let inner, _): return isFree(inner, model)
    case .binary(_, let left, let right, _): return isFree(left, model) || isFree(right, model)
    }
  }
}
