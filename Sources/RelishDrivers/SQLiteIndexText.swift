import RelishModel
import RelishSQL

/// A CREATE INDEX as the database keeps it (https://www.sqlite.org/lang_createindex.html).
struct SQLiteIndexText {
  private let text: String
  private let tokens: [SQLToken]
  /// Those that follow the table's name.
  private let definition: ArraySlice<SQLToken>

  init(_ sql: String) {
    let tokens = SQLTokenizer.tokens(of: sql)
    let table = tokens.firstIndex { $0.isKeyword("ON") }
    text = sql
    self.tokens = tokens
    definition = table.map { tokens.dropFirst($0 + 2) } ?? []
  }

  /// - Parameter names: what a name in double quotes may mean, in small letters.
  func index(named name: String, of table: Table, _ names: Set<String>) -> Index {
    var rest = SQLTokenCursor(definition)
    var columns: [String] = []
    var isPlain = true
    for term in Self.terms(of: rest.takeBrackets()) {
      guard let first = term.first, first.isName || first.kind == .text,
        let column = table.columns.first(where: {
          $0.name.asciiLowercased == first.value.asciiLowercased
        }), let order = Self.order(after: term)
      else {
        columns = []
        isPlain = false
        break
      }
      columns.append(column.name)
      if order == .other { isPlain = false }
    }
    if rest.take() != nil { isPlain = false }
    let isUnique = tokens.count > 1 && tokens[1].isKeyword("UNIQUE")
    var index = Index(name: name, columns: columns, isUnique: isUnique)
    if !isPlain { index.definition = written(names) }
    return index
  }

  private enum Order { case plain, other }

  /// What follows a term's name; nil where the term is more than a name with its order.
  private static func order(after term: [SQLToken]) -> Order? {
    var rest = SQLTokenCursor(term.dropFirst())
    var order = Order.plain
    if rest.take("COLLATE") {
      _ = rest.take()
      order = .other
    }
    if rest.take("DESC") { order = .other } else { rest.take("ASC") }
    return rest.take() == nil ? order : nil
  }

  private static func terms(of tokens: [SQLToken]) -> [[SQLToken]] {
    var terms: [[SQLToken]] = [[]]
    var depth = 0
    for token in tokens {
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0
      if depth == 0, token.isSymbol(",") {
        terms.append([])
      } else {
        terms[terms.count - 1].append(token)
      }
    }
    return terms
  }

  /// As it stands in the text, but for texts in double quotes, which a new index may not have.
  private func written(_ names: Set<String>) -> String {
    guard let first = definition.first, let last = definition.last else { return "" }
    let bytes = Array(text.utf8)
    var written: [UInt8] = []
    var position = first.range.lowerBound
    for (old, new) in zip(definition, Array(definition).takingTexts(exceptFor: names))
    where old.kind != new.kind {
      written += bytes[position..<old.range.lowerBound]
      written += Array(SQLiteDialect().literal(.text(new.value)).utf8)
      position = old.range.upperBound
    }
    written += bytes[position..<last.range.upperBound]
    return String(decoding: written, as: UTF8.self)
  }
}
