extension MarketWalkTests {
  static let aggregates: [Question] = [
    Question(
      "User show id, count orders, count products, sum orders.total as s, sum products.stock as t",
      """
      SELECT id, (SELECT COUNT(*) FROM orders WHERE userId = u.id),
        (SELECT COUNT(*) FROM products WHERE userId = u.id),
        round(COALESCE((SELECT SUM(total) FROM orders WHERE userId = u.id), 0), 2),
        COALESCE((SELECT SUM(stock) FROM products WHERE userId = u.id), 0) FROM users u
      """),
    Question(
      #"User show id, count orders (where status = "paid") as p, max orders (total where status = "open") as m"#,
      """
      SELECT id, (SELECT COUNT(*) FROM orders WHERE userId = u.id AND status = 'paid'),
        (SELECT MAX(total) FROM orders WHERE userId = u.id AND status = 'open') FROM users u
      """),
    Question(
      "Product show id, avg reviews.stars as a",
      """
      SELECT p.id, round(AVG(r.stars), 6) FROM products p LEFT JOIN reviews r ON r.productId = p.id
      GROUP BY p.id
      """),
    Question(
      "Product show id, avg reviews (stars * 2) as a, round(avg reviews.stars, 1) as r",
      """
      SELECT p.id, round(AVG(r.stars * 2), 6), round(round(AVG(r.stars), 6), 1) FROM products p
      LEFT JOIN reviews r ON r.productId = p.id GROUP BY p.id
      """),
    Question(
      "User show id, count bought, sum bought.price as s",
      """
      SELECT u.id, COUNT(p.id), round(COALESCE(SUM(p.price), 0), 2) FROM users u LEFT JOIN (
        SELECT DISTINCT o.userId, i.productId FROM orders o JOIN orderItems i ON i.orderId = o.id) b
      ON b.userId = u.id LEFT JOIN products p ON p.id = b.productId GROUP BY u.id
      """),
    Question(
      "Product show id, count tags, sum tags.id as s",
      """
      SELECT p.id, COUNT(g.tagId), COALESCE(SUM(g.tagId), 0) FROM products p
      LEFT JOIN taggings g ON g.productId = p.id GROUP BY p.id
      """),
    Question(
      "User show id, count friends, count friends.friends as second",
      """
      SELECT u.id, (SELECT COUNT(*) FROM friendships WHERE userId = u.id),
        (SELECT COUNT(DISTINCT b.friendId) FROM friendships a
         JOIN friendships b ON b.userId = a.friendId WHERE a.userId = u.id) FROM users u
      """),
    Question(
      "Category show id, sum products.orderItems.quantity as s, count products.tags as t",
      """
      SELECT c.id, COALESCE((SELECT SUM(quantity) FROM products p JOIN orderItems i
          ON i.productId = p.id WHERE p.categoryId = c.id), 0),
        (SELECT COUNT(DISTINCT tagId) FROM products p JOIN taggings g ON g.productId = p.id
         WHERE p.categoryId = c.id) FROM categories c
      """),
    Question(
      "User show id, count orders.orderItems (where quantity > 5) as n",
      """
      SELECT id, (SELECT COUNT(*) FROM orders o JOIN orderItems i ON i.orderId = o.id
        WHERE o.userId = u.id AND quantity > 5) FROM users u
      """),
    Question(
      "Product show id, count reviews (where user = outer.user) as own",
      """
      SELECT id, (SELECT COUNT(*) FROM reviews r WHERE r.productId = p.id AND r.userId = p.userId)
      FROM products p
      """),
    Question(
      "Product show id, sum orderItems (unitPrice - outer.price) as d",
      """
      SELECT p.id, round(COALESCE((SELECT SUM(unitPrice - p.price) FROM orderItems
        WHERE productId = p.id), 0), 2) FROM products p
      """),
    Question(
      "Product show id, sum reviews (outer.stock) as s, count tags (outer.price) as n",
      """
      SELECT id, COALESCE((SELECT COUNT(*) FROM reviews WHERE productId = p.id) * stock, 0),
        (SELECT COUNT(*) FROM taggings WHERE productId = p.id AND p.price IS NOT NULL)
      FROM products p
      """),
    Question(
      "Product where avg reviews.stars >= 4 show id",
      "SELECT productId FROM reviews GROUP BY productId HAVING AVG(stars) >= 4"),
    Question(
      "User where sum orders.total > 100 show id",
      "SELECT userId FROM orders GROUP BY userId HAVING round(SUM(total), 2) > 100"),
    Question(
      "User sort count orders desc, id limit 10 show id",
      """
      SELECT u.id FROM users u LEFT JOIN orders o ON o.userId = u.id GROUP BY u.id
      ORDER BY COUNT(o.id) DESC, u.id LIMIT 10
      """),
    Question(
      "User top 250 by max orders.total show id",
      """
      SELECT u.id FROM users u LEFT JOIN orders o ON o.userId = u.id GROUP BY u.id
      ORDER BY MAX(o.total) DESC NULLS LAST, u.id LIMIT 250
      """),
    Question(
      #"User where max orders.placedAt < "2026-01-15" show id"#,
      "SELECT userId FROM orders GROUP BY userId HAVING MAX(placedAt) < '2026-01-15 00:00:00'"),
    Question(
      "User show id, min orders.placedAt as first, max orders.placedAt as last",
      """
      SELECT u.id, MIN(placedAt), MAX(placedAt) FROM users u LEFT JOIN orders o ON o.userId = u.id
      GROUP BY u.id
      """),
    Question(
      "User show id, count orders * 2 + count products as x",
      """
      SELECT id, (SELECT COUNT(*) FROM orders WHERE userId = u.id) * 2
        + (SELECT COUNT(*) FROM products WHERE userId = u.id) FROM users u
      """),
    Question(
      "User show id, max orders (count orderItems) as m, sum orders (sum orderItems (quantity)) as s",
      """
      SELECT u.id, MAX(n), COALESCE(SUM(q), 0) FROM users u LEFT JOIN (SELECT o.userId,
        (SELECT COUNT(*) FROM orderItems WHERE orderId = o.id) AS n,
        COALESCE((SELECT SUM(quantity) FROM orderItems WHERE orderId = o.id), 0) AS q FROM orders o) x
      ON x.userId = u.id GROUP BY u.id
      """),
    Question(
      "Product show id, count user, count category as c",
      "SELECT id, userId IS NOT NULL, categoryId IS NOT NULL FROM products"),
    Question(
      "User where count orders (where count orderItems > 3) > 1 show id",
      """
      SELECT userId FROM orders WHERE id IN (SELECT orderId FROM orderItems GROUP BY orderId
        HAVING COUNT(*) > 3) GROUP BY userId HAVING COUNT(*) > 1
      """),
    Question(
      "Product where count reviews = 0 show id",
      "SELECT id FROM products EXCEPT SELECT productId FROM reviews"),
    Question(
      "Country show code, count users.orders as n, sum users.orders.total as s, max users.orders (total) as m",
      """
      SELECT code, COUNT(o.id), round(COALESCE(SUM(o.total), 0), 2), MAX(o.total) FROM countries c
      LEFT JOIN users u ON u.countryCode = c.code LEFT JOIN orders o ON o.userId = u.id GROUP BY code
      """),
    Question(
      "Order show id, sum orderItems (quantity * unitPrice) as s, avg orderItems (quantity * unitPrice) as a",
      """
      SELECT o.id, round(COALESCE(SUM(quantity * unitPrice), 0), 2),
        round(AVG(quantity * unitPrice), 8) FROM orders o
      LEFT JOIN orderItems i ON i.orderId = o.id GROUP BY o.id
      """),
    Question(
      "User where sum orders.total > sum products.price show id",
      """
      SELECT id FROM users u WHERE
        round(COALESCE((SELECT SUM(total) FROM orders WHERE userId = u.id), 0), 2) >
        round(COALESCE((SELECT SUM(price) FROM products WHERE userId = u.id), 0), 2)
      """),
    Question(
      "User where no orders show count orders as c, sum orders.total as s, avg orders.total as a, min orders.total as lo, max orders.placedAt as hi",
      "SELECT 0, 0, NULL, NULL, NULL FROM users WHERE id NOT IN (SELECT userId FROM orders)"),
    Question(
      "User where some orders (sum orderItems (quantity) > 35) show id",
      """
      SELECT DISTINCT userId FROM orders WHERE id IN (SELECT orderId FROM orderItems
        GROUP BY orderId HAVING SUM(quantity) > 35)
      """),
    Question(
      "Product show id, sum orderItems (quantity where order.user.city = \"Rome\") as rome",
      """
      SELECT p.id, COALESCE((SELECT SUM(quantity) FROM orderItems i JOIN orders o ON o.id = i.orderId
        JOIN users u ON u.id = o.userId WHERE i.productId = p.id AND u.city = 'Rome'), 0)
      FROM products p
      """),
    Question(
      "Shelf show hall, row, count boxes, sum boxes.size as s",
      """
      SELECT hall, "row", COUNT(b.id), COALESCE(SUM(size), 0) FROM shelves s LEFT JOIN boxes b
      ON b.shelfHall = s.hall AND b.shelfRow = s."row" GROUP BY hall, "row"
      """),
    Question(
      "Product show id, count orderItems (quantity) as known, count orderItems as n",
      """
      SELECT p.id, COUNT(i.quantity), COUNT(i.id) FROM products p
      LEFT JOIN orderItems i ON i.productId = p.id GROUP BY p.id
      """),
  ]

  /// Aggregates in a `show` alone: one row for all.
  static let ownedRows: [Question] = [
    Question(
      "Product show count, sum price as s, avg price as a, min price as lo, max price as hi",
      """
      SELECT COUNT(*), round(SUM(price), 2), round(AVG(price), 8), MIN(price), MAX(price)
      FROM products
      """),
    Question(
      "Product where price > 1000 show count, sum price as s, avg price as a, min title as m, max addedAt as x",
      "SELECT 0, 0, NULL, NULL, NULL"),
    Question(
      #"Order show count (where status = "paid") as p, sum (total where total > 10) as s, count total as t"#,
      """
      SELECT (SELECT COUNT(*) FROM orders WHERE status = 'paid'),
        (SELECT round(SUM(total), 2) FROM orders WHERE total > 10), COUNT(total) FROM orders
      """),
    Question(
      "OrderItem show sum (quantity * unitPrice) as s, avg unitPrice as a",
      "SELECT round(SUM(quantity * unitPrice), 2), round(AVG(unitPrice), 8) FROM orderItems"),
    Question(
      "Review show avg stars as a, avg (stars * 1.5) as b, sum stars as s",
      "SELECT round(AVG(stars), 6), round(AVG(stars * 1.5), 7), SUM(stars) FROM reviews"),
    Question(
      "User 12 orders show count, sum total as s",
      "SELECT COUNT(*), round(COALESCE(SUM(total), 0), 2) FROM orders WHERE userId = 12"),
    Question(
      "User show count * 2 as x, count (where no orders) as idle",
      "SELECT 600, COUNT(*) FROM users WHERE id NOT IN (SELECT userId FROM orders)"),
    Question(
      "Product show round(avg weight, 2) as w, sum weight as s",
      "SELECT round(AVG(weight), 2), SUM(weight) FROM products"),
    Question(
      "Order show max placedAt as last, min status as s",
      "SELECT MAX(placedAt), MIN(status) FROM orders"),
    Question(
      "User show count, sum orders.total as s",
      "SELECT 300, round(SUM(total), 2) FROM orders"),
    Question(
      "User show count, count bought as things",
      "SELECT 300, COUNT(DISTINCT productId) FROM orderItems"),
    Question(
      "OrderItem show sum order.total as s",
      """
      SELECT round(SUM(o.total), 2) FROM orderItems i JOIN orders o ON o.id = i.orderId
      """),
    Question("count Product show count", "SELECT 1"),
    Question(
      "Product show max (price - stock) as d, min (price * weight) as m",
      "SELECT round(MAX(price - stock), 2), MIN(price * weight) FROM products"),
    Question(
      "Category 1 tree children their products show count, sum price as s",
      """
      SELECT COUNT(*), round(SUM(price), 2) FROM products WHERE categoryId BETWEEN 2 AND 35
      """),
  ]
}
