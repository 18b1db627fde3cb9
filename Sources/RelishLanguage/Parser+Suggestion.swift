// A second look at a statement that does not parse: what would have fitted?
extension Parser {
  /// The error with the nearest word that the grammar looked for at its token.
  func withSuggestion(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.code == .unexpected, diagnostic.hint == nil else { return diagnostic }
    var diagnostic = diagnostic
    let place = tokens.firstIndex { Int($0.start) == diagnostic.range.start } ?? tokens.count
    var parser = Parser(tokens: tokens, source: source)
    parser.watch = Watch(index: place)
    _ = try? parser.wholeStatement()
    let words = parser.watch?.words ?? []
    if place < tokens.count, tokens[place].kind == .word || tokens[place].kind == .capital {
      let wrong = source.text(in: tokens[place].range)
      if let near = Suggestion.nearest(to: wrong, among: words) {
        diagnostic.hint = "did you mean `\(near)`?"
        return diagnostic
      }
    }
    if let earlier = misreadWord(before: place) { return earlier }
    if diagnostic.message.hasPrefix("expected the end"), !words.isEmpty, words.count <= 14 {
      diagnostic.hint = "possible here: \(words.joined(separator: ", "))"
    }
    return diagnostic
  }

  /// In `Product hass title string, …` and `User where name contain "x" and …` the wrong word was
  /// read as a relation, and the parser stumbled only later.
  private func misreadWord(before place: Int) -> Diagnostic? {
    guard let first = tokens.first, first.kind == .capital || first.kind == .quotedName else {
      return misreadRelation(before: place, from: 1)
    }
    if tokens.count > 1, place > 1, tokens[1].kind == .word {
      let word = source.text(in: tokens[1].range)
      if Keyword(word.utf8) == nil, let verb = Keyword.nearestVerb(to: word) {
        return Diagnostic(
          .unexpected, "expected a verb or a relation of `\(shown(first))`, found `\(word)`",
          at: tokens[1].range, hint: "did you mean `\(verb)`?")
      }
    }
    return misreadRelation(before: place, from: 1)
  }

  private func misreadRelation(before place: Int, from start: Int) -> Diagnostic? {
    for index in stride(from: min(place, tokens.count) - 1, through: max(start, place - 3), by: -1)
    {
      guard tokens[index].kind == .word else { continue }
      let word = source.text(in: tokens[index].range)
      guard Keyword(word.utf8) == nil, word.utf8.count > 2,
        let near = Keyword.nearestWalkWord(to: word)
      else { continue }
      return Diagnostic(
        .unexpected, "`\(word)` is read as a name here, and what follows does not fit",
        at: tokens[index].range, hint: "did you mean `\(near)`?")
    }
    return nil
  }
}
