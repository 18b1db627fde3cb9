import RelishDrivers
import RelishLanguage
import RelishModel

/// Changed rows in words, a line for each: `~  Product  1 "Tee"  price 9.5 → 10.45`.
struct RowDifference {
  /// Rows of one table that are shown.
  static let limit = 20
  /// The lines as a table, its header first.
  private(set) var table: [[String]] = [["change", "model", "row", "values"]]
  /// `Products: 2 new, 1 changed`; nothing when nothing differs.
  private(set) var summary: [String] = []
  private let graph: ModelGraph

  init(_ changes: RowChanges, in graph: ModelGraph) {
    self.graph = graph
    for (index, count) in changes.counts.enumerated() {
      let model = graph.models.first { $0.table == count.table }
      let columns = changes.columns(ofTable: index)
      let keys = changes.keyColumns(ofTable: index)
      for (old, new) in changes.rows(ofTable: index, limit: Self.limit) {
        add(old, new, columns, keys, model, count.table)
      }
      let parts = [(count.inserted, "new"), (count.updated, "changed"), (count.deleted, "gone")]
        .filter { $0.0 > 0 }.map { "\(Wording.grouped($0.0)) \($0.1)" }
      let total = count.inserted + count.updated + count.deleted
      let shown =
        total > Self.limit
        ? " (the first \(Self.limit) of \(Wording.grouped(total)) are shown)" : ""
      summary.append("\(model?.name ?? count.table): \(parts.joined(separator: ", "))\(shown)")
    }
    if summary.isEmpty { summary = ["no row differs"] }
  }

  private mutating func add(
    _ old: [Value]?, _ new: [Value]?, _ columns: [String], _ keys: [Int], _ model: Model?,
    _ table: String
  ) {
    guard let row = new ?? old else { return }
    let attributes = columns.map { column in
      model?.attributes.first { $0.column == column }
    }
    var name = keys.map { Wording.value(row[$0]) }.joined(separator: ", ")
    let label = model?.label.flatMap { label in
      attributes.firstIndex { $0?.name == label }
    }
    if let label, !keys.contains(label) {
      name += (name.isEmpty ? "" : " ") + self.words((old ?? row)[label], attributes[label])
    }
    var words: [String] = []
    for position in columns.indices where !keys.contains(position) || old != nil && new != nil {
      switch attributes[position]?.role {
      case .createdAt?, .updatedAt?: continue
      default: break
      }
      let column = attributes[position]?.name ?? columns[position]
      if let old, let new {
        guard old[position] != new[position] else { continue }
        words.append(
          "\(column) \(self.words(old[position], attributes[position])) → "
            + self.words(new[position], attributes[position]))
      } else if row[position] != .null {
        words.append("\(column) \(self.words(row[position], attributes[position]))")
      }
    }
    self.table.append([
      old == nil ? "+" : new == nil ? "-" : "~", model?.name ?? table, name,
      words.joined(separator: ", "),
    ])
  }

  /// The value as the attribute has it: a decimal with its scale, a boolean by its word.
  private func words(_ value: Value, _ attribute: Attribute?) -> String {
    switch (value, attribute?.type) {
    case (.integer(let number), .boolean?): number == 0 ? "false" : "true"
    case (.integer(let number), .decimal(_, let scale)?):
      Decimal(String(number))?.rounded(toScale: scale).description ?? String(number)
    case (.double(let number), .decimal(_, let scale)?):
      Decimal(number.description)?.rounded(toScale: scale).description ?? number.description
    default: Wording.value(value)
    }
  }
}
