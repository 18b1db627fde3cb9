import RelishDrivers
import RelishModel

/// How conflicts of `undo` and `redo` are told: the row, what was left there, what is there now.
struct ConflictWords {
  private static let limit = 5
  let graph: ModelGraph

  /// At most five, then how many more there are.
  func list(_ conflicts: [ChangeConflict]) -> String {
    var words = conflicts.prefix(Self.limit).map(sentence)
    let rest = conflicts.count - words.count
    if rest > 0 { words.append("and \(Wording.grouped(rest)) more") }
    return words.joined(separator: "; ")
  }

  private func sentence(_ conflict: ChangeConflict) -> String {
    let row = self.row(conflict)
    switch conflict.reason {
    case .gone: return "\(row) is gone"
    case .changed(let cells):
      let changes = cells.prefix(4).map { cell in
        let name = attribute(cell.column, of: conflict.table)
        return "\(name) was left as \(Wording.value(cell.left)) and is \(Wording.value(cell.now))"
      }
      let rest = cells.count - changes.count
      return "of \(row) \(changes.joined(separator: ", "))" + (rest > 0 ? " and \(rest) more" : "")
    case .taken: return "there is a \(row) already"
    case .constraint(let words):
      return words.isEmpty
        ? "\(row) would break a rule, such as a unique value that another row has"
        : "\(row): \(words)"
    case .pointedTo(let table, let count):
      let model = model(of: table)?.name ?? table
      return
        "\(Wording.lowerCount(count, model)) \(count == 1 ? "points" : "point") to \(row), which "
        + "would not be there"
    case .otherTable: return "the table `\(conflict.table)` is gone or has other columns"
    case .virtualTable:
      return "rows of `\(conflict.table)`, which a virtual table keeps for itself, changed with it"
    }
  }

  /// `User 3`, `CartItem cartId 1, productId 2`
  private func row(_ conflict: ChangeConflict) -> String {
    let model = model(of: conflict.table)
    let name = model?.name ?? conflict.table
    let values = conflict.key.map { Wording.value($0.value) }
    if let only = values.first, values.count == 1,
      model?.primaryKey.count == 1,
      conflict.key.first.map({ attribute($0.column, of: conflict.table) })
        == model?.primaryKey.first
    {
      return "\(name) \(only)"
    }
    let parts = zip(conflict.key, values).map {
      "\(attribute($0.column, of: conflict.table)) \($1)"
    }
    return parts.isEmpty ? name : "\(name) with \(parts.joined(separator: ", "))"
  }

  private func model(of table: String) -> Model? { graph.models.first { $0.table == table } }

  private func attribute(_ column: String, of table: String) -> String {
    model(of: table)?.attributes.first { $0.column == column }?.name ?? column
  }
}

extension Wording {
  /// `1 user and 3 products are back`, `2 products are gone`, `1 cart is as it was`, in one line.
  static func restored(
    _ counts: [RowChanges.Count], again: Bool, in graph: ModelGraph
  ) -> [String] {
    func list(
      _ number: (RowChanges.Count) -> Int, _ state: (one: String, several: String)
    ) -> String? {
      let changed = counts.filter { number($0) > 0 }
      let parts = changed.map { count in
        let model = graph.models.first { $0.table == count.table }?.name
        return lowerCount(number(count), model ?? count.table)
      }
      guard let last = parts.last else { return nil }
      let first = parts.dropLast().joined(separator: ", ")
      let isOne = changed.reduce(0) { $0 + number($1) } == 1
      return "\(first)\(first.isEmpty ? "" : " and ")\(last) \(isOne ? state.one : state.several)"
    }
    let change =
      again ? ("is changed again", "are changed again") : ("is as it was", "are as they were")
    let parts = [
      list(\.inserted, ("is back", "are back")), list(\.deleted, ("is gone", "are gone")),
      list(\.updated, change),
    ].compactMap { $0 }
    return parts.isEmpty ? [] : [parts.joined(separator: ", ")]
  }
}
