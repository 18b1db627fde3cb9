/// Syntax back to text that parses to the same syntax (`save`, `say`, messages).
package enum SyntaxWriter {
  /// A name where a walk or an expression reads it: in backticks when it is a word of the grammar or
  /// no plain name.
  package static func name(_ name: String) -> String {
    isPlain(name) && !isReserved(name) ? name : quoted(name)
  }

  /// A name in a place for a name (in `has`, after `as`, `by`, …), where every word is one
  /// (LANGUAGE.md §9).
  package static func bareName(_ name: String) -> String { isPlain(name) ? name : quoted(name) }

  /// A model's name: plain when it begins with a capital letter.
  package static func model(_ name: String) -> String {
    guard isPlain(name), let first = name.unicodeScalars.first,
      first.properties.isUppercase || first.properties.generalCategory == .titlecaseLetter
    else { return quoted(name) }
    return name
  }

  private static func quoted(_ name: String) -> String {
    var text = "`"
    for character in name.unicodeScalars {
      if character == "`" { text.unicodeScalars.append("`") }
      text.unicodeScalars.append(character)
    }
    return text + "`"
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first == "_" || first.properties.isIDStart else {
      return false
    }
    return name.unicodeScalars.allSatisfy { $0.properties.isIDContinue }
  }

  private static let reserved: Set<Keyword> = Parser.neverNames.union(Keyword.verbs).union([
    .some, .no, .every, .count, .sum, .avg, .min, .max, .top, .limit, .page, .tree, .all, .their,
    .its, .outer, .preview, .to, .from,
  ])

  private static func isReserved(_ name: String) -> Bool {
    Keyword(name.utf8).map(reserved.contains) == true
  }

  // MARK: Literals

  /// `"text"`, `12.50`, `null`, `x'00ff'`.
  package static func literal(_ literal: Literal) -> String {
    switch literal {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .decimal(let value): decimal(value)
    case .text(let value): text(value)
    case .blob(let bytes): blob(bytes)
    }
  }

  /// A whole number that fits 64 bits needs an exponent, else it would be read as an integer.
  private static func decimal(_ value: Decimal) -> String {
    let text = value.description
    return value.scale == 0 && Int64(text) != nil ? text + "e0" : text
  }

  /// A text in double quotes with everything escaped that would not be read back as it is.
  package static func text(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\0"..<" ", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}":
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func blob(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    var text = "x'"
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text + "'"
  }
}
