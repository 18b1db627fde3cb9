import RelishDrivers
import RelishLanguage
import RelishModel

/// How answers to writes are phrased, in one place (LANGUAGE.md §9 Rows).
enum Wording {
  /// `1 Product`, `2 Products`
  static func count(_ count: Int, _ model: String) -> String {
    "\(grouped(count)) \(count == 1 ? model : Plural.plural(of: model))"
  }

  /// `1 product`, `2 orderItems`: in the middle of a sentence.
  static func lowerCount(_ count: Int, _ model: String) -> String {
    "\(grouped(count)) \(lower(count == 1 ? model : Plural.plural(of: model)))"
  }

  static func lower(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }

  /// `4,812`
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (position, digit) in String(number).reversed().enumerated() {
      if position > 0, position % 3 == 0, digit != "-" { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A value as one would write it.
  static func value(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .decimal(let value): value.description
    case .double(let value): value.description
    case .text(let value): SyntaxWriter.literal(.text(value))
    case .blob(let bytes): SyntaxWriter.literal(.blob(bytes))
    }
  }

  /// `created 1 User (id 3), 2 Products (id 4, 5)`
  static func created(_ rows: CreatedRows) -> String {
    let parts = rows.models.map { model, keys in
      count(keys.count, model.name) + self.keys(keys, of: model)
    }
    return "created " + parts.joined(separator: ", ")
  }

  /// ` (id 4, 5)`; at most ten, then the first and the last.
  private static func keys(_ keys: [[Value]], of model: Model) -> String {
    guard let first = keys.first, !first.isEmpty else { return "" }
    if model.primaryKey.count == 1, let name = model.primaryKey.first {
      let values = keys.compactMap { $0.first.map(value) }
      let list =
        values.count <= 10
        ? values.joined(separator: ", ") : "\(values.first ?? "") … \(values.last ?? "")"
      return " (\(name) \(list))"
    }
    guard keys.count == 1 else { return "" }
    let parts = zip(model.primaryKey, first).map { "\($0) \(value($1))" }
    return " (\(parts.joined(separator: ", ")))"
  }

  /// What the database did besides: `3 products by cascade; 2 reviews' user is now null`.
  static func effects(_ summary: ChangeSummary, in graph: ModelGraph) -> String? {
    let names = Dictionary(
      graph.models.map { ($0.table, $0.name) }, uniquingKeysWith: { first, _ in first })
    var parts: [String] = []
    let cascades = summary.cascadeDeleted.sorted { $0.key < $1.key }
    if !cascades.isEmpty {
      let list = cascades.map { lowerCount($1, names[$0] ?? $0) }
      parts.append(list.joined(separator: ", ") + " by cascade")
    }
    func tell(_ effects: [ChangeSummary.ColumnEffect: Int], _ end: String) {
      let sorted = effects.sorted {
        ($0.key.table, $0.key.columns.joined()) < ($1.key.table, $1.key.columns.joined())
      }
      for (effect, count) in sorted {
        let owner = lowerCount(count, names[effect.table] ?? effect.table)
        let relation = relationName(effect, in: graph)
        parts.append("\(owner)\(owner.hasSuffix("s") ? "'" : "'s") \(relation) \(end)")
      }
    }
    tell(summary.becameNull, "is now null")
    tell(summary.becameDefault, "took its default")
    tell(summary.followed, "followed")
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The relation whose key columns these are, else the columns themselves.
  static func relationName(
    _ effect: ChangeSummary.ColumnEffect, in graph: ModelGraph
  ) -> String {
    for model in graph.models where model.table == effect.table {
      for relation in graph.relations(holder: model.name) {
        let columns = relation.attributes.map { model.attribute(named: $0)?.column ?? $0 }
        if columns == effect.columns { return relation.name }
      }
    }
    return effect.columns.joined(separator: ", ")
  }
}
