import RelishLanguage

// Columns as attributes: names in the language's style, defaults and checks as sentences where the
// language can say them.
extension SchemaLifting {
  static func attributes(of table: Table) -> [AttributeFacts] {
    var names: [String: String] = [:]
    var used: Set<String> = []
    for column in table.columns {
      let name = Naming(style: .camel).attribute(fromColumn: column.name)
      names[column.name] = unusedName(name, or: column.name, in: &used)
    }
    return table.columns.map { column in
      let name = names[column.name] ?? column.name
      var attribute = Attribute(name: name, column: column.name, type: column.type)
      let isKey = table.primaryKey.contains { $0.lowercased() == column.name.lowercased() }
      attribute.isKey = isKey
      attribute.isRequired = column.isNotNull || isKey && !column.isAutoIncrement
      attribute.isGenerated = column.isAutoIncrement
      take(column.defaultValue, for: &attribute)
      take(column.check, for: &attribute, names)
      return AttributeFacts(attribute: attribute, column: column.name, isRead: true)
    }
  }

  private static func unusedName(
    _ name: String, or column: String, in used: inout Set<String>
  ) -> String {
    var choice = used.contains(name) ? column : name
    var number = 2
    while used.contains(choice) {
      choice = name + String(number)
      number += 1
    }
    used.insert(choice)
    return choice
  }

  private static func take(_ value: ColumnDefault?, for attribute: inout Attribute) {
    switch value {
    case nil: break
    case .literal(let literal): attribute.defaultValue = .literal(literal, .none)
    case .now: attribute.defaultValue = .call(Name("now"), [], .none)
    case .today: attribute.defaultValue = .call(Name("today"), [], .none)
    case .expression(let text): attribute.readDefault = text
    }
  }

  private static func take(
    _ check: ColumnCheck?, for attribute: inout Attribute, _ names: [String: String]
  ) {
    switch check {
    case nil: break
    case .condition(let condition): attribute.check = condition
    case .expression(let text):
      attribute.check = condition(text, names)
      if attribute.check == nil { attribute.readCheck = text }
    }
  }

  /// The database's condition read as one of the language, over attributes in place of columns; nil
  /// where the language cannot say it, or where `"` might mean a name.
  private static func condition(_ text: String, _ names: [String: String]) -> CheckSyntax? {
    guard !text.utf8.contains(UInt8(ascii: "\"")), !text.utf8.contains(UInt8(ascii: "`")) else {
      return nil
    }
    var reader = StatementReader(name: "", text: "M has c text check \(text)")
    guard case .statement = reader.next(),
      case .declaration(.attributes(_, let attributes))? = try? reader.parse(),
      attributes.count == 1, case .end = reader.next(),
      var condition = attributes.first?.check?.condition, !condition.asksOtherRows
    else { return nil }
    let columns = Set(condition.paths.flatMap { $0.names.map(\.text) })
    guard columns.isSubset(of: names.keys) else { return nil }
    for (column, name) in names where column != name && columns.contains(column) {
      condition = condition.renaming(column, to: name)
    }
    return CheckSyntax(condition: condition, source: SyntaxWriter.condition(condition))
  }
}
