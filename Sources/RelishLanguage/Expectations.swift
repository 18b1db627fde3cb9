/// A noun of a walk or declaration, as far as words tell: a model and the relations walked from it.
package struct Noun: Hashable, Sendable {
  package var model: String
  package var hops: [String]
  package init(model: String, hops: [String]) {
    self.model = model
    self.hops = hops
  }
}

/// A kind of name that may stand somewhere.
package enum Want: Hashable, Sendable {
  case model
  /// A model with a dot behind it.
  case owner
  /// A table or view of the database that no sentence has declared.
  case table
  /// A column of that model's table that the model does not have.
  case column(String)
  case relation(Noun)
  case attribute(Noun)
  /// A path in an expression: attributes and relations of the noun.
  case path(Noun)
  case type, rule, file, command, variable, setting, format, helpTopic
}

/// What may stand at a place of a text, for completion.
package struct Expectations: Sendable {
  /// What has been typed of the word at the cursor, without an opening quote or backtick.
  package var prefix: String
  /// The byte offset in the text at which a completed word goes; behind an opening quote.
  package var replaceStart: Int
  /// Words of the grammar that fit here, as they are spelled; not filtered by the prefix.
  package var words: [String] = []
  /// Kinds of names that fit here; not filtered by the prefix.
  package var wants: [Want] = []
}

/// What a parser looks for at one token.
struct Watch {
  var index: Int
  var words: [String] = []
  var wants: [Want] = []

  init(index: Int) { self.index = index }

  mutating func add(word: String) {
    if !words.contains(word) { words.append(word) }
  }

  mutating func add(want: Want) {
    if !wants.contains(want) { wants.append(want) }
  }
}

extension Parser {
  /// Whether nouns are kept, which costs time.
  var isRecording: Bool { watch != nil }
  /// Whether the current token is the one that is asked about.
  var isWatching: Bool {
    guard let watch else { return false }
    return watch.index == index
  }

  func noun(_ noun: Noun, following name: Name) -> Noun {
    Noun(model: noun.model, hops: noun.hops + [name.text])
  }

  func nounOf(_ query: QuerySyntax) -> Noun {
    Noun(model: query.model.text, hops: query.hops.map(\.name.text))
  }

  /// What can stand at byte `offset` of `text`, by the grammar alone.
  package static func expectations(text: String, offset: Int) -> Expectations {
    let bytes = Array(text.utf8.prefix(max(0, offset)))
    var reader = StatementReader(name: "", text: String(decoding: bytes, as: UTF8.self))
    var (statement, source, origin) = ([Token](), SourceText(name: "", bytes: []), 0)
    var isInText = false
    reading: while true {
      switch reader.next() {
      case .end: break reading
      case .statement, .incomplete:
        (statement, source, origin) = (reader.tokens, reader.source(), reader.sourceOffset)
        if reader.isTerminated { statement = [] }
      case .failed(let diagnostic, let failedSource):
        (statement, source, origin) = (reader.tokens, failedSource, reader.sourceOffset)
        guard diagnostic.code == .unclosedText else { return nothing(bytes) }
        let quote = diagnostic.range.start
        isInText = source.bytes.indices.contains(quote) && source.bytes[quote] != UInt8(ascii: "`")
        statement.append(Token(isInText ? .text : .quotedName, quote, source.bytes.count))
        break reading
      }
    }
    if reader.endsInComment { return nothing(bytes) }
    var expectations = Expectations(prefix: "", replaceStart: bytes.count)
    if let last = statement.last, origin + Int(last.end) == bytes.count {
      guard isInText || last.kind.isName || last.kind == .variable || last.kind == .meta else {
        if last.kind.isLiteral || last.kind == .metaRest { return nothing(bytes) }
        return complete(expectations, statement, source)
      }
      statement.removeLast()
      let isQuoted = isInText || last.kind == .quotedName
      expectations.replaceStart = origin + Int(last.start) + (isQuoted ? 1 : 0)
      expectations.prefix = String(
        decoding: bytes[min(expectations.replaceStart, bytes.count)...], as: UTF8.self)
    }
    expectations = complete(expectations, statement, source)
    if isInText {
      expectations.words = []
      expectations.wants.removeAll { $0 != .file }
    }
    return expectations
  }

  private static func nothing(_ bytes: [UInt8]) -> Expectations {
    Expectations(prefix: "", replaceStart: bytes.count)
  }

  private static func complete(
    _ expectations: Expectations, _ tokens: [Token], _ source: SourceText
  ) -> Expectations {
    var expectations = expectations
    var parser = Parser(tokens: tokens, source: source)
    parser.watch = Watch(index: tokens.count)
    _ = try? parser.wholeStatement()
    expectations.words = parser.watch?.words ?? []
    expectations.wants = parser.watch?.wants ?? []
    return expectations
  }
}
