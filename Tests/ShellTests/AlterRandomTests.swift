import FoundationEssentials
import RelishDrivers
import RelishModel
import RelishShell
import Support
import Testing

/// Random pairs of models A and B, with rows: after `sync alter` the tables of A are those of a fresh B,
/// and every value that B has a column for is there.
///
/// `RELISH_SEEDS=5000` tries more pairs, `RELISH_FIRST_SEED=1764` begins there.
@Suite struct AlterRandomTests {
  static let seeds: Range<Int> = {
    func number(_ name: String) -> Int? {
      ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
    let first = number("RELISH_FIRST_SEED") ?? 1
    return first..<first + (number("RELISH_SEEDS") ?? 200)
  }()

  @Test(arguments: seeds)
  func aPair(seed: Int) throws {
    guard var pair = AlterPair(seed: seed) else { return }
    try pair.makeFirst()
    try pair.fillTables()
    var plan = try pair.plan()
    if !plan.refusals.isEmpty, seed % 4 < 2 {
      try pair.deleteAllRows()
      plan = try pair.plan()
      #expect(plan.refusals == [], "no row is in the way\n\(pair.told)")
    }
    let before = try pair.rows()
    let schema = try pair.texts()
    guard try pair.run(plan) else {
      #expect(try pair.rows() == before && pair.texts() == schema, "\(pair.told)")
      return
    }
    try pair.expectSecond()
    try pair.expect(before, after: plan)
    try pair.expectBackAndForth(before, schema)
  }

  /// That the test above is about something.
  @Test func manyPairsAreAltered() throws {
    var altered = 0
    var rebuilt = 0
    for seed in 1...120 {
      guard var pair = AlterPair(seed: seed) else { continue }
      try pair.makeFirst()
      try pair.fillTables()
      let plan = try pair.plan()
      guard plan.refusals.isEmpty, !plan.alterations.isEmpty else { continue }
      altered += 1
      if plan.alterations.contains(where: \.isRebuild) { rebuilt += 1 }
    }
    #expect(altered > 15 && rebuilt > 15, "\(altered) altered, \(rebuilt) with a rebuild")
  }
}
