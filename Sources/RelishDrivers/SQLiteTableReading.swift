import RelishLanguage
import RelishModel
import RelishSQL

/// Makes a table of what its text says and what SQLite knows of its columns.
///
/// What is written at a column and what is written after all of them come out alike: keys of one
/// column first, in the columns' order, then the others as they stand.
struct SQLiteTableReading {
  private(set) var table: Table
  private let text: SQLiteTableText
  private let dialect: any Dialect
  /// The key is one column, declared INTEGER.
  private var hasIntegerKey = false

  init(_ table: Table, _ text: SQLiteTableText, _ dialect: any Dialect) {
    self.table = table
    self.text = text
    self.dialect = dialect
  }

  /// The columns with all that the text says of them.
  mutating func take(columns: [SQLiteColumnFacts], types: inout SQLiteTypes) {
    take(columns: columns, key: key(of: columns), types: &types)
    take(foreignKeys: text.foreignKeys)
  }

  /// The columns and the names of the primary key.
  mutating func take(columns: [SQLiteColumnFacts], key: [String], types: inout SQLiteTypes) {
    table.columns.reserveCapacity(columns.count)
    for facts in columns {
      let (type, isUsual) = types.type(declared: facts.type, dialect)
      var column = Column(name: facts.name, type: type)
      column.declaredType = isUsual ? nil : facts.type
      column.isNotNull = facts.isNotNull
      column.defaultValue = facts.defaultValue.flatMap {
        ColumnDefault(sqlite: $0, of: type, dialect)
      }
      if facts.isInKey, facts.type == "INTEGER" { hasIntegerKey = true }
      table.columns.append(column)
    }
    table.primaryKey = key
  }

  /// The foreign keys in the order of the text; names of constraints, if they have none, are the text's.
  mutating func take(foreignKeys: [ForeignKey]) {
    var keys = foreignKeys
    if keys.count == text.foreignKeys.count {
      for (place, written) in text.foreignKeys.enumerated() {
        keys[place].name = written.name
        keys[place].deferral = written.deferral
      }
    }
    table.foreignKeys = table.columnsFirst(keys)
    for key in table.foreignKeys.indices {
      for place in table.foreignKeys[key].columns.indices {
        // The names of the table's columns, however they are written here.
        let name = table.foreignKeys[key].columns[place]
        if let column = table.column(named: name), column.name != name {
          table.foreignKeys[key].columns[place] = column.name
        }
      }
    }
  }

  private func key(of columns: [SQLiteColumnFacts]) -> [String] {
    var key: [String] = []
    for term in text.primaryKey?.terms ?? [] {
      let column = columns.first { $0.name.isSameName(as: term.column) }
      if let column, !key.contains(column.name) { key.append(column.name) }
    }
    return key
  }

  /// What is left when the columns are taken.
  mutating func finish() {
    table.checks = text.checks.map { check($0) }
    for index in table.columns.indices where index < text.columns.count {
      readColumn(at: index, text.columns[index])
    }
    readPrimaryKey()
    readUniques()
  }

  private func canonical(_ tokens: [SQLToken]) -> String {
    tokens.takingTexts(exceptFor: table.readsAsName).canonicalText(dialect)
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
    guard !checks.isEmpty else { return }
    var rest = checks
    let name = table.columns[index].name
    let place =
      table.columns[index].type.isText
      ? rest.firstIndex { words(listedBy: $0.tokens, name) != nil } : nil
    if let place, let words = words(listedBy: rest[place].tokens, name) {
      let declared =
        table.columns[index].declaredType ?? dialect.typeName(table.columns[index].type)
      table.columns[index].type = .enumeration(words)
      let isUsual = dialect.typeName(.enumeration(words)) == declared
      table.columns[index].declaredType = isUsual ? nil : declared
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
      tokens[0].value.isSameName(as: column), tokens[1].isKeyword("IN"),
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
    let isMore = key.terms.contains { $0.isDescending || otherCollation($0) != nil }
    if isMore { writing.list = key.terms.map(words).joined(separator: ", ") }
    return writing
  }

  private func words(of term: SQLiteTableText.KeyText.Term) -> String {
    var words = dialect.identifier(column(term)?.name ?? term.column)
    if let collation = otherCollation(term) { words += " COLLATE " + dialect.identifier(collation) }
    return term.isDescending ? words + " DESC" : words
  }

  /// What the term is compared by, where that is not what its column is compared by.
  private func otherCollation(_ term: SQLiteTableText.KeyText.Term) -> String? {
    guard let collation = Self.collation(term.collation), collation != self.collation(of: term)
    else { return nil }
    return collation
  }

  private func column(_ term: SQLiteTableText.KeyText.Term) -> Column? {
    table.columns.first { $0.name.isSameName(as: term.column) }
  }

  private func collation(of term: SQLiteTableText.KeyText.Term) -> String {
    column(term)?.collation ?? "BINARY"
  }

  /// Two keys over the same columns in the same order are one (build.c, sqlite3CreateIndex); a word
  /// about conflicts said at either holds.
  private mutating func readUniques() {
    guard !text.uniques.isEmpty else { return }
    let isNumbered = table.columns.contains(where: \.isAutoIncrement)
    var hasJoined = false
    var kept: [(key: SQLiteTableText.KeyText, unique: UniqueKey)] = []
    for key in text.uniques {
      if let primary = text.primaryKey, !isNumbered, isSame(key, primary) {
        join(key, isFirst: !hasJoined)
        hasJoined = true
      } else if let place = kept.firstIndex(where: { isSame($0.key, key) }) {
        kept[place].unique.writing.conflict = kept[place].unique.writing.conflict ?? key.conflict
      } else {
        var unique = UniqueKey(
          name: key.name, columns: key.terms.map { column($0)?.name ?? $0.column })
        unique.writing = writing(of: key)
        unique.writing.name = nil
        kept.append((key, unique))
      }
    }
    table.uniques = table.columnsFirst(kept.map(\.unique))
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

  /// Whether the keys are over the same columns in the same order, compared alike.
  private func isSame(_ one: SQLiteTableText.KeyText, _ other: SQLiteTableText.KeyText) -> Bool {
    one.terms.count == other.terms.count
      && zip(one.terms, other.terms).allSatisfy { left, right in
        guard left.column.isSameName(as: right.column) else { return false }
        let collation = Self.collation(left.collation) ?? collation(of: left)
        return collation.isSameName(
          as: Self.collation(right.collation) ?? self.collation(of: right))
      }
  }
}

extension Table {
  /// Whether a name in double quotes means a column of the table; otherwise it is a text.
  func readsAsName(_ name: String) -> Bool {
    columns.contains { $0.name.isSameName(as: name) }
      || ["rowid", "oid", "_rowid_"].contains { $0.isSameName(as: name) }
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
