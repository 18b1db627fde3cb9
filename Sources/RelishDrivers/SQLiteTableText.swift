import RelishLanguage
import RelishModel
import RelishSQL

/// What the text of a CREATE TABLE says (https://www.sqlite.org/lang_createtable.html), but for the types
/// of its columns, which SQLite spells by rules of its own.
struct SQLiteTableText {
  /// A definition of a column; columns stand in the order of the table's.
  struct ColumnText {
    var name: String
    /// What follows DEFAULT, without brackets around it.
    var defaultValue: [SQLToken]?
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
  private(set) var columns: [ColumnText] = []
  private(set) var checks: [CheckText] = []
  private(set) var primaryKey: KeyText?
  private(set) var uniques: [KeyText] = []
  private(set) var isAutoincrement = false
  /// In the order of the text.
  private(set) var foreignKeys: [ForeignKey] = []

  /// - Parameters:
  ///   - tokens: of the whole statement.
  ///   - count: how many columns there should be.
  init(_ tokens: [SQLToken], columnCount count: Int) {
    columns.reserveCapacity(count)
    guard let opening = tokens.firstIndex(where: { $0.isSymbol("(") }) else { return }
    var start = opening + 1
    var depth = 0
    for position in opening..<tokens.count where tokens[position].kind == .symbol {
      if tokens[position].isSymbol("(") { depth += 1 }
      if tokens[position].isSymbol(")") { depth -= 1 }
      guard depth == 0 || depth == 1 && tokens[position].isSymbol(",") else { continue }
      readDefinition(SQLTokenCursor(tokens, start..<position))
      start = position + 1
      if depth == 0 { break }
    }
  }

  /// One column with its constraints, or one or more constraints of the table.
  private mutating func readDefinition(_ definition: SQLTokenCursor) {
    var rest = definition
    let isColumn = !rest.nextIs(anyOf: .constraint, .primary, .unique, .check, .foreign)
    let column = isColumn ? rest.take()?.value : nil
    if isColumn { columns.append(ColumnText(name: column ?? "")) }
    var name: String?
    // Of the FOREIGN KEY whose REFERENCES is to come.
    var keyColumns: [String]?
    while let token = rest.take() {
      switch token.keyword {
      case nil:
        // Of the type: its words, and its sizes.
        if token.isSymbol("(") { rest.skipBrackets() }
        continue
      case .constraint:
        name = rest.take()?.value
        continue
      case .foreign:
        rest.take(.key)
        keyColumns = rest.takeNames()
        // The name is that of the REFERENCES to come.
        continue
      case .primary: readKey(isPrimary: true, of: column, name, &rest)
      case .unique: readKey(isPrimary: false, of: column, name, &rest)
      case .check:
        let check = CheckText(name: name, tokens: rest.takeBrackets())
        rest.takeConflict()
        if column == nil { checks.append(check) } else { change { $0.checks.append(check) } }
      case .references:
        readReference(of: keyColumns ?? column.map { [$0] } ?? [], name, &rest)
      case let word?:
        guard readColumnWord(word, &rest) else { continue }
      }
      name = nil
    }
  }

  /// Reads what the word begins, if it is one that stands at a column or a foreign key.
  private mutating func readColumnWord(_ word: SQLKeyword, _ rest: inout SQLTokenCursor) -> Bool {
    switch word {
    case .not:
      if rest.take(.deferrable) {
        defer_(false)
      } else if rest.take(.null) {
        let conflict = rest.takeConflict()
        change { $0.notNullConflict = conflict }
      }
    case .deferrable: defer_(rest.take(.initially) && rest.take(.deferred))
    case .default:
      let value = rest.takeDefault()
      change { $0.defaultValue = value }
    case .collate:
      let collation = rest.take()?.value
      change { $0.collation = collation }
    case .as:
      let expression = rest.takeBrackets()
      let isStored = rest.take(.stored)
      change {
        $0.generated = expression
        $0.isStored = isStored
      }
    default: return false
    }
    return true
  }

  private mutating func change(_ body: (inout ColumnText) -> Void) {
    if !columns.isEmpty { body(&columns[columns.count - 1]) }
  }

  /// The word stands for the key that was written last, in whatever column (build.c).
  private mutating func defer_(_ isDeferred: Bool) {
    guard !foreignKeys.isEmpty else { return }
    foreignKeys[foreignKeys.count - 1].deferral =
      isDeferred ? "DEFERRABLE INITIALLY DEFERRED" : nil
  }

  private mutating func readKey(
    isPrimary: Bool, of column: String?, _ name: String?, _ rest: inout SQLTokenCursor
  ) {
    if isPrimary { rest.take(.key) }
    var key = KeyText(name: name, terms: [])
    key.place = uniques.count
    if let column {
      key.isOfColumn = true
      key.terms = [KeyText.Term(column: column, isDescending: isPrimary && rest.take(.desc))]
      if isPrimary { rest.take(.asc) }
    } else {
      var inner = SQLTokenCursor(rest.takeBrackets())
      while let first = inner.take() {
        if first.keyword == .autoincrement { isAutoincrement = true }
        guard first.isName || first.kind == .text, first.keyword != .autoincrement else {
          continue
        }
        var term = KeyText.Term(column: first.value)
        if inner.take(.collate) { term.collation = inner.take()?.value }
        if inner.take(.desc) { term.isDescending = true } else { inner.take(.asc) }
        key.terms.append(term)
      }
    }
    key.conflict = rest.takeConflict()
    if isPrimary {
      if rest.take(.autoincrement) { isAutoincrement = true }
      primaryKey = key
    } else {
      uniques.append(key)
    }
  }

  /// `MATCH` and `ON INSERT` are taken and mean nothing (parse.y, "refarg").
  private mutating func readReference(
    of columns: [String], _ name: String?, _ rest: inout SQLTokenCursor
  ) {
    var key = ForeignKey(
      columns: columns, table: rest.take()?.value ?? "", targetColumns: rest.takeNames(),
      onDelete: .noAction, onUpdate: .noAction)
    key.name = name
    while true {
      if rest.take(.on) {
        let event = rest.take()
        let rule = rest.takeRule()
        if event?.keyword == .delete { key.onDelete = rule }
        if event?.keyword == .update { key.onUpdate = rule }
      } else if rest.take(.match) {
        _ = rest.take()
      } else {
        break
      }
    }
    foreignKeys.append(key)
  }
}
