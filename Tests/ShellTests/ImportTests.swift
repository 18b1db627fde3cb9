import Foundation
import Support
import Testing

@Suite("Import")
struct ImportTests {
  private static let model = """
    Thing has name string required, note text, amount integer, price decimal(12,3), weight double
    Thing has ok boolean, day date, hour time, moment datetime, ref uuid, doc json, data blob
    Thing has kind enum("a", "b c", "d,e") unique
    Thing has code string(3)
    sync
    """

  @Test("what was exported comes back to the byte, from CSV")
  func roundTrip() throws {
    let directory = try TemporaryDirectory()
    var generator = SystemRandomNumberGenerator()
    let texts = [
      "", "a", ",", "\"", "\"\"", "a,b", "a\nb", "a\r\nb", "\r", "\n", " a ", "ä€😀", "null",
      "x'00'",
      "\t", "\\N", "a\"b", "\u{FEFF}", "'", "0", "1e5", "#", "--", "\u{0}",
    ]
    func text() -> String {
      (0..<Int.random(in: 1...3, using: &generator)).map { _ in texts.randomElement() ?? "" }
        .joined()
    }
    func sql(_ value: String) -> String {
      "CAST(x'\(value.utf8.map { String(format: "%02x", $0) }.joined())' AS TEXT)"
    }
    func maybe(_ value: @autoclosure () -> String) -> String { Bool.random() ? "NULL" : value() }
    _ = try Program.relish(["-q", "a.db", "-c", Self.model], in: directory.path)
    var inserts = ""
    for _ in 0..<300 {
      let values = [
        sql(text()), maybe(sql(text())),
        maybe("\(Int64.random(in: .min ... .max))"),
        maybe(String(format: "%.3f", Double.random(in: -1e8...1e8))),
        maybe("\(Double(bitPattern: UInt64.random(in: 1 ... .max >> 2)))"), maybe("1"),
        maybe("'2026-01-31'"), maybe("'18:30:00'"), maybe("'2026-01-31 18:30:05.250'"),
        maybe("'6f1c0e6e-8f0b-4c11-9a50-2b7d6f1f2a3b'"), maybe("'{\"a\": [1, \"x\\ny\"]}'"),
        maybe("x'00ff2c22'"), maybe("'äöü'"),
      ]
      inserts += """
        INSERT INTO things(name, note, amount, price, weight, ok, day, hour, moment, ref, doc, data, code, \
        createdAt, updatedAt) VALUES (\(values.joined(separator: ", ")), \
        '2026-01-01 00:00:00', '2026-01-01 00:00:00');\n
        """
    }
    let made = try Program.run(
      "sqlite3", ["-batch", directory.file("a.db")], input: "BEGIN;\n\(inserts)COMMIT;\n",
      merged: true)
    #expect(made.output.isEmpty, "\(made.output)")
    _ = try Program.relish(["-q", "b.db", "-c", Self.model], in: directory.path)
    let out = try Program.relish(["a.db", "-c", "export \"a.csv\" Thing"], in: directory.path)
    #expect(out.status == 0, "\(out.errors)")
    let run = try Program.relish(["b.db", "-c", "import Thing \"a.csv\""], in: directory.path)
    #expect(run.errors == "imported 300 Things from a.csv\n")
    let dump =
      "SELECT quote(name), quote(note), amount, quote(price), quote(weight), ok, day, hour, "
      + "moment, ref, doc, quote(data), code, createdAt FROM things ORDER BY id"
    let (first, second) = (
      try Program.sqlite3(directory.file("a.db"), dump),
      try Program.sqlite3(directory.file("b.db"), dump)
    )
    #expect(first == second)
    #expect(first.split(separator: "\n").count >= 300)
  }

  @Test("records of any length and line ends are read alike, wherever the pieces of the input end")
  func pieces() throws {
    let directory = try TemporaryDirectory()
    for (number, end) in ["\n", "\r\n"].enumerated() {
      var csv = "name,note\(end)"
      var wanted = 0
      for row in 0..<3_000 {
        csv +=
          "n\(row),\"\(String(repeating: "é\"\",\n", count: row % 97 * (row % 500 == 0 ? 900 : 1)))\"\(end)"
        wanted += row % 97 * (row % 500 == 0 ? 900 : 1) * 4
      }
      csv.removeLast()
      try directory.write(csv, to: "long.csv")
      let run = try Program.relish(
        [
          "\(number).db", "-c", Self.model + "\nimport Thing \"long.csv\"", "-c",
          "Thing show count name as n, min name as first, max name as last",
        ], in: directory.path)
      #expect(run.output == "n\tfirst\tlast\n3000\tn0\tn999\n", "\(run.errors)")
      #expect(
        try Program.sqlite3(directory.file("\(number).db"), "SELECT sum(length(note)) FROM things")
          == "\(wanted)\n")
    }
  }

  @Test("rows come through standard input, also under --safe")
  func standardInput() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["-q", "a.db", "-c", Self.model], in: directory.path)
    let run = try Program.relish(
      ["--safe", "a.db", "import Thing \"-\""], input: "name,amount\nTee,1\nCap,2\n",
      in: directory.path)
    #expect(run.errors == "imported 2 Things from <stdin>\n")
    let script = try Program.relish(
      ["a.db"], input: "import Thing \"-\"\nname\nTee\n", in: directory.path)
    #expect(script.status == 1)
    #expect(script.errors.contains("standard input is the script itself"))
  }

  @Test("a killed import leaves nothing behind, and -n neither")
  func nothing() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["-q", "a.db", "-c", Self.model], in: directory.path)
    var csv = "name,amount\n"
    for row in 0..<200_000 { csv += "thing \(row),\(row)\n" }
    try directory.write(csv, to: "a.csv")
    for delay in 1...8 {
      _ = try Program.run(
        "timeout",
        [
          "-s", "KILL", String(format: "0.%02d", delay * 6), Project.relish, "-X", "a.db",
          "import Thing \"a.csv\"",
        ], in: directory.path)
      let count = try Program.sqlite3(directory.file("a.db"), "SELECT count(*) FROM things")
      #expect(count == "0\n" || count == "200000\n")
      _ = try Program.sqlite3(directory.file("a.db"), "DELETE FROM things")
    }
    let run = try Program.relish(["-n", "a.db", "import Thing \"a.csv\""], in: directory.path)
    #expect(
      run.errors == "imported 200,000 Things from a.csv\ndry run: nothing was changed\n")
    #expect(try Program.sqlite3(directory.file("a.db"), "SELECT count(*) FROM things") == "0\n")
  }

  @Test("a long import shows a bar with rows, rate and time left")
  func progress() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["-q", "a.db", "-c", Self.model], in: directory.path)
    var csv = "name,note\n"
    for row in 0..<2_000 { csv += "thing \(row),\(String(repeating: "x", count: 100))\n" }
    try directory.write(csv, to: "rows.csv")
    // Rows come in pieces, as they would from a slow program; a pipe has no length, so there is no bar.
    try directory.write(
      """
      (while IFS= read -r line; do
        echo "$line"; n=$((n + 1)); [ $((n % 400)) -ne 0 ] || sleep 0.4
      done < rows.csv) | \(Project.relish) -X a.db -c 'import Thing "-"'
      """, to: "import.sh")
    let script = try directory.write(
      """
      set timeout 30
      set stty_init "columns 100 rows 50"
      spawn -noecho sh import.sh
      expect eof
      exit [lindex [wait] 3]
      """, to: "import.exp")
    let run = try Program.run("expect", ["-f", script], in: directory.path, merged: true)
    #expect(run.status == 0, "\(run.output)")
    #expect(
      run.output.contains(/\rimporting  [0-9,]+ rows  [0-9,]+\/s\u{1B}\[K/), "\(run.output)")
    #expect(run.output.hasSuffix("\r\u{1B}[Kimported 2,000 Things from <stdin>\r\n"))
  }

  @Test("computed columns are passed over, views refused, and no line is blamed for a locked file")
  func places() throws {
    let directory = try TemporaryDirectory()
    let made = try Program.sqlite3(
      directory.file("a.db"),
      """
      CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, loud TEXT NOT NULL AS (name || '!'));
      CREATE VIEW guests AS SELECT id, name FROM users;
      INSERT INTO users(name) VALUES ('Max'), ('Ann');
      """)
    #expect(made.isEmpty, "\(made)")
    let run = try Program.relish(
      [
        "a.db", "-c",
        "export \"a.csv\" User; delete all User; import User \"a.csv\"; User show loud",
      ], in: directory.path)
    #expect(run.output == "loud\nMax!\nAnn!\n", "\(run.errors)")
    #expect(
      run.errors.contains("note: `loud` is computed by the database; the file's values were passed")
    )
    let view = try Program.relish(["a.db", "-c", "import Guest \"a.csv\""], in: directory.path)
    #expect(view.errors.contains("`Guest` is a view, whose rows can only be asked for"))
    let locked = try Program.relish(
      ["-r", "a.db", "-c", "import User \"a.csv\""], in: directory.path)
    #expect(
      locked.errors.hasPrefix("-c:1:1: error: the database is open for reading only"),
      "\(locked.errors)")
  }

  @Test("rows can be typed, and Ctrl-C takes them back")
  func typed() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["-q", "a.db", "-c", Self.model], in: directory.path)
    let script = try directory.write(
      #"""
      set timeout 15
      set stty_init "columns 100 rows 50"
      spawn -noecho {*}$argv
      expect "a> "
      send "import Thing \"-\"\r"
      sleep 0.5
      send "name\rTee\r"
      sleep 0.3
      send "\004"
      expect "imported 1 Thing from <stdin>"
      expect "a> "
      send "import Thing \"-\"\r"
      sleep 0.5
      send "name\rCap\r"
      sleep 0.3
      send "\003"
      expect "interrupted"
      expect "a> "
      send "quit\r"
      expect eof
      exit [lindex [wait] 3]
      """#, to: "typed.exp")
    let run = try Program.run(
      "expect", ["-f", script, Project.relish, "-X", "a.db"], in: directory.path, merged: true)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("interrupted"), "\(run.output)")
    #expect(try Program.sqlite3(directory.file("a.db"), "SELECT name FROM things") == "Tee\n")
  }

  @Test(
    "a file that cannot be read to its end is no whole one",
    .enabled(if: access("/proc/self/mem", R_OK) == 0))
  func unreadable() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["-q", "a.db", "-c", Self.model], in: directory.path)
    let run = try Program.relish(["a.db", "import Thing \"/proc/self/mem\""], in: directory.path)
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot be read: Input/output error"), "\(run.errors)")
  }
}
