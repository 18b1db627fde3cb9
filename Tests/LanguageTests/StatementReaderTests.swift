import Foundation
import Support
import Testing

@testable import RelishLanguage

@Suite("Reading statements from a stream")
struct StatementReaderTests {
  /// A reader that gets `text` in pieces of `size` bytes.
  static func reader(_ text: String, pieces size: Int, log: Log = Log()) -> StatementReader {
    let bytes = Array(text.utf8)
    return StatementReader(name: "stream") { buffer in
      let end = min(bytes.count, log.given + size)
      buffer.append(contentsOf: bytes[log.given..<end])
      log.given = end
      return end < bytes.count
    }
  }

  final class Log { var given = 0 }

  static let script = """
    \u{FEFF}#! first
    Product has title string "x" 'y''z' "\\u{1F600}é", # comment; with "quote
      price decimal(10,2) default -1.50 -- end
    `a``b` 12.5e+3 != <= >= < > x'00' x $name .5 a.b; count User;; sync \\
      force
    .mode csv ; x
    a ( b [ c
    , d ] )
    broken "text
    still 12abc here; lost
    fine é日本 'tail
    last (
    """

  @Test("pieces of any size give the same", arguments: [1, 2, 3, 7, 64])
  func pieces(size: Int) {
    let whole = TokenTests.tokens(StatementReader(name: "", text: Self.script))
    #expect(whole.contains("text.unclosed@7:9") && whole.hasSuffix("incomplete |"))
    #expect(TokenTests.tokens(Self.reader(Self.script, pieces: size)) == whole)
    #expect(events(Self.reader(Self.script, pieces: size)) == events(Self.script))
  }

  @Test("no byte is asked for before it is needed")
  func patience() {
    let log = Log()
    let text = "sync\ncount User; begin\ncommit\n"
    var reader = Self.reader(text, pieces: 1, log: log)
    var ends: [Int] = []
    while case .statement = reader.next() { ends.append(log.given) }
    #expect(ends == [5, 16, 23, 30])
  }

  @Test("a statement knows its line, its column and its text")
  func source() {
    var reader = StatementReader(name: "f", text: "sync\n  a; b (\n 1\n) # c\n", firstLine: 10)
    var seen: [String] = []
    while case .statement = reader.next() {
      let source = reader.source()
      let text = source.text(in: SourceRange(0, 1_000))
      seen.append("\(source.firstLine):\(reader.tokens[0].start):\(text)")
      reader.withStatement { bytes, tokens in
        #expect(Array(bytes.prefix(source.bytes.count)) == source.bytes)
        #expect(tokens == reader.tokens)
      }
    }
    #expect(seen == ["10:0:sync\n", "11:2:  a; b (", "11:5:  a; b (\n 1\n) # c\n"])
  }

  @Test("many statements on one line cost linear time, and keep their columns")
  func oneLongLine() {
    let count = 5_000
    var reader = StatementReader(
      name: "", text: String(repeating: "é = 1; ", count: count) + "b c")
    var last: (SourceText, Token)?
    var seen = 0
    while case .statement = reader.next() {
      seen += 1
      last = (reader.source(), reader.tokens[0])
    }
    #expect(seen == count + 1)
    #expect((last?.0.bytes.count ?? .max) < 20_000)
    #expect(last.map { $0.0.excerpt(at: $0.1.range).column } == count * 7 + 1)
    #expect(last.map { $0.0.excerpt(at: $0.1.range).marked } == "b")
  }

  @Test("a long text in small pieces costs linear time")
  func longText() {
    let text = "a \"" + String(repeating: "x''\\n", count: 400_000) + "\"\nb"
    let reader = Self.reader(text, pieces: 100)
    #expect(TokenTests.tokens(reader).hasSuffix("| word‹b› |"))
  }

  @Test("the tokens' array is used again")
  func tokenStorage() {
    var reader = StatementReader(name: "", text: String(repeating: "a b c d\n", count: 100))
    _ = reader.next()
    let first = reader.tokens.withUnsafeBufferPointer { $0.baseAddress }
    while case .statement = reader.next() {
      #expect(reader.tokens.withUnsafeBufferPointer { $0.baseAddress } == first)
    }
  }

  @Test(
    "what is missing at the end",
    arguments: [
      ("a (\nb [", "this bracket is not closed: expected `]` before the end", 6),
      ("a (b,", "this bracket is not closed: expected `)` before the end", 2),
      ("a b,\n\n", "the statement ends after a comma", 3),
      ("a b \\\n", "the statement ends after a `\\` that says that it goes on", 3),
    ])
  func incompletion(text: String, message: String, start: Int) {
    var reader = StatementReader(name: "", text: text)
    guard case .incomplete = reader.next() else {
      Issue.record("complete")
      return
    }
    #expect(reader.incompletion.message == message)
    #expect(reader.incompletion.range.start == start)
    guard case .end = reader.next() else {
      Issue.record("more after the end")
      return
    }
  }
}
