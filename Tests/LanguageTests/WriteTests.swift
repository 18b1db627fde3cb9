import Testing

@testable import RelishLanguage

@Suite("Writes and commands")
struct WriteTests {
  @Test(
    "a write has this tree",
    arguments: [
      Sentence(
        "create User name = \"Max\", email = \"m@x\"", "create User (name=\"Max\", email=\"m@x\")"),
      Sentence("create User", "create User ()"),
      Sentence("create User: name = \"Max\"", "create User (name=\"Max\")"),
      Sentence(
        "create User (name = \"Ann\", products = [(title = \"Tee\", price = 9.5), (title = \"Cap\")])",
        "create User (name=\"Ann\", products=[(title=\"Tee\", price=9.5) (title=\"Cap\")])"),
      Sentence(
        "create User \"Max\" products (title = \"Book\"), (title = \"Pen\")",
        "create User #\"Max\" / products (title=\"Book\") (title=\"Pen\")"),
      Sentence(
        "create User \"Max\" products title = \"Book\"",
        "create User #\"Max\" / products (title=\"Book\")"),
      Sentence("create User 1 cart items ()", "create User #1 > cart / items ()"),
      Sentence("create Cart user = $ann, note = null", "create Cart (user=$ann, note=null)"),
      Sentence(
        "create Cart user = User \"Ann\", x = (User where age > 3), n = User",
        "create Cart (user=<User #\"Ann\">, x=<User {age > 3}>, n=<User>)"),
      Sentence(
        "create A bs = [3, \"x\", $y, B 4, (B where c), ()]",
        "create A (bs=[3 \"x\" $y <B #4> <B {?c}> ()])"),
      Sentence("set User \"Max\" email = \"m\"", "set User #\"Max\" := email=\"m\""),
      Sentence(
        "set User \"Max\" products price = price * 1.1",
        "set User #\"Max\" > products := price=(price * 1.1)"),
      Sentence(
        "set Product where price > 100: price = 99, sort = 1",
        "set Product {price > 100} := price=99, sort=1"),
      Sentence("set all Product price = Price + 1", "set all Product := price=(Price + 1)"),
      Sentence("delete Product where price > 100", "delete Product {price > 100}"),
      Sentence("delete all Product", "delete all Product"),
      Sentence("delete all Product preview", "delete all Product preview"),
      Sentence("delete User 3 products preview", "delete User #3 > products preview"),
      Sentence("delete User 3 `preview`", "delete User #3 > preview"),
      Sentence("delete User 1 to from", "delete User #1 > to > from"),
      Sentence(
        "add Product 1 to Cart 1 products quantity = 2",
        "add Product #1 to Cart #1 > products := quantity=2"),
      Sentence("add Product 1 tags to Cart 1", "add Product #1 > tags to Cart #1 := "),
      Sentence(
        "remove Product 1 from Cart 1 products", "remove Product #1 from Cart #1 > products"),
      Sentence("let ann = create User name = \"Ann\"", "let ann = create User (name=\"Ann\")"),
      Sentence("let ann = User \"Ann\"", "let ann = <User #\"Ann\">"),
      Sentence("let n = 3 + 4", "let n = (3 + 4)"),
    ])
  func write(_ sentence: Sentence) {
    #expect(events(sentence.text) == [sentence.tree])
  }

  @Test(
    "a command has this tree",
    arguments: [
      Sentence("sync", "sync create"), Sentence("sync force", "sync force"),
      Sentence("plan force", "plan force"), Sentence("begin", "begin"),
      Sentence("commit", "commit"), Sentence("rollback", "rollback"),
      Sentence("show models", "show models"), Sentence("show relations", "show relations"),
      Sentence("show Product", "show Product"), Sentence("say", "say"),
      Sentence(
        "what if Product belongsTo User onDelete restrict",
        "what if Product belongsTo User onDelete=restrict"),
      Sentence("say Product", "say Product"), Sentence("save \"x.relish\"", "save x.relish"),
      Sentence("set strict on", "setting strict = on"),
      Sentence("set naming snake", "setting naming = snake"),
      Sentence("run \"other.relish\"", "run other.relish"),
      Sentence("print \"a\", 1 + 2, $x", "print \"a\" (1 + 2) $x"),
      Sentence("open \"sqlite:x\"", "open sqlite:x"), Sentence("format json", "format json"),
      Sentence("output", "output"), Sentence("output \"f\"", "output f"),
      Sentence("timing on", "timing true"), Sentence("timing", "timing"),
      Sentence("help create User", "help create|User"), Sentence("quit 3", "quit 3"),
      Sentence("expect count User = 3", "expect count User = 3"),
      Sentence(
        "expect User \"Max\" products title = (\"Tee\", \"Cap\")",
        "expect User #\"Max\" > products > title = (\"Tee\", \"Cap\")"),
      Sentence(
        "expect User where age > 3 show a, b = ((1, 2), (null, -4))",
        "expect User {age > 3} show[a'a', b'b'] = ((1, 2), (null, -4))"),
      Sentence("expect count User where age > 3 = 2", "expect count User {age > 3} = 2"),
      Sentence("expect not exists User 3", "expect not exists User #3"),
      Sentence("expect exists User", "expect exists User"),
      Sentence(
        "expect error \"restrict\" delete User 1", "expect error 'restrict': delete User #1"),
      Sentence("expect no changes", "expect no changes"),
      Sentence("export \"o.csv\" Product where price > 10", "export o.csv Product {price > 10}"),
      Sentence("import Product \"-\"", "import Product -"),
      Sentence(".tables", "meta .tables "),
      Sentence("  .mode  \"csv x\" y ; z  ", "meta .mode csv x|y|;|z"),
      Sentence("\\dt+ us*", "meta \\dt+ us*"),
      Sentence("\\! ls -l | wc", "meta \\! ls|-l|||wc"),
    ])
  func command(_ sentence: Sentence) {
    #expect(events(sentence.text) == [sentence.tree])
  }
}
