import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// What `explain` says of walks on the shop, as if each of its tables had 5,000 rows.
@Suite("Explained walks")
struct WalkExplainTests {
  @Test(
    "advise the index that is missing",
    arguments: [
      (#"User where city = "Bonn""#, ["User indexed by city"]),
      (#"User where city = "Bonn" and active = true"#, ["User indexed by city, active"]),
      ("Product where price > 5 and stock = 3", ["Product indexed by stock, price"]),
      ("Product where price > 5 and weight < 3", ["Product indexed by price"]),
      ("Product where price in (1, 2)", ["Product indexed by price"]),
      (#"Product where title starts with "Te""#, ["Product indexed by title"]),
      (#"Product "Tee" user name"#, ["Product indexed by title"]),
      (
        "Product where title = \"Tee\" or stock = 3",
        ["Product indexed by title", "Product indexed by stock"]
      ),
      ("Product sort price desc limit 3", ["Product indexed by price"]),
      ("Product top 3 by price", ["Product indexed by price"]),
      ("Order where user.city = \"Bonn\"", ["User indexed by city"]),
      ("OrderItem where product.category.name = \"Shirts\"", ["Category indexed by name"]),
      ("User where count orders > 2 and email = \"x\"", ["User indexed by email"]),
      ("Order group status where count > 1", []),
      // An index is there.
      (#"User "Max" products title"#, []), ("Product 1 user name", []), ("Cart 1 products", []),
      (#"Product where user.name = "Max""#, []), ("User show name, count orders", []),
      ("User with products", []), ("Category 1 tree children", []), ("Box 1 shelf", []),
      // None would help.
      ("User name", []), (#"Product where title contains "e""#, []), ("Product sort price", []),
      (#"Product where lower(title) = "tee""#, []), ("Product where price != 3", []),
      ("Product where title = \"Tee\" or price != 3", []), ("Product where price > stock", []),
      ("Product top 3 by count orderItems", []),
      ("Product top 3 by price sort title", ["Product indexed by price"]),
    ])
  func advice(_ walk: String, _ expected: [String]) throws {
    #expect(try Explained(walk, on: openShop()).advice == expected)
  }

  @Test(
    "advise what the database then uses",
    arguments: [
      #"User where city = "Bonn" and active = true"#, "Product where price > 5 and stock = 3",
      "Product where title = \"Tee\" or stock = 3", "Product sort price limit 3",
      "Product top 3 by price", "Order where user.city = \"Bonn\"",
      #"Product where title starts with "Te""#,
      "OrderItem where product.category.name = \"Shirts\"",
      "User show name, count products", "User 1 products title", "User with products",
      "User where some products (price > 3)", "Product where user.name = \"Max\"",
    ])
  func helps(_ walk: String) throws {
    let driver = try openShop()
    _ = try driver.execute("DROP INDEX products_userId")
    let before = try Explained(walk, on: driver)
    for (number, sentence) in before.advice.enumerated() {
      let words = sentence.split(separator: " ", maxSplits: 3)
      let table = try #require(Shop.graph.model(named: String(words[0]))?.table)
      _ = try driver.execute(
        SQLText("CREATE INDEX wish" + String(number) + " ON " + table + " (" + words[3] + ")"))
    }
    let after = try Explained(walk, on: driver)
    #expect(after.advice == [])
    for number in before.advice.indices {
      #expect(after.plan.contains { $0.contains("INDEX wish\(number)") }, "\(after.plan)")
    }
  }

  @Test("say nothing about small tables")
  func small() throws {
    let explained = try Explained(#"User where city = "Bonn""#, on: openShop(), rows: 999)
    #expect(explained.advice == [])
  }

  @Test("name each table as the plan does, with its key and what finds its rows")
  func steps() throws {
    let explained = try Explained(
      "User where no orders their products with carts (note, quantity)", on: openShop())
    #expect(
      explained.steps == [
        "t0  User where no orders", "      5000 rows; all are read along index users_countryCode",
        "t1    no orders: one User to many Orders",
        "        orders.userId → users.id; 5000 rows; index orders_userId",
        "t2  products: one User to many Products",
        "      products.userId → users.id; 5000 rows; index products_userId",
        "t3    with carts: many Products to many Carts, through CartItem",
        "        cartItems.productId → products.id; 5000 rows; index cartItems_productId",
        "t4    and from each CartItem its Cart",
        "        cartItems.cartId → carts.id; 5000 rows; primary key",
      ])
  }

  @Test("hold for every walk of the goldens")
  func all() throws {
    let driver = try openShop()
    for walk in WalkSQLTests.walks {
      guard let (prefix, query) = try? parse(walk), prefix == nil,
        (try? Shop.resolver.resolve(query)) != nil
      else { continue }
      let explained = try Explained(walk, on: driver)
      let told = Set(explained.steps.flatMap { $0.prefix(12).split(separator: " ") })
      for line in explained.plan where line.hasPrefix("SCAN t") || line.hasPrefix("SEARCH t") {
        let alias = line.split(separator: " ")[1]
        #expect(
          told.contains(alias), "\(walk): \(line)\n\(explained.steps.joined(separator: "\n"))")
      }
    }
  }
}

/// A walk explained on a database, whose tables are said to have so many rows.
private struct Explained {
  let plan: [String]
  let steps: [String]
  let advice: [String]

  init(_ text: String, on driver: SQLiteDriver, rows: Int = 5_000) throws {
    let query = try parse(text).query
    let walk = try Shop.resolver.resolve(query)
    let sql = SelectWriter(dialect: dialect).select(walk)
    let lines = try driver.plan(sql)
    let facts = WalkFacts(
      plan: lines.compactMap { line in line.reading.map { (line.depth, $0) } },
      joined: sql.joinedTables(dialect), schema: try driver.inspect())
    let explanation = walk.explained(query, in: Shop.graph, facts)
    let counts = Dictionary(
      explanation.tables.map { ($0, rows) }, uniquingKeysWith: { first, _ in first })
    plan = lines.map(\.text)
    steps = explanation.steps(counts, written: String.init)
    advice = explanation.advice(counts)
  }
}
