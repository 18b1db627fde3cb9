import Testing

@testable import RelishLanguage

@Suite("What may come next")
struct ExpectationTests {
  /// Words and wants at `|` in `text`.
  static func at(_ text: String) -> Expectations {
    let offset = text.utf8.firstIndex(of: UInt8(ascii: "|")).map {
      text.utf8.distance(from: text.utf8.startIndex, to: $0)
    }
    return Parser.expectations(
      text: text.filter { $0 != "|" }, offset: offset ?? text.utf8.count)
  }

  @Test(
    "words of the grammar",
    arguments: [
      ("|", "sync"), ("Pro|", "create"), ("Product |", "belongsTo"), ("Product be|", "hasMany"),
      ("Product belongsTo User |", "onDelete"), ("Product belongsTo User on|", "onUpdate"),
      ("Product belongsTo User onDelete set |", "null"), ("Product has a string |", "required"),
      ("User |", "where"), ("User where name |", "contains"), ("User where name = 3 |", "or"),
      ("User where |", "not"), ("User sort name |", "desc"), ("User \"Max\" products |", "show"),
      ("sync |", "force"), ("show |", "relations"), ("model A wi|", "without"),
      ("a; sync; show |", "models"), ("User where (a = 1 and b |\n", "is"), ("timing |", "on"),
      ("expect |", "exists"), ("create User name = |", "null"), ("User where a between 1 |", "and"),
    ])
  func words(text: String, word: String) {
    #expect(Self.at(text).words.contains(word))
  }

  @Test(
    "kinds of names",
    arguments: [
      ("|", Want.model), ("|", .command), ("Product belongsTo |", .model), ("create |", .model),
      ("User |", .relation(Noun(model: "User", hops: []))),
      ("User |", .attribute(Noun(model: "User", hops: []))),
      ("User 3 products ti|", .attribute(Noun(model: "User", hops: ["products"]))),
      ("User where |", .path(Noun(model: "User", hops: []))),
      ("User products show ti|", .path(Noun(model: "User", hops: ["products"]))),
      ("User sort a, |", .path(Noun(model: "User", hops: []))),
      ("Order where user.na|", .path(Noun(model: "Order", hops: ["user"]))),
      ("User where some orders (|", .path(Noun(model: "User", hops: ["orders"]))),
      ("User where count |", .relation(Noun(model: "User", hops: []))),
      ("User where name = |", .variable), ("User where name = $a|", .variable),
      ("Product has a |", .type), ("Product belongsTo User onDelete |", .rule),
      ("Product belongsTo User by |", .relation(Noun(model: "User", hops: []))),
      ("Product drops |", .attribute(Noun(model: "Product", hops: []))),
      ("create User na|", .attribute(Noun(model: "User", hops: []))),
      ("create User (a = 1, |", .attribute(Noun(model: "User", hops: []))),
      ("create User a = 1, |", .attribute(Noun(model: "User", hops: []))),
      ("create User 1 products (|", .attribute(Noun(model: "User", hops: ["products"]))),
      ("create User products = [(|", .attribute(Noun(model: "User", hops: ["products"]))),
      ("set User 1 |", .attribute(Noun(model: "User", hops: []))),
      ("set |", .setting), ("set |", .model), ("run |", .file), ("run \"|", .file),
      ("run \"a b|", .file), ("format |", .format), ("help |", .helpTopic), ("show |", .model),
      (".ta|", .command), ("sync alter lose table |", .table),
      ("sync alter lose table a, |", .table),
      ("sync alter lose column |", .owner), ("plan alter lose column User.|", .column("User")),
      ("sync alter fill |", .owner),
      ("sync alter fill User.na|", .attribute(Noun(model: "User", hops: []))),
      ("User hasMany Product through orders |", .relation(Noun(model: "User", hops: ["orders"]))),
    ])
  func wants(text: String, want: Want) {
    #expect(Self.at(text).wants.contains(want))
  }

  @Test(
    "what is replaced",
    arguments: [
      ("User wh|", "wh", 5), ("User |", "", 5), ("run \"a b|", "a b", 5), ("x; sync fo|", "fo", 8),
      ("User where a = $an|", "$an", 15), ("a (\n b|", "b", 5), ("`Order li|", "Order li", 1),
    ])
  func prefix(text: String, prefix: String, start: Int) {
    let expectations = Self.at(text)
    #expect(expectations.prefix == prefix)
    #expect(expectations.replaceStart == start)
  }

  @Test(
    "nothing fits",
    arguments: ["User # |", "User \"Max|", "User where a = 1|", "12x |", "sync x |"])
  func nothing(text: String) {
    let expectations = Self.at(text)
    #expect(expectations.words.isEmpty && expectations.wants.isEmpty)
  }
}
