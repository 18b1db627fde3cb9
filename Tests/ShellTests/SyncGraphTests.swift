import FoundationEssentials
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// From sentences to a database and back: after a sync nothing is left to do.
@Suite struct SyncGraphTests {
  private func sync(_ graph: ModelGraph, _ mode: SyncMode, _ driver: any Driver) throws {
    let plan = try Synchronizer.plan(graph: graph, mode: mode, driver: driver)
    _ = try Synchronizer.run(plan, driver: driver) { _ in }
  }

  private func expectNothingLeft(_ graph: ModelGraph, _ driver: any Driver, _ script: String) throws
  {
    let plan = try Synchronizer.plan(graph: graph, mode: .create, driver: driver)
    let ddl = plan.statements.map { $0.inlined(driver.dialect) }
    #expect(plan.isEmpty, "\(plan.notes.joined(separator: "\n"))\n\(ddl)\n--- said\n\(script)")
  }

  private func expectRoundTrip(_ graph: ModelGraph, _ script: String) throws {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    try sync(graph, .create, driver)
    try expectNothingLeft(graph, driver, script)
    try sync(graph, .force, driver)
    try expectNothingLeft(graph, driver, script)
    let violations = try driver.inspect().tables.map {
      try driver.foreignKeyViolations(in: $0.name)
    }
    #expect(violations.allSatisfy { $0 == 0 })
  }

  @Test(arguments: ["shop", "school", "blog"])
  func examples(name: String) throws {
    let path = Project.root.appendingPathComponent("examples/\(name).relish").path
    let script = try String(contentsOfFile: path, encoding: .utf8)
    let graph = try #require(toldGraph(script))
    #expect(graph.models.count > 4)
    try expectRoundTrip(graph, script)
  }

  /// The seed of a failing model is in its name.
  @Test(arguments: 1...300)
  func generatedModels(seed: Int) throws {
    var models = RandomModels(seed: UInt64(seed))
    let script = models.script()
    guard let graph = toldGraph(script) else { return }
    try expectRoundTrip(graph, script)
  }

  @Test func modelsOnlyReadFromTheDatabaseTakeNoPart() throws {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    let users = "CREATE TABLE users(id INTEGER PRIMARY KEY, x TEXT)"
    _ = try driver.execute(SQLText(users))
    let schema = try driver.inspect()
    let graph = try #require(
      toldGraph("Product has title string\nProduct belongsTo User", read: schema))
    #expect(graph.model(named: "User")?.origin == .database)
    for mode in [SyncMode.create, .force] {
      try sync(graph, mode, driver)
      let tables = try driver.inspect().tables
      #expect(tables.map(\.name) == ["users", "products"])
      #expect(tables[1].foreignKeys.map(\.table) == ["users"])
      #expect(tables[0].columns.map(\.name) == ["id", "x"])
    }
  }

  @Test func aModelThatGoesOnFromItsTableFitsIt() throws {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    let script = """
      User has name string(40) required, email string required unique, age integer default -1
      Order has status enum("open", "paid") default "open", placedAt datetime default now()
      Order belongsTo User required
      User belongsToMany Order as likes through Like (stars integer default 1)
      """
    try sync(try #require(toldGraph(script)), .create, driver)
    let schema = try driver.inspect()
    let second = try #require(toldGraph("Order has note text\nUser labeled by email", read: schema))
    let plan = try Synchronizer.plan(graph: second, mode: .create, driver: driver)
    #expect(plan.steps.isEmpty)
    #expect(
      plan.differing.map { "\($0.table): \($0.differences)" } == [
        "orders: [column `note` is only in the model]"
      ])
  }
}
