import Foundation
import Support
import Testing

/// What the README shows of a session is what the program answers.
@Suite("README")
struct ReadmeTests {
  /// Fenced blocks that are a session: statements after `> `, and their answers.
  private static func sessions() throws -> [String] {
    let text = try String(contentsOfFile: Project.root.path + "/README.md", encoding: .utf8)
    let parts = text.components(separatedBy: "```")
    return parts.enumerated().filter { !$0.offset.isMultiple(of: 2) }
      .map { $0.element.trimmingCharacters(in: .newlines) }.filter { $0.hasPrefix("> ") }
  }

  @Test("every statement has the answer of examples/tour.out or examples/change.out")
  func tour() throws {
    let recorded = try ["tour", "change"].map { name in
      try String(contentsOfFile: Project.root.path + "/examples/\(name).out", encoding: .utf8)
    }.joined()
    let sessions = try Self.sessions()
    #expect(sessions.count >= 3)
    for session in sessions {
      for statement in session.components(separatedBy: "\n> ") {
        let text = (statement.hasPrefix("> ") ? "" : "> ") + statement + "\n"
        #expect(recorded.contains(text), "not in the examples' output:\n\(text)")
      }
    }
  }

  /// The table of LANGUAGE.md §7, word for word.
  static let thirteen = [
    #"User "Max" products title"#,
    #"User where name = "Max" their products show title"#,
    "User where count products > 3 show name, count products as n",
    "Cart show id with products (title, quantity)",
    "User where no orders show name",
    "Product show title, sum orderItems (quantity * unitPrice) as revenue top 5 by revenue",
    #"User where email ends with "@x.org" their orders sort placedAt desc page 2 size 20"#,
    "Product 7 user carts products title",
    "Product where some reviews and every review (stars >= 4) show title",
    "Category show name with products (title, price top 3 by price)",
    #"User where city = "Berlin" show name, count products, count orders, sum orders.total as spent, "#
      + "max orders.placedAt as last",
    #"Category "Clothing" tree children their products title"#,
    #"OrderItem where product.user.name = "Max" and order.placedAt >= "2026-01-01" "#
      + "group order.user show user.name, sum (quantity * unitPrice) as spent sort spent desc",
  ]

  @Test("the thirteen walks of the contract are in the tour", arguments: thirteen)
  func walk(_ walk: String) throws {
    #expect(try Self.sessions().joined(separator: "\n").contains("> " + walk + "\n"))
  }
}
