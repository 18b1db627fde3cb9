package import RelishLanguage

/// What resolving a walk says of its literals: which of them could be others without making it wrong.
///
/// A literal that is not noted may matter in a way that nobody took down, as the digits of `round`.
package final class LiteralNotes {
  /// Which other literals of the same kind would do.
  package enum Note: Sendable {
    /// Any.
    case free
    /// Those that can be converted to a value of that type.
    case converted(AttributeType)
  }

  package private(set) var notes: [(range: SourceRange, note: Note)] = []

  package init() {}

  /// Forgets everything, for the next walk.
  package func removeAll() { notes.removeAll(keepingCapacity: true) }

  func add(_ range: SourceRange, _ note: Note) { notes.append((range, note)) }
}
