package import RelishModel

/// `"\(left) IS \(right)"`: segments stay segments, so that a value can never become text.
///
/// Only other `SQLText` and, as `\(bind:)`, a value can be put in; a `String` does not compile.
extension SQLText: ExpressibleByStringInterpolation {
  /// Gathers the parts of a literal; the only ways in are those below.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = SQLText()

    package init(literalCapacity: Int, interpolationCount: Int) {}
    /// The text between two interpolations: SQL as the program says it.
    package mutating func appendLiteral(_ literal: String) { text.append(sql: literal) }
    /// SQL with its bindings.
    package mutating func appendInterpolation(_ other: SQLText) { text.append(other) }
    /// A value, as a binding.
    package mutating func appendInterpolation(bind value: Value) { text.append(value) }
    /// A count or a position that relish has worked out itself.
    package mutating func appendInterpolation(_ number: Int) { text.append(sql: String(number)) }
  }

  package init(stringLiteral value: String) { self.init(value) }
  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }
}

extension Sequence<SQLText> {
  /// All of them, `separator` between two.
  package func joined(separator: String) -> SQLText {
    var text = SQLText()
    for (index, part) in enumerated() {
      if index > 0 { text.append(sql: separator) }
      text.append(part)
    }
    return text
  }
}
