import Foundation
import RelishDrivers
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// What `delete … preview` says is what the delete then does.
@Suite("Previews of random deletions")
struct PreviewPropertyTests {
  /// `RELISH_SEEDS=n` for more.
  private static let seeds =
    ProcessInfo.processInfo.environment["RELISH_SEEDS"].flatMap { UInt64($0) } ?? 600

  /// Of a table, each row's values under its key.
  private typealias Rows = [String: [String: String]]

  @Test(arguments: [false, true])
  func equal(isWild: Bool) throws {
    var endings = ["done": 0, "refused": 0, "refused at commit": 0]
    var wrong = 0
    for seed in 0..<Self.seeds where wrong < 5 {
      var random = RandomDeletions(seed: seed, isWild: isWild)
      let statements = random.statements()
      let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
      defer { driver.close() }
      try driver.ignoringForeignKeys { () throws(DriverError) in
        for sql in statements { _ = try driver.execute(SQLText(sql)) }
      }
      let (table, filter) = random.deletion()
      let before = try Self.rows(driver, random.tables)
      let preview = try DeletionPreview(deletingFrom: table, where: filter, driver: driver)
      #expect(try Self.rows(driver, random.tables) == before)
      let expected = Self.words(of: preview)
      let found = try Self.delete(table, filter, driver, random, before)
      endings[found.ending, default: 0] += 1
      guard expected != found.words else { continue }
      wrong += 1
      let all = statements.joined(separator: ";\n")
      Issue.record(
        """
        seed \(seed): DELETE FROM \(table) WHERE \(filter.prepared(driver.dialect))
        said:\n\(expected)\ndid:\n\(found.words)\n\(found.error)\n\(all)
        """)
    }
    for (ending, count) in endings { #expect(count > 0, "\(ending)") }
  }

  private static func words(of preview: DeletionPreview) -> String {
    switch preview.ending {
    case .refused: return "refused"
    case .refusedAtCommit: return "refused at commit"
    case .done: break
    }
    var gone: [String: Int] = [:]
    for node in preview.nodes where node.rows > 0 {
      gone[preview.references.tables[node.table].name, default: 0] += node.rows
    }
    var changed: [String: Int] = [:]
    for effect in preview.effects where effect.rows > 0 {
      let key = preview.references.keys[effect.key]
      changed[
        preview.references.tables[key.holder].name + "." + key.columns.joined(separator: ","),
        default: 0] += effect.rows
    }
    return text(gone, changed, preview.changedRows)
  }

  private static func text(_ gone: [String: Int], _ changed: [String: Int], _ rows: Int) -> String {
    (gone.map { "\($0.key) -\($0.value)" } + changed.map { "\($0.key) ~\($0.value)" } + [
      "changed \(rows)"
    ])
    .sorted().joined(separator: "\n")
  }

  private static func delete(
    _ table: String, _ filter: SQLText, _ driver: SQLiteDriver, _ random: RandomDeletions,
    _ before: Rows
  ) throws -> (words: String, ending: String, error: String) {
    var sql = SQLText("DELETE FROM " + table)
    if !filter.isEmpty {
      sql.append(" WHERE ")
      sql.append(filter)
    }
    try driver.begin()
    do { _ = try driver.execute(sql) } catch { return ("refused", "refused", "\(error)") }
    let after = try rows(driver, random.tables)
    do { try driver.commit() } catch {
      return ("refused at commit", "refused at commit", "\(error)")
    }
    var gone: [String: Int] = [:]
    var changed: [String: Int] = [:]
    var changedRows = 0
    for table in random.tables {
      let keys = random.keys.filter { $0.table == table }
      for (row, values) in before[table] ?? [:] {
        guard let now = after[table]?[row] else {
          gone[table, default: 0] += 1
          continue
        }
        if now != values { changedRows += 1 }
        for key in keys {
          let (old, new) = (pick(key.columns, values), pick(key.columns, now))
          if old != new {
            changed[table + "." + key.columns.joined(separator: ","), default: 0] += 1
          }
        }
      }
    }
    return (text(gone, changed, changedRows), "done", "")
  }

  /// `f0=1;f1=NULL;…`, only these columns.
  private static func pick(_ columns: [String], _ row: String) -> [Substring] {
    row.split(separator: ";").filter { part in columns.contains { part.hasPrefix($0 + "=") } }
  }

  private static func rows(_ driver: SQLiteDriver, _ tables: [String]) throws -> Rows {
    var found: Rows = [:]
    for table in tables {
      var names: [String] = []
      try driver.query(SQLText("SELECT name FROM pragma_table_info('" + table + "')")) {
        row throws(DriverError) in
        names.append(Self.text(row.value(0)))
        return true
      }
      try driver.query(SQLText("SELECT * FROM " + table)) { row throws(DriverError) in
        let values = names.indices.map { "\(names[$0])=\(Self.text(row.value($0)))" }
        found[table, default: [:]][values[0]] = values.joined(separator: ";")
        return true
      }
    }
    return found
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let number): String(number)
    case .text(let text): text
    default: "?"
    }
  }
}
