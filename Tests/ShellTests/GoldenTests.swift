import Support
import Testing

extension Golden: CustomTestStringConvertible {
  public var testDescription: String { name }
}

@Suite("Golden scripts")
struct GoldenTests {
  @Test("example", arguments: Golden.all(in: "examples"))
  func example(_ golden: Golden) throws {
    if let difference = try golden.difference() { Issue.record(Comment(rawValue: difference)) }
  }

  @Test("golden", arguments: Golden.all(in: "Tests/ShellTests/Goldens"))
  func golden(_ golden: Golden) throws {
    if let difference = try golden.difference() { Issue.record(Comment(rawValue: difference)) }
  }

  @Test("there are scripts to run")
  func found() {
    #expect(Golden.all(in: "examples").count >= 3)
    #expect(Golden.all(in: "Tests/ShellTests/Goldens").count >= 20)
  }
}
