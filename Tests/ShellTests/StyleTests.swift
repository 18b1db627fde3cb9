import Foundation
import Support
import Testing

@Suite("Style of the sources")
struct StyleTests {
  /// Swift files below `directory`, as paths from the top directory with their lines.
  static func files(in directory: String) throws -> [(path: String, lines: [Substring])] {
    let top = Project.root.appendingPathComponent(directory)
    let names = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = try String(contentsOfFile: top.path + "/" + name, encoding: .utf8)
      return (directory + "/" + name, text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  @Test("no source file is over 450 lines, and nine of ten have at most 300")
  func sizes() throws {
    let sizes = try Self.files(in: "Sources").map { ($0.path, $0.lines.count) }
    let tooLong = sizes.filter { $0.1 > 450 }.map { "\($0.0): \($0.1) lines" }
    #expect(tooLong.isEmpty)
    let long = sizes.filter { $0.1 > 300 }.map { "\($0.0): \($0.1) lines" }
    #expect(long.count * 10 <= sizes.count, "\(long)")
  }

  /// A type or function that other targets use says what it is for. Cases, initialisers, stored
  /// properties and what `Hashable` demands are left to the writer.
  @Test("package types and functions have doc comments")
  func documentation() throws {
    let words = ["func", "struct", "enum", "class", "protocol", "actor", "typealias"]
    var missing: [String] = []
    for file in try Self.files(in: "Sources") {
      for (number, line) in file.lines.enumerated() {
        let parts = line.split(separator: " ")
        guard parts.first == "package", words.contains(where: { parts.contains(Substring($0)) }),
          !line.contains("func == ("), !line.contains("func hash(into")
        else { continue }
        var above = number - 1
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        let comment = above >= 0 ? file.lines[above].drop(while: { $0 == " " }) : ""
        if !comment.hasPrefix("///") { missing.append("\(file.path):\(number + 1): \(line)") }
      }
    }
    if !missing.isEmpty { Issue.record("no doc comment:\n\(missing.joined(separator: "\n"))") }
  }

  @Test("sources are as swift format leaves them")
  func format() throws {
    let run = try Program.run(
      "swift", ["format", "lint", "--strict", "-r", "Sources", "Tests", "Package.swift"],
      in: Project.root.path, merged: true, seconds: 300)
    #expect(run.status == 0, "\(run.output)")
  }
}
