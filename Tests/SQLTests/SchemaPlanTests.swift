import RelishLanguage
import RelishModel
import Testing

@Suite struct SchemaPlanTests {
  /// `"c>a,b"`: a table c that points to a and b.
  private func tables(_ words: String) -> [Table] {
    words.split(separator: " ").map { word in
      let parts = word.split(separator: ">")
      var table = Table(name: String(parts[0]))
      for target in parts.count == 2 ? parts[1].split(separator: ",") : [] {
        table.foreignKeys.append(
          ForeignKey(
            columns: ["k"], table: String(target), targetColumns: ["id"], onDelete: .cascade,
            onUpdate: .cascade))
      }
      return table
    }
  }

  @Test(arguments: [
    ("a b c", "a b c"), ("a>b b", "b a"), ("a>b b>c c>d d", "d c b a"), ("a>a b", "a b"),
    ("products>users users carts>users items>carts,products", "users products carts items"),
    ("a>b b>a", "b a"), ("x>a a>b b>a", "b a x"), ("a>B b", "b a"), ("a>nowhere b", "a b"),
    ("m>l,r l>t r>t t", "t l r m"),
  ])
  func parentsComeFirst(given: String, expected: String) {
    let order = SchemaPlan.parentsFirst(tables(given)).map(\.name).joined(separator: " ")
    #expect(order == expected)
  }

  @Test func aVeryLongChain() {
    let count = 100_000
    let chain = tables((0..<count).map { "t\($0)>t\($0 + 1)" }.joined(separator: " "))
    let order = SchemaPlan.parentsFirst(chain)
    #expect(order.count == count)
    #expect(order.first?.name == "t\(count - 1)")
  }

  @Test func dropsComeBeforeCreatesAndIndexesRightAfterTheirTable() {
    var wanted = tables("a>b b")
    wanted[0].indexes = [Index(name: "a_k", columns: ["k"])]
    let steps = SchemaPlan.replace(tables("a>b b"), by: wanted).steps.map { step in
      switch step {
      case .createTable(let table): "create \(table.name)"
      case .createIndex(let index, let table): "index \(index.name) on \(table)"
      case .dropTable(let name): "drop \(name)"
      default: "\(step)"
      }
    }
    #expect(steps == ["drop a", "drop b", "create b", "create a", "index a_k on a"])
  }
}
