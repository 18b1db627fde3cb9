import RelishModel
import Testing

/// How a model is told: `save`, `say`, `show` (LANGUAGE.md §5, §7).
struct SentencesTests {
  // MARK: save

  /// Sentences as said, and the shortest that say the same.
  @Test(arguments: [
    ("", ""),
    // Defaults are left out; both sides are one relation.
    (
      "User hasMany Product; Product belongsTo User optional onDelete set null onUpdate cascade",
      "model User\nmodel Product\n\nProduct belongsTo User\n"
    ),
    (
      "User has name string(255) optional; User labeled by name; User has age integer",
      "User has name string, age integer\n"
    ),
    ("model A; A hasOne B", "model A\nmodel B\n\nB belongsTo A unique\n"),
    (
      "model Staff plural 'staff'; model Log table 'l' without timestamps",
      "model Staff plural \"staff\"\nmodel Log table \"l\" without timestamps\n"
    ),
    (
      "set naming snake; UserRole has a integer column 'A'",
      "set naming snake\n\nUserRole has a integer column \"A\"\n"
    ),
    ("set timestamps off; model A; model B", "set timestamps off\n\nmodel A\nmodel B\n"),
    // A junction without a sentence of its own stands in its relation.
    (
      "Cart belongsToMany Product through CartItem (quantity integer default 1)",
      "model Cart\nmodel Product\n\n"
        + "Cart belongsToMany Product through CartItem (quantity integer default 1)\n"
    ),
    (
      "Student belongsToMany Course through Seat; Course belongsToMany Student through Seat"
        + " onDelete restrict; Seat indexed by courseId",
      "model Student\nmodel Course\nmodel Seat\n\n"
        + "Student belongsToMany Course through Seat\n"
        + "Course belongsToMany Student through Seat onDelete restrict\n"
        + "Seat indexed by courseId\n"
    ),
    // An attribute that is the key of a relation, and a key made of one.
    (
      "Product has userCode string(5) required, title text; User has code string(5) key;"
        + " Product belongsTo User",
      "Product has userCode string(5) required, title text\nUser has code string(5) key\n\n"
        + "Product belongsTo User\n"
    ),
    (
      "model Slot key userId, day; Slot has day date; Slot belongsTo User",
      "model Slot key userId, day\nSlot has day date\n\nmodel User\n\nSlot belongsTo User\n"
    ),
    // Names that are no plain names.
    (
      "`order line` has `a b` integer; `order line` belongsTo User as `the one`",
      "`order line` has `a b` integer\nmodel User\n\n`order line` belongsTo User as `the one`\n"
    ),
  ])
  func saved(said: String, saved: String) {
    let built = BuiltGraph(said)
    #expect(built.refused.isEmpty, "\(built.refused)")
    #expect(Sentences.save(built.graph) == saved)
  }

  @Test func longLinesAreBroken() {
    let said =
      "Product has title string required unique, description text default \"nothing is known\","
      + " price decimal(10,2) default 0 check price >= 0"
    let lines = Sentences.save(BuiltGraph(said).graph).split(separator: "\n")
    #expect(
      lines == [
        "Product has title string required unique,",
        "  description text default \"nothing is known\",",
        "  price decimal(10,2) default 0 check price >= 0",
      ])
  }

  // MARK: say

  @Test(arguments: [
    ("onDelete cascade", "(optional); when the User is deleted, its products are deleted too."),
    ("", "(optional); when the User is deleted, its products stay without a user."),
    (
      "onDelete set default",
      "(optional); when the User is deleted, its products get the default userId."
    ),
    ("onDelete restrict", "(optional); a User that has products cannot be deleted."),
    ("unconstrained", "(optional); the database does not check whether there is such a User."),
    (
      "unique onDelete cascade",
      "(optional), and no two to the same one; when the User is deleted, its product is deleted too."
    ),
    (
      "as owner onUpdate restrict",
      "as its owner (optional); when the User is deleted, its products stay without an owner;"
        + " its id cannot change while there are some."
    ),
  ])
  func rulesInEnglish(options: String, sentence: String) {
    let graph = BuiltGraph("Product belongsTo User \(options)").graph
    let said = Sentences.say(graph.model(named: "Product"), in: graph)
    #expect(said.last == "A Product belongs to one User \(sentence)")
  }

  @Test func aModelInEnglish() {
    let graph = BuiltGraph(
      """
      model Order without timestamps
      Order has code string key, total decimal(10,2) default 0 check total >= 0, note text required
      Order unique by total, note; Order indexed by note
      Order belongsTo User required onDelete restrict
      OrderItem belongsTo Order; OrderItem belongsTo Product
      Order belongsToMany Tag through OrderTag
      Order hasMany Product as bought through orderItems product
      """
    ).graph
    #expect(
      Sentences.say(graph.model(named: "Order"), in: graph) == [
        "An Order has code (string), total (decimal(10,2), 0 by default, with total >= 0)"
          + " and note (text, required).",
        "Its key is code.",
        "No two have the same total and note.",
        "There is an index by note.",
        "An Order belongs to exactly one User; a User that has orders cannot be deleted.",
        "An Order has many orderItems (OrderItem order).",
        "An Order has many orderTags (OrderTag order).",
        "An Order has many tags (Tag), joined by OrderTag.",
        "An Order reaches many bought (Product) by orderItems, then product;"
          + " no column of its own.",
      ])
    let all = Sentences.say(nil, in: graph)
    #expect(all.count { $0.isEmpty } == graph.models.count - 1)
  }

  @Test(arguments: [
    ("User", "A"), ("Order", "An"), ("Unit", "A"), ("Hour", "An"), ("House", "A"), ("Euro", "A"),
    ("Uncle", "An"), ("Item", "An"), ("Été", "A"),
  ])
  func articles(model: String, article: String) {
    let graph = BuiltGraph("model \(model) without timestamps").graph
    #expect(
      Sentences.say(nil, in: graph) == ["\(article) \(model) has no attributes of its own."])
  }

  // MARK: show

  @Test func showRows() throws {
    let graph = BuiltGraph(
      """
      Product has title string(80) required unique, price integer default 1 note "in cents"
      Product belongsTo User as owner onDelete cascade; Product indexed by price
      Product belongsToMany Tag through Label; User hasMany Tag as themes through products tags
      """
    ).graph
    #expect(
      Sentences.showModels(graph) == [
        ["model", "table", "key", "attributes", "relations"],
        ["Product", "products", "id", "6", "owner, labels, tags"],
        ["User", "users", "id", "3", "products, themes"],
        ["Tag", "tags", "id", "3", "labels, products"],
        ["Label", "labels", "productId, tagId", "4", "product, tag"],
      ])
    let rules = "required, on delete cascade, on update cascade"
    #expect(
      Sentences.showRelations(graph) == [
        ["relation", "other side", "key", "rules"],
        [
          "Product owner", "User products", "products.ownerId → users.id",
          "optional, on delete cascade, on update cascade",
        ],
        ["Label product", "Product labels", "labels.productId → products.id", rules],
        ["Label tag", "Tag labels", "labels.tagId → tags.id", rules],
        ["Product tags", "Tag products", "through labels", ""],
        ["User themes", "", "through products tags", ""],
      ])
    let product = try #require(graph.model(named: "Product"))
    #expect(
      Sentences.showModel(product, in: graph) == [
        ["name", "type", "details"],
        ["id", "integer", "key, numbered by the database"],
        ["title", "string(80)", "required, unique, label"],
        ["price", "integer", "default 1, \"in cents\""],
        ["createdAt", "datetime", "required, set when the row is created"],
        ["updatedAt", "datetime", "required, set when the row changes"],
        ["ownerId", "integer", "key of owner"],
        ["owner", "User", "by ownerId, optional, on delete cascade, on update cascade"],
        ["labels", "many Label", "other side of Label product"],
        ["tags", "many Tag", "through Label"],
        ["products_price", "index", "price"],
      ])
  }

  @Test func columnsAreShownWhereTheyDiffer() throws {
    let graph = BuiltGraph("set naming snake; A has bC integer; A unique by bC").graph
    let rows = Sentences.showModel(try #require(graph.model(named: "A")), in: graph)
    #expect(rows.first == ["name", "column", "type", "details"])
    #expect(rows.contains(["bC", "b_c", "integer", ""]))
    #expect(rows.last == ["", "as_b_c_unique", "unique", "bC"])
  }
}
