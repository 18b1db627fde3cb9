/// Schemas in the manner of well-known programs, each with habits of its own.
package struct FamousSchemas: Sendable, CustomStringConvertible {
  package let name: String
  package let statements: [String]
  package var description: String { name }

  private init(_ name: String, _ statements: String...) {
    self.name = name
    self.statements = statements
  }

  package static let all = [northwind, sakila, django, rails, mastodon, drizzle]

  /// Capitals, names with blanks, keys of several columns, a key that reports to its own table.
  private static let northwind = FamousSchemas(
    "Northwind",
    """
    CREATE TABLE [Categories] (
      [CategoryID] INTEGER PRIMARY KEY AUTOINCREMENT, [CategoryName] TEXT, [Description] TEXT,
      [Picture] BLOB)
    """,
    """
    CREATE TABLE [Customers] (
      [CustomerID] TEXT, [CompanyName] TEXT, [ContactName] TEXT, [Region] TEXT,
      PRIMARY KEY (`CustomerID`))
    """,
    """
    CREATE TABLE [Employees] (
      [EmployeeID] INTEGER PRIMARY KEY AUTOINCREMENT, [LastName] TEXT, [FirstName] TEXT,
      [BirthDate] DATE, [ReportsTo] INTEGER,
      FOREIGN KEY ([ReportsTo]) REFERENCES [Employees] ([EmployeeID])
        ON DELETE NO ACTION ON UPDATE NO ACTION)
    """,
    """
    CREATE TABLE [EmployeeTerritories] (
      [EmployeeID] INTEGER NOT NULL, [TerritoryID] TEXT NOT NULL,
      PRIMARY KEY ("EmployeeID", "TerritoryID"),
      FOREIGN KEY ([EmployeeID]) REFERENCES [Employees] ([EmployeeID]),
      FOREIGN KEY ([TerritoryID]) REFERENCES [Territories] ([TerritoryID]))
    """,
    """
    CREATE TABLE [Territories] (
      [TerritoryID] TEXT NOT NULL, [TerritoryDescription] TEXT NOT NULL,
      [RegionID] INTEGER NOT NULL, PRIMARY KEY ("TerritoryID"),
      FOREIGN KEY ([RegionID]) REFERENCES [Regions] ([RegionID]))
    """,
    """
    CREATE TABLE [Regions] (
      [RegionID] INTEGER NOT NULL PRIMARY KEY, [RegionDescription] TEXT NOT NULL)
    """,
    """
    CREATE TABLE [Orders] (
      [OrderID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [CustomerID] TEXT,
      [EmployeeID] INTEGER, [OrderDate] DATETIME, [ShipVia] INTEGER, [Freight] NUMERIC DEFAULT 0,
      FOREIGN KEY ([EmployeeID]) REFERENCES [Employees] ([EmployeeID]),
      FOREIGN KEY ([CustomerID]) REFERENCES [Customers] ([CustomerID]),
      FOREIGN KEY ([ShipVia]) REFERENCES [Shippers] ([ShipperID]))
    """,
    """
    CREATE TABLE [Shippers] (
      [ShipperID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [CompanyName] TEXT NOT NULL,
      [Phone] TEXT)
    """,
    """
    CREATE TABLE [Products] (
      [ProductID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [ProductName] TEXT NOT NULL,
      [CategoryID] INTEGER, [UnitPrice] NUMERIC DEFAULT 0, [UnitsInStock] INTEGER DEFAULT 0,
      [Discontinued] TEXT NOT NULL DEFAULT '0',
      FOREIGN KEY ([CategoryID]) REFERENCES [Categories] ([CategoryID]),
      CHECK ([UnitPrice] >= (0)), CHECK ([UnitsInStock] >= (0)))
    """,
    """
    CREATE TABLE [Order Details] (
      [OrderID] INTEGER NOT NULL, [ProductID] INTEGER NOT NULL,
      [UnitPrice] NUMERIC NOT NULL DEFAULT 0, [Quantity] INTEGER NOT NULL DEFAULT 1,
      [Discount] REAL NOT NULL DEFAULT 0, PRIMARY KEY ("OrderID", "ProductID"),
      CHECK ([Discount] >= (0) AND [Discount] <= (1)), CHECK ([Quantity] > (0)),
      FOREIGN KEY ([OrderID]) REFERENCES [Orders] ([OrderID]),
      FOREIGN KEY ([ProductID]) REFERENCES [Products] ([ProductID]))
    """,
    """
    CREATE VIEW [Current Product List] AS SELECT ProductID, ProductName FROM Products
    WHERE Discontinued = 0
    """)

  /// Triggers that keep a date, checks as enumerations, two keys to one table, a circle of keys.
  private static let sakila = FamousSchemas(
    "Sakila",
    """
    CREATE TABLE actor (
      actor_id numeric NOT NULL, first_name VARCHAR(45) NOT NULL, last_name VARCHAR(45) NOT NULL,
      last_update TIMESTAMP NOT NULL, PRIMARY KEY (actor_id))
    """,
    "CREATE INDEX idx_actor_last_name ON actor(last_name)",
    """
    CREATE TRIGGER actor_trigger_ai AFTER INSERT ON actor BEGIN
      UPDATE actor SET last_update = DATETIME('NOW') WHERE rowid = new.rowid; END
    """,
    """
    CREATE TABLE language (
      language_id SMALLINT NOT NULL, name CHAR(20) NOT NULL, last_update TIMESTAMP NOT NULL,
      PRIMARY KEY (language_id))
    """,
    """
    CREATE TABLE film (
      film_id int NOT NULL, title VARCHAR(255) NOT NULL, description BLOB SUB_TYPE TEXT DEFAULT NULL,
      release_year VARCHAR(4) DEFAULT NULL, language_id SMALLINT NOT NULL,
      original_language_id SMALLINT DEFAULT NULL, rental_rate DECIMAL(4,2) DEFAULT 4.99 NOT NULL,
      rating VARCHAR(10) DEFAULT 'G', special_features VARCHAR(100) DEFAULT NULL,
      last_update TIMESTAMP NOT NULL, PRIMARY KEY (film_id),
      CONSTRAINT CHECK_special_features CHECK (special_features IS NULL OR
        special_features LIKE '%Trailers%' OR special_features LIKE '%Commentaries%'),
      CONSTRAINT CHECK_special_rating CHECK (rating IN ('G','PG','PG-13','R','NC-17')),
      CONSTRAINT fk_film_language FOREIGN KEY (language_id) REFERENCES language (language_id),
      CONSTRAINT fk_film_language_original FOREIGN KEY (original_language_id)
        REFERENCES language (language_id))
    """,
    "CREATE INDEX idx_fk_language_id ON film(language_id)",
    "CREATE INDEX idx_fk_original_language_id ON film(original_language_id)",
    """
    CREATE TABLE film_actor (
      actor_id INT NOT NULL, film_id INT NOT NULL, last_update TIMESTAMP NOT NULL,
      PRIMARY KEY (actor_id,film_id),
      CONSTRAINT fk_film_actor_actor FOREIGN KEY (actor_id) REFERENCES actor (actor_id)
        ON DELETE NO ACTION ON UPDATE CASCADE,
      CONSTRAINT fk_film_actor_film FOREIGN KEY (film_id) REFERENCES film (film_id)
        ON DELETE NO ACTION ON UPDATE CASCADE)
    """,
    "CREATE INDEX idx_fk_film_actor_film ON film_actor(film_id)",
    """
    CREATE TABLE store (
      store_id INT NOT NULL, manager_staff_id SMALLINT NOT NULL, last_update TIMESTAMP NOT NULL,
      PRIMARY KEY (store_id), CONSTRAINT fk_store_staff FOREIGN KEY (manager_staff_id)
        REFERENCES staff (staff_id))
    """,
    """
    CREATE TABLE staff (
      staff_id SMALLINT NOT NULL, first_name VARCHAR(45) NOT NULL, picture BLOB DEFAULT NULL,
      email VARCHAR(50) DEFAULT NULL, store_id INT NOT NULL, active SMALLINT DEFAULT 1 NOT NULL,
      PRIMARY KEY (staff_id), CONSTRAINT fk_staff_store FOREIGN KEY (store_id)
        REFERENCES store (store_id) ON DELETE NO ACTION ON UPDATE CASCADE)
    """,
    """
    CREATE VIEW film_list AS SELECT film.film_id AS FID, film.title AS title,
      film.rental_rate AS price FROM film
    """)

  /// Every key deferred, names made of tables and hashes, booleans as `bool`.
  private static let django = FamousSchemas(
    "Django",
    """
    CREATE TABLE "auth_user" (
      "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL,
      "last_login" datetime NULL, "is_superuser" bool NOT NULL,
      "username" varchar(150) NOT NULL UNIQUE, "date_joined" datetime NOT NULL)
    """,
    """
    CREATE TABLE "auth_group" (
      "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE)
    """,
    """
    CREATE TABLE "auth_user_groups" (
      "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
      "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
      "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED)
    """,
    """
    CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq"
    ON "auth_user_groups" ("user_id", "group_id")
    """,
    "CREATE INDEX \"auth_user_groups_user_id_6a12ed8b\" ON \"auth_user_groups\" (\"user_id\")",
    "CREATE INDEX \"auth_user_groups_group_id_97559544\" ON \"auth_user_groups\" (\"group_id\")",
    """
    CREATE TABLE "django_admin_log" (
      "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "action_time" datetime NOT NULL,
      "object_id" text NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0),
      "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED)
    """,
    """
    CREATE TABLE "django_session" (
      "session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL,
      "expire_date" datetime NOT NULL)
    """,
    """
    CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date")
    """)

  /// Unique indexes in place of constraints, `datetime(6)`, keys to a table of their own, STI.
  private static let rails = FamousSchemas(
    "Rails",
    """
    CREATE TABLE "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY)
    """,
    """
    CREATE TABLE "users" (
      "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "email" varchar DEFAULT '' NOT NULL,
      "type" varchar, "admin" boolean DEFAULT 0 NOT NULL, "created_at" datetime(6) NOT NULL,
      "updated_at" datetime(6) NOT NULL)
    """,
    "CREATE UNIQUE INDEX \"index_users_on_email\" ON \"users\" (\"email\")",
    """
    CREATE TABLE "posts" (
      "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "user_id" integer NOT NULL,
      "title" varchar(255), "body" text, "views" integer DEFAULT 0,
      "published_at" datetime(6) DEFAULT CURRENT_TIMESTAMP, "created_at" datetime(6) NOT NULL,
      "updated_at" datetime(6) NOT NULL,
      CONSTRAINT "fk_rails_5b5ddfd518" FOREIGN KEY ("user_id") REFERENCES "users" ("id"))
    """,
    "CREATE INDEX \"index_posts_on_user_id\" ON \"posts\" (\"user_id\")",
    """
    CREATE UNIQUE INDEX "index_posts_on_lower_title" ON "posts" (lower(title))
    WHERE published_at IS NOT NULL
    """,
    """
    CREATE TABLE "categories" (
      "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar, "parent_id" integer,
      CONSTRAINT "fk_rails_82f48f7407" FOREIGN KEY ("parent_id") REFERENCES "categories" ("id")
        ON DELETE CASCADE)
    """,
    """
    CREATE TABLE "categories_posts" (
      "category_id" integer NOT NULL REFERENCES categories(id),
      "post_id" integer NOT NULL REFERENCES posts(id))
    """,
    """
    CREATE UNIQUE INDEX "by_pair" ON "categories_posts" ("category_id", "post_id")
    """)

  /// Two keys to one table, uniques over several columns, partial indexes, an account per user.
  private static let mastodon = FamousSchemas(
    "Mastodon",
    """
    CREATE TABLE accounts (
      id bigint PRIMARY KEY NOT NULL, username varchar DEFAULT '' NOT NULL, domain varchar,
      moved_to_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
      created_at timestamp NOT NULL, updated_at timestamp NOT NULL)
    """,
    """
    CREATE UNIQUE INDEX index_accounts_on_username_and_domain_lower
    ON accounts (lower(username), COALESCE(lower(domain), ''))
    """,
    """
    CREATE TABLE users (
      id bigint PRIMARY KEY NOT NULL, email varchar DEFAULT '' NOT NULL UNIQUE,
      account_id bigint NOT NULL UNIQUE REFERENCES accounts(id) ON DELETE CASCADE,
      settings json, sign_in_count int DEFAULT 0 NOT NULL)
    """,
    """
    CREATE TABLE follows (
      id bigint PRIMARY KEY NOT NULL,
      account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
      target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
      show_reblogs boolean DEFAULT TRUE NOT NULL, UNIQUE (account_id, target_account_id))
    """,
    "CREATE INDEX index_follows_on_target_account_id ON follows (target_account_id)",
    """
    CREATE TABLE statuses (
      id bigint PRIMARY KEY NOT NULL, text text DEFAULT '' NOT NULL,
      in_reply_to_id bigint REFERENCES statuses(id) ON DELETE SET NULL,
      reblog_of_id bigint REFERENCES statuses(id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
      deleted_at timestamp, visibility integer DEFAULT 0 NOT NULL CHECK (visibility BETWEEN 0 AND 4))
    """,
    """
    CREATE INDEX index_statuses_20190820 ON statuses (account_id, id DESC, visibility)
    WHERE deleted_at IS NULL
    """)

  /// Backticks, STRICT, WITHOUT ROWID, generated columns, times as numbers.
  private static let drizzle = FamousSchemas(
    "Drizzle",
    """
    CREATE TABLE `user` (
      `id` text PRIMARY KEY NOT NULL, `name` text NOT NULL COLLATE NOCASE,
      `created_at` integer DEFAULT (unixepoch()) NOT NULL, `data` text) STRICT
    """,
    "CREATE UNIQUE INDEX `user_name_unique` ON `user` (`name`)",
    """
    CREATE TABLE `account` (
      `user_id` text NOT NULL, `provider` text NOT NULL, `provider_account_id` text NOT NULL,
      `label` text GENERATED ALWAYS AS (`provider` || ':' || `provider_account_id`) STORED,
      PRIMARY KEY(`provider`, `provider_account_id`),
      FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade)
      WITHOUT ROWID
    """)
}
