import RelishLanguage

/// The texts of `help` and `help WORD`.
package enum Help {
  /// Every word that has a page.
  package static var names: [String] { HelpTopic.all.flatMap(\.names) }

  /// The page of `help` alone: everything there is, on one screen.
  package static var overview: String {
    var text = """
      A line that begins with a capital letter declares a model, or walks from it:
        Product belongsTo User onDelete cascade
        User "Max" products title
      A line that begins with a small letter is a command:
        sync force


      """
    for group in HelpTopic.Group.allCases {
      let names = HelpTopic.all.filter { $0.group == group }.map(\.name)
      text += columns(group.rawValue, names)
    }
    text += """

      `help WORD` tells more and shows an example: `help belongsTo`, `help where`.
      A line goes on after a comma or an open bracket. `#` begins a comment.

      """
    return text
  }

  /// `Rows          create  set  delete …`, broken before column 80.
  private static func columns(_ title: String, _ names: [String]) -> String {
    let margin = 14
    var text = title + String(repeating: " ", count: max(1, margin - title.count))
    var column = margin
    for (index, name) in names.enumerated() {
      if index > 0, column + 2 + name.count > 79 {
        text += "\n" + String(repeating: " ", count: margin)
        column = margin
      } else if index > 0 {
        text += "  "
        column += 2
      }
      text += name
      column += name.count
    }
    return text + "\n"
  }

  /// The page that `word` leads to, in any case of letters; nil where there is none.
  package static func text(for word: String) -> String? {
    topic(for: word).map { topic in
      var text = "\(topic.name): \(topic.summary)\n\nUsage\n\(indented(topic.usage))"
      text += "\nExample\n\(indented(topic.example))"
      if !topic.remarks.isEmpty { text += "\n" + wrapped(topic.remarks) }
      return text
    }
  }

  private static func topic(for word: String) -> HelpTopic? {
    let wanted = word.lowercased().filter { $0 != "_" && $0 != " " }
    let bare = wanted.hasPrefix("show") ? String(wanted.dropFirst(4)) : wanted
    return HelpTopic.all.first { $0.name.lowercased() == wanted }
      ?? HelpTopic.all.first { $0.names.contains { $0.lowercased() == wanted } }
      ?? HelpTopic.all.first { $0.names.contains { $0.lowercased() == bare } }
  }

  private static func indented(_ lines: String) -> String {
    lines.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 + "\n" }.joined()
  }

  /// The words in lines of at most 78 characters.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, last.count + 1 + word.count <= 78 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
