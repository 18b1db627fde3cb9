import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// Written, run and read back, a table is what was wanted.
@Suite struct SchemaRoundTripTests {
  private func column(
    _ name: String, _ type: AttributeType, required: Bool = false, _ value: ColumnDefault? = nil
  ) -> Column {
    var column = Column(name: name, type: type)
    column.isNotNull = required
    column.defaultValue = value
    return column
  }

  private func readBack(_ tables: [Table]) throws -> [Table] {
    let driver = try memoryDatabase()
    let writer = SchemaWriter(dialect: driver.dialect)
    for statement in SchemaPlan.create(tables).steps.flatMap(writer.write) {
      _ = try driver.execute(statement)
    }
    let schema = try driver.inspect()
    return try tables.map { try #require(schema.table(named: $0.name)) }
  }

  private func expectRoundTrip(_ tables: Table...) throws {
    let dialect = SQLiteDialect()
    for (wanted, live) in zip(tables, try readBack(tables)) {
      let stored = dialect.asStored(wanted)
      #expect(stored == live)
      #expect(SchemaDiff.differences(wanted: stored, live: live) == [])
      // What was read is a fixed point.
      #expect(dialect.asStored(live) == live)
    }
  }

  @Test func everyTypeWithAndWithoutNull() throws {
    let types: [AttributeType] = [
      .string(length: 255), .string(length: 1), .text, .integer, .bigint,
      .decimal(precision: 10, scale: 2), .decimal(precision: 38, scale: 0), .float, .double,
      .boolean, .date, .time, .datetime, .uuid, .json, .blob, .enumeration(["open", "it's", "ü"]),
    ]
    var table = Table(name: "types")
    for (number, type) in types.enumerated() {
      table.columns += [
        column("a\(number)", type), column("b\(number)", type, required: true),
      ]
    }
    try expectRoundTrip(table)
  }

  @Test func everyDefault() throws {
    var table = Table(name: "defaults")
    let defaults: [(AttributeType, ColumnDefault)] = [
      (.text, .literal(.text("it's \"so\" \\ here\n"))), (.text, .literal(.text(""))),
      (.text, .literal(.text("a\0b"))), (.text, .literal(.null)),
      (.integer, .literal(.integer(0))), (.integer, .literal(.integer(.min))),
      (.integer, .literal(.integer(-1))), (.integer, .literal(.boolean(true))),
      (.boolean, .literal(.boolean(false))), (.boolean, .literal(.integer(1))),
      (
        .decimal(precision: 5, scale: 2),
        .literal(.decimal(Decimal(isNegative: true, digits: "950", scale: 2)))
      ),
      (
        .decimal(precision: 5, scale: 2),
        .literal(.decimal(Decimal(isNegative: false, digits: "5", scale: 2)))
      ),
      (.double, .literal(.decimal(Decimal(isNegative: false, digits: "7", scale: 0)))),
      (.blob, .literal(.blob([1, 255]))), (.blob, .literal(.blob([]))),
      (.datetime, .now), (.date, .now), (.time, .now), (.date, .today), (.datetime, .today),
      (.integer, .expression("1 + abs(-2)")), (.enumeration(["a", "b"]), .literal(.text("b"))),
      (.datetime, .literal(.text("2026-01-01 00:00:00"))),
    ]
    for (number, (type, value)) in defaults.enumerated() {
      table.columns.append(column("c\(number)", type, required: number.isMultiple(of: 2), value))
    }
    try expectRoundTrip(table)
  }

  @Test func keysChecksAndStrangeNames() throws {
    var users = Table(name: "users")
    users.columns = [column("id", .integer), column("email", .string(length: 80), required: true)]
    users.columns[0].isAutoIncrement = true
    users.primaryKey = ["id"]
    users.uniques = [UniqueKey(name: nil, columns: ["email"])]
    var orders = Table(name: "order")
    orders.columns = [
      column("select", .string(length: 9)), column("2nd \"part\"", .integer, required: true),
      column("größe", .double), column("userId", .integer), column("parent a", .string(length: 9)),
      column("parent b", .integer),
    ]
    orders.columns[2].check = .expression("größe > 0 AND größe <> 3.5")
    orders.primaryKey = ["select", "2nd \"part\""]
    orders.uniques = [
      UniqueKey(name: "orders_größe_userId_unique", columns: ["größe", "userId"]),
      UniqueKey(name: nil, columns: ["userId", "größe"]),
    ]
    orders.foreignKeys = [
      ForeignKey(
        columns: ["userId"], table: "users", targetColumns: ["id"], onDelete: .setNull,
        onUpdate: .cascade),
      ForeignKey(
        columns: ["parent a", "parent b"], table: "order",
        targetColumns: ["select", "2nd \"part\""], onDelete: .restrict, onUpdate: .noAction),
    ]
    orders.indexes = [
      Index(name: "order_userId", columns: ["userId"]),
      Index(name: "group", columns: ["parent a", "parent b"], isUnique: true),
    ]
    orders.checks = [TableCheck(text: "größe IS NULL OR userId > 0")]
    try expectRoundTrip(orders, users)
  }

  @Test func keysOfEveryType() throws {
    let types: [AttributeType] = [.integer, .bigint, .string(length: 5), .uuid, .date]
    for type in types {
      var table = Table(name: "t")
      table.columns = [column("code", type), column("x", .text)]
      table.primaryKey = ["code"]
      table.uniques = [UniqueKey(name: "t_code_unique", columns: ["code"])]
      try expectRoundTrip(table)
    }
    var keyless = Table(name: "keyless")
    keyless.columns = [column("x", .integer)]
    try expectRoundTrip(keyless)
  }

  /// Tables made up by a fixed sequence of numbers: every combination that the language can state.
  @Test(arguments: 0..<40)
  func generatedSchemas(seed: UInt64) throws {
    var numbers = Numbers(state: seed)
    var tables: [Table] = []
    let types: [AttributeType] = [
      .string(length: 40), .text, .integer, .bigint, .decimal(precision: 8, scale: 3), .double,
      .boolean, .datetime, .enumeration(["x", "y z"]), .blob,
    ]
    for number in 0..<(2 + numbers.below(6)) {
      var table = Table(name: numbers.below(4) == 0 ? "group \(number)" : "t\(number)")
      table.columns = [column("id", .integer)]
      table.primaryKey = ["id"]
      table.columns[0].isAutoIncrement = true
      for place in 0..<(1 + numbers.below(5)) {
        table.columns.append(
          column("c\(place)", types[numbers.below(types.count)], required: numbers.below(2) == 0))
        if numbers.below(4) == 0 {
          table.uniques.append(UniqueKey(name: nil, columns: ["c\(place)"]))
        }
      }
      tables.append(table)
    }
    for index in tables.indices {
      for place in 0..<numbers.below(3) {
        let rules = ReferentialRule.allCases
        tables[index].columns.append(column("k\(place)", .integer))
        tables[index].foreignKeys.append(
          ForeignKey(
            columns: ["k\(place)"], table: tables[numbers.below(tables.count)].name,
            targetColumns: ["id"], onDelete: rules[numbers.below(rules.count)],
            onUpdate: rules[numbers.below(rules.count)]))
        tables[index].indexes.append(
          Index(name: "i\(index)_k\(place)", columns: ["k\(place)"]))
      }
    }
    let dialect = SQLiteDialect()
    for (wanted, live) in zip(tables, try readBack(tables)) {
      let differences = SchemaDiff.differences(wanted: dialect.asStored(wanted), live: live)
      #expect(differences == [])
      #expect(dialect.asStored(wanted) == live)
    }
  }

  /// A linear congruential generator (Knuth, MMIX): the same numbers in every run.
  private struct Numbers {
    var state: UInt64
    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }
}
