// A second look at a statement that does not parse: what would have fitted?
extension Parser {
  /// A keyword that a word is taken for, to see whether the statement parses then.
  struct Repair {
    var index: Int
    var keyword: Keyword
  }

  /// The error with the nearest word that the grammar looked for at its token.
  ///
  /// In `User wehre name = "x"` the parser stumbles over `=` only, as `wehre` could be a relation. So
  /// each word before the error is tried as the keyword nearest to it; the one that lets the parser
  /// get further is what was meant.
  func withSuggestion(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.code == .unexpected || diagnostic.code == .notYet else { return diagnostic }
    var diagnostic = diagnostic
    let place = tokens.firstIndex { Int($0.start) >= diagnostic.range.start } ?? tokens.count
    if diagnostic.code == .notYet { return repair(before: place) ?? diagnostic }
    let words = expectedWords(at: place)
    if let wrong = unknownWord(at: place),
      let near = Self.nearest(to: wrong, among: words)
    {
      diagnostic.hint = "did you mean `\(near)`?"
      return diagnostic
    }
    if let earlier = repair(before: place) ?? commandInCapitals() { return earlier }
    if diagnostic.hint == nil, diagnostic.message.hasPrefix("expected the end"), !words.isEmpty,
      words.count <= 14
    {
      diagnostic.hint = "possible here: \(words.joined(separator: ", "))"
    }
    return diagnostic
  }

  /// The error for `CREATE User …` and `Create User …`, whose first word was read as a model.
  private func commandInCapitals() -> Diagnostic? {
    guard let first = tokens.first, first.kind == .capital else { return nil }
    let word = source.text(in: first.range)
    let isLoud = word.count > 1 && word == word.uppercased()
    guard isLoud || (tokens.count > 1 && tokens[1].kind == .capital),
      let hint = Self.commandHint(for: word)
    else { return nil }
    return Diagnostic(
      .unexpected, "`\(word)` is read as a model here, and what follows does not fit",
      at: first.range, hint: hint)
  }

  /// What the grammar looks for at a token.
  private func expectedWords(at place: Int) -> [String] {
    var parser = Parser(tokens: tokens, source: source)
    parser.watch = Watch(index: place)
    _ = try? parser.wholeStatement()
    return parser.watch?.words ?? []
  }

  /// The word at a token when it is no keyword.
  private func unknownWord(at place: Int) -> String? {
    guard place < tokens.count, tokens[place].kind == .word || tokens[place].kind == .capital,
      Keyword(slice(tokens[place].range)) == nil
    else { return nil }
    return source.text(in: tokens[place].range)
  }

  /// The nearest of words that may be two, as `starts with`, to the first of them or to both.
  private static func nearest(to wrong: String, among words: [String]) -> String? {
    let firsts = words.map { String($0.prefix { $0 != " " }) }
    return Suggestion.nearest(to: wrong, among: firsts).flatMap { near in
      firsts.firstIndex(of: near).map { words[$0] }
    }
  }

  /// The error at the word which, taken for a keyword near it, lets the statement parse further than
  /// the token at `place`.
  private func repair(before place: Int) -> Diagnostic? {
    // A sentence of a person has few words; a long list of rows is not worth the search.
    var tries = 24
    for index in stride(from: min(place, tokens.count) - 1, through: 0, by: -1) {
      guard let wrong = unknownWord(at: index) else { continue }
      tries -= 1
      guard tries >= 0 else { return nil }
      var words = expectedWords(at: index)
      // `tox` is as near to `top` as to `to`, and only one of them fits.
      for _ in 0..<3 {
        guard let near = Self.nearest(to: wrong, among: words),
          let keyword = Keyword(near.prefix { $0 != " " }.utf8)
        else { break }
        guard isFurther(Repair(index: index, keyword: keyword), than: place) else {
          words.removeAll { $0 == near }
          continue
        }
        return Diagnostic(
          .unexpected, "expected `\(near)`, found `\(shown(tokens[index]))`",
          at: tokens[index].range, hint: "did you mean `\(near)`?")
      }
    }
    return nil
  }

  /// Whether the statement with the repair parses, or fails behind the token at `place`.
  private func isFurther(_ repair: Repair, than place: Int) -> Bool {
    var parser = Parser(tokens: tokens, source: source, repair: repair)
    do throws(Diagnostic) {
      _ = try parser.wholeStatement()
      return true
    } catch {
      return place < tokens.count && error.range.start > Int(tokens[place].start)
    }
  }
}
