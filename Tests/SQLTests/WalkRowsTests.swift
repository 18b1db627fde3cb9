import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// A walk beside SQL that a person would write for it.
struct Question: CustomTestStringConvertible, Sendable {
  let walk: String
  let sql: String
  init(_ walk: String, _ sql: String) {
    self.walk = walk
    self.sql = sql
  }
  var testDescription: String { walk }
}

@Suite("Walks and SQL by hand")
struct WalkRowsTests {
  static let hops: [Question] = [
    Question(
      #"User "Max" products title"#,
      "SELECT title FROM products JOIN users u ON u.id = userId WHERE name = 'Max'"),
    Question(
      "Product user name",
      "SELECT DISTINCT u.id, u.name FROM products p JOIN users u ON u.id = p.userId"),
    Question(
      "Cart products title",
      "SELECT DISTINCT p.id, title FROM cartItems JOIN products p ON p.id = productId"),
    Question(
      "User bought title",
      """
      SELECT DISTINCT p.id, title FROM orders o
      JOIN orderItems i ON i.orderId = o.id JOIN products p ON p.id = i.productId
      """),
    Question(
      "Order user cart note",
      "SELECT note FROM carts WHERE userId IN (1, 3)"),
    Question(
      "Category children parent name", "SELECT name FROM categories WHERE id = 1"),
    Question(
      "Box shelf boxes size", "SELECT size FROM boxes WHERE shelfHall IS NOT NULL"),
    Question(
      "User sort name limit 1 products title",
      "SELECT title FROM products WHERE userId = 2"),
  ]

  static let conditions: [Question] = [
    Question(
      "User where count products = 0 name",
      "SELECT name FROM users u WHERE NOT EXISTS (SELECT 1 FROM products WHERE userId = u.id)"),
    Question(
      "Product where every orderItems (quantity >= 1) title",
      // The null quantity of item 4 fails product 1.
      "SELECT title FROM products WHERE id <> 1"),
    Question(
      "Product where no orderItems (quantity is null) title",
      "SELECT title FROM products WHERE id <> 1"),
    Question(
      "Product where not some orderItems title", "SELECT title FROM products WHERE id IN (2, 4)"),
    Question("User where city = null name", "SELECT 1 WHERE 0"),
    Question("User where city is null name", "SELECT name FROM users WHERE id = 2"),
    Question(
      #"User where city is not "Berlin" name"#, "SELECT name FROM users WHERE city IS NULL"),
    Question(
      #"User where city != "Berlin" name"#, "SELECT name FROM users WHERE city <> 'Berlin'"),
    Question("User where not active name", "SELECT name FROM users WHERE active = 0"),
    Question(
      "User where active is not true name", "SELECT name FROM users WHERE active IS NOT 1"),
    Question(
      #"Product where title contains "E" title"#,
      "SELECT title FROM products WHERE instr(title, 'E')"),
    Question(
      #"Product where title contains "E" ignoring case title"#,
      "SELECT title FROM products WHERE title LIKE '%e%'"),
    Question(
      #"Product where title starts with "" title"#, "SELECT title FROM products"),
    Question(#"Product where title ends with "" title"#, "SELECT title FROM products"),
    Question(
      #"Product where title ends with "a longer text than any" title"#, "SELECT 1 WHERE 0"),
    Question(
      #"Product where title starts with "tee [x" title"#,
      "SELECT title FROM products WHERE id = 4"),
    Question(
      #"Product where title starts with "t*" title"#, "SELECT 1 WHERE 0"),
    Question(
      "Product where price * 3 = 28.5 and price + 0.1 = 9.6 title",
      "SELECT title FROM products WHERE id = 1"),
    Question(
      "Product where stock / 4 = 2.5 title", "SELECT title FROM products WHERE stock = 10"),
    Question("Product where stock / 0 is null title", "SELECT title FROM products"),
    Question(
      "Product where price % 2.5 = 2 title", "SELECT title FROM products WHERE price IN (9.5, 12)"),
    Question(
      #"Order where placedOn >= "2026-03-05" show id"#, "SELECT id FROM orders WHERE id = 2"),
    Question(
      #"Product where addedAt = "2026-01-01" title"#, "SELECT title FROM products WHERE id = 1"),
    Question(
      #"Product where addedAt > "2026-01-02T09:30:00+02:00" title"#,
      "SELECT title FROM products WHERE addedAt > '2026-01-02 07:30:00'"),
    Question("Product where weight > 0.25 title", "SELECT title FROM products WHERE id = 4"),
    Question("Product where weight > $half title", "SELECT 1 WHERE 0"),
    Question("Product where userId = $ann title", "SELECT title FROM products WHERE userId = 2"),
    Question("Product where user = 1 title", "SELECT title FROM products WHERE userId = 1"),
    Question("Product where user is not $ann title", "SELECT title FROM products WHERE id <> 3"),
    Question(
      #"User where country = "DE" name"#, "SELECT name FROM users WHERE countryCode = 'DE'"),
    Question(
      "User where coalesce(city, country.name) = \"France\" name",
      "SELECT name FROM users WHERE id = 2"),
  ]

  static let answers: [Question] = [
    Question(
      "Product show title, price * stock as worth",
      "SELECT title, round(price * stock, 2) FROM products"),
    Question(
      "User show name, count cart.products as n",
      """
      SELECT name, (SELECT COUNT(*) FROM carts c JOIN cartItems i ON i.cartId = c.id
        WHERE c.userId = u.id) FROM users u
      """),
    Question(
      "Product sort stock, title desc show title",
      "SELECT title FROM products ORDER BY stock NULLS FIRST, title DESC"),
    Question(
      "Product sort stock desc show title",
      "SELECT title FROM products ORDER BY stock DESC NULLS LAST, id"),
    Question(
      "Order sort user.name desc page 1 size 2 show user.name",
      "SELECT 'Zoë' UNION ALL SELECT 'Max'"),
    Question(
      "Shelf sort hall limit 2 show hall, row", "SELECT 1, 1 UNION ALL SELECT 1, 2"),
    Question("Product limit 0 title", "SELECT 1 WHERE 0"),
    Question("count Product page 2 size 3", "SELECT 1"),
    Question("count User products price", "SELECT 3"),
    Question("exists Product where price > 11", "SELECT 1"),
    Question("exists Product where price > 12", "SELECT 0"),
    Question(#"Country "XX" name"#, "SELECT 'DE'"),
    Question(#"Country "France" name"#, "SELECT 'France'"),
  ]

  @Test("hops", arguments: hops) func findsHops(_ question: Question) throws { try ask(question) }
  @Test("conditions", arguments: conditions)
  func findsConditions(_ question: Question) throws { try ask(question) }
  @Test("answers", arguments: answers) func findsAnswers(_ question: Question) throws {
    try ask(question)
  }

  /// Both answer the same rows; in the same order when the walk is sorted. The walk shows the last
  /// columns of the SQL.
  private func ask(_ question: Question) throws {
    let driver = try openShop()
    let sql = try statement(for: question.walk)
    let found = try driver.rows(sql).map { $0.map(\.shown) }
    let wanted = try driver.rows(SQLText(question.sql)).map { row in
      Array(row.map(\.shown).suffix(found.first?.count ?? row.count))
    }
    if question.walk.contains(" sort ") {
      #expect(found == wanted)
    } else {
      #expect(found.sorted { "\($0)" < "\($1)" } == wanted.sorted { "\($0)" < "\($1)" })
    }
  }
}
