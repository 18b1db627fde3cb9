package import RelishModel

/// A statement as segments: SQL words and bound values; placeholders are chosen at the very end.
package struct SQLText: Sendable {
  /// SQL words, or a value that is bound in their place.
  package enum Segment: Sendable {
    case sql(String)
    case binding(Value)
  }

  package private(set) var segments: [Segment] = []

  package init() {}
  package init(_ sql: String) { segments = [.sql(sql)] }

  /// SQL words that are known only when the program runs; a literal is appended as `SQLText`, so that
  /// no value can slip in as text.
  package mutating func append(sql: String) {
    if case .sql(let last)? = segments.last {
      segments[segments.count - 1] = .sql(last + sql)
    } else {
      segments.append(.sql(sql))
    }
  }

  /// A value, bound when the statement runs.
  package mutating func append(_ value: Value) { segments.append(.binding(value)) }

  /// Another statement's segments, with their bindings.
  package mutating func append(_ other: SQLText) {
    for segment in other.segments {
      switch segment {
      case .sql(let sql): append(sql: sql)
      case .binding: segments.append(segment)
      }
    }
  }

  /// Whether the two differ in bound values only.
  package func hasWords(of other: SQLText) -> Bool {
    segments.count == other.segments.count
      && zip(segments, other.segments).allSatisfy { pair in
        switch pair {
        case (.sql(let one), .sql(let two)): one == two
        case (.binding, .binding): true
        default: false
        }
      }
  }

  /// The same words with other values, one for each that is bound.
  package func rebound(to values: [Value]) -> SQLText {
    var rest = values[...]
    var text = SQLText()
    text.segments = segments.map { segment in
      guard case .binding = segment, let value = rest.popFirst() else { return segment }
      return .binding(value)
    }
    return text
  }

  package var isEmpty: Bool { segments.isEmpty }

  package var bindings: [Value] {
    segments.compactMap { if case .binding(let value) = $0 { value } else { nil } }
  }

  /// The text to prepare, with the dialect's placeholder for the n-th binding, counted from 1.
  package func prepared(_ dialect: any Dialect) -> String {
    var text = ""
    var position = 0
    for segment in segments {
      switch segment {
      case .sql(let sql): text += sql
      case .binding:
        position += 1
        text += dialect.placeholder(position)
      }
    }
    return text
  }

  /// The text with every value written as a literal: runs as it stands in the database's own shell.
  package func inlined(_ dialect: any Dialect) -> String {
    segments.reduce(into: "") { text, segment in
      switch segment {
      case .sql(let sql): text += sql
      case .binding(let value): text += dialect.literal(value)
      }
    }
  }
}
