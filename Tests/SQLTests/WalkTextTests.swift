import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

@Suite("Walks beyond ASCII and beyond nothing")
struct WalkTextTests {
  @Test(
    "relish's own connection knows the case of all letters",
    arguments: [
      (#"User where name = "ZOË" ignoring case name"#, ["Zoë"]),
      (#"User where name contains "OË" ignoring case name"#, ["Zoë"]),
      (#"User where lower(name) = "zoë" name"#, ["Zoë"]),
      (#"User 3 show upper(name)"#, ["ZOË"]),
      (#"User where upper(city) is null show upper(city)"#, ["null"]),
    ])
  func letters(_ walk: String, _ expected: [String]) throws {
    let driver = try openShop()
    let traversal = try Shop.resolver.resolve(try parse(walk).query)
    let rows = try driver.rows(SelectWriter(dialect: driver.dialect).select(traversal))
    #expect(rows.map { $0.map(\.shown).joined() } == expected)
  }

  @Test("what is printed runs in the database's own shell")
  func portable() throws {
    let walk = try Shop.resolver.resolve(try parse("User show lower(name), upper(name)").query)
    let own = SQLiteDialect(hasOwnFunctions: true)
    #expect(SelectWriter(dialect: own).select(walk).prepared(own).contains("relish_lower"))
    let printed = SelectWriter(dialect: own.portable).select(walk).inlined(own)
    #expect(!printed.contains("relish_"))
  }

  @Test(
    "rows that `every` holds for as they have none are counted",
    arguments: [
      ("Product where every orderItems (quantity > 0) title", ["orderItems 2"]),
      ("Product where some orderItems and every orderItem (quantity > 0) title", ["orderItem 0"]),
      ("Product where not every orderItems (quantity > 0) title", []),
      ("User where every cart.products (price > 0) or id = 1 name", ["cart.products 1"]),
      ("User where every orders (id > 0) limit 1 products title", ["orders 0"]),
      ("User where every orders (every orderItems (id > 0)) name", ["orders 1"]),
      ("User where every orders (id > 0) group city top 1 by count show city", ["orders 1"]),
      ("User where every orders (id > 0) limit 2 show name with products (title)", ["orders 1"]),
    ])
  func emptyEvery(_ walk: String, _ expected: [String]) throws {
    let driver = try openShop()
    let traversal = try Shop.resolver.resolve(try parse(walk).query)
    let found = try SelectWriter(dialect: dialect).emptyEvery(traversal).map { every in
      "\(every.path) \(try driver.rows(every.count).first?.first?.shown ?? "")"
    }
    #expect(found == expected)
  }

  /// Tables that a database has may do without a primary key.
  @Test(
    "rows without a primary key are told apart",
    arguments: [
      ("User show id with logs (word limit 1)", "1 a|2 null"),
      (
        "User show id with logs (word sort word desc), log (word top 1 by word)",
        "1 b null|1 a null|1 a null|1 null b|2 null null"
      ),
      ("Log top 2 by word limit 1 show word", "b"),
      ("Log top 1 by word with user (id)", "1 b 1"),
      ("User logs with user (id)", "1 a 1|1 a 1|1 b 1"),
      ("Log group word show word, count", "a 2|b 1"),
    ])
  func keyless(_ walk: String, _ expected: String) throws {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    for sql in [
      "CREATE TABLE users (id INTEGER PRIMARY KEY)", "INSERT INTO users VALUES (1), (2)",
      "CREATE TABLE logs (userId INTEGER REFERENCES users (id), word TEXT)",
      "INSERT INTO logs VALUES (1, 'a'), (1, 'a'), (1, 'b')",
    ] { _ = try driver.execute(SQLText(sql)) }
    var builder = GraphBuilder(settings: GraphSettings(timestamps: false))
    builder.read(try driver.inspect())
    let resolver = QueryResolver(
      graph: builder.graph, variables: [:], now: ("", ""), rowKey: driver.dialect.rowKey)
    let traversal = try resolver.resolve(try parse(walk).query)
    let rows = try driver.rows(SelectWriter(dialect: driver.dialect).select(traversal))
    #expect(rows.map { $0.map(\.shown).joined(separator: " ") }.joined(separator: "|") == expected)
  }
}
