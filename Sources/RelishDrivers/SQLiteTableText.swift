import RelishSQL

/// What only the text of a CREATE TABLE tells: checks and names of constraints
/// (https://www.sqlite.org/lang_createtable.html). Names of columns are in small letters.
struct SQLiteTableText {
  /// Of each column, the tokens between the brackets of its checks.
  private(set) var columnChecks: [String: [[SQLToken]]] = [:]
  private(set) var tableChecks: [[SQLToken]] = []
  private(set) var isWithoutRowid = false
  /// Names of UNIQUE constraints by their columns.
  private(set) var uniqueNames: [[String]: String] = [:]

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
      readDefinition(tokens[start..<position])
      start = position + 1
      if depth == 0 { break }
    }
    // After the last bracket only WITHOUT ROWID and STRICT can stand.
    isWithoutRowid = tokens[min(start, tokens.count)...].contains { $0.isKeyword("WITHOUT") }
  }

  /// One column with its constraints, or one or more constraints of the table.
  private mutating func readDefinition(_ tokens: ArraySlice<SQLToken>) {
    guard let first = tokens.first else { return }
    let starters = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]
    let isTableConstraint = starters.contains { first.isKeyword($0) }
    let column = isTableConstraint ? nil : first.value.lowercased()
    var rest = isTableConstraint ? tokens : tokens.dropFirst()
    var constraintName: String?
    while let token = rest.first {
      // Sizes of types, defaults and generated values in brackets hold no constraints.
      if token.isSymbol("(") {
        Self.takeBrackets(from: &rest)
        continue
      }
      rest.removeFirst()
      if token.isKeyword("CONSTRAINT") {
        constraintName = rest.popFirst()?.value
      } else if token.isKeyword("CHECK") {
        let condition = Array(Self.takeBrackets(from: &rest))
        if let column {
          columnChecks[column, default: []].append(condition)
        } else {
          tableChecks.append(condition)
        }
      } else if token.isKeyword("UNIQUE") {
        let columns = column.map { [$0] } ?? Self.columnNames(Self.takeBrackets(from: &rest))
        if let constraintName { uniqueNames[columns] = constraintName }
        constraintName = nil
      }
    }
  }

  /// Takes the brackets that `tokens` begin with; answers what is inside.
  @discardableResult
  private static func takeBrackets(
    from tokens: inout ArraySlice<SQLToken>
  ) -> ArraySlice<SQLToken> {
    var depth = 0
    let end = tokens.firstIndex { token in
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0
      return depth == 0
    }
    guard let end, end > tokens.startIndex else { return [] }
    defer { tokens = tokens[(end + 1)...] }
    return tokens[(tokens.startIndex + 1)..<end]
  }

  /// The first word of each part: what follows is COLLATE, ASC or DESC.
  private static func columnNames(_ tokens: ArraySlice<SQLToken>) -> [String] {
    tokens.split { $0.isSymbol(",") }.compactMap { $0.first?.value.lowercased() }
  }
}
