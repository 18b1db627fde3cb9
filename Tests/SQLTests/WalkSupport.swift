import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

let dialect = SQLiteDialect()

/// The statements of `Goldens/shop.sql`: tables, indexes and rows.
let shopSQL: [String] = {
  let path = Project.root.path + "/Tests/SQLTests/Goldens/shop.sql"
  let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  return text.components(separatedBy: ";\n").filter { !$0.isEmpty }
}()

/// A walk by its text, with its prefix.
func parse(_ text: String) throws -> (prefix: WalkPrefix?, query: QuerySyntax) {
  var reader = StatementReader(name: "test", text: text)
  switch reader.next() {
  case .statement:
    guard case .walk(let prefix, let query) = try reader.parse() else {
      throw TestProblem("no walk: \(text)")
    }
    return (prefix, query)
  case .failed(let diagnostic, _): throw diagnostic
  case .incomplete, .end: throw TestProblem("incomplete: \(text)")
  }
}

struct TestProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

func statement(for text: String) throws -> SQLText {
  let (prefix, query) = try parse(text)
  let walk = try Shop.resolver.resolve(query)
  let writer = SelectWriter(dialect: dialect)
  return switch prefix {
  case .count: writer.count(walk)
  case .exists: writer.exists(walk)
  case .sql, .explain, nil: writer.select(walk)
  }
}

/// The shop's rows in a database of their own.
func openShop() throws(DriverError) -> SQLiteDriver {
  let driver = try SQLiteDriver(path: ":memory:", readOnly: false)
  for sql in shopSQL { _ = try driver.execute(SQLText(sql)) }
  return driver
}

extension Driver {
  func rows(_ sql: SQLText) throws(DriverError) -> [[Value]] {
    var rows: [[Value]] = []
    try query(sql) { row throws(DriverError) in
      rows.append((0..<row.count).map { row.value($0) })
      return true
    }
    return rows
  }

  /// What EXPLAIN QUERY PLAN says, a line per step.
  func plan(_ sql: SQLText) throws(DriverError) -> [String] {
    var explained = SQLText("EXPLAIN QUERY PLAN ")
    explained.append(sql)
    return try rows(explained).compactMap { row in
      if case .text(let step)? = row.last { step } else { nil }
    }
  }
}

extension Value {
  /// The value as goldens show it; a number is the same however it is stored.
  var shown: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "1" : "0"
    case .integer(let value): String(value)
    case .decimal(let value): value.description
    case .double(let value):
      value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    case .text(let value): value
    case .blob(let bytes): "\(bytes)"
    }
  }
}
