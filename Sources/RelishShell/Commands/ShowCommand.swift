import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `show`, `say`, `save`: the model in words (LANGUAGE.md §7, §5).
extension Interpreter {
  func show(_ subject: ShowSubject, at range: SourceRange) throws(Failure) {
    try refresh(at: range)
    try validate()
    let rows: [[String]]
    switch subject {
    case .models: rows = Sentences.showModels(session.graph)
    case .relations: rows = Sentences.showRelations(session.graph)
    case .model(let name): rows = Sentences.showModel(try model(name), in: session.graph)
    }
    session.show(table: rows)
  }

  func say(_ name: Name?, at range: SourceRange) throws(Failure) {
    try refresh(at: range)
    try validate()
    let model: Model? = if let name { try self.model(name) } else { nil }
    let sink = session.streams.rows()
    for line in Sentences.say(model, in: session.graph) { sink.write(line + "\n") }
  }

  func save(to file: Located<String>, at range: SourceRange) throws(Failure) {
    try session.refuseFilesWhenSafe(at: file.range)
    try refresh(at: range)
    try validate()
    let models = Wording.lowerCount(session.graph.models.count, "model")
    guard !session.settings.checksOnly else {
      return session.tell("would save \(models) to \(file.value)")
    }
    let saved: SavedModel
    do {
      saved = SavedModel(
        session.graph, from: try session.driver.inspect(), dialect: session.driver.dialect)
    } catch {
      throw Failure(error, at: range)
    }
    let sink = try session.openForWriting(file)
    sink.write(saved.text)
    sink.flush()
    session.tell("saved \(models) to \(file.value)")
  }

  /// The model of that name; errors carry a suggestion.
  func model(_ name: Name) throws(Failure) -> Model {
    try RowWriter(session: session, range: name.range).model(name)
  }
}

extension Session {
  /// Shows a table of text whose first row is its header, in the format at hand.
  func show(table rows: [[String]]) {
    guard let header = rows.first else { return }
    // A cell without a word is blank: nothing is missing there.
    var renderer = makeRenderer(nullText: "")
    let sink = streams.rows()
    renderer.begin(
      header.map { ResultColumn(name: $0, type: .text) }, isFlat: false, to: sink)
    for row in rows.dropFirst() {
      renderer.row(ValueRow(row.map { $0.isEmpty ? .null : .text($0) }), to: sink)
    }
    renderer.end(to: sink)
  }

  /// A renderer of the format at hand; `nullText` where `--null` says nothing else.
  func makeRenderer(nullText: String? = nil) -> any Renderer {
    let name = settings.format ?? (streams.isTerminal ? "table" : "tsv")
    var options = RenderOptions()
    options.showsHeader = settings.showsHeader
    options.nullText = settings.nullText ?? nullText
    options.usesColor = streams.isTerminal && streams.usesColor
    options.dialect = driver.dialect.portable
    guard let format = OutputFormat.named(name) else { return DelimitedRenderer<TSVStyle>(options) }
    return format.make(options)
  }
}
