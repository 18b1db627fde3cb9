import RelishLanguage
import RelishModel

/// The graph of a script's declarations; sentences that contradict others are left out. Nil when the
/// script as a whole is unfinished, as by a `by` that names nothing.
func toldGraph(_ script: String, read schema: Schema? = nil) -> ModelGraph? {
  var builder = GraphBuilder()
  if let schema { builder.read(schema) }
  var reader = StatementReader(name: "test", text: script)
  while true {
    switch reader.next() {
    case .statement:
      switch try? reader.parse() {
      case .declaration(let declaration):
        _ = try? builder.declare(declaration, in: reader.source())
      case .command(.setting(let name, let value)):
        guard let word = value.first?.value else { continue }
        if name.text == "naming" { builder.settings.naming = word == "snake" ? .snake : .camel }
        if name.text == "timestamps" { builder.settings.timestamps = word == "on" }
      default: continue
      }
    case .failed: continue
    case .incomplete, .end: return (try? builder.validate()) == nil ? nil : builder.graph
    }
  }
}
