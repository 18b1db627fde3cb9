import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `check` (LANGUAGE.md §5): model and database side by side.
extension Interpreter {
  /// Lists what one of the two says and the other does not, `-` the database and `+` the model, in
  /// sentences; fails with exit status 5 when there is anything.
  func check(at range: SourceRange) throws(Failure) {
    try refresh(at: range)
    try validate()
    let differences: [TableDifference]
    do {
      differences = try session.differences()
    } catch {
      throw Failure(error, at: range)
    }
    guard !differences.isEmpty else {
      return session.tell("model and database agree")
    }
    session.show(differences)
    let tables = differences.count == 1 ? "1 table" : "\(differences.count) tables"
    throw Failure(
      .differs, "the model and the database differ in \(tables)", at: range,
      hint: "`sync alter` makes the database like the model, `pull` the model like the database")
  }
}

extension Interpreter {
  /// `--check`: the exit status of a script that went well, 5 when model and database differ.
  func checkAtEnd() -> Int32 {
    do throws(Failure) {
      try check(at: .none)
      return 0
    } catch {
      session.complain("relish: error: \(error.diagnostic.message)")
      if let hint = error.diagnostic.hint { session.complain("  hint: \(hint)") }
      return error.exitStatus
    }
  }
}

/// How one table differs from its model.
struct TableDifference {
  var table: String
  var lines: [CheckLine]
}

extension Session {
  /// Tables that differ from what the declared models say; those only read are as they are.
  func differences() throws(DriverError) -> [TableDifference] {
    let graph = graph
    let live = try driver.inspect()
    var found: [TableDifference] = []
    for model in graph.models where model.origin == .declared && !model.isView {
      let lowered = try Synchronizer.completed(
        [SchemaLowering.table(of: model, in: graph)], driver)
      let written = try Synchronizer.written(lowered, by: SchemaWriter(dialect: driver.dialect))
      guard let wanted = written.first else { continue }
      guard let other = live.table(named: wanted.name) else {
        found.append(
          TableDifference(table: wanted.name, lines: Sentences.missing(model, in: graph)))
        continue
      }
      let changes = SchemaDiff.changes(from: other, to: driver.dialect.asStored(wanted))
      guard !changes.isEmpty else { continue }
      found.append(
        TableDifference(
          table: other.name,
          lines: Sentences.check(changes, of: model, live: other, in: graph)))
    }
    let known = Set(graph.models.map { $0.table.asciiLowercased })
    for table in live.tables where !known.contains(table.name.asciiLowercased) {
      let line = CheckLine(
        side: .database, text: "table \(table.name), which no model has any more")
      found.append(TableDifference(table: table.name, lines: [line]))
    }
    for view in live.views where !known.contains(view.name.asciiLowercased) {
      let line = CheckLine(side: .database, text: "view \(view.name), which no model has any more")
      found.append(TableDifference(table: view.name, lines: [line]))
    }
    for difference in viewDifferences(live) + triggerDifferences(live) {
      let place = found.firstIndex { $0.table.isSameName(as: difference.table) }
      if let place {
        found[place].lines += difference.lines
      } else {
        found.append(difference)
      }
    }
    return found
  }

  private func viewDifferences(_ live: Schema) -> [TableDifference] {
    let names = graph.models.filter { $0.origin == .declared && $0.isView }.map(\.name)
    return SchemaLowering.schema(of: graph, models: names).views.compactMap { view in
      let other = live.views.first { $0.name.isSameName(as: view.name) }
      let lines = Sentences.check(view, live: other, in: graph)
      return lines.isEmpty ? nil : TableDifference(table: view.name, lines: lines)
    }
  }

  private func triggerDifferences(_ live: Schema) -> [TableDifference] {
    graph.triggers.compactMap { trigger in
      let other = live.triggers.first { $0.name.isSameName(as: trigger.name) }
      let lines = Sentences.check(trigger, live: other)
      return lines.isEmpty ? nil : TableDifference(table: trigger.table, lines: lines)
    }
  }

  /// Shows them as a comparison of two files would be.
  func show(_ differences: [TableDifference]) {
    let sink = streams.rows()
    sink.write("--- database\n+++ model\n")
    for difference in differences {
      sink.write("@ \(difference.table)\n")
      for line in difference.lines {
        sink.write("\(line.side == .database ? "-" : "+") \(line.text)\n")
      }
    }
  }
}
