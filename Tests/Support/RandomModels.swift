/// The same numbers for the same seed (SplitMix64, Steele, Lea and Flood 2014).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Scripts of random sentences about a few models: every type, modifier, association and option.
///
/// Some sentences contradict others and are refused by the builder; those that it takes make the graph.
package struct RandomModels {
  private var generator: SeededGenerator
  private let models: [String]
  private static let names = [
    "User", "Product", "Category", "Person", "OrderItem", "Staff", "APIKey", "Box", "Datum",
    "order line", "Größe", "Status",
  ]
  private static let attributes = [
    "title", "name", "price", "imageURL", "line2", "default", "key", "sold_at", "a b", "Größe",
    "label", "code", "note", "where",
  ]
  private static let aliases = [
    "owner", "parent", "creator", "friends", "items", "by", "best one", "mainBox", "lines",
  ]

  package init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...6, using: &generator)
    models = Array(Self.names.shuffled(using: &generator).prefix(count))
  }

  /// One sentence per line.
  package mutating func script() -> String {
    var lines: [String] = []
    if chance(0.3) { lines.append("set naming snake") }
    if chance(0.1) { lines.append("set timestamps off") }
    for model in models where chance(0.8) { lines += sentences(about: model) }
    for _ in 0..<Int.random(in: 0...9, using: &generator) { lines.append(association()) }
    for model in models where chance(0.2) { lines += sentences(about: model) }
    if chance(0.3) { lines.append(change()) }
    return lines.joined(separator: "\n")
  }

  // MARK: Models

  private mutating func sentences(about model: String) -> [String] {
    var lines: [String] = []
    let subject = quoted(model, isModel: true)
    let names = Self.attributes.shuffled(using: &generator)
      .prefix(Int.random(in: 1...5, using: &generator))
    if chance(0.3) {
      var line = "model \(subject)"
      if chance(0.3) { line += " table \"t_\(pick(Self.names))\"" }
      if chance(0.3) { line += " plural \"\(pick(["staff", "manyOfThem", "crewMembers"]))\"" }
      if chance(0.2) { line += " key \(list(Array(names)))" }
      if chance(0.3) { line += " without timestamps" }
      lines.append(line)
    }
    lines.append("\(subject) has " + names.map { attribute($0) }.joined(separator: ", "))
    if chance(0.2) { lines.append("\(subject) labeled by \(quoted(pick(Array(names))))") }
    if chance(0.3) { lines.append("\(subject) indexed by \(list(Array(names)))") }
    if chance(0.3) { lines.append("\(subject) unique by \(list(Array(names)))") }
    return lines
  }

  private mutating func attribute(_ name: String) -> String {
    let own = quoted(name)
    let (type, value, check) = pick([
      ("string", "\"a\\\"b\"", "\(own) != 'x'"), ("string(40)", "''", "\(own) starts with 'a'"),
      ("text", "\"line\\nline\"", "\(own) is not null"), ("integer", "-3", "\(own) > 0"),
      ("bigint", "9000000000", "\(own) between 1 and 5 or \(own) = 7"),
      ("decimal(10,2)", "12.50", "\(own) >= 0 and \(own) < 1000.5"),
      ("decimal(4,1)", "0", "not (\(own) in (1, 2.5))"), ("float", "1.5", "\(own) * 2 < 9"),
      ("double", "2e3", "\(own) + 1 > (\(own) - 2) * 3"), ("boolean", "true", "\(own)"),
      ("date", "today()", "\(own) > '2020-01-31'"), ("time", "'12:00'", "\(own) != '00:00'"),
      ("datetime", "now()", "\(own) is not null"), ("uuid", "null", "\(own) is not null"),
      ("json", "'[]'", "\(own) is not null"), ("blob", "x'00ff'", "\(own) is not null"),
      ("enum('a', 'it''s', \"q\\\"\")", "'a'", "\(own) in ('a', 'it''s')"),
    ])
    var words = [own, type]
    var modifiers: [String] = []
    if chance(0.3) { modifiers.append(chance(0.8) ? "required" : "optional") }
    if chance(0.2) { modifiers.append("unique") }
    if chance(0.05) { modifiers.append("key") }
    if chance(0.3) { modifiers.append("default \(value)") }
    if chance(0.2) { modifiers.append("check \(check)") }
    if chance(0.1) { modifiers.append("column \"C_\(name)\"") }
    if chance(0.1) { modifiers.append("note \"it's \\\"so\\\"\"") }
    words += modifiers.shuffled(using: &generator)
    return words.joined(separator: " ")
  }

  // MARK: Associations

  private mutating func association() -> String {
    let subject = quoted(pick(models), isModel: true)
    let target = quoted(pick(models), isModel: true)
    let kind = pick(["belongsTo", "belongsTo", "belongsTo", "hasMany", "hasOne", "belongsToMany"])
    var words = [subject, kind, target]
    var options: [String] = []
    if chance(0.4) || subject == target { options.append("as \(quoted(pick(Self.aliases)))") }
    if chance(0.15) { options.append("key \(pick(["ownerNo", "title", "`x y`"]))") }
    if chance(0.05) { options.append("to \(quoted(pick(Self.attributes)))") }
    if chance(0.1) { options.append("unconstrained") }
    let rules = ["cascade", "restrict", "set null", "set default", "no action"]
    if chance(0.3) { options.append("onDelete \(pick(rules))") }
    if chance(0.15) { options.append("onUpdate \(pick(rules))") }
    if kind == "belongsToMany" {
      if chance(0.15) { options.append("otherKey \(pick(["farNo", "otherNo"]))") }
      var junction = pick(["Link", "CartLine", "Membership", quoted(pick(models), isModel: true)])
      if chance(0.4) { junction += " (" + attribute(pick(["weight", "since", "kind"])) + ")" }
      options.append("through \(junction)")
      return (words + options.shuffled(using: &generator)).joined(separator: " ")
    }
    if kind != "belongsTo", chance(0.1) { options.append("by \(quoted(pick(Self.aliases)))") }
    if chance(0.3) { options.append(chance(0.7) ? "required" : "optional") }
    if kind != "hasMany", chance(0.15) { options.append("unique") }
    words += options.shuffled(using: &generator)
    return words.joined(separator: " ")
  }

  /// A sentence that takes back or renames something.
  private mutating func change() -> String {
    let model = quoted(pick(models), isModel: true)
    let (old, new) = (quoted(pick(Self.attributes)), quoted(pick(Self.attributes)))
    return pick([
      "\(model) renames \(old) to \(new)", "\(model) drops \(old)", "drop \(model)",
      "rename \(model) to \(quoted(pick(Self.names), isModel: true))",
      "rename \(model) to Renamed",
    ])
  }

  // MARK: Choice

  private mutating func chance(_ part: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < part
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }

  private mutating func list(_ names: [String]) -> String {
    let count = Int.random(in: 1...min(3, names.count), using: &generator)
    return names.shuffled(using: &generator).prefix(count).map { quoted($0) }
      .joined(separator: ", ")
  }

  /// In backticks where a plain name would not do, and at times where it would.
  private mutating func quoted(_ name: String, isModel: Bool = false) -> String {
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    let isCapital = name.first?.isUppercase == true
    return isPlain && isCapital == isModel || isPlain && !isModel ? name : "`\(name)`"
  }
}
