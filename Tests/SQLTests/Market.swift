import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// A market of some eight thousand rows, the same in every run: many nulls, ties and doubles, users
/// without anything, categories in a circle, n–m both ways and from a model to itself.
enum Market {
  static let sentences = """
    User has name string required, email string required unique, city string, active boolean
    Country has code string(2) key, name string
    Category has name string
    Product has title string required, price decimal(10,2), stock integer, weight double, addedAt datetime
    Order has status enum("open", "paid", "sent"), placedAt datetime, total decimal(10,2)
    OrderItem has quantity integer, unitPrice decimal(10,2)
    Review has stars integer, body text
    Cart has note text
    Tag has name string
    Shelf has hall integer key, row integer key, label string
    Box has size integer
    User belongsTo Country
    Category belongsTo Category as parent
    Category hasMany Category as children by parent
    Product belongsTo User
    Product belongsTo Category
    Order belongsTo User required
    OrderItem belongsTo Order required
    OrderItem belongsTo Product required
    Review belongsTo Product required
    Review belongsTo User
    User hasOne Cart
    Cart belongsToMany Product through CartItem (quantity integer)
    Product belongsToMany Tag through Tagging (strength integer)
    User belongsToMany User through Friendship (since date) as friends
    Box belongsTo Shelf
    User hasMany Product as bought through orders orderItems product
    """

  static let graph: ModelGraph = {
    var builder = GraphBuilder(settings: GraphSettings(timestamps: false))
    var reader = StatementReader(name: "market", text: sentences)
    do {
      while case .statement = reader.next() {
        guard case .declaration(let declaration) = try reader.parse() else { continue }
        _ = try builder.declare(declaration, in: reader.source())
      }
      try builder.validate()
    } catch {
      Issue.record(error)
    }
    return builder.graph
  }()

  static var resolver: QueryResolver {
    QueryResolver(
      graph: graph,
      variables: ["pair": .rows(model: "User", keys: [[.integer(3)], [.integer(4)]])],
      now: (date: "2026-03-10", datetime: "2026-03-10 12:00:00"))
  }

  /// A market of its own in memory.
  static func make() throws -> SQLiteDriver {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    for sql in tables + rows { _ = try driver.execute(SQLText(sql)) }
    return driver
  }

  /// The one market that is only read.
  static func open() throws -> SQLiteDriver { try SQLiteDriver(path: file.get(), readOnly: true) }

  private static let file: Result<String, any Error> = Result {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("relish-market-\(ProcessInfo.processInfo.processIdentifier).db").path
    _ = try make().execute("VACUUM INTO \(bind: .text(path))")
    atexit { Market.remove() }
    return path
  }

  private static func remove() {
    if let path = try? file.get() { try? FileManager.default.removeItem(atPath: path) }
  }

  private static let tables = [
    "CREATE TABLE countries (code VARCHAR(2) PRIMARY KEY, name VARCHAR(255))",
    """
    CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255) NOT NULL,
      email VARCHAR(255) NOT NULL UNIQUE, city VARCHAR(255), active BOOLEAN,
      countryCode VARCHAR(2) REFERENCES countries (code))
    """,
    """
    CREATE TABLE categories (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255),
      parentId INTEGER REFERENCES categories (id) DEFERRABLE INITIALLY DEFERRED)
    """,
    """
    CREATE TABLE products (id INTEGER PRIMARY KEY AUTOINCREMENT, title VARCHAR(255) NOT NULL,
      price DECIMAL(10,2), stock INTEGER, weight DOUBLE, addedAt DATETIME,
      userId INTEGER REFERENCES users (id), categoryId INTEGER REFERENCES categories (id))
    """,
    """
    CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, status VARCHAR(4), placedAt DATETIME,
      total DECIMAL(10,2), userId INTEGER NOT NULL REFERENCES users (id))
    """,
    """
    CREATE TABLE orderItems (id INTEGER PRIMARY KEY AUTOINCREMENT, quantity INTEGER,
      unitPrice DECIMAL(10,2), orderId INTEGER NOT NULL REFERENCES orders (id),
      productId INTEGER NOT NULL REFERENCES products (id))
    """,
    """
    CREATE TABLE reviews (id INTEGER PRIMARY KEY AUTOINCREMENT, stars INTEGER, body TEXT,
      productId INTEGER NOT NULL REFERENCES products (id), userId INTEGER REFERENCES users (id))
    """,
    """
    CREATE TABLE carts (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT,
      userId INTEGER UNIQUE REFERENCES users (id))
    """,
    """
    CREATE TABLE cartItems (cartId INTEGER NOT NULL REFERENCES carts (id),
      productId INTEGER NOT NULL REFERENCES products (id), quantity INTEGER,
      PRIMARY KEY (cartId, productId))
    """,
    "CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255))",
    """
    CREATE TABLE taggings (productId INTEGER NOT NULL REFERENCES products (id),
      tagId INTEGER NOT NULL REFERENCES tags (id), strength INTEGER, PRIMARY KEY (productId, tagId))
    """,
    """
    CREATE TABLE friendships (userId INTEGER NOT NULL REFERENCES users (id),
      friendId INTEGER NOT NULL REFERENCES users (id), since DATE, PRIMARY KEY (userId, friendId))
    """,
    """
    CREATE TABLE shelves (hall INTEGER, "row" INTEGER, label VARCHAR(255),
      PRIMARY KEY (hall, "row"))
    """,
    """
    CREATE TABLE boxes (id INTEGER PRIMARY KEY AUTOINCREMENT, size INTEGER, shelfHall INTEGER,
      shelfRow INTEGER, FOREIGN KEY (shelfHall, shelfRow) REFERENCES shelves (hall, "row"))
    """,
    "CREATE INDEX products_userId ON products (userId)",
    "CREATE INDEX products_categoryId ON products (categoryId)",
    "CREATE INDEX orders_userId ON orders (userId)",
    "CREATE INDEX orderItems_orderId ON orderItems (orderId)",
    "CREATE INDEX orderItems_productId ON orderItems (productId)",
    "CREATE INDEX reviews_productId ON reviews (productId)",
    "CREATE INDEX cartItems_productId ON cartItems (productId)",
    "CREATE INDEX taggings_tagId ON taggings (tagId)",
    "CREATE INDEX friendships_friendId ON friendships (friendId)",
  ]

  /// `INSERT` of as many rows, `i` counting from 1.
  private static func fill(_ table: String, _ count: Int, _ values: String) -> String {
    """
    INSERT OR IGNORE INTO \(table)
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
    SELECT \(values) FROM n
    """
  }

  private static let rows = [
    "INSERT INTO countries VALUES ('DE', 'Germany'), ('FR', 'France'), ('IT', NULL), ('XX', 'DE')",
    fill(
      "users", 300,
      """
      i, CASE i * 7 % 11 WHEN 0 THEN 'Max' WHEN 1 THEN 'Ann' WHEN 2 THEN 'Zoë' WHEN 3 THEN 'max'
        WHEN 4 THEN 'Eva' ELSE 'U' || i END,
      'u' || i || CASE WHEN i % 3 = 0 THEN '@x.org' ELSE '@example.com' END,
      CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN 'Paris' WHEN 2 THEN 'Rome' ELSE 'Berlin' END,
      CASE i % 7 WHEN 0 THEN NULL WHEN 1 THEN 0 WHEN 2 THEN 0 ELSE 1 END,
      CASE i % 6 WHEN 0 THEN 'DE' WHEN 1 THEN 'FR' WHEN 2 THEN 'IT' WHEN 3 THEN 'DE' END
      """),
    // A tree of 35, a circle of three, one that is its own parent, and one alone.
    fill(
      "categories", 40,
      """
      i, CASE WHEN i = 1 THEN 'Clothing' WHEN i % 9 = 0 THEN NULL ELSE 'C' || i % 17 END,
      CASE WHEN i = 1 OR i = 40 THEN NULL WHEN i = 39 THEN 39 WHEN i = 38 THEN 36
        WHEN i IN (36, 37) THEN i + 1 WHEN i = 2 THEN 1 ELSE i / 3 + 1 END
      """),
    fill(
      "products", 800,
      """
      i, CASE WHEN i % 13 = 0 THEN 'Tee' WHEN i % 29 = 0 THEN 'tee [x]' ELSE 'P' || i % 200 END,
      CASE WHEN i % 11 = 0 THEN NULL ELSE round(i * 37 % 90 * 0.35, 2) END,
      CASE WHEN i % 8 = 0 THEN NULL ELSE i * 5 % 23 - 2 END,
      CASE WHEN i % 9 = 0 THEN NULL ELSE i * 3 % 40 * 0.125 END,
      CASE WHEN i % 12 = 0 THEN NULL ELSE datetime('2025-12-20', printf('+%d days', i * 7 % 120),
        printf('+%d hours', i * 5 % 24)) END,
      CASE WHEN i % 6 = 0 THEN NULL ELSE i * 89 % 211 + 1 END,
      CASE WHEN i % 7 = 0 THEN NULL ELSE i * 11 % 40 + 1 END
      """),
    fill(
      "orders", 900,
      """
      i, CASE i / 3 % 4 WHEN 0 THEN 'open' WHEN 1 THEN 'paid' WHEN 2 THEN 'sent' END,
      CASE WHEN i % 9 = 0 THEN NULL ELSE datetime('2025-11-30', printf('+%d days', i * 13 % 100),
        printf('+%d hours', i % 24)) END,
      CASE WHEN i % 12 = 0 THEN NULL ELSE round(i * 71 % 500 * 0.1, 2) END,
      i * 31 % 241 + 1
      """),
    fill(
      "orderItems", 2_600,
      """
      i, CASE WHEN i % 14 = 0 THEN NULL ELSE i * 5 % 9 + 1 END,
      CASE WHEN i % 15 = 0 THEN NULL ELSE round(i * 17 % 333 * 0.1, 2) END,
      i * i % 850 + 1, i * 37 % 701 + 1
      """),
    fill(
      "reviews", 1_200,
      """
      i, CASE WHEN i % 10 = 0 THEN NULL ELSE i * i % 5 + 1 END,
      CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'good' WHEN 2 THEN 'Good enough' ELSE '' END,
      i * 7 % 400 + 1, CASE WHEN i % 8 = 0 THEN NULL ELSE i % 290 + 1 END
      """),
    fill(
      "carts", 160,
      """
      i, CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'gift' ELSE 'n' || i % 10 END,
      CASE WHEN i % 20 = 0 THEN NULL ELSE i * 3 % 211 + 1 END
      """),
    fill(
      "cartItems", 900,
      "i * 3 % 150 + 1, i * i % 310 + 1, CASE WHEN i % 9 = 0 THEN NULL ELSE i % 6 + 1 END"),
    fill("tags", 24, "i, CASE WHEN i % 6 = 0 THEN NULL ELSE 'T' || i % 9 END"),
    fill(
      "taggings", 1_000,
      "i * 3 % 500 + 1, i % 20 + 1, CASE WHEN i % 5 = 0 THEN NULL ELSE i % 4 END"),
    fill(
      "friendships", 700,
      """
      i * 7 % 120 + 1, i * i * i % 289 + 1,
      CASE WHEN i % 6 = 0 THEN NULL ELSE date('2024-01-01', '+' || i || ' days') END
      """),
    fill(
      "shelves", 12, "i % 3 + 1, i % 4 + 1, CASE WHEN i % 5 = 0 THEN NULL ELSE 'S' || i % 4 END"),
    fill(
      "boxes", 60,
      """
      i, CASE WHEN i % 7 = 0 THEN NULL ELSE i % 10 END,
      CASE WHEN i % 6 = 0 THEN NULL ELSE i % 3 + 1 END,
      CASE WHEN i % 6 = 0 THEN NULL ELSE i % 4 + 1 END
      """),
  ]
}
