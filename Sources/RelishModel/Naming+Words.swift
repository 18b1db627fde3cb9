/// A name taken apart into the words that it is made of.
enum NameWords {
  /// `OrderItem` → Order, Item; `API_key` → API, key; `APIKey` → API, Key; `userIDs` → user, IDs.
  ///
  /// A word begins after anything that is no letter or digit, at a capital after a small letter or a
  /// digit, and at the last capital of a run before a small letter. Digits belong to the word before.
  static func split(_ name: String) -> [Substring] {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return splitASCII(name) }
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

  /// The same for a name of plain letters, as most are.
  private static func splitASCII(_ name: String) -> [Substring] {
    let bytes = Array(name.utf8)
    func isSmall(_ index: Int) -> Bool {
      index < bytes.count && bytes[index] >= UInt8(ascii: "a") && bytes[index] <= UInt8(ascii: "z")
    }
    func isCapital(_ index: Int) -> Bool {
      bytes[index] >= UInt8(ascii: "A") && bytes[index] <= UInt8(ascii: "Z")
    }
    func isBoundary(_ index: Int) -> Bool {
      guard isCapital(index) else { return false }
      guard isCapital(index - 1) else { return true }
      let isPluralS = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "s")
      return isSmall(index + 1) && !(isPluralS && !isSmall(index + 2))
    }
    var words: [Substring] = []
    var start: Int?
    func end(at index: Int) {
      guard let begin = start else { return }
      let utf8 = name.utf8
      let first = utf8.index(utf8.startIndex, offsetBy: begin)
      words.append(name[first..<utf8.index(first, offsetBy: index - begin)])
    }
    for index in bytes.indices {
      let isDigit = bytes[index] >= UInt8(ascii: "0") && bytes[index] <= UInt8(ascii: "9")
      if !isDigit, !isSmall(index), !isCapital(index) {
        end(at: index)
        start = nil
      } else if start == nil {
        start = index
      } else if isBoundary(index) {
        end(at: index)
        start = index
      }
    }
    end(at: bytes.count)
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
    // Most names have a small letter, and most of these are plain.
    if name.utf8.contains(where: { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }) {
      return false
    }
    if name.utf8.allSatisfy({ $0 < 0x80 }) {
      return name.utf8.count > 4
        && name.utf8.contains { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    }
    return name.count > 4 && !name.contains(where: \.isLowercase)
      && name.contains(where: \.isUppercase)
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
