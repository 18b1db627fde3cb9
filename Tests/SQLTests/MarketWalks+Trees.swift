extension MarketWalkTests {
  static let trees: [Question] = [
    Question(
      "Category 2 tree children show id",
      """
      WITH RECURSIVE b(id) AS (SELECT id FROM categories WHERE parentId = 2
        UNION SELECT c.id FROM categories c JOIN b ON b.id = c.parentId) SELECT id FROM b
      """),
    Question(
      "Category 30 tree parent show id",
      """
      WITH RECURSIVE a(id) AS (SELECT parentId FROM categories WHERE id = 30
        UNION SELECT c.parentId FROM categories c JOIN a ON a.id = c.id)
      SELECT id FROM a WHERE id IS NOT NULL
      """),
    Question("Category 36 tree children show id", "VALUES (36), (37), (38)"),
    Question("Category 37 tree parent show id", "VALUES (36), (37), (38)"),
    Question("Category 39 tree parent show id", "VALUES (39)"),
    Question("Category 40 tree children show id", "SELECT 1 WHERE 0"),
    Question(
      "Category 1 tree children where name is null show id",
      "SELECT id FROM categories WHERE name IS NULL AND id < 36"),
    Question(
      "Category 1 tree children 12 show name", "SELECT name FROM categories WHERE id = 12"),
    Question(
      "count Category tree children",
      "SELECT COUNT(*) FROM categories WHERE parentId IS NOT NULL"),
    Question(
      "Category where id in (5, 6) tree children show id",
      """
      WITH RECURSIVE b(id) AS (SELECT id FROM categories WHERE parentId IN (5, 6)
        UNION SELECT c.id FROM categories c JOIN b ON b.id = c.parentId) SELECT id FROM b
      """),
    Question(
      "Category 2 tree children top 3 by id their products show id",
      "SELECT id FROM products WHERE categoryId IN (33, 34, 35)"),
    Question(
      "User 3 tree friends show id",
      """
      WITH RECURSIVE f(id) AS (SELECT friendId FROM friendships WHERE userId = 3
        UNION SELECT friendId FROM friendships JOIN f ON f.id = userId) SELECT id FROM f
      """),
    Question(
      "Category where id < 36 sort id desc limit 2 tree parent show id",
      """
      WITH RECURSIVE a(id) AS (SELECT parentId FROM categories WHERE id IN (34, 35)
        UNION SELECT c.parentId FROM categories c JOIN a ON a.id = c.id)
      SELECT id FROM a WHERE id IS NOT NULL
      """),
    Question(
      "Category 1 tree children their products group category show category.id, count",
      """
      SELECT categoryId, COUNT(*) FROM products WHERE categoryId BETWEEN 2 AND 35
      GROUP BY categoryId
      """),
    Question(
      "Category 5 tree children show id with products (id)",
      """
      WITH RECURSIVE b(id) AS (SELECT id FROM categories WHERE parentId = 5
        UNION SELECT c.id FROM categories c JOIN b ON b.id = c.parentId)
      SELECT b.id, p.id FROM b LEFT JOIN products p ON p.categoryId = b.id
      """),
    Question(
      "Category 20 tree parent tree children show id",
      "SELECT id FROM categories WHERE id BETWEEN 2 AND 35"),
    Question(
      "Category 1 tree children sort id desc limit 4 offset 1 show id",
      "VALUES (34), (33), (32), (31)"),
    Question(
      "Category 1 tree children show count, min id as least", "SELECT 34, 2"),
    Question(
      "Product 8 category tree parent name",
      """
      WITH RECURSIVE a(id) AS (
        SELECT c.parentId FROM products p JOIN categories c ON c.id = p.categoryId WHERE p.id = 8
        UNION SELECT c.parentId FROM categories c JOIN a ON a.id = c.id)
      SELECT name FROM categories WHERE id IN a
      """),
    Question(
      "User 5 tree friends where no orders show id",
      """
      WITH RECURSIVE f(id) AS (SELECT friendId FROM friendships WHERE userId = 5
        UNION SELECT friendId FROM friendships JOIN f ON f.id = userId)
      SELECT id FROM f WHERE id NOT IN (SELECT userId FROM orders)
      """),
  ]

  /// Walks of which a `set` or `delete` changes the rows.
  static let filters: [Question] = [
    Question(
      "User top 4 by count orders",
      """
      SELECT u.id FROM users u
      ORDER BY (SELECT COUNT(*) FROM orders WHERE userId = u.id) DESC, u.id LIMIT 4
      """),
    Question("Category 1 tree children", "SELECT id FROM categories WHERE id BETWEEN 2 AND 35"),
    Question("Category 36 tree children", "VALUES (36), (37), (38)"),
    Question("User 8 friends", "SELECT friendId FROM friendships WHERE userId = 8"),
    Question(
      "Product top 5 by price limit 2",
      "SELECT id FROM products ORDER BY price DESC, id LIMIT 2"),
    Question(
      "Product top 9 by price sort stock limit 2 offset 1",
      """
      SELECT id FROM (SELECT id, stock FROM products ORDER BY price DESC, id LIMIT 9)
      ORDER BY stock, id LIMIT 2 OFFSET 1
      """),
    Question(
      "Product where sum orderItems.quantity > 20",
      """
      SELECT productId FROM orderItems GROUP BY productId HAVING SUM(quantity) > 20
      """),
    Question(
      "User top 2 by count products their products where price > 5",
      """
      SELECT id FROM products WHERE price > 5 AND userId IN (SELECT u.id FROM users u
        ORDER BY (SELECT COUNT(*) FROM products WHERE userId = u.id) DESC, u.id LIMIT 2)
      """),
    Question(
      "Category 2 tree children their products sort price limit 4",
      """
      SELECT id FROM products WHERE categoryId BETWEEN 3 AND 35 ORDER BY price, id LIMIT 4
      """),
    Question(
      "User where max orders.total > 45", "SELECT DISTINCT userId FROM orders WHERE total > 45"),
    Question(
      "Cart where count products >= 5",
      "SELECT cartId FROM cartItems GROUP BY cartId HAVING COUNT(*) >= 5"),
    Question(
      #"User "Eva" bought"#,
      """
      SELECT DISTINCT i.productId FROM users u JOIN orders o ON o.userId = u.id
      JOIN orderItems i ON i.orderId = o.id WHERE u.name = 'Eva'
      """),
    Question(
      "Category 36 tree parent products",
      "SELECT id FROM products WHERE categoryId IN (36, 37, 38)"),
    Question("Box where shelf is null", "SELECT id FROM boxes WHERE shelfHall IS NULL"),
    Question(
      "Order where avg orderItems (quantity * unitPrice) > 90",
      """
      SELECT orderId FROM orderItems GROUP BY orderId HAVING AVG(quantity * unitPrice) > 90
      """),
    Question(
      "Product where user.name = \"Max\" and category.parent is not null",
      """
      SELECT p.id FROM products p JOIN users u ON u.id = p.userId
      JOIN categories c ON c.id = p.categoryId WHERE u.name = 'Max' AND c.parentId IS NOT NULL
      """),
  ]
}
