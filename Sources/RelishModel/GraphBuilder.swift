package import RelishLanguage
import Synchronization

/// What `set naming`, `set strict` and `set timestamps` say (LANGUAGE.md §3).
package struct GraphSettings: Sendable {
  /// Holds for all names that follow from others, those said before included.
  package var naming: NamingStyle
  /// A name that is not known is an error, where else the model is made.
  package var isStrict: Bool
  /// Whether models that are declared from now on have `createdAt` and `updatedAt`.
  package var timestamps: Bool

  package init(naming: NamingStyle = .camel, isStrict: Bool = false, timestamps: Bool = true) {
    self.naming = naming
    self.isStrict = isStrict
    self.timestamps = timestamps
  }
}

/// What the shell answers to a sentence about models.
package struct DeclarationAnswer: Sendable {
  /// The facts as they are now, one line each:
  /// `products.userId → users.id, optional, on delete set null, on update cascade (Product user · User products)`.
  package var facts: [String]
  /// What was done without being said: a model made, a name that looks like another.
  package var notes: [Diagnostic]

  package init(facts: [String] = [], notes: [Diagnostic] = []) {
    self.facts = facts
    self.notes = notes
  }
}

/// Everything said about models and read from the database; derives the `ModelGraph`.
///
/// A value: the caller keeps a copy to go back to. One sentence costs the same however many were said
/// before; the whole graph is worked out when it is asked for.
package struct GraphBuilder: Sendable {
  package var settings: GraphSettings {
    didSet {
      guard settings.naming != oldValue.naming else { return }
      facts.naming = Naming(style: settings.naming)
      facts.refreshAll()
      cache = GraphCache()
    }
  }
  var facts = GraphFacts()
  /// Nobody reads the answer to the current sentence.
  private(set) var isQuiet = false
  private var cache = GraphCache()

  package init(settings: GraphSettings = GraphSettings()) {
    self.settings = settings
    facts.naming = Naming(style: settings.naming)
  }

  /// Takes one sentence. When it is refused nothing is changed.
  ///
  /// - Parameter isQuiet: the answer is of no use to anyone, hence may be empty.
  package mutating func declare(
    _ declaration: Declaration, in source: SourceText, isQuiet: Bool = false
  ) throws(Diagnostic) -> DeclarationAnswer {
    self.isQuiet = isQuiet
    facts.begin()
    do {
      let lapsed = lapsedDefinitions(by: declaration)
      var answer = try answer(to: declaration, in: source)
      for model in lapsed { answer.notes.append(lapse(model)) }
      cache = GraphCache()
      return answer
    } catch {
      facts.rollback()
      throw error
    }
  }

  /// What the last sentence changed, or the last taking back.
  package var lastChange: ModelChange { ModelChange(changes: facts.journal) }

  /// Takes back what a sentence changed, once all that came after it is taken back; `lastChange` then
  /// does it again.
  package mutating func takeBack(_ change: ModelChange) {
    facts.begin()
    facts.takeBack(change.changes)
    facts.refreshAll()
    cache = GraphCache()
  }

  private mutating func answer(
    to declaration: Declaration, in source: SourceText
  ) throws(Diagnostic) -> DeclarationAnswer {
    switch declaration {
    case .attributes(let model, let attributes): try has(model, attributes, in: source)
    case .association(let association): try associate(association, in: source)
    case .index(let index): try self.index(index, in: source)
    case .tableCheck(let model, let text, let name): try checkTable(model, text, name)
    case .view(let view): try self.view(view, in: source)
    case .trigger(let text): try trigger(text)
    case .table(let model, let text): try define(model, by: text)
    case .label(let model, let attribute): try label(model, by: attribute, in: source)
    case .renameAttribute(let model, let from, let to):
      try rename(from, to: to, on: model, in: source)
    case .dropAttributes(let model, let names): try drop(names, of: model, in: source)
    case .model(let model): try start(model, in: source)
    case .renameModel(let from, let to): try rename(from, to: to, in: source)
    case .dropModel(let model): try drop(model, in: source)
    }
  }

  /// Replaces what was read from the database before.
  ///
  /// A model goes on from its table when the first sentence declares it; what is read afterwards does
  /// not change a declared model.
  package mutating func read(_ schema: Schema) {
    facts.setRead(schema)
    facts.readTriggers = schema.triggers
    for side in facts.sides.values.sorted(by: { $0.id < $1.id }) {
      for name in [side.subject, side.target, side.junction].compactMap({ $0 })
      where facts.model(name) == nil {
        facts.set(facts.new(name, hasTimestamps: settings.timestamps), for: name)
      }
    }
    facts.refreshAll()
    cache = GraphCache()
  }

  mutating func forgetGraph() { cache = GraphCache() }

  /// The graph of all that is known; worked out once after each change.
  package var graph: ModelGraph { cache.graph { facts.graph() } }

  /// Checks what a sentence may leave open until the model is used: the first `sync`, `plan`, `save`
  /// or walk (LANGUAGE.md §4). Worked out once after each change, as every walk asks.
  package func validate() throws(Diagnostic) {
    try cache.verdict { () throws(Diagnostic) in try check() }
  }
}

/// How to take back a change of the model.
package struct ModelChange: Sendable {
  let changes: [GraphFacts.Change]

  package var isEmpty: Bool { changes.isEmpty }
}

/// What is worked out when it is first asked for; copies of a builder share it.
private final class GraphCache: Sendable {
  private let known = Mutex<ModelGraph?>(nil)
  private let checked = Mutex<Result<Void, Diagnostic>?>(nil)

  func graph(_ make: () -> ModelGraph) -> ModelGraph {
    known.withLock { graph in
      if let graph { return graph }
      let made = make()
      graph = made
      return made
    }
  }

  func verdict(_ check: () throws(Diagnostic) -> Void) throws(Diagnostic) {
    let verdict = checked.withLock { known in
      if let known { return known }
      let made = Result(catching: check)
      known = made
      return made
    }
    try verdict.get()
  }
}
