import RelishLanguage
import RelishModel

/// A shop with every kind of relation, made by hand so that these tests depend on nothing else.
struct ShopModels: ModelLookup {
  private(set) var models: [Model] = []
  private var relations: [Relation] = []

  func model(named name: String) -> Model? { models.first { $0.name == name } }
  func relation(_ id: Relation.ID) -> Relation? { relations.first { $0.id == id } }
  var modelNames: [String] { models.map(\.name) }

  init() {
    add(
      "User", "users", label: "name", ("name", .string(length: 255)),
      ("email", .string(length: 255)), ("city", .string(length: 255)), ("active", .boolean))
    add("Category", "categories", label: "name", ("name", .string(length: 255)))
    add(
      "Product", "products", label: "title", ("title", .string(length: 255)),
      ("price", .decimal(precision: 10, scale: 2)), ("stock", .integer), ("weight", .double),
      ("addedAt", .datetime))
    add(
      "Order", "orders", ("status", .enumeration(["open", "paid", "sent"])), ("placedOn", .date))
    add(
      "OrderItem", "orderItems", ("quantity", .integer),
      ("unitPrice", .decimal(precision: 10, scale: 2)))
    add("Cart", "carts", ("note", .text))
    add("CartItem", "cartItems", key: ["cartId", "productId"], ("quantity", .integer))
    add(
      "Country", "countries", key: ["code"], label: "name", ("code", .string(length: 2)),
      ("name", .string(length: 255)))
    add("Shelf", "shelves", key: ["hall", "row"], ("hall", .integer), ("row", .integer))
    add("Box", "boxes", ("size", .integer), ("limit", .integer))

    relate("Product", "user", "User", inverse: "products")
    relate("User", "country", "Country", inverse: "users", to: "code")
    relate("Category", "parent", "Category", inverse: "children")
    relate("Product", "category", "Category", inverse: "products")
    relate("Order", "user", "User", inverse: "orders", required: true)
    relate("OrderItem", "order", "Order", inverse: "orderItems", required: true)
    relate("OrderItem", "product", "Product", inverse: "orderItems", required: true)
    relate("Cart", "user", "User", inverse: "cart", unique: true)
    relate("CartItem", "cart", "Cart", inverse: "cartItems", required: true)
    relate("CartItem", "product", "Product", inverse: "cartItems", required: true)
    relate("Box", "shelf", "Shelf", inverse: "boxes")
    join("Cart", "products", "Product", "carts", through: "CartItem")
    walk("User", "bought", "Product", ["orders", "orderItems", "product"])
  }

  private mutating func add(
    _ name: String, _ table: String, key: [String] = ["id"], label: String? = nil,
    _ attributes: (String, AttributeType)...
  ) {
    var model = Model(name: name, table: table, origin: .declared)
    if key == ["id"] {
      model.attributes.append(Attribute(name: "id", column: "id", type: .integer))
    }
    model.attributes += attributes.map { Attribute(name: $0.0, column: $0.0, type: $0.1) }
    model.primaryKey = key
    model.label = label
    models.append(model)
  }

  private mutating func change(_ name: String, _ body: (inout Model) -> Void) {
    for index in models.indices where models[index].name == name { body(&models[index]) }
  }

  private mutating func relate(
    _ holder: String, _ name: String, _ target: String, inverse: String, to: String? = nil,
    required: Bool = false, unique: Bool = false
  ) {
    let id = Relation.ID(relations.count)
    let key = model(named: target)?.primaryKey ?? []
    let attributes = key.map { name + $0.prefix(1).uppercased() + $0.dropFirst() }
    var relation = Relation(
      id: id, holder: holder, name: name, attributes: attributes, target: target,
      targetAttributes: key)
    relation.isRequired = required
    relation.isUnique = unique
    relation.inverse = inverse
    relations.append(relation)
    let types = key.map { model(named: target)?.attribute(named: $0)?.type ?? .integer }
    change(holder) { model in
      for (attribute, type) in zip(attributes, types) {
        model.attributes.append(
          Attribute(name: attribute, column: attribute, type: type, role: .relationKey(id)))
      }
      model.associations.append(
        Association(name: name, target: target, isToMany: false, route: .forward(id)))
    }
    change(target) { model in
      model.associations.append(
        Association(name: inverse, target: holder, isToMany: !unique, route: .inverse(id)))
    }
  }

  private mutating func join(
    _ left: String, _ name: String, _ right: String, _ inverse: String, through junction: String
  ) {
    let sides = relations.filter { $0.holder == junction }
    guard let near = sides.first(where: { $0.target == left }),
      let far = sides.first(where: { $0.target == right })
    else { return }
    change(left) {
      $0.associations.append(
        Association(
          name: name, target: right, isToMany: true,
          route: .junction(near: near.id, far: far.id)))
    }
    change(right) {
      $0.associations.append(
        Association(
          name: inverse, target: left, isToMany: true,
          route: .junction(near: far.id, far: near.id)))
    }
  }

  private mutating func walk(
    _ model: String, _ name: String, _ target: String, _ steps: [String]
  ) {
    change(model) {
      $0.associations.append(
        Association(name: name, target: target, isToMany: true, route: .walk(steps)))
    }
  }
}

extension ShopModels {
  static let variables: [String: Variable] = [
    "ann": .rows(model: "User", keys: [[.integer(2)]]),
    "both": .rows(model: "User", keys: [[.integer(1)], [.integer(2)]]),
    "nobody": .rows(model: "User", keys: []),
    "shelf": .rows(model: "Shelf", keys: [[.integer(1), .integer(2)]]),
    "dear": .value(.integer(20)), "word": .value(.text("Tee")), "half": .value(.double(0.5)),
  ]

  var resolver: QueryResolver {
    QueryResolver(
      graph: self, variables: Self.variables,
      now: (date: "2026-03-10", datetime: "2026-03-10 12:00:00"))
  }
}
