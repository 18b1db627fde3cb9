package import RelishLanguage

/// All models and relations as the sentences and the database together make them: what walks,
/// writes and syncs are checked against. A value that never changes; `GraphBuilder` makes it.
package struct ModelGraph: Sendable {
  /// In the order in which they were declared; those only read from the database come last.
  package let models: [Model]
  /// In the order of the sentences that made them.
  package let relations: [Relation]
  /// How names in the database are spelled.
  package let naming: NamingStyle
  /// Triggers that sentences state.
  package let triggers: [Trigger]
  /// Triggers of the database.
  package let readTriggers: [Trigger]
  private let positions: [String: Int]
  private let relationPositions: [Relation.ID: Int]
  private let held: [String: [Int]]
  private let targeted: [String: [Int]]
  /// Models whose tables were read, under the table's name in small letters.
  private let byTable: [String: [Int]]

  /// - Parameter readTables: names of the models whose tables the database has.
  package init(
    models: [Model] = [], relations: [Relation] = [], naming: NamingStyle = .camel,
    readTables: Set<String> = [], triggers: [Trigger] = [], readTriggers: [Trigger] = []
  ) {
    self.triggers = triggers
    self.readTriggers = readTriggers
    self.models = models
    self.relations = relations
    self.naming = naming
    var positions: [String: Int] = [:]
    var byTable: [String: [Int]] = [:]
    for (position, model) in models.enumerated() {
      positions[model.name] = position
      if readTables.contains(model.name) {
        byTable[model.table.lowercased(), default: []].append(position)
      }
    }
    var relationPositions: [Relation.ID: Int] = [:]
    var held: [String: [Int]] = [:]
    var targeted: [String: [Int]] = [:]
    for (position, relation) in relations.enumerated() {
      relationPositions[relation.id] = position
      held[relation.holder, default: []].append(position)
      targeted[relation.target, default: []].append(position)
    }
    self.positions = positions
    self.byTable = byTable
    self.relationPositions = relationPositions
    self.held = held
    self.targeted = targeted
  }

  /// The model whose table or view the database calls so.
  package func model(ofTable name: String) -> Model? {
    models.first { $0.table.isSameName(as: name) }
  }

  /// The model of that name; one that was read from the database also by its table's name in camel
  /// and snake, plural and singular, any case (LANGUAGE.md §9 Database). Nil when two fit.
  package func model(named name: String) -> Model? {
    if let position = positions[name] { return models[position] }
    let found = readModels(named: name)
    return found.count == 1 ? found[0] : nil
  }

  /// The relation of that number, which an attribute or an association of this graph names.
  package func relation(_ id: Relation.ID) -> Relation? {
    relationPositions[id].map { relations[$0] }
  }

  /// Relations whose key stands in the table of `holder`.
  package func relations(holder: String) -> [Relation] {
    (held[holder] ?? []).map { relations[$0] }
  }

  /// Relations whose key points to `target`.
  package func relations(target: String) -> [Relation] {
    (targeted[target] ?? []).map { relations[$0] }
  }

  // MARK: Errors

  /// The error for a name that is no model, or fits two tables of the database.
  package func unknownModel(_ name: Name) -> Diagnostic {
    let found = readModels(named: name.text).sorted { $0.name < $1.name }
    if found.count > 1 {
      let tables = found.map { "`\($0.table)`" }.joined(separator: " and ")
      let names = found.map { "`\($0.name)`" }.joined(separator: " or ")
      return Diagnostic(
        .ambiguous, "`\(name)` fits the tables \(tables)", at: name.range, hint: "say \(names)")
    }
    return Diagnostic(
      .unknownModel, "no model is named `\(name)`", at: name.range,
      hint: Suggestion.hint(for: name.text, among: models.map(\.name), listing: "models are"))
  }

  /// The error for a name by which no relation leaves `model`.
  package func unknownRelation(_ name: Name, on model: Model) -> Diagnostic {
    Diagnostic(
      .unknownRelation, "`\(model.name)` has no relation `\(name)`", at: name.range,
      hint: Suggestion.hint(
        for: name.text, among: model.associations.map(\.name), listing: "its relations are"))
  }

  /// The error for a name that is no attribute of `model`.
  package func unknownAttribute(_ name: Name, on model: Model) -> Diagnostic {
    Diagnostic(
      .unknownAttribute, "`\(model.name)` has no attribute `\(name)`", at: name.range,
      hint: Suggestion.hint(
        for: name.text, among: model.attributes.map(\.name), listing: "its attributes are"))
  }

  private func readModels(named name: String) -> [Model] {
    var found: [Int] = []
    for key in TableLookup.keys(for: name) {
      for position in byTable[key] ?? [] where !found.contains(position) { found.append(position) }
    }
    return found.map { models[$0] }
  }
}

/// The names under which a model's table is looked for (LANGUAGE.md §9 Database).
package enum TableLookup {
  /// The table's name in camel and snake, plural and singular, in small letters.
  package static func keys(for model: String) -> Set<String> {
    var keys: Set<String> = [model.lowercased()]
    for style in [NamingStyle.camel, .snake] {
      let naming = Naming(style: style)
      keys.insert(naming.table(model: model).lowercased())
      keys.insert(naming.table(model: model, plural: model).lowercased())
      keys.insert(naming.table(model: model, plural: Plural.singular(of: model)).lowercased())
    }
    return keys
  }
}

extension ModelGraph: ModelLookup {}
