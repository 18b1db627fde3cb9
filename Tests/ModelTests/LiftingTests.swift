import FoundationEssentials
import RelishLanguage
import RelishModel
import Testing

extension Table {
  /// A table as other programs make them.
  fileprivate init(
    _ name: String, _ columns: [Column], key: [String] = ["id"], uniques: [[String]] = [],
    foreignKeys: [ForeignKey] = []
  ) {
    self.init(name: name)
    self.columns = columns
    primaryKey = key
    self.uniques = uniques.map { UniqueKey(name: nil, columns: $0) }
    self.foreignKeys = foreignKeys
  }
}

private func column(_ name: String, _ type: AttributeType = .integer) -> Column {
  Column(name: name, type: type)
}

private func key(
  _ columns: String..., to table: String, _ target: String..., onDelete: ReferentialRule = .noAction
) -> ForeignKey {
  ForeignKey(
    columns: columns, table: table, targetColumns: target, onDelete: onDelete, onUpdate: .noAction)
}

/// Tables, and what their models and relations are called.
private let foreign: [(tables: [Table], models: [String], relations: [String])] = [
  // Other habits of naming (LANGUAGE.md §5 `pull`).
  (
    [
      Table(
        "Customer", [column("CustomerId"), column("SupportRepId"), column("FirstName", .text)],
        key: ["CustomerId"], foreignKeys: [key("SupportRepId", to: "Employee", "EmployeeId")]),
      Table(
        "Employee", [column("EmployeeId"), column("ReportsTo")], key: ["EmployeeId"],
        foreignKeys: [key("ReportsTo", to: "Employee", "EmployeeId")]),
    ],
    ["Customer: customerId, supportRepId, firstName", "Employee: employeeId, reportsTo"],
    [
      "Customer.supportRepId → Employee.employeeId supportRep/customers",
      "Employee.reportsTo → Employee.employeeId reportsToEmployee/employees",
    ]
  ),
  (
    [
      Table(
        "order_items", [column("id"), column("order_id"), column("UnitPrice")],
        foreignKeys: [key("order_id", to: "ORDERS")]),
      Table(
        "orders", [column("id"), column("created_at", .datetime), column("updated_at", .datetime)]),
    ],
    ["OrderItem: id, orderId, unitPrice", "Order: id, createdAt, updatedAt"],
    ["OrderItem.orderId → Order.id order/orderItems"]
  ),
  // Two tables that would be one model, two columns that would be one attribute.
  (
    [
      Table("user", [column("id"), column("user_id"), column("userId")]),
      Table("users", [column("id")]),
    ],
    ["user: id, user_id, userId", "users: id"], []
  ),
  // Also where the plural is another word, and letters stand together differently.
  (
    [
      Table("order_child", [column("id")]), Table("orderChildren", [column("id")]),
      Table("ORDER_ITEM", [column("id")]), Table("line_items", [column("id")]),
    ],
    ["order_child: id", "orderChildren: id", "OrderItem: id", "LineItem: id"], []
  ),
  // The relation never has the name of an attribute.
  (
    [
      Table(
        "books", [column("id"), column("author", .text), column("author_id")],
        foreignKeys: [key("author_id", to: "people")]),
      Table("people", [column("id"), column("books", .text)]),
    ],
    ["Book: id, author, authorId", "Person: id, books"],
    ["Book.authorId → Person.id authorPerson/authorPersonBooks"]
  ),
  // A unique key is a one-to-one relation; several keys to one table; no primary key at all.
  (
    [
      Table("users", [column("id")]),
      Table(
        "profiles", [column("user_id"), column("made_by")], key: [], uniques: [["user_id"]],
        foreignKeys: [key("user_id", to: "users"), key("made_by", to: "users")]),
    ],
    ["User: id", "Profile: userId, madeBy"],
    [
      "Profile.userId → User.id user/profile", "Profile.madeBy → User.id madeByUser/profiles",
    ]
  ),
  // Composite keys.
  (
    [
      Table("seats", [column("row", .text), column("number")], key: ["row", "number"]),
      Table(
        "tickets", [column("id"), column("seat_row", .text), column("seat_number")],
        foreignKeys: [key("seat_row", "seat_number", to: "seats", "row", "number")]),
    ],
    ["Seat: row, number", "Ticket: id, seatRow, seatNumber"],
    ["Ticket.seatRow+seatNumber → Seat.row+number seat/tickets"]
  ),
  // A key to a table that is not there leads nowhere.
  (
    [Table("tags", [column("id"), column("post_id")], foreignKeys: [key("post_id", to: "posts")])],
    ["Tag: id, postId"], []
  ),
]

@Suite struct LiftingTests {
  @Test(arguments: foreign)
  func readsForeignTables(_ row: (tables: [Table], models: [String], relations: [String])) {
    let telling = Telling(schema: Schema(tables: row.tables))
    let models = telling.graph.models.map { model in
      "\(model.name): \(model.attributes.map(\.name).joined(separator: ", "))"
    }
    #expect(models == row.models)
    #expect(telling.relations == row.relations)
    #expect(telling.graph.models.allSatisfy { $0.origin == .database })
  }

  @Test func joinsThroughJunctions() {
    let telling = Telling(
      schema: Schema(tables: [
        Table("posts", [column("id")]),
        Table("tags", [column("id")]),
        Table(
          "posts_tags", [column("post_id"), column("tag_id"), column("note", .text)],
          key: ["post_id", "tag_id"],
          foreignKeys: [key("post_id", to: "posts"), key("tag_id", to: "tags")]),
        Table(
          "follows", [column("follower_id"), column("followed_id")],
          key: ["follower_id", "followed_id"],
          foreignKeys: [key("follower_id", to: "posts"), key("followed_id", to: "posts")]),
      ]))
    #expect(
      telling.ways(from: "Post") == [
        "postsTags ⇉ PostsTag", "followerFollows ⇉ Follow", "followedFollows ⇉ Follow",
        "tags ⇉ Tag", "followeds ⇉ Post", "followers ⇉ Post",
      ])
    #expect(telling.ways(from: "Tag") == ["postsTags ⇉ PostsTag", "posts ⇉ Post"])
  }

  /// A model is found by its table's name too (LANGUAGE.md §9 Database).
  @Test(
    arguments: [
      ("OrderItem", "OrderItem"), ("order_items", "OrderItem"), ("orderItems", "OrderItem"),
      ("Order_Item", "OrderItem"), ("People", "Person"), ("PERSON", "Person"), ("Persona", nil),
      ("User", nil), ("USER", "USER"), ("users", "users"),
    ] as [(String, String?)])
  func findsModels(name: String, model: String?) {
    let graph = Telling(
      schema: Schema(tables: [
        Table("order_items", [column("id")]), Table("people", [column("id")]),
        Table("USER", [column("id")]), Table("users", [column("id")]),
      ])
    ).graph
    #expect(graph.model(named: name)?.name == model)
    let code: Diagnostic.Code = name == "User" ? .ambiguous : .unknownModel
    #expect(graph.unknownModel(Name(name)).code == code || model != nil)
  }

  @Test func refusesANameThatFitsTwoTables() {
    let telling = Telling(
      "Order_Item has note text",
      schema: Schema(tables: [
        Table("order_items", [column("id")]), Table("orderItems", [column("id")]),
      ]))
    #expect(telling.errors.map(\.code) == [.ambiguous])
  }

  // MARK: Sentences on top

  private static let shop = Schema(tables: [
    Table("users", [column("id"), column("user_name", .text)]),
    Table(
      "products", [column("id"), column("creator_id"), column("title", .text)],
      foreignKeys: [key("creator_id", to: "users", onDelete: .cascade)]),
  ])

  @Test func goesOnFromTheTable() {
    let telling = Telling("Product has price double, title string(80)", schema: Self.shop)
    #expect(
      telling.lines == ["products: price double, title string(80) (was text)"])
    #expect(
      telling.attributes(of: "Product") == [
        "id integer key required", "creatorId=creator_id integer fk", "title string(80)",
        "price double",
      ])
    #expect(telling.graph.model(named: "Product")?.origin == .declared)
    #expect(telling.graph.model(named: "User")?.origin == .database)
  }

  /// A sentence about the same column is the same relation, and wins (LANGUAGE.md §4).
  @Test(arguments: [
    (
      "Product belongsTo User as creator required",
      "Product.creatorId → User.id creator/products", "required", ReferentialRule.cascade
    ),
    (
      "User hasMany Product as made by creator onDelete restrict",
      "Product.creatorId → User.id creator/made", "optional", .restrict
    ),
    (
      "Product belongsTo User as maker key creator_id onDelete set null",
      "Product.creatorId → User.id maker/products", "optional", .setNull
    ),
    (
      "User hasOne Product", "Product.creatorId → User.id creator/product", "optional", .cascade
    ),
  ])
  func meetsTheRelation(
    sentence: String, relation: String, required: String, onDelete: ReferentialRule
  ) {
    let telling = Telling(sentence, schema: Self.shop)
    #expect(telling.errors.isEmpty)
    #expect(telling.relations == [relation])
    let made = telling.graph.relations.first
    #expect(made?.isRequired == (required == "required"))
    #expect(made?.onDelete == onDelete)
  }

  @Test func aMentionDoesNotDeclare() {
    let telling = Telling("Review belongsTo Product", schema: Self.shop)
    let origins = telling.graph.models.map { "\($0.name) \($0.origin)" }
    #expect(origins == ["Review declared", "User database", "Product database"])
    #expect(
      telling.relations == [
        "Product.creatorId → User.id creator/products",
        "Review.productId → Product.id product/reviews",
      ])
  }

  /// A side that changes no table but the subject's leaves the other one undeclared.
  @Test(arguments: [
    ("User hasMany Product as made by creator", Model.Origin.database),
    ("User hasMany Product as made by creator onDelete restrict", .declared),
    ("User hasMany Product as owned key ownerId", .declared),
    ("User belongsToMany Tag through Product", .declared),
  ])
  func declaresWhatChanges(sentence: String, origin: Model.Origin) {
    let telling = Telling(sentence, schema: Self.shop)
    #expect(telling.graph.model(named: "Product")?.origin == origin)
  }

  @Test func modelStartsAnew() {
    let telling = Telling("model Product; Product has name string", schema: Self.shop)
    #expect(
      telling.attributes(of: "Product") == [
        "id integer key generated", "name string(255)", "createdAt datetime required",
        "updatedAt datetime required",
      ])
    #expect(telling.relations.isEmpty)
  }

  @Test func readingAgainKeepsWhatWasSaid() {
    var telling = Telling("Product drops title; User has age integer", schema: Self.shop)
    telling.builder.read(Self.shop)
    telling.builder.read(Schema())
    #expect(
      telling.attributes(of: "Product") == [
        "id integer key required", "creatorId=creator_id integer fk",
      ])
    #expect(telling.relations == ["Product.creatorId → User.id creator/products"])
  }

  // MARK: There and back

  /// What relish made, read back, is the same graph, but for labels and names given by `as`.
  @Test(arguments: [
    "Product has title string required unique, price decimal(10,2) default 0 check price >= 0; Product belongsTo User onDelete cascade",
    "User has email string; User unique by email; User unique by email, id; User indexed by email",
    "Product belongsTo User as creator; Product belongsTo User; Category belongsTo Category as parent",
    "Cart belongsToMany Product through CartItem (quantity integer default 1)",
    "Enrollment has number integer key; Student belongsToMany Course through Enrollment onDelete restrict",
    "Person belongsToMany Person as friends through Friendship",
    "Seat has row string(1) key, number integer key; Ticket belongsTo Seat required",
    "Seat has row string(1) key, number integer key; Ticket belongsTo Seat unique",
    "Country has iso string(2) unique; City belongsTo Country to iso",
    "User hasOne Cart required; User belongsTo Team; Team belongsTo User as captain",
    "model Log without timestamps; Log has at datetime default now(), day date default today()",
    "Order has status enum(\"open\", \"paid\") default \"open\", ok boolean default true",
    "Profile has userId integer key; Profile belongsTo User",
  ])
  func roundTrips(_ sentences: String) {
    let said = Telling(sentences)
    let read = Telling(schema: SchemaLowering.schema(of: said.graph))
    #expect(said.errors.isEmpty)
    #expect(Self.essence(of: read.graph) == Self.essence(of: said.graph))
  }

  @Test(arguments: ["shop", "school"])
  func examplesRoundTrip(name: String) throws {
    let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let script = try String(contentsOfFile: "/\(path)/examples/\(name).relish", encoding: .utf8)
    let said = Telling(script)
    let read = Telling(schema: SchemaLowering.schema(of: said.graph))
    #expect(Self.essence(of: read.graph) == Self.essence(of: said.graph))
  }

  /// Everything that a database can hold of a graph: no labels, no names of other sides. The order of
  /// keys is no difference.
  private static func essence(of graph: ModelGraph) -> [String] {
    let lines = GraphDump.text(graph).split(separator: "\n").map { line in
      String(line).replacing(#/ (label|inverse) \S+/#, with: "")
    }
    let ways = lines.filter { $0.contains(" by junction ") }.map { way in
      way.replacing(#/^ +\S+ /#, with: "")
    }
    let relations = lines.filter { $0.hasPrefix("relation") }
    let models = lines.filter { !$0.hasPrefix("relation") && !$0.contains(" → ") }
    return models + (relations + ways).sorted()
  }
}
