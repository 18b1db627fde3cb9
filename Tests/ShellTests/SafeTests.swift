import Foundation
import Support
import Testing

/// A database made to do harm, and a person who only looks into it.
@Suite("Hostile databases")
struct SafeTests {
  /// Where schema text can ask for something: each makes a file of its own, as some make it unreadable.
  enum Place: String, CaseIterable {
    case generated, check, defaults, index, trigger, view, names, smuggled
  }

  /// Makes `hostile.db`, whose schema asks for files, programs and other databases, in that place.
  private static let maker = """
    import sqlite3, sys
    place = sys.argv[1]
    c = sqlite3.connect("hostile.db")
    calls = ["load_extension('./evil')", "readfile('canary')", "writefile('pwned', 'x')",
      "edit('x', 'touch pwned')", "fts3_tokenizer('simple')",
      "fts3_tokenizer('x', x'4141414141414141')"]
    for f in ["load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"]:
      for n in (1, 2): c.create_function(f, n, lambda *a: None, deterministic=True)
    def run(text):
      try: c.execute(text)
      except sqlite3.Error as e: print(place, e)
    run("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)")
    run("INSERT INTO users VALUES (1, 'Max')")
    attach = "; ATTACH 'pwned.db' AS p; --"
    for i, call in enumerate(calls):
      t = "t%ds" % i
      body = {"generated": ", y AS (%s)", "check": ", CHECK (%s IS NULL)",
        "defaults": ", y TEXT DEFAULT (%s)"}.get(place, "")
      run("CREATE TABLE %s(id INTEGER PRIMARY KEY, name TEXT%s)" % (t, body % call if body else ""))
      if place == "index": run("CREATE INDEX x%d ON %s(%s)" % (i, t, call))
      if place != "index": run("INSERT INTO %s(id, name) VALUES (1, 'a')" % t)
      if place == "trigger":
        for event in ["UPDATE", "INSERT", "DELETE"]:
          run("CREATE TRIGGER t%d%s AFTER %s ON %s BEGIN SELECT %s; END" % (i, event, event, t, call))
      if place == "view": run("CREATE VIEW v%ds AS SELECT id, %s AS name FROM users" % (i, call))
    if place == "names":
      run('CREATE TABLE "x""%s"(id INTEGER PRIMARY KEY, "a""%s" TEXT)' % (attach, attach))
      run("CREATE TABLE odds(id INTEGER PRIMARY KEY, name TEXT DEFAULT 'a''%s')"
        % attach.replace("'", "''"))
      run("CREATE VIEW pages AS SELECT * FROM sqlite_dbpage")
      run("CREATE VIEW tables AS SELECT * FROM pragma_table_list")
    if place == "smuggled":
      c.execute("PRAGMA writable_schema = ON")
      c.execute("INSERT INTO sqlite_schema VALUES ('view', 'v0s', 'v0s', 0, "
        + "'CREATE VIEW v0s AS SELECT 1 AS id; ATTACH ''pwned.db'' AS p')")
    c.commit()
    """

  private static func make(_ place: Place, in directory: TemporaryDirectory) throws {
    let script = try directory.write(maker, to: "maker.py")
    let run = try Program.run(
      "python3", [script, place.rawValue], in: directory.path, merged: true)
    #expect(run.status == 0, "\(run.output)")
    try FileManager.default.removeItem(atPath: script)
    // Whoever opens it waits for ever.
    let pipe = try Program.run("mkfifo", ["canary"], in: directory.path)
    #expect(pipe.status == 0)
    // A library that would be found.
    try directory.write("not a library", to: "evil.so")
  }

  /// Everything that the shell knows how to do, to each table.
  private static let script: String = {
    var lines = ["User name", "show models", "show relations", "say", "plan", "explain User"]
    for number in 0..<6 {
      let model = "T\(number)"
      lines += [
        "V\(number) limit 1", "show V\(number)", "\(model)", "count \(model)", "show \(model)",
        "create \(model) name = \"b\"", "set all \(model) name = \"c\"", "delete all \(model)",
        "\(model) has more string", "plan force", "plan alter", "sync alter", "sync force",
        "create \(model) name = \"d\"",
      ]
    }
    lines += ["Page limit 1", "Table limit 1", "Odd has more text", "sync alter", "sync force"]
    lines += ["create Odd", "Odd", "restore \"hostile.db\"", "User name"]
    return lines.joined(separator: "\n")
  }()

  @Test(
    "neither a file nor a program nor another database is reached, with --safe or without",
    arguments: Place.allCases, [["--safe"], ["--safe", "-r"], ["--safe", "-n"], []])
  func reaches(_ place: Place, _ options: [String]) throws {
    let directory = try TemporaryDirectory()
    try Self.make(place, in: directory)
    let before = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    let run = try Program.relish(
      options + ["-k", "hostile.db"], input: Self.script, in: directory.path, seconds: 60)
    #expect(run.status == 1, "\(run.errors.suffix(2_000))")
    let after = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    #expect(after == before)
    switch place {
    case .generated, .index:
      // SQLite refuses the whole file.
      #expect(run.errors.contains("malformed database schema"), "\(run.errors)")
    // With -n walks do not run.
    case _ where options.contains("-n"): break
    default:
      // The rest of it can be used.
      #expect(run.output.hasPrefix("name\nMax\n"), "\(run.errors)")
      #expect(run.output.hasSuffix("name\nMax\n"), "\(run.errors)")
    }
    if place == .trigger, !options.contains("-r") {
      let words = options.contains("--safe") ? "not authorized to use function: " : "unsafe use of "
      #expect(run.errors.contains(words + "load_extension"), "\(run.errors)")
      #expect(run.errors.contains(words + "fts3_tokenizer"), "\(run.errors)")
    }
  }

  @Test("a view without an end stops at the time limit")
  func endless() throws {
    let directory = try TemporaryDirectory()
    let made = try Program.sqlite3(
      directory.file("loop.db"),
      """
      CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT);
      INSERT INTO users VALUES (1, 'Max');
      CREATE TRIGGER forever AFTER UPDATE ON users BEGIN
        SELECT count(*) FROM loops;
      END;
      CREATE VIEW loops AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        SELECT i AS id FROM n;
      """)
    #expect(made.isEmpty)
    let run = try Program.relish(
      ["--safe", "loop.db", "-c", "set timeout 0.3; set User 1 name = \"Ann\""], in: directory.path,
      seconds: 20)
    #expect(run.status == 1)
    #expect(run.errors.contains("ran longer than `set timeout` allows"), "\(run.errors)")
    #expect(try Program.sqlite3(directory.file("loop.db"), "SELECT name FROM users") == "Max\n")
  }

  @Test("completion shows no files with --safe")
  func completion() throws {
    let directory = try TemporaryDirectory()
    try directory.write("", to: "secret.txt")
    let open = try Program.relish([":memory:", "--complete", "run \"sec"], in: directory.path)
    #expect(open.output.contains("secret.txt"))
    let safe = try Program.relish(
      ["--safe", ":memory:", "--complete", "run \"sec"], in: directory.path)
    #expect(safe.output.isEmpty, "\(safe.output)")
  }
}
