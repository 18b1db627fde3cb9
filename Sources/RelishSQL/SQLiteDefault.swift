package import RelishLanguage
package import RelishModel

extension ColumnDefault {
  /// The default that is written so after DEFAULT, without brackets around it; nil for DEFAULT NULL,
  /// which says nothing.
  package init?(sqlite tokens: [SQLToken], of type: AttributeType, _ dialect: any Dialect) {
    // A default speaks of no column.
    var text: String { tokens.takingTexts { _ in false }.canonicalText(dialect) }
    guard let first = tokens.first else { return nil }
    switch (first.kind, tokens.count) {
    case (.word, 1):
      switch first.value.uppercased() {
      case "NULL": return nil
      case "TRUE": self = .literal(type == .boolean ? .boolean(true) : .integer(1))
      case "FALSE": self = .literal(type == .boolean ? .boolean(false) : .integer(0))
      // What a `now()` or `today()` of this type is not written as stays what it is.
      case "CURRENT_TIMESTAMP" where type != .date && type != .time: self = .now
      case "CURRENT_TIME" where type == .time: self = .now
      case "CURRENT_DATE" where type != .datetime: self = .today
      case let word where word.hasPrefix("CURRENT_"): self = .expression(word)
      // Any other word is a text (parse.y, "DEFAULT id").
      default: self = .literal(.text(first.value))
      }
    case (.text, 1): self = .literal(.text(first.value))
    // SQLite has long taken a text in double quotes for a text.
    case (.quotedName, 1): self = .literal(.text(first.value))
    case (.blob, 1):
      self = Self.bytes(ofHex: first.value).map { .literal(.blob($0)) } ?? .expression(text)
    case (.number, 1): self = Self.number(first.value, isNegative: false, type) ?? .expression(text)
    case (.symbol, 2) where tokens[1].kind == .number && (first.value == "-" || first.value == "+"):
      self =
        Self.number(tokens[1].value, isNegative: first.value == "-", type) ?? .expression(text)
    default:
      self = .expression(text)
    }
  }

  /// `12.50` keeps its scale; nil for a number in hex or with a very large exponent.
  private static func number(
    _ text: String, isNegative: Bool, _ type: AttributeType
  ) -> ColumnDefault? {
    if type == .boolean, !isNegative, text == "0" || text == "1" {
      return .literal(.boolean(text == "1"))
    }
    guard let decimal = Decimal(ascii: (isNegative ? "-" + text : text).utf8) else { return nil }
    // `1e5` is kept as a whole number only where the column's affinity makes it one or the other.
    let isWhole = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if decimal.scale == 0, !isWhole, !type.isNumber { return nil }
    if decimal.scale == 0, let integer = Int64(decimal.description) {
      return .literal(.integer(integer))
    }
    return .literal(.decimal(decimal))
  }

  private static func bytes(ofHex text: String) -> [UInt8]? {
    let digits = Array(text)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(digits[start...start + 1]), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}

extension AttributeType {
  /// Whether SQLite gives the column a numeric affinity whatever its size (datatype3.html §3.1).
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .bigint, .decimal, .float, .double: true
    default: false
    }
  }
}
