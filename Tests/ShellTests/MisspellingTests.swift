import Foundation
import Support
import Testing

/// A wrong word anywhere in the example scripts: exit 1, a caret under it, a suggestion, and nothing of
/// the failing statement in the database.
@Suite("Misspelled scripts")
struct MisspellingTests {
  static let examples = Golden.all(in: "examples")

  @Test("one word after another", arguments: examples)
  func misspelled(_ example: Golden) throws {
    let text = try example.script()
    let statements = ScriptStatement.all(in: text)
    #expect(statements.count > 20)
    for statement in statements {
      let words = statement.checkedWords
      guard !words.isEmpty else { continue }
      let before = try Self.run(String(decoding: text.utf8.prefix(statement.start), as: UTF8.self))
      // The second, the third and the last: over all statements every kind of place comes up.
      let chosen = Set([0, 1, 2, words.count - 1]).filter { words.indices.contains($0) }.sorted()
      for word in chosen.map({ words[$0] }) {
        let wrong = Misspelling.of(word.text)
        let bytes = Array(text.utf8)
        let changed = String(
          decoding: bytes[..<word.start] + Array(wrong.utf8) + bytes[word.end...], as: UTF8.self)
        let after = try Self.run(changed)
        let position = Self.position(of: word.start, in: text)
        let place = "\(example.topic):\(position.line):\(position.column) `\(wrong)`"
        #expect(after.run.status == 1, "\(place) ends with \(after.run.status)")
        #expect(after.contents == before.contents, "\(place) left something in the database")
        let complaint = Complaint(in: after.run.errors)
        #expect(
          complaint.line == position.line && complaint.column == position.column,
          "\(place) is reported elsewhere:\n\(complaint.text)")
        #expect(
          complaint.hint.contains(word.text) || complaint.message.contains(word.text)
            || complaint.text.contains("`\(word.text)`"),
          "\(place) gets no useful hint:\n\(complaint.text)")
      }
    }
  }

  /// Runs `script` on a fresh database; answers the run, and the database's contents without times.
  static func run(_ script: String) throws -> (run: ProgramRun, contents: String) {
    let directory = try TemporaryDirectory()
    try directory.write(script, to: "script.relish")
    let run = try Program.relish(["test.db", "-f", "script.relish"], in: directory.path)
    let dump = try Program.sqlite3(directory.file("test.db"), ".dump")
    let times = #"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?'"#
    return (run, dump.replacingOccurrences(of: times, with: "TIME", options: .regularExpression))
  }

  /// Line and column, both counted from 1, of a byte offset.
  static func position(of offset: Int, in text: String) -> (line: Int, column: Int) {
    let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.count, (lines.last?.count ?? 0) + 1)
  }
}
