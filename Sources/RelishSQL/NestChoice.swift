import RelishLanguage
import RelishModel

/// The keys of the rows that a nest takes, in a SELECT of its own: each pair of rows once, numbered per
/// row above where a limit takes some.
///
///     SELECT t0.id AS p0, t1.id AS c0,
///       ROW_NUMBER() OVER (PARTITION BY t0.id ORDER BY t1.price DESC, t1.id) AS n
///     FROM users AS t0 JOIN products AS t1 ON t1.userId = t0.id
struct NestChoice {
  private let selects: SelectWriter
  private let walk: Traversal
  private let nest: Nest
  private let parent: Source
  private let frame: SelectFrame
  private let writer: ExpressionWriter

  init(_ selects: SelectWriter, _ walk: Traversal, _ join: NestVariant.Join) {
    self.selects = selects
    self.walk = walk
    nest = join.nest
    parent = join.parent
    frame = SelectFrame(reading: [parent] + nest.sources, dialect: selects.dialect)
    writer = ExpressionWriter(dialect: selects.dialect, frame: frame)
  }

  /// Columns of the parent that `p0`, `p1` … hold.
  var parentKey: [String] { parent.key }

  /// The tables whose rows are chosen, and the prefix of the columns that hold their keys.
  var tables: [(source: Source, prefix: String)] {
    let junction = nest.isJunction ? nest.way.last.map { [($0.source, "j")] } ?? [] : []
    return junction + [(nest.noun.source, "c")]
  }

  /// Which of the numbers are taken; nil: all rows.
  var limit: Clauses.Limit? {
    nest.noun.limit ?? nest.noun.top.map { Clauses.Limit(count: $0.count, offset: 0) }
  }

  /// What holds for the numbers that are taken.
  func taken(_ number: SQLText) -> [SQLText] {
    guard let limit else { return [] }
    var conditions: [SQLText] = []
    if limit.offset > 0 { conditions.append("\(number) > \(limit.offset)") }
    let (end, overflows) = limit.offset.addingReportingOverflow(limit.count)
    if !overflows { conditions.append("\(number) <= \(end)") }
    return conditions
  }

  func select() -> SQLText {
    guard let top = nest.noun.top, nest.noun.limit != nil else {
      return once(nest.noun.top.map { [$0.key] } ?? nest.noun.sort)
    }
    // `limit` takes from what `top` has taken.
    let first = once([top.key])
    let alias = SelectFrame.alias(nest.noun.source.id)
    let outer = SelectFrame([nest.noun.source.id: alias], dialect: selects.dialect)
    let writer = ExpressionWriter(dialect: selects.dialect, frame: outer)
    let names =
      parentKey.indices.map { "p\($0)" }
      + tables.flatMap { table in table.source.key.indices.map { "\(table.prefix)\($0)" } }
    let columns = names.map { outer.column($0, of: "r") }
    let equal = nest.noun.source.key.enumerated().map { index, column in
      "\(outer.column(column, of: alias)) = \(outer.column("c\(index)", of: "r"))" as SQLText
    }
    let number = number(
      nest.noun.taken.keys, by: parentKey.indices.map { outer.column("p\($0)", of: "r") }, writer)
    let table = outer.table(nest.noun.source.table, as: alias)
    return """
      SELECT \(columns.joined(separator: ", ")), \(number) FROM (\(first)) AS r \
      JOIN \(table) ON \(equal.joined(separator: " AND "))\(outer.joins) WHERE r.n <= \(top.count)
      """
  }

  private func once(_ keys: [ResolvedSortKey]) -> SQLText {
    let parentColumns = parentKey.map { frame.column($0, of: SelectFrame.alias(parent.id)) }
    var list = parentColumns.enumerated().map { index, column -> SQLText in
      "\(column) AS \(SQLText("p\(index)"))"
    }
    var chosen: [SQLText] = []
    for (source, prefix) in tables {
      for (index, column) in source.key.enumerated() {
        let text = frame.column(column, of: SelectFrame.alias(source.id))
        chosen.append(text)
        list.append("\(text) AS \(SQLText(prefix + String(index)))")
      }
    }
    if nest.noun.isLimited { list.append(number(keys, by: parentColumns, writer)) }
    let conditions = conditions()
    var text: SQLText = "SELECT \(list.joined(separator: ", ")) FROM \(joined())"
    if !conditions.isEmpty {
      text.append(" WHERE \(conditions.joined(separator: " AND "))" as SQLText)
    }
    if nest.isRepeating {
      text.append(" GROUP BY \((parentColumns + chosen).joined(separator: ", "))" as SQLText)
    }
    return text
  }

  /// `ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) AS n` (SQL:2003, part 2 §6.10).
  private func number(
    _ keys: [ResolvedSortKey], by parent: [SQLText], _ writer: ExpressionWriter
  ) -> SQLText {
    let order =
      keys.filter { !$0.expression.isConstant }
      .map { selects.sortKey($0, outputs: nil, writer) }
      + selects.columnTexts(nest.noun.source.key, of: nest.noun.source)
    let list = parent.joined(separator: ", ")
    return "ROW_NUMBER() OVER (PARTITION BY \(list) ORDER BY \(order.joined(separator: ", "))) AS n"
  }

  private func joined() -> SQLText {
    let near = SelectFrame.alias(parent.id)
    let steps = nest.rows(under: parent).steps
    let table = frame.table(parent.table, as: near)
    return "\(table)\(frame.joins(from: parent.id))\(frame.chain(steps, from: near))"
  }

  private func conditions() -> [SQLText] {
    var conditions: [SQLText] = []
    let last = walk.last
    if parent.id == last.source.id, last.link != nil || last.filter != nil || last.isLimited {
      let key = selects.columnTexts(last.source.key, of: last.source)
      conditions.append("\(key.tuple) IN (\(selects.keys(walk)))")
    }
    if let filter = nest.noun.filter {
      frame.require(filter.requiredColumns)
      conditions.append(writer.factor(filter))
    }
    return conditions
  }
}
