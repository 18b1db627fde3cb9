import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// Walks made at random over shops made at random find what a look at every row finds.
@Suite("Walks at random")
struct WalkRandomTests {
  /// `RELISH_SEEDS=5000` tries more of them.
  static let seeds: Int =
    ProcessInfo.processInfo.environment["RELISH_SEEDS"].flatMap { Int($0) } ?? 60
  static let walksPerShop = 12

  @Test("find what a look at every row finds", arguments: 0..<seeds)
  func same(_ seed: Int) throws {
    let shop = ShopMaker.shop(seed: seed)
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    for sql in shopSQL where sql.hasPrefix("CREATE") { _ = try driver.execute(SQLText(sql)) }
    try shop.insert(into: driver)
    for number in 0..<Self.walksPerShop {
      let walk = WalkGenerator.walk(seed: seed * 1_000 + number)
      let naive = NaiveEvaluator(shop: shop)
      do {
        let (_, query) = try parse(walk)
        let expected = try naive.answer(query)
        let traversal = try Shop.resolver.resolve(query)
        let sql = SelectWriter(dialect: dialect).select(traversal)
        let scales = traversal.outputs.map(\.scale)
        var found = try driver.rows(sql).map { row in
          zip(row, scales).map { Self.shown($0, scale: $1) }
        }
        var wanted = expected.rows.map { row in
          zip(row, scales).map { Self.shown($0.value, scale: $1) }
        }
        if !expected.isOrdered {
          found.sort { $0.lexicographicallyPrecedes($1) }
          wanted.sort { $0.lexicographicallyPrecedes($1) }
        }
        let printed = SQLText(sql.inlined(dialect))
        #expect(try driver.rows(printed) == driver.rows(sql), "seed \(seed): \(walk)")
        #expect(found == wanted, "seed \(seed): \(walk)\n\(sql.inlined(dialect))")
        try Self.checkCounts(traversal, expected.rows.count, in: driver, walk)
      } catch let diagnostic as Diagnostic {
        Issue.record("seed \(seed): \(walk)\n\(diagnostic.message) \(diagnostic.hint ?? "")")
      } catch {
        Issue.record("seed \(seed): \(walk)\n\(error)")
      }
    }
  }

  /// `count`, `exists`, the keys and the filter of a write speak of the same rows.
  private static func checkCounts(
    _ walk: Traversal, _ count: Int, in driver: SQLiteDriver, _ text: String
  ) throws {
    let writer = SelectWriter(dialect: dialect)
    #expect(try driver.rows(writer.count(walk)) == [[.integer(Int64(count))]], "\(text)")
    #expect(try driver.rows(writer.exists(walk)) == [[.integer(count > 0 ? 1 : 0)]], "\(text)")
    #expect(try driver.rows(writer.keys(walk)).count == count, "\(text)")
    var selected = SQLText("SELECT COUNT(*) FROM " + walk.last.source.table)
    let filter = writer.filter(walk)
    if !filter.isEmpty { selected.append(" WHERE \(filter)" as SQLText) }
    #expect(try driver.rows(selected) == [[.integer(Int64(count))]], "\(text)")
  }

  /// Numbers rounded to the digits that the column promises, or to six.
  private static func shown(_ value: Value, scale: Int?) -> String {
    switch value {
    case .integer(let number): String(format: "%.\(scale ?? 6)f", Double(number))
    case .double(let number): String(format: "%.\(scale ?? 6)f", number)
    case .boolean(let truth): String(format: "%.\(scale ?? 6)f", truth ? 1.0 : 0.0)
    default: value.shown
    }
  }

  @Test("find rows often enough to mean something")
  func meaningful() throws {
    var answered = 0
    for seed in 0..<20 {
      let naive = NaiveEvaluator(shop: ShopMaker.shop(seed: seed))
      for number in 0..<Self.walksPerShop {
        let (_, query) = try parse(WalkGenerator.walk(seed: seed * 1_000 + number))
        if try !naive.answer(query).rows.isEmpty { answered += 1 }
      }
    }
    #expect(answered > 20 * Self.walksPerShop / 3)
  }

  @Test("are the same again for the same seed")
  func repeatable() {
    #expect(WalkGenerator.walk(seed: 42) == WalkGenerator.walk(seed: 42))
    #expect(Set((0..<100).map { WalkGenerator.walk(seed: $0) }).count > 90)
  }
}

extension OutputColumn {
  fileprivate var scale: Int? {
    if case .decimal(_, let scale)? = type { scale } else { nil }
  }
}
