import RelishLanguage
import RelishModel
import RelishSQL
import Testing

@Suite struct SchemaDiffTests {
  private func table() -> Table {
    var table = Table(name: "products")
    table.columns = [
      Column(name: "id", type: .integer), Column(name: "title", type: .string(length: 255)),
      Column(name: "price", type: .double), Column(name: "userId", type: .integer),
    ]
    table.columns[1].isNotNull = true
    table.primaryKey = ["id"]
    table.numberRows()
    table.foreignKeys = [
      ForeignKey(
        columns: ["userId"], table: "users", targetColumns: ["id"], onDelete: .cascade,
        onUpdate: .cascade)
    ]
    table.indexes = [Index(name: "products_userId", columns: ["userId"])]
    table.uniques = [UniqueKey(name: "u", columns: ["title", "price"])]
    return table
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let expected: String
    let apply: @Sendable (inout Table) -> Void
    init(_ expected: String, _ apply: @escaping @Sendable (inout Table) -> Void) {
      self.expected = expected
      self.apply = apply
    }
    var testDescription: String { expected }
  }

  static let changes: [Change] = [
    Change("`price` is text in the database, double in the model") { $0.columns[2].type = .text },
    Change("`price` is VARCHAR in the database, double in the model") {
      $0.columns[2].type = .other("VARCHAR")
    },
    Change("`title` is string(20) in the database, string(255) in the model") {
      $0.columns[1].type = .string(length: 20)
    },
    Change("`title` is optional in the database, required in the model") {
      $0.columns[1].isNotNull = false
    },
    Change("`price` is required in the database, optional in the model") {
      $0.columns[2].isNotNull = true
    },
    Change("`price` has default 0 in the database, no default in the model") {
      $0.columns[2].defaultValue = .literal(.integer(0))
    },
    Change("`title` has default \"a \\\"b\\\"\" in the database, no default in the model") {
      $0.columns[1].defaultValue = .literal(.text("a \"b\""))
    },
    Change("`price` has check `price > 0` in the database, no check in the model") {
      $0.columns[2].check = .expression("price > 0")
    },
    Change("column `imageUrl` is only in the database") {
      $0.columns.append(Column(name: "imageUrl", type: .text))
    },
    Change("column `price` is only in the model") {
      $0.columns.remove(at: 2)
      $0.uniques[0].columns = ["title", "price"]
    },
    Change("`id` is numbered by the database in the model only") {
      $0.columns[0].isAutoIncrement = false
    },
    Change("the key is `title` in the database, `id` in the model") { $0.primaryKey = ["title"] },
    Change("the key is no column in the database, `id` in the model") { $0.primaryKey = [] },
    Change("unique `price`, `title` is only in the model") { $0.uniques = [] },
    Change("unique `userId` is only in the database") {
      $0.uniques.append(UniqueKey(name: nil, columns: ["userId"]))
    },
    Change("index on `userId` is only in the model") { $0.indexes = [] },
    Change("index on `title` is only in the database") {
      $0.indexes.append(Index(name: "x", columns: ["title"]))
    },
    Change("`userId` → users.id is on delete set null in the database, cascade in the model") {
      $0.foreignKeys[0].onDelete = .setNull
    },
    Change("`userId` → users.id is on update no action in the database, cascade in the model") {
      $0.foreignKeys[0].onUpdate = .noAction
    },
    Change("foreign key `userId` → users.id is only in the model") { $0.foreignKeys = [] },
  ]

  @Test(arguments: changes)
  func eachDifferenceIsOneSentence(change: Change) {
    var live = table()
    change.apply(&live)
    #expect(
      SchemaDiff.differences(wanted: table(), live: live).map(\.description) == [change.expected])
  }

  @Test func whatIsNoDifference() {
    var live = table()
    live.columns.reverse()
    live.columns[0].name = "USERID"
    live.name = "Products"
    live.indexes[0].name = "another"
    live.uniques = []
    live.indexes.append(Index(name: "x", columns: ["PRICE", "title"], isUnique: true))
    live.foreignKeys[0].table = "Users"
    // What no model says is kept.
    live.checks = [TableCheck(text: "price > 1")]
    live.columns[2].collation = "NOCASE"
    #expect(SchemaDiff.differences(wanted: table(), live: live) == [])
    var first = table()
    var second = table()
    first.columns[2].type = .enumeration(["a", "b"])
    second.columns[2].type = .enumeration(["b", "a"])
    #expect(SchemaDiff.differences(wanted: first, live: second) == [])
  }
}
