// `sync` and `plan` with what they may do (LANGUAGE.md §5).
extension Parser {
  /// `force`, or `alter` with its `fill` and `lose`, or nothing.
  mutating func syncSyntax() throws(Diagnostic) -> SyncSyntax {
    if accept(.force) { return SyncSyntax(.force) }
    guard accept(.alter) else { return SyncSyntax(.create) }
    var syntax = SyncSyntax(.alter)
    while true {
      if accept(.fill) {
        repeat { syntax.fills.append(try fill()) } while accept(.comma)
      } else if accept(.lose) {
        repeat { syntax.losses.append(try loss(after: syntax.losses.last)) } while accept(.comma)
      } else if keyword == .drop || keyword == .drops || keyword == .remove {
        throw unexpected(
          "`fill` or `lose`",
          hint: "`lose column Product.title` drops a column, `lose table tags` a table")
      } else {
        return syntax
      }
    }
  }

  private mutating func fill() throws(Diagnostic) -> FillSyntax {
    let target = try column { .attribute(Noun(model: $0, hops: [])) }
    try expect(.equal)
    return FillSyntax(target: target, value: try expression())
  }

  /// `column Product.title`, `table tags`; the word before holds on: `lose column a, b`.
  private mutating func loss(after last: LossSyntax?) throws(Diagnostic) -> LossSyntax {
    if accept(.column) { return .column(try column { .column($0) }) }
    if accept(.table) { return .table(try table()) }
    switch last {
    case .column?: return .column(try column { .column($0) })
    case .table?: return .table(try table())
    case nil:
      throw unexpected(
        "`column` or `table`", hint: "as in `sync alter lose column Product.title`")
    }
  }

  private mutating func table() throws(Diagnostic) -> Name {
    if isWatching { watch?.add(want: .table) }
    return try name("a table")
  }

  /// - Parameter want: what may stand behind the model's dot.
  private mutating func column(_ want: (String) -> Want) throws(Diagnostic) -> ColumnSyntax {
    if isWatching { watch?.add(want: .owner) }
    let first = try name("a column, as in `Product.title`")
    guard accept(.dot) else { return ColumnSyntax(model: nil, name: first) }
    if isWatching { watch?.add(want: want(first.text)) }
    return ColumnSyntax(model: first, name: try name("a column"))
  }
}
