import RelishDrivers
import RelishLanguage
import RelishModel

/// What is said about the rows of one table whose deletion would end otherwise.
///
///     12 of 40 Users could no longer be deleted: 31 Products would hold them (now 31 Products go too)
///       "Max", "Ann", "Ida" and 9 more
///     28 of 40 Users: no difference
struct SuppositionAnswer {
  /// Rows that end alike.
  struct Group {
    let now: Supposition.Ending
    let then: Supposition.Ending
    var rows: [Supposition.Row]
    var labels: [String] = []
  }

  var groups: [Group] = []
  let model: String
  let table: Supposition.Table
  private let now: References
  private let then: References
  private let graph: ModelGraph

  init(
    _ table: Supposition.Table, _ now: References, _ then: References, in graph: ModelGraph
  ) {
    self.table = table
    self.now = now
    self.then = then
    self.graph = graph
    model = graph.name(ofTable: now.tables[table.table].name)
    for row in table.differing {
      let (old, new) = (row.now.ending, row.then.ending)
      if let place = groups.firstIndex(where: { $0.now == old && $0.then == new }) {
        groups[place].rows.append(row)
      } else {
        groups.append(Group(now: old, then: new, rows: [row]))
      }
    }
    groups.sort { $0.rows.count > $1.rows.count }
  }

  var text: String {
    var text = ""
    for group in groups {
      text += share(group.rows.count) + " " + sentence(group) + "\n"
      let more = group.rows.count - group.labels.count
      let labels = group.labels.joined(separator: ", ")
      text += "  \(labels)\(more > 0 ? " and \(Wording.grouped(more)) more" : "")\n"
    }
    let same = table.total - table.differing.count - (table.concerned - table.looked)
    if same > 0 { text += "\(share(same)): no difference\n" }
    if table.looked < table.concerned {
      let rest = Wording.grouped(table.concerned - table.looked)
      text +=
        "\(rest) more \(Plural.plural(of: model)) were not looked at: too many rows hang on them\n"
    }
    return text
  }

  /// `12 of 40 Users`
  private func share(_ rows: Int) -> String {
    guard rows != table.total || table.total > 1 else { return "the only \(model)" }
    return rows == table.total
      ? "all \(Wording.count(rows, model))"
      : "\(Wording.grouped(rows)) of \(Wording.count(table.total, model))"
  }

  private func sentence(_ group: Group) -> String {
    let before = phrase(group.rows.map(\.now), not: group.rows.map(\.then), isNow: true)
    let after = phrase(group.rows.map(\.then), not: group.rows.map(\.now), isNow: false)
    let verb: String
    switch (group.now, group.then) {
    case (_, .refused): verb = "could no longer be deleted"
    case (.refused, _), (.refusedAtCommit, .deleted): verb = "could be deleted"
    case (_, .refusedAtCommit): verb = "could be deleted only in a transaction that mends it"
    case (.deleted, .deleted): verb = "would be deleted otherwise"
    }
    return "\(verb): \(after) (now \(before))"
  }

  // MARK: What happens to others

  private func phrase(
    _ outcomes: [Supposition.Outcome], not others: [Supposition.Outcome], isNow: Bool
  ) -> String {
    if outcomes.contains(where: { $0.ending != .deleted }) {
      let them = outcomes.count == 1 ? "it" : "them"
      let holding = sum(outcomes.map(\.holding))
      guard !holding.isEmpty else {
        return "rows that go later \(isNow ? "hold" : "would hold") \(them)"
      }
      let rows = Self.list(byTable(holding).map { Wording.count($0.rows, $0.model) })
      return "\(rows) \(isNow ? hold(holding) : "would hold") \(them)"
    }
    var changes = sum(outcomes.map(\.changes))
    let other = sum(others.map(\.changes))
    changes = changes.filter {
      other[$0.key] != $0.value || others.allSatisfy { $0.changes.isEmpty }
    }
    let most = outcomes.reduce(into: [:]) { most, outcome in
      most.merge(outcome.changes) { max($0, $1) }
    }
    return effects(changes, most: most, roots: outcomes.count, isNow: isNow)
  }

  private func hold(_ rows: [String: Int]) -> String {
    rows.values.reduce(0, +) == 1 ? "holds" : "hold"
  }

  /// Rows that several of the deletions take are not added up: the greatest number is told.
  private func effects(
    _ changes: [String: Int], most: [String: Int], roots: Int, isNow: Bool
  ) -> String {
    let shared = isNow ? table.sharedNow : table.sharedThen
    let references = isNow ? now : then
    var going: [(words: String, rows: Int)] = []
    for place in references.tables.indices {
      let name = references.tables[place].name
      guard var rows = changes[name] else { continue }
      let isShared = shared.contains(place) && roots > 1
      if isShared { rows = most[name] ?? rows }
      if place == table.table { rows -= isShared ? 1 : roots }
      guard rows > 0 else { continue }
      let words = Wording.count(rows, graph.name(ofTable: name))
      going.append((isShared ? "up to \(words)" : words, rows))
    }
    var parts: [String] = []
    if !going.isEmpty {
      let list = going.map(\.words)
      let isOne = going.count == 1 && going.first?.rows == 1
      parts.append(Self.list(list) + (isNow ? (isOne ? " goes too" : " go too") : " would go too"))
    }
    for key in references.keys.indices {
      let isShared = shared.contains(references.keys[key].target) && roots > 1
      let rows = isShared ? most.filter { changes[$0.key] != nil } : changes
      parts += changed(rows, by: key, of: references, isNow: isNow, isShared: isShared)
    }
    if parts.isEmpty {
      return isNow ? "nothing else goes or changes" : "nothing else would go or change"
    }
    return parts.joined(separator: "; ")
  }

  /// `4 Reviews' product would become null`
  private func changed(
    _ changes: [String: Int], by key: Int, of references: References, isNow: Bool,
    isShared: Bool
  ) -> [String] {
    let facts = references.keys[key]
    let holder = references.tables[facts.holder].name
    let relation = Wording.relationName(
      ChangeSummary.ColumnEffect(table: holder, columns: facts.columns), in: graph)
    let words = [
      ("null", "becomes null", "become null"),
      ("default", "takes its default", "take its default"),
      ("otherwise", "changes with it", "change with it"),
    ]
    return words.compactMap { kind, present, future in
      guard let rows = changes["\(references.name(ofKey: key)) \(kind)"], rows > 0 else {
        return nil
      }
      let owner = (isShared ? "up to " : "") + Wording.count(rows, graph.name(ofTable: holder))
      let possessive = owner + (owner.hasSuffix("s") ? "'" : "'s")
      return "\(possessive) \(relation) \(isNow ? present : "would \(future)")"
    }
  }

  private func sum(_ counts: [[String: Int]]) -> [String: Int] {
    counts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
  }

  /// `products.userId` → Product.
  private func byTable(_ holding: [String: Int]) -> [(model: String, rows: Int)] {
    let keys = (then.keys.indices.map { (then, $0) } + now.keys.indices.map { (now, $0) })
    var found: [(model: String, rows: Int)] = []
    var rest = holding
    for (references, key) in keys {
      guard let rows = rest.removeValue(forKey: references.name(ofKey: key)) else { continue }
      let model = graph.name(ofTable: references.tables[references.keys[key].holder].name)
      if let place = found.firstIndex(where: { $0.model == model }) {
        found[place].rows += rows
      } else {
        found.append((model, rows))
      }
    }
    return found
  }

  private static func list(_ parts: [String]) -> String {
    parts.count < 2
      ? parts.joined() : parts.dropLast().joined(separator: ", ") + " and \(parts.last ?? "")"
  }
}

/// The same for programs.
enum SuppositionTable {
  static let columns = ["model", "rows", "total", "now", "then"].map { name in
    ResultColumn(name: name, type: name == "rows" || name == "total" ? .integer : .text)
  }

  static func rows(of answer: SuppositionAnswer) -> [[Value]] {
    answer.groups.map { group in
      [
        .text(answer.model), .integer(Int64(group.rows.count)), .integer(Int64(answer.table.total)),
        .text(group.now.rawValue), .text(group.then.rawValue),
      ]
    }
  }
}
