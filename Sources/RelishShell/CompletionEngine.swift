import RelishLanguage
package import RelishModel

/// What completion must know of a session.
package struct CompletionContext {
  package var models: ModelGraph
  /// Names without `$`.
  package var variables: [String]
  package var settings: [String]
  /// Aliases of commands with their sign, `.tables`.
  package var metaCommands: [String]
  /// False with `--safe`: what files there are is nobody's business.
  package var offersFiles = true
  /// The tables and views of the database.
  package var schema = Schema()

  package init(
    models: ModelGraph, variables: [String] = [], settings: [String] = [],
    metaCommands: [String] = []
  ) {
    self.models = models
    self.variables = variables
    self.settings = settings
    self.metaCommands = metaCommands
  }
}

extension CompletionContext {
  fileprivate var undeclaredTables: [String] {
    let declared = Set(
      models.models.filter { $0.origin == .declared }.map(\.table.asciiLowercased))
    return (schema.tables.map(\.name) + schema.views.map(\.name)).filter {
      !declared.contains($0.asciiLowercased)
    }
  }

  /// Columns of the model's table that are none of its attributes.
  fileprivate func columns(besides name: String) -> [String] {
    guard let model = models.model(named: name), let table = schema.table(named: model.table)
    else { return [] }
    return table.columns.map(\.name).filter { column in
      !model.attributes.contains { $0.column.isSameName(as: column) }
    }
  }
}

/// Text and cursor to candidates, for Tab and for `relish --complete`.
///
/// The parser says what it expected at the cursor; here its kinds of names become names.
package struct CompletionEngine {
  private let context: CompletionContext
  private let prefix: String
  /// The sign that opened the word at the cursor: a quote, a backtick, or nothing.
  private let opening: Character?
  /// The word before is `some`, `no` or `every`.
  private let isQuantified: Bool
  private var found: [Completion.Candidate] = []

  /// What may stand at byte `offset` of `text`, whose earlier lines count as well.
  package static func complete(
    text: String, offset: Int, in context: CompletionContext
  ) -> Completion {
    let isVariable = text.utf8.prefix(max(0, offset)).last == UInt8(ascii: "$")
    var expectations = Parser.expectations(text: text, offset: isVariable ? offset - 1 : offset)
    if isVariable, expectations.wants.contains(.variable) {
      expectations.prefix = "$"
    }
    let before = text.utf8.prefix(max(0, expectations.replaceStart)).last
    let opening = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")]
      .first { $0 == before }.map { Character(Unicode.Scalar($0)) }
    var engine = CompletionEngine(
      context: context, prefix: expectations.prefix, opening: opening,
      isQuantified: Self.endsInQuantifier(text.utf8.prefix(max(0, expectations.replaceStart))))
    for word in expectations.words { engine.add(word: word) }
    for want in expectations.wants { engine.add(want) }
    return Completion(replaceStart: expectations.replaceStart, candidates: engine.sorted())
  }

  private init(
    context: CompletionContext, prefix: String, opening: Character?, isQuantified: Bool
  ) {
    self.context = context
    self.prefix = prefix
    self.opening = opening
    self.isQuantified = isQuantified
  }

  private static func endsInQuantifier(_ bytes: Substring.UTF8View) -> Bool {
    let word = bytes.reversed().drop { $0 == 0x20 }.prefix {
      $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A
    }
    return Keyword(word.reversed()).flatMap { Quantifier(rawValue: $0.rawValue) } != nil
  }

  private func sorted() -> [Completion.Candidate] {
    var seen: Set<String> = []
    return found.filter { seen.insert($0.text).inserted }
      .sorted { ($0.text.lowercased(), $0.text) < ($1.text.lowercased(), $1.text) }
  }

  // MARK: Kinds of names

  private mutating func add(_ want: Want) {
    switch want {
    case .model: context.models.models.forEach { add(name: $0.name) }
    case .owner: context.models.models.forEach { add(name: $0.name, ending: ".") }
    case .table: context.undeclaredTables.forEach { add(name: $0) }
    case .column(let model): context.columns(besides: model).forEach { add(name: $0) }
    case .relation(let noun): model(of: noun)?.associations.forEach { add(name: $0.name) }
    case .attribute(let noun): model(of: noun)?.attributes.forEach { add(name: $0.name) }
    case .path(let noun): addPath(from: noun)
    case .type: Keyword.types.forEach { add(word: $0.spelling) }
    case .rule: ReferentialRule.allCases.forEach { add(word: $0.rawValue) }
    case .file where !context.offersFiles: break
    case .file: FileCandidates.all(prefix: prefix, quote: opening).forEach { found.append($0) }
    case .command:
      if isMeta {
        context.metaCommands.forEach { add(exactly: $0) }
      } else {
        Keyword.commands.forEach { add(word: $0.spelling) }
      }
    case .variable: context.variables.forEach { add(exactly: "$" + $0) }
    case .setting: context.settings.forEach { add(word: $0) }
    case .format: OutputFormat.all.forEach { add(word: $0.name) }
    case .helpTopic: Help.names.forEach { add(word: $0) }
    }
  }

  private var isMeta: Bool { prefix.hasPrefix(".") || prefix.hasPrefix("\\") }

  /// Attributes, and relations to one row, after which a dot may follow; after `some` and its like
  /// relations only.
  private mutating func addPath(from noun: Noun) {
    guard let model = model(of: noun) else { return }
    guard !isQuantified else { return model.associations.forEach { add(name: $0.name) } }
    model.attributes.forEach { add(name: $0.name) }
    for association in model.associations where !association.isToMany {
      add(name: association.name)
      add(name: association.name, ending: ".")
    }
  }

  /// The model that a walk has come to.
  private func model(of noun: Noun) -> Model? {
    var model = context.models.model(named: noun.model)
    for hop in noun.hops {
      model = model?.association(named: hop).flatMap { context.models.model(named: $0.target) }
    }
    return model
  }

  // MARK: Adding what fits

  /// A word of the grammar, whose case and `_` do not matter (LANGUAGE.md §2).
  private mutating func add(word: String) {
    guard opening == nil, plain(word).hasPrefix(plain(prefix)) else { return }
    found.append(Completion.Candidate(word))
  }

  private func plain(_ word: String) -> String { word.lowercased().filter { $0 != "_" } }

  private mutating func add(exactly text: String) {
    guard opening == nil, text.lowercased().hasPrefix(prefix.lowercased()) else { return }
    found.append(Completion.Candidate(text))
  }

  /// A name of the model, in backticks where it is no plain name.
  private mutating func add(name: String, ending: String = "") {
    guard name.lowercased().hasPrefix(prefix.lowercased()) else { return }
    switch opening {
    case nil:
      let isPlain =
        name.first?.isNumber == false
        && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      let text = isPlain ? name : "`" + name + "`"
      found.append(Completion.Candidate(text + ending, ending: ending.isEmpty ? " " : ""))
    case "`":
      found.append(Completion.Candidate(name + "`" + ending, ending: ending.isEmpty ? " " : ""))
    default: break
    }
  }
}
