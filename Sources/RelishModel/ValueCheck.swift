package import RelishLanguage

/// Why a value does not fit an attribute; reads after the attribute's name.
package struct ValueProblem: Error, Sendable {
  /// `takes text, not the number 3`
  package var reason: String
  package var hint: String?
  package init(_ reason: String, hint: String? = nil) {
    self.reason = reason
    self.hint = hint
  }
}

/// Checks values before a database sees them (LANGUAGE.md §6, last but three).
package enum ValueCheck {
  /// The value as the database keeps it. Null passes: `required` is the caller's to check.
  ///
  /// Dates and times are checked as ISO 8601; datetimes become UTC `YYYY-MM-DD HH:MM:SS[.SSS]`
  /// (LANGUAGE.md §9 Walks), uuids lower case.
  package static func convert(
    _ literal: Literal, to type: AttributeType
  ) throws(ValueProblem) -> Value {
    if case .null = literal { return .null }
    switch type {
    case .string(let length): return try text(literal, atMost: length)
    case .text: return try text(literal, atMost: nil)
    case .integer, .bigint: return try integer(literal)
    case .decimal(let precision, let scale):
      return try decimal(literal, precision: precision, scale: scale)
    case .float, .double: return try double(literal)
    case .boolean:
      guard case .boolean(let value) = literal else {
        throw mismatch(literal, takes: "true or false")
      }
      return .boolean(value)
    case .date: return try moment(literal, "a date", "\"2026-01-31\"", CivilTime.date)
    case .time: return try moment(literal, "a time", "\"18:30:00\"", CivilTime.time)
    case .datetime:
      return try moment(literal, "a date and time", "\"2026-01-31T18:30:00Z\"", CivilTime.datetime)
    case .uuid: return try uuid(literal)
    case .json: return try json(literal)
    case .blob:
      guard case .blob(let bytes) = literal else {
        throw mismatch(literal, takes: "bytes", hint: "bytes are written x'00ff'")
      }
      return .blob(bytes)
    case .enumeration(let values): return try enumeration(literal, values)
    case .other: return plain(literal)
    }
  }

  /// The same for a computed value; a binary number becomes a decimal of the attribute's scale.
  package static func convert(
    _ value: Value, to type: AttributeType
  ) throws(ValueProblem) -> Value {
    switch value {
    case .null: return .null
    case .boolean(let value): return try convert(Literal.boolean(value), to: type)
    case .integer(let number):
      if case .boolean = type, number == 0 || number == 1 { return .boolean(number == 1) }
      return try convert(Literal.integer(number), to: type)
    case .decimal(let value): return try convert(Literal.decimal(value), to: type)
    case .text(let value): return try convert(Literal.text(value), to: type)
    case .blob(let value): return try convert(Literal.blob(value), to: type)
    case .double(let number):
      if case .double = type { return value }
      if case .float = type { return value }
      guard let exact = Decimal(number.description) else {
        throw ValueProblem("takes a number, and \(number) is none")
      }
      if case .decimal(_, let scale) = type {
        return try convert(Literal.decimal(exact.rounded(toScale: scale)), to: type)
      }
      return try convert(Literal.decimal(exact), to: type)
    }
  }

  /// The value of a literal when no attribute says what it should be.
  package static func plain(_ literal: Literal) -> Value {
    switch literal {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .decimal(let value): .decimal(value)
    case .text(let value): .text(value)
    case .blob(let value): .blob(value)
    }
  }

  private static func text(_ literal: Literal, atMost length: Int?) throws(ValueProblem) -> Value {
    guard case .text(let value) = literal else {
      throw mismatch(literal, takes: "text", hint: "text stands in quotes: \"\(bare(literal))\"")
    }
    if let length, value.utf8.count > length {
      let count = value.unicodeScalars.count
      if count > length {
        throw ValueProblem("takes at most \(length) characters, and this text has \(count)")
      }
    }
    return .text(value)
  }

  private static func integer(_ literal: Literal) throws(ValueProblem) -> Value {
    switch literal {
    case .integer(let value): return .integer(value)
    case .decimal(let value):
      guard value.trimmed.scale == 0 else {
        throw ValueProblem("takes a whole number, not \(value)")
      }
      guard let number = Int64(value.trimmed.description) else {
        throw ValueProblem("takes whole numbers of 64 bits, and \(value) is larger")
      }
      return .integer(number)
    default:
      throw mismatch(literal, takes: "a whole number")
    }
  }

  private static func decimal(
    _ literal: Literal, precision: Int, scale: Int
  ) throws(ValueProblem) -> Value {
    let number: Decimal
    switch literal {
    case .integer(let value):
      number = Decimal(isNegative: value < 0, digits: String(value.magnitude), scale: 0)
    case .decimal(let value): number = value
    default: throw mismatch(literal, takes: "a number")
    }
    let trimmed = number.trimmed
    if trimmed.scale > scale {
      throw ValueProblem(
        "keeps \(scale) digits after the point, and \(number) has \(trimmed.scale)")
    }
    if trimmed.integerDigits > precision - scale {
      throw ValueProblem(
        "keeps \(precision - scale) digits before the point, and \(number) has "
          + "\(trimmed.integerDigits)")
    }
    return .decimal(number)
  }

  private static func double(_ literal: Literal) throws(ValueProblem) -> Value {
    switch literal {
    case .integer(let value): return .double(Double(value))
    case .decimal(let value):
      guard let number = Double(value.description), number.isFinite else {
        throw ValueProblem("takes numbers up to 1.8e308, and this one is larger")
      }
      return .double(number)
    default: throw mismatch(literal, takes: "a number")
    }
  }

  private static func moment(
    _ literal: Literal, _ what: String, _ example: String, _ parse: (String) -> String?
  ) throws(ValueProblem) -> Value {
    guard case .text(let value) = literal else {
      throw mismatch(literal, takes: what, hint: "\(what) is written \(example)")
    }
    guard let kept = parse(value) else {
      throw ValueProblem("takes \(what), and \"\(value)\" is none", hint: "as in \(example)")
    }
    return .text(kept)
  }

  private static func uuid(_ literal: Literal) throws(ValueProblem) -> Value {
    guard case .text(let value) = literal else { throw mismatch(literal, takes: "a uuid") }
    let bytes = Array(value.lowercased().utf8)
    let isDash: (Int) -> Bool = { $0 == 8 || $0 == 13 || $0 == 18 || $0 == 23 }
    let fits =
      bytes.count == 36
      && bytes.indices.allSatisfy { position in
        let byte = bytes[position]
        if isDash(position) { return byte == 0x2D }
        return (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      }
    guard fits else {
      throw ValueProblem(
        "takes a uuid, and \"\(value)\" is none",
        hint: "as in \"6f1c0e6e-8f0b-4c11-9a50-2b7d6f1f2a3b\"")
    }
    return .text(value.lowercased())
  }

  private static func json(_ literal: Literal) throws(ValueProblem) -> Value {
    switch literal {
    case .text(let value):
      guard JSONCheck.isValid(value) else {
        throw ValueProblem(
          "takes JSON, and this text is none", hint: "as in '{\"size\": \"M\"}'")
      }
      return .text(value)
    case .integer, .decimal, .boolean: return .text(bare(literal))
    default: throw mismatch(literal, takes: "JSON as text")
    }
  }

  private static func enumeration(
    _ literal: Literal, _ values: [String]
  ) throws(ValueProblem) -> Value {
    let list = values.map { "\"\($0)\"" }.joined(separator: ", ")
    guard case .text(let value) = literal else { throw mismatch(literal, takes: "one of \(list)") }
    guard values.contains(value) else {
      let near = Suggestion.nearest(to: value, among: values)
      throw ValueProblem(
        "takes one of \(list), and \"\(value)\" is none",
        hint: near.map { "did you mean \"\($0)\"?" })
    }
    return .text(value)
  }

  private static func mismatch(
    _ literal: Literal, takes what: String, hint: String? = nil
  ) -> ValueProblem {
    let kind =
      switch literal {
      case .null: "null"
      case .boolean: "\(bare(literal))"
      case .integer, .decimal: "the number \(bare(literal))"
      case .text(let value): "the text \"\(value.prefix(40))\""
      case .blob: "bytes"
      }
    return ValueProblem("takes \(what), not \(kind)", hint: hint)
  }

  private static func bare(_ literal: Literal) -> String {
    switch literal {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .decimal(let value): value.description
    case .text(let value): value
    case .blob: "x''"
    }
  }
}

extension Decimal {
  /// The same number without zeros at the end of its fraction.
  package var trimmed: Decimal {
    var digits = Substring(digits)
    var scale = scale
    while scale > 0, digits.last == "0", digits.count > 1 {
      digits.removeLast()
      scale -= 1
    }
    if digits == "0" { scale = 0 }
    return Decimal(isNegative: isNegative, digits: String(digits), scale: scale)
  }
}
