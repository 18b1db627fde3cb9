import RelishLanguage
import RelishModel

/// Shapes of walks that a script said before, so that each is worked out but once.
///
/// A script often says the same walk of a thousand rows. Two lines have one shape when they differ in
/// literals only, and in none that could make the walk wrong or another one: that is what resolving the
/// first of them has taken down. Where `-n` finds a known shape the line is right; else the statement
/// made for the shape runs with the line's literals. On any doubt the line goes to the parser.
final class WalkShapes {
  private static let capacity = 4_096
  /// Lines with equal words may differ in literals that matter.
  private static let capacityOfWords = 8
  private var shapes: [UInt64: [WalkShape]] = [:]
  /// Words of walks that came once: their shape is kept the second time.
  private var seen: Set<UInt64> = []
  private var count = 0
  private var epoch = -1
  /// What the resolver says of the literals of the walk at hand, while walks are only checked.
  let notes = LiteralNotes()

  /// The shape of the reader's statement, if it is known and the model is still the one that it was
  /// learnt with.
  func known(_ reader: StatementReader, in session: Session) -> WalkShape? {
    guard epoch == session.epoch else { return nil }
    return reader.withStatement { bytes, tokens in
      shapes[Self.hash(tokens, bytes)]?.first { $0.fits(tokens, bytes) }
    }
  }

  /// Whether a shape with the words of the reader's statement is known.
  func mayKnow(_ reader: StatementReader) -> Bool {
    notes.removeAll()
    guard count > 0 else { return false }
    return reader.withStatement { bytes, tokens in shapes[Self.hash(tokens, bytes)] != nil }
  }

  /// Keeps the shape of a walk that has just gone well.
  func learn(from statement: Statement, _ reader: StatementReader, in session: Session) {
    guard case .walk(let prefix, let query) = statement else { return }
    if epoch != session.epoch || count >= Self.capacity || seen.count >= Self.capacity {
      shapes.removeAll()
      seen.removeAll()
      count = 0
      epoch = session.epoch
    }
    reader.withStatement { bytes, tokens in
      let hash = Self.hash(tokens, bytes)
      guard !seen.insert(hash).inserted, shapes[hash, default: []].count < Self.capacityOfWords
      else { return }
      let shape =
        session.settings.checksOnly
        ? WalkShape(tokens, bytes, query, notes.notes)
        : WalkShape(tokens, bytes, prefix, query, in: session)
      guard let shape else { return }
      shapes[hash, default: []].append(shape)
      count += 1
    }
  }

  /// Of the kinds of all tokens and of the bytes of those that are no literals.
  private static func hash(_ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    let raw = UnsafeRawBufferPointer(bytes)
    var hash: UInt64 = 0
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* multiplier
      hash ^= hash >> 32
    }
    for token in tokens {
      if token.kind.isLiteral {
        mix(UInt64(token.kind.rawValue))
        continue
      }
      var position = max(0, Int(token.start))
      let end = min(Int(token.end), raw.count)
      mix(UInt64(token.kind.rawValue) << 32 | UInt64(max(0, end - position)))
      while position + 8 <= end {
        mix(raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        position += 8
      }
      var rest: UInt64 = 0
      while position < end {
        rest = rest << 8 | UInt64(raw[position])
        position += 1
      }
      mix(rest)
    }
    return hash
  }
}
