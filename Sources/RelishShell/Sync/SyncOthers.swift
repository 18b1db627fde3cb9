import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

// What a sync makes besides what sentences tell of tables: tables by their own CREATE TABLE, views and
// triggers.
extension Synchronizer {
  /// The tables with what `table Tag "CREATE TABLE …"` says; the indexes are those of the sentences.
  static func completed(_ tables: [Table], _ driver: any Driver) throws(DriverError) -> [Table] {
    var completed: [Table] = []
    for wanted in tables {
      guard let definition = wanted.definition else {
        completed.append(wanted)
        continue
      }
      let table = try driver.table(madeBy: definition)
      guard table.name.asciiLowercased == wanted.name.asciiLowercased else {
        throw DriverError(
          .other, "the CREATE TABLE of `\(wanted.name)` makes `\(table.name)`")
      }
      completed.append(SavedModel.completed(table, with: wanted))
    }
    return completed
  }

  /// Views and triggers that are missing, and triggers that a forced sync drops with their tables.
  static func otherSteps(
    _ wanted: Schema, mode: SyncMode, driver: any Driver
  ) throws(DriverError) -> [SchemaStep] {
    guard !wanted.views.isEmpty || !wanted.triggers.isEmpty else { return [] }
    let live = try driver.inspect()
    let views = Set(live.views.map(\.name.asciiLowercased))
    let going = mode == .force ? Set(wanted.tables.map(\.name.asciiLowercased)) : []
    let staying = live.triggers.filter { !going.contains($0.table.asciiLowercased) }
    let triggers = Set(staying.map(\.name.asciiLowercased))
    return wanted.views.filter { !views.contains($0.name.asciiLowercased) }
      .map { .createView($0) }
      + wanted.triggers.filter { !triggers.contains($0.name.asciiLowercased) }
      .map { .createTrigger($0) }
  }
}

extension SchemaStep {
  /// What it makes, for the answer; nil for a part of a table.
  var created: String? {
    switch self {
    case .createTable(let table): table.name
    case .createView(let view): "view \(view.name)"
    case .createTrigger(let trigger): "trigger \(trigger.name)"
    default: nil
    }
  }
}
