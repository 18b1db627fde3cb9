extension MarketWalkTests {
  static let groups: [Question] = [
    Question(
      "Order group status show status, count",
      "SELECT status, COUNT(*) FROM orders GROUP BY status"),
    Question("Order group status", "SELECT status, COUNT(*) FROM orders GROUP BY 1"),
    Question("Order group user", "SELECT userId, COUNT(*) FROM orders GROUP BY 1"),
    Question(
      "Product group user show user.name, user.city, count",
      """
      SELECT u.name, u.city, COUNT(*) FROM products p LEFT JOIN users u ON u.id = p.userId
      GROUP BY p.userId
      """),
    Question(
      "Order group user.city show city, count",
      "SELECT u.city, COUNT(*) FROM orders o JOIN users u ON u.id = o.userId GROUP BY u.city"),
    Question(
      "Order group user.country show country.name, count",
      """
      SELECT (SELECT name FROM countries WHERE code = u.countryCode), COUNT(*) FROM orders o
      JOIN users u ON u.id = o.userId GROUP BY u.countryCode
      """),
    Question(
      "Product group category.parent show parent.name, count",
      """
      SELECT k.name, COUNT(*) FROM products p LEFT JOIN categories c ON c.id = p.categoryId
      LEFT JOIN categories k ON k.id = c.parentId GROUP BY c.parentId
      """),
    Question(
      "Order group year(placedAt), month(placedAt) show year(placedAt) as y, month(placedAt) as m, count",
      """
      SELECT substr(placedAt, 1, 4) + 0, substr(placedAt, 6, 2) + 0, COUNT(*) FROM orders
      GROUP BY substr(placedAt, 1, 7)
      """),
    Question(
      "Order group date(placedAt) show date(placedAt) as d, sum total as s",
      """
      SELECT substr(placedAt, 1, 10), round(COALESCE(SUM(total), 0), 2) FROM orders
      GROUP BY substr(placedAt, 1, 10)
      """),
    Question(
      "Product group stock * 2 show stock * 2 as x, count",
      "SELECT stock * 2, COUNT(*) FROM products GROUP BY stock"),
    Question(
      "User group count products show count products as n, count as users",
      """
      SELECT n, COUNT(*) FROM (SELECT (SELECT COUNT(*) FROM products WHERE userId = u.id) AS n
        FROM users u) GROUP BY n
      """),
    Question(
      "User group lower(name) show lower(name) as n, count",
      "SELECT CASE name WHEN 'Zoë' THEN 'zoë' ELSE lower(name) END AS n, COUNT(*) FROM users GROUP BY n"
    ),
    Question(
      "User group city show city, count, count orders, sum orders.total as s, sum products.stock as t",
      """
      SELECT city, COUNT(*), SUM((SELECT COUNT(*) FROM orders WHERE userId = u.id)),
        round(COALESCE(SUM((SELECT SUM(total) FROM orders WHERE userId = u.id)), 0), 2),
        COALESCE(SUM((SELECT SUM(stock) FROM products WHERE userId = u.id)), 0)
      FROM users u GROUP BY city
      """),
    Question(
      "Product group category show category.name, avg price as a, min price as lo, max price as hi",
      """
      SELECT c.name, round(AVG(price), 8), MIN(price), MAX(price) FROM products p
      LEFT JOIN categories c ON c.id = p.categoryId GROUP BY p.categoryId
      """),
    Question(
      #"Order group user show user.id, count (where status = "paid") as paid, sum (total where status is not "paid") as rest"#,
      """
      SELECT userId, COUNT(CASE WHEN status = 'paid' THEN 1 END),
        round(COALESCE(SUM(CASE WHEN status IS NOT 'paid' THEN total END), 0), 2)
      FROM orders GROUP BY userId
      """),
    Question(
      "Product group user show user.id, count tags",
      """
      SELECT p.userId, COUNT(DISTINCT g.tagId) FROM products p
      LEFT JOIN taggings g ON g.productId = p.id GROUP BY p.userId
      """),
    Question(
      "Product group user show user.id, sum tags.id as s, avg tags.id as a, max tags.name as m",
      """
      SELECT k.userId, COALESCE(SUM(t.id), 0), round(AVG(t.id), 6), MAX(t.name)
      FROM (SELECT DISTINCT userId FROM products) k LEFT JOIN (SELECT DISTINCT p.userId, g.tagId
        FROM products p JOIN taggings g ON g.productId = p.id) d ON d.userId IS k.userId
      LEFT JOIN tags t ON t.id = d.tagId GROUP BY k.userId
      """),
    Question(
      "Order group status show status, count user as buyers",
      "SELECT status, COUNT(DISTINCT userId) FROM orders GROUP BY status"),
    Question(
      "Box group shelf show shelf.hall, shelf.row, shelf.label, count",
      """
      SELECT b.shelfHall, b.shelfRow, s.label, COUNT(*) FROM boxes b LEFT JOIN shelves s
      ON s.hall = b.shelfHall AND s."row" = b.shelfRow GROUP BY b.shelfHall, b.shelfRow
      """),
    Question(
      "Review group stars, product.category show stars, category.name, count",
      """
      SELECT r.stars, c.name, COUNT(*) FROM reviews r JOIN products p ON p.id = r.productId
      LEFT JOIN categories c ON c.id = p.categoryId GROUP BY r.stars, p.categoryId
      """),
    Question(
      "User group city show city, min name as a, max name as b",
      "SELECT city, MIN(name), MAX(name) FROM users GROUP BY city"),
    Question(
      "Product group category show category.id, count price as priced, count",
      "SELECT categoryId, COUNT(price), COUNT(*) FROM products GROUP BY categoryId"),
    Question(
      "Product group category show category.id, avg reviews.stars as stars",
      """
      SELECT p.categoryId, round(AVG(r.stars), 6) FROM products p
      LEFT JOIN reviews r ON r.productId = p.id GROUP BY p.categoryId
      """),
    Question(
      "Product group category show category.id, max orderItems (quantity * unitPrice where quantity > 3) as m",
      """
      SELECT p.categoryId, round(MAX(CASE WHEN quantity > 3 THEN quantity * unitPrice END), 2)
      FROM products p LEFT JOIN orderItems i ON i.productId = p.id GROUP BY p.categoryId
      """),
    Question(
      "User group active show active, count",
      "SELECT active, COUNT(*) FROM users GROUP BY active"),
    Question(
      #"User where city = "Berlin" their orders group status show status, sum total as s"#,
      """
      SELECT status, round(COALESCE(SUM(total), 0), 2) FROM orders
      WHERE userId IN (SELECT id FROM users WHERE city = 'Berlin') GROUP BY status
      """),
    Question(
      "User bought group category show category.id, count",
      """
      SELECT categoryId, COUNT(*) FROM products WHERE id IN (SELECT productId FROM orderItems)
      GROUP BY categoryId
      """),
    Question(
      "Order group status, user.city show status, user.city, avg total as a",
      """
      SELECT status, city, round(AVG(total), 8) FROM orders o JOIN users u ON u.id = o.userId
      GROUP BY status, city
      """),
  ]

  static let groupClauses: [Question] = [
    Question(
      "Order group user show user.name, count sort count desc",
      """
      SELECT u.name, COUNT(*) FROM orders o JOIN users u ON u.id = o.userId GROUP BY u.id
      ORDER BY COUNT(*) DESC, u.id
      """),
    Question(
      #"Order where status = "paid" group user where count > 1 show user.id, count"#,
      """
      SELECT userId, COUNT(*) FROM orders WHERE status = 'paid' GROUP BY userId HAVING COUNT(*) > 1
      """),
    Question(
      "Product group user where sum price > 40 and max stock >= 18 show user.id, sum price as s",
      """
      SELECT userId, round(SUM(price), 2) FROM products GROUP BY userId
      HAVING round(SUM(price), 2) > 40 AND MAX(stock) >= 18
      """),
    Question(
      "Order group status where status is null show status, count",
      "SELECT NULL, COUNT(*) FROM orders WHERE status IS NULL"),
    Question(
      #"Order group user where user.city = "Rome" and count >= 3 show user.id, count"#,
      """
      SELECT userId, COUNT(*) FROM orders WHERE userId IN (SELECT id FROM users WHERE city = 'Rome')
      GROUP BY userId HAVING COUNT(*) >= 3
      """),
    Question(
      "Order where total > 20 where id > 100 group status where count > 3 where count < 1000 show status, count",
      "SELECT status, COUNT(*) FROM orders WHERE total > 20 AND id > 100 GROUP BY status"),
    Question(
      "User group city show city, sum orders.total as s top 1 by s",
      """
      SELECT u.city, round(SUM(o.total), 2) AS s FROM users u JOIN orders o ON o.userId = u.id
      GROUP BY u.city ORDER BY s DESC LIMIT 1
      """),
    Question(
      "User group city show city, count sort count desc, city limit 2",
      "SELECT city, COUNT(*) FROM users GROUP BY city ORDER BY 2 DESC, city LIMIT 2"),
    Question(
      "OrderItem group product.user show user.id, sum (quantity * unitPrice) as s, avg (quantity) as q top 5 by s",
      """
      SELECT p.userId, round(SUM(quantity * unitPrice), 2) AS s, round(AVG(quantity), 6)
      FROM orderItems i JOIN products p ON p.id = i.productId GROUP BY p.userId
      ORDER BY s DESC, p.userId LIMIT 5
      """),
    Question(
      "Order group user show user.id, count as n top 10 by n sort user.id desc limit 3",
      """
      SELECT * FROM (SELECT userId, COUNT(*) AS n FROM orders GROUP BY userId
        ORDER BY n DESC, userId LIMIT 10) ORDER BY userId DESC LIMIT 3
      """),
    Question(
      "Order group user show user.id, count as n top 10 by n limit 3 offset 1",
      """
      SELECT userId, COUNT(*) AS n FROM orders GROUP BY userId ORDER BY n DESC, userId
      LIMIT 3 OFFSET 1
      """),
    Question(
      "Order group user show user.name top 4 by sum total sort user.name",
      """
      SELECT name FROM (SELECT u.id, u.name FROM orders o JOIN users u ON u.id = o.userId
        GROUP BY u.id ORDER BY round(COALESCE(SUM(total), 0), 2) DESC, u.id LIMIT 4)
      ORDER BY name, id
      """),
    Question(
      "Order group user page 2 size 5 show user.id, count",
      "SELECT userId, COUNT(*) FROM orders GROUP BY userId ORDER BY userId LIMIT 5 OFFSET 5"),
    Question(
      "Product group stock sort stock show stock, count",
      "SELECT stock, COUNT(*) FROM products GROUP BY stock ORDER BY stock NULLS FIRST"),
    Question(
      "Product group stock top 3 by stock show stock, count",
      "SELECT stock, COUNT(*) FROM products GROUP BY stock ORDER BY stock DESC NULLS LAST LIMIT 3"),
    Question("count Order group status", "SELECT 4"),
    Question(
      "count Order group user where count > 3",
      "SELECT COUNT(*) FROM (SELECT 1 FROM orders GROUP BY userId HAVING COUNT(*) > 3)"),
    Question("exists Order where total > 1000 group status", "SELECT 0"),
    Question(
      "exists Order group status where count > 100 show status", "SELECT 1"),
  ]
}
