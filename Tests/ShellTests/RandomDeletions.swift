import RelishDrivers
import RelishModel
import RelishSQL
import Support

/// A random database of a few tables whose foreign keys point to each other in every way that SQLite
/// knows, with a few rows each.
struct RandomDeletions {
  private var generator: SeededGenerator
  private(set) var tables: [String] = []
  /// Foreign keys by table.
  private(set) var keys: [(table: String, columns: [String])] = []
  private var isWithoutRowid: [Bool] = []
  private var isText: [Bool] = []
  private let isWild: Bool

  /// - Parameter isWild: keys share columns, point to keys of others, and tables have checks.
  init(seed: UInt64, isWild: Bool) {
    generator = SeededGenerator(seed: seed)
    self.isWild = isWild
  }

  /// Statements that make the tables and their rows; to be run with foreign keys off.
  mutating func statements() -> [String] {
    let count = Int.random(in: 1...4, using: &generator)
    for place in 0..<count {
      tables.append("t\(place)")
      isWithoutRowid.append(chance(0.2))
      isText.append(chance(0.2))
    }
    var statements = tables.indices.map { table($0) }
    for place in tables.indices {
      for _ in 0..<Int.random(in: 0...7, using: &generator) { statements.append(row(place)) }
    }
    return statements
  }

  /// `id`, `code` (unique), the pair `a, b` (unique), two to four keys `f0 …`, and one key of two
  /// columns `g, h`.
  private mutating func table(_ place: Int) -> String {
    let type = isText[place] ? (chance(0.5) ? "TEXT COLLATE NOCASE" : "TEXT") : "INTEGER"
    let number = isText[place] || isWithoutRowid[place] || chance(0.6) ? "" : " AUTOINCREMENT"
    var lines = [
      "id \(type) PRIMARY KEY\(number)", "code INTEGER UNIQUE", "a INTEGER", "b INTEGER",
    ]
    var constraints = ["UNIQUE (a, b)"]
    for key in 0..<Int.random(in: 0...3, using: &generator) {
      let target = Int.random(in: tables.indices, using: &generator)
      let column = isWild && chance(0.15) ? "code" : "f\(key)"
      if column != "code" {
        var line = "\(column) \(chance(0.8) ? "INTEGER" : "")"
        if chance(0.15) { line += " NOT NULL" }
        if chance(0.4) { line += " DEFAULT \(Int.random(in: 1...4, using: &generator))" }
        if isWild, chance(0.1) { line += " UNIQUE" }
        lines.append(line)
      }
      constraints.append(reference([column], target, pick(["id", "id", "code"])))
      keys.append((tables[place], [column]))
    }
    if chance(0.4) {
      let target = Int.random(in: tables.indices, using: &generator)
      lines += ["g INTEGER", "h INTEGER"]
      let columns =
        isWild && chance(0.5) && lines.contains { $0.hasPrefix("f0") } ? ["f0", "h"] : ["g", "h"]
      constraints.append(reference(columns, target, "a, b"))
      keys.append((tables[place], columns))
    }
    if isWild, chance(0.2), let key = keys.last, key.table == tables[place] {
      constraints.append("CHECK (\(key.columns[0]) IS NOT NULL OR b > 1)")
    }
    return "CREATE TABLE \(tables[place]) (\((lines + constraints).joined(separator: ", ")))"
      + (isWithoutRowid[place] ? " WITHOUT ROWID" : "")
  }

  private mutating func reference(_ columns: [String], _ target: Int, _ to: String) -> String {
    let rules = [
      "CASCADE", "CASCADE", "CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION",
    ]
    var text = "FOREIGN KEY (\(columns.joined(separator: ", "))) REFERENCES \(tables[target])"
    if to != "id" || chance(0.5) { text += "(\(to))" }
    if chance(0.95) { text += " ON DELETE \(pick(rules))" }
    if chance(0.5) { text += " ON UPDATE \(pick(rules))" }
    if chance(0.4) {
      text += pick([
        " DEFERRABLE INITIALLY DEFERRED", " DEFERRABLE", " NOT DEFERRABLE INITIALLY DEFERRED",
      ])
    }
    return text
  }

  /// Mostly values that are there, so that keys point to rows.
  private mutating func row(_ place: Int) -> String {
    let names = keys.filter { $0.table == tables[place] }.flatMap(\.columns)
    let columns = ["id", "code", "a", "b"] + Set(names).subtracting(["code"]).sorted()
    let values = columns.map { column in
      let number = Int.random(in: 1...(isWild || chance(0.1) ? 5 : 4), using: &generator)
      if column == "id", isText[place] { return "'\(number)'" }
      return chance(column == "id" ? 0 : 0.25) ? "NULL" : String(number)
    }
    return "INSERT OR IGNORE INTO \(tables[place]) (\(columns.joined(separator: ", "))) VALUES "
      + "(\(values.joined(separator: ", ")))"
  }

  /// A table and what holds for the rows to be deleted from it.
  mutating func deletion() -> (table: String, filter: SQLText) {
    let table = pick(tables)
    let number = Int.random(in: 1...4, using: &generator)
    let filters = ["", "\(table).id = \(number)", "\(table).a >= \(number)", "\(table).id <= 2"]
    let filter = pick(filters)
    return (table, filter.isEmpty ? SQLText() : SQLText(filter))
  }

  mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

  private mutating func chance(_ part: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < part
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }
}
