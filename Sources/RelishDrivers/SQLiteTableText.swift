import RelishModel
import RelishSQL

/// What only the text of a CREATE TABLE tells: checks, collations, computed columns, names of
/// constraints and how keys are written (https://www.sqlite.org/lang_createtable.html).
struct SQLiteTableText {
  /// A definition of a column; columns stand in the order of the table's.
  struct ColumnText {
    var checks: [CheckText] = []
    var collation: String?
    /// What is between the brackets of AS.
    var generated: [SQLToken]?
    var isStored = false
    var notNullConflict: String?
  }
  struct CheckText {
    var name: String?
    var tokens: [SQLToken]
  }
  /// PRIMARY KEY or UNIQUE.
  struct KeyText {
    struct Term {
      var column: String
      var collation: String?
      var isDescending = false
    }
    var name: String?
    var terms: [Term]
    var conflict: String?
    /// Written at its column.
    var isOfColumn = false
    /// How many UNIQUE were written before it.
    var place = 0
  }
  struct ForeignKeyText {
    var name: String?
    var isDeferred = false
  }

  private(set) var columns: [ColumnText] = []
  private(set) var checks: [CheckText] = []
  private(set) var primaryKey: KeyText?
  private(set) var uniques: [KeyText] = []
  private(set) var isAutoincrement = false
  /// In the order of the text.
  private(set) var foreignKeys: [ForeignKeyText] = []

  init(_ sql: String) {
    let tokens = SQLTokenizer.tokens(of: sql)
    guard let opening = tokens.firstIndex(where: { $0.isSymbol("(") }) else { return }
    var start = opening + 1
    var depth = 0
    for position in opening..<tokens.count {
      let token = tokens[position]
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      guard depth == 0 || depth == 1 && token.isSymbol(",") else { continue }
      readDefinition(SQLTokenCursor(tokens[start..<position]))
      start = position + 1
      if depth == 0 { break }
    }
  }

  /// One column with its constraints, or one or more constraints of the table.
  private mutating func readDefinition(_ definition: SQLTokenCursor) {
    var rest = definition
    let starters = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]
    var column: String?
    if !starters.contains(where: { rest.nextIs($0) }) {
      column = rest.take()?.value
      columns.append(ColumnText())
    }
    var name: String?
    while let token = rest.take() {
      let keyword = token.kind == .word ? token.value.uppercased() : ""
      switch keyword {
      case "CONSTRAINT":
        name = rest.take()?.value
        continue
      case "FOREIGN":
        rest.take("KEY")
        rest.takeBrackets()
        // The name is that of the REFERENCES to come.
        continue
      case "PRIMARY", "UNIQUE": readKey(keyword, of: column, name, &rest)
      case "CHECK":
        let check = CheckText(name: name, tokens: rest.takeBrackets())
        rest.takeConflict()
        if column == nil { checks.append(check) } else { change { $0.checks.append(check) } }
      case "REFERENCES": readReference(name, &rest)
      case "NOT":
        if rest.take("DEFERRABLE") {
          defer_(false)
        } else if rest.take("NULL") {
          let conflict = rest.takeConflict()
          change { $0.notNullConflict = conflict }
        }
      case "DEFERRABLE": defer_(rest.take("INITIALLY") && rest.take("DEFERRED"))
      case "DEFAULT": rest.takeDefault()
      case "COLLATE":
        let collation = rest.take()?.value
        change { $0.collation = collation }
      case "AS":
        let expression = rest.takeBrackets()
        let isStored = rest.take("STORED")
        change {
          $0.generated = expression
          $0.isStored = isStored
        }
      default:
        // Words and sizes of the type.
        if token.isSymbol("(") { rest.skipBrackets() }
        continue
      }
      name = nil
    }
  }

  private mutating func change(_ body: (inout ColumnText) -> Void) {
    if !columns.isEmpty { body(&columns[columns.count - 1]) }
  }

  /// The word stands for the key that was written last, in whatever column (build.c).
  private mutating func defer_(_ isDeferred: Bool) {
    if !foreignKeys.isEmpty { foreignKeys[foreignKeys.count - 1].isDeferred = isDeferred }
  }

  private mutating func readKey(
    _ keyword: String, of column: String?, _ name: String?, _ rest: inout SQLTokenCursor
  ) {
    let isPrimary = keyword == "PRIMARY"
    if isPrimary { rest.take("KEY") }
    var key = KeyText(name: name, terms: [])
    key.place = uniques.count
    if let column {
      key.isOfColumn = true
      key.terms = [KeyText.Term(column: column, isDescending: isPrimary && rest.take("DESC"))]
      if isPrimary { rest.take("ASC") }
    } else {
      var inner = SQLTokenCursor(rest.takeBrackets()[...])
      while let first = inner.take() {
        if first.isKeyword("AUTOINCREMENT") { isAutoincrement = true }
        guard first.isName || first.kind == .text, !first.isKeyword("AUTOINCREMENT") else {
          continue
        }
        var term = KeyText.Term(column: first.value)
        if inner.take("COLLATE") { term.collation = inner.take()?.value }
        if inner.take("DESC") { term.isDescending = true } else { inner.take("ASC") }
        key.terms.append(term)
      }
    }
    key.conflict = rest.takeConflict()
    if isPrimary {
      if rest.take("AUTOINCREMENT") { isAutoincrement = true }
      primaryKey = key
    } else {
      uniques.append(key)
    }
  }

  private mutating func readReference(_ name: String?, _ rest: inout SQLTokenCursor) {
    _ = rest.take()
    if rest.nextIs(symbol: "(") { rest.takeBrackets() }
    while true {
      if rest.take("ON") {
        // DELETE or UPDATE, then the rule in one word or two.
        _ = rest.take()
        if rest.nextIs("SET") || rest.nextIs("NO") { _ = rest.take() }
        _ = rest.take()
      } else if rest.take("MATCH") {
        _ = rest.take()
      } else {
        break
      }
    }
    foreignKeys.append(ForeignKeyText(name: name))
  }
}
