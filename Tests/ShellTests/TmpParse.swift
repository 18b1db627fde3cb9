import RelishLanguage
import Support
import Testing

@Test func tmpParse() throws {
  for g in Golden.all(in: "examples") + Golden.all(in: "Tests/ShellTests/Goldens") {
    var reader = StatementReader(name: g.topic, text: try g.script())
    loop: while true {
      func out(_ d: Diagnostic, _ s: SourceText) {
        let e = s.excerpt(at: d.range)
        print(
          "PP \(e.name):\(e.line):\(e.column): \(d.message) | \(d.hint ?? "-")\n     \(e.before)⟦\(e.marked)⟧\(e.after)"
        )
      }
      switch reader.next() {
      case .end: break loop
      case .failed(let d, let s): out(d, s)
      case .incomplete: out(reader.incompletion, reader.source()); break loop
      case .statement:
        do { _ = try reader.parse() } catch { out(error, reader.source()) }
      }
    }
  }
}
