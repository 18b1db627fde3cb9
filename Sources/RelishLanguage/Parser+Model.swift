// Models and their attributes (LANGUAGE.md §3).
extension Parser {
  private static let modifiers: [Keyword] =
    [
      .required, .optional, .unique, .default, .check, .key, .column, .note,
    ] + storageModifiers

  /// `title string required, price double`
  mutating func attributes() throws(Diagnostic) -> [AttributeSyntax] {
    var attributes = [try attribute()]
    while accept(.comma) { attributes.append(try attribute()) }
    return attributes
  }

  private mutating func attribute() throws(Diagnostic) -> AttributeSyntax {
    let start = index
    let name = try name("the name of an attribute", .attribute(noun))
    let type = try attributeType(of: name)
    var attribute = AttributeSyntax(name: name, type: type, range: type.range)
    var said: [Keyword] = []
    while let word = oneOf(Self.modifiers) {
      let isRepeated = said.contains(word == .optional ? .required : word)
      guard !isRepeated else { throw duplicateModifier(word) }
      said.append(word == .optional ? .required : word)
      let place = current.range
      advance()
      switch word {
      case .required: attribute.isRequired = true
      case .unique: attribute.isUnique = true
      case .key: attribute.isKey = true
      case .default:
        attribute.storage.defaultText = try databaseText()
        if attribute.storage.defaultText == nil { attribute.defaultValue = try expression() }
      case .check:
        attribute.storage.checkText = try databaseText()
        if attribute.storage.checkText == nil { attribute.check = try check() }
      case .column: attribute.column = try text("the column's name as a text")
      case .note: attribute.note = try text("the note as a text").value
      case .optional: attribute.isOptional = true
      default: try storage(word, at: place, into: &attribute.storage)
      }
    }
    attribute.range = range(from: start)
    if current.kind.isName, keyword(ahead: 1).map(Keyword.types.contains) == true {
      throw withWords(unexpected("`,` or a modifier"), "attributes are separated by `,`")
    }
    return attribute
  }

  private func duplicateModifier(_ word: Keyword) -> Diagnostic {
    guard word == .required || word == .optional else {
      return duplicate(word.rawValue, at: current.range)
    }
    return Diagnostic(
      .duplicateOption, "an attribute is `required` or `optional`, said once", at: current.range)
  }

  /// A hint that only holds when no nearer word is found.
  private func withWords(_ diagnostic: Diagnostic, _ hint: String) -> Diagnostic {
    var diagnostic = diagnostic
    let word = source.text(in: current.range)
    diagnostic.hint =
      Suggestion.nearest(to: word, among: Self.modifiers.map(\.rawValue))
      .map { "did you mean `\($0)`?" } ?? hint
    return diagnostic
  }

  private mutating func check() throws(Diagnostic) -> CheckSyntax {
    let start = index
    let condition = try condition()
    return CheckSyntax(condition: condition, source: words(from: start))
  }

  // MARK: Types

  private mutating func attributeType(
    of name: Name
  ) throws(Diagnostic) -> Located<AttributeType> {
    if isWatching { watch?.add(want: .type) }
    let start = index
    guard current.kind.isName else { throw unexpected("a type") }
    guard current.kind != .quotedName, let word = keyword, Keyword.types.contains(word) else {
      throw unknownType()
    }
    advance()
    let type: AttributeType
    switch word {
    case .string: type = .string(length: try numbers(1)?.first ?? 255)
    case .decimal: type = try decimalType()
    case .enum: type = try enumeration()
    case .text: type = .text
    case .integer: type = .integer
    case .bigint: type = .bigint
    case .float: type = .float
    case .double: type = .double
    case .boolean: type = .boolean
    case .date: type = .date
    case .time: type = .time
    case .datetime: type = .datetime
    case .uuid: type = .uuid
    case .json: type = .json
    default: type = .blob
    }
    if current.kind == .leftParenthesis {
      throw unexpected("a modifier", hint: "`\(word.rawValue)` takes nothing in brackets")
    }
    return Located(type, at: range(from: start))
  }

  /// The whole numbers in the brackets behind a type, at most `count`; nil without brackets.
  private mutating func numbers(_ count: Int) throws(Diagnostic) -> [Int]? {
    guard accept(.leftParenthesis) else { return nil }
    var numbers = [try integer("a length", from: 1)]
    while numbers.count < count, accept(.comma) { numbers.append(try integer("a scale")) }
    try expect(.rightParenthesis)
    return numbers
  }

  /// `decimal(10,2)`; `decimal(10)` has no digits after the point, `decimal` alone is `decimal(10,2)`.
  private mutating func decimalType() throws(Diagnostic) -> AttributeType {
    let start = index
    guard let numbers = try numbers(2) else { return .decimal(precision: 10, scale: 2) }
    let precision = numbers[0]
    let scale = numbers.count > 1 ? numbers[1] : 0
    guard precision <= Decimal.mostDigits, scale <= precision else {
      throw Diagnostic(
        .badNumber,
        precision > Decimal.mostDigits
          ? "a decimal has at most \(Decimal.mostDigits) digits"
          : "\(scale) digits after the point do not fit into \(precision) digits",
        at: range(from: start), hint: "`decimal(10,2)` has 8 digits before the point and 2 after it"
      )
    }
    return .decimal(precision: precision, scale: scale)
  }

  private mutating func enumeration() throws(Diagnostic) -> AttributeType {
    try expect(.leftParenthesis, orElse: "`(` and the values as texts")
    var values: [String] = []
    repeat {
      let value = try text("a value as a text")
      guard !values.contains(value.value) else {
        throw duplicate("\"\(value.value)\"", at: value.range)
      }
      values.append(value.value)
    } while accept(.comma)
    try expect(.rightParenthesis)
    return .enumeration(values)
  }

  private func unknownType() -> Diagnostic {
    let word = source.text(in: current.range)
    let types = Keyword.types.map(\.rawValue)
    let hint =
      Self.foreignTypes[word.lowercased()].map { "did you mean `\($0)`?" }
      ?? Suggestion.hint(for: word, among: types)
      ?? "the types are: \(types.joined(separator: ", "))"
    return Diagnostic(
      .unknownType, "there is no type `\(shown(current))`", at: current.range, hint: hint)
  }

  /// What other languages call the types.
  private static let foreignTypes: [String: String] = [
    "int": "integer", "smallint": "integer", "tinyint": "integer", "mediumint": "integer",
    "long": "bigint", "int8": "bigint", "int64": "bigint", "serial": "integer",
    "varchar": "string", "char": "string", "character": "string", "str": "string",
    "clob": "text", "longtext": "text", "mediumtext": "text",
    "number": "decimal", "numeric": "decimal", "money": "decimal", "real": "double",
    "bool": "boolean", "bit": "boolean", "timestamp": "datetime", "timestamptz": "datetime",
    "bytes": "blob", "binary": "blob", "varbinary": "blob", "bytea": "blob", "jsonb": "json",
    "guid": "uuid", "object": "json", "array": "json",
  ]

  // MARK: Models

  /// `model Tag table "t" plural "tags" key a, b named "pk" strict without timestamps`, behind the
  /// word `model`.
  mutating func model() throws(Diagnostic) -> ModelSyntax {
    var model = ModelSyntax(name: try modelName())
    if isRecording { noun = Noun(model: model.name.text, hops: []) }
    while let word = oneOf([.table, .plural, .key, .strict, .without]) {
      let isRepeated =
        switch word {
        case .table: model.table != nil
        case .plural: model.plural != nil
        case .key: !model.key.isEmpty
        case .strict: model.strict != nil
        default: false
        }
      guard !isRepeated else { throw duplicate(word.rawValue, at: current.range) }
      let start = index
      advance()
      switch word {
      case .table: model.table = try text("the table's name as a text")
      case .plural: model.plural = try text("the plural as a text")
      case .key:
        model.key = try attributeNames()
        if accept(.named) { model.keyName = try constraintName() }
      case .strict: model.strict = range(from: start)
      default: try without(&model, from: start)
      }
    }
    return model
  }

  /// `timestamps`, `key` or `rowid`, behind `without`.
  private mutating func without(_ model: inout ModelSyntax, from start: Int) throws(Diagnostic) {
    let word = oneOf([.timestamps, .key, .rowid])
    let place: WritableKeyPath<ModelSyntax, SourceRange?> =
      word == .key ? \.withoutKey : word == .rowid ? \.withoutRowid : \.withoutTimestamps
    guard word != nil else { throw unexpected("`timestamps`, `key` or `rowid`") }
    guard model[keyPath: place] == nil else {
      throw duplicate("without \(word?.rawValue ?? "")", at: range(from: start))
    }
    advance()
    model[keyPath: place] = range(from: start)
  }
}
