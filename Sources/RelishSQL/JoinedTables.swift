import RelishModel

extension SQLText {
  /// Which tables the names of to-one joins (`j0`, `j1` …) stand for; each SELECT counts its own, so that
  /// a name may stand for several.
  package func joinedTables(_ dialect: any Dialect) -> [String: Set<String>] {
    let tokens = SQLTokenizer.tokens(of: prepared(dialect))
    var tables: [String: Set<String>] = [:]
    for index in tokens.indices.dropLast(3) {
      let (word, table, name) = (tokens[index], tokens[index + 1], tokens[index + 3])
      guard word.isKeyword("JOIN") || word.isKeyword("FROM"), table.isName,
        tokens[index + 2].isKeyword("AS"), name.kind == .word, name.value.first == "j"
      else { continue }
      tables[name.value, default: []].insert(table.value)
    }
    return tables
  }
}
