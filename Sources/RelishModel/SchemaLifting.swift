import RelishLanguage

/// Tables of a database as models of the language (LANGUAGE.md §5 `pull`).
enum SchemaLifting {
  static func models(of schema: Schema) -> [ModelFacts] { [] }

  /// The relation that a key is called after: `SupportRepId` → `supportRep`, `userCode` → `user`
  /// where User's key is `code`; a key with another ending gets the target's name behind it.
  static func relationName(key: [String], target: String, targetKey: [String]) -> String {
    let naming = Naming(style: .camel)
    guard key.count == 1, let name = key.first.map(naming.attribute(fromColumn:)) else {
      return commonStart(of: key, targetKey: targetKey) ?? naming.relation(toOne: target)
    }
    for ending in targetKey + ["id"] {
      if let stem = stem(of: name, ending: ending) { return stem }
    }
    return name + target
  }

  /// `seatRow`, `seatNumber` → `seat`.
  private static func commonStart(of key: [String], targetKey: [String]) -> String? {
    guard key.count == targetKey.count else { return nil }
    var start: String?
    for (name, ending) in zip(key, targetKey) {
      let attribute = Naming(style: .camel).attribute(fromColumn: name)
      guard let stem = stem(of: attribute, ending: ending), start == nil || start == stem else {
        return nil
      }
      start = stem
    }
    return start
  }

  private static func stem(of name: String, ending: String) -> String? {
    let tail = Naming(style: .camel).key(relation: "", targetKey: ending)
    guard name.count > tail.count, name.hasSuffix(tail) else { return nil }
    return String(name.dropLast(tail.count))
  }
}
