/// Changes walks at random, so that most of them are wrong in one place.
struct WalkMutator {
  private var random: SeededGenerator
  private let walks: [String]

  init(seed: Int, walks: [String]) {
    random = SeededGenerator(seed: seed)
    self.walks = walks
  }

  mutating func next() -> [UInt8] {
    var tokens = Self.tokens(walk())
    for _ in 0..<random.pick([0, 1, 1, 1, 1, 2, 2, 4]) { change(&tokens) }
    var bytes = Array(Self.text(tokens).utf8)
    if random.chance(8) { changeBytes(&bytes) }
    return bytes
  }

  private mutating func walk() -> String {
    if random.chance(40) {
      return WalkGenerator.walk(seed: Int.random(in: 0..<1_000_000, using: &random))
    }
    return random.pick(["", "", "", "count ", "exists ", "sql ", "explain "]) + random.pick(walks)
  }

  private mutating func change(_ tokens: inout [Substring]) {
    guard !tokens.isEmpty else { return tokens.append(word()) }
    let place = tokens.indices.randomElement(using: &random) ?? 0
    switch Int.random(in: 0..<11, using: &random) {
    case 0: tokens.swapAt(place, tokens.indices.randomElement(using: &random) ?? 0)
    case 1: tokens.remove(at: place)
    case 2: tokens.insert(word(), at: place)
    case 3, 4: tokens[place] = word()
    case 5: tokens.insert(tokens[place], at: place)
    case 6: tokens.removeSubrange(place..<min(tokens.count, place + 4))
    case 7:
      let other = Self.tokens(walk())
      let start = other.indices.randomElement(using: &random) ?? 0
      tokens.insert(contentsOf: other[start...].prefix(8), at: place)
    case 8: wrap(&tokens, at: place)
    case 9: tokens.insert(contentsOf: clause(), at: place)
    default: tokens.append(contentsOf: clause())
    }
  }

  /// Brackets and what else may stand in itself, several times.
  private mutating func wrap(_ tokens: inout [Substring], at place: Int) {
    let (open, close): (String, String) = random.pick([
      ("(", ")"), ("not (", ")"), ("some products (", ")"), ("- ", ""), ("lower (", ")"),
      ("sum orders (", ")"), ("with products (", ")"), ("(1 + ", ")"), ("coalesce (", ")"),
      ("every user (", ")"), ("count user (where ", ")"), ("tree ", ""), ("outer.", ""),
    ])
    let count = random.pick([1, 1, 2, 3, 8, 30])
    for _ in 0..<count { tokens.insert(contentsOf: Self.tokens(open), at: place) }
    let end = min(tokens.count, place + count * Self.tokens(open).count + 1)
    for _ in 0..<count { tokens.insert(contentsOf: Self.tokens(close), at: end) }
  }

  private mutating func clause() -> [Substring] {
    Self.tokens(
      random.pick([
        "where \(word()) = \(word())", "show \(word()), \(word()) as x",
        "with \(word()) (\(word()))",
        "group \(word())", "group \(word()), \(word())", "sort \(word()) desc", "limit 2 offset 1",
        "top 2 by \(word())", "page 2 size 3", "tree \(word())", "\(word())", "count \(word()) > 1",
        "where some \(word()) (\(word()) is null)",
        "with \(word()), \(word()) (top 1 by \(word()))",
        "show sum \(word()) (\(word())) as y", "show count, sum \(word())",
        "limit 9223372036854775807 offset 9223372036854775807", "top 9223372036854775807 by id",
        "sort \(word()), \(word()), \(word())", "show max \(word()).\(word())",
      ]))
  }

  private mutating func word() -> Substring {
    Substring(random.pick(random.chance(60) ? Self.names : Self.words))
  }

  private mutating func changeBytes(_ bytes: inout [UInt8]) {
    for _ in 0..<random.pick([1, 1, 2, 6]) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      if random.chance(50) {
        bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      } else if place < bytes.count {
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
    }
  }

  // MARK: Words

  private static let names = [
    "id", "name", "title", "price", "stock", "weight", "addedAt", "status", "placedOn", "quantity",
    "unitPrice", "note", "code", "city", "active", "email", "size", "`limit`", "hall", "row",
    "userId", "products", "orders", "orderItems", "cart", "carts", "cartItems", "user", "category",
    "parent", "children", "country", "users", "bought", "product", "order", "shelf", "boxes",
    "products.price", "user.name", "category.parent.name", "outer.id", "outer.name", "User",
    "Product", "Category", "Order", "OrderItem", "Cart", "CartItem", "Country", "Shelf", "Box",
    "orders.orderItems.quantity", "count orders", "sum products.price", "c0", "n",
  ]

  private static let words = [
    "where", "show", "with", "group", "sort", "top", "limit", "page", "size", "offset", "by", "as",
    "tree", "their", "all", "and", "or", "not", "is", "null", "in", "between", "contains", "starts",
    "ends", "ignoring", "case", "some", "no", "every", "count", "sum", "avg", "min", "max", "outer",
    "asc", "desc", "true", "false", "(", ")", ",", "=", "!=", "<", ">", "+", "-", "*", "/", "%",
    ".",
    "0", "1", "2", "-1", "9.5", "1e3", "9223372036854775807", "99999999999999999999",
    "0.1234567890",
    "\"Tee\"", "\"\"", "\"2026-01-01\"", "'a*'", "$ann", "$both", "$nobody", "$dear", "$word",
    "$half", "$shelf", "x'00ff'", "today()", "now()", "lower(name)", "round(price, 1)", "round(1)",
    "coalesce(1)", "coalesce(null)", "concat(1, true)", "date(addedAt)", "substring(title, 2)",
    "abs(-1)", "year(\"2026-01-01\")", "\"2026-13-01\"", ";", "\n", "[", "]", "`", "\\", "#",
  ]

  /// Words, texts and signs, each for itself.
  private static func tokens(_ text: String) -> [Substring] {
    var tokens: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let first = text[start]
      var end = text.index(after: start)
      if first == "\"" || first == "'" || first == "`" {
        while end < text.endIndex, text[end] != first { end = text.index(after: end) }
        if end < text.endIndex { end = text.index(after: end) }
      } else if first.isLetter || first.isNumber || first == "$" {
        while end < text.endIndex, text[end].isLetter || text[end].isNumber || text[end] == "_" {
          end = text.index(after: end)
        }
      }
      if first != " " { tokens.append(text[start..<end]) }
      start = end
    }
    return tokens
  }

  private static func text(_ tokens: [Substring]) -> String {
    var text = ""
    for (index, token) in tokens.enumerated() {
      // Blanks around points would make other words of a path.
      let isTight = token == "." || (index > 0 && tokens[index - 1] == ".")
      if index > 0, !isTight { text += " " }
      text += token
    }
    return text
  }
}
