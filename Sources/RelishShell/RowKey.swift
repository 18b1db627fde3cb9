import RelishDrivers
import RelishSQL

/// Tells whether the next row of a nested answer still is of the same row of a level.
struct RowKey {
  /// Positions of the columns that make up the key.
  let columns: [Int]
  /// The key at hand, where it is one whole number, as most are.
  private var integer: Int64?
  /// The key at hand in any other case: each part with its kind and length.
  private var parts: [UInt8] = []

  init(_ columns: [Int]) { self.columns = columns }

  /// Whether there is a row at this level at all: a part of its key is not null.
  func isPresent(in row: any Row) -> Bool {
    for column in columns where row.kind(column) != .null { return true }
    return false
  }

  /// Whether the row has the key that was remembered last.
  func isSame(in row: any Row) -> Bool {
    if columns.count == 1, row.kind(columns[0]) == .integer {
      return integer == row.integer(columns[0])
    }
    return integer == nil && parts == Self.parts(columns, row)
  }

  mutating func remember(_ row: any Row) {
    if columns.count == 1, row.kind(columns[0]) == .integer {
      integer = row.integer(columns[0])
    } else {
      integer = nil
      parts = Self.parts(columns, row)
    }
  }

  private static func parts(_ columns: [Int], _ row: any Row) -> [UInt8] {
    var parts: [UInt8] = []
    for column in columns {
      let kind: UInt8 =
        switch row.kind(column) {
        case .null: 0
        case .integer: 1
        case .real: 2
        case .text: 3
        case .blob: 4
        }
      let bytes = row.bytes(column)
      parts.append(kind)
      withUnsafeBytes(of: bytes.count) { parts.append(contentsOf: $0) }
      parts.append(contentsOf: bytes)
    }
    return parts
  }
}
