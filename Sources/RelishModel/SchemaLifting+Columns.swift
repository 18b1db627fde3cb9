import RelishLanguage
import Synchronization

// Columns as attributes: names in the language's style, defaults and checks as sentences where the
// language can say them.
extension SchemaLifting {
  static func attributes(of table: Table) -> [AttributeFacts] {
    var names: [String: String] = [:]
    var used: Set<String> = []
    let naming = Naming(style: .camel)
    // A column that has the language's style already keeps its name, whatever others are called.
    for column in table.columns where naming.attribute(fromColumn: column.name) == column.name {
      names[column.name] = unusedName(column.name, or: column.name, in: &used)
    }
    for column in table.columns where names[column.name] == nil {
      let name = naming.attribute(fromColumn: column.name)
      names[column.name] = unusedName(name, or: column.name, in: &used)
    }
    return table.columns.map { column in
      let name = names[column.name] ?? column.name
      var attribute = Attribute(name: name, column: column.name, type: column.type)
      let isKey = table.primaryKey.contains { $0.lowercased() == column.name.lowercased() }
      attribute.isKey = isKey
      attribute.isRequired = column.isNotNull || isKey && !column.isAutoIncrement
      attribute.isGenerated = column.isAutoIncrement
      attribute.storage.declaredType = column.declaredType
      attribute.storage.collation = column.collation
      attribute.storage.generated = column.generated
      attribute.storage.reusesNumbers = column.reusesNumbers
      attribute.storage.isNullableKey = isKey && !column.isNotNull && !column.isAutoIncrement
      take(column.defaultValue, for: &attribute)
      take(column.check, for: &attribute, names)
      return AttributeFacts(attribute: attribute, column: column.name, isRead: true)
    }
  }

  private static func unusedName(
    _ name: String, or column: String, in used: inout Set<String>
  ) -> String {
    // Names that differ in the case of letters alone are one (LANGUAGE.md §9).
    var choice = used.contains(name.lowercased()) ? column : name
    var number = 2
    while used.contains(choice.lowercased()) {
      choice = name + String(number)
      number += 1
    }
    used.insert(choice.lowercased())
    return choice
  }

  private static func take(_ value: ColumnDefault?, for attribute: inout Attribute) {
    switch value {
    case nil: break
    case .literal(let literal):
      // What no sentence could give the attribute stays in the database's words.
      if (try? ValueCheck.convert(literal, to: attribute.type.said)) != nil {
        attribute.defaultValue = .literal(literal, .none)
      } else {
        attribute.readDefault = words(literal)
      }
    case .now where attribute.type == .datetime:
      attribute.defaultValue = .call(Name("now"), [], .none)
    case .today where attribute.type == .datetime || attribute.type == .date:
      attribute.defaultValue = .call(Name("today"), [], .none)
    case .now:
      attribute.readDefault = attribute.type == .time ? "CURRENT_TIME" : "CURRENT_TIMESTAMP"
    case .today: attribute.readDefault = "CURRENT_DATE"
    case .expression(let text): attribute.readDefault = text
    }
  }

  /// The literal in SQL.
  private static func words(_ literal: Literal) -> String {
    switch literal {
    case .text(let text): "'" + text.replacing("'", with: "''") + "'"
    case .boolean(let value): value ? "1" : "0"
    default: SyntaxWriter.literal(literal)
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
    guard var condition = parsed.condition(text) else { return nil }
    let columns = Set(condition.paths.flatMap { $0.names.map(\.text) })
    guard columns.isSubset(of: names.keys) else { return nil }
    for (column, name) in names where column != name && columns.contains(column) {
      condition = condition.renaming(column, to: name)
    }
    return CheckSyntax(condition: condition, source: SyntaxWriter.condition(condition))
  }
}

/// Conditions that were read before: tables of one database have many in common.
private final class ParsedConditions: Sendable {
  private let conditions = Mutex<[String: Condition?]>([:])
  private static let limit = 1_024

  func condition(_ text: String) -> Condition? {
    conditions.withLock { conditions in
      if let condition = conditions[text] { return condition }
      let condition = Self.parsed(text)
      if conditions.count >= Self.limit { conditions.removeAll() }
      conditions[text] = .some(condition)
      return condition
    }
  }

  private static func parsed(_ text: String) -> Condition? {
    var reader = StatementReader(name: "", text: "M has c text check \(text)")
    guard case .statement = reader.next(),
      case .declaration(.attributes(_, let attributes))? = try? reader.parse(),
      attributes.count == 1, case .end = reader.next(),
      let condition = attributes.first?.check?.condition, !condition.asksOtherRows
    else { return nil }
    return condition
  }
}

private let parsed = ParsedConditions()

extension AttributeType {
  /// As a sentence says it: a type that only a database knows is a text there.
  var said: AttributeType {
    if case .other = self { return .text }
    return self
  }

  /// Whether a key of this type can point to a column of the other.
  func fits(_ target: AttributeType) -> Bool {
    switch (self, target) {
    case (.integer, .bigint), (.bigint, .integer), (.string, .string), (.string, .text),
      (.text, .string), (.float, .double), (.double, .float), (.decimal, .decimal),
      (.other, _), (_, .other):
      true
    default: self == target
    }
  }
}
