import CSQLite
import Glibc
import RelishLanguage
import RelishModel

/// Values as changesets hold them: a byte for the storage class, then eight bytes of a number with the
/// highest first, or the length as a varint and the bytes (sqlite3session.c, "RECORD FORMAT").
enum ChangesetValue {
  /// Stands for a value that is not part of the record.
  static let undefined: UInt8 = 0

  static func appendNull(to log: ChangeLog) {
    log.grow(by: 1)?.storeBytes(of: UInt8(SQLITE_NULL), as: UInt8.self)
  }

  @inline(__always)
  static func append(integer: Int64, to log: ChangeLog) {
    guard let place = log.grow(by: 9) else { return }
    place.storeBytes(of: UInt8(SQLITE_INTEGER), as: UInt8.self)
    (place + 1).storeBytes(of: integer.bigEndian, as: Int64.self)
  }

  @inline(__always)
  static func append(double: Double, to log: ChangeLog) {
    guard let place = log.grow(by: 9) else { return }
    place.storeBytes(of: UInt8(SQLITE_FLOAT), as: UInt8.self)
    (place + 1).storeBytes(of: double.bitPattern.bigEndian, as: UInt64.self)
  }

  /// - Parameter isUTF8: texts are kept as UTF-8, and need not be converted.
  @inline(__always)
  static func append(_ value: OpaquePointer, isUTF8: Bool = false, to log: ChangeLog) {
    let type = sqlite3_value_type(value)
    switch type {
    case SQLITE_INTEGER: append(integer: sqlite3_value_int64(value), to: log)
    case SQLITE_FLOAT: append(double: sqlite3_value_double(value), to: log)
    case SQLITE_TEXT, SQLITE_BLOB:
      // A text asked for as one would be copied to have a NUL at its end.
      let start =
        type == SQLITE_TEXT && !isUTF8
        ? sqlite3_value_text(value).map { UnsafeRawPointer($0) } : sqlite3_value_blob(value)
      let count = start == nil ? 0 : Int(sqlite3_value_bytes(value))
      let lengthSize = varintSize(count)
      guard let place = log.grow(by: 1 + lengthSize + count) else { return }
      place.storeBytes(of: UInt8(truncatingIfNeeded: type), as: UInt8.self)
      putVarint(count, lengthSize, at: place + 1)
      if let start, count > 0 { memcpy(place + 1 + lengthSize, start, count) }
    default: appendNull(to: log)
    }
  }

  /// The bytes of a value that no row holds.
  static func bytes(of value: Value) -> [UInt8] {
    func number(_ type: Int32, _ bits: UInt64) -> [UInt8] {
      [UInt8(type)] + withUnsafeBytes(of: bits.bigEndian) { Array($0) }
    }
    func long(_ type: Int32, _ bytes: [UInt8]) -> [UInt8] {
      [UInt8(type)] + varint(bytes.count) + bytes
    }
    return switch value {
    case .null: [UInt8(SQLITE_NULL)]
    case .boolean(let value): number(SQLITE_INTEGER, value ? 1 : 0)
    case .integer(let value): number(SQLITE_INTEGER, UInt64(bitPattern: value))
    case .double(let value): number(SQLITE_FLOAT, value.bitPattern)
    case .decimal(let value): long(SQLITE_TEXT, Array(value.description.utf8))
    case .text(let value): long(SQLITE_TEXT, Array(value.utf8))
    case .blob(let value): long(SQLITE_BLOB, value)
    }
  }

  /// The value that these bytes hold.
  static func value(_ bytes: ArraySlice<UInt8>) -> Value {
    guard let type = bytes.first else { return .null }
    var bits: UInt64 = 0
    switch Int32(type) {
    case SQLITE_INTEGER, SQLITE_FLOAT:
      for byte in bytes.dropFirst().prefix(8) { bits = bits << 8 | UInt64(byte) }
      return Int32(type) == SQLITE_INTEGER
        ? .integer(Int64(bitPattern: bits)) : .double(Double(bitPattern: bits))
    case SQLITE_TEXT: return .text(String(decoding: content(bytes), as: UTF8.self))
    case SQLITE_BLOB: return .blob(Array(content(bytes)))
    default: return .null
    }
  }

  private static func content(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var position = bytes.startIndex + 1
    _ = readVarint(bytes, &position)
    return bytes[min(position, bytes.endIndex)...]
  }

  /// Where the value at `position` ends; nil when it does not end within `bytes`.
  static func end(in bytes: [UInt8], at position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    var end = position + 1
    switch Int32(bytes[position]) {
    case SQLITE_INTEGER, SQLITE_FLOAT: end += 8
    case SQLITE_TEXT, SQLITE_BLOB:
      guard let count = readVarint(bytes[...], &end) else { return nil }
      end += count
    default: break
    }
    return end <= bytes.count ? end : nil
  }

  // MARK: Varints: seven bits a byte, the highest first, all but the last with the eighth bit set

  static func varint(_ number: Int) -> [UInt8] {
    let size = varintSize(number)
    return (0..<size).map { place in
      UInt8(truncatingIfNeeded: number >> (7 * (size - 1 - place))) & 0x7F
        | (place < size - 1 ? 0x80 : 0)
    }
  }

  private static func varintSize(_ number: Int) -> Int {
    var size = 1
    var rest = number >> 7
    while rest > 0 {
      size += 1
      rest >>= 7
    }
    return size
  }

  private static func putVarint(_ number: Int, _ size: Int, at place: UnsafeMutableRawPointer) {
    for step in 0..<size {
      let bits = UInt8(truncatingIfNeeded: number >> (7 * (size - 1 - step))) & 0x7F
      (place + step).storeBytes(of: bits | (step < size - 1 ? 0x80 : 0), as: UInt8.self)
    }
  }

  private static func readVarint(_ bytes: ArraySlice<UInt8>, _ position: inout Int) -> Int? {
    var number = 0
    for _ in 0..<9 where position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      number = number << 7 | Int(byte & 0x7F)
      if byte & 0x80 == 0 { return number }
    }
    return nil
  }
}
