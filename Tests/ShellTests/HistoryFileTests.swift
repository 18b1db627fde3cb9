import Foundation
import RelishShell
import Support
import Testing

@Suite("History of statements")
struct HistoryFileTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.file("state/relish/history")
  }

  private func history(_ variables: [String: String]? = nil) throws -> HistoryFile {
    let variables = variables ?? ["XDG_STATE_HOME": directory.file("state")]
    return try #require(HistoryFile { variables[$0] })
  }

  @Test("whole statements come back, the last of equal ones, newest last")
  func roundTrip() throws {
    let statements = ["sync", "create User (\n  name = \"a\\nb\"\n)", "User", "sync", "é 漢 😀 \\"]
    for statement in statements { try history().append(statement) }
    #expect(try history().load() == Array(statements.dropFirst()))
  }

  @Test("only its owner may read it, and its folders are made")
  func permissions() throws {
    try history().append("sync")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("two shells add to one file without loss")
  func twoShells() throws {
    let (one, other) = (try history(), try history())
    for number in 0..<50 {
      one.append("one \(number)")
      other.append("other \(number)")
    }
    #expect(try history().load().count == 100)
  }

  @Test("a long file is shortened to its newest statements")
  func shortened() throws {
    try history().append("first")
    let lines = (1...20_001).map { "line \($0)\n" }.joined()
    try lines.write(toFile: path, atomically: false, encoding: .utf8)
    #expect(try history().load().count == 10_000)
    let kept = try String(contentsOfFile: path, encoding: .utf8)
    #expect(kept.hasPrefix("line 10002\n") && kept.hasSuffix("line 20001\n"))
  }

  @Test("where it is", arguments: [["RELISH_HISTORY": "own"], ["HOME": "home"], [:]])
  func place(_ variables: [String: String]) throws {
    let absolute = variables.mapValues { directory.file($0) }
    guard let history = HistoryFile(environment: { absolute[$0] }) else {
      #expect(variables.isEmpty)
      return
    }
    history.append("sync")
    let expected = variables["RELISH_HISTORY"] ?? "home/.local/state/relish/history"
    #expect(FileManager.default.fileExists(atPath: directory.file(expected)))
  }

  @Test("a leading blank keeps a statement out")
  func blank() {
    #expect(HistoryFile.keeps("sync") && !HistoryFile.keeps(" sync") && !HistoryFile.keeps(""))
  }
}
