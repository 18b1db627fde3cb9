/// Writes changes of rows in SQLite's changeset format, for sqlite3changeset_apply (sqlite3session.c,
/// "CHANGESET FORMAT"): a table's head, then its changes.
struct ChangesetWriter {
  private(set) var changeset: [UInt8] = []
  private var table: String?

  /// The changes among `changes` that the session extension can apply; `isPlain` tells which.
  ///
  /// Rows go before rows come: a unique value may pass from one to the other.
  static func changeset(
    of changes: RowChanges, where isPlain: (RowChanges.Table, RowChanges.Entry) -> Bool
  ) -> [UInt8] {
    var writer = ChangesetWriter()
    for pass in [RowChanges.Operation.delete, .update, .insert] {
      writer.table = nil
      for table in changes.tables where table.shape.isPlain {
        for entry in table.entries where isPlain(table, entry) {
          writer.write(entry, of: table.shape, in: changes, pass)
        }
      }
    }
    return writer.changeset
  }

  private mutating func write(
    _ entry: RowChanges.Entry, of shape: SQLiteTableShape, in changes: RowChanges,
    _ pass: RowChanges.Operation
  ) {
    let old = entry.old.map { changes.values(at: $0, shape) }
    let new = entry.new.map { changes.values(at: $0, shape) }
    guard let old, let new else {
      if entry.operation == pass, let row = old ?? new {
        begin(pass, shape)
        for value in row { changeset += changes.bytes[value] }
      }
      return
    }
    // A row whose key changes is one that goes and one that comes.
    let keepsKey = shape.key.allSatisfy { changes.isSame(old[$0], new[$0]) }
    switch pass {
    case .delete where !keepsKey:
      begin(.delete, shape)
      for value in old { changeset += changes.bytes[value] }
    case .insert where !keepsKey:
      begin(.insert, shape)
      for value in new { changeset += changes.bytes[value] }
    case .update where keepsKey:
      begin(.update, shape)
      for (position, value) in old.enumerated() {
        let isKey = shape.columns[position].keyPlace > 0
        let isPart = isKey || !changes.isSame(value, new[position])
        changeset += isPart ? changes.bytes[value] : [ChangesetValue.undefined]
      }
      for (position, value) in new.enumerated() {
        let isKey = shape.columns[position].keyPlace > 0
        let isPart = !isKey && !changes.isSame(old[position], value)
        changeset += isPart ? changes.bytes[value] : [ChangesetValue.undefined]
      }
    default: break
    }
  }

  private mutating func begin(_ operation: RowChanges.Operation, _ shape: SQLiteTableShape) {
    if table != shape.name {
      changeset.append(UInt8(ascii: "T"))
      changeset += ChangesetValue.varint(shape.columns.count)
      changeset += shape.columns.map(\.keyPlace)
      changeset += Array(shape.name.utf8) + [0]
      table = shape.name
    }
    changeset += [operation.rawValue, 0]
  }
}
