import RelishDrivers
import RelishLanguage
import RelishModel

/// A preview in words: what goes along, changes and blocks, each under the rows that it comes from.
///
///     delete 1 User
///     ├─ 3 Products by cascade (Product user, on delete cascade)
///     │  └─ 4 Reviews: product becomes null (Review product, on delete set null)
///     └─ blocked by 2 Orders (Order user, on delete restrict)
///     nothing would be deleted: 2 Orders are in the way
struct DeletionTree {
  /// One line: what a program gets as a row.
  struct Line {
    var depth: Int
    var model: String
    var effect: String
    var rows: Int
    /// `Product user`; nil for the rows of the statement.
    var relation: String?
    var rule: String?
    var text: String
    /// Below how many ancestors that have a line still to come a bar is drawn.
    fileprivate var prefix = ""
  }

  private let preview: DeletionPreview
  private let graph: ModelGraph
  private(set) var lines: [Line] = []

  init(_ preview: DeletionPreview, in graph: ModelGraph) {
    self.preview = preview
    self.graph = graph
    guard let root = preview.nodes.first else { return }
    let model = self.model(root.table)
    lines.append(
      Line(
        depth: 0, model: model, effect: "delete", rows: root.rows,
        text: "delete " + Wording.count(root.rows, model)))
    add(under: 0, depth: 1, prefix: "")
  }

  /// The tree and what it comes to.
  var text: String {
    var text = lines.map { $0.prefix + $0.text + "\n" }.joined()
    for (table, trigger) in preview.triggers {
      text +=
        "trigger \(trigger.name) on \(preview.references.tables[table].name) also runs; "
        + "what it does is not told here\n"
    }
    return text + ending + "\n"
  }

  /// What is in the way, as parts of a sentence.
  var reasons: [String] {
    preview.effects.filter(\.blocks).map { effect in
      let key = preview.references.keys[effect.key]
      let rows = Wording.lowerCount(effect.rows, model(key.holder))
      let target = model(key.target)
      let points = effect.rows == 1 ? "points" : "point"
      let owner = "\(rows)\(rows.hasSuffix("s") ? "'" : "'s") \(relationName(effect.key))"
      let reason: String
      switch effect.fate {
      case .mayNotBeNull: reason = "\(owner) may not become null"
      case .hasNoDefault(let text): reason = "\(owner) would be \(text), which is no \(target)"
      case .blocksAtOnce: reason = "\(rows) \(points) to \(target) rows that would go first"
      default: reason = "\(rows) \(points) to \(target) rows that would go"
      }
      let name = "\(model(key.holder)) \(relationName(effect.key))"
      return "\(reason) (`\(name)` is on delete \(key.onDelete.rawValue))"
    }
  }

  // MARK: Lines

  private mutating func add(under node: Int, depth: Int, prefix: String) {
    let children = preview.nodes.indices
      .filter { preview.nodes[$0].parent == node && isShown($0) }
    let effects = preview.effects.filter { $0.group == node }
      .sorted { ($0.blocks ? 1 : 0, $0.key) < ($1.blocks ? 1 : 0, $1.key) }
    let count = children.count + effects.count
    func branch(_ position: Int) -> (line: String, below: String) {
      position == count - 1
        ? (prefix + "└─ ", prefix + "   ") : (prefix + "├─ ", prefix + "│  ")
    }
    for (position, child) in children.enumerated() {
      guard let key = preview.nodes[child].key else { continue }
      var line = self.line(key, depth: depth, rows: preview.nodes[child].rows, effect: "cascade")
      let levels = preview.nodes[child].levels
      let isRepeated = levels > 1
      line.text =
        "\(Wording.count(line.rows, line.model)) by cascade"
        + (isRepeated ? ", \(Wording.grouped(levels)) deep " : " ") + rule(of: key)
      line.prefix = branch(position).line
      lines.append(line)
      add(under: child, depth: depth + 1, prefix: branch(position).below)
    }
    for (position, effect) in effects.enumerated() {
      var line = self.line(effect, depth: depth)
      line.prefix = branch(children.count + position).line
      lines.append(line)
    }
  }

  /// A node that has lost its rows to another way is shown for what hangs on it.
  private func isShown(_ node: Int) -> Bool {
    preview.nodes[node].rows > 0 || preview.effects.contains { $0.group == node }
      || preview.nodes.indices.contains { preview.nodes[$0].parent == node && isShown($0) }
  }

  private func line(_ effect: DeletionEffect, depth: Int) -> Line {
    let key = effect.key
    var line = self.line(key, depth: depth, rows: effect.rows, effect: "blocked")
    let rows = Wording.count(effect.rows, line.model)
    let name = relationName(key)
    let its = effect.rows == 1 ? "its" : "their"
    switch effect.fate {
    case .becomesNull:
      line.effect = "null"
      line.text = "\(rows): \(name) becomes null"
    case .takesDefault(let text):
      line.effect = "default"
      line.text = "\(rows): \(name) takes its default \(text)"
    case .follows:
      line.effect = "follows"
      line.text = "\(rows): \(name) changes with it"
    case .blocks: line.text = "blocked by \(rows)"
    case .blocksAtOnce:
      line.text = "blocked by \(rows), which would go only later"
    case .mayNotBeNull: line.text = "blocked by \(rows): \(its) \(name) may not become null"
    case .hasNoDefault(let text):
      let target = model(preview.references.keys[key].target)
      line.text = "blocked by \(rows): \(its) \(name) would be \(text), which is no \(target)"
    }
    if effect.isDeferred { line.text += " when the transaction ends" }
    line.text += " " + rule(of: key, isUpdate: effect.fate.isUpdate)
    return line
  }

  private func line(_ key: Int, depth: Int, rows: Int, effect: String) -> Line {
    let facts = preview.references.keys[key]
    let model = model(facts.holder)
    return Line(
      depth: depth, model: model, effect: effect, rows: rows,
      relation: "\(model) \(relationName(key))", rule: facts.onDelete.rawValue, text: "")
  }

  // MARK: Words

  private func model(_ table: Int) -> String {
    graph.name(ofTable: preview.references.tables[table].name)
  }

  /// `user`, or the columns of a key that is no relation of the model.
  private func relationName(_ key: Int) -> String {
    let facts = preview.references.keys[key]
    return Wording.relationName(
      ChangeSummary.ColumnEffect(
        table: preview.references.tables[facts.holder].name, columns: facts.columns), in: graph)
  }

  /// `(Product user, on delete cascade)`
  private func rule(of key: Int, isUpdate: Bool = false) -> String {
    let facts = preview.references.keys[key]
    let rule = isUpdate ? "update \(facts.onUpdate.rawValue)" : "delete \(facts.onDelete.rawValue)"
    return "(\(model(facts.holder)) \(relationName(key)), on \(rule))"
  }

  /// What the whole comes to.
  private var ending: String {
    let blocking = lines.filter { $0.effect == "blocked" }
    switch preview.ending {
    case .done:
      let rows = preview.nodes.reduce(0) { $0 + $1.rows }
      var text = "\(Wording.lowerCount(rows, "row")) would go"
      if preview.changedRows > 0 {
        text += ", \(Wording.grouped(preview.changedRows)) would change"
      }
      return text
    case .refused(let words?): return "nothing would be deleted: the database says: \(words)"
    case .refused(nil):
      return "nothing would be deleted: \(Self.list(blocking)) in the way"
    case .refusedAtCommit where blocking.isEmpty:
      return "the transaction could not be committed: a changed row points to no row"
    case .refusedAtCommit:
      return "the transaction could not be committed: \(Self.list(blocking)) in the way"
    }
  }

  /// `2 Orders and 1 Invoice are`
  private static func list(_ lines: [Line]) -> String {
    var counts: [(model: String, rows: Int)] = []
    for line in lines {
      if let place = counts.firstIndex(where: { $0.model == line.model }) {
        counts[place].rows += line.rows
      } else {
        counts.append((line.model, line.rows))
      }
    }
    let parts = counts.map { Wording.count($0.rows, $0.model) }
    let list =
      parts.count < 2
      ? parts.joined() : parts.dropLast().joined(separator: ", ") + " and \(parts.last ?? "")"
    return list + (counts.count == 1 && counts.first?.rows == 1 ? " is" : " are")
  }
}

extension DeletionEffect.Fate {
  fileprivate var isUpdate: Bool {
    if case .follows = self { true } else { false }
  }
}

extension ModelGraph {
  /// The model whose table it is, else the table's own name.
  func name(ofTable table: String) -> String {
    models.first { $0.table == table }?.name
      ?? models.first { $0.table.isSameName(as: table) }?.name ?? table
  }
}
