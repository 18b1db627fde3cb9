import Foundation
import RelishDrivers
import RelishSQL
import Support
import Testing

/// Walks with the SQL that they become and the rows of `shop.sql` that it finds, in
/// `Goldens/walks.sql`; `RELISH_RECORD=1` writes the file anew and fails.
@Suite("Walks as SQL")
struct WalkSQLTests {
  static let path = Project.root.path + "/Tests/SQLTests/Goldens/walks.sql"

  /// The walks of the file, in order: the lines that begin with `-- `.
  static let walks: [String] = {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("-- ") }
      .map { String($0.dropFirst(3)) }
  }()

  static func entry(_ walk: String, in driver: SQLiteDriver) throws -> String {
    let sql = try statement(for: walk)
    var text = "-- \(walk)\n\(sql.inlined(dialect));\n"
    for row in try driver.rows(sql) {
      text += "--= \(row.map(\.shown).joined(separator: " | "))\n"
    }
    return text
  }

  @Test("are as recorded")
  func recorded() throws {
    let driver = try openShop()
    let expected = try String(contentsOfFile: Self.path, encoding: .utf8)
    let actual = try Self.walks.map { try Self.entry($0, in: driver) }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["RELISH_RECORD"] != nil, actual != expected {
      try actual.write(toFile: Self.path, atomically: true, encoding: .utf8)
      Issue.record("recorded walks.sql; read it, then run again without RELISH_RECORD")
      return
    }
    #expect(Self.walks.count > 60)
    let wanted = expected.components(separatedBy: "\n\n")
    for (found, entry) in zip(actual.components(separatedBy: "\n\n"), wanted) {
      #expect(found == entry)
    }
    #expect(actual == expected)
  }

  @Test("find the same rows when values are literals", arguments: walks)
  func inlined(_ walk: String) throws {
    let driver = try openShop()
    let sql = try statement(for: walk)
    let bound = try driver.rows(sql).map { $0.map(\.shown) }
    let literal = try driver.rows(SQLText(sql.inlined(dialect))).map { $0.map(\.shown) }
    #expect(bound == literal)
  }
}
