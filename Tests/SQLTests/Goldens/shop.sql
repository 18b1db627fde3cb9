CREATE TABLE countries (code VARCHAR(2) PRIMARY KEY, name VARCHAR(255));
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name VARCHAR(255),
  email VARCHAR(255),
  city VARCHAR(255),
  active BOOLEAN,
  countryCode VARCHAR(2) REFERENCES countries (code));
CREATE TABLE categories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name VARCHAR(255),
  parentId INTEGER REFERENCES categories (id));
CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title VARCHAR(255),
  price DECIMAL(10,2),
  stock INTEGER,
  weight DOUBLE,
  addedAt DATETIME,
  userId INTEGER REFERENCES users (id),
  categoryId INTEGER REFERENCES categories (id));
CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  status VARCHAR(4),
  placedOn DATE,
  userId INTEGER NOT NULL REFERENCES users (id));
CREATE TABLE orderItems (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  quantity INTEGER,
  unitPrice DECIMAL(10,2),
  orderId INTEGER NOT NULL REFERENCES orders (id),
  productId INTEGER NOT NULL REFERENCES products (id));
CREATE TABLE carts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  note TEXT,
  userId INTEGER UNIQUE REFERENCES users (id));
CREATE TABLE cartItems (
  quantity INTEGER,
  cartId INTEGER NOT NULL REFERENCES carts (id),
  productId INTEGER NOT NULL REFERENCES products (id),
  PRIMARY KEY (cartId, productId));
CREATE TABLE shelves (hall INTEGER, row INTEGER, PRIMARY KEY (hall, row));
CREATE TABLE boxes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  size INTEGER,
  "limit" INTEGER,
  shelfHall INTEGER,
  shelfRow INTEGER,
  FOREIGN KEY (shelfHall, shelfRow) REFERENCES shelves (hall, row));
CREATE INDEX users_name ON users (name);
CREATE INDEX users_countryCode ON users (countryCode);
CREATE INDEX categories_parentId ON categories (parentId);
CREATE INDEX products_userId ON products (userId);
CREATE INDEX products_categoryId ON products (categoryId);
CREATE INDEX orders_userId ON orders (userId);
CREATE INDEX orderItems_orderId ON orderItems (orderId);
CREATE INDEX orderItems_productId ON orderItems (productId);
CREATE INDEX cartItems_productId ON cartItems (productId);
CREATE INDEX boxes_shelf ON boxes (shelfHall, shelfRow);
INSERT INTO countries VALUES ('DE', 'Germany'), ('FR', 'France'), ('XX', 'DE');
INSERT INTO users VALUES
  (1, 'Max', 'max@example.com', 'Berlin', 1, 'DE'),
  (2, 'Ann', 'ann@x.org', NULL, 0, 'FR'),
  (3, 'Zoë', 'zoe@x.org', 'Berlin', NULL, NULL);
INSERT INTO categories VALUES (1, 'Clothing', NULL), (2, 'Shirts', 1), (3, 'Kitchen', NULL);
INSERT INTO products VALUES
  (1, 'Tee', 9.5, 10, 0.2, '2026-01-01 00:00:00', 1, 2),
  (2, 'Cap', 12, 0, 0.1, '2026-01-02 08:30:00', 1, 1),
  (3, 'Mug', 8.4, NULL, NULL, NULL, 2, 3),
  (4, 'tee [x]', NULL, 3, 0.3, '2025-12-31 23:59:59', NULL, NULL);
INSERT INTO orders VALUES
  (1, 'paid', '2026-03-01', 3),
  (2, 'open', '2026-03-05', 1),
  (3, NULL, NULL, 1);
INSERT INTO orderItems VALUES
  (1, 3, 9.5, 1, 1),
  (2, 1, 8.4, 1, 3),
  (3, 2, 8, 2, 3),
  (4, NULL, 1, 2, 1);
INSERT INTO carts VALUES (1, 'gift', 1), (2, NULL, 3), (3, '', NULL);
INSERT INTO cartItems VALUES (1, 1, 1), (6, 1, 3), (2, 2, 1);
INSERT INTO shelves VALUES (1, 1), (1, 2), (2, 1);
INSERT INTO boxes VALUES (1, 5, 9, 1, 2), (2, 7, NULL, 1, 1), (3, 5, 1, NULL, NULL), (4, 9, 2, 1, 2);
