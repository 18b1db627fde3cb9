import Foundation
import Support
import Testing

@testable import RelishLanguage

/// A keyword written wrong is found where it stands. Where the wrong word still parses, as a relation
/// of a walk, it is the model that knows better.
@Suite("Misspelled keywords")
struct MisspelledWordTests {
  @Test("every keyword of the examples", arguments: ["blog", "school", "shop"])
  func keywords(_ topic: String) throws {
    let url = Project.root.appendingPathComponent("examples/\(topic).relish")
    let text = try String(contentsOf: url, encoding: .utf8)
    var caught = 0
    for statement in ScriptStatement.all(in: text) {
      for word in statement.checkedWords where Keyword(word.text.utf8) != nil {
        let bytes = Array(text.utf8)
        let wrong = Misspelling.of(word.text)
        let changed = bytes[statement.start..<word.start] + wrong.utf8 + bytes[word.end...]
        var reader = StatementReader(
          name: "", text: String(decoding: changed.prefix(20_000), as: UTF8.self))
        guard case .statement = reader.next() else {
          Issue.record("no statement at \(word.text)")
          continue
        }
        let sentence = reader.source().text(in: SourceRange(0, 100))
        do {
          _ = try reader.parse()
        } catch {
          caught += 1
          let expected = word.start - statement.start
          #expect(error.range.start == expected, "\(wrong): \(error.message) in \(sentence)")
          let tells =
            error.hint?.contains(word.text) == true || error.message.contains("`\(word.text)`")
          #expect(tells, "\(wrong): \(error.message), \(error.hint ?? "no hint") in \(sentence)")
        }
      }
    }
    #expect(caught > 20)
  }
}
