import RelishModel
import RelishSQL

/// A CREATE INDEX as the database keeps it (https://www.sqlite.org/lang_createindex.html).
struct SQLiteIndexText {
  private let text: String
  private let tokens: [SQLToken]
  /// Where what follows the table's name begins.
  private let start: Int

  /// - Parameter tokens: of all of `sql`.
  init(_ sql: String, _ tokens: [SQLToken]) {
    text = sql
    self.tokens = tokens
    start = min(tokens.count, tokens.firstIndex { $0.keyword == .on }.map { $0 + 2 } ?? .max)
  }

  func index(named name: String, of table: Table) -> Index {
    var rest = SQLTokenCursor(tokens, start..<tokens.count)
    let isUnique = tokens.count > 1 && tokens[1].keyword == .unique
    var index = Index(name: name, columns: [], isUnique: isUnique)
    let isPlain = takeColumns(&rest, of: table, into: &index.columns)
    if !isPlain || rest.take() != nil { index.definition = written(table) }
    return index
  }

  /// Takes what is in the brackets. The columns are none where one term is more than a name with its
  /// order; answers whether all are nothing but names.
  private func takeColumns(
    _ rest: inout SQLTokenCursor, of table: Table, into columns: inout [String]
  ) -> Bool {
    var isPlain = true
    var isOpen = rest.take(symbol: "(")
    while isOpen {
      guard let first = rest.take(), first.isName || first.kind == .text,
        let column = table.columns.first(where: { $0.name.isSameName(as: first.value) })
      else { break }
      if rest.take(.collate) {
        _ = rest.take()
        isPlain = false
      }
      if rest.take(.desc) { isPlain = false } else { rest.take(.asc) }
      columns.append(column.name)
      if rest.take(symbol: ")") { return isPlain }
      isOpen = rest.take(symbol: ",")
    }
    columns = []
    return false
  }

  /// As it stands in the text, but for texts in double quotes, which a new index may not have.
  private func written(_ table: Table) -> String {
    let definition = Array(tokens[start...])
    guard let first = definition.first, let last = definition.last else { return "" }
    let bytes = Array(text.utf8)
    var written: [UInt8] = []
    var position = first.range.lowerBound
    for (old, new) in zip(definition, definition.takingTexts(exceptFor: table.readsAsName))
    where old.kind != new.kind {
      written += bytes[position..<old.range.lowerBound]
      written += Array(SQLiteDialect().literal(.text(new.value)).utf8)
      position = old.range.upperBound
    }
    written += bytes[position..<last.range.upperBound]
    return String(decoding: written, as: UTF8.self)
  }
}
