import Foundation
import RelishLanguage
import RelishModel
import RelishShell
import Support
import Testing

/// Users with products and a cart; products with reviews.
private let shopModels: ModelGraph = {
  var reader = StatementReader(
    name: "shop",
    text: """
      set timestamps off
      User has name text, email text
      Product has title text, price text
      Review has stars text
      `Order Item` has quantity text
      Product belongsTo User
      Review belongsTo Product
      Cart belongsTo User unique
      """)
  var builder = GraphBuilder(settings: GraphSettings(timestamps: false))
  while case .statement = reader.next() {
    guard case .declaration(let declaration)? = try? reader.parse() else { continue }
    _ = try? builder.declare(declaration, in: reader.source())
  }
  return builder.graph
}()

/// Completes at the `|`.
private func complete(_ marked: String) -> Completion {
  let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
  var context = CompletionContext(
    models: shopModels, variables: ["max", "limit"], settings: ["strict", "naming"],
    metaCommands: [".tables", "\\dt"])
  var users = Table(name: "users")
  users.columns = ["id", "name", "email", "nick"].map { Column(name: $0, type: .text) }
  context.schema = Schema(
    tables: [users, Table(name: "logs")], views: [View(name: "totals", text: "", columns: [])])
  return CompletionEngine.complete(
    text: parts.joined(), offset: parts[0].utf8.count, in: context)
}

@Suite("Completion")
struct CompletionTests {
  @Test(
    "exactly these candidates",
    arguments: [
      ("Us|", "User"), ("Produ|", "Product"), ("ro|", "rollback"), ("sy|", "sync"),
      ("User p|", "page products"), ("User belongs_t|", "belongsTo belongsToMany"),
      ("User hasM|", "hasMany"), ("Product belongsTo U|", "User"),
      ("Product belongsTo User onDelete |", "cascade no action restrict set default set null"),
      ("Product belongsTo User onDelete set n|", "null"), ("Product has title str|", "string"),
      ("Product has price dec|", "decimal"), ("User products t|", "their title top tree"),
      ("User products u|", "user userId"), ("User products user c|", "cart"),
      ("User where em|", "email"), ("Product where us|", "user user. userId"),
      ("Product where user.na|", "name"), ("Product where user.cart.|", "id user user. userId"),
      ("Product show ti|", "title"), ("Product show title, pr|", "price"),
      ("User sort na|", "name"), ("User where some |", "cart products"),
      ("User where no pr|", "products"),
      ("User show count pr|", "products"), ("User where name = $|", "$limit $max"),
      ("format |", "box csv html json jsonl line list markdown sql table tree tsv"),
      ("help belongsToM|", "belongsToMany"),
      ("set str|", "strict"), ("show mo|", "models"), (".t|", ".tables"), ("\\d|", "\\dt"),
      ("create Us|", "User"), ("create User na|", "name"), ("delete Prod|", "Product"),
      ("delete User 3 prev|", "preview"), ("what |", "if"), ("what if Prod|", "Product"),
      ("what if Product |", "belongsTo belongsToMany hasMany hasOne"),
      ("sync alter lose table |", "logs totals"), ("sync alter lose column User.|", "nick"),
      ("sync alter lose column Pro|", "Product."), ("plan alter fill User.na|", "name"),
      ("`Or|", "Order Item`"), ("Ord|", "`Order Item`"), ("User \"M|", ""), ("# us|", ""),
      ("sync force; Us|", "User"), ("User where (\nem|", "email"), ("User, Pro|", ""),
    ])
  func candidates(_ marked: String, _ expected: String) {
    let found = complete(marked).candidates.map(\.text)
      .filter { marked != "User products user c|" || $0.hasPrefix("c") }
    #expect(found.joined(separator: " ") == expected)
  }

  @Test(
    "among others",
    arguments: [
      ("|", ["User", "create", "sync", "`Order Item`"]),
      ("User |", ["belongsTo", "has", "hasMany", "products", "cart", "where"]),
      ("User where |", ["name", "cart", "not", "some"]), ("Product sort |", ["price", "user"]),
      ("what if Product belongsTo User |", ["onDelete", "required"]),
      ("Product belongsTo User |", ["as", "onDelete", "required"]),
      ("Product has title string |", ["required", "default", "unique"]),
    ])
  func among(_ marked: String, _ expected: [String]) {
    let found = complete(marked).candidates.map(\.text)
    for word in expected { #expect(found.contains(word), "\(found)") }
  }

  @Test("a single candidate goes in with a blank, several with what they share")
  func insertion() {
    #expect(complete("Us|").insertion == "User ")
    #expect(complete("User belongs|").insertion == "belongsTo")
    #expect(complete("Product where us|").insertion == "user")
    #expect(complete("User qqq|").insertion == nil)
    #expect(complete("é = User prod|").replaceStart == 10)
  }

  @Test("files in quotes, and in the quotes that they need")
  func files() throws {
    let directory = try TemporaryDirectory()
    for name in ["shop.relish", "shoes \"x\".csv", ".hidden"] { try directory.write("", to: name) }
    try FileManager.default.createDirectory(
      atPath: directory.file("shelf"), withIntermediateDirectories: false)
    let path = directory.path
    #expect(
      complete("run \"\(path)/sh|").candidates.map(\.text) == [
        "\(path)/shelf/", "\(path)/shoes \\\"x\\\".csv\"", "\(path)/shop.relish\"",
      ])
    #expect(complete("run \"\(path)/shop|").insertion == "\(path)/shop.relish\" ")
    #expect(complete("run \"\(path)/she|").insertion == "\(path)/shelf/")
    #expect(complete("save '\(path)/.h|").insertion == "\(path)/.hidden' ")
  }

  @Test("columns run from above to below")
  func columns() {
    let names = ["a", "bb", "ccc", "d", "e"].map { Completion.Candidate($0) }
    let completion = Completion(replaceStart: 0, candidates: names)
    #expect(completion.columns(width: 12) == "a    d\nbb   e\nccc\n")
    #expect(completion.columns(width: 3) == "a\nbb\nccc\nd\ne\n")
    #expect(completion.columns(width: 80, limit: 2) == "a         bb        … 3 more\n")
  }
}
