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
    var name = name
    let ranges = name.withUTF8 { bytes in
      var ranges: [Range<Int>] = []
      ranges.reserveCapacity(4)
      var end = bytes.count
      while let range = lastWord(of: bytes, before: end) {
        ranges.append(range)
        end = range.lowerBound
      }
      return ranges
    }
    return ranges.reversed().map { substring(of: name, $0) }
  }

  /// The last word of a name; nil where it has none.
  static func last(of name: String) -> Substring? {
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return split(name).last }
    var name = name
    let range = name.withUTF8 { lastWord(of: $0, before: $0.count) }
    return range.map { substring(of: name, $0) }
  }

  private static func substring(of name: String, _ range: Range<Int>) -> Substring {
    let utf8 = name.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return name[start..<utf8.index(start, offsetBy: range.count)]
  }

  /// Where the last word before `end` stands, in plain letters.
  private static func lastWord(
    of bytes: UnsafeBufferPointer<UInt8>, before end: Int
  ) -> Range<Int>? {
    func isSmall(_ index: Int) -> Bool {
      index < bytes.count && bytes[index] &- UInt8(ascii: "a") < 26
    }
    func isCapital(_ index: Int) -> Bool { bytes[index] &- UInt8(ascii: "A") < 26 }
    func isInWord(_ index: Int) -> Bool {
      isSmall(index) || isCapital(index) || bytes[index] &- UInt8(ascii: "0") < 10
    }
    func isBoundary(_ index: Int) -> Bool {
      guard isCapital(index) else { return false }
      guard isCapital(index - 1) else { return true }
      let isPluralS = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "s")
      return isSmall(index + 1) && !(isPluralS && !isSmall(index + 2))
    }
    var last = end
    while last > 0, !isInWord(last - 1) { last -= 1 }
    guard last > 0 else { return nil }
    var first = last - 1
    while first > 0, isInWord(first - 1), !isBoundary(first) { first -= 1 }
    return first..<last
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
    guard let first = word.utf8.first, first < 0x80, word.utf8.dropFirst().first ?? 0 < 0x80 else {
      // A letter with an accent of its own, or one that no byte holds.
      return word.prefix(1).uppercased() + word.dropFirst()
    }
    guard first &- UInt8(ascii: "a") < 26 else { return String(word) }
    var word = word
    return word.withUTF8 { bytes in
      String(unsafeUninitializedCapacity: bytes.count) { capitalized in
        _ = capitalized.initialize(fromContentsOf: bytes)
        capitalized[0] = first & ~0x20
        return bytes.count
      }
    }
  }
}
