import FoundationEssentials
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

/// What was read from a database, saved as sentences and said to an empty one, is the same schema.
@Suite struct PullSaveTests {
  /// `RELISH_SEEDS=50000` tries more schemas, `RELISH_FIRST_SEED=1764` begins there.
  private static var seeds: Range<UInt64> {
    let environment = ProcessInfo.processInfo.environment
    let number = { (name: String) in environment[name].flatMap(UInt64.init) }
    let first = number("RELISH_FIRST_SEED") ?? 0
    return first..<first + (number("RELISH_SEEDS") ?? 120)
  }

  @Test func generatedSchemas() throws {
    for seed in Self.seeds {
      var schemas = RandomSchemas(seed: seed)
      let driver = try memoryDatabase()
      // Some of them SQLite refuses.
      for statement in schemas.statements() { _ = try? driver.run(statement) }
      try expectRebuilt(driver, "seed \(seed)")
    }
  }

  /// Schemas of well-known programs need no CREATE TABLE of their own: sentences tell all of them.
  @Test(arguments: FamousSchemas.all)
  func famousSchemas(_ famous: FamousSchemas) throws {
    let driver = try memoryDatabase()
    for statement in famous.statements { try driver.run(statement) }
    let saved = try expectRebuilt(driver, famous.name)
    #expect(saved.defined == [])
  }

  @Test func chinook() throws {
    guard let file = try? SQLiteDriver(path: SQLiteInspectorTests.chinook, readOnly: true) else {
      print("skipped: no \(SQLiteInspectorTests.chinook)")
      return
    }
    let driver = try memoryDatabase()
    for text in try file.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL") {
      if case .text(let sql) = text[0] { try driver.run(sql) }
    }
    let saved = try expectRebuilt(driver, "Chinook")
    #expect(saved.defined == [])
  }

  @discardableResult
  private func expectRebuilt(_ driver: SQLiteDriver, _ comment: String) throws -> SavedModel {
    let schema = try driver.inspect()
    var builder = GraphBuilder()
    builder.read(schema)
    let saved = SavedModel(builder.graph, from: schema, dialect: driver.dialect)
    let again = try graph(saidBy: saved.text, comment)
    let copy = try database(of: again)
    let (before, after) = (try SchemaDump.lines(of: driver), try SchemaDump.lines(of: copy))
    for line in before where !after.contains(line) {
      Issue.record("\(comment): no longer \(line)\nin\n\(saved.text)")
      break
    }
    for line in after where !before.contains(line) {
      Issue.record("\(comment): new is \(line)\nin\n\(saved.text)")
      break
    }
    #expect(before.count == after.count, "\(comment)")
    // Read again, it is the same model.
    var reread = GraphBuilder()
    reread.read(try copy.inspect())
    let (old, new) = (names(in: builder.graph), names(in: reread.graph))
    #expect(old == new, "\(comment)")
    return saved
  }

  private func graph(saidBy text: String, _ comment: String) throws -> ModelGraph {
    var builder = GraphBuilder()
    var reader = StatementReader(name: comment, text: text)
    while true {
      switch reader.next() {
      case .end: return builder.graph
      case .incomplete: throw reader.incompletion
      case .failed(let error, _): throw error
      case .statement: try say(try reader.parse(), in: reader.source(), to: &builder)
      }
    }
  }

  private func say(
    _ statement: Statement, in source: SourceText, to builder: inout GraphBuilder
  ) throws {
    switch statement {
    case .declaration(let declaration):
      do {
        _ = try builder.declare(declaration, in: source)
      } catch {
        Issue.record("\(source.name): \(error.message)\n\(source.text(in: error.range))")
      }
    case .command(.setting(_, let value)):
      builder.settings.timestamps = value.first?.value != "off"
    default: Issue.record("\(source.name) says something else")
    }
  }

  /// What a sync makes of the graph in an empty database.
  private func database(of graph: ModelGraph) throws -> SQLiteDriver {
    let driver = try memoryDatabase()
    let writer = SchemaWriter(dialect: driver.dialect)
    let schema = SchemaLowering.schema(of: graph)
    let tables = try schema.tables.map { table in
      guard let definition = table.definition else { return try writer.writingChecks(of: table) }
      return SavedModel.completed(try driver.table(madeBy: definition), with: table)
    }
    for step in SchemaPlan.create(tables).steps {
      for text in writer.write(step) { _ = try driver.execute(text) }
    }
    for text in schema.views.map(\.text) + schema.triggers.map(\.text) { try driver.run(text) }
    return driver
  }

  private func names(in graph: ModelGraph) -> [String] {
    graph.models.map { model in
      let attributes = model.attributes.map { "\($0.name) \($0.column) \($0.type)" }
      let ways = model.associations.map { "\($0.name) → \($0.target)" }
      return "\(model.name) \(model.table) \(model.primaryKey) \(attributes) \(ways.sorted())"
    }.sorted()
  }
}
