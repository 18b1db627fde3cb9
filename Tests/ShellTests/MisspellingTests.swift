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
    for (number, statement) in statements.enumerated() {
      let words = statement.checkedWords
      guard !words.isEmpty else { continue }
      let before = try Self.run(String(decoding: text.utf8.prefix(statement.start), as: UTF8.self))
      // Two words of each statement, another place each time: all kinds of places come up.
      let chosen = Set([number % words.count, (number + words.count / 2 + 1) % words.count])
        .sorted()
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
        // A walk's name may be made known by a later sentence; then the note points to the word.
        #expect(
          complaint.places.contains { $0 == position },
          "\(place) is reported elsewhere:\n\(complaint.text)")
        #expect(complaint.misdrawn.isEmpty, "\(complaint.text)")
        #expect(
          complaint.suggests(word.text),
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
  static func position(of offset: Int, in text: String) -> Place {
    let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return Place(line: lines.count, column: (lines.last?.count ?? 0) + 1)
  }
}
