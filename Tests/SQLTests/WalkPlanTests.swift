import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// A walk that starts at few rows reads only rows that it needs: SQLite searches each table by a key.
@Suite("Plans of walks")
struct WalkPlanTests {
  @Test(
    "search every table",
    arguments: [
      #"User "Max" products title"#, "Product 1 user name", "User 1 cart note", "Cart 1 user name",
      "Cart 1 products title", "Product 1 carts note", "User 1 bought title", "User $both orders",
      "User 1 country name", #"Country where code = "DE" users name"#,
      "Category 1 children products title", "Category 2 parent name",
      "Shelf where hall = 1 and row = 2 boxes size", "Box 1 shelf hall",
      "User 1 bought carts products orderItems order user name",
      #"CartItem where cart.user.name = "Max" show product.title"#,
      #"Order where user.name = "Max" sort user.name show id, user.country.name"#,
      "User 1 where some orders (some orderItems (product.user = outer.user)) name",
      "User 1 show count orders, count bought, count cart.products",
      #"User where name starts with "Ma" show id, name"#, "User 2 limit 1 products title",
      "Product 3 where every orderItems (order.user.name != outer.title) title",
      "Product where user = $ann title", "Product where user in ($ann, 3) title",
    ])
  func searches(_ walk: String) throws {
    let plan = try openShop().plan(try statement(for: walk)).map(\.text)
    let scans = plan.filter { $0.hasPrefix("SCAN") && !Self.isHarmless($0) }
    #expect(!plan.isEmpty)
    #expect(scans == [], "\(plan)")
  }

  /// Reading back a few values that the statement itself has gathered.
  private static func isHarmless(_ step: String) -> Bool {
    step.hasPrefix("SCAN w") || step.contains("CONSTANT ROW")
  }
}
