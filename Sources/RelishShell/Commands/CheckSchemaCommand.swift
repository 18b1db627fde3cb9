import RelishDrivers
import RelishLanguage
import RelishModel

/// `check schema` (LANGUAGE.md §5): advice about the tables that are there.
extension Interpreter {
  /// Lists what a schema lacks, each with the sentence that mends it; advice is no failure.
  func checkSchema(at range: SourceRange) throws(Failure) {
    try refresh(at: range)
    var advice: [SchemaAdvice] = []
    do {
      let schema = try session.driver.inspect()
      advice = SchemaAdvice.all(about: schema, session.graph)
      for table in schema.tables {
        // A key to columns that are no key cannot be followed; that has been said.
        guard let count = try? session.driver.foreignKeyViolations(in: table.name), count > 0 else {
          continue
        }
        advice.append(SchemaAdvice.orphans(count, in: table.name))
      }
    } catch {
      throw Failure(error, at: range)
    }
    let sink = session.streams.rows()
    for entry in advice {
      sink.write(entry.text + "\n")
      if let remedy = entry.remedy { sink.write("  \(remedy)\n") }
    }
    if advice.isEmpty { session.tell("nothing to advise") }
  }
}
