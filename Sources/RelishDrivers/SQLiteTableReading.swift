import RelishLanguage
import RelishModel
import RelishSQL

/// Completes a table that the pragmas tell by what its text says.
///
/// What is written at a column and what is written after all of them come out alike: keys of one
/// column first, in the columns' order, then the others as they stand.
struct SQLiteTableReading {
  var table: Table
  let text: SQLiteTableText
  /// What a name in double quotes may mean, in small letters.
  let names: Set<String>
  /// The key is one column, declared INTEGER.
  let hasIntegerKey: Bool
  let dialect: any Dialect

  mutating func read() {
    table.checks = text.checks.map { check($0) }
    for index in table.columns.indices where index < text.columns.count {
      readColumn(at: index, text.columns[index])
    }
    readPrimaryKey()
    readUniques()
    readForeignKeys()
    for index in table.columns.indices {
      let written = dialect.typeName(table.columns[index].type)
      if table.columns[index].declaredType == written { table.columns[index].declaredType = nil }
    }
  }

  private func canonical(_ tokens: [SQLToken]) -> String {
    tokens.takingTexts(exceptFor: names).canonicalText(dialect)
  }

  private func check(_ check: SQLiteTableText.CheckText) -> TableCheck {
    TableCheck(name: check.name, text: canonical(check.tokens))
  }

  // MARK: Columns

  private mutating func readColumn(at index: Int, _ text: SQLiteTableText.ColumnText) {
    let collation = Self.collation(text.collation)
    table.columns[index].collation = collation == "BINARY" ? nil : collation
    table.columns[index].notNullConflict = text.notNullConflict
    table.columns[index].generated = text.generated.map {
      GeneratedColumn(expression: canonical($0), isStored: text.isStored)
    }
    readChecks(at: index, text.checks)
  }

  /// A column states its words and one check; further checks, and one beside words with a name, are
  /// the table's.
  private mutating func readChecks(at index: Int, _ checks: [SQLiteTableText.CheckText]) {
    var rest = checks
    let name = table.columns[index].name
    let place =
      table.columns[index].type.isText
      ? rest.firstIndex { words(listedBy: $0.tokens, name) != nil } : nil
    if let place, let words = words(listedBy: rest[place].tokens, name) {
      table.columns[index].type = .enumeration(words)
      table.columns[index].checkName = rest.remove(at: place).name
    }
    if let first = rest.first, table.columns[index].checkName == nil {
      table.columns[index].check = .expression(canonical(first.tokens))
      table.columns[index].checkName = first.name
      rest.removeFirst()
    }
    table.checks = rest.map { check($0) } + table.checks
  }

  /// The names that every SQLite knows in capitals, others as they are written.
  private static func collation(_ name: String?) -> String? {
    guard let name else { return nil }
    switch name.uppercased() {
    case "BINARY": return "BINARY"
    case "NOCASE": return "NOCASE"
    case "RTRIM": return "RTRIM"
    default: return name
    }
  }

  /// `status IN ('open', 'paid')` holds a text to its words.
  private func words(listedBy tokens: [SQLToken], _ column: String) -> [String]? {
    guard tokens.count > 4, tokens[0].isName,
      tokens[0].value.asciiLowercased == column.asciiLowercased, tokens[1].isKeyword("IN"),
      tokens[2].isSymbol("("), tokens[tokens.count - 1].isSymbol(")")
    else { return nil }
    var words: [String] = []
    for (offset, token) in tokens[3..<(tokens.count - 1)].enumerated() {
      guard offset.isMultiple(of: 2) ? token.kind == .text : token.isSymbol(",") else { return nil }
      if token.kind == .text { words.append(token.value) }
    }
    return tokens.count.isMultiple(of: 2) ? nil : words
  }

  // MARK: Keys

  private mutating func readPrimaryKey() {
    guard let key = text.primaryKey else { return }
    table.keyWriting = writing(of: key)
    // Another name of the rowid (lang_createtable.html §5, with its exception for DESC).
    let isDescending = key.isOfColumn && key.terms.contains(where: \.isDescending)
    guard hasIntegerKey, table.primaryKey.count == 1, !table.isWithoutRowid, !isDescending else {
      return
    }
    table.keyWriting.list = nil
    if let place = table.columns.firstIndex(where: { $0.name == table.primaryKey[0] }) {
      table.columns[place].notNullConflict = nil
    }
    table.numberRows(reusingNumbers: !text.isAutoincrement)
  }

  private func writing(of key: SQLiteTableText.KeyText) -> KeyWriting {
    var writing = KeyWriting()
    writing.name = key.name
    writing.conflict = key.conflict
    let terms = key.terms.map { term in
      var words = [dialect.identifier(column(term)?.name ?? term.column)]
      if let collation = Self.collation(term.collation), collation != self.collation(of: term) {
        words += ["COLLATE", dialect.identifier(collation)]
      }
      if term.isDescending { words.append("DESC") }
      return words
    }
    if terms.contains(where: { $0.count > 1 }) {
      writing.list = terms.map { $0.joined(separator: " ") }.joined(separator: ", ")
    }
    return writing
  }

  private func column(_ term: SQLiteTableText.KeyText.Term) -> Column? {
    let name = term.column.asciiLowercased
    return table.columns.first { $0.name.asciiLowercased == name }
  }

  private func collation(of term: SQLiteTableText.KeyText.Term) -> String {
    column(term)?.collation ?? "BINARY"
  }

  /// Two keys over the same columns in the same order are one (build.c, sqlite3CreateIndex); a word
  /// about conflicts said at either holds.
  private mutating func readUniques() {
    guard !text.uniques.isEmpty else { return }
    var places: [String: Int] = [:]
    let isNumbered = table.columns.contains(where: \.isAutoIncrement)
    if let key = text.primaryKey, !isNumbered { places[identity(of: key)] = -1 }
    var uniques: [UniqueKey] = []
    for key in text.uniques {
      let identity = identity(of: key)
      if let place = places[identity] {
        if place < 0 {
          join(key, isFirst: place == -1)
          places[identity] = -2
        } else {
          uniques[place].writing.conflict = uniques[place].writing.conflict ?? key.conflict
        }
        continue
      }
      places[identity] = uniques.count
      var writing = writing(of: key)
      writing.name = nil
      var unique = UniqueKey(
        name: key.name, columns: key.terms.map { column($0)?.name ?? $0.column })
      unique.writing = writing
      uniques.append(unique)
    }
    table.uniques = table.columnsFirst(uniques)
  }

  /// A unique key that is the primary key as well; the order of the one that was written first holds.
  private mutating func join(_ unique: SQLiteTableText.KeyText, isFirst: Bool) {
    table.keyWriting.conflict = table.keyWriting.conflict ?? unique.conflict
    guard let key = text.primaryKey, isFirst else { return }
    let isInteger = hasIntegerKey && table.primaryKey.count == 1
    let isDescending = key.isOfColumn && key.terms.contains(where: \.isDescending)
    // The index of a single INTEGER key is made last; DESC alone keeps it from being the rowid.
    let isLater =
      isInteger ? table.isWithoutRowid && !isDescending : unique.place < key.place
    if isLater { table.keyWriting.list = writing(of: unique).list }
  }

  /// Equal for keys over the same columns in the same order, compared alike.
  private func identity(of key: SQLiteTableText.KeyText) -> String {
    var text = ""
    for term in key.terms {
      text += term.column.asciiLowercased
      text += "\0"
      let collation = Self.collation(term.collation) ?? collation(of: term)
      let isKnown = collation == "BINARY" || collation == "NOCASE" || collation == "RTRIM"
      text += isKnown ? collation : collation.asciiLowercased
      text += "\0"
    }
    return text
  }

  private mutating func readForeignKeys() {
    if text.foreignKeys.count == table.foreignKeys.count {
      for (index, key) in text.foreignKeys.enumerated() {
        table.foreignKeys[index].name = key.name
        if key.isDeferred { table.foreignKeys[index].deferral = "DEFERRABLE INITIALLY DEFERRED" }
      }
    }
    table.foreignKeys = table.columnsFirst(table.foreignKeys)
  }
}

extension AttributeType {
  fileprivate var isText: Bool {
    switch self {
    case .string, .text: true
    default: false
    }
  }
}
