import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Testing

/// Walks changed at random: nothing traps, every error lies in the source, and what resolves is SQL
/// that the database can compile.
@Suite("Changed walks")
struct WalkFuzzTests {
  /// `RELISH_FUZZ_SECONDS=600` goes on for so long; `RELISH_FUZZ_SEED` begins elsewhere.
  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }
  static let seconds = number("RELISH_FUZZ_SECONDS")
  static let seeds = (number("RELISH_FUZZ_SEED") ?? 1)..<(number("RELISH_FUZZ_SEED") ?? 1) + 2

  @Test("are answered or told what is wrong", arguments: seeds)
  func fuzz(_ seed: Int) throws {
    let mistakes = WalkErrorTests.entries.map { entry in
      String(entry.prefix { $0 != "\n" }.filter { !"«»".contains($0) })
    }
    var mutator = WalkMutator(seed: seed, walks: WalkSQLTests.walks + mistakes)
    let target = Target(driver: try openShop())
    let start = Date()
    var (count, compiled) = (0, 0)
    while Self.seconds.map({ Date().timeIntervalSince(start) < Double($0) }) ?? (count < 1_500) {
      let bytes = mutator.next()
      count += 1
      if Self.seconds != nil { try target.note(bytes, seed) }
      compiled += target.drive(bytes, "seed \(seed), number \(count)")
    }
    if Self.seconds != nil {
      print("seed \(seed): \(count) changed walks, \(compiled) of them right")
    }
    #expect(compiled > count / 20)
  }

  /// What a changed walk is driven through.
  final class Target {
    private let driver: SQLiteDriver
    init(driver: SQLiteDriver) { self.driver = driver }

    /// Keeps the walk in a file, in case that the next step ends the process.
    func note(_ bytes: [UInt8], _ seed: Int) throws {
      let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("relish-fuzz-\(seed).txt")
      try Data(bytes).write(to: path)
    }

    /// How many walks among the statements were right.
    func drive(_ bytes: [UInt8], _ place: String) -> Int {
      var isRead = false
      var reader = StatementReader(name: "fuzz") { buffer in
        if !isRead { buffer.append(contentsOf: bytes) }
        isRead = true
        return false
      }
      var right = 0
      while true {
        switch reader.next() {
        case .end: return right
        case .incomplete: check(reader.incompletion, reader.source(), place)
        case .failed(let diagnostic, let source): check(diagnostic, source, place)
        case .statement:
          let source = reader.source()
          do throws(Diagnostic) {
            guard case .walk(_, let query) = try reader.parse() else { continue }
            let text = { source.text(in: SourceRange(0, source.bytes.count)) }
            compile(try Shop.resolver.resolve(query)) { "\(place): \(text())" }
            right += 1
            // A write needs rows; what it says of values is right too.
            let keys = try Shop.resolver.resolveKeys(query)
            compileFilter(keys) { "\(place), keys: \(text())" }
          } catch {
            check(error, source, place)
          }
        }
      }
    }

    private func check(_ diagnostic: Diagnostic, _ source: SourceText, _ place: String) {
      let range = diagnostic.range
      if range.start < 0 || range.end < range.start || range.end > source.bytes.count
        || diagnostic.message.isEmpty
      {
        let text = source.text(in: SourceRange(0, source.bytes.count))
        Issue.record("\(place): \(text)\n\(diagnostic.message) at \(range)")
      }
      _ = DiagnosticPrinter(color: false).text(for: diagnostic, in: source)
    }

    private func compile(_ walk: Traversal, _ comment: () -> String) {
      for dialect in [driver.dialect, dialect] {
        let writer = SelectWriter(dialect: dialect)
        var statements = [writer.select(walk), writer.count(walk), writer.exists(walk)]
        if !walk.nests.isEmpty { statements.append(writer.nested(walk, keepsKeys: true).sql) }
        for sql in statements {
          explain(sql, comment)
          explain(SQLText(sql.inlined(dialect)), comment)
        }
        for every in writer.emptyEvery(walk) { explain(every.count, comment) }
      }
    }

    private func compileFilter(_ walk: Traversal, _ comment: () -> String) {
      let writer = SelectWriter(dialect: driver.dialect)
      explain(writer.keys(walk), comment)
      var sql = SQLText("DELETE FROM " + driver.dialect.identifier(walk.last.source.table))
      let filter = writer.filter(walk)
      if !filter.isEmpty { sql.append(" WHERE \(filter)" as SQLText) }
      explain(sql, comment)
    }

    /// Compiles the statement without running it.
    private func explain(_ sql: SQLText, _ comment: () -> String) {
      do throws(DriverError) {
        try driver.query("EXPLAIN \(sql)") { _ throws(DriverError) in false }
      } catch {
        Issue.record("\(comment())\n\(error.message)\n\(sql.inlined(dialect))")
      }
    }
  }

  static let deepWalks: [LongWalk] = [
    LongWalk("User show " + list(2_001) { "id + \($0) as x\($0)" }),
    LongWalk(
      "User show id with products ("
        + list(2_000) { "id + \($0) as x\($0)" } + ")"),
    LongWalk("User with " + nested("products (with user (with ", 40, "products", "))")),
    LongWalk("User with products (" + nested("with user (with products (", 30, "id", "))") + ")"),
    LongWalk("Category" + String(repeating: " tree children", count: 40)),
    LongWalk("Category" + String(repeating: " tree children tree parent", count: 300)),
    LongWalk(
      "Product show "
        + list(70) { "count orderItems (where id > \($0)) as x\($0)" }),
    LongWalk("User where " + nested("count orders (where ", 30, "id > 1", ") > 1")),
    LongWalk("User show " + nested("sum orders (", 30, "id", ")") + " as x"),
    LongWalk("User group " + nested("(1 + ", 90, "id", ")") + " show count"),
    LongWalk(
      "Category group "
        + list(70) { String(repeating: "parent.", count: $0) + "name" } + " show count"),
  ]

  static let deepEnough: [LongWalk] = [
    LongWalk("User show " + list(1_990) { "id + \($0) as x\($0)" }),
    LongWalk(
      "User show id with products ("
        + list(1_900) { "id + \($0) as x\($0)" } + "), orders (id)"),
    LongWalk("User with " + nested("products (with user (with ", 7, "products", "))")),
    LongWalk("Category" + String(repeating: " tree children", count: 15)),
    LongWalk("User where " + nested("count orders (where some user (", 3, "id > 1", ")) > 1")),
    LongWalk(
      "Product show "
        + list(60) { "count orderItems (where id > \($0)) as x\($0)" }),
    LongWalk("User group " + list(500) { "id + \($0)" } + " show count"),
    LongWalk(
      "Order group user top 5 by count limit 3 show user.name, sum orderItems.quantity as q, count user"
    ),
    LongWalk("User where name in (" + list(5_000) { "\"\($0)\"" } + ")"),
  ]

  @Test("what is too deep or too wide is an error", arguments: deepWalks)
  func tooDeep(_ walk: LongWalk) throws {
    #expect {
      try statement(for: walk.text)
    } throws: {
      ($0 as? Diagnostic)?.code == .tooDeep
    }
  }

  @Test("what is just not too deep or too wide is compiled", arguments: deepEnough)
  func notTooDeep(_ walk: LongWalk) throws {
    _ = try openShop().rows("EXPLAIN \(try statement(for: walk.text))")
  }

  private static func list(_ count: Int, _ item: (Int) -> String) -> String {
    (1...count).map(item).joined(separator: ", ")
  }

  private static func nested(_ open: String, _ times: Int, _ middle: String, _ close: String)
    -> String
  {
    String(repeating: open, count: times) + middle + String(repeating: close, count: times)
  }
}

/// A walk that is too long to be shown whole.
struct LongWalk: CustomTestStringConvertible, Sendable {
  let text: String
  init(_ text: String) { self.text = text }
  var testDescription: String { "\(text.prefix(60))… (\(text.utf8.count) bytes)" }
}
