import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// What hinders a `sync alter`: columns that would go unasked, rows that would break a rule, a
/// transaction in which keys cannot be put off (LANGUAGE.md §5).
struct AlterObstacles {
  let request: AlterRequest
  let driver: any Driver
  let live: Schema
  let lost: [Table]

  func find(_ plan: inout SyncPlan) throws(DriverError) {
    for alteration in plan.alterations { plan.refusals += goingColumns(of: alteration, plan) }
    for alteration in plan.alterations {
      let found = try RowOffences(request: request, driver: driver, live: live)
        .offences(of: alteration)
      plan.refusals += found.refusals
      plan.rows[alteration.live.name.asciiLowercased] = found.rows
    }
    for alteration in plan.alterations where alteration.isRebuild && isUnreadable(alteration) {
      plan.refusals.append(
        SyncRefusal(
          "the definition of `\(alteration.live.name)` holds bytes that are no UTF-8, which would be "
            + "lost if it were made anew"))
    }
    plan.refusals += try pointersToLost(plan)
    if driver.isInTransaction, driver.enforcesForeignKeys {
      for alteration in plan.alterations where alteration.isRebuild {
        let rows = plan.rows[alteration.live.name.asciiLowercased] ?? 0
        if let refusal = inTransaction(alteration, rows: rows) { plan.refusals.append(refusal) }
      }
    }
  }

  /// What is read of such bytes is a sign that stands for them.
  private func isUnreadable(_ alteration: TableAlteration) -> Bool {
    let triggers = live.triggers.filter {
      $0.table.isSameName(as: alteration.live.name)
    }
    return "\(alteration.live)\(triggers)".unicodeScalars.contains("\u{FFFD}")
  }

  // MARK: Columns

  /// Nothing is dropped but by `lose`.
  private func goingColumns(of alteration: TableAlteration, _ plan: SyncPlan) -> [SyncRefusal] {
    var refusals: [SyncRefusal] = []
    for column in alteration.droppedColumns
    where !request.mayLose(column.name, of: alteration.live.name) {
      let table = alteration.live.name
      let values =
        plan.losses.first { $0.table == table && $0.column == column.name }?.values ?? 0
      let name = request.name(of: column.name, in: table)
      let lose = "`sync alter lose column \(name)` drops it with \(SyncWords.values(values))"
      var refusal = SyncRefusal(
        "column `\(column.name)` of `\(table)` is not in the model and would be lost", hint: lose)
      if let new = likeness(of: column, in: alteration), let model = request.model(ofTable: table) {
        let attribute = request.attribute(new.name, of: model)
        refusal.message =
          "column `\(column.name)` of `\(table)` goes and `\(new.name)` comes: is it the same?"
        refusal.hint =
          "`\(model.name) renames \(column.name) to \(attribute)` keeps "
          + "\(SyncWords.values(values)); \(lose)"
        refusal.rename = FormerColumn(name: column.name, column: new.name)
        refusal.table = table
      }
      refusals.append(refusal)
    }
    return refusals
  }

  /// The one new column that could be the old one under another name: of its type, or of its place.
  private func likeness(of column: Column, in alteration: TableAlteration) -> Column? {
    let added = alteration.addedColumns
    let alike = added.filter { $0.type.isSame(as: column.type) }
    if alike.count == 1,
      alteration.droppedColumns.filter({ $0.type.isSame(as: column.type) }).count == 1
    {
      return alike.first
    }
    guard let near = Suggestion.nearest(to: column.name, among: alike.map(\.name)) else {
      return nil
    }
    return alike.first { $0.name == near }
  }

  // MARK: Tables

  /// Rows that stay and point to a table that goes; a key that goes itself does not count.
  private func pointersToLost(_ plan: SyncPlan) throws(DriverError) -> [SyncRefusal] {
    guard !lost.isEmpty else { return [] }
    var staying = Schema(tables: live.tables)
    for index in staying.tables.indices {
      let name = staying.tables[index].name
      guard let alteration = plan.alterations.first(where: { $0.live.name == name }) else {
        continue
      }
      staying.tables[index].foreignKeys = alteration.table.foreignKeys.filter { key in
        key.columns.allSatisfy { alteration.live.column(named: $0) != nil }
      }
    }
    let pointers = SyncObstacles.pointers(to: lost, in: staying)
    return try SyncObstacles.refusals(pointers: pointers, driver: driver).map { SyncRefusal($0) }
  }

  /// A table that is dropped to be made anew sets off the rules of the keys that point to it, and in a
  /// transaction these cannot be put off.
  private func inTransaction(_ alteration: TableAlteration, rows: Int) -> SyncRefusal? {
    let name = alteration.live.name
    guard rows > 0 else { return nil }
    for table in live.tables {
      for key in table.foreignKeys where key.table.isSameName(as: name) {
        var refusal = SyncRefusal(
          "inside a transaction `\(name)` cannot be made anew: its rows are pointed to by "
            + "`\(table.name)`, on delete \(key.onDelete.rawValue), and foreign keys cannot be "
            + "switched off there",
          hint: "`commit` or `rollback` first")
        refusal.isByTransaction = true
        return refusal
      }
    }
    return nil
  }
}
