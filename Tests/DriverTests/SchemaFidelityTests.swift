import FoundationEssentials
import RelishDrivers
import RelishModel
import RelishSQL
import Support
import Testing

/// A table that was read and written again is the same, whoever made it.
@Suite struct SchemaFidelityTests {
  /// `RELISH_SEEDS=50000` tries more schemas, `RELISH_FIRST_SEED=1764` begins there.
  private static var seeds: Range<UInt64> {
    let environment = ProcessInfo.processInfo.environment
    let number = { (name: String) in environment[name].flatMap(UInt64.init) }
    let first = number("RELISH_FIRST_SEED") ?? 0
    return first..<first + (number("RELISH_SEEDS") ?? 250)
  }

  @Test func generatedSchemas() throws {
    var tables = 0
    for seed in Self.seeds {
      var schemas = RandomSchemas(seed: seed)
      let statements = schemas.statements()
      let driver = try memoryDatabase()
      // Some of them SQLite refuses.
      for statement in statements { _ = try? driver.run(statement) }
      tables += try expectFidelity(of: driver, "seed \(seed)")
    }
    #expect(tables > Self.seeds.count)
  }

  @Test func chinook() throws {
    guard let driver = try? SQLiteDriver(path: SQLiteInspectorTests.chinook, readOnly: false) else {
      print("skipped: no \(SQLiteInspectorTests.chinook)")
      return
    }
    // Its indexes are looked at through a probe, so on a copy in memory.
    let copy = try memoryDatabase()
    for text in try driver.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL") {
      if case .text(let sql) = text[0] { try copy.run(sql) }
    }
    try expectFidelity(of: copy, "Chinook")
  }

  /// What no pragma helps with: keys to nothing, views over nothing, tables that a module makes up.
  @Test func oddities() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE t(a REFERENCES missing, b REFERENCES t, c)",
      "CREATE TABLE \"\"(\"\" PRIMARY KEY DESC, b AS (1), \"Ä\", \"ä\")",
      "CREATE VIRTUAL TABLE f USING fts5(text)", "CREATE VIEW broken AS SELECT * FROM gone",
      "CREATE VIEW v(one, two) AS SELECT 1, c FROM t",
      "CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN SELECT 1; END")
    try expectFidelity(of: driver, "oddities")
    let schema = try driver.inspect()
    #expect(schema.virtualTables == ["f"])
    #expect(schema.tables.map(\.name) == ["t", ""])
    #expect(schema.views.map { $0.columns.map(\.name) } == [[], ["one", "two"]])
    #expect(schema.triggers.map(\.table) == ["v"])
  }

  /// - Returns: how many tables there are.
  @discardableResult
  private func expectFidelity(of driver: SQLiteDriver, _ comment: String) throws -> Int {
    let schema = try driver.inspect()
    let copy = try memoryDatabase()
    let writer = SchemaWriter(dialect: copy.dialect)
    for table in schema.tables {
      expectEqual(table, copy.dialect.asStored(table), "\(comment), as stored")
      _ = try copy.execute(writer.createTable(table))
      for index in table.indexes {
        _ = try copy.execute(writer.createIndex(index, on: table.name))
      }
    }
    for text in schema.views.map(\.text) + schema.triggers.map(\.text) { try copy.run(text) }
    let again = try copy.inspect()
    for (first, second) in zip(schema.tables, again.tables) {
      expectEqual(first, second, comment)
    }
    #expect(schema.tables.count == again.tables.count)
    #expect(schema.views == again.views && schema.triggers == again.triggers, "\(comment)")
    let (before, after) = (try SchemaDump.lines(of: driver), try SchemaDump.lines(of: copy))
    for (line, other) in zip(before, after) where line != other {
      let texts = try driver.rows("SELECT sql FROM sqlite_schema WHERE type = 'table'")
      Issue.record("\(comment): \(line)\nbecame \(other)\nin \(texts)")
      break
    }
    #expect(before.count == after.count, "\(comment)")
    return schema.tables.count
  }

  /// Tells which field differs.
  private func expectEqual(_ first: Table, _ second: Table, _ comment: String) {
    guard first != second else { return }
    let pairs = zip(Mirror(reflecting: first).children, Mirror(reflecting: second).children)
    for (left, right) in pairs where "\(left.value)" != "\(right.value)" {
      Issue.record("\(comment): \(left.label ?? "") \(left.value)\nbecame \(right.value)")
    }
  }
}
