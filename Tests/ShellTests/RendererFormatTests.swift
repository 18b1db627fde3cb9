import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import RelishShell
import Support
import Testing

/// A row of one text that is no UTF-8, as only a database can lend it.
private final class ByteRow: Row {
  private let storage: UnsafeMutableBufferPointer<UInt8>
  init(_ bytes: [UInt8]) {
    storage = .allocate(capacity: bytes.count)
    _ = storage.initialize(from: bytes)
  }
  deinit { storage.deallocate() }
  var count: Int { 1 }
  func kind(_ column: Int) -> StorageKind { .text }
  func integer(_ column: Int) -> Int64 { 0 }
  func double(_ column: Int) -> Double { 0 }
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(storage) }
  func stored(_ column: Int) -> StoredValue { .text(bytes(column)) }
}

@Suite("Further formats")
struct RendererFormatTests {
  private static let columns = [
    column("id", .integer), column("name", .string(length: 255)),
    column("price", .decimal(precision: 10, scale: 2)),
  ]
  private static let rows: [[Value]] = [
    [.integer(1), .text("Tee | \"S\""), .double(9.5)], [.integer(12), .text("日本語 👍"), .null],
    [.integer(3), .null, .integer(3)], [.integer(4), .text("it's\n<b>&\\\t"), .text("1234.565")],
  ]

  @Test("box")
  func box() throws {
    #expect(
      try text("box", Self.columns, Self.rows) == #"""
        ┌────┬─────────────┬─────────┐
        │ id │ name        │   price │
        ├────┼─────────────┼─────────┤
        │  1 │ Tee | "S"   │    9.50 │
        │ 12 │ 日本語 👍   │    null │
        │  3 │ null        │    3.00 │
        │  4 │ it's⏎<b>&\⇥ │ 1234.57 │
        └────┴─────────────┴─────────┘

        """#)
  }

  @Test("markdown: what would end a cell is escaped")
  func markdown() throws {
    #expect(
      try text("markdown", Self.columns, Self.rows) == #"""
        |  id | name            |   price |
        | --: | --------------- | ------: |
        |   1 | Tee \| "S"      |    9.50 |
        |  12 | 日本語 👍       |    null |
        |   3 | null            |    3.00 |
        |   4 | it's<br><b>&\\⇥ | 1234.57 |

        """#)
    let rows: [[Value]] = [[.text("a\r\nb\rc\n\n")], [.text("\\|")], [.text("")]]
    #expect(
      try text("markdown", [column("a|b")], rows) == #"""
        | a\|b                |
        | ------------------- |
        | a<br>b<br>c<br><br> |
        | \\\|                |
        |                     |

        """#)
  }

  @Test("line: names as wide as the widest, a blank line between rows")
  func line() throws {
    #expect(
      try text("line", Self.columns, Array(Self.rows.suffix(2))) == #"""
           id = 3
         name = null
        price = 3.00

           id = 4
         name = it's⏎<b>&\⇥
        price = 1234.57

        """#)
    #expect(
      try text("line", [column("名"), column("n")], [[.integer(1), .text("")]])
        == "名 = 1\n n = \n")
  }

  @Test("list: a row stays on its line")
  func list() throws {
    #expect(
      try text("list", Self.columns, Self.rows) == """
        id|name|price
        1|Tee | "S"|9.50
        12|日本語 👍|
        3||3.00
        4|it's\\n<b>&\\\t|1234.57

        """)
    #expect(try text("list", [column("a\nb")], [[.text("\r\n")]]) == "a\\nb\n\\r\\n\n")
  }

  @Test("html: no value becomes markup")
  func html() throws {
    #expect(
      try text("html", Self.columns, Self.rows)
        == #"""
        <table>
        <thead>
        <tr><th>id</th><th>name</th><th>price</th></tr>
        </thead>
        <tbody>
        <tr><td align="right">1</td><td>Tee | &quot;S&quot;</td><td align="right">9.50</td></tr>
        <tr><td align="right">12</td><td>日本語 👍</td><td></td></tr>
        <tr><td align="right">3</td><td></td><td align="right">3.00</td></tr>
        <tr><td align="right">4</td><td>it&#39;s
        <b>&amp;\	</td><td align="right">1234.57</td></tr>
        </tbody>
        </table>

        """#.replacing("<b>", with: "&lt;b&gt;"))
    #expect(try text("html", [column("<i>")], []).contains("<th>&lt;i&gt;</th>"))
  }

  @Test("sql: names of the database, values as it keeps them")
  func sql() throws {
    let columns = [
      ResultColumn(name: "wer", type: .string(length: 9), table: "users", column: "name"),
      ResultColumn(name: "cart.id", type: .integer, table: "users"),
      ResultColumn(
        name: "price", type: .decimal(precision: 9, scale: 2), table: "users", column: "price"),
      ResultColumn(name: "group", type: .boolean, table: "users", column: "group"),
      ResultColumn(name: "at", type: .datetime, table: "users", column: "at"),
    ]
    let row: [Value] = [
      .text("O'Hara"), .null, .double(9.5), .integer(1), .text("2026-01-31 12:00:00"),
    ]
    #expect(
      try text("sql", columns, [row]) == """
        INSERT INTO users (name, "cart.id", price, "group", at) \
        VALUES ('O''Hara', NULL, 9.50, 1, '2026-01-31 12:00:00');

        """)
    #expect(
      try text("sql", [column("count", .integer)], [[.integer(2)]])
        == "INSERT INTO answer (count) VALUES (2);\n")
  }

  @Test("sqlite3 runs what sql prints, and has the same values")
  func sqlite() throws {
    let values: [Value] = [
      .text("it's"), .text("a\nb;\n.quit\n"), .text("a\r\nb"), .text("a\0b'"), .text("\\n \\"),
      .text(""), .text("日本語 👍"), .integer(.min), .integer(.max), .double(0.1), .double(-.infinity),
      .double(1e300), .blob([0, 0xAB, 255]), .blob([]), .null,
    ]
    let statements = try text("sql", [column("v")], values.map { [$0] })
    let directory = try TemporaryDirectory()
    let path = directory.file("answer.db")
    let run = try Program.run(
      "sqlite3", ["-batch", "-init", "/dev/null", path],
      input: "CREATE TABLE answer (v);\n" + statements, merged: true)
    #expect(run.status == 0 && run.output.isEmpty, "\(run.output)")
    var kept: [Value] = []
    let driver = try SQLiteDriver(path: path, readOnly: true)
    try driver.query("SELECT v FROM answer ORDER BY rowid") { row in
      kept.append(row.value(0))
      return true
    }
    #expect(kept == values)
  }

  @Test(
    "no rows, no columns, no header",
    arguments: [
      (
        "box", "┌─────┬───┐\n│ ab  │ n │\n├─────┼───┤\n└─────┴───┘\n",
        "┌─────┬───┐\n│ x   │ 1 │\n└─────┴───┘\n", ""
      ),
      ("markdown", "| ab  |   n |\n| --- | --: |\n", "| x   |   1 |\n", ""),
      ("line", "", "ab  = x\n  n = 1\n", ""), ("list", "ab |n\n", "x|1\n", "\n\n"),
      (
        "html",
        "<table>\n<thead>\n<tr><th>ab </th><th>n</th></tr>\n</thead>\n<tbody>\n</tbody>\n"
          + "</table>\n",
        "<table>\n<tbody>\n<tr><td>x</td><td align=\"right\">1</td></tr>\n</tbody>\n</table>\n",
        "<table>\n<thead>\n<tr></tr>\n</thead>\n<tbody>\n<tr></tr>\n</tbody>\n</table>\n"
      ), ("sql", "", "INSERT INTO answer (\"ab \", n) VALUES ('x', 1);\n", ""),
    ])
  func edges(_ format: String, _ noRows: String, _ noHeader: String, _ noColumns: String) throws {
    let columns = [column("ab ", .text), column("n", .integer)]
    #expect(try text(format, columns, []) == noRows)
    let rows: [[Value]] = [[.text("x"), .integer(1)]]
    #expect(try text(format, columns, rows) { $0.showsHeader = false } == noHeader)
    #expect(try text(format, [], [[]]) == noColumns)
  }

  @Test("null text and colour")
  func options() throws {
    func answer(_ format: String) throws -> String {
      try text(format, [column("t")], [[.null]]) {
        $0.usesColor = true
        $0.nullText = "-"
      }
    }
    let (bold, dim, plain) = ("\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m")
    #expect(
      try answer("box") == """
        \(dim)┌───┐\(plain)
        │ \(bold)t\(plain) │
        \(dim)├───┤\(plain)
        │ \(dim)-\(plain) │
        \(dim)└───┘\(plain)

        """)
    #expect(try answer("line") == "\(bold)t\(plain) = \(dim)-\(plain)\n")
    #expect(try answer("list") == "t\n-\n")
    #expect(try answer("html").contains("<tr><td>-</td></tr>"))
    #expect(try answer("sql").hasSuffix("VALUES (NULL);\n"))
  }

  @Test("widths of a box are measured on the first rows; wider values push their line out")
  func streaming() throws {
    var rows = [[Value]](repeating: [.text("ab"), .integer(1)], count: 1_000)
    rows.append([.text("abcd"), .integer(22)])
    let lines = try text("box", [column("t"), column("n")], rows).split(separator: "\n")
    #expect(lines.count == 1_005)
    #expect(lines[3] == "│ ab │ 1 │")
    #expect(lines[1_003] == "│ abcd │ 22 │")
    #expect(lines.last == "└────┴───┘")
  }

  @Test("any bytes can be shown", arguments: OutputFormat.all.map(\.name))
  func bytes(_ format: String) throws {
    let texts: [[UInt8]] =
      [
        [], [0xFF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x91], [0xED, 0xA0, 0x80], [0, 0x1B, 0x7F],
        Array(0...255), Array(repeating: UInt8(ascii: "|"), count: 100_000),
      ]
    for bytes in texts {
      for type: AttributeType? in [nil, .json, .datetime, .decimal(precision: 4, scale: 2)] {
        let made = try #require(OutputFormat.named(format))
        var renderer = made.make(RenderOptions())
        let output = ByteSink(descriptor: nil)
        renderer.begin([column("\u{1B}\0\n|", type)], isFlat: false, to: output)
        for _ in 0..<3 { renderer.row(ByteRow(bytes), to: output) }
        renderer.end(to: output)
        #expect(!output.contents.isEmpty)
      }
    }
  }
}
