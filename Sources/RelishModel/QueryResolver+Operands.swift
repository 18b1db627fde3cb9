import RelishLanguage

/// One side of a comparison before the other side is known.
enum Operand {
  /// A literal or a `$name`: takes the type of what it meets.
  case constant(Value)
  case expression(ResolvedExpression)
  /// A path that ends at a row: the columns that hold its primary key.
  case row(ResolvedRow)
  /// A `$name` bound to rows.
  case rows(name: String, model: String, keys: [[Value]])
}

struct ResolvedRow {
  var model: Model
  /// One per part of the model's primary key.
  var columns: [ColumnReference]
}

/// Kinds of values that can be compared with each other.
enum ValueKind: String {
  case number = "a number"
  case text
  case boolean = "true or false"
  case date = "a date"
  case time = "a time"
  case datetime = "a date and time"
  case blob = "bytes"
  case unknown = "of a type that only the database knows"

  init(_ type: AttributeType?) {
    switch type {
    case .integer, .bigint, .decimal, .float, .double: self = .number
    case .string, .text, .uuid, .json, .enumeration: self = .text
    case .boolean: self = .boolean
    case .date: self = .date
    case .time: self = .time
    case .datetime: self = .datetime
    case .blob: self = .blob
    case .other, nil: self = .unknown
    }
  }
}

extension Resolution {
  /// Resolves an expression as far as it goes without knowing what it is compared with.
  mutating func operand(
    _ expression: Expression, in nouns: [Noun]
  ) throws(Diagnostic) -> Operand {
    switch expression {
    case .literal(let literal, _):
      return .constant(ValueCheck.plain(literal))
    case .variable(let name):
      return try variable(name)
    case .path(let path):
      return try operand(path, in: nouns)
    case .negate(let inner, let range):
      if case .constant(let value) = try operand(inner, in: nouns) {
        return .constant(try negated(value, at: range))
      }
      return .expression(try self.expression(expression, in: nouns))
    case .call, .aggregate, .binary:
      return .expression(try self.expression(expression, in: nouns))
    }
  }

  private func variable(_ name: Name) throws(Diagnostic) -> Operand {
    switch resolver.variables[name.text] {
    case .value(let value): return .constant(value)
    case .rows(let model, let keys): return .rows(name: name.text, model: model, keys: keys)
    case nil:
      throw Self.unknownVariable(name.text, at: name.range, Array(resolver.variables.keys))
    }
  }

  private mutating func operand(_ path: Path, in nouns: [Noun]) throws(Diagnostic) -> Operand {
    if let output = try output(path, in: nouns) { return .expression(output) }
    let resolved = try self.path(path, in: nouns)
    if let many = resolved.many {
      throw Self.many(many, path, inShow: isShowing)
    }
    guard let attribute = resolved.attribute else {
      let row = row(resolved)
      for column in row.columns { try join(column.links, from: column.source, at: path.range) }
      return .row(row)
    }
    try join(resolved.links, from: resolved.noun.source.id, at: path.range)
    let column = ColumnReference(
      source: resolved.noun.source.id, links: resolved.links, column: attribute.column)
    return .expression(ResolvedExpression(.column(column), type: attribute.type))
  }

  /// A name given by `as`, in a key of `sort` (LANGUAGE.md §9 Walks).
  private func output(
    _ path: Path, in nouns: [Noun]
  ) throws(Diagnostic) -> ResolvedExpression? {
    guard path.names.count == 1, let name = path.names.first, let noun = nouns.last,
      let output = noun.outputs.first(where: { $0.name == name.text })
    else { return nil }
    if !noun.isGroup, let attribute = noun.model.attribute(named: name.text) {
      let column = ColumnReference(source: noun.source.id, column: attribute.column)
      if case .column(column) = output.expression.form { return output.expression }
      throw Diagnostic(
        .ambiguous,
        "`\(name)` is an attribute of `\(noun.model.name)` and a name given by `as`",
        at: name.range, hint: "give the column another name with `as`")
    }
    return output.expression
  }

  /// The columns that hold the key of the row at the end of the path: of the last foreign key itself
  /// where it surely points to a row, else of the row.
  private func row(_ path: ResolvedPath) -> ResolvedRow {
    let model = path.model
    let source = path.noun.source.id
    let key = model.primaryKey.map { model.attribute(named: $0)?.column ?? $0 }
    if let last = path.hops.last, last.holdsKey {
      let links = Array(path.links.dropLast())
      let near = key.compactMap { column in last.link.pairs.first { $0.far == column }?.near }
      if near.count == key.count {
        let columns = near.map { ColumnReference(source: source, links: links, column: $0) }
        return ResolvedRow(model: model, columns: columns)
      }
    }
    let columns = key.map { ColumnReference(source: source, links: path.links, column: $0) }
    return ResolvedRow(model: model, columns: columns)
  }

  /// `-3`, so that it is a literal like any other.
  func negated(_ value: Value, at range: SourceRange) throws(Diagnostic) -> Value {
    switch value {
    case .integer(let number):
      let (result, overflow) = Int64(0).subtractingReportingOverflow(number)
      guard overflow else { return .integer(result) }
      return .decimal(Decimal(isNegative: false, digits: String(number.magnitude), scale: 0))
    case .decimal(let number): return .decimal(number.negated)
    case .double(let number): return .double(-number)
    case .null: return .null
    case .boolean, .text, .blob:
      throw Diagnostic(.wrongType, "`-` needs a number", at: range)
    }
  }
}

extension Resolution {
  /// The constant as a value to compare with a column of `type`.
  ///
  /// Dates, enums and uuids are checked; lengths and scales are not, as `price > 9.999` is a fair
  /// question about prices with two digits.
  func typed(
    _ value: Value, as type: AttributeType?, named subject: String, at range: SourceRange
  ) throws(Diagnostic) -> ResolvedExpression {
    guard let type else { return Self.natural(value) }
    let kind = ValueKind(type)
    switch (value, kind) {
    case (.null, _): return ResolvedExpression(.value(.null), type: type)
    case (_, .unknown): return Self.natural(value)
    case (.integer, .number), (.decimal, .number), (.double, .number):
      resolver.notes?.add(range, .free)
      return Self.natural(value)
    case (.text, .text):
      switch type {
      case .enumeration, .uuid: break
      default:
        resolver.notes?.add(range, .free)
        return ResolvedExpression(.value(value), type: type)
      }
    default: break
    }
    resolver.notes?.add(range, .converted(type))
    guard let literal = value.literal else {
      throw Diagnostic(.wrongType, "\(subject) is \(kind.rawValue), not a number", at: range)
    }
    do {
      let kept = try ValueCheck.convert(literal, to: type)
      return ResolvedExpression(.value(kept), type: type)
    } catch {
      throw Diagnostic(
        .wrongType, "\(subject) \(error.reason)", at: range, hint: error.hint)
    }
  }

  /// The constant with the type that its own spelling has.
  static func natural(_ value: Value) -> ResolvedExpression {
    let type: AttributeType? =
      switch value {
      case .null: nil
      case .boolean: .boolean
      case .integer: .integer
      case .decimal(let number): .decimal(precision: 38, scale: min(number.scale, 30))
      case .double: .double
      case .text: .text
      case .blob: .blob
      }
    return ResolvedExpression(.value(value), type: type)
  }

  /// Brings two sides to values that the database compares as the language means them: constants take
  /// the type of the other side, a date beside a datetime is its midnight.
  func aligned(
    _ left: Operand, _ right: Operand, _ first: Expression, _ second: Expression
  ) throws(Diagnostic) -> (ResolvedExpression, ResolvedExpression) {
    switch (left, right) {
    case (.expression(let left), .expression(let right)):
      return try aligned(left, right, first, second)
    case (.expression(let left), .constant(let value)):
      return (left, try typed(value, as: left.type, named: first.subject, at: second.range))
    case (.constant(let value), .expression(let right)):
      return (try typed(value, as: right.type, named: second.subject, at: first.range), right)
    case (.constant(let left), .constant(let right)):
      return try aligned(Self.natural(left), Self.natural(right), first, second)
    case (.expression(let left), .rows(let name, let model, let keys)):
      return (left, try key(of: name, model, keys, for: first, at: second.range))
    case (.rows(let name, let model, let keys), .expression(let right)):
      return (try key(of: name, model, keys, for: second, at: first.range), right)
    case (.row, _), (.rows, _), (_, .row), (_, .rows):
      throw Diagnostic(
        .wrongType, "a row and a value are not compared", at: first.range.union(second.range))
    }
  }

  private func aligned(
    _ left: ResolvedExpression, _ right: ResolvedExpression, _ first: Expression,
    _ second: Expression
  ) throws(Diagnostic) -> (ResolvedExpression, ResolvedExpression) {
    switch (ValueKind(left.type), ValueKind(right.type)) {
    case (.unknown, _), (_, .unknown): return (left, right)
    case (.date, .datetime): return (Self.midnight(left), right)
    case (.datetime, .date): return (left, Self.midnight(right))
    case (let own, let other) where own == other: return (left, right)
    case (let own, let other):
      throw Diagnostic(
        .wrongType,
        "\(first.subject) is \(own.rawValue) and \(second.subject) is \(other.rawValue)",
        at: first.range.union(second.range))
    }
  }

  private static func midnight(_ date: ResolvedExpression) -> ResolvedExpression {
    if case .text(let day)? = date.constant, let moment = CivilTime.datetime(day) {
      return ResolvedExpression(.value(.text(moment)), type: .datetime)
    }
    return ResolvedExpression(.call(.midnight, [date]), type: .datetime)
  }

  /// `userId = $ann`: the key of the one row that the variable holds.
  private func key(
    of name: String, _ model: String, _ keys: [[Value]], for expression: Expression,
    at range: SourceRange
  ) throws(Diagnostic) -> ResolvedExpression {
    guard keys.count == 1, let key = keys.first else {
      throw Self.notOneRow(name, keys.count, at: range)
    }
    guard key.count == 1, let value = key.first else {
      throw Diagnostic(
        .wrongType, "`$\(name)` is a \(model), whose key has \(key.count) parts", at: range,
        hint: "compare it with a relation")
    }
    return Self.natural(value)
  }
}

extension Value {
  /// The literal that has this value; nil for a double, which has none.
  var literal: Literal? {
    switch self {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .decimal(let value): .decimal(value)
    case .text(let value): .text(value)
    case .blob(let value): .blob(value)
    case .double: nil
    }
  }
}
