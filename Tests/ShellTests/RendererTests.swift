import RelishLanguage
import RelishModel
import RelishShell
import Testing

/// What `format` prints for these rows.
func text(
  _ format: String, _ columns: [ResultColumn], _ rows: [[Value]], isFlat: Bool = false,
  _ change: (inout RenderOptions) -> Void = { _ in }
) throws -> String {
  var options = RenderOptions()
  change(&options)
  var renderer = try #require(OutputFormat.named(format)).make(options)
  let output = ByteSink(descriptor: nil)
  let row = ValueRow()
  renderer.begin(columns, isFlat: isFlat, to: output)
  for values in rows {
    row.values = values
    renderer.row(row, to: output)
  }
  renderer.end(to: output)
  return output.takeText()
}

func column(_ name: String, _ type: AttributeType? = nil) -> ResultColumn {
  ResultColumn(name: name, type: type)
}

@Suite("Renderers")
struct RendererTests {
  private static let columns = [
    column("id", .integer), column("name", .string(length: 255)),
    column("price", .decimal(precision: 10, scale: 2)),
  ]
  private static let rows: [[Value]] = [
    [.integer(1), .text("Max"), .double(9.5)],
    [.integer(12), .text("a,\"b\"\tc\nd\\"), .integer(3)],
    [.integer(3), .null, .null], [.integer(4), .text(""), .text("1234.565")],
  ]

  @Test("one answer in every format")
  func formats() throws {
    #expect(
      try text("table", Self.columns, Self.rows) == #"""
        id  name          price
        ──  ──────────  ───────
         1  Max            9.50
        12  a,"b"⇥c⏎d\     3.00
         3  null           null
         4              1234.57

        """#)
    #expect(
      try text("csv", Self.columns, Self.rows) == "id,name,price\r\n1,Max,9.50\r\n"
        + "12,\"a,\"\"b\"\"\tc\nd\\\",3.00\r\n3,,\r\n4,\"\",1234.57\r\n")
    #expect(
      try text("tsv", Self.columns, Self.rows) == "id\tname\tprice\n1\tMax\t9.50\n"
        + "12\ta,\"b\"\\tc\\nd\\\\\t3.00\n3\t\t\n4\t\t1234.57\n")
    #expect(
      try text("json", Self.columns, Self.rows) == #"""
        [{"id":1,"name":"Max","price":9.50},
        {"id":12,"name":"a,\"b\"\tc\nd\\","price":3.00},
        {"id":3,"name":null,"price":null},
        {"id":4,"name":"","price":1234.57}]

        """#)
    #expect(
      try text("jsonl", Self.columns, Array(Self.rows.prefix(2))) == #"""
        {"id":1,"name":"Max","price":9.50}
        {"id":12,"name":"a,\"b\"\tc\nd\\","price":3.00}

        """#)
  }

  @Test("no rows")
  func empty() throws {
    #expect(try text("json", Self.columns, []) == "[]\n")
    #expect(try text("jsonl", Self.columns, []) == "")
    #expect(try text("csv", Self.columns, []) == "id,name,price\r\n")
    #expect(try text("table", [column("n")], []) == "n\n─\n")
  }

  @Test("a last attribute is a list of plain values in json and jsonl")
  func flat() throws {
    let rows: [[Value]] = [[.text("Tee")], [.null], [.text("Cap")]]
    #expect(try text("json", [column("title")], rows, isFlat: true) == "[\"Tee\",null,\"Cap\"]\n")
    #expect(try text("jsonl", [column("title")], rows, isFlat: true) == "\"Tee\"\nnull\n\"Cap\"\n")
    #expect(try text("tsv", [column("title")], rows, isFlat: true) == "title\nTee\n\nCap\n")
  }

  @Test("header, null text and colour")
  func options() throws {
    let rows: [[Value]] = [[.null], [.text("a")]]
    #expect(try text("csv", [column("t")], rows) { $0.nullText = "NULL" } == "t\r\nNULL\r\na\r\n")
    #expect(try text("tsv", [column("t")], rows) { $0.showsHeader = false } == "\na\n")
    #expect(
      try text("table", [column("t")], rows) {
        $0.usesColor = true
        $0.nullText = "-"
      } == "\u{1B}[1mt\u{1B}[0m\n\u{1B}[2m─\u{1B}[0m\n\u{1B}[2m-\u{1B}[0m\na\n")
  }

  @Test(
    "values by the attribute's type",
    arguments: [
      (.decimal(precision: 10, scale: 2), .integer(-7), "-7.00"),
      (.decimal(precision: 10, scale: 2), .double(2.675), "2.68"),
      (.decimal(precision: 10, scale: 2), .double(-0.001), "0.00"),
      (.decimal(precision: 10, scale: 0), .double(2.5), "3"),
      (.decimal(precision: 20, scale: 2), .double(1e15), "1000000000000000.00"),
      (
        .decimal(precision: 30, scale: 4), .text("12345678901234567890.12345"),
        "12345678901234567890.1235"
      ),
      (.decimal(precision: 30, scale: 1), .text("-99.95"), "-100.0"),
      (.decimal(precision: 30, scale: 2), .text("1e-3"), "0.00"),
      (.decimal(precision: 30, scale: 2), .text("007.5e1"), "75.00"),
      (.decimal(precision: 30, scale: 2), .text("many"), "many"),
      (.boolean, .integer(1), "true"), (.boolean, .integer(0), "false"),
      (.boolean, .integer(2), "2"),
      (.datetime, .text("2026-01-31 12:00:00"), "2026-01-31T12:00:00Z"),
      (.datetime, .text("2026-01-31 12:00:00.125"), "2026-01-31T12:00:00.125Z"),
      (.datetime, .text("2026-01-31"), "2026-01-31"),
      (.datetime, .text("2026-01-31 12:00:00+02:00"), "2026-01-31 12:00:00+02:00"),
      (.date, .text("2026-01-31"), "2026-01-31"),
      (.double, .double(12.5), "12.5"), (.double, .double(100), "100.0"),
      (.double, .double(0.1), "0.1"), (.double, .double(1.0 / 3), "0.3333333333333333"),
      (.double, .double(1e300), "1e+300"), (.double, .double(-0.0), "-0.0"),
      (.double, .double(123_456.7891), "123456.7891"), (.double, .double(.infinity), "inf"),
      (.bigint, .integer(.min), "-9223372036854775808"), (.integer, .integer(0), "0"),
      (.blob, .blob([0, 0xAB, 255]), "x'00abff'"), (nil, .blob([]), "x''"),
    ] as [(AttributeType?, Value, String)])
  func values(_ type: AttributeType?, _ value: Value, _ expected: String) throws {
    #expect(try text("tsv", [column("v", type)], [[value]]) == "v\n\(expected)\n")
  }

  @Test(
    "json values",
    arguments: [
      (.json, .text("{\"a\":\n[1, 2]}"), "{\"a\": [1, 2]}"), (.json, .text("{a}"), "\"{a}\""),
      (.json, .integer(5), "5"), (.blob, .blob([0]), "\"AA==\""),
      (.blob, .blob([0, 255]), "\"AP8=\""), (.blob, .blob(Array("Man!Ma".utf8)), "\"TWFuIU1h\""),
      (.double, .double(-.infinity), "null"), (.boolean, .integer(1), "true"),
      (
        .text, .text("\u{1}\u{1F}\u{8}\u{C}\r é 漢 👩‍👩‍👧 \u{7F}"),
        "\"\\u0001\\u001f\\b\\f\\r é 漢 👩‍👩‍👧 \u{7F}\""
      ),
      (.decimal(precision: 5, scale: 2), .text("9.5"), "9.50"),
    ] as [(AttributeType?, Value, String)])
  func json(_ type: AttributeType?, _ value: Value, _ expected: String) throws {
    #expect(try text("json", [column("v", type)], [[value]], isFlat: true) == "[\(expected)]\n")
  }

  @Test(
    "doubles read back as themselves, in the shortest way",
    arguments: [
      1e10, 99_999_999_999.9999, 0.30000000000000004, 1e-300, 1.1, 4.35, 0.0001, 2_147_483_648.5,
    ])
  func doubles(_ value: Double) {
    let sink = ByteSink(descriptor: nil)
    sink.write(double: value)
    #expect(sink.takeText() == value.description)
  }

  @Test("what must be escaped is found wherever it stands", arguments: 0..<20)
  func everywhere(_ place: Int) throws {
    for length in (place + 1)...20 {
      for (sign, tsv, csv, json) in [
        ("\t", "\\t", "\t", "\\t"), ("\n", "\\n", "\n", "\\n"), ("\"", "\"", "\"\"", "\\\""),
        ("é", "é", "é", "é"), ("~", "~", "~", "~"), ("\u{1}", "\u{1}", "\u{1}", "\\u0001"),
      ] {
        let before = String(repeating: "a", count: place)
        let after = String(repeating: " ", count: length - place - 1)
        let rows = [[Value.text(before + sign + after)]]
        let quote = sign == "\n" || sign == "\"" ? "\"" : ""
        #expect(try text("tsv", [column("v")], rows) == "v\n\(before)\(tsv)\(after)\n")
        #expect(
          try text("csv", [column("v")], rows)
            == "v\r\n\(quote)\(before)\(csv)\(after)\(quote)\r\n")
        #expect(
          try text("json", [column("v")], rows, isFlat: true) == "[\"\(before)\(json)\(after)\"]\n")
      }
    }
  }

  @Test("widths are measured on the first rows; wider values later push their line out")
  func streaming() throws {
    var rows = [[Value]](repeating: [.text("ab"), .integer(1)], count: 1_000)
    rows.append([.text("abcd"), .integer(22)])
    let lines = try text("table", [column("t"), column("n")], rows).split(separator: "\n")
    #expect(lines.count == 1_003)
    #expect(lines[1] == "──  ─")
    #expect(lines[2] == "ab  1")
    #expect(lines.last == "abcd  22")
  }

  @Test("a sink in memory grows, and takes pieces larger than itself")
  func sink() {
    let sink = ByteSink(descriptor: nil, capacity: 64)
    let piece = String(repeating: "x", count: 1_000)
    for _ in 0..<100 { sink.write(piece) }
    #expect(sink.takeText().utf8.count == 100_000)
    #expect(sink.takeText().isEmpty)
  }
}
