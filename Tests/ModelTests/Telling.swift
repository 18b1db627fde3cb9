import RelishLanguage
import RelishModel

/// A builder that was told some sentences, and what it answered.
struct Telling {
  var builder = GraphBuilder()
  /// Facts as they are, notes behind `note:`, errors behind `error[code]:`; hints in brackets.
  var lines: [String] = []
  var errors: [Diagnostic] = []
  /// What the last error's caret stands under.
  var marked = ""

  init(_ text: String = "", settings: GraphSettings = GraphSettings(), schema: Schema? = nil) {
    builder.settings = settings
    if let schema { builder.read(schema) }
    tell(text)
  }

  mutating func tell(_ text: String) {
    var reader = StatementReader(name: "test", text: text)
    while true {
      switch reader.next() {
      case .statement:
        do throws(Diagnostic) {
          guard case .declaration(let declaration) = try reader.parse() else { continue }
          let answer = try builder.declare(declaration, in: reader.source())
          lines += answer.facts
          lines += answer.notes.map { "note: " + Self.words($0) }
        } catch {
          fail(error)
          marked = reader.source().text(in: error.range)
        }
      case .failed(let diagnostic, _): fail(diagnostic)
      case .incomplete: lines.append("incomplete")
      case .end: return
      }
    }
  }

  mutating func validate() {
    do throws(Diagnostic) { try builder.validate() } catch { fail(error) }
  }

  private mutating func fail(_ error: Diagnostic) {
    errors.append(error)
    lines.append("error[\(error.code.rawValue)]: " + Self.words(error))
  }

  private static func words(_ diagnostic: Diagnostic) -> String {
    let others = diagnostic.related.map { " | \($0.excerpt.text)" }.joined()
    return diagnostic.message + (diagnostic.hint.map { " [\($0)]" } ?? "") + others
  }

  var graph: ModelGraph { builder.graph }

  /// `id integer key`, one line per attribute of a model.
  func attributes(of model: String) -> [String] {
    (graph.model(named: model)?.attributes ?? []).map { attribute in
      var words = [attribute.name, attribute.type.words]
      if attribute.column != attribute.name { words[0] += "=\(attribute.column)" }
      if attribute.isKey { words.append("key") }
      if attribute.isRequired { words.append("required") }
      if attribute.isUnique { words.append("unique") }
      if attribute.isGenerated { words.append("generated") }
      if case .relationKey = attribute.role { words.append("fk") }
      return words.joined(separator: " ")
    }
  }

  /// `user → User`, `products ⇉ Product`, in order.
  func ways(from model: String) -> [String] {
    (graph.model(named: model)?.associations ?? []).map {
      "\($0.name) \($0.isToMany ? "⇉" : "→") \($0.target)"
    }
  }

  /// Every relation as `Product.userId → User.id user/products`.
  var relations: [String] {
    graph.relations.map {
      "\($0.holder).\($0.attributes.joined(separator: "+")) → "
        + "\($0.target).\($0.targetAttributes.joined(separator: "+")) \($0.name)/\($0.inverse ?? "-")"
    }
  }
}
