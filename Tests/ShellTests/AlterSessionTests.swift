import Support
import Testing

/// `sync alter` as a program: what is asked at a terminal, what `-n` tells, the exit status.
@Suite struct AlterSessionTests {
  private static let shop = """
    User has name string
    Product has title string, price double
    Product belongsTo User onDelete cascade
    sync
    create User name = "Max", products = [(title = "Tee"), (title = "Cap")]
    """

  private func shop() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let run = try Program.relish(["shop.db", "-c", Self.shop], in: directory.path)
    #expect(run.status == 0, "\(run.errors)")
    return directory
  }

  private static let renamed = """
    model Product
    Product has name string, price double
    Product belongsTo User onDelete cascade
    """

  @Test func atATerminalARenameIsAskedAbout() throws {
    let directory = try shop()
    let run = try Terminal.type(
      Self.renamed + "\nsync alter\nn\nsync alter\ny\nProduct name\n", options: ["shop.db"],
      in: directory, environment: ["CI": ""])
    #expect(
      run.output.contains("is `name` of `products` the new name of `title`?"), "\(run.output)")
    #expect(run.output.contains("`title` of `products` goes and `name` comes"))
    #expect(run.output.contains("renamed column title of products to name"))
    #expect(run.output.contains("Cap"))
  }

  @Test func inAScriptBothSentencesAreShown() throws {
    let directory = try shop()
    let run = try Program.relish(
      ["shop.db", "-q", "-c", Self.renamed + "\nsync alter"], in: directory.path)
    #expect(run.status == 1)
    #expect(run.errors.contains("`Product renames title to name` keeps 2 values"), "\(run.errors)")
    #expect(run.errors.contains("`sync alter lose column Product.title` drops it with 2 values"))
    #expect(
      try Program.sqlite3(directory.file("shop.db"), "SELECT title FROM products") == "Tee\nCap\n")
  }

  @Test func aDryRunTellsAndChangesNothing() throws {
    let directory = try shop()
    let before = try Program.sqlite3(directory.file("shop.db"), ".dump")
    let run = try Program.relish(
      [
        "shop.db", "-n", "-c",
        "User has name string required, city string default 'Berlin'\nsync alter",
      ],
      in: directory.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.errors.contains(
        "would alter users: `name` was optional, is required; column `city` added, 1 row has \"Berlin\"; "
          + "made anew with its 1 row"), "\(run.errors)")
    #expect(try Program.sqlite3(directory.file("shop.db"), ".dump") == before)
  }

  @Test func checkIsExitStatusFive() throws {
    let directory = try shop()
    let same = try Program.relish(
      ["shop.db", "--check", "-c", "Product has price double"], in: directory.path)
    #expect(same.status == 0, "\(same.errors)")
    let other = try Program.relish(
      ["shop.db", "--check", "-c", "Product has price decimal(8,2)"], in: directory.path)
    #expect(other.status == 5, "\(other.errors)")
    #expect(
      other.output == """
        --- database
        +++ model
        @ products
        - Product has price double
        + Product has price decimal(8,2)

        """)
  }
}
