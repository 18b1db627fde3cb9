import RelishModel
import Testing

/// LANGUAGE.md §3 "Names in the database", §5 `pull`, §9.
struct NamingTests {
  let camel = Naming(style: .camel)
  let snake = Naming(style: .snake)

  @Test(arguments: [
    ("CartItem", "cartItems", "cart_items"), ("User", "users", "users"),
    ("Person", "people", "people"), ("APIKey", "apiKeys", "api_keys"), ("API", "apis", "apis"),
    ("UserAPI", "userAPIs", "user_apis"), ("HTTPRequest", "httpRequests", "http_requests"),
    ("Order2Item", "order2Items", "order2_items"), ("ORDER_ITEM", "orderItems", "order_items"),
    ("Order_Item", "orderItems", "order_items"), ("Order Line", "orderLines", "order_lines"),
    ("Été", "étés", "étés"), ("X", "xes", "xes"), ("Users", "users", "users"),
    ("IsActive", "isActives", "is_actives"),
  ])
  func tables(model: String, camelName: String, snakeName: String) {
    #expect(camel.table(model: model) == camelName)
    #expect(snake.table(model: model) == snakeName)
  }

  @Test func pluralOption() {
    #expect(camel.table(model: "Staff", plural: "staff") == "staff")
    #expect(camel.table(model: "Crew", plural: "CrewMembers") == "crewMembers")
    #expect(snake.table(model: "Crew", plural: "crewMembers") == "crew_members")
    #expect(camel.relation(toMany: "Crew", plural: "CrewMembers") == "crewMembers")
    // A table of a database may be called so.
    #expect(camel.relation(toOne: "_") == "_" && camel.relation(toMany: "_") == "_")
  }

  @Test(arguments: [
    ("createdAt", "created_at"), ("userId", "user_id"), ("title", "title"), ("APIKey", "api_key"),
    ("imageURL", "image_url"), ("line2", "line2"), ("already_snake", "already_snake"),
    ("_hidden", "_hidden"), ("a__b", "a__b"), ("trailing_", "trailing_"), ("x", "x"),
    ("roomNumber", "room_number"),
  ])
  func columns(attribute: String, column: String) {
    #expect(camel.column(attribute) == attribute)
    #expect(snake.column(attribute) == column)
  }

  @Test(arguments: [
    ("user", "id", "userId"), ("user", "code", "userCode"), ("firstOwner", "id", "firstOwnerId"),
    ("seat", "row", "seatRow"), ("user", "userNo", "userUserNo"),
  ])
  func keys(relation: String, target: String, key: String) {
    #expect(camel.key(relation: relation, targetKey: target) == key)
    #expect(snake.key(relation: relation, targetKey: target) == key)
  }

  @Test(arguments: [
    ("CartItem", "cartItem", "cartItems"), ("APIKey", "apiKey", "apiKeys"),
    ("Person", "person", "people"), ("Category", "category", "categories"),
    ("URL", "url", "urls"), ("ORDERS", "orders", "orders"),
  ])
  func relations(model: String, one: String, many: String) {
    #expect(snake.relation(toOne: model) == one)
    #expect(snake.relation(toMany: model) == many)
  }

  @Test func indexes() {
    #expect(camel.index(table: "products", columns: ["userId"]) == "products_userId")
    #expect(camel.unique(table: "users", columns: ["name", "email"]) == "users_name_email_unique")
    #expect(camel.junctionRelation(alias: "friends") == "friend")
  }

  @Test(arguments: [
    ("UnitPrice", "unitPrice"), ("unit_price", "unitPrice"), ("UNIT_PRICE", "unitPrice"),
    ("ID", "id"), ("ArtistId", "artistId"), ("imageURL", "imageURL"), ("Unit Price", "unitPrice"),
    ("user_id", "userId"), ("URL", "url"), ("2nd_name", "_2ndName"), ("$", "$"), ("_id", "id"),
    ("created_at", "createdAt"), ("CUSTOMERNAME", "customername"), ("Größe", "größe"),
  ])
  func attributesOfColumns(column: String, attribute: String) {
    #expect(camel.attribute(fromColumn: column) == attribute)
  }

  @Test(arguments: [
    ("order_items", "OrderItem"), ("OrderItems", "OrderItem"), ("ORDER_ITEM", "OrderItem"),
    ("orderItem", "OrderItem"), ("people", "Person"), ("Album", "Album"), ("tracks", "Track"),
    ("invoice lines", "InvoiceLine"), ("PlaylistTrack", "PlaylistTrack"), ("statuses", "Status"),
    ("status", "Status"), ("news", "News"), ("PEOPLE", "Person"), ("2020_sales", "_2020Sale"),
    ("menus", "Menu"), ("addresses", "Address"), ("api_keys", "ApiKey"),
  ])
  func modelsOfTables(table: String, model: String) {
    #expect(camel.model(fromTable: table) == model)
  }
}
