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

  private struct Joined: Hashable {
    let source: Source.ID
    let links: [Link]
  }

  private let parent: SelectFrame?
  private let style: Style
  private let dialect: any Dialect
  private let names: JoinNames
  private let aliases: [Source.ID: String]
  private var joined: [Joined: String] = [:]

  /// The LEFT JOINs that the expressions so far asked for, each with a blank before it.
  private(set) var joins = SQLText()
  /// Whether a path became a subquery.
  private(set) var hasSubqueries = false

  /// - Parameter aliases: the name of each source; empty: columns are written bare.
  init(
    _ aliases: [Source.ID: String], dialect: any Dialect, style: Style = .joins,
    parent: SelectFrame? = nil
  ) {
    self.aliases = aliases
    self.dialect = dialect
    self.style = style
    self.parent = parent
    names = parent?.names ?? JoinNames()
  }

  /// `t0`: what a source is called in every SELECT that relish writes.
  static func alias(_ source: Source.ID) -> String { "t\(source.rawValue)" }

  /// The frame of a SELECT inside this one, which reads these sources.
  func nested(_ sources: some Sequence<Source>) -> SelectFrame {
    let aliases = sources.map { ($0.id, Self.alias($0.id)) }
    return SelectFrame(
      Dictionary(aliases, uniquingKeysWith: { first, _ in first }), dialect: dialect, parent: self)
  }

  /// The column as an expression inside this SELECT.
  func column(_ reference: ColumnReference) -> SQLText {
    var owner = self
    while owner.aliases[reference.source] == nil, let next = owner.parent { owner = next }
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

  /// The alias at the end of the links; joins that are there already are shared.
  private func join(_ source: Source.ID, _ start: String, _ links: [Link]) -> String {
    var near = start
    for (index, link) in links.enumerated() {
      let key = Joined(source: source, links: Array(links[...index]))
      if let known = joined[key] {
        near = known
        continue
      }
      let far = names.next()
      let condition = equality(link, from: near, to: far)
      joins.append(" LEFT JOIN \(table(link.table, as: far)) ON \(condition)" as SQLText)
      joined[key] = far
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
