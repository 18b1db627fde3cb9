import RelishModel
import RelishSQL

/// A row of a nested answer with the rows under it, as texts.
struct NestedAnswer: Equatable {
  var cells: [String]
  var nests: [[NestedAnswer]]

  typealias Shown = (_ cells: [Value], _ start: Int) -> [String]

  /// Puts rows of `SelectWriter.nested` with keys under each other.
  static func rows(_ rows: [[Value]], _ level: AnswerLevel, _ shown: Shown) throws
    -> [NestedAnswer]
  {
    var parts: [(key: [Value], rows: [[Value]])] = []
    for row in rows {
      let key = level.key.map { row[$0] }
      guard key.contains(where: { $0 != .null }) else { continue }
      if let last = parts.last, last.key == key {
        parts[parts.count - 1].rows.append(row)
      } else {
        guard !parts.contains(where: { $0.key == key }) else {
          throw TestProblem("rows of \(level.name) \(key) do not follow each other")
        }
        parts.append((key, [row]))
      }
    }
    guard level.isToMany || parts.count < 2 else {
      throw TestProblem("several rows in \(level.name)")
    }
    return try parts.map { part in
      NestedAnswer(
        cells: shown(Array(part.rows[0][level.outputs]), level.outputs.lowerBound),
        nests: try level.nests.map { try self.rows(part.rows, $0, shown) })
    }
  }

  init(cells: [String], nests: [[NestedAnswer]]) {
    self.cells = cells
    self.nests = nests
  }

  init(_ row: NestedRow, _ level: AnswerLevel, _ shown: Shown) {
    cells = shown(row.cells.map(\.value), level.outputs.lowerBound)
    nests = zip(row.nests, level.nests).map { nest, inner in
      nest.rows.map { NestedAnswer($0, inner, shown) }
    }
  }
}
