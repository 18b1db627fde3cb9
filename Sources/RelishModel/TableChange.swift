package import RelishLanguage

/// One way in which a live table would have to change to be what its model says.
package enum TableChange: Sendable, Hashable {
  case addColumn(Column)
  case dropColumn(Column)
  /// The column as it is wanted, and as it is.
  case changeColumn(Column, from: Column)
  /// The columns of the primary key, wanted and live.
  case changeKey([String], from: [String])
  case addUnique(columns: [String])
  case dropUnique(columns: [String])
  case addIndex(Index)
  case dropIndex(Index)
  case addForeignKey(ForeignKey)
  case dropForeignKey(ForeignKey)
  /// The same columns pointing to the same place under other rules.
  case changeForeignKey(ForeignKey, from: ForeignKey)
  case addCheck(TableCheck)
  /// WITHOUT ROWID or STRICT is wanted and not there.
  case option(String)

  /// How the two sides differ, in the language's words, a sentence each without full stop.
  package var descriptions: [String] {
    switch self {
    case .addColumn(let column): ["column `\(column.name)` is only in the model"]
    case .dropColumn(let column): ["column `\(column.name)` is only in the database"]
    case .changeColumn(let wanted, let live): Self.descriptions(wanted, live)
    case .changeKey(let wanted, let live):
      ["the key is \(Self.key(live)) in the database, \(Self.key(wanted)) in the model"]
    case .addUnique(let columns): ["unique \(Self.list(columns)) is only in the model"]
    case .dropUnique(let columns): ["unique \(Self.list(columns)) is only in the database"]
    case .addIndex(let index): ["index on \(Self.list(index.columns)) is only in the model"]
    case .dropIndex(let index): ["index on \(Self.list(index.columns)) is only in the database"]
    case .addForeignKey(let key): ["foreign key \(Self.end(key)) is only in the model"]
    case .dropForeignKey(let key): ["foreign key \(Self.end(key)) is only in the database"]
    case .changeForeignKey(let wanted, let live): Self.descriptions(wanted, live)
    case .addCheck(let check): ["check `\(check.text)` is only in the model"]
    case .option(let words): ["the table is \(words) in the model only"]
    }
  }

  // MARK: Columns

  private static func descriptions(_ wanted: Column, _ live: Column) -> [String] {
    var found: [String] = []
    func compare(_ inDatabase: String, _ inModel: String) {
      guard inDatabase != inModel else { return }
      found.append("`\(wanted.name)` is \(inDatabase) in the database, \(inModel) in the model")
    }
    if !wanted.type.isSame(as: live.type) {
      compare(live.type.words, wanted.type.words)
    } else if let type = wanted.declaredType, type != live.declaredType {
      compare(live.declaredType ?? live.type.words, type)
    }
    compare(live.isNotNull ? "required" : "optional", wanted.isNotNull ? "required" : "optional")
    if wanted.isAutoIncrement != live.isAutoIncrement {
      let numbered = "numbered by the database"
      found.append(
        wanted.isAutoIncrement
          ? "`\(wanted.name)` is \(numbered) in the model only"
          : "`\(wanted.name)` is \(numbered), but not in the model")
    }
    func has(_ inDatabase: String, _ inModel: String) {
      found.append("`\(wanted.name)` has \(inDatabase) in the database, \(inModel) in the model")
    }
    if wanted.defaultValue != live.defaultValue {
      has(words(live.defaultValue), words(wanted.defaultValue))
    }
    if wanted.check != live.check { has(words(live.check), words(wanted.check)) }
    if let collation = wanted.collation,
      collation.asciiLowercased != live.collation?.asciiLowercased
    {
      has("collation \(live.collation ?? "binary")", "collation \(collation)")
    }
    if let generated = wanted.generated, generated != live.generated {
      compare(words(live.generated), words(generated))
    }
    return found
  }

  private static func words(_ value: ColumnDefault?) -> String {
    switch value {
    case nil: "no default"
    case .literal(let literal): "default \(literal.words)"
    case .now: "default now()"
    case .today: "default today()"
    case .expression(let text): "default `\(text)`"
    }
  }

  private static func words(_ check: ColumnCheck?) -> String {
    check.map { "check `\($0.source)`" } ?? "no check"
  }

  private static func words(_ generated: GeneratedColumn?) -> String {
    guard let generated else { return "written to" }
    return "\(generated.isStored ? "stored" : "computed") `\(generated.expression)`"
  }

  // MARK: Keys

  private static func descriptions(_ wanted: ForeignKey, _ live: ForeignKey) -> [String] {
    var rules = [
      (
        "on delete \(live.onDelete.rawValue)", "\(wanted.onDelete.rawValue)",
        live.onDelete != wanted.onDelete
      ),
      (
        "on update \(live.onUpdate.rawValue)", "\(wanted.onUpdate.rawValue)",
        live.onUpdate != wanted.onUpdate
      ),
    ].filter(\.2).map { ($0.0, $0.1) }
    if let deferral = wanted.deferral, deferral != live.deferral {
      rules.append((live.deferral?.asciiLowercased ?? "checked at once", deferral.asciiLowercased))
    }
    return rules.map { inDatabase, inModel in
      "\(end(wanted)) is \(inDatabase) in the database, \(inModel) in the model"
    }
  }

  private static func end(_ key: ForeignKey) -> String {
    "\(list(key.columns)) → \(key.table).\(key.targetColumns.joined(separator: ", "))"
  }

  private static func key(_ columns: [String]) -> String {
    columns.isEmpty ? "no column" : list(columns)
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}

extension AttributeType {
  /// Equal; enumerations with the same words in any order.
  package func isSame(as other: AttributeType) -> Bool {
    guard case .enumeration(let first) = self, case .enumeration(let second) = other else {
      return self == other
    }
    return Set(first) == Set(second)
  }
}
