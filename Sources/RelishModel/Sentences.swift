import RelishLanguage

/// The model in words: as sentences of the language (`save`), as rows (`show`), in English (`say`).
package enum Sentences {
  /// The model as sentences that build exactly the same graph again (LANGUAGE.md §5 `save`).
  ///
  /// First what each model has, in the order of the graph, then the associations in the order of its
  /// relations. What follows from the defaults is left out. Ends with a newline unless it is empty.
  package static func save(_ graph: ModelGraph) -> String {
    let writer = SaveWriter(graph)
    let blocks = [writer.settings] + writer.modelBlocks + writer.associationBlocks
    let texts = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
    return texts.isEmpty ? "" : texts.joined(separator: "\n\n") + "\n"
  }

  /// A list in English: `a`, `a and b`, `a, b and c`.
  static func listed(_ words: [String], by conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
