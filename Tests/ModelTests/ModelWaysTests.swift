import RelishLanguage
import RelishModel
import Testing

@Suite("Ways between models")
struct ModelWaysTests {
  private static let graph = BuiltGraph(
    """
    set timestamps off
    User has name string
    Product belongsTo User
    Product belongsTo User as reviewer
    User hasMany Product as reviewed by reviewer
    Category belongsTo Category as parent
    Category hasMany Category as children by parent
    Product belongsTo Category
    User hasOne Cart
    Cart belongsToMany Product through CartItem
    Order belongsTo User
    OrderItem belongsTo Order
    OrderItem belongsTo Product
    User hasMany Product as bought through orders orderItems product
    Person belongsToMany Person through Friendship as friends
    Shelf has hall integer key, row integer key
    Box belongsTo Shelf
    Island has name string
    """
  ).graph

  @Test(
    "the shortest first, then those one hop longer where there are few",
    arguments: [
      (
        "User", "Category",
        "User products category, User reviewed category, User cart products category"
      ),
      ("Cart", "Product", "Cart products, Cart user products, Cart user reviewed"),
      (
        "User", "OrderItem",
        "User products orderItems, User reviewed orderItems, User orders orderItems"
      ),
      ("Category", "Category", "Category parent, Category children"),
      ("Person", "Person", "Person friends, Person friendFriendships person"),
      ("Box", "Shelf", "Box shelf"), ("Shelf", "Box", "Shelf boxes"),
      ("User", "Island", ""), ("Island", "Island", ""), ("Box", "Box", "Box shelf boxes"),
    ])
  func ways(_ start: String, _ end: String, _ expected: String) throws {
    let ways = try Self.ways(start, end)
    #expect(ways.map(\.walk).joined(separator: ", ") == expected)
    #expect(ways.map(\.hops) == ways.map { $0.walk.split(separator: " ").count - 1 })
  }

  @Test("a hop has its key, a junction both of its own, a composite key all columns")
  func keys() throws {
    #expect(
      try Self.ways("Box", "Shelf")[0].keys == ["boxes.(shelfHall, shelfRow) → shelves.(hall, row)"]
    )
    #expect(
      try Self.ways("Cart", "Product")[0].keys == [
        "cartItems.cartId → carts.id", "cartItems.productId → products.id",
      ])
  }

  @Test("no way goes there and back over a key of one row, or takes a junction apart")
  func detours() throws {
    for start in Self.graph.models {
      for end in Self.graph.models {
        for way in Self.graph.ways(from: start, to: end) {
          #expect(!way.walk.hasSuffix("user cart user") && !way.walk.contains("cart user cart"))
          #expect(!way.walk.contains("cartItems product") || start.name == "CartItem")
        }
      }
    }
  }

  @Test("at most ten, also where very many lead there")
  func many() throws {
    var sentences = "set timestamps off\nHub has name string\n"
    for number in 1...40 {
      sentences += "Way\(number) belongsTo Hub as a\nHub hasMany Way\(number) as w\(number) by a\n"
      sentences +=
        "Way\(number) belongsTo Goal as b\nGoal hasMany Way\(number) as v\(number) by b\n"
    }
    let graph = BuiltGraph(sentences).graph
    let hub = try #require(graph.model(named: "Hub"))
    let goal = try #require(graph.model(named: "Goal"))
    #expect(graph.ways(from: hub, to: goal).map(\.hops) == Array(repeating: 2, count: 10))
    #expect(graph.ways(from: hub, to: hub).map(\.hops) == Array(repeating: 4, count: 10))
  }

  private static func ways(_ start: String, _ end: String) throws -> [ModelWay] {
    graph.ways(
      from: try #require(graph.model(named: start)), to: try #require(graph.model(named: end)))
  }
}
