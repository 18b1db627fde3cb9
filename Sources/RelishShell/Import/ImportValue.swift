import RelishDrivers
import RelishLanguage
import RelishModel

/// Values of a file on their way into a statement.
enum ImportValue {
  /// Binds the bytes where they are, if it is certain that they fit; false leaves that to `value`. The bytes
  /// stay in place until the statement has run.
  static func bind(
    _ bytes: UnsafeBufferPointer<UInt8>, _ quick: ImportColumn.Quick, at parameter: Int,
    of statement: any PreparedStatement
  ) throws(DriverError) -> Bool {
    switch quick {
    case .text(let limit):
      guard bytes.count <= limit, isPlain(bytes) else { return false }
      try statement.bind(text: bytes, at: parameter)
    case .integer:
      guard let number = FastNumber(signed: bytes)?.integer else { return false }
      try statement.bind(integer: number, at: parameter)
    case .double:
      guard let number = FastNumber(signed: bytes)?.double else { return false }
      try statement.bind(double: number, at: parameter)
    case .decimal(let precision, let scale):
      guard let number = FastNumber(signed: bytes), number.scale <= scale,
        number.digits - number.scale <= precision - scale, let double = number.double
      else { return false }
      // As NUMERIC affinity would keep it.
      if number.scale == 0 {
        try statement.bind(integer: number.mantissa, at: parameter)
      } else {
        try statement.bind(double: double, at: parameter)
      }
    case .none: return false
    }
    return true
  }

  /// The value that the bytes are, checked as one of the type.
  static func value(
    _ bytes: UnsafeBufferPointer<UInt8>, of type: AttributeType
  ) throws(ValueProblem) -> Value {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ValueProblem(
        "takes text in UTF-8, and this is none",
        hint: "`iconv -f LATIN1 -t UTF-8` turns what older programs write into it")
    }
    switch type {
    case .string, .text, .json, .enumeration, .other:
      return try ValueCheck.convert(Literal.text(text), to: type)
    case .date, .time, .datetime, .uuid:
      return try ValueCheck.convert(Literal.text(trimmed(text)), to: type)
    case .boolean:
      guard let value = boolean(trimmed(text)) else {
        throw ValueProblem("takes true or false, not \"\(text.prefix(40))\"")
      }
      return .boolean(value)
    case .blob:
      guard case .blob(let bytes)? = Parser.literal(from: trimmed(text)) else {
        throw ValueProblem(
          "takes bytes, not \"\(text.prefix(40))\"", hint: "bytes are written x'00ff'")
      }
      return .blob(bytes)
    case .double, .float:
      // As `export` writes them.
      if text == "inf" { return .double(.infinity) }
      if text == "-inf" { return .double(-.infinity) }
      return try number(trimmed(text), type)
    case .integer, .bigint, .decimal: return try number(trimmed(text), type)
    }
  }

  private static func number(_ text: String, _ type: AttributeType) throws(ValueProblem) -> Value {
    guard let number = Decimal(ascii: text.utf8) else {
      return try ValueCheck.convert(Literal.text(text), to: type)
    }
    return try ValueCheck.convert(Literal.decimal(number), to: type)
  }

  /// `true` and `false` as `export` writes them, and what other programs do.
  private static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "t", "yes", "y", "1": true
    case "false", "f", "no", "n", "0": false
    default: nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    guard text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
    var rest = Substring(text)
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  /// All of it is ASCII, or at least UTF-8.
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var bits: UInt8 = 0
    for byte in bytes { bits |= byte }
    return bits < 0x80 || String(validating: bytes, as: UTF8.self) != nil
  }
}

extension FastNumber {
  /// The same with a minus before it.
  init?(signed text: UnsafeBufferPointer<UInt8>) {
    guard let first = text.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let digits = isNegative ? UnsafeBufferPointer(rebasing: text.dropFirst()) : text
    guard let last = digits.last, last != UInt8(ascii: ".") else { return nil }
    self.init(digits, isNegative: isNegative)
  }

  /// Whole numbers alone.
  var integer: Int64? { scale == 0 ? mantissa : nil }
}
