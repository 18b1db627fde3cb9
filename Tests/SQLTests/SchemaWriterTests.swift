import RelishLanguage
import RelishModel
import RelishSQL
import Testing

@Suite struct SchemaWriterTests {
  private let writer = SchemaWriter(dialect: SQLiteDialect())

  private func column(
    _ name: String, _ type: AttributeType, required: Bool = false
  ) -> Column {
    var column = Column(name: name, type: type)
    column.isNotNull = required
    return column
  }

  @Test func theTableOfTheFirstSession() {
    var products = Table(name: "products")
    products.columns = [
      column("id", .integer), column("title", .string(length: 255), required: true),
      column("price", .double, required: true), column("createdAt", .datetime, required: true),
      column("updatedAt", .datetime, required: true), column("userId", .integer),
    ]
    products.columns[0].isAutoIncrement = true
    products.primaryKey = ["id"]
    products.foreignKeys = [
      ForeignKey(
        columns: ["userId"], table: "users", targetColumns: ["id"], onDelete: .cascade,
        onUpdate: .cascade)
    ]
    #expect(
      writer.createTable(products).prepared(SQLiteDialect()) == """
        CREATE TABLE products (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          title VARCHAR(255) NOT NULL,
          price DOUBLE NOT NULL,
          createdAt DATETIME NOT NULL,
          updatedAt DATETIME NOT NULL,
          userId INTEGER REFERENCES users(id) ON DELETE CASCADE ON UPDATE CASCADE
        )
        """)
  }

  @Test func everythingElseThatATableCanHave() throws {
    var items = Table(name: "order")
    items.columns = [
      column("a", .integer, required: true), column("group", .string(length: 4), required: true),
      column("status", .enumeration(["open", "it's"])), column("price", .double),
      column("at", .datetime), column("email", .string(length: 80)),
    ]
    items.columns[2].defaultValue = .literal(.text("open"))
    items.columns[3].check = .condition(
      CheckSyntax(
        condition: .compare(
          .greaterOrEqual, .path(Path(names: [Name("price")], range: .none)),
          .literal(.integer(0), .none), ignoringCase: false, .none), source: "price >= 0"))
    items.columns[4].defaultValue = .now
    items.primaryKey = ["a", "group"]
    items.uniques = [
      UniqueKey(name: nil, columns: ["email"]),
      UniqueKey(name: "order_at_email_unique", columns: ["at", "email"]),
    ]
    items.foreignKeys = [
      ForeignKey(
        columns: ["a", "group"], table: "carts", targetColumns: ["x", "y"], onDelete: .setNull,
        onUpdate: .noAction)
    ]
    items.checks = [TableCheck(text: "a > 1")]
    #expect(
      writer.createTable(try writer.writingChecks(of: items)).prepared(SQLiteDialect()) == """
        CREATE TABLE "order" (
          a INTEGER NOT NULL,
          "group" VARCHAR(4) NOT NULL,
          status VARCHAR(4) DEFAULT 'open' CHECK (status IN ('open', 'it''s')),
          price DOUBLE CHECK (price >= 0),
          at DATETIME DEFAULT CURRENT_TIMESTAMP,
          email VARCHAR(80) UNIQUE,
          PRIMARY KEY (a, "group"),
          CONSTRAINT order_at_email_unique UNIQUE (at, email),
          FOREIGN KEY (a, "group") REFERENCES carts(x, y) ON DELETE SET NULL ON UPDATE NO ACTION,
          CHECK (a > 1)
        )
        """)
    let index = Index(name: "order_group", columns: ["group", "a"], isUnique: true)
    #expect(
      writer.createIndex(index, on: "order").prepared(SQLiteDialect())
        == "CREATE UNIQUE INDEX order_group ON \"order\"(\"group\", a)")
    #expect(writer.dropTable("order").prepared(SQLiteDialect()) == "DROP TABLE \"order\"")
  }
}
