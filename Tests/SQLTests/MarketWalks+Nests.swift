extension MarketWalkTests {
  static let nests: [Question] = [
    Question(
      "User 12 with products (title)",
      """
      SELECT u.*, p.title FROM users u LEFT JOIN products p ON p.userId = u.id WHERE u.id = 12
      """),
    Question(
      "User show name with orders (id, status)",
      "SELECT u.name, o.id, o.status FROM users u LEFT JOIN orders o ON o.userId = u.id"),
    Question(
      "User where no products show id with products (title)",
      "SELECT id, NULL FROM users WHERE id NOT IN (SELECT userId FROM products WHERE userId NOTNULL)"
    ),
    Question(
      "User show id with products (id), orders (id)",
      """
      SELECT userId, id, NULL FROM products WHERE userId IS NOT NULL
      UNION ALL SELECT userId, NULL, id FROM orders
      UNION ALL SELECT id, NULL, NULL FROM users u
        WHERE NOT EXISTS (SELECT 1 FROM products WHERE userId = u.id)
        AND NOT EXISTS (SELECT 1 FROM orders WHERE userId = u.id)
      """),
    Question(
      "User where id < 60 show id with cart (note), products (id), orders (id)",
      """
      SELECT u.id, c.note, x.p, x.o FROM users u LEFT JOIN carts c ON c.userId = u.id
      LEFT JOIN (SELECT userId, id AS p, NULL AS o FROM products
        UNION ALL SELECT userId, NULL, id FROM orders) x ON x.userId = u.id WHERE u.id < 60
      """),
    Question(
      "User where id < 90 show id with products (id), orders (id), friends (id)",
      """
      SELECT u.id, x.p, x.o, x.f FROM users u LEFT JOIN (
        SELECT userId, id AS p, NULL AS o, NULL AS f FROM products
        UNION ALL SELECT userId, NULL, id, NULL FROM orders
        UNION ALL SELECT userId, NULL, NULL, friendId FROM friendships) x ON x.userId = u.id
      WHERE u.id < 90
      """),
    Question(
      "Product show id with user (name), category (name)",
      """
      SELECT p.id, u.name, c.name FROM products p LEFT JOIN users u ON u.id = p.userId
      LEFT JOIN categories c ON c.id = p.categoryId
      """),
    Question(
      "Cart show id with products (id, quantity where quantity > 2)",
      """
      SELECT c.id, i.productId, i.quantity FROM carts c
      LEFT JOIN cartItems i ON i.cartId = c.id AND i.quantity > 2
      """),
    Question(
      "Cart show id with products (id, quantity where price > 10 and quantity is not null)",
      """
      SELECT c.id, i.id, i.quantity FROM carts c LEFT JOIN (SELECT cartId, id, quantity
        FROM cartItems JOIN products p ON p.id = productId WHERE price > 10 AND quantity NOTNULL) i
        ON i.cartId = c.id
      """),
    Question(
      "Tag show id with products (id, strength sort strength desc)",
      "SELECT t.id, g.productId, g.strength FROM tags t LEFT JOIN taggings g ON g.tagId = t.id"),
    Question(
      "User where id < 140 show id with friends (name, since)",
      """
      SELECT u.id, f.name, s.since FROM users u LEFT JOIN friendships s ON s.userId = u.id
      LEFT JOIN users f ON f.id = s.friendId WHERE u.id < 140
      """),
    Question(
      "User show id with bought (id)",
      """
      SELECT u.id, b.productId FROM users u LEFT JOIN (SELECT DISTINCT o.userId, i.productId
        FROM orders o JOIN orderItems i ON i.orderId = o.id) b ON b.userId = u.id
      """),
    Question(
      "User show id with bought (id where price < 2), cart (note)",
      """
      SELECT u.id, b.productId, c.note FROM users u LEFT JOIN carts c ON c.userId = u.id
      LEFT JOIN (SELECT DISTINCT o.userId, i.productId FROM orders o
        JOIN orderItems i ON i.orderId = o.id JOIN products p ON p.id = i.productId
        WHERE p.price < 2) b ON b.userId = u.id
      """),
    Question(
      "Category show id with products (id where id > outer.id * 15)",
      """
      SELECT c.id, p.id FROM categories c
      LEFT JOIN products p ON p.categoryId = c.id AND p.id > c.id * 15
      """),
    Question(
      "Category show id with products (id where some reviews (stars > outer.stock))",
      """
      SELECT c.id, p.id FROM categories c LEFT JOIN products p ON p.categoryId = c.id
        AND p.id IN (SELECT r.productId FROM reviews r JOIN products q ON q.id = r.productId
        WHERE r.stars > q.stock)
      """),
    Question(
      "User where id < 50 show id with products (outer.name as owner, title)",
      """
      SELECT u.id, CASE WHEN p.id NOTNULL THEN u.name END, p.title FROM users u
      LEFT JOIN products p ON p.userId = u.id WHERE u.id < 50
      """),
    Question(
      "User show id with orders (id, count orderItems as n, sum orderItems (quantity * unitPrice) as s)",
      """
      SELECT u.id, o.id, CASE WHEN o.id NOTNULL THEN
          (SELECT COUNT(*) FROM orderItems WHERE orderId = o.id) END,
        CASE WHEN o.id NOTNULL THEN
          (SELECT round(COALESCE(SUM(quantity * unitPrice), 0), 2) FROM orderItems
           WHERE orderId = o.id) END
      FROM users u LEFT JOIN orders o ON o.userId = u.id
      """),
    Question(
      "User show id with products (coalesce(stock, 0) as s, count reviews as r)",
      """
      SELECT u.id, CASE WHEN p.id NOTNULL THEN COALESCE(p.stock, 0) END,
        CASE WHEN p.id NOTNULL THEN (SELECT COUNT(*) FROM reviews WHERE productId = p.id) END
      FROM users u LEFT JOIN products p ON p.userId = u.id
      """),
    Question(
      "Cart where id < 30 show id with user",
      "SELECT c.id, u.* FROM carts c LEFT JOIN users u ON u.id = c.userId WHERE c.id < 30"),
    Question(
      "Category 2 products show id with reviews (stars)",
      """
      SELECT p.id, r.stars FROM products p LEFT JOIN reviews r ON r.productId = p.id
      WHERE p.categoryId = 2
      """),
    Question(
      "User where id < 60 show id with products (id where price > 20)",
      """
      SELECT u.id, p.id FROM users u LEFT JOIN products p ON p.userId = u.id AND p.price > 20
      WHERE u.id < 60
      """),
    Question(
      #"Product where user.name = "Max" show id, user.city with tags (name, strength)"#,
      """
      SELECT p.id, u.city, t.name, g.strength FROM products p JOIN users u ON u.id = p.userId
      LEFT JOIN taggings g ON g.productId = p.id LEFT JOIN tags t ON t.id = g.tagId
      WHERE u.name = 'Max'
      """),
    Question(
      "Shelf show hall, row with boxes (size)",
      """
      SELECT s.hall, s."row", b.size FROM shelves s
      LEFT JOIN boxes b ON b.shelfHall = s.hall AND b.shelfRow = s."row"
      """),
    Question(
      "Box with shelf (label)",
      """
      SELECT b.*, s.label FROM boxes b
      LEFT JOIN shelves s ON b.shelfHall = s.hall AND b.shelfRow = s."row"
      """),
    Question(
      "User where id < 20 show id with product (id)",
      "SELECT u.id, p.id FROM users u LEFT JOIN products p ON p.userId = u.id WHERE u.id < 20"),
    Question(
      "Product where id < 60 show id with taggings (strength with tag (name))",
      """
      SELECT p.id, g.strength, t.name FROM products p LEFT JOIN taggings g ON g.productId = p.id
      LEFT JOIN tags t ON t.id = g.tagId WHERE p.id < 60
      """),
    Question(
      "User where every orders (total > 5) show id with orders (total), reviews (stars)",
      """
      SELECT u.id, x.t, x.s FROM users u LEFT JOIN (SELECT userId, total AS t, NULL AS s FROM orders
        UNION ALL SELECT userId, NULL, stars FROM reviews) x ON x.userId = u.id
      WHERE u.id NOT IN (SELECT userId FROM orders WHERE total <= 5 OR total IS NULL)
      """),
  ]
}
