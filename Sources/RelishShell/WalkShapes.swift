import RelishLanguage
import RelishModel

/// Shapes of walks that were found right, so that `-n` works out each but once.
///
/// A script often says the same walk of a thousand rows. Two lines have one shape when they differ in
/// literals only, and in none that could make the walk wrong: that is what resolving the first of them
/// has taken down. On any doubt the line goes to the parser, which says what is wrong.
final class WalkShapes {
  /// What another literal must be like in the place of the first one.
  fileprivate enum Rule {
    case exactly([UInt8])
    /// Of the same kind; a number of so few digits that it can be any number.
    case free
    /// A count of rows or pages: 1 to 999,999,999.
    case count
    case converted(AttributeType)
  }

  fileprivate struct Shape {
    var kinds: [Token.Kind]
    /// The bytes of all tokens that are no literals.
    var words: [UInt8]
    /// One for each literal, in their order.
    var rules: [Rule]
  }

  private static let capacity = 4_096
  private var shapes: [UInt64: [Shape]] = [:]
  private var count = 0
  private var epoch = -1
  /// What the resolver says of the literals of the walk at hand.
  let notes = LiteralNotes()

  /// Whether the reader's statement is a walk of a known shape, and so is right.
  func know(_ reader: StatementReader, in session: Session) -> Bool {
    notes.removeAll()
    guard count > 0, (try? session.refreshGraph()) != nil, epoch == session.epoch else {
      return false
    }
    return reader.withStatement { bytes, tokens in
      shapes[Self.hash(tokens, bytes)]?.contains { $0.fits(tokens, bytes) } == true
    }
  }

  /// Keeps the shape of a walk that was just found right.
  func learn(from statement: Statement, _ reader: StatementReader, in session: Session) {
    guard case .walk(_, let query) = statement else { return }
    if epoch != session.epoch || count >= Self.capacity {
      shapes.removeAll()
      count = 0
      epoch = session.epoch
    }
    reader.withStatement { bytes, tokens in
      guard let shape = Shape(tokens, bytes, query, notes.notes) else { return }
      shapes[Self.hash(tokens, bytes), default: []].append(shape)
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

extension WalkShapes.Shape {
  /// nil where it is not certain what the literals do.
  fileprivate init?(
    _ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>, _ query: QuerySyntax,
    _ notes: [(range: SourceRange, note: LiteralNotes.Note)]
  ) {
    let clauses = [query.clauses] + query.hops.map(\.clauses)
    let known: [Keyword] = [.where, .show, .sort, .limit, .page]
    let areKnown = clauses.allSatisfy { clause in
      clause.words.allSatisfy { word in Keyword(word.text.utf8).map(known.contains) == true }
    }
    // A variable may hold something else the next time.
    guard areKnown, !tokens.contains(where: { $0.kind == .variable }) else { return nil }
    // The words of an item without a name of its own are its name, which must be like no other.
    let names = clauses.flatMap { $0.show?.value ?? [] }.filter { $0.alias == nil }.map(\.range)
    let counts = clauses.compactMap(\.limit?.range)
    kinds = tokens.map(\.kind)
    words = []
    rules = []
    for token in tokens {
      guard let text = token.bytes(in: bytes) else { return nil }
      guard token.kind.isLiteral else {
        words.append(contentsOf: text)
        continue
      }
      var rule: WalkShapes.Rule?
      if counts.contains(where: { $0.contains(token.range) }) {
        rule = .count
      } else if !names.contains(where: { $0.contains(token.range) }) {
        for (range, note) in notes where range.contains(token.range) {
          switch note {
          case .converted(let type) where range == token.range: rule = .converted(type)
          case .free where range == token.range && rule == nil: rule = .free
          case .free where range == token.range: break
          default: rule = .exactly(Array(text))
          }
          if case .exactly? = rule { break }
        }
      }
      rules.append(rule ?? .exactly(Array(text)))
    }
  }

  fileprivate func fits(_ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard tokens.count == kinds.count else { return false }
    var word = 0
    var literal = 0
    for (position, token) in tokens.enumerated() {
      guard token.kind == kinds[position], let text = token.bytes(in: bytes) else { return false }
      if token.kind.isLiteral {
        guard rules[literal].allows(token, text, in: bytes) else { return false }
        literal += 1
        continue
      }
      let end = word + text.count
      guard end <= words.count else { return false }
      let same = words.withUnsafeBufferPointer { words in
        UnsafeBufferPointer(rebasing: words[word..<end]).elementsEqual(text)
      }
      guard same else { return false }
      word = end
    }
    return word == words.count
  }
}

extension WalkShapes.Rule {
  fileprivate func allows(
    _ token: Token, _ text: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    switch self {
    case .exactly(let known): return known.elementsEqual(text)
    case .free: return token.kind.isText || token.kind == .blob || text.count <= 18
    case .count:
      return token.kind == .integer && text.count <= 9 && text.contains { $0 != UInt8(ascii: "0") }
    case .converted(let type):
      guard let literal = token.literal(in: bytes) else { return false }
      return (try? ValueCheck.convert(literal, to: type)) != nil
    }
  }
}

extension SourceRange {
  fileprivate func contains(_ other: SourceRange) -> Bool {
    start <= other.start && other.end <= end
  }
}

extension Token {
  /// The bytes of the token; nil beyond the statement's.
  fileprivate func bytes(in all: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard start >= 0, start <= end, Int(end) <= all.count else { return nil }
    return UnsafeBufferPointer(rebasing: all[Int(start)..<Int(end)])
  }
}
