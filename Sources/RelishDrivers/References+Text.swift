import RelishLanguage
import RelishModel
import RelishSQL

extension References {
  /// The table's CREATE TABLE with the keys that `self` tells, whatever keys it was written with.
  package func rewrittenText(of table: Int, identifier: (String) -> String) -> String {
    var bytes = Array(tables[table].text.utf8)
    let tokens = SQLTokenizer.tokens(of: tables[table].text)
    for range in KeyWords.ranges(in: tokens).reversed() {
      bytes.replaceSubrange(range, with: [UInt8(ascii: " ")])
    }
    var text = String(decoding: bytes, as: UTF8.self)
    let rest = SQLTokenizer.tokens(of: text)
    guard let opening = rest.firstIndex(where: { $0.isSymbol("(") }),
      let closing = KeyWords.closing(of: opening, in: rest)
    else { return tables[table].text }
    func list(_ names: [String]) -> String { names.map(identifier).joined(separator: ", ") }
    let keys = keys.filter { $0.holder == table }.map { key in
      ", FOREIGN KEY (\(list(key.columns))) REFERENCES "
        + "\(identifier(tables[key.target].name)) (\(list(key.targetColumns)))"
        + " ON DELETE \(key.onDelete.rawValue) ON UPDATE \(key.onUpdate.rawValue)"
        + (key.isDeferred ? " DEFERRABLE INITIALLY DEFERRED" : "")
    }
    let place = text.utf8.index(text.startIndex, offsetBy: rest[closing].range.lowerBound)
    text.insert(contentsOf: keys.joined(), at: place)
    return text
  }
}

/// Where the foreign keys stand in the tokens of a CREATE TABLE (lang_createtable.html).
private enum KeyWords {
  /// The bytes of each foreign key, with the comma before it where it is a definition of its own.
  static func ranges(in tokens: [SQLToken]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var depth = 0
    var place = 0
    while place < tokens.count {
      if tokens[place].isSymbol("(") { depth += 1 }
      if tokens[place].isSymbol(")") { depth -= 1 }
      guard depth == 1, let end = end(ofKeyAt: place, in: tokens) else {
        place += 1
        continue
      }
      var start = tokens[place].range.lowerBound
      let isAlone = !tokens[place..<end].prefix(3).contains { $0.isKeyword("REFERENCES") }
      if isAlone, place > 0, tokens[place - 1].isSymbol(",") {
        start = tokens[place - 1].range.lowerBound
      }
      ranges.append(start..<tokens[end - 1].range.upperBound)
      place = end
    }
    return ranges
  }

  /// The place behind the foreign key that begins there; nil where none does.
  private static func end(ofKeyAt start: Int, in tokens: [SQLToken]) -> Int? {
    var place = start
    func at(_ word: String) -> Bool { place < tokens.count && tokens[place].isKeyword(word) }
    if at("CONSTRAINT") { place += 2 }
    if at("FOREIGN") {
      place += 2
      guard place < tokens.count, let end = closing(of: place, in: tokens) else { return nil }
      place = end + 1
    }
    guard at("REFERENCES") else { return nil }
    place += 2
    if place < tokens.count, tokens[place].isSymbol("("), let end = closing(of: place, in: tokens) {
      place = end + 1
    }
    while true {
      if at("ON") {
        let isTwo =
          place + 2 < tokens.count
          && (tokens[place + 2].isKeyword("SET") || tokens[place + 2].isKeyword("NO"))
        place += isTwo ? 4 : 3
      } else if at("MATCH") || at("INITIALLY") {
        place += 2
      } else if at("DEFERRABLE") {
        place += 1
      } else if at("NOT"), place + 1 < tokens.count, tokens[place + 1].isKeyword("DEFERRABLE") {
        place += 2
      } else {
        return min(place, tokens.count)
      }
    }
  }

  /// The bracket that closes the one there.
  static func closing(of opening: Int, in tokens: [SQLToken]) -> Int? {
    var depth = 0
    for place in opening..<tokens.count {
      if tokens[place].isSymbol("(") { depth += 1 }
      if tokens[place].isSymbol(")") { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }
}
