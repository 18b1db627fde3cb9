/// What may stand at the cursor, from `CompletionEngine`.
package struct Completion: Sendable, Equatable {
  /// One word, name or file that fits.
  package struct Candidate: Sendable, Equatable {
    /// What stands in place of what was typed.
    package var text: String
    /// What follows when it is the only candidate: a blank, or nothing inside a path.
    package var ending: String

    package init(_ text: String, ending: String = " ") {
      self.text = text
      self.ending = ending
    }
  }

  /// Byte offset in the text at which the word that is completed begins.
  package var replaceStart: Int
  /// In alphabetical order, all of them beginning with what was typed.
  package var candidates: [Candidate]

  package init(replaceStart: Int, candidates: [Candidate]) {
    self.replaceStart = replaceStart
    self.candidates = candidates
  }

  /// What goes in at `replaceStart` on Tab: the only candidate with its ending, or what all begin
  /// with; nil where there is none.
  package var insertion: String? {
    guard let first = candidates.first else { return nil }
    guard candidates.count > 1 else { return first.text + first.ending }
    var common = Substring(first.text)
    for candidate in candidates.dropFirst() {
      while !candidate.text.lowercased().hasPrefix(common.lowercased()) { common.removeLast() }
    }
    return String(common)
  }

  /// The candidates side by side, columns filled from above, in lines of at most `width` cells.
  package func columns(width: Int, limit: Int = 200) -> String {
    var texts = candidates.prefix(limit).map(\.text)
    if candidates.count > limit { texts.append("… \(candidates.count - limit) more") }
    let cell = (texts.map(\.count).max() ?? 0) + 2
    let perLine = max(1, (width + 2) / cell)
    let lines = (texts.count + perLine - 1) / perLine
    var result = ""
    for line in 0..<lines {
      for index in stride(from: line, to: texts.count, by: lines) {
        result += texts[index]
        if index + lines < texts.count {
          result += String(repeating: " ", count: cell - texts[index].count)
        }
      }
      result += "\n"
    }
    return result
  }
}
