import RelishDrivers
import RelishModel
import RelishSQL

/// Rows under each other as branches; keeps the rows below one row of the top level.
///
///     Max (email max@example.com)
///     ├─ products
///     │  ├─ Tee (price 9.50)
///     │  └─ Cap (price 12.00)
///     └─ cart: none
final class TreeRenderer: NestingRenderer {
  private let options: RenderOptions
  private var format = ValueFormat([])
  private var root = Node(AnswerLevel(names: []))
  private let scratch = ByteSink(descriptor: nil)

  init(_ options: RenderOptions) { self.options = options }

  /// A level of the answer, and its rows under the row at hand.
  private final class Node {
    let level: AnswerLevel
    let nodes: [Node]
    let staysOpen: Bool
    var key: RowKey
    var rows: [Branch] = []

    init(_ level: AnswerLevel) {
      self.level = level
      nodes = level.nests.map(Node.init)
      staysOpen = level.nests.contains(where: \.holdsMany)
      key = RowKey(level.key)
    }
  }

  /// A row as text, and the rows under it.
  private struct Branch {
    var text: String
    /// One list per nest of the level.
    var nested: [[Branch]] = []
  }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    begin(columns, nestedAs: AnswerLevel(names: columns.map(\.name)), to: output)
  }

  func begin(_ columns: [ResultColumn], nestedAs root: AnswerLevel, to output: ByteSink) {
    format = ValueFormat(columns)
    self.root = Node(root)
  }

  func row(_ row: any Row, to output: ByteSink) {
    if !root.rows.isEmpty, !(root.staysOpen && root.key.isSame(in: row)) { end(to: output) }
    add(row, to: root)
  }

  func end(to output: ByteSink) {
    gather(root)
    for branch in root.rows {
      output.write(branch.text + "\n")
      write(branch, root, "", output)
    }
    root.rows = []
  }

  private func add(_ row: any Row, to node: Node) {
    if node.rows.isEmpty || !node.staysOpen || !node.key.isSame(in: row) {
      gather(node)
      node.rows.append(Branch(text: text(of: row, node.level)))
      node.key.remember(row)
      for nest in node.nodes where !nest.level.holdsMany && nest.key.isPresent(in: row) {
        add(row, to: nest)
      }
    }
    for nest in node.nodes where nest.level.holdsMany && nest.key.isPresent(in: row) {
      return add(row, to: nest)
    }
  }

  /// Hangs the rows of the nests under the last row of their level.
  private func gather(_ node: Node) {
    guard let last = node.rows.indices.last, node.rows[last].nested.isEmpty else { return }
    for nest in node.nodes {
      gather(nest)
      node.rows[last].nested.append(nest.rows)
      nest.rows = []
    }
  }

  // MARK: Text

  /// `Tee (price 9.50, stock 3)`
  private func text(of row: any Row, _ level: AnswerLevel) -> String {
    var text = ""
    for (index, column) in level.outputs.enumerated() {
      if index == 1 { text += " (" }
      if index > 1 { text += ", " }
      if index > 0 { text += visible(level.names[index]) + " " }
      text += self.text(of: format.cell(row, column))
    }
    return level.outputs.count > 1 ? text + ")" : text
  }

  private func text(of cell: Cell) -> String {
    scratch.clear()
    switch cell.kind {
    case .null: return options.nullText ?? "null"
    case .number, .boolean, .infinite: scratch.write(bytes: cell.bytes)
    case .text, .json: _ = scratch.write(visible: cell.bytes)
    case .blob: scratch.write(blob: cell.bytes)
    }
    return scratch.takeText()
  }

  private func visible(_ name: String) -> String {
    var name = name
    scratch.clear()
    _ = name.withUTF8 { scratch.write(visible: $0) }
    return scratch.takeText()
  }

  private func write(_ branch: Branch, _ node: Node, _ margin: String, _ output: ByteSink) {
    for (index, (nest, rows)) in zip(node.nodes, branch.nested).enumerated() {
      let isLast = index == node.nodes.count - 1
      let inner = margin + (isLast ? "   " : "│  ")
      let name = visible(nest.level.name)
      output.write("\(margin)\(isLast ? "└─ " : "├─ ")\(name)")
      guard nest.level.isToMany else {
        output.write(": \(rows.first?.text ?? "none")\n")
        if let row = rows.first { write(row, nest, inner, output) }
        continue
      }
      output.write(rows.isEmpty ? ": none\n" : "\n")
      for (place, row) in rows.enumerated() {
        let isEnd = place == rows.count - 1
        output.write("\(inner)\(isEnd ? "└─ " : "├─ ")\(row.text)\n")
        write(row, nest, inner + (isEnd ? "   " : "│  "), output)
      }
    }
  }
}

extension AnswerLevel {
  /// The one level of an answer without nests.
  fileprivate init(names: [String]) {
    self.init(
      name: "", isToMany: true, names: names, outputs: 0..<names.count, key: [], nests: [])
  }
}
