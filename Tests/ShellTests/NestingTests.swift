import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

@testable import RelishShell

/// Rows under rows, as a nested answer has them: made at random, laid out flat as the statement answers
/// them, rendered, and read back.
private struct NestedRows {
  /// A level: its columns, and the levels under it.
  struct Shape {
    var name: String
    var isToMany: Bool
    var columns: [String]
    var nests: [Shape]
    var holdsMany: Bool { isToMany || nests.contains(where: \.holdsMany) }
  }

  /// A row with its key, and the rows under it for each nest of its level.
  struct Node {
    var key: Int64
    var values: [Int64?]
    var nested: [[Node]]
  }

  var random: SeededGenerator
  var nextKey: Int64 = 0

  mutating func shape(depth: Int, name: String = "", isToMany: Bool = true) -> Shape {
    let columns = (0..<random.pick([1, 1, 2, 3])).map { "c\($0)" }
    var nests: [Shape] = []
    for index in 0..<(depth == 0 ? 0 : random.pick([0, 1, 1, 2, 3])) {
      let isToMany = random.chance(60)
      nests.append(shape(depth: depth - 1, name: "n\(index)", isToMany: isToMany))
    }
    return Shape(name: name, isToMany: isToMany, columns: columns, nests: nests)
  }

  mutating func nodes(_ shape: Shape, _ count: Int) -> [Node] {
    var nodes: [Node] = []
    for _ in 0..<count {
      nextKey += 1
      let key = nextKey
      let values = shape.columns.map { _ in
        random.chance(20) ? nil : random.pick([1, 2, 3]) as Int64?
      }
      var nested: [[Node]] = []
      for nest in shape.nests {
        let most = nest.isToMany ? [0, 1, 2, 4] : [0, 1]
        nested.append(self.nodes(nest, random.pick(most)))
      }
      nodes.append(Node(key: key, values: values, nested: nested))
    }
    return nodes
  }

  // MARK: Flat

  /// Where the columns and keys of a shape stand, and how many there are.
  struct Layout {
    var root: AnswerLevel
    var columns: [String]
    var width: Int

    init(_ shape: Shape) {
      columns = []
      root = Self.place(shape, "", &columns)
      width = columns.count
      Self.key(&root, &width)
    }

    private static func place(
      _ shape: Shape, _ prefix: String, _ columns: inout [String]
    ) -> AnswerLevel {
      let start = columns.count
      columns += shape.columns.map { prefix + $0 }
      var level = AnswerLevel(
        name: shape.name, isToMany: shape.isToMany, names: shape.columns,
        outputs: start..<columns.count, key: [], nests: [])
      for nest in shape.nests {
        level.nests.append(place(nest, prefix + nest.name + ".", &columns))
      }
      return level
    }

    private static func key(_ level: inout AnswerLevel, _ width: inout Int) {
      level.key = [width]
      width += 1
      for index in level.nests.indices { key(&level.nests[index], &width) }
    }
  }

  /// One row per innermost row, those under one row together.
  static func rows(_ node: Node, _ shape: Shape, _ level: AnswerLevel, _ above: [Value])
    -> [[Value]]
  {
    var base = above
    base[level.key[0]] = .integer(node.key)
    for (position, value) in zip(level.outputs, node.values) {
      base[position] = value.map { .integer($0) } ?? .null
    }
    var rows: [[Value]] = []
    for (index, nest) in shape.nests.enumerated() where !nest.holdsMany {
      for row in node.nested[index] {
        base = self.rows(row, nest, level.nests[index], base).first ?? base
      }
    }
    for (index, nest) in shape.nests.enumerated() where nest.holdsMany {
      for row in node.nested[index] { rows += self.rows(row, nest, level.nests[index], base) }
    }
    return rows.isEmpty ? [base] : rows
  }

  // MARK: Nested

  static func object(_ node: Node, _ shape: Shape) -> [String: Any] {
    var object: [String: Any] = [:]
    for (name, value) in zip(shape.columns, node.values) {
      object[name] = value.map { NSNumber(value: $0) } ?? NSNull()
    }
    for (nest, rows) in zip(shape.nests, node.nested) {
      let objects = rows.map { self.object($0, nest) }
      object[nest.name] = nest.isToMany ? objects : objects.first ?? NSNull()
    }
    return object
  }
}

@Suite("Nested answers")
struct NestingTests {
  @Test("json and jsonl hold the rows that were put in", arguments: 0..<200)
  func json(seed: Int) throws {
    var maker = NestedRows(random: SeededGenerator(seed: UInt64(seed)))
    let shape = maker.shape(depth: 3)
    let nodes = maker.nodes(shape, 4)
    let layout = NestedRows.Layout(shape)
    let expected = nodes.map { NestedRows.object($0, shape) }

    let text = render(JSONRenderer(RenderOptions()), nodes, shape, layout)
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSArray
    #expect(parsed == expected as NSArray, "seed \(seed)\n\(text)")

    let lines = render(JSONLinesRenderer(RenderOptions()), nodes, shape, layout)
    let objects = try lines.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8))
    }
    #expect(objects as NSArray == expected as NSArray, "seed \(seed)\n\(lines)")
  }

  @Test("a tree has one line per row, and one per list", arguments: 0..<50)
  func tree(seed: Int) {
    var maker = NestedRows(random: SeededGenerator(seed: UInt64(seed)))
    let shape = maker.shape(depth: 3)
    let nodes = maker.nodes(shape, 4)
    let layout = NestedRows.Layout(shape)
    let text = render(TreeRenderer(RenderOptions()), nodes, shape, layout)
    let lines = text.split(separator: "\n")
    #expect(
      lines.count == nodes.map { Self.lines($0, shape) }.reduce(0, +), "seed \(seed)\n\(text)")
    let roots = lines.filter {
      !$0.hasPrefix("├") && !$0.hasPrefix("│") && !$0.hasPrefix("└") && !$0.hasPrefix(" ")
    }
    #expect(roots.count == nodes.count)
  }

  private static func lines(_ node: NestedRows.Node, _ shape: NestedRows.Shape) -> Int {
    var count = 1
    for (nest, rows) in zip(shape.nests, node.nested) {
      let inner = rows.map { lines($0, nest) }.reduce(0, +)
      count += nest.isToMany ? 1 + inner : max(1, inner)
    }
    return count
  }

  private func render(
    _ renderer: any NestingRenderer, _ nodes: [NestedRows.Node], _ shape: NestedRows.Shape,
    _ layout: NestedRows.Layout
  ) -> String {
    let sink = ByteSink(descriptor: nil)
    var renderer: any NestingRenderer = renderer
    let columns = layout.columns.map { ResultColumn(name: $0, type: .integer) }
    renderer.begin(columns, nestedAs: layout.root, to: sink)
    let empty = [Value](repeating: .null, count: layout.width)
    for node in nodes {
      for values in NestedRows.rows(node, shape, layout.root, empty) {
        renderer.row(ValueRow(values), to: sink)
      }
    }
    renderer.end(to: sink)
    return sink.takeText()
  }

  @Test("keys of texts, of several parts and of nulls tell rows apart")
  func keys() {
    var key = RowKey([0, 1])
    key.remember(ValueRow([.text("a"), .text("bc")]))
    #expect(key.isSame(in: ValueRow([.text("a"), .text("bc")])))
    #expect(!key.isSame(in: ValueRow([.text("ab"), .text("c")])))
    #expect(!key.isSame(in: ValueRow([.text("a"), .null])))
    #expect(key.isPresent(in: ValueRow([.null, .text("")])))
    #expect(!key.isPresent(in: ValueRow([.null, .null])))
    var number = RowKey([0])
    number.remember(ValueRow([.integer(1)]))
    #expect(!number.isSame(in: ValueRow([.text("1")])))
    number.remember(ValueRow([.text("1")]))
    #expect(!number.isSame(in: ValueRow([.integer(1)])))
  }
}

extension SeededGenerator {
  fileprivate mutating func pick<Element>(_ values: [Element]) -> Element {
    values[Int.random(in: values.indices, using: &self)]
  }

  fileprivate mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &self) < percent
  }
}
