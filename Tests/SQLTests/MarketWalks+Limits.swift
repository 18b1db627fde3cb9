extension MarketWalkTests {
  /// Limits in nests are per row above.
  static let limitedNests: [Question] = [
    Question(
      "User show id with products (id, price top 2 by price)",
      """
      SELECT u.id, p.id, p.price FROM users u LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY userId ORDER BY price DESC NULLS LAST, id) AS k FROM products) p
        ON p.userId = u.id AND k <= 2
      """),
    Question(
      "User show id with products (id limit 2)",
      """
      SELECT u.id, p.id FROM users u LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY userId ORDER BY id) AS k FROM products) p ON p.userId = u.id AND k <= 2
      """),
    Question(
      "User show id with products (id page 2 size 2)",
      """
      SELECT u.id, p.id FROM users u LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY userId ORDER BY id) AS k FROM products) p ON p.userId = u.id AND k IN (3, 4)
      """),
    Question(
      "User show id with products (id sort price limit 2 offset 1)",
      """
      SELECT u.id, p.id FROM users u LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY userId ORDER BY price NULLS FIRST, id) AS k FROM products) p
        ON p.userId = u.id AND k IN (2, 3)
      """),
    Question(
      "User show id with products (id top 4 by price sort stock desc limit 2)",
      """
      SELECT u.id, p.id FROM users u LEFT JOIN (
        SELECT id, userId, ROW_NUMBER() OVER (PARTITION BY userId ORDER BY stock DESC, id) AS m FROM (
          SELECT *, ROW_NUMBER() OVER (PARTITION BY userId ORDER BY price DESC, id) AS k
          FROM products) WHERE k <= 4) p ON p.userId = u.id AND m <= 2
      """),
    Question(
      "User show id with products (id top 2 by price sort stock)",
      """
      SELECT u.id, p.id FROM users u LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY userId ORDER BY price DESC, id) AS k FROM products) p
        ON p.userId = u.id AND k <= 2
      """),
    Question(
      "User show id with products (id top 3 by price limit 1 offset 1)",
      """
      SELECT u.id, p.id FROM users u LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY userId ORDER BY price DESC, id) AS k FROM products) p
        ON p.userId = u.id AND k = 2
      """),
    Question(
      "Tag show id with products (id, strength top 3 by strength)",
      """
      SELECT t.id, g.productId, g.strength FROM tags t LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY tagId ORDER BY strength DESC, productId) AS k FROM taggings) g
        ON g.tagId = t.id AND k <= 3
      """),
    Question(
      "Cart show id with products (id, quantity where price > 5 sort quantity desc limit 1)",
      """
      SELECT c.id, x.id, x.quantity FROM carts c LEFT JOIN (
        SELECT i.cartId, p.id, i.quantity, ROW_NUMBER() OVER
          (PARTITION BY i.cartId ORDER BY i.quantity DESC, p.id) AS k
        FROM cartItems i JOIN products p ON p.id = i.productId WHERE p.price > 5) x
        ON x.cartId = c.id AND k = 1
      """),
    Question(
      "User show id with bought (id top 2 by price)",
      """
      SELECT u.id, b.id FROM users u LEFT JOIN (SELECT *, ROW_NUMBER() OVER
          (PARTITION BY buyer ORDER BY price DESC, id) AS k FROM (
        SELECT DISTINCT o.userId AS buyer, p.id, p.price FROM orders o
        JOIN orderItems i ON i.orderId = o.id JOIN products p ON p.id = i.productId)) b
        ON b.buyer = u.id AND k <= 2
      """),
    Question(
      "User where id < 80 show id with products (id limit 5 offset 2), orders (id)",
      """
      SELECT u.id, x.p, x.o FROM users u LEFT JOIN (
        SELECT userId, id AS p, NULL AS o FROM (SELECT *, ROW_NUMBER() OVER
          (PARTITION BY userId ORDER BY id) AS k FROM products) WHERE k BETWEEN 3 AND 7
        UNION ALL SELECT userId, NULL, id FROM orders) x ON x.userId = u.id WHERE u.id < 80
      """),
    Question(
      "User where id < 20 show id with products (id limit 0)",
      "SELECT id, NULL FROM users WHERE id < 20"),
    Question(
      "User where id < 20 show id with products (id limit 0), orders (id top 0 by total)",
      "SELECT id, NULL, NULL FROM users WHERE id < 20"),
    Question(
      "User sort name limit 5 show name with orders (id limit 1)",
      """
      SELECT u.name, MIN(o.id) FROM (SELECT * FROM users ORDER BY name, id LIMIT 5) u
      LEFT JOIN orders o ON o.userId = u.id GROUP BY u.id
      """),
    Question(
      "User top 3 by count orders show id with orders (id)",
      """
      SELECT u.id, o.id FROM (SELECT id FROM users v
        ORDER BY (SELECT COUNT(*) FROM orders WHERE userId = v.id) DESC, id LIMIT 3) u
      LEFT JOIN orders o ON o.userId = u.id
      """),
    Question(
      "User top 9 by count orders sort name limit 4 show id with orders (id top 1 by total), cart (id)",
      """
      SELECT u.id, (SELECT o.id FROM orders o WHERE o.userId = u.id
          ORDER BY total DESC NULLS LAST, id LIMIT 1), c.id
      FROM (SELECT id FROM (SELECT id, name FROM users v
          ORDER BY (SELECT COUNT(*) FROM orders WHERE userId = v.id) DESC, id LIMIT 9)
        ORDER BY name, id LIMIT 4) u LEFT JOIN carts c ON c.userId = u.id
      """),
    Question(
      "Category show id with products (id top 2 by count orderItems)",
      """
      SELECT c.id, p.id FROM categories c LEFT JOIN (SELECT q.*, ROW_NUMBER() OVER (
          PARTITION BY categoryId ORDER BY (SELECT COUNT(*) FROM orderItems WHERE productId = q.id)
          DESC, id) AS k FROM products q) p ON p.categoryId = c.id AND k <= 2
      """),
    Question(
      "Category show id with products (id, user.name as owner top 2 by user.name)",
      """
      SELECT c.id, p.id, p.owner FROM categories c LEFT JOIN (SELECT q.id, categoryId, u.name AS owner,
        ROW_NUMBER() OVER (PARTITION BY categoryId ORDER BY u.name DESC, q.id) AS k FROM products q
        LEFT JOIN users u ON u.id = q.userId) p ON p.categoryId = c.id AND k <= 2
      """),
    Question(
      "Shelf show hall, row with boxes (id sort size desc limit 2)",
      """
      SELECT s.hall, s."row", b.id FROM shelves s LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY shelfHall, shelfRow ORDER BY size DESC, id) AS k FROM boxes) b
        ON b.shelfHall = s.hall AND b.shelfRow = s."row" AND k <= 2
      """),
  ]

  static let deepNests: [Question] = [
    Question(
      "Country show code with users (name with orders (id with orderItems (quantity)))",
      """
      SELECT c.code, u.name, o.id, i.quantity FROM countries c LEFT JOIN users u
      ON u.countryCode = c.code LEFT JOIN orders o ON o.userId = u.id
      LEFT JOIN orderItems i ON i.orderId = o.id
      """),
    Question(
      "User where id < 90 show id with orders (id with orderItems (id)), products (id with reviews (stars))",
      """
      SELECT o.userId, o.id, i.id, NULL, NULL FROM orders o LEFT JOIN orderItems i ON i.orderId = o.id
        WHERE o.userId < 90
      UNION ALL SELECT p.userId, NULL, NULL, p.id, r.stars FROM products p
        LEFT JOIN reviews r ON r.productId = p.id WHERE p.userId < 90
      UNION ALL SELECT id, NULL, NULL, NULL, NULL FROM users WHERE id < 90
        AND id NOT IN (SELECT userId FROM orders)
        AND id NOT IN (SELECT userId FROM products WHERE userId NOTNULL)
      """),
    Question(
      "User where id < 120 show id with products (id with reviews (id), orderItems (id))",
      """
      SELECT u.id, p.id, x.r, x.i FROM users u LEFT JOIN products p ON p.userId = u.id
      LEFT JOIN (SELECT productId, id AS r, NULL AS i FROM reviews
        UNION ALL SELECT productId, NULL, id FROM orderItems) x ON x.productId = p.id
      WHERE u.id < 120
      """),
    Question(
      "Order where id < 60 show id with user (name with products (id))",
      """
      SELECT o.id, u.name, p.id FROM orders o JOIN users u ON u.id = o.userId
      LEFT JOIN products p ON p.userId = u.id WHERE o.id < 60
      """),
    Question(
      "Product where id < 60 show id with category (name with parent (name)), user (name with country (name))",
      """
      SELECT p.id, c.name, k.name, u.name, l.name FROM products p
      LEFT JOIN categories c ON c.id = p.categoryId LEFT JOIN categories k ON k.id = c.parentId
      LEFT JOIN users u ON u.id = p.userId LEFT JOIN countries l ON l.code = u.countryCode
      WHERE p.id < 60
      """),
    Question(
      "Category show id with children (id with children (id)), parent (id)",
      """
      SELECT c.id, k.id, g.id, c.parentId FROM categories c LEFT JOIN categories k
      ON k.parentId = c.id LEFT JOIN categories g ON g.parentId = k.id
      """),
    Question(
      "Country show code with users (id top 2 by count orders with orders (id limit 1))",
      """
      SELECT c.code, u.id, (SELECT MIN(id) FROM orders WHERE userId = u.id) FROM countries c
      LEFT JOIN (SELECT v.id, countryCode, ROW_NUMBER() OVER (PARTITION BY countryCode ORDER BY
        (SELECT COUNT(*) FROM orders WHERE userId = v.id) DESC, v.id) AS k FROM users v) u
      ON u.countryCode = c.code AND k <= 2
      """),
    Question(
      "Tag show id with products (id, strength top 2 by price with user (name), reviews (stars where stars > 3))",
      """
      SELECT t.id, x.id, x.strength, u.name, r.stars FROM tags t LEFT JOIN (
        SELECT g.tagId, p.id, p.userId, g.strength, ROW_NUMBER() OVER
          (PARTITION BY g.tagId ORDER BY p.price DESC, p.id) AS k
        FROM taggings g JOIN products p ON p.id = g.productId) x ON x.tagId = t.id AND k <= 2
      LEFT JOIN users u ON u.id = x.userId LEFT JOIN reviews r ON r.productId = x.id AND r.stars > 3
      """),
    Question(
      "Category where id < 9 show id with products (id where price > 20 with orderItems (id where unitPrice > outer.price))",
      """
      SELECT c.id, p.id, i.id FROM categories c
      LEFT JOIN products p ON p.categoryId = c.id AND p.price > 20
      LEFT JOIN orderItems i ON i.productId = p.id AND i.unitPrice > p.price WHERE c.id < 9
      """),
    Question(
      "Cart where id < 40 show id with products (title with tags (name, strength)), user (name)",
      """
      SELECT c.id, p.title, t.name, g.strength, u.name FROM carts c
      LEFT JOIN cartItems i ON i.cartId = c.id LEFT JOIN products p ON p.id = i.productId
      LEFT JOIN taggings g ON g.productId = p.id LEFT JOIN tags t ON t.id = g.tagId
      LEFT JOIN users u ON u.id = c.userId WHERE c.id < 40
      """),
    Question(
      "User where id < 40 show id with orders (id sort total desc limit 2 with orderItems (id sort quantity desc limit 2)), bought (id limit 2)",
      """
      SELECT u.id, x.o, x.i, x.b FROM users u LEFT JOIN (
        SELECT o.userId, o.id AS o, i.id AS i, NULL AS b FROM (SELECT *, ROW_NUMBER() OVER
            (PARTITION BY userId ORDER BY total DESC, id) AS k FROM orders) o
          LEFT JOIN (SELECT *, ROW_NUMBER() OVER (PARTITION BY orderId ORDER BY quantity DESC, id)
            AS m FROM orderItems) i ON i.orderId = o.id AND m <= 2 WHERE k <= 2
        UNION ALL SELECT userId, NULL, NULL, productId FROM (
          SELECT *, ROW_NUMBER() OVER (PARTITION BY userId ORDER BY productId) AS k FROM (
            SELECT DISTINCT o.userId, i.productId FROM orders o
            JOIN orderItems i ON i.orderId = o.id)) WHERE k <= 2) x ON x.userId = u.id
      WHERE u.id < 40
      """),
  ]
}
