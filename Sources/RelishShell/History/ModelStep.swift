import RelishLanguage
import RelishModel

/// A sentence about models, as a step of the history.
final class ModelStep: UndoableChange {
  private var change: ModelChange

  init(_ change: ModelChange) { self.change = change }

  func undo(in session: Session, at range: SourceRange) -> [String] {
    session.builder.takeBack(change)
    change = session.builder.lastChange
    session.modelChanged()
    return []
  }

  func redo(in session: Session, at range: SourceRange) -> [String] {
    undo(in: session, at: range)
  }
}
