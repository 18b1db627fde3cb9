import RelishDrivers
import RelishLanguage

/// One value as every format shows it, before the format's own quoting.
struct Cell {
  enum Kind {
    case null, number, boolean, text
    /// No number that JSON knows: `inf`.
    case infinite
    /// Text of a json attribute; not checked.
    case json
    /// Bytes as they are.
    case blob
  }

  var kind: Kind
  /// Valid until the next row.
  var bytes: UnsafeBufferPointer<UInt8>
}

/// Turns what the database keeps into what is answered, by the attributes' types.
///
/// - decimal: rounded to its scale, all places written, `9.50`, whether kept as integer, real or text
/// - boolean: 0 and 1 are `false` and `true`
/// - datetime: `2026-01-31 12:00:00` is `2026-01-31T12:00:00Z` (LANGUAGE.md §9 Walks)
/// - double: the shortest text that reads back as the same number; a whole one ends in `.0`
/// - everything else, and what does not fit its type, as it is kept
final class ValueFormat {
  private enum Style {
    case asKept, boolean, datetime, json
    case decimal(scale: Int)
  }

  private let styles: [Style]
  private let scratch = ByteSink(descriptor: nil)

  init(_ columns: [ResultColumn]) {
    styles = columns.map { column in
      switch column.type {
      case .boolean: .boolean
      case .datetime: .datetime
      case .json: .json
      case .decimal(_, let scale): .decimal(scale: max(0, scale))
      default: .asKept
      }
    }
  }

  var count: Int { styles.count }

  /// The value at `column`; its bytes are valid until the next call.
  @inline(__always)
  func cell(_ row: any Row, _ column: Int) -> Cell {
    switch row.stored(column) {
    case .null: Cell(kind: .null, bytes: UnsafeBufferPointer(start: nil, count: 0))
    case .blob(let bytes): Cell(kind: .blob, bytes: bytes)
    case .text(let bytes): text(bytes, styles[column])
    case .integer(let value): integer(value, styles[column])
    case .real(let value): double(value, styles[column])
    }
  }

  private func integer(_ value: Int64, _ style: Style) -> Cell {
    scratch.clear()
    switch style {
    case .boolean where value == 0 || value == 1:
      scratch.write(value == 1 ? "true" : "false")
      return Cell(kind: .boolean, bytes: scratch.contents)
    case .decimal(let scale): scratch.write(integer: value, scale: scale)
    default: scratch.write(integer: value)
    }
    return Cell(kind: .number, bytes: scratch.contents)
  }

  private func double(_ value: Double, _ style: Style) -> Cell {
    scratch.clear()
    guard value.isFinite else {
      scratch.write(double: value)
      return Cell(kind: .infinite, bytes: scratch.contents)
    }
    if case .decimal(let scale) = style {
      scratch.write(double: value, scale: scale)
    } else {
      scratch.write(double: value)
    }
    return Cell(kind: .number, bytes: scratch.contents)
  }

  @inline(__always)
  private func text(_ bytes: UnsafeBufferPointer<UInt8>, _ style: Style) -> Cell {
    switch style {
    case .asKept, .boolean: return Cell(kind: .text, bytes: bytes)
    case .json: return Cell(kind: .json, bytes: bytes)
    case .decimal(let scale):
      scratch.clear()
      guard scratch.write(decimal: bytes, scale: scale) else {
        return Cell(kind: .text, bytes: bytes)
      }
      return Cell(kind: .number, bytes: scratch.contents)
    case .datetime:
      guard DatetimeBytes.fit(bytes) else { return Cell(kind: .text, bytes: bytes) }
      scratch.clear()
      scratch.withSpace(DatetimeBytes.longest + 1) { space in
        space.update(from: bytes.baseAddress ?? UnsafePointer(space), count: bytes.count)
        space[10] = UInt8(ascii: "T")
        space[bytes.count] = UInt8(ascii: "Z")
        return bytes.count &+ 1
      }
      return Cell(kind: .text, bytes: scratch.contents)
    }
  }
}

extension ByteSink {
  /// A blob as the language writes it, `x'00ff'`.
  func write(blob: UnsafeBufferPointer<UInt8>) {
    func hex(_ nibble: UInt8) -> UInt8 {
      nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
    write(byte: UInt8(ascii: "x"))
    write(byte: UInt8(ascii: "'"))
    for byte in blob {
      write(byte: hex(byte >> 4))
      write(byte: hex(byte & 15))
    }
    write(byte: UInt8(ascii: "'"))
  }
}
