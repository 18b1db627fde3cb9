import RelishDrivers
import RelishSQL

/// Writes a nested answer as objects in objects while its rows come; keeps no row.
///
/// Rows that belong together follow each other. An object stays open as long as its key stays the same,
/// and is closed by the first row of another one. Relations to one row that stand behind a list wait as
/// text until the list is closed.
final class JSONNesting {
  private let values: JSONValueWriter
  private let root: Node
  @exclusivity(unchecked) private var isFirst = true

  init(_ columns: [ResultColumn], _ root: AnswerLevel) {
    values = JSONValueWriter(columns)
    self.root = Node(root)
  }

  /// A level of the answer and the object of it that is being written.
  ///
  /// Only one function at a time looks at a node, so that its properties need no checks of that while
  /// the program runs; they would be a twentieth of the time.
  private final class Node {
    let level: AnswerLevel
    let nodes: [Node]
    /// `{"id":`, `,"name":` …: all that stands before each value.
    let prefixes: [[UInt8]]
    /// `,"products":`
    let name: [UInt8]
    let holdsMany: Bool
    /// Some nest is written over several rows, so that the key matters.
    let staysOpen: Bool
    @exclusivity(unchecked) var key: RowKey
    /// An object is open.
    @exclusivity(unchecked) var isOpen = false
    /// Which nest comes next or is being written; those before are done.
    @exclusivity(unchecked) var position = 0
    /// The text of a nest to one row that comes later.
    let waiting = ByteSink(descriptor: nil)

    init(_ level: AnswerLevel) {
      self.level = level
      nodes = level.nests.map(Node.init)
      prefixes = level.names.enumerated().map {
        JSONValueWriter.key($1, after: $0 == 0 ? "{" : ",")
      }
      name = JSONValueWriter.key(level.name, after: ",")
      holdsMany = level.holdsMany
      staysOpen = level.nests.contains(where: \.holdsMany)
      key = RowKey(level.key)
    }
  }

  /// `separator` stands between two objects of the top level.
  func write(_ row: any Row, between separator: StaticString, to output: ByteSink) {
    if root.isOpen, root.staysOpen, root.key.isSame(in: row) {
      return write(row, under: root, output)
    }
    if root.isOpen { close(root, output) }
    if !isFirst { output.write(separator.description) }
    isFirst = false
    open(root, row, output)
  }

  /// Closes what is open.
  func end(to output: ByteSink) {
    if root.isOpen { close(root, output) }
  }

  private func open(_ node: Node, _ row: any Row, _ output: ByteSink) {
    if node.staysOpen { node.key.remember(row) }
    node.isOpen = true
    writeValues(of: node, row, output)
    node.position = 0
    var isBehindList = false
    for nest in node.nodes {
      if nest.holdsMany {
        isBehindList = true
      } else if isBehindList {
        nest.waiting.clear()
        writeWhole(nest, row, nest.waiting)
      } else {
        writeWhole(nest, row, output)
        node.position += 1
      }
    }
    write(row, under: node, output)
  }

  private func writeValues(of node: Node, _ row: any Row, _ output: ByteSink) {
    var column = node.level.outputs.lowerBound
    for prefix in node.prefixes {
      prefix.withUnsafeBufferPointer { output.write(bytes: $0) }
      values.write(row, column, to: output)
      column += 1
    }
    if node.prefixes.isEmpty { output.write("{") }
  }

  /// A nest to one row in which nothing is a list.
  private func writeWhole(_ node: Node, _ row: any Row, _ output: ByteSink) {
    output.write(bytes: node.name)
    guard node.key.isPresent(in: row) else { return output.write("null") }
    writeValues(of: node, row, output)
    for nest in node.nodes { writeWhole(nest, row, output) }
    output.write("}")
  }

  /// The nested row that a row brings; at most one nest of several has one.
  private func write(_ row: any Row, under node: Node, _ output: ByteSink) {
    guard node.staysOpen else { return }
    for (index, nest) in node.nodes.enumerated() where nest.holdsMany {
      guard nest.key.isPresent(in: row) else { continue }
      advance(node, to: index, output)
      if nest.isOpen, nest.staysOpen, nest.key.isSame(in: row) {
        return write(row, under: nest, output)
      }
      if nest.isOpen {
        close(nest, output)
        output.write(",")
      } else {
        output.write(bytes: nest.name)
        if nest.level.isToMany { output.write("[") }
      }
      return open(nest, row, output)
    }
  }

  /// Writes all nests before the one at `index` to their end.
  private func advance(_ node: Node, to index: Int, _ output: ByteSink) {
    while node.position < index {
      let nest = node.nodes[node.position]
      node.position += 1
      guard nest.holdsMany else {
        output.write(bytes: nest.waiting.contents)
        continue
      }
      if nest.isOpen {
        close(nest, output)
        if nest.level.isToMany { output.write("]") }
      } else {
        output.write(bytes: nest.name)
        output.write(nest.level.isToMany ? "[]" : "null")
      }
    }
  }

  private func close(_ node: Node, _ output: ByteSink) {
    advance(node, to: node.nodes.count, output)
    node.isOpen = false
    output.write("}")
  }
}

extension ByteSink {
  fileprivate func write(bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { write(bytes: $0) }
  }
}
