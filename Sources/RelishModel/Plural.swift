/// English plurals of model and relation names (LANGUAGE.md §3).
///
/// Only the last word of a compound inflects, and letter case stays: `OrderItem` → `OrderItems`,
/// `UserPerson` → `UserPeople`, `sales_category` → `sales_categories`.
package enum Plural {
  /// The plural of a name; a name that is a plural already comes back as it is.
  package static func plural(of name: String) -> String { inflect(name, by: pluralWord) }

  /// The singular of a name; a name that is a singular already comes back as it is.
  package static func singular(of name: String) -> String { inflect(name, by: singularWord) }

  /// Whether the two are the same word, each in the singular or the plural; letter case counts.
  package static func matches(_ left: String, _ right: String) -> Bool {
    // No noun changes its first letter, and most names differ in it.
    guard left.utf8.first == right.utf8.first else { return false }
    return left == right || singular(of: left) == singular(of: right)
      || plural(of: left) == plural(of: right)
  }

  /// Puts the last word of `name` through `rule`, which works on small letters.
  private static func inflect(_ name: String, by rule: (String) -> String) -> String {
    guard let word = NameWords.last(of: name) else { return name }
    let small = word.lowercased()
    // `GPS`, `OS`, `DNS`: too short to be a plural.
    if small.utf8.last == UInt8(ascii: "s"), word.count <= 3, word.count > 1,
      word.allSatisfy(\.isUppercase)
    {
      return name
    }
    let inflected = rule(small)
    guard inflected != small else { return name }
    let restored =
      NameWords.isShouted(name) ? inflected.uppercased() : restoringCase(of: word, in: inflected)
    return name[..<word.startIndex] + restored + name[word.endIndex...]
  }

  /// `inflected`, which is in small letters, with the capitals of the word that it was made from.
  private static func restoringCase(of word: Substring, in inflected: String) -> String {
    guard word.utf8.allSatisfy({ $0 < 0x80 }), inflected.utf8.allSatisfy({ $0 < 0x80 }) else {
      var result = ""
      var rest = inflected[...]
      for character in word {
        guard let next = rest.first, character.lowercased() == String(next) else { break }
        result.append(character)
        rest = rest.dropFirst()
      }
      return result + rest
    }
    var common = 0
    for (letter, small) in zip(word.utf8, inflected.utf8) {
      guard letter == small || (letter &- UInt8(ascii: "A") < 26 && letter | 0x20 == small) else {
        break
      }
      common += 1
    }
    return String(decoding: word.utf8.prefix(common), as: UTF8.self)
      + String(decoding: inflected.utf8.dropFirst(common), as: UTF8.self)
  }

  private static func pluralWord(_ word: String) -> String {
    if endsInDigit(word) { return word + "s" }
    if isUnchanging(word) { return word }
    if let plural = PluralWords.pluralOf[word] { return plural }
    if PluralWords.singularOf[word] != nil { return word }
    for (singular, plural) in PluralWords.irregularEndings {
      if word.hasSuffix(plural) { return word }
      if word.hasSuffix(singular) { return word.dropLast(singular.count) + plural }
    }
    // A plural already, as in a model `Users`.
    let singular = singularWord(word)
    if singular != word { return word }
    return regularPlural(word)
  }

  private static func regularPlural(_ word: String) -> String {
    if word.hasSuffix("man"), !PluralWords.notMan.contains(word) { return word.dropLast(2) + "en" }
    if word.hasSuffix("sis") || word.hasSuffix("xis") { return word.dropLast(2) + "es" }
    if word.hasSuffix("y"), let before = word.dropLast().last {
      let isVowel = "aeiou".contains(before) && !word.hasSuffix("quy")
      return isVowel ? word + "s" : word.dropLast() + "ies"
    }
    if PluralWords.oes.contains(word) { return word + "es" }
    if PluralWords.hardCh.contains(word) { return word + "s" }
    for ending in ["s", "x", "z", "ch", "sh"] where word.hasSuffix(ending) { return word + "es" }
    return word + "s"
  }

  /// No noun of the lists ends so, and no rule but the plainest holds.
  private static func endsInDigit(_ word: String) -> Bool {
    word.utf8.last.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
  }

  private static func isUnchanging(_ word: String) -> Bool {
    PluralWords.unchanging.contains(word)
      || PluralWords.unchangingEndings.contains { word.hasSuffix($0) }
  }

  private static func singularWord(_ word: String) -> String {
    if endsInDigit(word) { return word }
    if isUnchanging(word) || PluralWords.pluralOf[word] != nil { return word }
    if let singular = PluralWords.singularOf[word] { return singular }
    for (singular, plural) in PluralWords.irregularEndings where word.hasSuffix(plural) {
      return word.dropLast(plural.count) + singular
    }
    if word.hasSuffix("men"), word.count > 3, !PluralWords.notMen.contains(word) {
      return word.dropLast(2) + "an"
    }
    guard word.count > 1, word.hasSuffix("s"), !word.hasSuffix("ss") else { return word }
    let stem = String(word.dropLast())
    if PluralWords.inUOrI.contains(stem) { return stem }
    if word.hasSuffix("us") || word.hasSuffix("is") || PluralWords.singularInS.contains(word) {
      return word
    }
    return word.hasSuffix("es") ? singularOfES(stem) : stem
  }

  /// The singular of a word in -es, told without its `s`: `boxe`, `cache`, `citie`.
  private static func singularOfES(_ stem: String) -> String {
    let shorter = String(stem.dropLast())
    if stem.hasSuffix("ie") {
      return PluralWords.ie.contains(stem) || stem.count <= 3 ? stem : shorter.dropLast() + "y"
    }
    if stem.hasSuffix("yse") || stem.hasSuffix("these") { return shorter + "is" }
    if stem.hasSuffix("se") {
      return endsInS(shorter) ? shorter : stem
    }
    let takesES =
      stem.hasSuffix("xe") || stem.hasSuffix("she") || stem.hasSuffix("zze")
      || stem.hasSuffix("tze")
      || stem.hasSuffix("che") && !PluralWords.che.contains(stem)
      || PluralWords.oes.contains(shorter)
    return takesES ? shorter : stem
  }

  /// Whether the word, which ends in one s or two, is a singular that takes -es in the plural.
  private static func endsInS(_ word: String) -> Bool {
    if word.hasSuffix("ss") { return true }
    if word.hasSuffix("us") {
      return !(word.hasSuffix("ous") && word != "nous") && !word.hasSuffix("aus")
        && !PluralWords.use.contains(word + "e")
    }
    return PluralWords.singularInS.contains(word) || PluralWords.isWithEs.contains(word)
  }
}
