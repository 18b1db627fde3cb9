import Foundation
import Support
import Testing

/// Numbers that are the same in every run (a linear congruential generator, Knuth TAOCP 2 §3.3.4).
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

@Suite("Damaged databases")
struct DamagedDatabaseTests {
  /// A shop of 120 rows with everything that a schema can have, as bytes.
  private static let sound: [UInt8] = {
    guard let directory = try? TemporaryDirectory() else { return [] }
    var script = """
      User has name string required, email string unique
      Product has title string required, price decimal(10,2) check price >= 0, data blob
      Product has kind enum("a", "b")
      Product belongsTo User onDelete cascade
      Product indexed by title
      Category has name string
      Category belongsTo Category as parent
      Category hasMany Category as children by parent
      Product belongsToMany Category through Label
      sync
      create Category (name = "one"), (name = "two", parent = 1)

      """
    for number in 1...40 {
      script += """
        create User name = "user \(number)", email = "\(number)@x.org", products = [\
        (title = "tee \(number)", price = \(number), kind = "a"), \
        (title = "\(String(repeating: "x", count: 200))", data = x'00ff')]

        """
    }
    script += "add Product 1 to Category 1 products\nadd Product 2 to Category 2 products\n"
    _ = try? Program.relish(["-q", "shop.db"], input: script, in: directory.path)
    _ = try? Program.sqlite3(
      directory.file("shop.db"),
      """
      CREATE VIEW names AS SELECT id, name FROM users;
      CREATE TRIGGER touched AFTER UPDATE ON users BEGIN
        UPDATE products SET title = title WHERE userId = new.id;
      END;
      """)
    let data = FileManager.default.contents(atPath: directory.file("shop.db")) ?? Data()
    return Array(data)
  }()

  /// Walks, looks, writes and syncs.
  private static let script = """
    show models
    User "user 3" products title
    User show name, count products as n top 3 by n
    Category tree children their products title
    User show name with products (title where price > 3 top 1 by price)
    explain User "user 3" products title
    count Product
    plan force
    sync
    check
    set User 1 name = "new"
    set all Product price = 3
    create User name = "z", email = "z"
    create Product title = "z", user = 1
    delete User 2
    delete User 3 preview
    add Product 3 to Category 1 products
    export "out.csv" Product show title, price, userId
    import Product "out.csv"
    pull
    say
    save "model.relish"
    backup "copy.db"
    Product has weight integer
    sync alter
    User has age integer
    sync force
    begin
    delete all User
    undo
    rollback
    restore "copy.db"
    User name
    """

  /// One of six ways to lose bytes.
  private static func damage(_ seed: Int) -> [UInt8] {
    var generator = SeededGenerator(state: UInt64(seed) &* 7_919 &+ 17)
    func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }
    var bytes = sound
    let pages = bytes.count / 4_096
    switch number(0..<6) {
    case 0: bytes[number(0..<100)] = UInt8(number(0..<256))
    case 1: for _ in 0..<number(1..<4) { bytes[number(100..<4_096)] ^= 1 << UInt8(number(0..<8)) }
    case 2: for _ in 0..<number(1..<20) { bytes[number(0..<bytes.count)] = UInt8(number(0..<256)) }
    case 3:
      let page = number(0..<pages)
      bytes[page * 4_096 + (page == 0 ? 100 : 0) + number(0..<16)] = UInt8(number(0..<256))
    case 4:
      let page = number(0..<pages)
      for offset in page * 4_096..<(page + 1) * 4_096 {
        bytes[offset] = seed % 2 == 0 ? 0 : UInt8(number(0..<256))
      }
    default: bytes.removeSubrange(number(0..<bytes.count)...)
    }
    return bytes
  }

  private static func run(_ directory: TemporaryDirectory, _ what: String) throws {
    try directory.write(script, to: "script.relish")
    let run = try Program.relish(
      ["-k", "shop.db", "-f", "script.relish"], in: directory.path, seconds: 30)
    let isTold = run.status == 0 || run.errors.contains("error: ")
    #expect(
      [0, 1, 3].contains(run.status) && isTold, "\(what): \(run.status) \(run.errors.suffix(1_000))"
    )
  }

  @Test(
    "whatever bytes are wrong, it is an error and neither a crash nor a hang", arguments: 0..<12)
  func damaged(_ part: Int) throws {
    #expect(Self.sound.count > 60_000)
    for seed in part * 30..<(part + 1) * 30 {
      let directory = try TemporaryDirectory()
      try Data(Self.damage(seed)).write(to: URL(fileURLWithPath: directory.file("shop.db")))
      try Self.run(directory, "seed \(seed)")
    }
  }

  @Test(
    "a journal or log that does not belong to the file is no harm", arguments: ["journal", "wal"])
  func leftovers(_ kind: String) throws {
    var generator = SeededGenerator(state: 5)
    for number in 0..<20 {
      let directory = try TemporaryDirectory()
      // A real one, of a program killed in the middle of its work, with some bytes changed.
      let script = try directory.write(
        """
        import os, sqlite3
        c = sqlite3.connect("shop.db", isolation_level=None)
        c.execute("PRAGMA cache_size = 1")
        if "\(kind)" == "wal": c.execute("PRAGMA journal_mode = WAL")
        c.execute("UPDATE users SET name = 'committed'")
        c.execute("BEGIN")
        c.execute("UPDATE products SET title = title || 'y'")
        c.execute("UPDATE users SET name = 'lost'")
        os._exit(9)
        """, to: "killed.py")
      try Data(Self.sound).write(to: URL(fileURLWithPath: directory.file("shop.db")))
      _ = try Program.run("python3", [script], in: directory.path)
      let path = directory.file("shop.db-" + kind)
      var bytes = Array(try #require(FileManager.default.contents(atPath: path)))
      #expect(bytes.count > 4_096)
      guard number > 0 else {
        let run = try Program.relish(["shop.db", "User 1 name"], in: directory.path)
        #expect(run.output == "name\ncommitted\n", "\(run.errors)")
        continue
      }
      for _ in 0..<Int.random(in: 1...30, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = 0xA5
      }
      if number % 3 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator)) }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      try Self.run(directory, "\(kind) \(number)")
    }
  }

  @Test("a name or a value that is not UTF-8 traps nothing")
  func notUTF8() throws {
    let directory = try TemporaryDirectory()
    let sql = [UInt8](
      """
      CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, "b~d" TEXT DEFAULT 'q~',
        c INTEGER CHECK ("b~d" <> '~'));
      INSERT INTO users VALUES (1, 'M~x', '~(', 1), (2, CAST(x'e28200ff' AS TEXT), NULL, 2);
      CREATE TABLE "a~s"(id INTEGER PRIMARY KEY, x "T~XT", userId INTEGER REFERENCES users(id));
      CREATE VIEW "v~s" AS SELECT * FROM users;
      CREATE INDEX "i~" ON users("b~d");
      CREATE TABLE days(id INTEGER PRIMARY KEY, d DATETIME, p DECIMAL(10,2), b BOOLEAN, j JSON, u UUID);
      INSERT INTO days VALUES (1, '~~', '~', '~', '{~', '~');
      CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT);
      INSERT INTO people VALUES (1, 'M~x');
      """.utf8
    ).map { $0 == UInt8(ascii: "~") ? 0xFF : $0 }
    try Data(sql).write(to: URL(fileURLWithPath: directory.file("make.sql")))
    _ = try Program.run("sh", ["-c", "sqlite3 shop.db < make.sql"], in: directory.path)
    var script = Self.script.replacing("Product", with: "Day")
    for format in ["table", "box", "csv", "tsv", "json", "jsonl", "line", "html", "sql", "tree"] {
      script += "\nformat \(format)\nUser\nDay\nPerson"
    }
    script += "\nPerson where name contains \"x\" ignoring case show upper(name), length(name)"
    try directory.write(script, to: "all.relish")
    let run = try Program.relish(
      ["-k", "shop.db", "-f", "all.relish"], in: directory.path, seconds: 30)
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.errors.contains("a name in the database is not in UTF-8"), "\(run.errors)")
    #expect(run.output.contains("M\u{FFFD}X"), "\(run.output)")
  }
}
