/// Random CREATE statements of SQLite with everything that a schema from elsewhere may have: types of
/// every spelling, odd names, keys and constraints in all their forms, comments between the words.
///
/// Some are refused by SQLite and then make no table.
package struct RandomSchemas {
  private var generator: SeededGenerator
  private var tables: [(name: String, columns: [String])] = []
  private static let names = [
    "users", "order", "a b", "Ünïcode", "1abc", "select", "quote\"d", "it's", "OrderItems",
    "tab\tbed", "back`tick", "brack[et", "people", "product_categories", "x", "_", "Group",
  ]
  private static let columnNames = [
    "id", "name", "unit_price", "UnitPrice", "key", "user_id", "a b", "größe", "2nd", "x\"y",
    "it's",
    "order", "createdAt", "updated_at", "e mail", "status", "rowid", "check", "parent_id", "CODE",
  ]
  private static let types = [
    "", "INTEGER", "int", "INT", "TEXT", "VARCHAR(20)", "nvarchar ( 160 )", "NUMERIC(10, 2)",
    "decimal(5)", "REAL", "DOUBLE PRECISION", "FLOAT", "BOOLEAN", "tinyint(1)", "DATETIME", "DATE",
    "time", "timestamp with time zone", "BLOB", "JSON", "uuid", "UNSIGNED BIG INT", "geometry",
    "\"my type\"", "NATIVE CHARACTER(70)", "VARCHAR(99999999999)", "STRING", "ANY", "bigint",
  ]

  package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// The statements in an order in which they can run.
  package mutating func statements() -> [String] {
    let names = Self.names.shuffled(using: &generator)
      .prefix(Int.random(in: 1...5, using: &generator))
    for name in names {
      let columns = Self.columnNames.shuffled(using: &generator)
        .prefix(Int.random(in: 1...6, using: &generator))
      tables.append((name, Array(columns)))
    }
    var statements = tables.indices.map { table($0) }
    for (number, table) in tables.enumerated() {
      if chance(0.6) { statements.append(index("index \(number)", on: table)) }
      if chance(0.3) { statements.append(index("i\(number)", on: table)) }
      if chance(0.2) {
        statements.append(
          "CREATE TRIGGER \(quoted("on \(number)")) AFTER INSERT ON \(quoted(table.name)) "
            + "BEGIN SELECT 1; END")
      }
      if chance(0.2) {
        statements.append(
          "CREATE VIEW \(quoted("view \(number)")) AS SELECT \(quoted(table.columns[0])), 1 + 1 AS two "
            + "FROM \(quoted(table.name))")
      }
    }
    return statements
  }

  // MARK: Tables

  private mutating func table(_ number: Int) -> String {
    let (name, columns) = tables[number]
    var hasKey = false
    let isStrict = chance(0.1)
    var lines = columns.map { column($0, of: number, isStrict: isStrict, &hasKey) }
    if !hasKey, chance(0.5) {
      lines.append(
        named() + "PRIMARY KEY (" + terms(columns, isAutoincrement: chance(0.1)) + ")" + conflict())
      hasKey = true
    }
    if chance(0.3) { lines.append(named() + "UNIQUE (" + terms(columns) + ")" + conflict()) }
    if chance(0.2) { lines.append(named() + "UNIQUE (" + terms(columns) + ")") }
    if chance(0.2) { lines.append(named() + "CHECK (" + condition(columns) + ")") }
    if chance(0.2) { lines.append(named() + foreignKey(columns)) }
    var options: [String] = []
    if hasKey, chance(0.2) { options.append("WITHOUT ROWID") }
    if isStrict { options.append("strict") }
    let body = lines.joined(separator: chance(0.2) ? ", /* a, (comment */ " : ",\n")
    return "CREATE TABLE \(quoted(name)) (\(body)) \(options.joined(separator: ", "))"
  }

  private mutating func column(
    _ name: String, of table: Int, isStrict: Bool, _ hasKey: inout Bool
  ) -> String {
    let type =
      isStrict ? pick(["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"]) : pick(Self.types)
    var parts = [quoted(name), type]
    var constraints: [String] = []
    if !hasKey, chance(0.25) {
      hasKey = true
      if chance(0.5), parts[1] != "INTEGER" { parts[1] = "INTEGER" }
      constraints.append(
        named() + "PRIMARY KEY" + pick(["", "", " ASC", " DESC"]) + conflict()
          + pick(["", "", " AUTOINCREMENT"]))
    }
    if chance(0.3) { constraints.append(named() + "NOT NULL" + conflict()) }
    if chance(0.1) { constraints.append("NULL") }
    // Which of two equal keys says the order of its index is not looked at.
    if !constraints.contains(where: { $0.contains("DESC") }), chance(0.15) {
      constraints.append(named() + "UNIQUE" + conflict())
    }
    if chance(0.3) { constraints.append("DEFAULT " + value()) }
    if chance(0.15) { constraints.append("COLLATE " + pick(["nocase", "RTRIM", "Binary"])) }
    if chance(0.15) { constraints.append(named() + "CHECK (" + condition([name]) + ")") }
    if chance(0.1) {
      constraints.append(
        named() + "CHECK (" + quoted(name) + " IN (" + pick(["'a', 'b''c'", "'x'", "1, 2"]) + "))")
    }
    if chance(0.2) { constraints.append(named() + reference(count: 1)) }
    if chance(0.08) {
      let other = pick(tables[table].columns)
      constraints.append(
        pick(["", "GENERATED ALWAYS "]) + "AS (coalesce(" + quoted(other) + ", - -1) || 'x')"
          + pick(["", " STORED", " virtual"]))
    }
    return (parts + constraints.shuffled(using: &generator)).joined(separator: " ")
  }

  private mutating func value() -> String {
    pick([
      "0", "-1", "+5", "1.50", "1e5", ".5", "'it''s'", "''", "NULL", "TRUE", "false", "x'00fF'",
      "CURRENT_TIMESTAMP", "current_date", "CURRENT_TIME", "(1 + 2)", "(abs(-1))", "word",
      "(lower('A') || 'b')", "99999999999999999999", "0x1F", "(- -1)", "'a\nb'", "(NULL)",
      "-9223372036854775808", "1.0", "(datetime('now'))",
    ])
  }

  private mutating func condition(_ columns: [String]) -> String {
    let column = quoted(pick(columns))
    return pick([
      "\(column) > 0", "length(\(column))<5 AND \(column)<>'x''y'", "((\(column) IS NOT NULL))",
      "\(column) between 1 and 3 OR \(column) GLOB 'a*'", "\(column) NOT IN (1,2) -- why\n",
      "CASE WHEN \(column) THEN 1 ELSE - -2 END", "CAST(\(column) AS INT) >= -1.5e3",
    ])
  }

  private mutating func terms(_ columns: [String], isAutoincrement: Bool = false) -> String {
    let chosen = columns.shuffled(using: &generator)
      .prefix(Int.random(in: 1...3, using: &generator))
    let terms = chosen.map {
      quoted($0) + pick(["", "", "", " COLLATE nocase", " collate binary"])
        + pick(["", "", " ASC", " desc"])
    }
    return terms.joined(separator: ", ") + (isAutoincrement ? " AUTOINCREMENT" : "")
  }

  // MARK: Keys and indexes

  private mutating func foreignKey(_ columns: [String]) -> String {
    let chosen = columns.shuffled(using: &generator)
      .prefix(Int.random(in: 1...2, using: &generator))
    return "FOREIGN KEY (" + chosen.map { quoted($0) }.joined(separator: ", ") + ") "
      + reference(count: chosen.count)
  }

  private mutating func reference(count: Int) -> String {
    let target = pick(tables)
    var text = "REFERENCES " + (chance(0.1) ? "missing" : quoted(target.name))
    if chance(0.7) {
      let columns = target.columns.shuffled(using: &generator).prefix(count)
      let names = columns.map { quoted($0) } + (columns.count..<count).map { "c\($0)" }
      text += " (" + names.joined(separator: ", ") + ")"
    }
    for event in ["DELETE", "UPDATE"] where chance(0.4) {
      text +=
        " ON \(event) " + pick(["CASCADE", "SET NULL", "set default", "NO ACTION", "RESTRICT"])
    }
    if chance(0.1) { text += " MATCH FULL" }
    return text
      + pick([
        "", "", "", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE INITIALLY DEFERRED",
        " DEFERRABLE", " deferrable initially immediate",
      ])
  }

  private mutating func index(_ name: String, on table: (name: String, columns: [String]))
    -> String
  {
    let terms = chance(0.3) ? "lower(\(quoted(pick(table.columns)))) DESC" : terms(table.columns)
    let end = chance(0.3) ? " WHERE \(quoted(pick(table.columns))) IS NOT NULL" : ""
    return "CREATE \(chance(0.2) ? "UNIQUE " : "")INDEX \(quoted(name)) ON \(quoted(table.name))"
      + "(\(terms))\(end)"
  }

  // MARK: Words

  private mutating func named() -> String {
    chance(0.25) ? "CONSTRAINT \(quoted(pick(["k", "a constraint", "check", "one"]))) " : ""
  }

  private mutating func conflict() -> String {
    chance(0.1) ? " ON CONFLICT " + pick(["IGNORE", "replace", "ABORT", "FAIL", "rollback"]) : ""
  }

  private mutating func quoted(_ name: String) -> String {
    switch Int.random(in: 0...3, using: &generator) {
    case 0 where !name.contains("]"): "[\(name)]"
    case 1: "`" + name.replacing("`", with: "``") + "`"
    default: "\"" + name.replacing("\"", with: "\"\"") + "\""
    }
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &generator)]
  }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < share
  }
}
