import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// One pair of random models, and the database that goes from one to the other.
struct AlterPair {
  typealias Rows = [String: [[String: Value]]]

  /// The sentences of both, for a failure's message.
  let told: String
  private let first: ModelGraph
  private let request: AlterRequest
  private let second: ModelGraph
  private let driver: SQLiteDriver
  private var generator: SeededGenerator
  private var states: (before: SchemaState, after: SchemaState)?

  /// Nil when a script is unfinished as a whole.
  init?(seed: Int) {
    var models = RandomModels(seed: UInt64(seed))
    let one = models.script()
    // Of the same few models: the second goes on from the first, or says them anew.
    let other = models.script()
    let two = seed.isMultiple(of: 2) ? one + "\n" + other : other
    guard let first = toldGraph(one), let second = toldGraph(two),
      Self.canBeMade(second), let driver = try? SQLiteDriver(path: ":memory:", readOnly: false)
    else { return nil }
    (self.first, self.second, self.driver) = (first, second, driver)
    generator = SeededGenerator(seed: UInt64(seed))
    told = "--- first\n\(one)\n--- second\n\(two)"
    var request = AlterRequest(graph: second)
    for model in first.models + second.models {
      for attribute in model.attributes {
        request.lostColumns.append((nil, attribute.column.lowercased()))
        let isTime =
          switch attribute.role {
          case .createdAt, .updatedAt: true
          default: false
          }
        if isTime {
          request.fills[model.table.lowercased(), default: [:]][attribute.column.lowercased()] =
            "CURRENT_TIMESTAMP"
        }
      }
    }
    self.request = request
  }

  /// Sentences at odds with each other may want a table that no database takes.
  private static func canBeMade(_ graph: ModelGraph) -> Bool {
    guard let driver = try? SQLiteDriver(path: ":memory:", readOnly: false) else { return false }
    return (try? make(graph, driver)) != nil
  }

  private static func make(_ graph: ModelGraph, _ driver: SQLiteDriver) throws {
    let plan = try Synchronizer.plan(graph: graph, mode: .create, driver: driver)
    _ = try Synchronizer.run(plan, driver: driver) { _ in }
  }

  func makeFirst() throws { try Self.make(first, driver) }

  // MARK: Rows

  /// Some rows in each table, parents first; what breaks a rule is left out.
  mutating func fillTables() throws {
    for table in SchemaPlan.parentsFirst(try driver.inspect().tables) {
      let columns = table.columns.filter { !$0.isAutoIncrement }
      guard !columns.isEmpty else { continue }
      let list = columns.map { driver.dialect.identifier($0.name) }.joined(separator: ", ")
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        var sql = SQLText()
        sql.append(sql: "INSERT INTO \(driver.dialect.identifier(table.name)) (\(list)) VALUES (")
        for (index, column) in columns.enumerated() {
          if index > 0 { sql.append(sql: ", ") }
          if let parent = parent(of: column, in: table) {
            sql.append(sql: "(SELECT \(parent) LIMIT 1)")
          } else {
            sql.append(value(of: column))
          }
        }
        sql.append(sql: ")")
        _ = try? driver.execute(sql)
      }
    }
  }

  private func parent(of column: Column, in table: Table) -> String? {
    guard let key = table.foreignKeys.first(where: { $0.columns.contains(column.name) }),
      let position = key.columns.firstIndex(of: column.name), position < key.targetColumns.count
    else { return nil }
    let dialect = driver.dialect
    return
      "\(dialect.identifier(key.targetColumns[position])) FROM \(dialect.identifier(key.table))"
  }

  private mutating func value(of column: Column) -> Value {
    if !column.isNotNull, Int.random(in: 0..<5, using: &generator) == 0 { return .null }
    let number = Int64.random(in: 0...9, using: &generator)
    return switch column.type {
    case .string, .text: .text(["a", "ab", "12", "1.5", "longer than it", "ä"][Int(number) % 6])
    case .integer, .bigint: .integer(number)
    case .decimal, .float, .double: .double(Double(number) + 0.25)
    case .boolean: .integer(number % 2)
    case .date: .text("2026-0\(number % 9 + 1)-15")
    case .time: .text("1\(number):00")
    case .datetime: .text("2026-0\(number % 9 + 1)-15 10:00:00")
    case .uuid: .text("00000000-0000-0000-0000-00000000000\(number)")
    case .json: .text("[\(number)]")
    case .blob: .blob([UInt8(number)])
    case .enumeration(let words): .text(words[Int(number) % words.count])
    case .other: .text("x\(number)")
    }
  }

  func deleteAllRows() throws {
    try driver.changingSchema { () throws(DriverError) in
      for table in try driver.inspect().tables {
        _ = try driver.execute(SQLText("DELETE FROM " + driver.dialect.identifier(table.name)))
      }
    }
  }

  /// By table and column in small letters.
  func rows() throws -> Rows {
    var rows: Rows = [:]
    for table in try driver.inspect().tables {
      let names = table.columns.map { $0.name.lowercased() }
      let list = table.columns.map { driver.dialect.identifier($0.name) }.joined(separator: ", ")
      var found: [[String: Value]] = []
      let from = " FROM " + driver.dialect.identifier(table.name)
      try driver.query(SQLText("SELECT " + list + from)) { row throws(DriverError) in
        found.append(
          Dictionary(uniqueKeysWithValues: names.indices.map { (names[$0], row.value($0)) }))
        return true
      }
      rows[table.name.lowercased()] = found
    }
    return rows
  }

  func texts() throws -> [String] {
    var texts: [String] = []
    try driver.query("SELECT sql FROM sqlite_schema WHERE name <> 'sqlite_sequence' ORDER BY name")
    { row throws(DriverError) in
      if case .text(let text) = row.value(0) { texts.append(text) }
      return true
    }
    return texts
  }

  // MARK: Altering

  /// What `undo` does brings everything back, what `redo` does the new tables; twice.
  mutating func expectBackAndForth(_ rows: Rows, _ texts: [String]) throws {
    guard var states else { return }
    let (rowsAfter, textsAfter) = (try self.rows(), try self.texts())
    for _ in 0..<2 {
      #expect(try driver.goBack(to: &states.before, from: &states.after).isEmpty, "\(told)")
      #expect(try self.rows() == rows, "\(told)")
      #expect(try self.texts() == texts, "\(told)")
      #expect(try driver.goBack(to: &states.after, from: &states.before).isEmpty, "\(told)")
      #expect(try self.rows() == rowsAfter, "\(told)")
      #expect(try self.texts() == textsAfter, "\(told)")
    }
    #expect(!driver.isInTransaction && !driver.hasOpenForeignKeys)
  }

  func plan() throws -> SyncPlan { try Synchronizer.plan(request, driver: driver) }

  /// False when it was refused, or stopped by a rule that only the database tests.
  mutating func run(_ plan: SyncPlan) throws -> Bool {
    do {
      states = try Synchronizer.run(plan, for: request, driver: driver) { _ in }.states
      return true
    } catch {
      // A key to a column that comes with the change can only be tested by the change.
      let isProven = error.message.hasSuffix("would point to nothing")
      if case .other = error.kind, plan.refusals.isEmpty, !isProven {
        Issue.record("\(error.message)\n\(error.sql ?? "")\n\(told)")
      }
      return false
    }
  }

  /// The tables are those of a database that was made for the second model at once.
  func expectSecond() throws {
    let fresh = try SQLiteDriver(path: ":memory:", readOnly: false)
    try Self.make(second, fresh)
    let live = try driver.inspect()
    for wanted in try fresh.inspect().tables {
      let table = try #require(live.table(named: wanted.name), "\(wanted.name)\n\(told)")
      #expect(TableShape(table) == TableShape(wanted), "\(told)")
      #expect(try driver.foreignKeyViolations(in: table.name) == 0, "\(table.name)\n\(told)")
    }
    let again = try plan()
    #expect(again.steps.isEmpty && again.isEmpty, "\(again.notes)\n\(told)")
  }

  /// Every row of `before` is there with every value whose column is.
  func expect(_ before: Rows, after plan: SyncPlan) throws {
    var tables: [String: String] = [:]
    var columns: [String: [String: String]] = [:]
    for planned in plan.steps {
      switch planned.step {
      case .renameTable(let old, let new): tables[old.lowercased()] = new.lowercased()
      case .renameColumn(let old, let new, let table):
        columns[table.lowercased(), default: [:]][old.lowercased()] = new.lowercased()
      default: continue
      }
    }
    let after = try rows()
    for (old, rows) in before {
      let table = tables[old] ?? old
      let found = try #require(after[table], "\(table) is gone\n\(told)")
      let known = Set(found.first?.keys.map { $0 } ?? [])
      let kept = Set(rows.first?.keys.map { columns[table]?[$0] ?? $0 } ?? []).intersection(known)
      let wanted = rows.map { row in
        Dictionary(uniqueKeysWithValues: row.map { (columns[table]?[$0] ?? $0, $1) })
      }
      #expect(tuples(found, kept) == tuples(wanted, kept), "\(table)\n\(told)")
    }
  }

  private func tuples(_ rows: [[String: Value]], _ columns: Set<String>) -> [String] {
    rows.map { row in columns.sorted().map { "\($0)=\(text(row[$0]))" }.joined(separator: "|") }
      .sorted()
  }

  /// The same for a number and its digits as a text.
  private func text(_ value: Value?) -> String {
    switch value {
    case .integer(let number)?: "\(Double(number))"
    case .double(let number)?: "\(number)"
    case .text(let text)?: Double(text).map { "\($0)" } ?? text
    default: "\(String(describing: value))"
    }
  }
}

/// What a table enforces, whatever the order and the names of keys.
private struct TableShape: Hashable {
  var columns: Set<[String]>
  var primaryKey: [String]
  var uniques: Set<[String]>
  var foreignKeys: Set<[String]>
  var indexes: [[String]]

  init(_ table: Table) {
    func folded(_ names: [String]) -> [String] { names.map { $0.lowercased() } }
    columns = Set(
      table.columns.map { column in
        var type = column.type.words
        if case .enumeration(let words) = column.type { type = "\(words.sorted())" }
        return [
          column.name.lowercased(), type, "\(column.isNotNull)", "\(column.isAutoIncrement)",
          "\(String(describing: column.defaultValue))", column.check?.source ?? "",
          column.declaredType ?? "", column.collation ?? "",
        ]
      })
    primaryKey = folded(table.primaryKey)
    uniques = Set(
      (table.uniques.map(\.columns) + table.indexes.filter(\.isUnique).map(\.columns))
        .map { folded($0).sorted() })
    foreignKeys = Set(
      table.foreignKeys.map { key in
        zip(folded(key.columns), folded(key.targetColumns)).map { "\($0)>\($1)" }.sorted()
          + [key.table.lowercased(), key.onDelete.rawValue, key.onUpdate.rawValue]
      })
    indexes = table.indexes.filter { !$0.isUnique }.map { folded($0.columns) }
      .sorted { $0.joined(separator: ",") < $1.joined(separator: ",") }
  }
}
