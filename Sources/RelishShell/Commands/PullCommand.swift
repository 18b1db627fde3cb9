import RelishDrivers
import RelishLanguage
import RelishModel

/// `pull` (LANGUAGE.md §5): the tables of the database as models.
extension Interpreter {
  func pull(
    _ names: [Name], in source: SourceText, at range: SourceRange
  ) throws(Failure) {
    session.forgetSchema()
    try refresh(at: range)
    let schema = session.schemaRead
    let said = session.builder.declaredInDatabase
    let pulled: [String]
    do {
      pulled = try session.builder.pull(names.isEmpty ? said.map { Name($0) } : names)
    } catch {
      throw Failure(error)
    }
    session.modelChanged()
    let change = session.builder.lastChange
    if !change.isEmpty { session.record(source, range, "", ModelStep(change)) }
    if names.isEmpty {
      tellForgotten(said)
      tellSummary(schema)
    } else {
      for name in pulled { tell(about: name, schema) }
    }
  }

  /// What sentences said of models that the database has is forgotten.
  private func tellForgotten(_ models: [String]) {
    guard !models.isEmpty else { return }
    let list = models.map { "`\($0)`" }.joined(separator: ", ")
    session.tell("note: \(list) \(models.count == 1 ? "is" : "are") as the database has it")
  }

  private func tell(about name: String, _ schema: Schema) {
    guard let model = session.graph.model(named: name) else { return }
    let relations = model.associations.map(\.name).joined(separator: ", ")
    let kind = model.isView ? "view" : "table"
    let count = model.attributes.count
    session.tell(
      "\(SyntaxWriter.model(model.name)): \(kind) \(model.table), "
        + "\(count) attribute\(count == 1 ? "" : "s")\(relations.isEmpty ? "" : ", \(relations)")")
    for trigger in schema.triggers where trigger.table.isSameName(as: model.table) {
      session.tell("note: trigger \(trigger.name) acts on it")
    }
    tellUnrelated(schema.tables.filter { $0.name.isSameName(as: model.table) })
  }

  private func tellSummary(_ schema: Schema) {
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    let counts = session.builder.readCounts
    var parts = [count(counts.models, "model")]
    if counts.views > 0 { parts.append(count(counts.views, "view")) }
    parts.append(count(counts.relations, "relation"))
    let list = parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "")
    let triggers =
      schema.triggers.isEmpty ? "" : "; \(count(schema.triggers.count, "trigger")) noted"
    session.tell("pulled \(list) from \(session.driver.displayName)\(triggers)")
    for table in schema.virtualTables { session.tell("note: virtual table \(table) is left out") }
    tellUnrelated(schema.tables)
  }

  /// Foreign keys that are no relation, because what they point to is not there.
  private func tellUnrelated(_ tables: [Table]) {
    for place in tables.indices {
      for key in tables[place].foreignKeys where !session.builder.hasRead(table: key.table) {
        let columns = "\(tables[place].name).\(key.columns.joined(separator: ", "))"
        session.tell("note: \(columns) points to \(key.table), which is not there")
      }
    }
  }
}
