extension MarketWalkTests {
  /// The thirteen walks of LANGUAGE.md §7, word for word.
  static let contract: [Question] = [
    Question(
      #"User "Max" products title"#,
      "SELECT p.title FROM products p JOIN users u ON u.id = p.userId WHERE u.name = 'Max'"),
    Question(
      #"User where name = "Max" their products show title"#,
      "SELECT title FROM products WHERE userId IN (SELECT id FROM users WHERE name = 'Max')"),
    Question(
      "User where count products > 3 show name, count products as n",
      """
      SELECT u.name, COUNT(*) FROM users u JOIN products p ON p.userId = u.id
      GROUP BY u.id HAVING COUNT(*) > 3
      """),
    Question(
      "Cart show id with products (title, quantity)",
      """
      SELECT c.id, p.title, i.quantity FROM carts c LEFT JOIN cartItems i ON i.cartId = c.id
      LEFT JOIN products p ON p.id = i.productId
      """),
    Question(
      "User where no orders show name",
      "SELECT name FROM users WHERE id NOT IN (SELECT userId FROM orders)"),
    Question(
      "Product show title, sum orderItems (quantity * unitPrice) as revenue top 5 by revenue",
      """
      SELECT title, revenue FROM (SELECT p.id, p.title,
        round(COALESCE((SELECT SUM(quantity * unitPrice) FROM orderItems WHERE productId = p.id), 0), 2)
        AS revenue FROM products p) ORDER BY revenue DESC, id LIMIT 5
      """),
    Question(
      #"User where email ends with "@x.org" their orders sort placedAt desc page 2 size 20"#,
      """
      SELECT o.id, o.status, o.placedAt, o.total, o.userId FROM orders o
      JOIN users u ON u.id = o.userId WHERE u.email LIKE '%@x.org'
      ORDER BY o.placedAt DESC NULLS LAST, o.id LIMIT 20 OFFSET 20
      """),
    Question(
      "Product 7 user carts products title",
      """
      SELECT title FROM products WHERE id IN (SELECT i.productId FROM products p
        JOIN carts c ON c.userId = p.userId JOIN cartItems i ON i.cartId = c.id WHERE p.id = 7)
      """),
    Question(
      "Product where some reviews and every review (stars >= 4) show title",
      """
      SELECT title FROM products p WHERE
        (SELECT COUNT(*) FROM reviews WHERE productId = p.id) > 0 AND
        (SELECT COUNT(*) FROM reviews WHERE productId = p.id) =
        (SELECT COUNT(*) FROM reviews WHERE productId = p.id AND stars >= 4)
      """),
    Question(
      "Category show name with products (title, price top 3 by price)",
      """
      SELECT c.name, p.title, p.price FROM categories c LEFT JOIN (SELECT *, ROW_NUMBER() OVER
        (PARTITION BY categoryId ORDER BY price DESC, id) AS place FROM products) p
        ON p.categoryId = c.id AND place <= 3
      """),
    Question(
      #"User where city = "Berlin" show name, count products, count orders, sum orders.total as spent, max orders.placedAt as last"#,
      """
      SELECT name, (SELECT COUNT(*) FROM products WHERE userId = u.id),
        (SELECT COUNT(*) FROM orders WHERE userId = u.id),
        (SELECT round(COALESCE(SUM(total), 0), 2) FROM orders WHERE userId = u.id),
        (SELECT MAX(placedAt) FROM orders WHERE userId = u.id)
      FROM users u WHERE city = 'Berlin'
      """),
    Question(
      #"Category "Clothing" tree children their products title"#,
      """
      WITH RECURSIVE below(id) AS (
        SELECT k.id FROM categories k JOIN categories c ON c.id = k.parentId WHERE c.name = 'Clothing'
        UNION SELECT k.id FROM categories k JOIN below ON below.id = k.parentId)
      SELECT title FROM products WHERE categoryId IN below
      """),
    Question(
      #"OrderItem where product.user.name = "Max" and order.placedAt >= "2026-01-01" group order.user show user.name, sum (quantity * unitPrice) as spent sort spent desc"#,
      """
      SELECT b.name, round(COALESCE(SUM(i.quantity * i.unitPrice), 0), 2) AS spent FROM orderItems i
      JOIN products p ON p.id = i.productId JOIN users u ON u.id = p.userId
      JOIN orders o ON o.id = i.orderId JOIN users b ON b.id = o.userId
      WHERE u.name = 'Max' AND o.placedAt >= '2026-01-01 00:00:00'
      GROUP BY b.id ORDER BY spent DESC, b.id
      """),
  ]

  static let hops: [Question] = [
    Question(
      #"Product where title = "Tee" tags show id, name"#,
      """
      SELECT DISTINCT t.id, t.name FROM tags t JOIN taggings g ON g.tagId = t.id
      JOIN products p ON p.id = g.productId WHERE p.title = 'Tee'
      """),
    Question(
      "User 3 friends show id",
      "SELECT friendId FROM friendships WHERE userId = 3"),
    Question(
      "User 5 friends friends show id",
      """
      SELECT DISTINCT b.friendId FROM friendships a JOIN friendships b ON b.userId = a.friendId
      WHERE a.userId = 5
      """),
    Question(
      "User where some friends (city = outer.city) show id",
      """
      SELECT DISTINCT u.id FROM users u JOIN friendships s ON s.userId = u.id
      JOIN users f ON f.id = s.friendId WHERE f.city = u.city
      """),
    Question(
      "User where every orders (total > 5) show id",
      """
      SELECT id FROM users EXCEPT SELECT userId FROM orders WHERE total IS NULL OR total <= 5
      """),
    Question(
      "User where every orders (every orderItems (quantity > 2)) show id",
      """
      SELECT id FROM users EXCEPT SELECT o.userId FROM orders o JOIN orderItems i ON i.orderId = o.id
      WHERE i.quantity IS NULL OR i.quantity <= 2
      """),
    Question(
      "Product where not some tags and no reviews show id",
      """
      SELECT id FROM products EXCEPT SELECT productId FROM taggings
      EXCEPT SELECT productId FROM reviews
      """),
    Question(
      "User $pair orders show id", "SELECT id FROM orders WHERE userId = 3 OR userId = 4"),
    Question(
      "Product where user in (3, 4) show id", "SELECT id FROM products WHERE userId IN (3, 4)"),
    Question(
      "Country users orders orderItems product category name",
      """
      SELECT name FROM categories WHERE id IN (SELECT p.categoryId FROM users u
        JOIN orders o ON o.userId = u.id JOIN orderItems i ON i.orderId = o.id
        JOIN products p ON p.id = i.productId WHERE u.countryCode IS NOT NULL)
      """),
    Question(
      #"Review where body contains "good" ignoring case show id"#,
      "SELECT id FROM reviews WHERE lower(body) LIKE '%good%'"),
    Question(
      #"Order where date(placedAt) = "2026-01-05" show id"#,
      "SELECT id FROM orders WHERE substr(placedAt, 1, 10) = '2026-01-05'"),
    Question(
      #"Order where placedAt between "2026-01-01" and "2026-01-31" show id"#,
      """
      SELECT id FROM orders
      WHERE placedAt >= '2026-01-01 00:00:00' AND placedAt <= '2026-01-31 00:00:00'
      """),
    Question(
      "Product where price * stock > 100 show id, price * stock as worth",
      "SELECT id, round(price * stock, 2) FROM products WHERE round(price * stock, 2) > 100"),
    Question(
      "Shelf where hall = 2 boxes show id", "SELECT id FROM boxes WHERE shelfHall = 2"),
    Question(
      "count User 3 tree friends",
      """
      WITH RECURSIVE f(id) AS (SELECT friendId FROM friendships WHERE userId = 3
        UNION SELECT friendId FROM friendships JOIN f ON f.id = userId) SELECT COUNT(*) FROM f
      """),
  ]

  static let clauses: [Question] = [
    Question(
      "User top 2 by count orders their orders show id",
      """
      SELECT id FROM orders WHERE userId IN (SELECT u.id FROM users u
        ORDER BY (SELECT COUNT(*) FROM orders WHERE userId = u.id) DESC, u.id LIMIT 2)
      """),
    Question(
      "User top 5 by name sort email show email",
      """
      SELECT email FROM (SELECT email, id FROM users ORDER BY name DESC, id LIMIT 5)
      ORDER BY email, id
      """),
    Question(
      "Product top 10 by price limit 3 show id",
      "SELECT id FROM products ORDER BY price DESC NULLS LAST, id LIMIT 3"),
    Question(
      "Product top 10 by price sort stock limit 3 offset 2 show id",
      """
      SELECT id FROM (SELECT id, stock FROM products ORDER BY price DESC, id LIMIT 10)
      ORDER BY stock, id LIMIT 3 OFFSET 2
      """),
    Question(
      "Product top 3 by price show id, price",
      "SELECT id, price FROM products ORDER BY price DESC, id LIMIT 3"),
    Question(
      "Product where price is null top 3 by price show id",
      "SELECT id FROM products WHERE price IS NULL ORDER BY id LIMIT 3"),
    Question(
      "Product where id < 12 top 12 by price show id",
      "SELECT id FROM products WHERE id < 12 ORDER BY price DESC NULLS LAST, id"),
    Question("Product top 0 by price show id", "SELECT 1 WHERE 0"),
    Question(
      "Order sort placedAt, id desc limit 7 show id",
      "SELECT id FROM orders ORDER BY placedAt NULLS FIRST, id DESC LIMIT 7"),
    Question(
      "Order sort status desc limit 5 offset 630 show id, status",
      "SELECT id, status FROM orders ORDER BY status DESC NULLS LAST, id LIMIT 5 OFFSET 630"),
    Question(
      "Product page 3 size 7 show id", "SELECT id FROM products ORDER BY id LIMIT 7 OFFSET 14"),
    Question(
      "Product sort coalesce(2), -coalesce(1), price desc limit 4 show title, id",
      "SELECT title, id FROM products ORDER BY price DESC, id LIMIT 4"),
    Question("Product page 2 show id", "SELECT id FROM products ORDER BY id LIMIT 20 OFFSET 20"),
    Question(
      "Product sort price limit 20 reviews top 5 by stars user show id",
      """
      SELECT DISTINCT userId FROM (SELECT userId FROM reviews WHERE productId IN
        (SELECT id FROM products ORDER BY price NULLS FIRST, id LIMIT 20)
        ORDER BY stars DESC, id LIMIT 5) WHERE userId IS NOT NULL
      """),
    Question(
      "count Product top 7 by price limit 5 offset 4", "SELECT 3"),
    Question("count User with orders (id), products (id)", "SELECT 300"),
    Question("exists User where no orders with products (id)", "SELECT 1"),
    Question(
      "User show name, city sort city desc, name limit 6",
      "SELECT name, city FROM users ORDER BY city DESC NULLS LAST, name, id LIMIT 6"),
    Question(
      "User top 3 by count orders sort name show name",
      """
      SELECT name FROM (SELECT u.name, u.id FROM users u
        ORDER BY (SELECT COUNT(*) FROM orders WHERE userId = u.id) DESC, u.id LIMIT 3)
      ORDER BY name, id
      """),
    Question(
      "Product where addedAt > now() show id",
      "SELECT id FROM products WHERE addedAt > '2026-03-10 12:00:00'"),
    Question(
      "Product where date(addedAt) = today() show id",
      "SELECT id FROM products WHERE date(addedAt) = '2026-03-10'"),
  ]
}
