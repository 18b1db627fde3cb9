import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// Rows that stand in the way of dropping tables (LANGUAGE.md §9 Database).
enum SyncObstacles {
  /// Foreign keys that point to one of `going` from a table that is not among them.
  static func pointers(to going: [Table], in live: Schema) -> [ForeignKeyPlace] {
    let names = Set(going.map { $0.name.asciiLowercased })
    return live.tables.filter { !names.contains($0.name.asciiLowercased) }.flatMap { table in
      table.foreignKeys.filter { names.contains($0.table.asciiLowercased) }
        .map { ForeignKeyPlace(table: table.name, key: $0) }
    }
  }

  /// Why `going` cannot be dropped, a sentence each.
  static func refusals(
    _ pointers: [ForeignKeyPlace], dropping going: [Table], driver: any Driver
  ) throws(DriverError) -> [String] {
    let fromOutside = try refusals(pointers: pointers, driver: driver)
    guard fromOutside.isEmpty, driver.isInTransaction else { return fromOutside }
    return try refusalsInTransaction(dropping: going, driver: driver)
  }

  /// Rows that would point to nothing.
  static func refusals(
    pointers: [ForeignKeyPlace], driver: any Driver
  ) throws(DriverError) -> [String] {
    var sentences: [String] = []
    for place in pointers {
      let rows = try holders(of: place, driver)
      guard rows > 0 else { continue }
      let verb = rows == 1 ? "points" : "point"
      sentences.append(
        "\(SyncWords.rows(rows)) of `\(place.table)`, which is not recreated, \(verb) to "
          + "`\(place.key.table)`, which would be dropped")
    }
    return sentences
  }

  /// In a transaction foreign keys act on: rows under RESTRICT whose table is not dropped before the
  /// one they point to, which only happens in a circle.
  private static func refusalsInTransaction(
    dropping going: [Table], driver: any Driver
  ) throws(DriverError) -> [String] {
    var sentences: [String] = []
    var remaining = Set(going.map { $0.name.asciiLowercased })
    for table in SchemaPlan.parentsFirst(going).reversed() {
      for child in going where remaining.contains(child.name.asciiLowercased) {
        for key in child.foreignKeys
        where key.onDelete == .restrict && key.table.isSameName(as: table.name) {
          guard try holders(of: ForeignKeyPlace(table: child.name, key: key), driver) > 0 else {
            continue
          }
          sentences.append(
            "rows of `\(child.name)` hold rows of `\(table.name)` in a circle by `restrict`, which "
              + "can only be dropped outside a transaction: `commit` or `rollback` first")
        }
      }
      remaining.remove(table.name.asciiLowercased)
    }
    return sentences
  }

  /// Rows whose key is not null.
  private static func holders(
    of place: ForeignKeyPlace, _ driver: any Driver
  ) throws(DriverError) -> Int {
    let conditions = place.key.columns.map { driver.dialect.identifier($0) + " IS NOT NULL" }
    return try driver.count(
      SQLText(
        "SELECT count(*) FROM " + driver.dialect.identifier(place.table) + " WHERE "
          + conditions.joined(separator: " AND ")))
  }
}
