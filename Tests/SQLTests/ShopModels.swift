import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// A shop with every kind of relation; its tables and rows are in `Goldens/shop.sql`.
enum Shop {
  static let sentences = """
    User has name string, email string, city string, active boolean
    Category has name string
    Product has title string, price decimal(10,2), stock integer, weight double, addedAt datetime
    Order has status enum("open", "paid", "sent"), placedOn date
    OrderItem has quantity integer, unitPrice decimal(10,2)
    Cart has note text
    Country has code string(2) key, name string
    Shelf has hall integer key, row integer key
    Box has size integer, `limit` integer
    User belongsTo Country
    Category belongsTo Category as parent
    Category hasMany Category as children by parent
    Product belongsTo User
    Product belongsTo Category
    Order belongsTo User required
    OrderItem belongsTo Order required
    OrderItem belongsTo Product required
    User hasOne Cart
    Cart belongsToMany Product through CartItem (quantity integer)
    Box belongsTo Shelf
    User hasMany Product as bought through orders orderItems product
    """

  static let graph: ModelGraph = {
    var builder = GraphBuilder(settings: GraphSettings(timestamps: false))
    var reader = StatementReader(name: "shop", text: sentences)
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

  static let variables: [String: Variable] = [
    "ann": .rows(model: "User", keys: [[.integer(2)]]),
    "both": .rows(model: "User", keys: [[.integer(1)], [.integer(2)]]),
    "nobody": .rows(model: "User", keys: []),
    "shelf": .rows(model: "Shelf", keys: [[.integer(1), .integer(2)]]),
    "dear": .value(.integer(20)), "word": .value(.text("Tee")), "half": .value(.double(0.5)),
  ]

  static var resolver: QueryResolver {
    QueryResolver(
      graph: graph, variables: variables,
      now: (date: "2026-03-10", datetime: "2026-03-10 12:00:00"))
  }
}
