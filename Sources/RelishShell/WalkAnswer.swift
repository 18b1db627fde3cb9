import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// The statement that answers every walk of one shape.
struct WalkAnswer {
  private enum Binding {
    case value(Value)
    /// That literal of the line, counted from 0.
    case literal(Int)
  }

  private let sql: SQLText
  private let bindings: [Binding]
  let columns: [ResultColumn]
  let isFlat: Bool

  /// The statement with the literals of a line of the shape.
  func sql(_ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>) -> SQLText? {
    let literals = tokens.filter(\.kind.isLiteral)
    var values: [Value] = []
    for binding in bindings {
      switch binding {
      case .value(let value): values.append(value)
      case .literal(let index):
        guard let literal = literals[index].literal(in: bytes) else { return nil }
        values.append(ValueCheck.plain(literal))
      }
    }
    return sql.rebound(to: values)
  }
}

extension WalkShape {
  /// The shape with its statement; nil where it is not certain how the statement follows from the
  /// literals.
  ///
  /// Found by trial: the walk is worked out once more with other literals, at another time. What
  /// differs between the two statements must be these literals, where they are bound, and nothing else.
  init?(
    _ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>, _ prefix: WalkPrefix?,
    _ query: QuerySyntax, in session: Session
  ) {
    guard prefix == nil || prefix == .count || prefix == .exists,
      let first = Trial(prefix, query, now: "1000-01-01 00:00:00.000", in: session)
    else { return nil }
    self.init(tokens, bytes, query, first.notes.notes)
    for index in rules.indices { keepWhatIsNotFree(tokens, bytes, index) }

    var text: [UInt8] = []
    var place = 0
    var others: [Int: Value] = [:]
    var index = 0
    for token in tokens where token.kind.isLiteral {
      if case .free = rules[index], let given = token.bytes(in: bytes) {
        let (words, value) = Self.other(token.kind, index, unlike: given)
        others[index] = value
        text += bytes[place..<Int(token.start)]
        text += words.utf8
        place = Int(token.end)
      }
      index += 1
    }
    guard let end = tokens.last.map({ Int($0.end) }), place <= end else { return nil }
    text += bytes[place..<end]
    var reader = StatementReader(name: "", text: String(decoding: text, as: UTF8.self))
    guard case .statement = reader.next(), case .walk(prefix, let query)? = try? reader.parse(),
      let second = Trial(prefix, query, now: "2000-02-02 02:02:02.222", in: session)
    else { return nil }
    answer = WalkAnswer(first, second, others, tokens.filter(\.kind.isLiteral), bytes)
    if answer == nil { return nil }
  }

  /// A statement holds counts and dates in a form of its own, and a text of no length may mean more.
  private mutating func keepWhatIsNotFree(
    _ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) {
    let literals = tokens.filter(\.kind.isLiteral)
    guard let text = literals[index].bytes(in: bytes) else { return }
    if case .free = rules[index], literals[index].kind != .escapedText,
      literals[index].kind != .blob, text.count > 2 || !literals[index].kind.isText
    {
      return
    }
    rules[index] = .exactly(Array(text))
  }

  /// A literal of that kind which is not like the given one, nor as long.
  private static func other(
    _ kind: Token.Kind, _ index: Int, unlike given: UnsafeBufferPointer<UInt8>
  ) -> (words: String, value: Value) {
    switch kind {
    case .integer:
      let number = 7_000_000_000 + Int64(index)
      return (String(number), .integer(number))
    case .decimal:
      let words = "7000000.\(1_000_000 + index)7"
      return (words, Decimal(words).map { .decimal($0) } ?? .null)
    default:
      let words = String(repeating: "relish", count: 1 + given.count / 6) + String(index)
      return ("\"\(words)\"", .text(words))
    }
  }
}

/// A walk worked out to its statement.
private struct Trial {
  let notes = LiteralNotes()
  let sql: SQLText
  let columns: [ResultColumn]
  let isFlat: Bool

  init?(_ prefix: WalkPrefix?, _ query: QuerySyntax, now: String, in session: Session) {
    let resolver = QueryResolver(
      graph: session.graph, variables: [:], now: (date: String(now.prefix(10)), datetime: now),
      notes: notes, rowKey: session.driver.dialect.rowKey)
    let selects = SelectWriter(dialect: session.driver.dialect)
    // A note about `every`, and nested rows, need the walk itself.
    guard let walk = try? resolver.resolve(query), walk.nests.isEmpty,
      selects.emptyEvery(walk).isEmpty
    else { return nil }
    (sql, columns, isFlat) = Interpreter.statement(prefix, walk, selects)
  }
}

extension WalkAnswer {
  fileprivate init?(
    _ first: Trial, _ second: Trial, _ others: [Int: Value], _ literals: [Token],
    _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    guard first.sql.hasWords(of: second.sql), first.isFlat == second.isFlat,
      first.columns == second.columns
    else { return nil }
    var bindings: [Binding] = []
    var used: Set<Int> = []
    for (one, two) in zip(first.sql.bindings, second.sql.bindings) {
      if let index = others.first(where: { $0.value == two })?.key {
        guard let given = literals[index].literal(in: bytes), ValueCheck.plain(given) == one else {
          return nil
        }
        bindings.append(.literal(index))
        used.insert(index)
      } else {
        guard one == two else { return nil }
        bindings.append(.value(one))
      }
    }
    guard used.count == others.count else { return nil }
    self.bindings = bindings
    (sql, columns, isFlat) = (first.sql, first.columns, first.isFlat)
  }
}
