-- User "Max" products title
SELECT t1.title FROM products AS t1 WHERE t1.userId IN (SELECT t0.id FROM users AS t0 WHERE t0.name = 'Max');
--= Tee
--= Cap

-- User where name = "Max" their products show title
SELECT t1.title FROM products AS t1 WHERE t1.userId IN (SELECT t0.id FROM users AS t0 WHERE t0.name = 'Max');
--= Tee
--= Cap

-- User 1 products
SELECT t1.id, t1.title, t1.price, t1.stock, t1.weight, t1.addedAt, t1.userId, t1.categoryId FROM products AS t1 WHERE t1.userId = 1;
--= 1 | Tee | 9.5 | 10 | 0.2 | 2026-01-01 00:00:00 | 1 | 2
--= 2 | Cap | 12 | 0 | 0.1 | 2026-01-02 08:30:00 | 1 | 1

-- Product 1 user name
SELECT t1.name FROM users AS t1 WHERE t1.id IN (SELECT t0.userId FROM products AS t0 WHERE t0.id = 1);
--= Max

-- User $both products title
SELECT t1.title FROM products AS t1 WHERE t1.userId IN (1, 2);
--= Tee
--= Cap
--= Mug

-- User $nobody name
SELECT t0.name FROM users AS t0 WHERE 1 = 0;

-- User cart note
SELECT t1.note FROM carts AS t1 WHERE t1.userId IS NOT NULL;
--= gift
--= null

-- Cart 1 products title
SELECT t2.title FROM products AS t2 WHERE t2.id IN (SELECT t1.productId FROM cartItems AS t1 WHERE t1.cartId = 1);
--= Tee
--= Mug

-- Product 1 carts user name
SELECT t3.name FROM users AS t3 WHERE t3.id IN (SELECT t2.userId FROM carts AS t2 WHERE t2.id IN (SELECT t1.cartId FROM cartItems AS t1 WHERE t1.productId = 1));
--= Max
--= Zoë

-- User 1 bought title
SELECT t3.title FROM products AS t3 WHERE t3.id IN (SELECT t2.productId FROM orderItems AS t2 WHERE t2.orderId IN (SELECT t1.id FROM orders AS t1 WHERE t1.userId = 1));
--= Tee
--= Mug

-- User 1 bought carts products orderItems order user name
SELECT t10.name FROM users AS t10 WHERE t10.id IN (WITH w0 (c0) AS (SELECT t4.cartId FROM cartItems AS t4 WHERE t4.productId IN (SELECT t3.id FROM products AS t3 WHERE t3.id IN (SELECT t2.productId FROM orderItems AS t2 WHERE t2.orderId IN (SELECT t1.id FROM orders AS t1 WHERE t1.userId = 1)))), w1 (c0) AS (SELECT t8.orderId FROM orderItems AS t8 WHERE t8.productId IN (SELECT t7.id FROM products AS t7 WHERE t7.id IN (SELECT t6.productId FROM cartItems AS t6 WHERE t6.cartId IN (SELECT t5.id FROM carts AS t5 WHERE t5.id IN (SELECT c0 FROM w0))))) SELECT t9.userId FROM orders AS t9 WHERE t9.id IN (SELECT c0 FROM w1));
--= Max
--= Zoë

-- Country "DE" users name
SELECT t1.name FROM users AS t1 WHERE t1.countryCode IN (SELECT t0.code FROM countries AS t0 WHERE t0.code = 'DE' OR t0.name = 'DE' AND NOT EXISTS (SELECT 1 FROM countries AS t0k WHERE t0k.code = 'DE'));
--= Max

-- Country name
SELECT t0.name FROM countries AS t0;
--= Germany
--= France
--= DE

-- Shelf where hall = 1 boxes size
SELECT t1.size FROM boxes AS t1 WHERE (t1.shelfHall, t1.shelfRow) IN (SELECT t0.hall, t0."row" FROM shelves AS t0 WHERE t0.hall = 1);
--= 7
--= 5
--= 9

-- Box 1 shelf
SELECT t1.hall, t1."row" FROM shelves AS t1 WHERE (t1.hall, t1."row") IN (SELECT t0.shelfHall, t0.shelfRow FROM boxes AS t0 WHERE t0.id = 1);
--= 1 | 2

-- Box where shelf = $shelf show id
SELECT t0.id FROM boxes AS t0 WHERE t0.shelfHall = 1 AND t0.shelfRow = 2;
--= 1
--= 4

-- Category "Clothing" children products show title, category.name
SELECT t2.title, j0.name AS "category.name" FROM products AS t2 LEFT JOIN categories AS j0 ON j0.id = t2.categoryId WHERE t2.categoryId IN (SELECT t1.id FROM categories AS t1 WHERE t1.parentId IN (SELECT t0.id FROM categories AS t0 WHERE t0.name = 'Clothing'));
--= Tee | Shirts

-- Category where parent is null show name
SELECT t0.name FROM categories AS t0 WHERE t0.parentId IS NULL;
--= Clothing
--= Kitchen

-- User limit 2 products title
SELECT t1.title FROM products AS t1 WHERE t1.userId IN (SELECT t0.id FROM users AS t0 ORDER BY t0.id LIMIT 2);
--= Tee
--= Cap
--= Mug

-- User sort name desc limit 1 offset 1 orders status
SELECT t1.status FROM orders AS t1 WHERE t1.userId IN (SELECT t0.id FROM users AS t0 ORDER BY t0.name DESC, t0.id LIMIT 1 OFFSET 1);
--= open
--= null

-- Product sort price desc page 2 size 2 show title, price
SELECT t0.title, t0.price FROM products AS t0 ORDER BY t0.price DESC, t0.id LIMIT 2 OFFSET 2;
--= Mug | 8.4
--= tee [x] | null

-- Product where price < 20 sort price desc show title, price, user.name
SELECT t0.title, t0.price, j0.name AS "user.name" FROM products AS t0 LEFT JOIN users AS j0 ON j0.id = t0.userId WHERE t0.price < 20 ORDER BY t0.price DESC, t0.id;
--= Cap | 12 | Max
--= Tee | 9.5 | Max
--= Mug | 8.4 | Ann

-- User show name, count products, count orders as n sort n desc
SELECT t0.name, (SELECT COUNT(*) FROM products AS t1 WHERE t1.userId = t0.id) AS "count products", (SELECT COUNT(*) FROM orders AS t2 WHERE t2.userId = t0.id) AS n FROM users AS t0 ORDER BY n DESC, t0.id;
--= Max | 2 | 2
--= Zoë | 0 | 1
--= Ann | 1 | 0

-- User show name, count products (where price > 9) as dear
SELECT t0.name, (SELECT COUNT(*) FROM products AS t1 WHERE t1.userId = t0.id AND t1.price > 9) AS dear FROM users AS t0;
--= Ann | 0
--= Max | 2
--= Zoë | 0

-- User show name, count bought as bought
SELECT t0.name, (SELECT COUNT(*) FROM products AS t3 WHERE t3.id IN (SELECT t2.productId FROM orders AS t1 JOIN orderItems AS t2 ON t2.orderId = t1.id WHERE t1.userId = t0.id)) AS bought FROM users AS t0;
--= Ann | 0
--= Max | 2
--= Zoë | 2

-- User show count cart.products as n
SELECT (SELECT COUNT(*) FROM products AS t3 WHERE t3.id IN (SELECT t2.productId FROM carts AS t1 JOIN cartItems AS t2 ON t2.cartId = t1.id WHERE t1.userId = t0.id)) AS n FROM users AS t0;
--= 1
--= 2
--= 0

-- User where no orders show name
SELECT t0.name FROM users AS t0 WHERE t0.id NOT IN (SELECT t1.userId FROM orders AS t1);
--= Ann

-- User where some orders (status = "open") show name, email
SELECT t0.name, t0.email FROM users AS t0 WHERE EXISTS (SELECT 1 FROM orders AS t1 WHERE t1.userId = t0.id AND t1.status = 'open');
--= Max | max@example.com

-- Product where every orderItems (unitPrice = 8.4 or unitPrice = 9.5) show title
SELECT t0.title FROM products AS t0 WHERE NOT EXISTS (SELECT 1 FROM orderItems AS t1 WHERE t1.productId = t0.id AND (t1.unitPrice = 8.4 OR t1.unitPrice = 9.5) IS NOT TRUE);
--= Cap
--= tee [x]

-- User where some orders.orderItems (quantity > 1 and product.price > 5) show name
SELECT t0.name FROM users AS t0 WHERE EXISTS (SELECT 1 FROM orders AS t1 JOIN orderItems AS t2 ON t2.orderId = t1.id JOIN products AS j0 ON j0.id = t2.productId WHERE t1.userId = t0.id AND t2.quantity > 1 AND j0.price > 5);
--= Max
--= Zoë

-- User where some products (user = outer.cart.user) show name
SELECT t0.name FROM users AS t0 LEFT JOIN carts AS j0 ON j0.userId = t0.id WHERE EXISTS (SELECT 1 FROM products AS t1 WHERE t1.userId = t0.id AND t1.userId = j0.userId);
--= Max

-- Product where some orderItems (order.user = outer.user) title
SELECT t0.title FROM products AS t0 WHERE EXISTS (SELECT 1 FROM orderItems AS t1 JOIN orders AS j0 ON j0.id = t1.orderId WHERE t1.productId = t0.id AND j0.userId = t0.userId);
--= Tee

-- Product where user = $ann title
SELECT t0.title FROM products AS t0 WHERE t0.userId = 2;
--= Mug

-- Product where user != $ann title
SELECT t0.title FROM products AS t0 WHERE NOT (t0.userId = 2);
--= Tee
--= Cap

-- Product where user in ($ann, 3) title
SELECT t0.title FROM products AS t0 WHERE t0.userId = 2 OR t0.userId = 3;
--= Mug

-- Product where user is not null and category is null title
SELECT t0.title FROM products AS t0 WHERE t0.userId IS NOT NULL AND t0.categoryId IS NULL;

-- User where cart is null name
SELECT t0.name FROM users AS t0 LEFT JOIN carts AS j0 ON j0.userId = t0.id WHERE j0.id IS NULL;
--= Ann

-- User where country.name = "Germany" and country.code is not "FR" name
SELECT t0.name FROM users AS t0 JOIN countries AS j0 ON j0.code = t0.countryCode WHERE j0.name = 'Germany' AND j0.code IS NOT 'FR';
--= Max

-- Product where title contains "e" title
SELECT t0.title FROM products AS t0 WHERE instr(t0.title, 'e') > 0;
--= Tee
--= tee [x]

-- Product where title starts with "T" title
SELECT t0.title FROM products AS t0 WHERE t0.title GLOB 'T*';
--= Tee

-- Product where title starts with "tee [" title
SELECT t0.title FROM products AS t0 WHERE t0.title GLOB 'tee [[]*';
--= tee [x]

-- Product where title ends with "ee" ignoring case title
SELECT t0.title FROM products AS t0 WHERE substr(lower(t0.title), length(lower(t0.title)) - length(lower('ee')) + 1) = lower('ee');
--= Tee

-- Product where not title starts with user.name title
SELECT t0.title FROM products AS t0 LEFT JOIN users AS j0 ON j0.id = t0.userId WHERE NOT (substr(t0.title, 1, length(j0.name)) = j0.name);
--= Tee
--= Cap
--= Mug

-- Product where title in ("Tee", "CAP") ignoring case title
SELECT t0.title FROM products AS t0 WHERE lower(t0.title) IN (lower('Tee'), lower('CAP'));
--= Tee
--= Cap

-- Product where price between 5 and 9.999 title
SELECT t0.title FROM products AS t0 WHERE t0.price BETWEEN 5 AND 9.999;
--= Tee
--= Mug

-- Product where price not in (9.5, 12) title
SELECT t0.title FROM products AS t0 WHERE t0.price NOT IN (9.5, 12);
--= Mug

-- Product where addedAt >= "2026-01-02" title
SELECT t0.title FROM products AS t0 WHERE t0.addedAt >= '2026-01-02 00:00:00';
--= Cap

-- Product where addedAt < now() and year(addedAt) = 2026 title
SELECT t0.title FROM products AS t0 WHERE t0.addedAt < '2026-03-10 12:00:00' AND CAST(strftime('%Y', t0.addedAt) AS INTEGER) = 2026;
--= Tee
--= Cap

-- Order where placedOn = today() or placedOn < "2026-03-02" show id, status
SELECT t0.id, t0.status FROM orders AS t0 WHERE t0.placedOn = '2026-03-10' OR t0.placedOn < '2026-03-02';
--= 1 | paid

-- User where active show name
SELECT t0.name FROM users AS t0 WHERE t0.active;
--= Max

-- User where not active or active = false show name
SELECT t0.name FROM users AS t0 WHERE NOT (t0.active) OR t0.active = 0;
--= Ann

-- Product show title, price * 1.19 as gross, stock / 3, stock % 3, -price as minus, (price + 1) * (stock - 2) as x
SELECT t0.title, round(t0.price * 1.19, 4) AS gross, round(t0.stock * 1.0 / 3, 6) AS "stock / 3", t0.stock % 3 AS "stock % 3", -t0.price AS minus, round((t0.price + 1) * (t0.stock - 2), 2) AS x FROM products AS t0;
--= Tee | 11.305 | 3.333333 | 1 | -9.5 | 84
--= Cap | 14.28 | 0 | 0 | -12 | -26
--= Mug | 9.996 | null | null | -8.4 | null
--= tee [x] | null | 1 | 0 | null | null

-- Product show title + " by " + user.name as t, concat(title, " ", price, " ", id) as c
SELECT t0.title || ' by ' || j0.name AS t, (coalesce(t0.title, '') || coalesce(' ', '') || coalesce(CASE WHEN t0.price IS NOT NULL THEN printf('%.*f', 2, t0.price) END, '') || coalesce(' ', '') || coalesce(t0.id, '')) AS c FROM products AS t0 LEFT JOIN users AS j0 ON j0.id = t0.userId;
--= Tee by Max | Tee 9.50 1
--= Cap by Max | Cap 12.00 2
--= Mug by Ann | Mug 8.40 3
--= null | tee [x]  4

-- Product show lower(title), upper(title), length(title), trim(title), round(price * 1.1, 1) as r, abs(price) as a, coalesce(stock, 0) as s, substring(title, 1, 2) as u
SELECT lower(t0.title) AS "lower(title)", upper(t0.title) AS "upper(title)", length(t0.title) AS "length(title)", trim(t0.title) AS "trim(title)", round(round(t0.price * 1.1, 3), 1) AS r, abs(t0.price) AS a, coalesce(t0.stock, 0) AS s, substr(t0.title, 1, 2) AS u FROM products AS t0;
--= tee | TEE | 3 | Tee | 10.5 | 9.5 | 10 | Te
--= cap | CAP | 3 | Cap | 13.2 | 12 | 0 | Ca
--= mug | MUG | 3 | Mug | 9.2 | 8.4 | 0 | Mu
--= tee [x] | TEE [X] | 7 | tee [x] | null | null | 3 | te

-- Product show month(addedAt) as m, day(addedAt) as d
SELECT CAST(strftime('%m', t0.addedAt) AS INTEGER) AS m, CAST(strftime('%d', t0.addedAt) AS INTEGER) AS d FROM products AS t0;
--= 1 | 1
--= 1 | 2
--= null | null
--= 12 | 31

-- count User where count products > 1
SELECT COUNT(*) AS count FROM users AS t0 WHERE (SELECT COUNT(*) FROM products AS t1 WHERE t1.userId = t0.id) > 1;
--= 1

-- count Product limit 3
SELECT COUNT(*) AS count FROM (SELECT 1 FROM products AS t0 ORDER BY t0.id LIMIT 3) AS counted;
--= 3

-- exists User "Nobody"
SELECT EXISTS (SELECT 1 FROM users AS t0 WHERE t0.name = 'Nobody') AS "exists";
--= 0

-- User email sort email desc limit 1
SELECT t0.email FROM users AS t0 ORDER BY t0.email DESC, t0.id LIMIT 1;
--= zoe@x.org

-- Product where price * 3 = 28.5 title
SELECT t0.title FROM products AS t0 WHERE round(t0.price * 3, 2) = 28.5;
--= Tee

-- Product where (price > 5 or stock > 1) and title != "x" title
SELECT t0.title FROM products AS t0 WHERE (t0.price > 5 OR t0.stock > 1) AND t0.title <> 'x';
--= Tee
--= Cap
--= Mug
--= tee [x]

-- Order where user.country.name = "Germany" sort user.name, id desc show id
SELECT t0.id FROM orders AS t0 JOIN users AS j0 ON j0.id = t0.userId JOIN countries AS j1 ON j1.code = j0.countryCode WHERE j1.name = 'Germany' ORDER BY j0.name, t0.id DESC;
--= 3
--= 2

-- CartItem where cart.user.name = "Max" show product.title, quantity
SELECT j0.title AS "product.title", t0.quantity FROM cartItems AS t0 JOIN carts AS j1 ON j1.id = t0.cartId JOIN users AS j2 ON j2.id = j1.userId LEFT JOIN products AS j0 ON j0.id = t0.productId WHERE j2.name = 'Max';
--= Tee | 1
--= Mug | 6

-- Box where size = $dear or size > 4 show id
SELECT t0.id FROM boxes AS t0 WHERE t0.size = 20 OR t0.size > 4;
--= 1
--= 2
--= 3
--= 4

-- User 1 products 1 orderItems order user cart products carts user name
SELECT t10.name FROM users AS t10 WHERE t10.id IN (WITH w0 (c0) AS (SELECT t4.id FROM users AS t4 WHERE t4.id IN (SELECT t3.userId FROM orders AS t3 WHERE t3.id IN (SELECT t2.orderId FROM orderItems AS t2 WHERE t2.productId IN (SELECT t1.id FROM products AS t1 WHERE t1.userId = 1 AND t1.id = 1)))), w1 (c0) AS (SELECT t8.cartId FROM cartItems AS t8 WHERE t8.productId IN (SELECT t7.id FROM products AS t7 WHERE t7.id IN (SELECT t6.productId FROM cartItems AS t6 WHERE t6.cartId IN (SELECT t5.id FROM carts AS t5 WHERE t5.userId IN (SELECT c0 FROM w0))))) SELECT t9.userId FROM carts AS t9 WHERE t9.id IN (SELECT c0 FROM w1));
--= Max
--= Zoë

-- User show name with products (title, price)
SELECT t0.name, t1.title AS "products.title", t1.price AS "products.price" FROM users AS t0 LEFT JOIN products AS t1 ON t1.userId = t0.id ORDER BY t0.id, t1.id;
--= Max | Tee | 9.5
--= Max | Cap | 12
--= Ann | Mug | 8.4
--= Zoë | null | null

-- Cart show id with products (title, quantity)
SELECT t0.id, t2.title AS "products.title", t1.quantity AS "products.quantity" FROM carts AS t0 LEFT JOIN cartItems AS t1 ON t1.cartId = t0.id LEFT JOIN products AS t2 ON t2.id = t1.productId ORDER BY t0.id, t1.productId;
--= 1 | Tee | 1
--= 1 | Mug | 6
--= 2 | Tee | 2
--= 3 | null | null

-- Cart show id with products (title, quantity where price > 9)
SELECT t0.id, t2.title AS "products.title", t1.quantity AS "products.quantity" FROM carts AS t0 LEFT JOIN cartItems AS t1 ON t1.cartId = t0.id AND EXISTS (SELECT 1 FROM products AS t2 WHERE t2.id = t1.productId AND t2.price > 9) LEFT JOIN products AS t2 ON t2.id = t1.productId ORDER BY t0.id, t1.productId;
--= 1 | Tee | 1
--= 2 | Tee | 2
--= 3 | null | null

-- User show name with products (title), orders (id, status)
SELECT name, "products.title", "orders.id", "orders.status" FROM (SELECT t0.name, t1.title AS "products.title", NULL AS "orders.id", NULL AS "orders.status", t0.id AS o0, 0 AS o1, t1.id AS o2, NULL AS o3 FROM users AS t0 JOIN products AS t1 ON t1.userId = t0.id UNION ALL SELECT t0.name, NULL AS "products.title", t2.id AS "orders.id", t2.status AS "orders.status", t0.id AS o0, 1 AS o1, NULL AS o2, t2.id AS o3 FROM users AS t0 JOIN orders AS t2 ON t2.userId = t0.id UNION ALL SELECT t0.name, NULL AS "products.title", NULL AS "orders.id", NULL AS "orders.status", t0.id AS o0, NULL AS o1, NULL AS o2, NULL AS o3 FROM users AS t0 WHERE NOT EXISTS (SELECT 1 FROM products AS t1 WHERE t1.userId = t0.id) AND NOT EXISTS (SELECT 1 FROM orders AS t2 WHERE t2.userId = t0.id)) AS nested ORDER BY o0, o1, o2, o3;
--= Max | Tee | null | null
--= Max | Cap | null | null
--= Max | null | 2 | open
--= Max | null | 3 | null
--= Ann | Mug | null | null
--= Zoë | null | 1 | paid

-- User show name with cart (note), country (name)
SELECT t0.name, t1.note AS "cart.note", t2.name AS "country.name" FROM users AS t0 LEFT JOIN carts AS t1 ON t1.userId = t0.id LEFT JOIN countries AS t2 ON t2.code = t0.countryCode ORDER BY t0.id;
--= Max | gift | Germany
--= Ann | null | France
--= Zoë | null | null

-- User show name with orders (id with orderItems (quantity)), products (title)
SELECT name, "orders.id", "orders.orderItems.quantity", "products.title" FROM (SELECT t0.name, t1.id AS "orders.id", t2.quantity AS "orders.orderItems.quantity", NULL AS "products.title", t0.id AS o0, 0 AS o1, t1.id AS o2, t2.id AS o3, NULL AS o4 FROM users AS t0 JOIN orders AS t1 ON t1.userId = t0.id LEFT JOIN orderItems AS t2 ON t2.orderId = t1.id UNION ALL SELECT t0.name, NULL AS "orders.id", NULL AS "orders.orderItems.quantity", t3.title AS "products.title", t0.id AS o0, 1 AS o1, NULL AS o2, NULL AS o3, t3.id AS o4 FROM users AS t0 JOIN products AS t3 ON t3.userId = t0.id UNION ALL SELECT t0.name, NULL AS "orders.id", NULL AS "orders.orderItems.quantity", NULL AS "products.title", t0.id AS o0, NULL AS o1, NULL AS o2, NULL AS o3, NULL AS o4 FROM users AS t0 WHERE NOT EXISTS (SELECT 1 FROM orders AS t1 WHERE t1.userId = t0.id) AND NOT EXISTS (SELECT 1 FROM products AS t3 WHERE t3.userId = t0.id)) AS nested ORDER BY o0, o1, o2, o3, o4;
--= Max | 2 | 2 | null
--= Max | 2 | null | null
--= Max | 3 | null | null
--= Max | null | null | Tee
--= Max | null | null | Cap
--= Ann | null | null | Mug
--= Zoë | 1 | 3 | null
--= Zoë | 1 | 1 | null

-- User show name with bought (title)
SELECT t0.name, t3.title AS "bought.title" FROM users AS t0 LEFT JOIN (SELECT t0.id AS p0, t3.id AS c0 FROM users AS t0 JOIN orders AS t1 ON t1.userId = t0.id JOIN orderItems AS t2 ON t2.orderId = t1.id JOIN products AS t3 ON t3.id = t2.productId GROUP BY t0.id, t3.id) AS r3 ON r3.p0 = t0.id LEFT JOIN products AS t3 ON t3.id = r3.c0 ORDER BY t0.id, t3.id;
--= Max | Tee
--= Max | Mug
--= Ann | null
--= Zoë | Tee
--= Zoë | Mug

-- Category show name with products (title, price top 1 by price)
SELECT t0.name, t1.title AS "products.title", t1.price AS "products.price" FROM categories AS t0 LEFT JOIN (SELECT t0.id AS p0, t1.id AS c0, ROW_NUMBER() OVER (PARTITION BY t0.id ORDER BY t1.price DESC, t1.id) AS n FROM categories AS t0 JOIN products AS t1 ON t1.categoryId = t0.id) AS r1 ON r1.p0 = t0.id AND r1.n <= 1 LEFT JOIN products AS t1 ON t1.id = r1.c0 ORDER BY t0.id, r1.n;
--= Clothing | Cap | 12
--= Shirts | Tee | 9.5
--= Kitchen | Mug | 8.4

-- User show name with products (title top 2 by price sort title limit 1)
SELECT t0.name, t1.title AS "products.title" FROM users AS t0 LEFT JOIN (SELECT r.p0, r.c0, ROW_NUMBER() OVER (PARTITION BY r.p0 ORDER BY t1.title, t1.id) AS n FROM (SELECT t0.id AS p0, t1.id AS c0, ROW_NUMBER() OVER (PARTITION BY t0.id ORDER BY t1.price DESC, t1.id) AS n FROM users AS t0 JOIN products AS t1 ON t1.userId = t0.id) AS r JOIN products AS t1 ON t1.id = r.c0 WHERE r.n <= 2) AS r1 ON r1.p0 = t0.id AND r1.n <= 1 LEFT JOIN products AS t1 ON t1.id = r1.c0 ORDER BY t0.id, r1.n;
--= Max | Cap
--= Ann | Mug
--= Zoë | null

-- User sort name limit 2 show name with orders (id sort placedOn desc)
SELECT t0.name, t1.id AS "orders.id" FROM users AS t0 LEFT JOIN orders AS t1 ON t1.userId = t0.id WHERE t0.id IN (SELECT t0.id FROM users AS t0 ORDER BY t0.name, t0.id LIMIT 2) ORDER BY t0.name, t0.id, t1.placedOn DESC, t1.id;
--= Ann | null
--= Max | 2
--= Max | 3

-- Order group status show status, count
SELECT t0.status AS status, COUNT(*) AS count FROM orders AS t0 GROUP BY t0.status;
--= null | 1
--= open | 1
--= paid | 1

-- OrderItem group product show product.title, sum (quantity * unitPrice) as revenue sort revenue desc
SELECT j0.title AS "product.title", g.a0 AS revenue FROM (SELECT t0.productId AS k0, round(COALESCE(SUM(t0.quantity * t0.unitPrice), 0), 2) AS a0 FROM orderItems AS t0 GROUP BY t0.productId) AS g LEFT JOIN products AS j0 ON j0.id = g.k0 ORDER BY revenue DESC, g.k0;
--= Tee | 28.5
--= Mug | 24.4

-- OrderItem group order.user show user.name, count, count (where quantity > 1) as several
SELECT j0.name AS "user.name", g.a0 AS count, g.a1 AS several FROM (SELECT j0.userId AS k0, COUNT(*) AS a0, COUNT(*) FILTER (WHERE t0.quantity > 1) AS a1 FROM orderItems AS t0 LEFT JOIN orders AS j0 ON j0.id = t0.orderId GROUP BY j0.userId) AS g LEFT JOIN users AS j0 ON j0.id = g.k0;
--= Max | 2 | 1
--= Zoë | 2 | 1

-- User group city where count > 1 show city, count
SELECT t0.city AS city, COUNT(*) AS count FROM users AS t0 GROUP BY t0.city HAVING COUNT(*) > 1;
--= Berlin | 2

-- Product group category.parent show parent.name, avg price as mean top 2 by mean
SELECT j0.name AS "parent.name", g.a0 AS mean FROM (SELECT j0.parentId AS k0, round(AVG(t0.price), 8) AS a0 FROM products AS t0 LEFT JOIN categories AS j0 ON j0.id = t0.categoryId GROUP BY j0.parentId) AS g LEFT JOIN categories AS j0 ON j0.id = g.k0 ORDER BY mean DESC, g.k0 LIMIT 2;
--= null | 10.2
--= Clothing | 9.5

-- User group city show city, count orders, sum products.stock as stock
SELECT t0.city AS city, COALESCE(SUM((SELECT COUNT(*) FROM orders AS t2 WHERE t2.userId = t0.id)), 0) AS "count orders", COALESCE(SUM((SELECT COALESCE(SUM(t3.stock), 0) FROM products AS t3 WHERE t3.userId = t0.id)), 0) AS stock FROM users AS t0 GROUP BY t0.city;
--= null | 0 | 0
--= Berlin | 3 | 10

-- Product group user show user.name, count carts
SELECT j0.name AS "user.name", g.a0 AS "count carts" FROM (SELECT g.k0, COALESCE(x0.a, 0) AS a0 FROM (SELECT t0.userId AS k0 FROM products AS t0 GROUP BY t0.userId) AS g LEFT JOIN (SELECT d.k0 AS k0, COUNT(*) AS a FROM (SELECT DISTINCT t0.userId AS k0, t3.id AS c0 FROM products AS t0 JOIN cartItems AS t2 ON t2.productId = t0.id JOIN carts AS t3 ON t3.id = t2.cartId) AS d JOIN carts AS t3 ON t3.id = d.c0 GROUP BY d.k0) AS x0 ON x0.k0 IS g.k0) AS g LEFT JOIN users AS j0 ON j0.id = g.k0;
--= null | 0
--= Max | 2
--= Ann | 1

-- Product show count, sum price as s, avg price as mean
SELECT COUNT(*) AS count, round(COALESCE(SUM(t0.price), 0), 2) AS s, round(AVG(t0.price), 8) AS mean FROM products AS t0;
--= 4 | 29.9 | 9.96666667

-- User show name, count products, sum products.price as worth, max products.addedAt as last
SELECT t0.name, COUNT(t1.userId) AS "count products", round(COALESCE(SUM(t1.price), 0), 2) AS worth, MAX(t1.addedAt) AS "last" FROM users AS t0 LEFT JOIN products AS t1 ON t1.userId = t0.id GROUP BY t0.id;
--= Max | 2 | 21.5 | 2026-01-02 08:30:00
--= Ann | 1 | 8.4 | null
--= Zoë | 0 | 0 | null

-- User show name, sum orders.orderItems (quantity * unitPrice) as spent top 2 by spent
SELECT t0.name, (SELECT round(COALESCE(SUM(t2.quantity * t2.unitPrice), 0), 2) FROM orderItems AS t2 WHERE t2.orderId IN (SELECT t1.id FROM orders AS t1 WHERE t1.userId = t0.id)) AS spent FROM users AS t0 ORDER BY spent DESC, t0.id LIMIT 2;
--= Zoë | 36.9
--= Max | 16

-- Product top 2 by price orderItems show id
SELECT t1.id FROM orderItems AS t1 WHERE t1.productId IN (SELECT t0.id FROM products AS t0 ORDER BY t0.price DESC, t0.id LIMIT 2);
--= 1
--= 4

-- Product top 3 by price sort title limit 2 show title
SELECT t0.title FROM products AS t0 WHERE t0.id IN (SELECT t0.id FROM products AS t0 ORDER BY t0.price DESC, t0.id LIMIT 3) ORDER BY t0.title, t0.id LIMIT 2;
--= Cap
--= Mug

-- Category "Clothing" tree children their products title
SELECT t4.title FROM products AS t4 WHERE t4.categoryId IN (WITH RECURSIVE w0 (c0) AS (SELECT t1.id FROM categories AS t1 WHERE t1.parentId IN (SELECT t0.id FROM categories AS t0 WHERE t0.name = 'Clothing') UNION SELECT t3.id FROM w0 JOIN categories AS t2 ON t2.id = w0.c0 JOIN categories AS t3 ON t3.parentId = t2.id) SELECT t2.id FROM categories AS t2 WHERE t2.id IN (SELECT c0 FROM w0));
--= Tee

-- Category 2 tree parent name
SELECT t2.name FROM categories AS t2 WHERE t2.id IN (WITH RECURSIVE w0 (c0) AS (SELECT t1.id FROM categories AS t1 WHERE t1.id IN (SELECT t0.parentId FROM categories AS t0 WHERE t0.id = 2) UNION SELECT t3.id FROM w0 JOIN categories AS t2 ON t2.id = w0.c0 JOIN categories AS t3 ON t3.id = t2.parentId) SELECT c0 FROM w0);
--= Clothing

-- Product show title, date(addedAt) as day
SELECT t0.title, date(t0.addedAt) AS day FROM products AS t0;
--= Tee | 2026-01-01
--= Cap | 2026-01-02
--= Mug | null
--= tee [x] | 2025-12-31
