import RelishLanguage
import RelishModel

extension SchemaWriter {
  /// One line of CREATE TABLE: the column with what concerns it alone.
  func definition(of column: Column, in table: Table) -> String {
    var words = [name(column.name)]
    let isNumbered = column.isAutoIncrement && table.primaryKey.areSameNames(as: [column.name])
    if isNumbered {
      words.append(dialect.numberedKey(column, table.keyWriting))
    } else {
      words.append(column.declaredType ?? dialect.typeName(column.type))
      if isKeyWrittenAtColumn(table), table.primaryKey.areSameNames(as: [column.name]) {
        words.append(primaryKey(of: table))
      }
      if column.isNotNull { words.append("NOT NULL" + conflict(column.notNullConflict)) }
    }
    for unique in table.uniques
    where unique.writing.list == nil && unique.columns.areSameNames(as: [column.name]) {
      words.append(constraint(unique.name) + "UNIQUE" + conflict(unique.writing.conflict))
    }
    if let value = column.defaultValue {
      words.append("DEFAULT \(dialect.defaultText(value, of: column.type))")
    }
    if let collation = column.collation { words.append("COLLATE \(name(collation))") }
    words += checks(of: column)
    for key in table.foreignKeys where key.columns.areSameNames(as: [column.name]) {
      words.append(constraint(key.name) + reference(of: key))
    }
    if let generated = column.generated {
      let kind = generated.isStored ? "STORED" : "VIRTUAL"
      words.append("GENERATED ALWAYS AS (\(generated.expression)) \(kind)")
    }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What takes more than one column, or more than its name.
  func constraints(of table: Table) -> [String] {
    var lines: [String] = []
    let isNumbered = table.columns.contains(where: \.isAutoIncrement)
    if !table.primaryKey.isEmpty, !isNumbered, !isKeyWrittenAtColumn(table) {
      lines.append(primaryKey(of: table))
    }
    for unique in table.uniques where unique.columns.count > 1 || unique.writing.list != nil {
      let columns = unique.writing.list ?? list(unique.columns)
      lines.append(
        "\(constraint(unique.name))UNIQUE (\(columns))\(conflict(unique.writing.conflict))")
    }
    for key in table.foreignKeys where key.columns.count > 1 {
      lines.append(
        "\(constraint(key.name))FOREIGN KEY (\(list(key.columns))) \(reference(of: key))")
    }
    return lines + table.checks.map { "\(constraint($0.name))CHECK (\($0.text))" }
  }

  /// `id INTEGER PRIMARY KEY DESC` is no other name of the rowid, with the words after all columns it
  /// is (https://www.sqlite.org/lang_createtable.html#rowid).
  private func isKeyWrittenAtColumn(_ table: Table) -> Bool {
    let list = table.keyWriting.list
    return table.primaryKey.count == 1
      && (list == nil || list == "\(self.list(table.primaryKey)) DESC")
  }

  private func primaryKey(of table: Table) -> String {
    let writing = table.keyWriting
    var words = constraint(writing.name) + "PRIMARY KEY"
    if !isKeyWrittenAtColumn(table) {
      words += " (\(writing.list ?? list(table.primaryKey)))"
    } else if writing.list != nil {
      words += " DESC"
    }
    return words + conflict(writing.conflict)
  }

  /// The condition of an enumeration, then the check; a name belongs to the check where there is one.
  private func checks(of column: Column) -> [String] {
    var words: [String] = []
    if case .enumeration(let list) = column.type,
      let condition = dialect.enumerationCheck(column: column.name, words: list)
    {
      words.append(
        constraint(column.check == nil ? column.checkName : nil) + "CHECK (\(condition))")
    }
    if let check = column.check {
      words.append(constraint(column.checkName) + "CHECK (\(check.source))")
    }
    return words
  }

  private func reference(of key: ForeignKey) -> String {
    let columns = key.targetColumns.isEmpty ? "" : "(\(list(key.targetColumns)))"
    let rules = "ON DELETE \(words(key.onDelete)) ON UPDATE \(words(key.onUpdate))"
    let deferral = key.deferral.map { " " + $0 } ?? ""
    return "REFERENCES \(name(key.table))\(columns) \(rules)\(deferral)"
  }

  // MARK: Words

  private func constraint(_ name: String?) -> String {
    name.map { "CONSTRAINT \(self.name($0)) " } ?? ""
  }

  private func conflict(_ word: String?) -> String { word.map { " ON CONFLICT \($0)" } ?? "" }

  private func words(_ rule: ReferentialRule) -> String { rule.rawValue.uppercased() }

  func name(_ name: String) -> String { dialect.identifier(name) }

  func list(_ names: [String]) -> String { names.map(name).joined(separator: ", ") }
}
