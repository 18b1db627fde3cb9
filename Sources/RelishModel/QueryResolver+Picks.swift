import RelishLanguage

extension Resolution {
  /// Adds a pick to the last step's filter: an integer is the primary key, a text a text primary key
  /// or else the label, a variable the rows it holds (LANGUAGE.md §7, §9).
  func pick(
    _ pick: Pick?, _ walk: inout Traversal, _ noun: Noun
  ) throws(Diagnostic) {
    guard let pick else { return }
    let filter: ResolvedCondition
    switch pick.value {
    case .integer(let key): filter = try self.key(.integer(key), pick, noun)
    case .text(let text): filter = try self.text(text, pick, noun)
    case .variable(let name): filter = try variable(name, pick, noun)
    }
    walk.steps[walk.steps.count - 1].filter = filter
  }

  private func variable(
    _ name: String, _ pick: Pick, _ noun: Noun
  ) throws(Diagnostic) -> ResolvedCondition {
    switch resolver.variables[name] {
    case .rows(let model, let keys):
      guard model == noun.model.name else {
        throw Diagnostic(
          .wrongType, "`$\(name)` holds rows of `\(model)`, not of `\(noun.model.name)`",
          at: pick.range)
      }
      return .keys(columns(noun), keys)
    case .value(.text(let text)): return try self.text(text, pick, noun)
    case .value(.null):
      throw Diagnostic(.wrongType, "`$\(name)` is null, and picks no row", at: pick.range)
    case .value(let value): return try key(value, pick, noun)
    case nil:
      throw Self.unknownVariable(name, at: pick.range, Array(resolver.variables.keys))
    }
  }

  private func columns(_ noun: Noun) -> [ColumnReference] {
    noun.source.key.map { ColumnReference(source: noun.source.id, column: $0) }
  }

  private func key(
    _ value: Value, _ pick: Pick, _ noun: Noun
  ) throws(Diagnostic) -> ResolvedCondition {
    let names = noun.model.primaryKey
    guard let name = names.first, names.count == 1 else {
      let why = names.isEmpty ? "no primary key" : "a primary key of \(names.count) parts"
      throw Diagnostic(
        .wrongType, "`\(noun.model.name)` has \(why), so no single value picks a row",
        at: pick.range, hint: names.first.map { "`where \($0) = … and …` names a row" })
    }
    let type = noun.model.attribute(named: name)?.type
    if case .integer(let number) = value, ValueKind(type) == .text {
      throw Diagnostic(
        .wrongType, "the key `\(name)` of `\(noun.model.name)` is a text, not a number",
        at: pick.range, hint: "in quotes: `\"\(number)\"`")
    }
    let typed = try typed(value, as: type, named: "the key `\(name)`", at: pick.range)
    return .keys(columns(noun), [[typed.constant ?? value]])
  }

  private func text(
    _ text: String, _ pick: Pick, _ noun: Noun
  ) throws(Diagnostic) -> ResolvedCondition {
    let model = noun.model
    let label = model.label.flatMap { model.attribute(named: $0) }
    let labelColumn = label.map { ColumnReference(source: noun.source.id, column: $0.column) }
    let key = model.primaryKey.count == 1 ? model.attribute(named: model.primaryKey[0]) : nil
    guard let key, ValueKind(key.type) != .number, let column = columns(noun).first,
      let value = try? typed(.text(text), as: key.type, named: "", at: pick.range).constant
    else {
      guard let labelColumn else {
        throw Diagnostic(
          .wrongType, "`\(model.name)` has no label, so a text picks no row", at: pick.range,
          hint: "`\(model.name) labeled by …` names the attribute, `where` asks for any")
      }
      resolver.notes?.add(pick.range, .free)
      return .keys([labelColumn], [[.text(text)]])
    }
    guard let labelColumn, labelColumn != column else { return .keys([column], [[value]]) }
    return .keyElseLabel(noun.source, key: column, label: labelColumn, value)
  }
}
