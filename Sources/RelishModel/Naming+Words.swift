/// A name taken apart into the words that it is made of.
enum NameWords {
  /// `OrderItem` → Order, Item; `API_key` → API, key; `APIKey` → API, Key; `userIDs` → user, IDs.
  ///
  /// A word begins after anything that is no letter or digit, at a capital after a small letter or a
  /// digit, and at the last capital of a run before a small letter. Digits belong to the word before.
  static func split(_ name: String) -> [Substring] {
    var words: [Substring] = []
    var start: String.Index?
    var index = name.startIndex
    while index < name.endIndex {
      let character = name[index]
      if !(character.isLetter || character.isNumber) {
        if let start { words.append(name[start..<index]) }
        start = nil
      } else if let begin = start {
        if isBoundary(in: name, at: index) {
          words.append(name[begin..<index])
          start = index
        }
      } else {
        start = index
      }
      index = name.index(after: index)
    }
    if let start { words.append(name[start...]) }
    return words
  }

  /// Whether a word begins at `index`, which is neither the first nor after a separator.
  private static func isBoundary(in name: String, at index: String.Index) -> Bool {
    guard name[index].isUppercase else { return false }
    let before = name[name.index(before: index)]
    guard before.isUppercase else { return true }
    // Within a run of capitals: the last one begins a word, unless only a plural's `s` follows.
    let after = name[index...].dropFirst()
    guard let next = after.first, next.isLowercase else { return false }
    let isPluralS = next == "s" && !(after.dropFirst().first?.isLowercase ?? false)
    return !isPluralS
  }

  /// Whether the name is written in capitals throughout, as `ORDER_ITEM`; `API` is an abbreviation.
  static func isShouted(_ name: String) -> Bool {
    name.count > 4 && !name.contains(where: \.isLowercase) && name.contains(where: \.isUppercase)
  }

  /// `orderItem`: the first word in small letters, the others with a capital.
  static func lowerCamel(_ words: [Substring]) -> String {
    guard let first = words.first else { return "" }
    return first.lowercased() + words.dropFirst().map(capitalized).joined()
  }

  /// `OrderItem`: every word with a capital.
  static func upperCamel(_ words: [Substring]) -> String { words.map(capitalized).joined() }

  /// `order_item`: all words in small letters.
  static func snake(_ words: [Substring]) -> String {
    words.map { $0.lowercased() }.joined(separator: "_")
  }

  /// The word with a capital at its beginning, the rest as it is.
  static func capitalized(_ word: Substring) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }
}
