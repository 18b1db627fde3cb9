import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// What `what if …` says of each row is what happens when it is deleted from a database with the one set
/// of keys and from one with the other.
@Suite("Suppositions about random databases")
struct SuppositionPropertyTests {
  /// `RELISH_SEEDS=n` for more.
  private static let seeds =
    ProcessInfo.processInfo.environment["RELISH_SEEDS"].flatMap { UInt64($0) } ?? 300

  @Test(arguments: [false, true])
  func equal(isWild: Bool) throws {
    var counts: [String: Int] = [:]
    var wrong = 0
    for seed in 0..<Self.seeds where wrong < 5 {
      var random = RandomDeletions(seed: seed, isWild: isWild)
      let statements = random.statements()
      let first = try Self.database(statements)
      defer { first.close() }
      let now = try first.references()
      guard !now.keys.isEmpty else { continue }
      var then = now
      let place = random.number(below: now.keys.count)
      then.keys[place].onDelete =
        ReferentialRule.allCases[random.number(below: ReferentialRule.allCases.count)]
      let holder = now.keys[place].holder
      var others = statements
      others[holder] = then.rewrittenText(of: holder, identifier: first.dialect.identifier)
      let second = try Self.database(others)
      defer { second.close() }
      #expect(try Self.words(second.references()) == Self.words(then), "\(others[holder])")

      let supposition = try Supposition(
        now: now, then: then, key: then.keys[place], driver: first)
      for table in now.tables.indices {
        let name = now.tables[table].name
        let said = supposition.tables.first { $0.table == table }?.differing ?? []
        let expected = said.map { "\(Self.words($0.now)) → \(Self.words($0.then))" }.sorted()
        let found = try Self.differences(name, first, second, random.tables).sorted()
        for row in found { counts[String(row.prefix(7)), default: 0] += 1 }
        guard expected != found else { continue }
        wrong += 1
        let all = statements.joined(separator: ";\n")
        Issue.record(
          """
          seed \(seed): key \(Self.words(now)[place]) becomes \(then.keys[place].onDelete); rows of \(name)
          said:\n\(expected.joined(separator: "\n"))\ndid:\n\(found.joined(separator: "\n"))\n\(all)
          """)
      }
    }
    for ending in ["deleted", "refused"] { #expect(counts[ending, default: 0] > 5, "\(counts)") }
  }

  private static func database(_ statements: [String]) throws -> SQLiteDriver {
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    try driver.ignoringForeignKeys { () throws(DriverError) in
      for sql in statements { _ = try driver.execute(SQLText(sql)) }
    }
    return driver
  }

  private static func words(_ references: References) -> [String] {
    references.keys.map { key in
      "\(key.holder)\(key.columns) → \(key.target)\(key.targetColumns) \(key.onDelete) \(key.onUpdate) \(key.isDeferred)"
    }
  }

  private static func words(_ outcome: Supposition.Outcome) -> String {
    let gone = outcome.changes.filter { !$0.key.contains(".") && $0.value > 0 }
    return words(outcome.ending.rawValue, outcome.ending == .deleted ? gone : [:])
  }

  private static func words(_ ending: String, _ gone: [String: Int]) -> String {
    ([ending] + gone.sorted { $0.key < $1.key }.map { "\($0.key) -\($0.value)" })
      .joined(separator: " ")
  }

  /// The rows whose deletion ends otherwise in `second` than in `first`.
  private static func differences(
    _ table: String, _ first: SQLiteDriver, _ second: SQLiteDriver, _ tables: [String]
  ) throws -> [String] {
    var found: [String] = []
    for key in try column(first, "SELECT id FROM " + table) {
      let one = try delete(key, table, first, tables)
      let other = try delete(key, table, second, tables)
      if one != other { found.append("\(one.words) → \(other.words)") }
    }
    return found
  }

  private struct Deletion: Equatable {
    var words: String
    var rows: [String]
  }

  private static func delete(
    _ key: Value, _ table: String, _ driver: SQLiteDriver, _ tables: [String]
  ) throws -> Deletion {
    var sql = SQLText("DELETE FROM " + table + " WHERE id = ")
    sql.append(key)
    let before = try tables.map { try column(driver, "SELECT count(*) FROM " + $0) }
    try driver.begin()
    defer { try? driver.rollback() }
    do { _ = try driver.execute(sql) } catch { return Deletion(words: "refused", rows: []) }
    if driver.hasOpenForeignKeys { return Deletion(words: "refused at commit", rows: []) }
    var gone: [String: Int] = [:]
    var rows: [String] = []
    for (place, table) in tables.enumerated() {
      let after = try column(driver, "SELECT count(*) FROM " + table)
      if case .integer(let old)? = before[place].first, case .integer(let new)? = after.first,
        old != new
      {
        gone[table] = Int(old - new)
      }
      try driver.query(SQLText("SELECT * FROM " + table)) { row throws(DriverError) in
        rows.append(table + "\((0..<row.count).map { row.value($0) })")
        return true
      }
    }
    return Deletion(words: words("deleted", gone), rows: rows)
  }

  private static func column(_ driver: SQLiteDriver, _ sql: String) throws -> [Value] {
    var found: [Value] = []
    try driver.query(SQLText(sql)) { row throws(DriverError) in
      found.append(row.value(0))
      return true
    }
    return found
  }
}
