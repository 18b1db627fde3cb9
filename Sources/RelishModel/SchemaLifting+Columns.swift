import RelishLanguage
import Synchronization

// Columns as attributes: names in the language's style, defaults and checks as sentences where the
// language can say them.
extension SchemaLifting {
  static func attributes(of table: Table) -> [AttributeFacts] {
    let names = attributeNames(of: table.columns)
    return zip(table.columns, names).map { column, name in
      var attribute = Attribute(name: name, column: column.name, type: column.type)
      let isKey = table.primaryKey.contains { $0.isSameName(as: column.name) }
      attribute.isKey = isKey
      attribute.isRequired = column.isNotNull || isKey && !column.isAutoIncrement
      attribute.isGenerated = column.isAutoIncrement
      attribute.storage.declaredType = column.declaredType
      attribute.storage.collation = column.collation
      attribute.storage.generated = column.generated
      attribute.storage.reusesNumbers = column.reusesNumbers
      attribute.storage.isNullableKey = isKey && !column.isNotNull && !column.isAutoIncrement
      take(column.defaultValue, for: &attribute)
      take(column.check, for: &attribute, table.columns, names)
      return AttributeFacts(attribute: attribute, column: column.name, isRead: true)
    }
  }

  /// A name for each column, in their order; no two have one name.
  private static func attributeNames(of columns: [Column]) -> [String] {
    let naming = Naming(style: .camel)
    let names = columns.map { naming.attribute(fromColumn: $0.name) }
    guard !areDistinct(names) else { return names }
    var used: Set<String> = []
    var chosen = names
    // A column that has the language's style already keeps its name, whatever others are called.
    for (place, column) in columns.enumerated() where names[place] == column.name {
      chosen[place] = unusedName(column.name, or: column.name, in: &used)
    }
    for (place, column) in columns.enumerated() where names[place] != column.name {
      chosen[place] = unusedName(names[place], or: column.name, in: &used)
    }
    return chosen
  }

  /// Whether no two differ in the case of letters alone; of many, or of letters beyond ASCII, not known.
  private static func areDistinct(_ names: [String]) -> Bool {
    guard names.count <= 64, names.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) else {
      return false
    }
    for (place, name) in names.enumerated() {
      if names[..<place].contains(where: { $0.isSameName(as: name) }) { return false }
    }
    return true
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
    _ check: ColumnCheck?, for attribute: inout Attribute, _ columns: [Column], _ names: [String]
  ) {
    switch check {
    case nil: break
    case .condition(let condition): attribute.check = condition
    case .expression(let text):
      attribute.check = condition(text, columns, names)
      if attribute.check == nil { attribute.readCheck = text }
    }
  }

  /// The database's condition read as one of the language, over attributes in place of columns; nil
  /// where the language cannot say it, or where `"` might mean a name.
  private static func condition(
    _ text: String, _ columns: [Column], _ names: [String]
  ) -> CheckSyntax? {
    guard let read = parsed.condition(text) else { return nil }
    var renames: [(column: String, name: String)] = []
    for column in read.columns {
      guard let place = columns.firstIndex(where: { $0.name == column }) else { return nil }
      if names[place] != column { renames.append((column, names[place])) }
    }
    guard !renames.isEmpty else { return read.check }
    return parsed.check(read, text, renaming: renames)
  }
}

/// Conditions that were read before: tables of one database have many in common.
private final class ParsedConditions: Sendable {
  /// A condition over columns.
  struct Read {
    let check: CheckSyntax
    /// The names in it.
    let columns: Set<String>
  }

  private let conditions = Mutex<[String: Read?]>([:])
  private let renamed = Mutex<[String: CheckSyntax]>([:])
  private static let limit = 1_024

  func condition(_ text: String) -> Read? {
    conditions.withLock { conditions in
      if let condition = conditions[text] { return condition }
      let condition = Self.parsed(text)
      if conditions.count >= Self.limit { conditions.removeAll() }
      conditions[text] = .some(condition)
      return condition
    }
  }

  /// The condition over attributes that are called otherwise than their columns.
  func check(
    _ read: Read, _ text: String, renaming renames: [(column: String, name: String)]
  ) -> CheckSyntax {
    // The names of attributes hold no blanks of this kind.
    let key = renames.reduce(text) { $0 + "\0" + $1.column + "\0" + $1.name }
    return renamed.withLock { renamed in
      if let check = renamed[key] { return check }
      let condition = renames.reduce(read.check.condition) {
        $0.renaming($1.column, to: $1.name)
      }
      let check = CheckSyntax(condition: condition, source: SyntaxWriter.condition(condition))
      if renamed.count >= Self.limit { renamed.removeAll() }
      renamed[key] = check
      return check
    }
  }

  private static func parsed(_ text: String) -> Read? {
    guard !text.utf8.contains(UInt8(ascii: "\"")), !text.utf8.contains(UInt8(ascii: "`")) else {
      return nil
    }
    var reader = StatementReader(name: "", text: "M has c text check \(text)")
    guard case .statement = reader.next(),
      case .declaration(.attributes(_, let attributes))? = try? reader.parse(),
      attributes.count == 1, case .end = reader.next(),
      let condition = attributes.first?.check?.condition, !condition.asksOtherRows
    else { return nil }
    return Read(
      check: CheckSyntax(condition: condition, source: SyntaxWriter.condition(condition)),
      columns: Set(condition.paths.flatMap { $0.names.map(\.text) }))
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
