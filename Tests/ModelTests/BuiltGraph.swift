import RelishLanguage
import RelishModel

/// A graph from sentences, for tests.
struct BuiltGraph {
  var builder = GraphBuilder()
  /// Sentences that were refused, with why; a line that is no sentence about models is left out.
  var refused: [(line: String, diagnostic: Diagnostic)] = []

  /// Sentences that were taken.
  private(set) var sentences: [String] = []

  var graph: ModelGraph { builder.graph }

  /// Takes each statement of a script; settings of `set naming` and `set timestamps` count.
  init(_ text: String, read schema: Schema? = nil) {
    if let schema { builder.read(schema) }
    var reader = StatementReader(name: "test", text: text)
    while true {
      switch reader.next() {
      case .end, .incomplete: return
      case .failed(let diagnostic, let source):
        refused.append((source.excerpt(at: diagnostic.range).text, diagnostic))
      case .statement: take(reader.tokens, reader.source())
      }
    }
  }

  private mutating func take(_ tokens: [Token], _ source: SourceText) {
    do throws(Diagnostic) {
      switch try Parser.parse(tokens: tokens, source: source) {
      case .declaration(let declaration): _ = try builder.declare(declaration, in: source)
      case .command(.setting(let name, let value)):
        switch (name.text.lowercased(), value.first?.value.lowercased()) {
        case ("naming", "snake"): builder.settings.naming = .snake
        case ("naming", "camel"): builder.settings.naming = .camel
        case ("timestamps", let word): builder.settings.timestamps = word == "on"
        case ("strict", let word): builder.settings.isStrict = word == "on"
        default: break
        }
      default: break
      }
      let end = tokens.last.map { Int($0.end) } ?? 0
      sentences.append(source.text(in: SourceRange(Int(tokens.first?.start ?? 0), end)))
    } catch {
      refused.append((source.excerpt(at: error.range).text, error))
    }
  }
}
