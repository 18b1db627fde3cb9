import RelishLanguage
import RelishModel

/// What was done to a table, in words.
struct AlterWords {
  let plan: SyncPlan
  /// Rows of the table.
  let rows: Int
  let fills: [String: String]

  /// `renamed column title of products to name`; nil for any other step.
  static func rename(_ step: SchemaStep) -> String? {
    switch step {
    case .renameTable(let old, let new): "renamed table \(old) to \(new)"
    case .renameColumn(let old, let new, let table): "renamed column \(old) of \(table) to \(new)"
    default: nil
    }
  }

  func outcomes(of alteration: TableAlteration) -> [String] {
    var words = alteration.changes.flatMap { outcomes(of: $0, in: alteration) }
    if alteration.isRebuild { words.append("made anew with its \(SyncWords.rows(rows))") }
    return words
  }

  private func outcomes(of change: TableChange, in alteration: TableAlteration) -> [String] {
    switch change {
    case .addColumn(let column):
      let value = fills[column.name.asciiLowercased] ?? defaultWords(column)
      let given =
        value.map {
          rows == 0 ? "" : ", \(SyncWords.rows(rows)) \(rows == 1 ? "has" : "have") \($0)"
        }
      return ["column `\(column.name)` added" + (given ?? "")]
    case .dropColumn(let column):
      let lost = plan.losses.first {
        $0.table == alteration.live.name && $0.column == column.name
      }
      return ["column `\(column.name)` dropped with \(SyncWords.values(lost?.values ?? 0))"]
    case .changeColumn, .changeKey, .changeForeignKey:
      return change.descriptions.map(Self.past)
    case .addUnique, .addIndex, .addForeignKey, .addCheck, .option:
      return change.descriptions.map { $0.replacingSuffix(" is only in the model", " added") }
    case .dropUnique, .dropIndex, .dropForeignKey:
      return change.descriptions.map { $0.replacingSuffix(" is only in the database", " dropped") }
    }
  }

  private func defaultWords(_ column: Column) -> String? {
    switch column.defaultValue {
    case nil: nil
    case .literal(let literal): literal.words
    case .now: "the time of now"
    case .today: "the date of today"
    case .expression(let text): "`\(text)`"
    }
  }

  /// `` `a` is text in the database, string(20) in the model`` → `` `a` was text, is string(20)``.
  private static func past(_ description: String) -> String {
    var words = description.replacingSuffix(" in the model", "")
    for (old, new) in [(" is ", " was "), (" has ", " had ")] {
      guard let range = words.firstRange(of: old),
        let middle = words.firstRange(of: " in the database, ")
      else { continue }
      let verb = old.dropFirst().dropLast()
      words =
        words[..<range.lowerBound] + new + words[range.upperBound..<middle.lowerBound]
        + ", \(verb) "
        + words[middle.upperBound...]
      break
    }
    return words
  }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String, _ new: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) + new : self
  }
}
