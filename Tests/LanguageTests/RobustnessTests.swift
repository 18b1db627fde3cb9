import Foundation
import Support
import Testing

@testable import RelishLanguage

/// Nothing that is typed or piped may trap, run out of stack, or take more than linear time.
@Suite("Robustness")
struct RobustnessTests {
  /// Reads and parses everything in `bytes`, and looks at it as completion and the printer do.
  static func digest(_ bytes: [UInt8]) -> Int {
    var isRead = false
    var reader = StatementReader(name: "fuzz") { buffer in
      if !isRead { buffer.append(contentsOf: bytes) }
      isRead = true
      return false
    }
    let printer = DiagnosticPrinter(color: false)
    var length = 0
    while true {
      switch reader.next() {
      case .end: return length
      case .incomplete:
        length += printer.text(for: reader.incompletion, in: reader.source()).utf8.count
      case .failed(let diagnostic, let source):
        length += printer.text(for: diagnostic, in: source).utf8.count
        #expect(diagnostic.range.start >= 0 && diagnostic.range.end <= source.bytes.count)
      case .statement:
        do throws(Diagnostic) {
          length += TreeDump.dump(try reader.parse()).utf8.count
        } catch {
          let source = reader.source()
          length += printer.text(for: error, in: source).utf8.count
          #expect(error.range.start >= 0 && error.range.end <= source.bytes.count)
        }
      }
    }
  }

  static let statements: [String] = {
    let names = ["blog", "school", "shop"].map { "examples/\($0).relish" }
    return names.flatMap { name in
      let text = try? String(
        contentsOf: Project.root.appendingPathComponent(name), encoding: .utf8)
      return (text ?? "").split(separator: "\n").map(String.init)
    }.filter { !$0.hasPrefix("#") }
  }()

  @Test("random bytes", arguments: 1...8)
  func randomBytes(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let alphabet = Array("AaxZ_09 .,:;=<>!+-*/%()[]\"'`$\\\n\r\t#{}@é日\u{FEFF}\u{1F600}\u{0}".utf8)
    for _ in 0..<300 {
      let count = Int.random(in: 0...60, using: &random)
      let bytes: [UInt8] = (0..<count).map { _ in
        Bool.random(using: &random)
          ? alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
          : UInt8.random(in: 0...255, using: &random)
      }
      #expect(Self.digest(bytes) >= 0)
    }
  }

  @Test("changed sentences", arguments: 1...8)
  func mutations(seed: UInt64) {
    #expect(Self.statements.count > 100)
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      var bytes = Array((Self.statements.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let other = Array((Self.statements.randomElement(using: &random) ?? "").utf8)
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(place..<min(bytes.count, place + 7))
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 2:
          bytes.insert(contentsOf: other.suffix(Int.random(in: 0...20, using: &random)), at: place)
        default: bytes.swapAt(place % max(1, bytes.count), bytes.count / 2)
        }
      }
      #expect(Self.digest(bytes) >= 0)
      let offset = Int.random(in: 0...bytes.count, using: &random)
      let text = String(decoding: bytes, as: UTF8.self)
      let expectations = Parser.expectations(text: text, offset: offset)
      #expect(expectations.replaceStart <= text.utf8.count)
      let whole = TokenTests.tokens(StatementReader(name: "", text: text))
      #expect(TokenTests.tokens(StatementReaderTests.reader(text, pieces: 1)) == whole, "\(text)")
    }
  }

  static let deep = [
    ("A where ", "(", "x", ")"), ("A where ", "not ", "x", ""), ("A where x = ", "-", "1", ""),
    ("A where x = ", "- ", "y", ""), ("A where ", "some a (", "x", ")"),
    ("A where x = ", "f(", "1", ")"), ("A where x in (", "count a (where b = ", "1", ")"),
    ("create A ", "(bs = [", "", "])"), ("create A x = ", "(B where c = ", "1", ")"),
    ("expect ", "error expect ", "no changes", ""), ("expect A = ", "(", "1", ")"),
    ("A where x = ", "1 + ", "1", ""), ("A where x = ", "2 * (1 - ", "1", ")"),
    ("A where a ", "or b and c ", "", ""), ("let x = ", "(", "1", ")"),
    ("A where x in ", "(", "1", ")"), ("A with ", "b (with ", "c", ")"),
    ("A with b (", "x, with c (", "y", ")"), ("A show ", "sum a (", "1", ")"),
    ("A show ", "max (", "x", ")"), ("A group ", "(1 + ", "x", ")"),
    ("A top 3 by ", "-(", "x", ")"),
    ("A show count b (where ", "count c (where ", "d", ")"),
    ("Product has ", "(", "", ""), ("", "(", "", ""),
  ]

  @Test("10,000 levels are an error, also on a small stack", .serialized, arguments: deep.indices)
  func nesting(index: Int) {
    let (head, open, middle, close) = Self.deep[index]
    for count in [19, 24, 33, 49, 99, 10_000] {
      let text =
        head + String(repeating: open, count: count) + middle
        + String(repeating: close, count: count)
      let lines = Self.onSmallStack { Self.verdicts(text) }
      #expect(lines.count == 1)
      // `a or b and c or …` is one level, however long it is.
      #expect(["ok", "text.deep", "syntax.unexpected", "incomplete"].contains(lines.first ?? ""))
      if count == 10_000, !open.hasPrefix("or") { #expect(lines != ["ok"]) }
    }
  }

  /// `ok` or the error of each statement.
  static func verdicts(_ text: String) -> [String] {
    var reader = StatementReader(name: "deep", text: text)
    var lines: [String] = []
    while true {
      switch reader.next() {
      case .end: return lines
      case .incomplete: lines.append("incomplete")
      case .failed(let diagnostic, _): lines.append(diagnostic.code.rawValue)
      case .statement:
        do throws(Diagnostic) {
          _ = try reader.parse()
          lines.append("ok")
        } catch {
          lines.append(error.code.rawValue)
        }
      }
    }
  }

  /// Runs `body` on a thread with 512 KB of stack.
  static func onSmallStack(_ body: @escaping @Sendable () -> [String]) -> [String] {
    final class Box: @unchecked Sendable { var lines: [String] = [] }
    let box = Box()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      box.lines = body()
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
    return box.lines
  }

  @Test("a line of 100 MB is an error, and the next one is read")
  func longLine() {
    var sent = 0
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
    let lines = events(
      StatementReader(name: "") { buffer in
        sent += 1
        if sent == 1 { buffer.append(contentsOf: "create A x = \"".utf8) }
        buffer.append(contentsOf: piece)
        if sent == 100 { buffer.append(contentsOf: "\"\nsync\n".utf8) }
        return sent < 100
      })
    #expect(
      lines == ["text.long: a statement may have 64 MiB, and this one has more", "sync create"])
  }

  @Test("long comments and many blanks are not kept")
  func longComment() {
    var sent = 0
    let piece = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 16)
    let lines = events(
      StatementReader(name: "") { buffer in
        #expect(buffer.count < 1 << 15)
        sent += 1
        if sent == 20 { buffer.append(contentsOf: "#".utf8) }
        buffer.append(contentsOf: piece)
        if sent == 40 { buffer.append(contentsOf: "\nsync".utf8) }
        return sent < 40
      })
    #expect(lines == ["sync create"])
  }
}
