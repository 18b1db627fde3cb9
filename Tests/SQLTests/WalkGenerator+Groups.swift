/// Groups and nests.
extension WalkGenerator {
  /// What may be said of a group.
  private struct GroupNames {
    var keys: [String] = []
    /// Numbers, texts and others that are one value in a group.
    var values: [String] = []
    var numbers: [String] = []
  }

  /// ` group … show …` with whatever else may follow.
  mutating func grouped(_ model: String) -> String {
    var group = GroupNames()
    for _ in 0..<random.pick([1, 1, 2]) { addKey(model, to: &group) }
    let aggregates = (0..<random.pick([1, 2, 2, 3])).map { _ in own(model) }
    group.numbers += aggregates
    var text = " group " + group.keys.joined(separator: ", ")
    if random.chance(35) { text += " where " + having(model, group) }
    let named = random.chance(80)
    if named {
      let shown = group.values.filter { _ in random.chance(70) } + aggregates
      text += " show " + shown.enumerated().map { "\($1) as c\($0)" }.joined(separator: ", ")
    }
    func key(_ random: inout SeededGenerator) -> String {
      named && random.chance(40) ? "c0" : random.pick(group.values + group.numbers)
    }
    if random.chance(25) {
      text += " sort " + key(&random) + random.pick(["", " desc"])
      if random.chance(30) { text += ", " + key(&random) }
    }
    if random.chance(20) { text += " top \(random.pick([1, 2, 3])) by " + key(&random) }
    if random.chance(20) { text += random.pick([" page 1 size 3", " page 2 size 2"]) }
    return text
  }

  private mutating func addKey(_ model: String, to group: inout GroupNames) {
    let known = names(model)
    let text: String
    var values: [String] = []
    switch random.pick([0, 1, 2, 3, 4, 5, 6]) {
    case 0 where !known.toOne.isEmpty:
      text = random.pick(known.toOne.keys.sorted())
      values = further(text, known.toOne[text] ?? "")
    case 1:
      guard let (path, target) = toOnePath(model) else { return addKey(model, to: &group) }
      text = path
      values = further(path, target)
      values += further(path.split(separator: ".").last.map(String.init) ?? "", target)
    case 2:
      text = count(model)
      guard text != "1" else { return addKey(model, to: &group) }
      values = [text]
    case 3:
      let number = numberPath(model)
      // What is the same for all rows groups nothing.
      guard number != "1" else { return addKey(model, to: &group) }
      text = "\(number) * 2"
      values = [text]
    case 4 where model == "Product":
      text = random.pick(["date(addedAt)", "month(addedAt)", "year(addedAt)"])
      values = [text]
    case 5 where !known.texts.isEmpty:
      text = "lower(\(random.pick(known.texts)))"
      values = [text]
    default:
      text = random.pick(known.all)
      values = [text]
    }
    // Two keys with one last word would be two meanings of it.
    let last = text.split(separator: ".").last ?? ""
    guard !group.keys.contains(where: { ($0.split(separator: ".").last ?? "") == last }) else {
      return
    }
    group.keys.append(text)
    group.values += values
  }

  /// `user.cart`: two relations that lead to one row.
  private mutating func toOnePath(_ model: String) -> (String, String)? {
    let known = names(model).toOne
    guard let first = known.keys.sorted().randomElement(using: &random),
      let next = known[first],
      let second = names(next).toOne.keys.sorted().randomElement(using: &random),
      let target = names(next).toOne[second]
    else { return nil }
    return ("\(first).\(second)", target)
  }

  private func further(_ path: String, _ model: String) -> [String] {
    names(model).all.map { "\(path).\($0)" }
  }

  /// An aggregate over the rows of a group.
  private mutating func own(_ model: String) -> String {
    let known = names(model)
    let owned = known.toMany.merging(known.toOne) { first, _ in first }
    switch random.pick([0, 1, 2, 3, 4]) {
    case 0: return "count"
    case 1:
      guard let name = owned.keys.sorted().randomElement(using: &random),
        let target = owned[name], !names(target).numbers.isEmpty
      else { return "count" }
      // What an `outer` row says of a row that several lead to is not one thing.
      let filter = random.chance(40) ? " where " + condition(target, nil) : ""
      let function = random.pick(["sum", "avg", "min", "max", "count"])
      return "\(function) \(name) (\(summand(target))\(filter))"
    case 2 where !known.all.isEmpty:
      let attribute = random.pick(known.all.filter { $0 != "active" })
      return "\(random.pick(["min", "max", "count"])) \(attribute)"
    default:
      guard !known.numbers.isEmpty else { return "count" }
      let filter = random.chance(40) ? " where " + condition(model, nil) : ""
      return "\(random.pick(["sum", "avg", "min", "max", "count"])) (\(summand(model))\(filter))"
    }
  }

  private mutating func having(_ model: String, _ group: GroupNames) -> String {
    let number = group.numbers.isEmpty ? own(model) : random.pick(group.numbers)
    let isText = number.contains("min") || number.contains("max")
    let test =
      isText
      ? "\(number) is not null" : "\(number) \(random.pick([">", "<=", "!=", "="])) \(constant())"
    switch random.pick([0, 1, 2, 3]) {
    case 0: return "count > 1"
    case 1 where !group.values.isEmpty:
      return "\(random.pick(group.values)) is \(random.pick(["", "not "]))null"
    case 2: return "(\(test) or count >= 2)"
    default: return test
    }
  }

  /// Aggregates over all rows.
  mutating func free(_ model: String) -> String {
    let count = random.pick([1, 2, 3])
    return (0..<count).map { "\(own(model)) as c\($0)" }.joined(separator: ", ") + ", count as n"
  }

  // MARK: Nests

  /// `products (title top 2 by price), orders`
  mutating func nests(_ model: String, _ level: Int = 0) -> String {
    let known = names(model)
    let relations = known.toOne.merging(known.toMany) { first, _ in first }
    var names = relations.keys.sorted()
    names.shuffle(using: &random)
    let count = min(names.count, random.pick([1, 1, 2, 2, 3]))
    return names.prefix(count).map { name in
      nest(name, of: model, relations[name] ?? model, level)
    }.joined(separator: ", ")
  }

  private mutating func nest(
    _ name: String, of model: String, _ target: String, _ level: Int
  ) -> String {
    if random.chance(10) { return name }
    let isOne = NaiveShop.isToOne(name, on: model)
    let isJunction = NaiveShop.junctions.contains("\(model).\(name)")
    let kept = depth
    depth = 2
    defer { depth = kept }
    var text = ""
    if random.chance(85) { text += items(target) }
    if isJunction, !text.isEmpty, random.chance(60) { text += ", quantity as q" }
    text += clauses(target, model, isOne: isOne)
    if isJunction, random.chance(25), !text.contains(" where ") { text += " where quantity > 3" }
    if level < 2, random.chance(level == 0 ? 40 : 25) {
      text += " with " + nests(target, level + 1)
    }
    return "\(name) (\(text.drop { $0 == " " }))"
  }
}
