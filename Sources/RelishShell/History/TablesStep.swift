import RelishDrivers
import RelishLanguage

/// Tables that were made, dropped or made anew, as a step of the history.
final class TablesStep: UndoableChange {
  private var before: SchemaState
  private var after: SchemaState

  /// - Parameters:
  ///   - before: the tables before the change, with their rows.
  ///   - after: the tables after it; the rows that came later have been undone when it is.
  init(before: SchemaState, after: SchemaState) {
    self.before = before
    self.after = after
  }

  func undo(in session: Session, at range: SourceRange) throws(Failure) -> [String] {
    try go(from: &after, to: &before, isBack: true, in: session, at: range)
  }

  func redo(in session: Session, at range: SourceRange) throws(Failure) -> [String] {
    try go(from: &before, to: &after, isBack: false, in: session, at: range)
  }

  private func go(
    from now: inout SchemaState, to state: inout SchemaState, isBack: Bool, in session: Session,
    at range: SourceRange
  ) throws(Failure) -> [String] {
    let conflicts: [SchemaConflict]
    do {
      conflicts = try session.driver.goBack(to: &state, from: &now)
      try session.refreshGraph()
    } catch {
      throw Failure(error, at: range)
    }
    session.modelChanged()
    guard conflicts.isEmpty else {
      let words = conflicts.map(Self.words).joined(separator: "; ")
      throw Failure(
        .conflict, "not \(isBack ? "undone" : "done again"): \(words)", at: range,
        hint: "nothing was changed")
    }
    let names = (now: Set(now.tables), then: Set(state.tables))
    let gone = now.tables.filter { !names.then.contains($0) }.map { "\($0) is gone" }
    return gone
      + state.tables.map { table in
        let rows = state.rowsKept(of: table) + now.rowsKept(for: table, of: state)
        let words =
          !names.now.contains(table) ? "is back" : isBack ? "is as it was" : "is made anew"
        return "\(table) \(words)" + (rows == 0 ? "" : ", with \(SyncWords.rows(rows))")
      }
  }

  private static func words(_ conflict: SchemaConflict) -> String {
    switch conflict {
    case .otherTable(let table): "the table `\(table)` was changed by something else"
    case .otherRows(let table): "rows of `\(table)` were changed by something else"
    case .otherWriter:
      "another program has written meanwhile, and it cannot be told whether rows of its would go"
    case .foreignKey(let table): "rows of `\(table)` would point to rows that are not there"
    }
  }
}
