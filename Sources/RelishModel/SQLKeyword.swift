/// The keywords of a definition in SQL (https://www.sqlite.org/lang_createtable.html), told apart when a
/// text is split.
package enum SQLKeyword: String, CaseIterable, Sendable {
  case action = "ACTION"
  case `as` = "AS"
  case asc = "ASC"
  case autoincrement = "AUTOINCREMENT"
  case cascade = "CASCADE"
  case check = "CHECK"
  case collate = "COLLATE"
  case constraint = "CONSTRAINT"
  case `default` = "DEFAULT"
  case deferrable = "DEFERRABLE"
  case deferred = "DEFERRED"
  case delete = "DELETE"
  case desc = "DESC"
  case foreign = "FOREIGN"
  case initially = "INITIALLY"
  case key = "KEY"
  case match = "MATCH"
  case no = "NO"
  case not = "NOT"
  case null = "NULL"
  case on = "ON"
  case primary = "PRIMARY"
  case references = "REFERENCES"
  case restrict = "RESTRICT"
  case set = "SET"
  case stored = "STORED"
  case unique = "UNIQUE"
  case update = "UPDATE"

  /// The keyword that a word without quotes is, if any.
  init?(_ word: UnsafeBufferPointer<UInt8>.SubSequence) {
    guard word.count < Self.byLength.count else { return nil }
    let keyword = Self.byLength[word.count].first { spelling in
      zip(word, spelling.bytes).allSatisfy { $0 & ~0x20 == $1 }
    }
    guard let keyword else { return nil }
    self = keyword.keyword
  }

  /// The keywords of each length.
  private static let byLength: [[(bytes: [UInt8], keyword: SQLKeyword)]] = {
    let all = allCases.map { (bytes: Array($0.rawValue.utf8), keyword: $0) }
    let longest = all.map(\.bytes.count).max() ?? 0
    return (0...longest).map { length in all.filter { $0.bytes.count == length } }
  }()
}
