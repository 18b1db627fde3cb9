import RelishModel

/// Names for the to-one joins of one statement: `j0`, `j1`, …
final class JoinNames {
  private var count = 0

  func next() -> String {
    defer { count += 1 }
    return "j\(count)"
  }
}

/// The tables that one SELECT reads, by the names that its expressions call them.
///
/// To-one paths become joins of the SELECT that owns the source they start at. They are gathered while
/// its expressions are written, therefore its FROM is written last.
final class SelectFrame {
  /// What a path over links becomes.
  enum Style {
    /// `LEFT JOIN users AS j0 ON j0.id = t0.userId` and `j0.name`.
    case joins
    /// `(SELECT j0.name FROM users AS j0 WHERE j0.id = t0.userId)`, where there is no FROM to join to.
    case subqueries
  }

  /// The row at the end of a path of links.
  private struct Place: Hashable {
    let source: Source.ID
    let links: [Link]
  }

  private struct Join {
    let place: Place
    let alias: String
    let table: SQLText
    let condition: SQLText
  }

  private let parent: SelectFrame?
  private let style: Style
  private let dialect: any Dialect
  private let names: JoinNames
  private let aliases: [Source.ID: String]
  /// Sources whose columns are expressions of this SELECT: the groups of its own GROUP BY.
  private let inlined: [Source.ID: [String: SQLText]]
  private var positions: [Place: Int] = [:]
  private var found: [Join] = []
  private var required: Set<Place> = []

  /// Related rows that this SELECT joins and groups by their owner: the last source of each aggregate
  /// over them, and a column that is null where there is none.
  var gathered: [Source.ID: SQLText] = [:]

  /// Whether a path became a subquery.
  private(set) var hasSubqueries = false
  /// Whether a path begins at a source that is inlined, and so has no name to join to.
  private(set) var leavesInlined = false

  /// - Parameter aliases: the name of each source; empty: columns are written bare.
  init(
    _ aliases: [Source.ID: String], dialect: any Dialect, style: Style = .joins,
    parent: SelectFrame? = nil, inlined: [Source.ID: [String: SQLText]] = [:]
  ) {
    self.aliases = aliases
    self.inlined = inlined
    self.dialect = dialect
    self.style = style
    self.parent = parent
    names = parent?.names ?? JoinNames()
  }

  /// A SELECT that reads these sources by their usual names.
  convenience init(
    reading sources: some Sequence<Source>, dialect: any Dialect, style: Style = .joins,
    parent: SelectFrame? = nil
  ) {
    let aliases = sources.map { ($0.id, Self.alias($0.id)) }
    self.init(
      Dictionary(aliases, uniquingKeysWith: { first, _ in first }), dialect: dialect, style: style,
      parent: parent)
  }

  /// `t0`: what a source is called in every SELECT that relish writes.
  static func alias(_ source: Source.ID) -> String { "t\(source.rawValue)" }

  /// The frame of a SELECT inside this one, which reads these sources.
  func nested(_ sources: some Sequence<Source>) -> SelectFrame {
    SelectFrame(reading: sources, dialect: dialect, parent: self)
  }

  /// ` JOIN products AS t1 ON …` for each step, one after another from the table called `near`, each with
  /// the to-one joins that begin at it.
  func chain(_ steps: some Sequence<RelatedRows.Step>, from near: String) -> SQLText {
    var text = SQLText()
    var near = near
    for step in steps {
      let far = Self.alias(step.source.id)
      let on = equality(step.link, from: near, to: far)
      text.append(" JOIN \(table(step.link.table, as: far)) ON \(on)" as SQLText)
      text.append(joins(from: step.source.id))
      near = far
    }
    return text
  }

  /// The column as an expression inside this SELECT.
  func column(_ reference: ColumnReference) -> SQLText {
    var owner = self
    while owner.aliases[reference.source] == nil {
      if let columns = owner.inlined[reference.source] {
        if !reference.links.isEmpty { owner.leavesInlined = true }
        return columns[reference.links.first?.pairs.first?.near ?? reference.column] ?? "NULL"
      }
      guard let next = owner.parent else { break }
      owner = next
    }
    let alias = owner.aliases[reference.source] ?? Self.alias(reference.source)
    guard !reference.links.isEmpty else { return column(reference.column, of: alias) }
    switch owner.style {
    case .joins:
      return column(reference.column, of: owner.join(reference.source, alias, reference.links))
    case .subqueries:
      owner.hasSubqueries = true
      return subquery(reference, from: alias)
    }
  }

  func column(_ name: String, of alias: String) -> SQLText {
    let name = dialect.identifier(name)
    return SQLText(alias.isEmpty ? name : alias + "." + name)
  }

  /// `users AS t0`
  func table(_ name: String, as alias: String) -> SQLText {
    SQLText(dialect.identifier(name) + " AS " + alias)
  }

  /// `t1.userId = t0.id`
  func equality(_ link: Link, from near: String, to far: String) -> SQLText {
    link.pairs
      .map { "\(column($0.far, of: far)) = \(column($0.near, of: near))" as SQLText }
      .joined(separator: " AND ")
  }

  /// The joins that the expressions so far asked for, each with a blank before it.
  ///
  /// Those that must find a row come first and are inner joins, which the database may begin with: an
  /// index on `users.name` then serves `Product where user.name = "Max"`.
  var joins: SQLText { joins(from: nil) }

  /// - Parameter source: only those whose path begins there; nil: all.
  func joins(from source: Source.ID?) -> SQLText {
    let wanted = source == nil ? found : found.filter { $0.place.source == source }
    let inner = wanted.filter { required.contains($0.place) }
      .map { " JOIN \($0.table) ON \($0.condition)" as SQLText }
    let outer = wanted.filter { !required.contains($0.place) }
      .map { " LEFT JOIN \($0.table) ON \($0.condition)" as SQLText }
    return (inner + outer).joined(separator: "")
  }

  /// Says that no row is wanted where these paths lead to none.
  func require(_ references: Set<ColumnReference>) {
    for reference in references where aliases[reference.source] != nil {
      for end in reference.links.indices {
        required.insert(Place(source: reference.source, links: Array(reference.links[...end])))
      }
    }
  }

  /// The alias at the end of the links; joins that are there already are shared.
  private func join(_ source: Source.ID, _ start: String, _ links: [Link]) -> String {
    var near = start
    for (index, link) in links.enumerated() {
      let place = Place(source: source, links: Array(links[...index]))
      if let known = positions[place] {
        near = found[known].alias
        continue
      }
      let far = names.next()
      positions[place] = found.count
      found.append(
        Join(
          place: place, alias: far, table: table(link.table, as: far),
          condition: equality(link, from: near, to: far)))
      near = far
    }
    return near
  }

  private func subquery(_ reference: ColumnReference, from start: String) -> SQLText {
    var near = start
    var from = SQLText()
    var correlation = SQLText()
    for (index, link) in reference.links.enumerated() {
      let far = names.next()
      let condition = equality(link, from: near, to: far)
      if index == 0 {
        from = table(link.table, as: far)
        correlation = condition
      } else {
        from.append(" JOIN \(table(link.table, as: far)) ON \(condition)" as SQLText)
      }
      near = far
    }
    return "(SELECT \(column(reference.column, of: near)) FROM \(from) WHERE \(correlation))"
  }
}
