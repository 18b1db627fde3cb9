/// `explain WALK` before it is printed: each table in words, and what would help.
///
/// How many rows the tables have is asked last, when it is known which there are.
package struct WalkExplanation: Sendable {
  /// One table that is read, or one thing that is done with its rows.
  struct Line: Sendable {
    var depth: Int
    /// What the statement calls the table; two for a `tree`, which reads it in two places.
    var aliases: [String]
    var title: String
    var access: Access?
  }

  /// How rows of a table are found.
  struct Access: Sendable {
    /// `products.userId → users.id`
    var key: String?
    var table: String
    /// `index products_userId`, `no index on name: all are read`
    var how: String
  }

  /// An index that the plan could do with.
  struct Wish: Sendable {
    /// As it is typed: `User indexed by name`.
    var sentence: String
    /// Nothing is gained while all of these are small.
    var tables: [String]
  }

  var lines: [Line] = []
  var wishes: [Wish] = []

  /// From how many rows on reading all of them is worth a thought.
  static let manyRows = 1_000

  /// The tables whose rows are to be counted.
  package var tables: [String] {
    var tables: [String] = []
    for table in lines.compactMap(\.access?.table) + wishes.flatMap(\.tables)
    where !tables.contains(table) {
      tables.append(table)
    }
    return tables
  }

  /// What the statement calls the tables that have a line.
  package var aliases: Set<String> { Set(lines.flatMap(\.aliases)) }

  /// The lines about tables, their names in the statement in front.
  ///
  /// - Parameter counts: how many rows each of `tables` has, as it is to be printed.
  package func steps(_ counts: [String: Int], written: (Int) -> String) -> [String] {
    let margin = lines.map { Self.name($0.aliases).count }.max() ?? 0
    var texts: [String] = []
    for line in lines {
      let name = Self.name(line.aliases)
      let indent = String(repeating: " ", count: 2 + 2 * line.depth)
      let padding = String(repeating: " ", count: margin - name.count)
      texts.append(name + padding + indent + line.title)
      guard let access = line.access else { continue }
      var parts: [String] = []
      if let key = access.key { parts.append(key) }
      if let count = counts[access.table] {
        parts.append("\(written(count)) row\(count == 1 ? "" : "s")")
      }
      if !access.how.isEmpty { parts.append(access.how) }
      let space = String(repeating: " ", count: margin) + indent + "  "
      texts.append(space + parts.joined(separator: "; "))
    }
    return texts
  }

  private static func name(_ aliases: [String]) -> String { aliases.joined(separator: " ") }

  /// The sentences that would help on tables of this size, each once.
  package func advice(_ counts: [String: Int]) -> [String] {
    var sentences: [String] = []
    for wish in wishes where !sentences.contains(wish.sentence) {
      if wish.tables.contains(where: { counts[$0, default: 0] >= Self.manyRows }) {
        sentences.append(wish.sentence)
      }
    }
    return sentences
  }
}
