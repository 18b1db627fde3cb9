import Foundation
import RelishDrivers
import RelishModel
import RelishSQL

/// A value in the naive shop; numbers are exact.
enum Cell: Hashable {
  case null
  case number(Decimal)
  case text(String)
  case truth(Bool)

  var value: Value {
    switch self {
    case .null: .null
    case .number(let number):
      // `doubleValue` of Foundation is not always the nearest one: 3.14 becomes 3.1399999999999997.
      Int64("\(number)").map { .integer($0) } ?? .double(Double("\(number)") ?? 0)
    case .text(let text): .text(text)
    case .truth(let truth): .boolean(truth)
    }
  }
}

/// A generator of numbers that a seed determines (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// The seed is mixed first, as the numbers of two seeds one step apart would be the same ones.
  init(seed: Int) { state = Self.mixed(UInt64(bitPattern: Int64(seed)) ^ 0x5DEE_CE66_D1CE_4E5B) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func pick<T>(_ items: [T]) -> T { items[Int.random(in: items.indices, using: &self)] }
}

/// A shop in memory: rows and how they belong together, said anew and without relish's graph.
struct NaiveShop {
  final class Row: Hashable {
    let model: String
    let cells: [String: Cell]
    init(_ model: String, _ cells: [String: Cell]) {
      self.model = model
      self.cells = cells
    }
    static func == (left: Row, right: Row) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
  }

  /// A foreign key: holder, name there, target, key columns, target's columns, name back, only one.
  struct Key {
    let holder, name, target: String
    let columns, targetColumns: [String]
    let inverse: String
    var isUnique = false
  }

  static let keys = [
    Key(
      holder: "User", name: "country", target: "Country", columns: ["countryCode"],
      targetColumns: ["code"], inverse: "users"),
    Key(
      holder: "Category", name: "parent", target: "Category", columns: ["parentId"],
      targetColumns: ["id"], inverse: "children"),
    Key(
      holder: "Product", name: "user", target: "User", columns: ["userId"],
      targetColumns: ["id"], inverse: "products"),
    Key(
      holder: "Product", name: "category", target: "Category", columns: ["categoryId"],
      targetColumns: ["id"], inverse: "products"),
    Key(
      holder: "Order", name: "user", target: "User", columns: ["userId"],
      targetColumns: ["id"], inverse: "orders"),
    Key(
      holder: "OrderItem", name: "order", target: "Order", columns: ["orderId"],
      targetColumns: ["id"], inverse: "orderItems"),
    Key(
      holder: "OrderItem", name: "product", target: "Product", columns: ["productId"],
      targetColumns: ["id"], inverse: "orderItems"),
    Key(
      holder: "Cart", name: "user", target: "User", columns: ["userId"],
      targetColumns: ["id"], inverse: "cart", isUnique: true),
    Key(
      holder: "CartItem", name: "cart", target: "Cart", columns: ["cartId"],
      targetColumns: ["id"], inverse: "cartItems"),
    Key(
      holder: "CartItem", name: "product", target: "Product", columns: ["productId"],
      targetColumns: ["id"], inverse: "cartItems"),
    Key(
      holder: "Box", name: "shelf", target: "Shelf", columns: ["shelfHall", "shelfRow"],
      targetColumns: ["hall", "row"], inverse: "boxes"),
  ]

  /// Ways over several keys.
  static let ways = [
    "Cart.products": ["cartItems", "product"], "Product.carts": ["cartItems", "cart"],
    "User.bought": ["orders", "orderItems", "product"],
  ]

  /// Those of the ways that go over a junction.
  static let junctions: Set = ["Cart.products", "Product.carts"]

  /// Whether a relation leads to one row at most.
  static func isToOne(_ name: String, on model: String) -> Bool {
    keys.contains {
      ($0.holder == model && $0.name == name)
        || ($0.target == model && $0.inverse == name && $0.isUnique)
    }
  }

  /// Attributes in the order of the tables.
  static let attributes = [
    "Country": ["code", "name"],
    "User": ["id", "name", "email", "city", "active", "countryCode"],
    "Category": ["id", "name", "parentId"],
    "Product": ["id", "title", "price", "stock", "weight", "addedAt", "userId", "categoryId"],
    "Order": ["id", "status", "placedOn", "userId"],
    "OrderItem": ["id", "quantity", "unitPrice", "orderId", "productId"],
    "Cart": ["id", "note", "userId"], "CartItem": ["cartId", "productId", "quantity"],
    "Shelf": ["hall", "row"], "Box": ["id", "size", "limit", "shelfHall", "shelfRow"],
  ]

  static let tables = [
    "Country": "countries", "User": "users", "Category": "categories", "Product": "products",
    "Order": "orders", "OrderItem": "orderItems", "Cart": "carts", "CartItem": "cartItems",
    "Shelf": "shelves", "Box": "boxes",
  ]

  static func primaryKey(_ model: String) -> [String] {
    switch model {
    case "Country": ["code"]
    case "CartItem": ["cartId", "productId"]
    case "Shelf": ["hall", "row"]
    default: ["id"]
    }
  }

  /// The model that a relation leads to; nil when the name is none.
  static func target(of name: String, on model: String) -> String? {
    if let way = ways["\(model).\(name)"] {
      return way.reduce(Optional(model)) { at, step in at.flatMap { target(of: step, on: $0) } }
    }
    return keys.first { $0.holder == model && $0.name == name }?.target
      ?? keys.first { $0.target == model && $0.inverse == name }?.holder
  }

  static func label(_ model: String) -> String? {
    ["User": "name", "Category": "name", "Product": "title", "Country": "name"][model]
  }

  private(set) var rows: [String: [Row]] = [:]

  func all(_ model: String) -> [Row] { rows[model] ?? [] }

  /// The rows that a relation leads to, each once; nil when there is no such relation.
  func follow(_ name: String, from row: Row) -> [Row]? {
    if let way = Self.ways["\(row.model).\(name)"] {
      return way.reduce([row]) { (rows: [Row], step) -> [Row] in
        var found: [Row] = []
        for next in rows.flatMap({ follow(step, from: $0) ?? [] }) where !found.contains(next) {
          found.append(next)
        }
        return found
      }
    }
    if let key = Self.keys.first(where: { $0.holder == row.model && $0.name == name }) {
      return match(row, key.columns, all(key.target), key.targetColumns)
    }
    if let key = Self.keys.first(where: { $0.target == row.model && $0.inverse == name }) {
      return match(row, key.targetColumns, all(key.holder), key.columns)
    }
    return nil
  }

  private func match(
    _ row: Row, _ own: [String], _ others: [Row], _ theirs: [String]
  ) -> [Row] {
    let values = own.map { row.cells[$0] ?? .null }
    guard !values.contains(.null) else { return [] }
    return others.filter { other in theirs.map { other.cells[$0] ?? .null } == values }
  }
}

extension NaiveShop {
  mutating func add(_ model: String, _ cells: [String: Cell]) {
    rows[model, default: []].append(Row(model, cells))
  }

  /// Writes every row into tables of `shop.sql`.
  func insert(into driver: SQLiteDriver) throws {
    // Categories may go in a circle.
    _ = try driver.execute("PRAGMA foreign_keys = OFF")
    for model in [
      "Country", "User", "Category", "Product", "Order", "OrderItem", "Cart", "CartItem", "Shelf",
      "Box",
    ] {
      for row in all(model) {
        let columns = row.cells.keys.sorted()
        let names = columns.map(dialect.identifier).joined(separator: ", ")
        let values = columns.map { "\(bind: row.cells[$0]?.value ?? .null)" as SQLText }
          .joined(separator: ", ")
        let table = Self.tables[model] ?? model
        var sql = SQLText("INSERT INTO " + table + " (" + names + ") VALUES (")
        sql.append("\(values))" as SQLText)
        _ = try driver.execute(sql)
      }
    }
  }
}
