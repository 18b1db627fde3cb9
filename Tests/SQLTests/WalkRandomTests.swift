import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// Walks made at random over shops made at random find what a look at every row finds.
@Suite("Walks at random")
struct WalkRandomTests {
  /// `RELISH_SEEDS=5000` tries more of them, `RELISH_FIRST_SEED=1764` begins there.
  static let seeds: Range<Int> = {
    func number(_ name: String) -> Int? {
      ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
    let first = number("RELISH_FIRST_SEED") ?? 0
    return first..<first + (number("RELISH_SEEDS") ?? 60)
  }()
  static let walksPerShop = 12

  @Test("find what a look at every row finds", arguments: seeds)
  func same(_ seed: Int) throws {
    let shop = ShopMaker.shop(seed: seed)
    let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
    for sql in shopSQL where sql.hasPrefix("CREATE") { _ = try driver.execute(SQLText(sql)) }
    try shop.insert(into: driver)
    for number in 0..<Self.walksPerShop {
      let walk = WalkGenerator.walk(seed: seed * 1_000 + number)
      do {
        try Self.check(walk, NaiveEvaluator(shop: shop), driver, "seed \(seed): \(walk)")
      } catch let diagnostic as Diagnostic where diagnostic.code == .tooDeep {
        // Some walks are; `find rows often enough` holds them to be few.
      } catch let diagnostic as Diagnostic {
        Issue.record("seed \(seed): \(walk)\n\(diagnostic.message) \(diagnostic.hint ?? "")")
      } catch {
        Issue.record("seed \(seed): \(walk)\n\(error)")
      }
    }
  }

  private static func check(
    _ walk: String, _ naive: NaiveEvaluator, _ driver: SQLiteDriver, _ comment: Comment
  ) throws {
    let (_, query) = try parse(walk)
    let expected = try naive.answer(query)
    let traversal = try Shop.resolver.resolve(query)
    let writer = SelectWriter(dialect: dialect)
    let sql = writer.select(traversal)
    let scales = writer.columns(of: traversal).map(\.scale)
    let answered = try driver.rows(sql)
    var found = answered.map { shown($0, scales) }
    var wanted = expected.rows.map { shown($0.map(\.value), scales) }
    if !expected.isOrdered {
      found.sort { $0.lexicographicallyPrecedes($1) }
      wanted.sort { $0.lexicographicallyPrecedes($1) }
    }
    #expect(try driver.rows(SQLText(sql.inlined(dialect))) == answered, comment)
    #expect(found == wanted, "\(comment)\n\(sql.inlined(dialect))")
    if !traversal.nests.isEmpty {
      let nested = writer.nested(traversal, keepsKeys: true)
      let rows = try driver.rows(nested.sql)
      let scales = nested.columns.map(\.scale)
      let tree = try NestedAnswer.rows(rows, nested.root) { shown($0, scales, from: $1) }
      let wanted = expected.nodes.map {
        NestedAnswer($0, nested.root) { shown($0, scales, from: $1) }
      }
      #expect(tree == wanted, "\(comment)\n\(nested.sql.inlined(dialect))")
    }
    try checkCounts(traversal, expected.nodes.count, in: driver, comment)
  }

  /// `count`, `exists`, the keys and the filter of a write speak of the same rows.
  private static func checkCounts(
    _ walk: Traversal, _ count: Int, in driver: SQLiteDriver, _ comment: Comment
  ) throws {
    let writer = SelectWriter(dialect: dialect)
    #expect(try driver.rows(writer.count(walk)) == [[.integer(Int64(count))]], comment)
    #expect(try driver.rows(writer.exists(walk)) == [[.integer(count > 0 ? 1 : 0)]], comment)
    guard walk.grouping == nil else { return }
    #expect(try driver.rows(writer.keys(walk)).count == count, comment)
    var selected = SQLText("SELECT COUNT(*) FROM " + walk.last.source.table)
    let filter = writer.filter(walk)
    if !filter.isEmpty { selected.append(" WHERE \(filter)" as SQLText) }
    #expect(try driver.rows(selected) == [[.integer(Int64(count))]], comment)
  }

  private static func shown(_ row: [Value], _ scales: [Int?], from start: Int = 0) -> [String] {
    row.enumerated().map { shown($1, scale: scales[start + $0]) }
  }

  /// Numbers rounded to the digits that the column promises, or to six.
  private static func shown(_ value: Value, scale: Int?) -> String {
    switch value {
    case .integer(let number): String(format: "%.\(scale ?? 6)f", Double(number))
    // Zero has no sign.
    case .double(let number): String(format: "%.\(scale ?? 6)f", number == 0 ? 0 : number)
    case .boolean(let truth): String(format: "%.\(scale ?? 6)f", truth ? 1.0 : 0.0)
    default: value.shown
    }
  }

  @Test("find rows often enough to mean something")
  func meaningful() throws {
    var (answered, tooDeep) = (0, 0)
    for seed in 0..<40 {
      let naive = NaiveEvaluator(shop: ShopMaker.shop(seed: seed))
      for number in 0..<Self.walksPerShop {
        let (_, query) = try parse(WalkGenerator.walk(seed: seed * 1_000 + number))
        if try !naive.answer(query).rows.isEmpty { answered += 1 }
        do throws(Diagnostic) { _ = try Shop.resolver.resolve(query) } catch { tooDeep += 1 }
      }
    }
    #expect(answered > 40 * Self.walksPerShop / 3)
    #expect(tooDeep < 5)
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
