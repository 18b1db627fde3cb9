import RelishLanguage
import RelishModel
import Testing

/// LANGUAGE.md §3 "Names in the database", §4 and §9: what tables the sentences want.
struct SchemaLoweringTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var sentences: String
    /// One line per column, key and index of the tables named.
    var wanted: String
    var testDescription: String { sentences }
  }

  @Test(arguments: SchemaLoweringTests.cases)
  func tables(_ example: Case) {
    let built = BuiltGraph(example.sentences)
    #expect(built.refused.isEmpty, "\(built.refused)")
    let schema = SchemaLowering.schema(of: built.graph)
    #expect(schema.tables.map(Self.text).joined(separator: "\n") == example.wanted)
  }

  @Test func onlyTheModelsAskedFor() {
    let graph = BuiltGraph("A has x integer; B has y integer; C belongsTo A").graph
    #expect(
      SchemaLowering.schema(of: graph, models: ["C", "A"]).tables.map(\.name) == ["as", "cs"])
    #expect(SchemaLowering.schema(of: graph).tables.count == 3)
  }

  private static func text(_ table: Table) -> String {
    var lines = ["\(table.name) (\(table.primaryKey.joined(separator: ", ")))"]
    for column in table.columns where !["createdAt", "updatedAt"].contains(column.name) {
      var words = ["  \(column.name)", column.type.words]
      if column.isNotNull { words.append("not null") }
      if column.isAutoIncrement { words.append("numbered") }
      switch column.defaultValue {
      case nil: break
      case .literal(let literal): words.append("default \(SyntaxWriter.literal(literal))")
      case .some(let other): words.append("default \(other)")
      }
      if let check = column.check { words.append("check \(check.source)") }
      lines.append(words.joined(separator: " "))
    }
    for unique in table.uniques { lines.append("  unique \(unique.name ?? "-") \(unique.columns)") }
    for key in table.foreignKeys {
      lines.append(
        "  \(key.columns) → \(key.table) \(key.targetColumns)"
          + " \(key.onDelete.rawValue), \(key.onUpdate.rawValue)")
    }
    for index in table.indexes { lines.append("  index \(index.name) \(index.columns)") }
    return lines.joined(separator: "\n")
  }

  static let cases: [Case] = [
    Case(
      sentences: """
        Product has title string(80) required unique, price decimal(10,2) default 0 check price >= 0
        Product belongsTo User onDelete cascade
        """,
      wanted: """
        products (id)
          id integer not null numbered
          title string(80) not null
          price decimal(10,2) default 0 check price >= 0
          userId integer
          unique - ["title"]
          ["userId"] → users ["id"] cascade, cascade
          index products_userId ["userId"]
        users (id)
          id integer not null numbered
        """),
    Case(
      sentences: """
        model Log without timestamps
        Log has at datetime default now(), day date default today(), level integer default -1
        Log has rate decimal(3,1) default -0.5, word string default null, flag boolean default true
        Log indexed by day, level; Log unique by word, day
        """,
      wanted: """
        logs (id)
          id integer not null numbered
          at datetime default now
          day date default today
          level integer default -1
          rate decimal(3,1) default -0.5
          word string(255) default null
          flag boolean default true
          unique logs_word_day_unique ["word", "day"]
          index logs_day_level ["day", "level"]
        """),
    Case(
      sentences: """
        set naming snake
        model OrderItem without timestamps
        OrderItem has unitPrice integer check unitPrice > 0 and not unitPrice in (7, 9), state enum("a", "b")
        OrderItem belongsTo OrderItem as firstPart required
        OrderItem indexed by unitPrice
        """,
      wanted: """
        order_items (id)
          id integer not null numbered
          unit_price integer check unit_price > 0 and not unit_price in (7, 9)
          state enum("a", "b")
          first_part_id integer not null
          ["first_part_id"] → order_items ["id"] restrict, cascade
          index order_items_unit_price ["unit_price"]
          index order_items_first_part_id ["first_part_id"]
        """),
    Case(
      sentences: """
        set timestamps off
        Cart belongsToMany Product through CartItem (quantity integer default 1)
        """,
      wanted: """
        carts (id)
          id integer not null numbered
        products (id)
          id integer not null numbered
        cartItems (cartId, productId)
          cartId integer not null
          productId integer not null
          quantity integer default 1
          ["cartId"] → carts ["id"] cascade, cascade
          ["productId"] → products ["id"] cascade, cascade
          index cartItems_productId ["productId"]
        """),
    Case(
      sentences: """
        set timestamps off
        Enrollment has number integer key
        Student belongsToMany Course through Enrollment onDelete restrict
        """,
      wanted: """
        enrollments (number)
          number integer not null
          studentId integer not null
          courseId integer not null
          unique enrollments_studentId_courseId_unique ["studentId", "courseId"]
          ["studentId"] → students ["id"] restrict, cascade
          ["courseId"] → courses ["id"] cascade, cascade
          index enrollments_courseId ["courseId"]
        students (id)
          id integer not null numbered
        courses (id)
          id integer not null numbered
        """),
    Case(
      sentences: """
        set timestamps off
        Seat has row string(1) key, number integer key
        Ticket belongsTo Seat unique
        Country has iso string(2) unique
        Ticket belongsTo Country to iso unconstrained
        """,
      wanted: """
        seats (row, number)
          row string(1) not null
          number integer not null
        tickets (id)
          id integer not null numbered
          seatRow string(1)
          seatNumber integer
          countryId string(2)
          unique tickets_seatRow_seatNumber_unique ["seatRow", "seatNumber"]
          ["seatRow", "seatNumber"] → seats ["row", "number"] set null, cascade
          index tickets_countryId ["countryId"]
        countries (id)
          id integer not null numbered
          iso string(2)
          unique - ["iso"]
        """),
  ]
}
