import RelishLanguage
import RelishModel

/// What makes two walks the same but for their literals, and what must be true of the literals.
struct WalkShape {
  /// What another literal must be like in the place of the first one.
  enum Rule {
    case exactly([UInt8])
    /// Of the same kind; a number of so few digits that it can be any number.
    case free
    /// A count of rows or pages: 1 to 999,999,999.
    case count
    case converted(AttributeType)
  }

  private let kinds: [Token.Kind]
  /// The bytes of all tokens that are no literals.
  private var words: [UInt8]
  /// One for each literal, in their order.
  var rules: [Rule]
  /// The statement that answers walks of the shape; nil while walks are only checked.
  var answer: WalkAnswer?
}

extension WalkShape {
  /// nil where it is not certain what the literals do.
  init?(
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
      var rule: WalkShape.Rule?
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

  func fits(_ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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

extension WalkShape.Rule {
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
  func bytes(in all: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard start >= 0, start <= end, Int(end) <= all.count else { return nil }
    return UnsafeBufferPointer(rebasing: all[Int(start)..<Int(end)])
  }
}
