import RelishLanguage
import RelishModel

// What no row may be given, whatever the value.
extension RowWriter {
  /// A view shows rows of tables; they are changed there.
  func refuseView(_ model: Model) throws(Failure) {
    guard model.isView else { return }
    throw Failure(
      .refused, "`\(model.name)` is a view, whose rows can only be asked for", at: range,
      hint: "change the rows of the tables that it shows")
  }

  func refuseComputed(
    _ attribute: Attribute, of model: Model, at range: SourceRange
  ) throws(Failure) {
    guard let generated = attribute.storage.generated else { return }
    throw Failure(
      .refused, "`\(model.name) \(attribute.name)` is computed by the database", at: range,
      hint: "it is `\(generated.expression)`")
  }

  /// A condition of the whole table that failed, by its name or its words.
  func tableCheck(_ text: String, of model: Model) -> Failure? {
    guard let check = model.storage.checks.first(where: { ($0.name ?? $0.text) == text }) else {
      return nil
    }
    let name = check.name.map { " `\($0)`" } ?? ""
    return Failure(
      .constraint, "the check\(name) of \(model.name) fails: \(check.text)", at: range)
  }
}
