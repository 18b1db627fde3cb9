import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// Walks over the market beside SQL that a person wrote for them, reading only LANGUAGE.md.
@Suite("Walks over a market and SQL by hand")
struct MarketWalkTests {
  static let topics = [
    contract, hops, clauses, nests, limitedNests, deepNests, groups, groupClauses, aggregates,
    ownedRows, trees,
  ]

  @Test("are many")
  func count() {
    let walks = Self.topics.flatMap { $0 }.map(\.walk) + Self.filters.map(\.walk)
    #expect(walks.count >= 230)
    #expect(Set(walks).count == walks.count)
  }

  @Test("those of the language's table", arguments: contract)
  func findContract(_ question: Question) throws { try ask(question) }
  @Test("hops", arguments: hops) func findHops(_ question: Question) throws { try ask(question) }
  @Test("clauses", arguments: clauses)
  func findClauses(_ question: Question) throws { try ask(question) }
  @Test("nests", arguments: nests) func findNests(_ question: Question) throws { try ask(question) }
  @Test("limits in nests", arguments: limitedNests)
  func findLimitedNests(_ question: Question) throws { try ask(question) }
  @Test("nests in nests", arguments: deepNests)
  func findDeepNests(_ question: Question) throws { try ask(question) }
  @Test("groups", arguments: groups) func findGroups(_ question: Question) throws {
    try ask(question)
  }
  @Test("clauses of groups", arguments: groupClauses)
  func findGroupClauses(_ question: Question) throws { try ask(question) }
  @Test("aggregates over relations", arguments: aggregates)
  func findAggregates(_ question: Question) throws { try ask(question) }
  @Test("aggregates over the rows themselves", arguments: ownedRows)
  func findOwnedRows(_ question: Question) throws { try ask(question) }
  @Test("trees", arguments: trees) func findTrees(_ question: Question) throws { try ask(question) }

  /// Both answer the same rows, in the same order when the walk has one.
  private func ask(_ question: Question) throws {
    let driver = try Market.open()
    let (prefix, query) = try parse(question.walk)
    let walk = try Market.resolver.resolve(query)
    let wanted = Self.shown(try driver.rows(SQLText(question.sql)))
    #expect(!wanted.isEmpty || question.sql.hasSuffix("WHERE 0"), "nothing to find")
    for dialect in [dialect, driver.dialect] {
      let writer = SelectWriter(dialect: dialect)
      let sql =
        switch prefix {
        case .count: writer.count(walk)
        case .exists: writer.exists(walk)
        default: writer.select(walk)
        }
      let found = Self.shown(try driver.rows(sql))
      if walk.last.isSorted || walk.last.isLimited, walk.nests.isEmpty {
        #expect(found == wanted, "\(sql.inlined(dialect))")
      } else {
        #expect(Self.sorted(found) == Self.sorted(wanted), "\(sql.inlined(dialect))")
      }
    }
  }

  static func sorted(_ rows: [[String]]) -> [[String]] {
    rows.sorted { $0.lexicographicallyPrecedes($1) }
  }

  static func shown(_ rows: [[Value]]) -> [[String]] {
    rows.map { row in
      row.map { value in
        switch value {
        case .integer(let number): String(format: "%.8f", Double(number))
        case .double(let number): String(format: "%.8f", number == 0 ? 0 : number)
        default: value.shown
        }
      }
    }
  }

  /// The condition of `set` and `delete` is true for exactly the rows of the walk.
  @Test("as the rows of a set or delete", arguments: filters)
  func findFilters(_ question: Question) throws {
    let driver = try Market.make()
    let walk = try Market.resolver.resolveKeys(try parse(question.walk).query)
    let table = walk.last.source.table
    let wanted = Self.sorted(Self.shown(try driver.rows(SQLText(question.sql))))
    for dialect in [dialect, driver.dialect] {
      let filter = SelectWriter(dialect: dialect).filter(walk)
      var select = SQLText("SELECT id FROM " + table)
      var update = SQLText("UPDATE " + table + " SET id = id")
      if !filter.isEmpty {
        select.append(" WHERE \(filter)" as SQLText)
        update.append(" WHERE \(filter)" as SQLText)
      }
      #expect(Self.sorted(Self.shown(try driver.rows(select))) == wanted)
      #expect(try driver.execute(update).changes == wanted.count)
      #expect(!wanted.isEmpty)
    }
  }

  @Test(
    "decimals have the scale that the language says",
    arguments: [
      ("Order show sum total", 2), ("Order show avg total", 8), ("Order show max total", 2),
      ("OrderItem show sum (quantity * unitPrice)", 2),
      ("OrderItem show sum (unitPrice * unitPrice)", 4),
      ("OrderItem show avg (unitPrice * 1.5)", 9),
      ("Review show avg stars", 6), ("User show avg orders.total", 8),
      ("User show sum orders (total / 2)", 8), ("Product show avg reviews (stars)", 6),
      ("Order group status show avg total", 8),
      ("Order group user show sum orderItems.unitPrice", 2),
      ("User show count orders", nil), ("Review show sum stars", nil),
      ("Review show max stars", nil),
      ("Product show sum weight", nil), ("Product show avg weight", nil),
    ] as [(String, Int?)])
  func scales(_ walk: String, _ scale: Int?) throws {
    let walk = try Market.resolver.resolve(try parse(walk).query)
    let found = SelectWriter(dialect: dialect).columns(of: walk).map { column -> Int? in
      if case .decimal(_, let scale)? = column.type { scale } else { nil }
    }
    #expect(found == [scale])
  }
}
