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

  /// Views and triggers: those that are missing, and those that the database has with another text.
  ///
  /// They hold no rows, so that one may go and come anew. What goes does so before the tables change: a
  /// column of which a view speaks could not be dropped.
  static func otherSteps(
    _ wanted: Schema, mode: SyncMode, driver: any Driver
  ) throws(DriverError) -> OtherSteps {
    var steps = OtherSteps()
    guard !wanted.views.isEmpty || !wanted.triggers.isEmpty else { return steps }
    let live = try driver.inspect()
    for view in wanted.views {
      let other = live.views.first { $0.name.isSameName(as: view.name) }
      if let other, view.says(sameAs: other) { continue }
      if let other, mode == .create {
        steps.differing.append(("view " + other.name, [.otherText]))
        continue
      }
      if let other { steps.before.append(.dropView(other.name)) }
      steps.after.append(.createView(view))
    }
    let going = mode == .force ? Set(wanted.tables.map(\.name.asciiLowercased)) : []
    for trigger in wanted.triggers {
      let other = live.triggers.first { $0.name.isSameName(as: trigger.name) }
      // It goes with its table.
      let isGoing = other.map { going.contains($0.table.asciiLowercased) } == true
      if let other, !isGoing {
        if trigger.says(sameAs: other) { continue }
        if mode == .create {
          steps.differing.append(("trigger " + other.name, [.otherText]))
          continue
        }
        steps.before.append(.dropTrigger(other.name))
      }
      steps.after.append(.createTrigger(trigger))
    }
    return steps
  }
}

/// What a sync does besides tables.
package struct OtherSteps {
  var before: [SchemaStep] = []
  var after: [SchemaStep] = []
  /// What plain `sync` leaves as it is.
  var differing: [(table: String, differences: [Difference])] = []

  package init() {}
}

extension SyncPlan {
  /// What the step makes, for the answer; nil for a part of a table.
  func created(by step: SchemaStep) -> String? {
    switch step {
    case .createTable(let table): table.name
    case .createView(let view): "view \(view.name)" + anew(.dropView(view.name))
    case .createTrigger(let trigger): "trigger \(trigger.name)" + anew(.dropTrigger(trigger.name))
    default: nil
    }
  }

  private func anew(_ drop: SchemaStep) -> String {
    let isAnew = steps.contains { planned in
      switch (planned.step, drop) {
      case (.dropView(let one), .dropView(let other)),
        (.dropTrigger(let one), .dropTrigger(let other)):
        one.isSameName(as: other)
      default: false
      }
    }
    return isAnew ? " anew" : ""
  }
}
