import RelishModel

/// The rows that differ between two moments, as a change log tells it: each row once, with what it was
/// at the first and what it is at the second.
package struct RowChanges {
  /// A row's place in `bytes` before and after; never nil both.
  struct Entry {
    var old: Int?
    var new: Int?
    /// 0 where the table has none.
    var oldRowid: Int64
    var newRowid: Int64
    /// A statement itself changed it first, not the database because of another row.
    var isDirect: Bool
  }

  /// The changed rows of one table.
  struct Table {
    let shape: SQLiteTableShape
    var entries: [Entry] = []
    /// By the row as it is now, and by the row as it was while it is gone.
    fileprivate var places: [[UInt8]: Int] = [:]
  }

  let bytes: [UInt8]
  private(set) var tables: [Table] = []

  /// Reads records one after another; nil when they do not end where they should.
  init?(_ bytes: [UInt8], shapes: [SQLiteTableShape]) {
    self.bytes = bytes
    var numbers: [Int: Int] = [:]
    var position = 0
    while position < bytes.count {
      guard let record = Record(bytes, at: &position, shapes) else { return nil }
      let number = numbers[record.table, default: tables.count]
      if number == tables.count {
        numbers[record.table] = number
        tables.append(Table(shape: shapes[record.table]))
      }
      add(record, to: number)
    }
    for index in tables.indices {
      tables[index].places = [:]
      tables[index].entries = tables[index].entries.filter { isChange($0, tables[index].shape) }
    }
    tables = tables.filter { !$0.entries.isEmpty }
  }

  package var isEmpty: Bool { tables.isEmpty }

  /// The same changes the other way.
  package func inverted() -> RowChanges {
    var inverse = self
    for index in inverse.tables.indices {
      inverse.tables[index].entries = tables[index].entries.map {
        Entry(
          old: $0.new, new: $0.old, oldRowid: $0.newRowid, newRowid: $0.oldRowid,
          isDirect: $0.isDirect)
      }
    }
    return inverse
  }

  private mutating func add(_ record: Record, to number: Int) {
    let shape = tables[number].shape
    let known = record.old.flatMap {
      tables[number].places[identity(of: $0, record.oldRowid, shape)]
    }
    if let known, let old = record.old {
      tables[number].places[identity(of: old, record.oldRowid, shape)] = nil
      tables[number].entries[known].new = record.new
      tables[number].entries[known].newRowid = record.newRowid
      place(known, record.new, record.newRowid, number)
      return
    }
    guard let new = record.new, record.old == nil else {
      tables[number].entries.append(Entry(record))
      place(tables[number].entries.count - 1, record.new, record.newRowid, number)
      return
    }
    // A row that was deleted comes back, changed or not.
    let key = identity(of: new, record.newRowid, shape)
    if let gone = tables[number].places[key], tables[number].entries[gone].new == nil {
      tables[number].entries[gone].new = new
      tables[number].entries[gone].newRowid = record.newRowid
    } else {
      tables[number].entries.append(Entry(record))
      tables[number].places[key] = tables[number].entries.count - 1
    }
  }

  private mutating func place(_ entry: Int, _ new: Int?, _ rowid: Int64, _ number: Int) {
    let shape = tables[number].shape
    if let new {
      tables[number].places[identity(of: new, rowid, shape)] = entry
    } else if let old = tables[number].entries[entry].old {
      let key = identity(of: old, tables[number].entries[entry].oldRowid, shape)
      if tables[number].places[key] == nil { tables[number].places[key] = entry }
    }
  }

  /// What tells a row from the others of its table; numbers by value, however they are stored.
  private func identity(of row: Int, _ rowid: Int64, _ shape: SQLiteTableShape) -> [UInt8] {
    let values = self.values(at: row, shape)
    guard !shape.addressesByRowid(values, bytes) else {
      return ChangesetValue.bytes(of: .integer(rowid))
    }
    return shape.key.flatMap { position -> [UInt8] in
      let value = bytes[values[position]]
      if case .double(let number) = ChangesetValue.value(value), let whole = Int64(exactly: number)
      {
        return ChangesetValue.bytes(of: .integer(whole))
      }
      return Array(value)
    }
  }

  private func isChange(_ entry: Entry, _ shape: SQLiteTableShape) -> Bool {
    guard let old = entry.old, let new = entry.new else {
      return entry.old != nil || entry.new != nil
    }
    return zip(values(at: old, shape), values(at: new, shape)).contains {
      !isSame($0, $1)
    }
  }

  /// Where the values of the row at `position` stand.
  func values(at position: Int, _ shape: SQLiteTableShape) -> [Range<Int>] {
    var start = position
    return shape.columns.map { _ in
      let end = ChangesetValue.end(in: bytes, at: start) ?? start
      defer { start = end }
      return start..<end
    }
  }

  func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    if bytes[one].elementsEqual(bytes[other]) { return true }
    return switch (ChangesetValue.value(bytes[one]), ChangesetValue.value(bytes[other])) {
    case (.integer(let left), .double(let right)), (.double(let right), .integer(let left)):
      Double(left) == right
    default: false
    }
  }

  /// One record of the log.
  fileprivate struct Record {
    let table: Int
    let isDirect: Bool
    let oldRowid: Int64
    let newRowid: Int64
    private(set) var old: Int?
    private(set) var new: Int?

    init?(_ bytes: [UInt8], at position: inout Int, _ shapes: [SQLiteTableShape]) {
      guard position + SQLiteRowCapture.headerSize <= bytes.count else { return nil }
      let start = position
      let (table, oldRowid, newRowid) = bytes.withUnsafeBytes {
        (
          Int($0.loadUnaligned(fromByteOffset: start + 2, as: UInt32.self)),
          $0.loadUnaligned(fromByteOffset: start + 6, as: Int64.self),
          $0.loadUnaligned(fromByteOffset: start + 14, as: Int64.self)
        )
      }
      guard table < shapes.count else { return nil }
      self.table = table
      self.oldRowid = oldRowid
      self.newRowid = newRowid
      isDirect = bytes[start + 1] == 0
      position += SQLiteRowCapture.headerSize
      let operation = Operation(rawValue: bytes[start])
      if operation != .insert {
        old = position
        guard Self.skip(bytes, &position, shapes[table]) else { return nil }
      }
      if operation != .delete {
        new = position
        guard Self.skip(bytes, &position, shapes[table]) else { return nil }
      }
    }

    private static func skip(
      _ bytes: [UInt8], _ position: inout Int, _ shape: SQLiteTableShape
    ) -> Bool {
      for _ in shape.columns {
        guard let end = ChangesetValue.end(in: bytes, at: position) else { return false }
        position = end
      }
      return true
    }
  }

  /// As SQLite numbers them (c3ref/c_alter_table.html).
  enum Operation: UInt8 { case delete = 9, insert = 18, update = 23 }
}

extension RowChanges.Entry {
  fileprivate init(_ record: RowChanges.Record) {
    self.init(
      old: record.old, new: record.new, oldRowid: record.oldRowid, newRowid: record.newRowid,
      isDirect: record.isDirect)
  }

  var operation: RowChanges.Operation { old == nil ? .insert : new == nil ? .delete : .update }
}

extension SQLiteTableShape {
  /// The row is found by its rowid: its table has no primary key, or the key has a null, which SQLite
  /// allows and the session extension passes over.
  func addressesByRowid(_ values: [Range<Int>], _ bytes: [UInt8]) -> Bool {
    guard hasRowid else { return false }
    let key = self.key
    return key.isEmpty || key.contains { bytes[values[$0].lowerBound] == 5 }
  }
}
