package import RelishLanguage

extension AttributeType {
  /// The type as a sentence says it: `string(80)`, `enum("open", "paid")`.
  package var words: String {
    switch self {
    case .string(let length): "string(\(length))"
    case .text: "text"
    case .integer: "integer"
    case .bigint: "bigint"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .float: "float"
    case .double: "double"
    case .boolean: "boolean"
    case .date: "date"
    case .time: "time"
    case .datetime: "datetime"
    case .uuid: "uuid"
    case .json: "json"
    case .blob: "blob"
    case .enumeration(let values):
      "enum(\(values.map { Literal.text($0).words }.joined(separator: ", ")))"
    case .other(let name): name.isEmpty ? "of no type" : name
    }
  }
}

extension Literal {
  /// The literal as a sentence says it: `9.50`, `"open"`, `x'00ff'`.
  package var words: String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .decimal(let value): return value.description
    case .text(let value): return Self.quoted(value)
    case .blob(let bytes):
      let hex = bytes.map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      return "x'" + hex.joined() + "'"
    }
  }

  /// In double quotes with the escapes of LANGUAGE.md §2.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
