/// Makes walks over the shop, all of them right, as a seed says.
struct WalkGenerator {
  var random: SeededGenerator
  /// Brackets that may still be opened.
  var depth = 3

  init(random: SeededGenerator) { self.random = random }

  static func walk(seed: Int) -> String {
    var generator = WalkGenerator(random: SeededGenerator(seed: seed))
    return generator.walk()
  }

  struct Names {
    var numbers: [String] = []
    var texts: [String] = []
    var others: [String] = []
    var toOne: [String: String] = [:]
    var toMany: [String: String] = [:]
    var all: [String] { numbers + texts + others }
  }

  static let models: [String: Names] = [
    "User": Names(
      numbers: ["id"], texts: ["name", "email", "city"], others: ["active"],
      toOne: ["country": "Country", "cart": "Cart"],
      toMany: ["products": "Product", "orders": "Order", "bought": "Product"]),
    "Category": Names(
      numbers: ["id"], texts: ["name"], toOne: ["parent": "Category"],
      toMany: ["children": "Category", "products": "Product"]),
    "Product": Names(
      numbers: ["id", "price", "stock", "weight"], texts: ["title"], others: ["addedAt"],
      toOne: ["user": "User", "category": "Category"],
      toMany: ["orderItems": "OrderItem", "cartItems": "CartItem", "carts": "Cart"]),
    "Order": Names(
      numbers: ["id"], others: ["status", "placedOn"], toOne: ["user": "User"],
      toMany: ["orderItems": "OrderItem"]),
    "OrderItem": Names(
      numbers: ["id", "quantity", "unitPrice"], toOne: ["order": "Order", "product": "Product"]),
    "Cart": Names(
      numbers: ["id"], texts: ["note"], toOne: ["user": "User"],
      toMany: ["products": "Product", "cartItems": "CartItem"]),
    "CartItem": Names(numbers: ["quantity"], toOne: ["cart": "Cart", "product": "Product"]),
    "Country": Names(texts: ["code", "name"], toMany: ["users": "User"]),
    "Shelf": Names(numbers: ["hall", "row"], toMany: ["boxes": "Box"]),
    "Box": Names(numbers: ["id", "size"], toOne: ["shelf": "Shelf"]),
  ]

  func names(_ model: String) -> Names { Self.models[model] ?? Names() }

  // MARK: Walks

  mutating func walk() -> String {
    var model = random.pick(Self.models.keys.sorted() + ["Category", "Product", "User"])
    var text = model + pick(model)
    var clauses = clauses(model)
    for _ in 0..<random.pick([0, 0, 1, 1, 2, 3]) {
      let known = names(model)
      let relations = known.toOne.merging(known.toMany) { first, _ in first }
      guard let name = relations.keys.sorted().randomElement(using: &random) else { break }
      let isTree = model == relations[name] && random.chance(60)
      text += clauses + (isTree ? " tree " : random.chance(20) ? " their " : " ") + name
      model = relations[name] ?? model
      text += pick(model)
      clauses = self.clauses(model)
    }
    switch random.pick(Array(0..<10)) {
    case 0..<2 where !clauses.hasSuffix("size 2"):
      return text + clauses + " " + random.pick(names(model).all)
    case 2..<4: return text + filter(model) + grouped(model)
    case 4: return text + filter(model) + " show " + free(model)
    case 5..<8:
      let with = " with " + nests(model)
      return text + clauses + (random.chance(70) ? show(model) : "") + with
    default: return text + clauses + show(model)
    }
  }

  /// Which row of a noun.
  private mutating func pick(_ model: String) -> String {
    guard random.chance(15) else { return "" }
    let hasKey = !["CartItem", "Shelf", "Country"].contains(model)
    if hasKey, random.chance(60) { return " \(random.pick([1, 2, 3]))" }
    guard NaiveShop.label(model) != nil else { return "" }
    return random.pick([#" "Tee""#, #" "Cap""#, #" "DE""#, #" "a*b""#])
  }

  private mutating func filter(_ model: String) -> String {
    random.chance(40) ? " where " + condition(model, nil) : ""
  }

  /// Everything that may stand behind a noun that is only passed.
  mutating func clauses(_ model: String, _ outer: String? = nil, isOne: Bool = false) -> String {
    var text = ""
    if random.chance(40) { text += " where " + condition(model, outer) }
    if random.chance(20) {
      text += " sort " + key(model) + random.pick(["", " desc", " asc"])
      if random.chance(40) { text += ", " + key(model) + random.pick(["", " desc"]) }
    }
    if isOne { return text }
    if random.chance(15) { text += " top \(random.pick([1, 2, 3])) by " + key(model) }
    if random.chance(20) {
      let pages = [" page 1 size 3", " page 2 size 2"]
      // A box has an attribute `limit`, beside which the clause would be ambiguous.
      let limits = model == "Box" ? [] : [" limit 2", " limit 1 offset 1"]
      text += random.pick(pages + limits)
    }
    return text
  }

  mutating func key(_ model: String) -> String {
    let known = names(model)
    if random.chance(3) { return random.pick(["1", "-2", "\"x\""]) }
    return random.chance(70) ? path(to: known.all, model) : number(model)
  }

  mutating func show(_ model: String) -> String { " show " + items(model) }

  mutating func items(_ model: String) -> String {
    var items: [String] = []
    for index in 0..<random.pick([1, 2, 3]) {
      let item: String
      switch random.pick([0, 1, 2, 3, 4]) {
      case 0: item = text(model)
      case 1: item = "coalesce(\(numberPath(model)), -1)"
      case 2: item = number(model)
      default: item = path(to: names(model).all, model)
      }
      items.append("\(item) as c\(index)")
    }
    return items.joined(separator: ", ")
  }

  // MARK: Values

  /// A path over to-one relations that ends in one of the names, where the model has such.
  mutating func path(to attributes: [String], _ model: String) -> String {
    let known = names(model)
    if random.chance(35), let relation = known.toOne.keys.sorted().randomElement(using: &random),
      let next = known.toOne[relation]
    {
      let further = attributes == known.numbers ? names(next).numbers : names(next).all
      if !further.isEmpty { return relation + "." + path(to: further, next) }
    }
    return attributes.isEmpty ? "1" : random.pick(attributes)
  }

  mutating func numberPath(_ model: String) -> String {
    path(to: names(model).numbers, model)
  }

  mutating func textPath(_ model: String) -> String {
    let known = names(model)
    let relations = known.toOne.keys.sorted().filter {
      !names(known.toOne[$0] ?? "").texts.isEmpty
    }
    if known.texts.isEmpty || random.chance(30), let relation = relations.first {
      return relation + "." + random.pick(names(known.toOne[relation] ?? "").texts)
    }
    return known.texts.isEmpty ? #""Tee""# : random.pick(known.texts)
  }

  mutating func text(_ model: String) -> String {
    switch random.pick([0, 1, 2, 3]) {
    case 0: "\(textPath(model)) + \(textPath(model))"
    case 1: "\(random.pick(["lower", "upper"]))(\(textPath(model)))"
    case 2: "concat(\(textPath(model)), \(word()))"
    default: textPath(model)
    }
  }

  mutating func word() -> String {
    random.pick([#""Tee""#, #""tee""#, #""T""#, #""a*""#, #""a[""#, #""e""#, #""""#, #""pot""#])
  }

  mutating func constant() -> String {
    random.pick(["0", "1", "2", "5", "9.5", "12", "-2", "3.14", "10.00"])
  }

  mutating func number(_ model: String) -> String {
    switch random.pick([0, 1, 2, 3, 4, 5, 6]) {
    case 0: "\(numberPath(model)) \(random.pick(["+", "-", "*"])) \(numberPath(model))"
    case 1: "(\(numberPath(model)) - \(constant())) * \(random.pick(["2", "0.5", "-1.25"]))"
    case 2: "\(numberPath(model)) / \(random.pick(["2", "4", "8", "0"]))"
    case 3: "-\(numberPath(model)) + 1"
    case 4: count(model)
    case 5: aggregate(model)
    default: numberPath(model)
    }
  }

  mutating func count(_ model: String) -> String {
    guard depth > 0, let (path, target) = many(model) else { return numberPath(model) }
    guard random.chance(40) else { return "count \(path)" }
    depth -= 1
    defer { depth += 1 }
    return "count \(path) (where \(condition(target, model)))"
  }

  /// `sum`, `avg`, `min` or `max` over related rows.
  mutating func aggregate(_ model: String) -> String {
    guard depth > 0, let (path, target) = many(model), !names(target).numbers.isEmpty else {
      return numberPath(model)
    }
    let function = random.pick(["sum", "avg", "min", "max", "count"])
    // `sum user.id` would be over the rows themselves.
    let isMany = path.split(separator: ".").contains { name in
      Self.models.values.contains { $0.toMany[String(name)] != nil }
    }
    if isMany, random.chance(30) {
      return "\(function) \(path).\(random.pick(names(target).numbers))"
    }
    depth -= 1
    defer { depth += 1 }
    let filter = random.chance(40) ? " where " + condition(target, model) : ""
    var value = summand(target)
    if random.chance(15), let outer = names(model).numbers.randomElement(using: &random) {
      value = random.pick(["outer.\(outer)", "outer.\(outer) - \(value)"])
    }
    return "\(function) \(path) (\(value)\(filter))"
  }

  /// A number of each row that is exact in every database.
  mutating func summand(_ model: String) -> String {
    switch random.pick([0, 1, 2, 3]) {
    case 0: "\(numberPath(model)) * \(numberPath(model))"
    case 1: "\(numberPath(model)) - \(constant())"
    default: numberPath(model)
    }
  }

  /// A path to related rows, of one or two relations.
  mutating func many(_ model: String) -> (path: String, target: String)? {
    let known = names(model)
    let relations = known.toMany.merging(known.toOne) { first, _ in first }
    guard let name = relations.keys.sorted().randomElement(using: &random),
      let target = relations[name]
    else { return nil }
    if random.chance(30) {
      let further = names(target).toMany
      if let next = further.keys.sorted().randomElement(using: &random), let end = further[next] {
        return ("\(name).\(next)", end)
      }
    }
    return (name, target)
  }

  // MARK: Conditions

  mutating func condition(_ model: String, _ outer: String?) -> String {
    guard depth > 0, random.chance(45) else { return test(model, outer) }
    depth -= 1
    defer { depth += 1 }
    switch random.pick([0, 1, 2, 3, 3, 3]) {
    case 0: return "(\(condition(model, outer)) and \(condition(model, outer)))"
    case 1: return "(\(condition(model, outer)) or \(condition(model, outer)))"
    case 2: return "not (\(condition(model, outer)))"
    default:
      guard let (path, target) = many(model) else { return test(model, outer) }
      let word = random.pick(["some", "no", "every"])
      if word != "every", random.chance(30) { return "\(word) \(path)" }
      return "\(word) \(path) (\(condition(target, model)))"
    }
  }

  mutating func test(_ model: String, _ outer: String?) -> String {
    let not = random.pick(["", "", "not "])
    let compare = random.pick(["=", "!=", "<", "<=", ">", ">="])
    switch random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    case 0: return "\(number(model)) \(compare) \(constant())"
    case 1: return "\(numberPath(model)) \(compare) \(numberPath(model))"
    case 2: return "\(textPath(model)) \(compare) \(random.chance(60) ? word() : textPath(model))"
    case 3:
      let kind = random.pick(["contains", "starts with", "ends with"])
      let part = random.chance(70) ? word() : textPath(model)
      return "\(textPath(model)) \(not)\(kind) \(part)" + ignoring()
    case 4:
      let value = random.pick(["null", "null", constant()])
      return "\(numberPath(model)) is \(not)\(value)"
    case 5: return "\(textPath(model)) \(not)in (\(word()), \(word()))" + ignoring()
    case 6: return "\(numberPath(model)) \(not)between \(constant()) and \(numberPath(model))"
    case 7: return dated(model, compare)
    default: return row(model, outer, not)
    }
  }

  mutating func ignoring() -> String { random.chance(30) ? " ignoring case" : "" }

  mutating func dated(_ model: String, _ compare: String) -> String {
    switch model {
    case "User": random.pick(["active", "not active", "active = false", "active is not true"])
    case "Order":
      random.pick([
        "placedOn \(compare) \"2026-02-14\"", #"status = "open""#, #"status != "paid""#,
        #"status in ("sent", "paid")"#, "month(placedOn) = 2", "status is null",
      ])
    case "Product":
      random.pick([
        "addedAt \(compare) \"2026-02-14\"", "addedAt \(compare) \"2026-02-14T01:00:00Z\"",
        "year(addedAt) = 2026", "date(addedAt) \(compare) \"2026-02-14\"", "day(addedAt) > 14",
        #"addedAt between "2026-01-11" and "2026-02-15""#,
      ])
    default: "\(numberPath(model)) \(compare) 2"
    }
  }

  /// A test of a to-one relation, with the noun outside where there is one.
  mutating func row(_ model: String, _ outer: String?, _ not: String) -> String {
    let known = names(model)
    if let outer, random.chance(60) {
      let theirs = names(outer)
      for (name, target) in known.toOne.sorted(by: { $0.key < $1.key }) {
        if let other = theirs.toOne.sorted(by: { $0.key < $1.key }).first(where: {
          $0.value == target
        }) {
          return "\(name) \(random.pick(["=", "!="])) outer.\(other.key)"
        }
      }
      if let own = known.numbers.first, let other = theirs.numbers.first {
        return "\(own) \(random.pick(["=", "<", ">="])) outer.\(other)"
      }
    }
    guard let name = known.toOne.keys.sorted().randomElement(using: &random) else {
      return "\(numberPath(model)) is \(not)null"
    }
    if name != "country", name != "shelf", random.chance(40) {
      return "\(name) \(random.pick(["=", "!=", "is", "is not"])) \(random.pick(["1", "2", "3"]))"
    }
    return "\(name) is \(not)null"
  }
}
