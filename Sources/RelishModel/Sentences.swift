import RelishLanguage

/// The model in words: as sentences of the language (`save`), as rows (`show`), in English (`say`).
package enum Sentences {
  /// The model as sentences that build exactly the same graph again (LANGUAGE.md §5 `save`).
  ///
  /// First what each model has, in the order of the graph, then the associations in the order of its
  /// relations, then named walks. What follows from the defaults is left out. Ends with a newline
  /// unless it is empty.
  ///
  /// - Parameter definitions: by model, the CREATE TABLE of tables that sentences do not tell all of.
  package static func save(_ graph: ModelGraph, defining definitions: [String: String] = [:])
    -> String
  {
    let writer = SaveWriter(graph, definitions: definitions)
    let sections = [
      [writer.settings], writer.modelBlocks, writer.associationBlocks, writer.walkBlocks,
      writer.viewBlocks, writer.definitionBlocks,
    ]
    let texts = sections.map { text(of: $0) }.filter { !$0.isEmpty }
    return texts.isEmpty ? "" : texts.joined(separator: "\n\n") + "\n"
  }

  /// Blocks of several lines stand apart; those of one line follow each other.
  private static func text(of blocks: [[String]]) -> String {
    var text = ""
    var isApart = false
    for block in blocks where !block.isEmpty {
      let lines = block.joined(separator: "\n")
      let isLong = lines.utf8.contains(UInt8(ascii: "\n"))
      if !text.isEmpty { text += isApart || isLong ? "\n\n" : "\n" }
      text += lines
      isApart = isLong
    }
    return text
  }

  /// A list in English: `a`, `a and b`, `a, b and c`.
  static func listed(_ words: [String], by conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
