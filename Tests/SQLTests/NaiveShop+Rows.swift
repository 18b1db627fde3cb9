import Foundation

/// Fills a naive shop with a few rows, many nulls among them, as a seed says.
struct ShopMaker {
  private var random: SeededGenerator
  private var shop = NaiveShop()

  static func shop(seed: Int) -> NaiveShop {
    var maker = ShopMaker(random: SeededGenerator(seed: seed))
    maker.fill()
    return maker.shop
  }

  private mutating func fill() {
    for code in ["DE", "FR", "XX"] {
      shop.add("Country", ["code": .text(code), "name": code == "XX" ? .text("DE") : text()])
    }
    for id in ids() {
      let user: [String: Cell] = [
        "id": id, "name": text(), "email": text(), "city": text(), "active": truth(),
        "countryCode": key(of: "Country", "code"),
      ]
      shop.add("User", user)
    }
    let categories = ids()
    for id in categories {
      // Also its own parent, or in a circle.
      let parent = random.chance(25) ? .null : random.pick(categories)
      shop.add("Category", ["id": id, "name": text(), "parentId": parent])
    }
    for id in ids() {
      let product: [String: Cell] = [
        "id": id, "title": text(), "price": number(0...2_000, hundredths: true),
        "stock": number(-3...12), "weight": number(0...8, hundredths: true), "addedAt": moment(),
        "userId": key(of: "User"), "categoryId": key(of: "Category"),
      ]
      shop.add("Product", product)
    }
    for id in ids() where !shop.all("User").isEmpty {
      let order: [String: Cell] = [
        "id": id, "status": word(["open", "paid", "sent"]), "placedOn": date(),
        "userId": key(of: "User", required: true),
      ]
      shop.add("Order", order)
    }
    for id in ids() + ids(from: 20)
    where !shop.all("Order").isEmpty && !shop.all("Product").isEmpty {
      let item: [String: Cell] = [
        "id": id, "quantity": number(1...9), "unitPrice": number(0...2_000, hundredths: true),
        "orderId": key(of: "Order", required: true),
        "productId": key(of: "Product", required: true),
      ]
      shop.add("OrderItem", item)
    }
    fillCarts()
    fillBoxes()
  }

  private mutating func fillCarts() {
    for id in ids() {
      var user = key(of: "User")
      if shop.all("Cart").contains(where: { $0.cells["userId"] == user }) { user = .null }
      shop.add("Cart", ["id": id, "note": text(), "userId": user])
    }
    for cart in shop.all("Cart") {
      for product in shop.all("Product") where random.chance(30) {
        let item: [String: Cell] = [
          "quantity": number(1...9), "cartId": cart.cells["id"] ?? .null,
          "productId": product.cells["id"] ?? .null,
        ]
        shop.add("CartItem", item)
      }
    }
  }

  private mutating func fillBoxes() {
    for hall in 1...2 {
      for row in 1...2 {
        shop.add("Shelf", ["hall": .number(Decimal(hall)), "row": .number(Decimal(row))])
      }
    }
    for id in ids() {
      let shelf = random.pick(shop.all("Shelf"))
      let isNowhere = random.chance(25)
      let box: [String: Cell] = [
        "id": id, "size": number(0...9), "limit": number(0...9),
        "shelfHall": isNowhere ? .null : shelf.cells["hall"] ?? .null,
        "shelfRow": isNowhere ? .null : shelf.cells["row"] ?? .null,
      ]
      shop.add("Box", box)
    }
  }

  // MARK: Values

  private mutating func ids(from first: Int = 1) -> [Cell] {
    let count = Int.random(in: 0...7, using: &random)
    return (first..<first + count).map { .number(Decimal($0)) }
  }

  private mutating func text() -> Cell {
    word(["Tee", "tee", "Cap", "Mug", "a*b", "a[b]", "", "T", "Teepot"])
  }

  private mutating func word(_ words: [String]) -> Cell {
    random.chance(15) ? .null : .text(random.pick(words))
  }

  private mutating func truth() -> Cell {
    random.chance(20) ? .null : .truth(random.chance(50))
  }

  private mutating func number(_ range: ClosedRange<Int>, hundredths: Bool = false) -> Cell {
    if random.chance(15) { return .null }
    let number = Int.random(in: range, using: &random)
    return .number(
      Decimal(
        sign: number < 0 ? .minus : .plus, exponent: hundredths ? -2 : 0,
        significand: Decimal(abs(number))))
  }

  private mutating func date() -> Cell {
    if random.chance(15) { return .null }
    let month = Int.random(in: 1...3, using: &random)
    return .text("2026-0\(month)-1\(Int.random(in: 0...9, using: &random))")
  }

  private mutating func moment() -> Cell {
    guard case .text(let day) = date() else { return .null }
    return .text("\(day) 0\(Int.random(in: 0...2, using: &random)):00:00")
  }

  private mutating func key(
    of model: String, _ column: String = "id", required: Bool = false
  ) -> Cell {
    if !required, random.chance(20) { return .null }
    return shop.all(model).randomElement(using: &random)?.cells[column] ?? .null
  }
}
