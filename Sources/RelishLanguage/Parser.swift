/// Tokens to syntax: one statement, by recursive descent over an array of tokens.
///
/// The parser decides by words alone; whether a name means anything is the model's business. What a
/// statement could go on with is asked of this same grammar: a parser that `watches` a token writes
/// down each word and each kind of name it looks for there (see `Expectations`).
package struct Parser {
  let tokens: [Token]
  let source: SourceText
  /// Of `current` in `tokens`.
  private(set) var index = 0
  private(set) var current = Token(.end, 0, 0)
  /// The keyword that the current word spells, or nil.
  private(set) var keyword: Keyword?
  private var depth = 0
  /// What rules the walk at hand follows; see `WalkContext`.
  var context = WalkContext()
  var watch: Watch?
  /// The noun whose names may stand here; kept only while watching.
  var noun = Noun(model: "", hops: [])

  /// How much a statement may be nested. An operator's operand counts one, a bracket two to four, by
  /// the stack that they take: all of it fits into 512 KB, unoptimised code included.
  package static let deepestNesting = 100

  private let repair: Repair?

  init(tokens: [Token], source: SourceText, repair: Repair? = nil) {
    self.tokens = tokens
    self.source = source
    self.repair = repair
    load()
  }

  /// The statement that `tokens`, whose offsets count in `source`, spell.
  ///
  /// An error stands at the token that does not fit, says what was expected there, and suggests the
  /// nearest word that the grammar had a use for.
  package static func parse(tokens: [Token], source: SourceText) throws(Diagnostic) -> Statement {
    var parser = Parser(tokens: tokens, source: source)
    do throws(Diagnostic) {
      return try parser.wholeStatement()
    } catch {
      throw parser.withSuggestion(error)
    }
  }

  mutating func wholeStatement() throws(Diagnostic) -> Statement {
    let statement = try statement()
    try expectEnd()
    return statement
  }

  func expectEnd() throws(Diagnostic) {
    guard current.kind == .end else {
      throw unexpected(index > 0 ? "the end of the statement" : "a statement")
    }
  }
}

// MARK: - Moving through the tokens

extension Parser {
  mutating func advance() {
    index += 1
    load()
  }

  /// Goes back to a token passed before.
  mutating func rewind(to place: Int) {
    index = place
    load()
  }

  private mutating func load() {
    guard index < tokens.count else {
      let end = tokens.last.map { Int($0.end) } ?? 0
      current = Token(.end, end, end)
      keyword = nil
      return
    }
    current = tokens[index]
    keyword = keyword(ahead: 0)
  }

  /// The kind of the token that comes `distance` tokens after the current one.
  func kind(ahead distance: Int) -> Token.Kind {
    let place = index + distance
    return place >= 0 && place < tokens.count ? tokens[place].kind : .end
  }

  func keyword(ahead distance: Int) -> Keyword? {
    let place = index + distance
    guard place >= 0, place < tokens.count else { return nil }
    let token = tokens[place]
    guard token.kind == .word || token.kind == .capital else { return nil }
    if let repair, repair.index == place { return repair.keyword }
    return Keyword(slice(token.range))
  }

  /// The bytes of a range; fewer when the source is shorter.
  func slice(_ range: SourceRange) -> ArraySlice<UInt8> {
    let end = max(0, min(range.end, source.bytes.count))
    return source.bytes[max(0, min(range.start, end))..<end]
  }

  /// From the token at `start` to the one before the current.
  func range(from start: Int) -> SourceRange {
    guard start < tokens.count, index > start else { return current.range }
    return tokens[start].range.union(tokens[min(index, tokens.count) - 1].range)
  }

  /// The words from the token at `start` to here as written, single blanks for what stood between.
  func words(from start: Int) -> String {
    var text = ""
    var last = -1
    for token in tokens[min(start, tokens.count)..<min(index, tokens.count)] {
      if last >= 0, Int(token.start) > last { text += " " }
      text += source.text(in: token.range)
      last = Int(token.end)
    }
    return text
  }

  /// Goes deeper by `levels`; `leave` goes back.
  ///
  /// Too deep is an error, not a stack that runs out.
  mutating func enter(_ levels: Int = 1) throws(Diagnostic) {
    depth += levels
    guard depth > Self.deepestNesting else { return }
    throw Diagnostic(
      .tooDeep, "the brackets and operators are nested too deep", at: current.range)
  }

  mutating func leave(_ levels: Int = 1) { depth -= levels }
}

// MARK: - Looking for a word or sign

extension Parser {
  /// Whether the current word is `word`.
  mutating func at(_ word: Keyword) -> Bool {
    if isWatching { watch?.add(word: word.spelling) }
    return keyword == word
  }

  /// Passes over `word` when it is the current one.
  mutating func accept(_ word: Keyword) -> Bool {
    guard at(word) else { return false }
    advance()
    return true
  }

  mutating func accept(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Which of `words` stands here, without passing over it.
  mutating func oneOf(_ words: [Keyword]) -> Keyword? {
    if isWatching { words.forEach { watch?.add(word: $0.spelling) } }
    guard let keyword, words.contains(keyword) else { return nil }
    return keyword
  }

  mutating func expect(_ word: Keyword) throws(Diagnostic) {
    guard accept(word) else { throw unexpected("`\(word.spelling)`") }
  }

  mutating func expect(_ kind: Token.Kind, orElse what: String? = nil) throws(Diagnostic) {
    guard accept(kind) else {
      var error = unexpected(what ?? "`\(kind.sign ?? "")`")
      if kind == .rightParenthesis || kind == .rightBracket { addBracket(to: &error) }
      throw error
    }
  }

  /// Any word, capital or name in backticks.
  mutating func name(_ what: String, _ wants: Want...) throws(Diagnostic) -> Name {
    if isWatching { wants.forEach { watch?.add(want: $0) } }
    guard current.kind.isName else { throw unexpected(what) }
    return takeName()
  }

  /// The name of a model: a capital or backticks.
  mutating func modelName() throws(Diagnostic) -> Name {
    if isWatching { watch?.add(want: .model) }
    if current.kind == .word {
      throw unexpected(
        "a model", hint: "a model's name begins with a capital letter: `\(capitalized(current))`")
    }
    guard current.kind == .capital || current.kind == .quotedName else {
      throw unexpected("a model")
    }
    return takeName()
  }

  /// The current token, which is a name, as `Name`.
  mutating func takeName() -> Name {
    defer { advance() }
    return name(of: current)
  }

  func name(of token: Token) -> Name {
    Name(token.name(in: source.bytes), at: token.range, isQuoted: token.kind == .quotedName)
  }

  private func capitalized(_ token: Token) -> String {
    let name = source.text(in: token.range)
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  /// A text in quotes.
  mutating func text(
    _ what: String, _ wants: Want...
  ) throws(Diagnostic) -> Located<String> {
    if isWatching { wants.forEach { watch?.add(want: $0) } }
    guard current.kind.isText else {
      let isWord = current.kind.isName || current.kind == .meta
      throw unexpected(
        what, hint: isWord ? "it stands in quotes: \"\(source.text(in: current.range))\"" : nil)
    }
    defer { advance() }
    return Located(current.text(in: source.bytes), at: current.range)
  }

  /// A whole number from `minimum` up.
  mutating func integer(_ what: String, from minimum: Int = 0) throws(Diagnostic) -> Int {
    guard current.kind == .integer else { throw unexpected(what) }
    guard let value = integerValue(current).flatMap({ Int(exactly: $0) }) else {
      throw Diagnostic(.badNumber, "expected \(what), and this is too great", at: current.range)
    }
    guard value >= minimum else {
      throw Diagnostic(
        .badNumber, "expected \(what) of at least \(minimum), found `\(value)`",
        at: current.range)
    }
    advance()
    return value
  }
}

// MARK: - Errors

extension Parser {
  /// Shows the open bracket when it stands on a line before the error.
  private func addBracket(to error: inout Diagnostic) {
    guard let open = Lexer.openBracket(Array(tokens.prefix(index))) else { return }
    let between = slice(SourceRange(Int(open.start), Int(current.start)))
    guard between.contains(0x0A) else { return }
    error.related.append(
      Diagnostic.Related("this bracket is not closed", source.excerpt(at: open.range)))
  }

  /// The error at the current token: what should have stood there.
  func unexpected(_ what: String, hint: String? = nil) -> Diagnostic {
    var range = current.range
    var found = "found `\(shown(current))`"
    if current.kind == .end {
      found = index > 0 ? "after `\(shown(tokens[min(index, tokens.count) - 1]))`" : "found nothing"
      range = SourceRange(range.end, range.end)
    }
    let separator = current.kind == .end && index > 0 ? " " : ", "
    return Diagnostic(.unexpected, "expected \(what)\(separator)\(found)", at: range, hint: hint)
  }

  /// A token's text for a message, cut when it is long.
  func shown(_ token: Token) -> String {
    let start = Int(token.start)
    let text = source.text(in: SourceRange(start, min(Int(token.end), start + 200)))
    return text.count > 40 ? text.prefix(39) + "…" : text
  }

  /// A word of the language that this version does not know what to do with.
  func notYet(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.notYet, "`\(word)` comes with a later version of relish", at: range)
  }

  func duplicate(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.duplicateOption, "`\(word)` stands here twice", at: range)
  }
}
