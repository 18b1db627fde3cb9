package import RelishDrivers
import RelishLanguage
package import RelishModel

/// A row that no database lends: values in memory.
package final class ValueRow: Row {
  /// One value per column; setting them ends the life of pointers lent before.
  package var values: [Value] {
    didSet { texts.clear(); ranges = values.map(keep) }
  }

  private let texts = ByteSink(descriptor: nil)
  private var ranges: [Range<Int>] = []

  package init(_ values: [Value] = []) {
    self.values = values
    ranges = values.map(keep)
  }

  private func keep(_ value: Value) -> Range<Int> {
    let start = texts.contents.count
    switch value {
    case .null: break
    case .boolean(let value): texts.write(integer: value ? 1 : 0)
    case .integer(let value): texts.write(integer: value)
    case .decimal(let value): texts.write(value.description)
    case .double(let value): texts.write(double: value)
    case .text(let value): texts.write(value)
    case .blob(let value): value.withUnsafeBufferPointer { texts.write(bytes: $0) }
    }
    return start..<texts.contents.count
  }

  package var count: Int { values.count }

  /// How the value would be stored; null beyond the last column.
  package func kind(_ column: Int) -> StorageKind {
    guard values.indices.contains(column) else { return .null }
    return switch values[column] {
    case .null: .null
    case .boolean, .integer: .integer
    case .double: .real
    case .decimal, .text: .text
    case .blob: .blob
    }
  }

  /// The value as a whole number; 0 when it is none.
  package func integer(_ column: Int) -> Int64 {
    guard values.indices.contains(column) else { return 0 }
    return switch values[column] {
    case .integer(let value): value
    case .boolean(let value): value ? 1 : 0
    default: 0
    }
  }

  /// The value as a double; 0 when it is no number.
  package func double(_ column: Int) -> Double {
    guard values.indices.contains(column), case .double(let value) = values[column] else {
      return Double(integer(column))
    }
    return value
  }

  /// The value as text, valid until `values` changes; empty beyond the last column.
  package func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard ranges.indices.contains(column) else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(rebasing: texts.contents[ranges[column]])
  }
}
