import Foundation
import RelishLanguage
import RelishShell
import Support
import Testing

extension HelpTopic: CustomTestStringConvertible {
  public var testDescription: String { name }
}

@Suite("Help")
struct HelpTests {
  @Test("the overview fits a screen")
  func overview() {
    let lines = Help.overview.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 24)
    for line in lines { #expect(line.count <= 79, "\(line)") }
    for topic in HelpTopic.all { #expect(Help.overview.contains(topic.name)) }
  }

  @Test("pages have no line that a terminal of 80 columns would break", arguments: HelpTopic.all)
  func width(_ topic: HelpTopic) throws {
    let text = try #require(Help.text(for: topic.name))
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("every example is in the language", arguments: HelpTopic.all)
  func examples(_ topic: HelpTopic) throws {
    var reader = StatementReader(name: topic.name, text: topic.example)
    var count = 0
    reading: while true {
      switch reader.next() {
      case .end: break reading
      case .statement:
        _ = try reader.parse()
        count += 1
      case .incomplete: throw reader.incompletion
      case .failed(let diagnostic, _): throw diagnostic
      }
    }
    #expect(count > 0)
  }

  @Test("every example runs on the shop", arguments: HelpTopic.all)
  func runs(_ topic: HelpTopic) throws {
    let directory = try TemporaryDirectory()
    let shop = try String(
      contentsOfFile: Project.root.path + "/examples/shop.relish", encoding: .utf8)
    let models = try #require(shop.range(of: "# --- Ten walks"))
    try directory.write(shop[..<models.lowerBound] + "save \"model.relish\"\n", to: "shop.relish")
    let run = try Program.relish(
      ["-q", "-f", "shop.relish", "-c", topic.example], in: directory.path, merged: true)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("every command, verb, clause, type and rule has a page")
  func complete() {
    let words = Keyword.commands + Keyword.verbs + Keyword.clauses + Keyword.types
    for word in words {
      #expect(Help.text(for: word.spelling) != nil, "\(word.spelling)")
    }
  }

  @Test("a word leads to one page, however it is written")
  func names() {
    #expect(Set(Help.names).count == Help.names.count)
    #expect(Help.text(for: "belongs_to") == Help.text(for: "belongsTo"))
    #expect(Help.text(for: "BELONGSTO") == Help.text(for: "belongsTo"))
    #expect(Help.text(for: "show models") == Help.text(for: "models"))
    #expect(Help.text(for: "nothing") == nil)
  }

  @Test("what a page looks like")
  func page() {
    #expect(
      Help.text(for: "plan") == """
        plan: what a sync would do

        Usage
          plan [force | alter …]

        Example
          plan force

        Nothing runs.

        """)
  }
}
