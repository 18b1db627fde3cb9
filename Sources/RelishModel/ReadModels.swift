import Synchronization

/// The models of a database, one per table and per view, in their order.
///
/// Their names are worked out at once, and what they are when it is first asked for: a large database has
/// many tables of which a session may use few. Copies share what has been worked out.
final class ReadModels: Sendable {
  /// No two are the same.
  let names: [String]
  /// The tables and views, in the same order.
  let tables: [Table]
  private let views: [View]
  private let targets: SchemaLifting.Targets
  private let lifted = Mutex<[ModelFacts?]>([])

  init(_ schema: Schema) {
    views = schema.views
    var tables = schema.tables
    for view in views {
      var table = Table(name: view.name)
      table.columns = view.columns
      tables.append(table)
    }
    self.tables = tables
    names = SchemaLifting.modelNames(ofTables: tables.map(\.name))
    targets = SchemaLifting.Targets(schema.tables, names)
  }

  func isView(at place: Int) -> Bool { place >= tables.count - views.count }

  /// How many relations its foreign keys are.
  func relationCount(at place: Int) -> Int {
    tables[place].foreignKeys.isEmpty
      ? 0 : SchemaLifting.relations(of: tables[place], targets).count
  }

  /// The model at that place in `names`.
  func facts(at place: Int) -> ModelFacts {
    lifted.withLock { lifted in
      if lifted.isEmpty { lifted = Array(repeating: nil, count: names.count) }
      if let facts = lifted[place] { return facts }
      var facts = SchemaLifting.model(tables[place], named: names[place], targets)
      if isView(at: place) {
        facts.hasTimestamps = false
        facts.storage.view = views[place - (tables.count - views.count)].text
      }
      lifted[place] = facts
      return facts
    }
  }
}
