import Foundation
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

/// Wrong walks, the part that is underlined between `«` and `»`, with what is said about them, in
/// `Goldens/mistakes.txt`; `RELISH_RECORD=1` writes the file anew and fails.
@Suite("Mistakes in walks")
struct WalkErrorTests {
  static let path = Project.root.path + "/Tests/SQLTests/Goldens/mistakes.txt"

  static let entries: [String] = {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n\n")
      .map { $0.trimmingCharacters(in: .newlines) }.filter { !$0.isEmpty }
  }()

  @Test("are found before the database is asked", arguments: entries)
  func mistake(_ entry: String) throws {
    #expect(try Self.found(for: entry) == entry)
  }

  @Test("are as recorded")
  func recorded() throws {
    #expect(Self.entries.count > 130)
    guard ProcessInfo.processInfo.environment["RELISH_RECORD"] != nil else { return }
    let found = try Self.entries.map { try Self.found(for: $0) }
    guard found != Self.entries else { return }
    let text = found.joined(separator: "\n\n") + "\n"
    try text.write(toFile: Self.path, atomically: true, encoding: .utf8)
    Issue.record("recorded mistakes.txt; read it, then run again without RELISH_RECORD")
  }

  /// The walk of an entry with the part marked that the error is about, and the error.
  private static func found(for entry: String) throws -> String {
    let line = entry.prefix { $0 != "\n" }
    let text = line.filter { $0 != "«" && $0 != "»" }
    do {
      return "\(text)\n  becomes \(try statement(for: text).inlined(dialect))"
    } catch let diagnostic as Diagnostic {
      let excerpt = SourceText(name: "", text: text).excerpt(at: diagnostic.range)
      let marked = "\(excerpt.before)«\(excerpt.marked)»\(excerpt.after)"
      let hint = diagnostic.hint.map { "\n  hint: \($0)" } ?? ""
      return "\(marked)\n  \(diagnostic.code.rawValue): \(diagnostic.message)\(hint)"
    }
  }

  @Test(
    "what is too deep or too wide is an error",
    arguments: [
      "User" + String(repeating: " products user", count: 40),
      "User where " + nested("some products (some user (", 20, "id > 0", "))"),
      "Category where " + (1...70).map { path($0) }.joined(separator: " and "),
      "Product show " + nested("(1 + ", 60, "price", ")"),
    ])
  func tooDeep(_ walk: String) throws {
    #expect {
      try statement(for: walk)
    } throws: {
      ($0 as? Diagnostic)?.code == .tooDeep
    }
  }

  @Test(
    "what is just not too deep is read by the database",
    arguments: [
      "User" + String(repeating: " products user", count: 31),
      "User" + String(repeating: " cart products carts user", count: 10),
      "User where " + nested("some products (some user (", 3, "id > 0", "))"),
      "User where " + nested("every products (every user (", 3, "id > 0", "))"),
      "Product user products user where " + nested("some products (some user (", 2, "id > 0", "))"),
      "Category where " + (1...10).map { path($0) }.joined(separator: " and "),
      "Product show " + nested("(1 + ", 26, "price", ")"),
      "Product where " + nested("not (", 18, "price > 1", ")"),
      "Product where " + nested("(id > 0 and (id < 0 or ", 12, "price > 1", "))"),
      "Product where " + (1...280).map { "id = \($0)" }.joined(separator: " or "),
    ])
  func notTooDeep(_ walk: String) throws {
    _ = try openShop().rows(try statement(for: walk))
  }

  private static func nested(_ open: String, _ times: Int, _ middle: String, _ close: String)
    -> String
  {
    String(repeating: open, count: times) + middle + String(repeating: close, count: times)
  }

  /// `parent.parent.name > "a"`, all of different length.
  private static func path(_ length: Int) -> String {
    String(repeating: "parent.", count: length) + #"name > "a""#
  }
}
