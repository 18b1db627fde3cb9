import Foundation
import Support
import Testing

@Suite("Backup and restore")
struct BackupTests {
  /// A database of about `megabytes`, made by sqlite3.
  private static func makeLarge(_ path: String, megabytes: Int, journal: String = "DELETE") throws {
    let made = try Program.sqlite3(
      path,
      """
      PRAGMA journal_mode = \(journal);
      CREATE TABLE notes (id INTEGER PRIMARY KEY, body BLOB);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(megabytes))
      INSERT INTO notes(body) SELECT randomblob(1000000) FROM n;
      """)
    #expect(made == journal.lowercased() + "\n", "\(made)")
  }

  @Test("a killed backup leaves no file, and the next one is not hindered by what it left")
  func killed() throws {
    let directory = try TemporaryDirectory()
    try Self.makeLarge(directory.file("large.db"), megabytes: 60)
    for delay in 1...30 {
      let killed = try Program.run(
        "timeout",
        [
          "-s", "KILL", String(format: "0.%03d", delay * 4), Project.relish, "-X", "large.db",
          "backup \"copy.db\"",
        ], in: directory.path)
      if FileManager.default.fileExists(atPath: directory.file("copy.db")) {
        let check = try Program.sqlite3(directory.file("copy.db"), "PRAGMA integrity_check")
        #expect(check == "ok\n", "\(check)")
        try FileManager.default.removeItem(atPath: directory.file("copy.db"))
      } else {
        #expect(killed.status != 0)
      }
    }
    let run = try Program.relish(
      ["large.db", "-c", "backup \"copy.db\""], in: directory.path, merged: true)
    #expect(run.status == 0, "\(run.output)")
    let rows = try Program.sqlite3(
      directory.file("copy.db"), "PRAGMA integrity_check; SELECT count(*) FROM notes")
    #expect(rows == "ok\n60\n")
    #expect(!FileManager.default.fileExists(atPath: directory.file("copy.db.part")))
  }

  @Test("a killed restore leaves the old content or the new one")
  func killedRestore() throws {
    let directory = try TemporaryDirectory()
    try Self.makeLarge(directory.file("new.db"), megabytes: 40)
    try Self.makeLarge(directory.file("old.db"), megabytes: 20)
    for delay in 1...20 {
      try? FileManager.default.removeItem(atPath: directory.file("live.db"))
      try FileManager.default.copyItem(
        atPath: directory.file("old.db"), toPath: directory.file("live.db"))
      _ = try Program.run(
        "timeout",
        [
          "-s", "KILL", String(format: "0.%03d", delay * 12), Project.relish, "-X", "live.db",
          "set backup off; restore \"new.db\"",
        ], in: directory.path)
      let rows = try Program.sqlite3(
        directory.file("live.db"), "PRAGMA integrity_check; SELECT count(*) FROM notes")
      #expect(rows == "ok\n20\n" || rows == "ok\n40\n", "\(rows)")
    }
  }

  @Test("while a backup is made another program writes", arguments: ["WAL", "DELETE"])
  func others(_ journal: String) throws {
    let directory = try TemporaryDirectory()
    try Self.makeLarge(directory.file("live.db"), megabytes: 40, journal: journal)
    // Twins are written together: a copy that has one without the other is none.
    let script = try directory.write(
      """
      import sqlite3, time
      live = sqlite3.connect("live.db", timeout=30)
      live.execute("CREATE TABLE twins (a INTEGER, b INTEGER)")
      print("ready", flush=True)
      for i in range(300):
        live.execute("INSERT INTO twins VALUES (?, 0)", (i,))
        live.execute("INSERT INTO twins VALUES (?, 1)", (i,))
        live.execute("UPDATE notes SET body = randomblob(5000) WHERE id = ?", (i % 40 + 1,))
        live.commit()
        time.sleep(0.003)
      """, to: "writer.py")
    let run = try Program.run(
      "sh",
      [
        "-c",
        """
        python3 \(script) > ready & while ! [ -s ready ]; do sleep 0.01; done
        for i in 1 2 3 4 5; do \(Project.relish) -X -q live.db "backup 'copy$i.db'" || exit 1; done
        wait
        """,
      ], in: directory.path, merged: true)
    #expect(run.status == 0, "\(run.output)")
    for number in 1...5 {
      let answer = try Program.sqlite3(
        directory.file("copy\(number).db"),
        "PRAGMA integrity_check; SELECT count(*) FROM twins GROUP BY a HAVING count(*) <> 2")
      #expect(answer == "ok\n", "\(answer)")
    }
  }

  private static let shop = """
    User has name string
    sync
    create User (name = "Max"), (name = "Ann")
    """

  @Test("what was dropped comes back by the command that was told")
  func command() throws {
    let directory = try TemporaryDirectory()
    let state = ["XDG_STATE_HOME": directory.file("state of mine")]
    let run = try Program.relish(
      ["it's.db", "-c", Self.shop + "\nsync force"], in: directory.path, environment: state)
    let line = run.errors.split(separator: "\n").first { $0.hasPrefix("  relish ") }
    let command = String(try #require(line, "\(run.errors)"))
    let again = try Program.run(
      "sh", ["-c", command.replacing("  relish ", with: "\"$RELISH\" -X ")], in: directory.path,
      merged: true, environment: state.merging(["RELISH": Project.relish]) { $1 })
    #expect(again.output.hasPrefix("restored 1 table, 2 rows from "), "\(again.output)")
    #expect(
      try Program.sqlite3(directory.file("it's.db"), "SELECT name FROM users") == "Max\nAnn\n")
    let permissions = try Program.run(
      "find", ["state of mine", "-printf", "%y %m\n"], in: directory.path)
    #expect(Set(permissions.output.split(separator: "\n")) == ["d 700", "f 600"])
  }

  @Test("of many backups of one database the last twenty are kept, and others' are left")
  func pruned() throws {
    let directory = try TemporaryDirectory()
    let state = ["XDG_STATE_HOME": directory.file("state")]
    let other = try TemporaryDirectory()
    _ = try Program.relish(
      ["shop.db", "-c", Self.shop + "\nsync force"], in: other.path, environment: state)
    var script = Self.shop
    for number in 1...22 { script += "\nsync force\ncreate User name = \"\(number)\"" }
    let run = try Program.relish(
      ["shop.db", "-c", script], in: directory.path, environment: state)
    #expect(run.status == 0)
    #expect(
      run.errors.contains("removed 1 older backup: the last 20 are kept"), "\(run.errors)")
    let kept = try FileManager.default.contentsOfDirectory(
      atPath: directory.file("state/relish/backups"))
    #expect(kept.count == 21)
    // The oldest two went: one with Max and Ann, one with `1`.
    var names: Set<String> = []
    for file in kept {
      names.insert(
        try Program.sqlite3(
          directory.file("state/relish/backups/" + file), "SELECT group_concat(name) FROM users"))
    }
    #expect(names == Set((2...21).map { "\($0)\n" } + ["Max,Ann\n"]))
  }

  @Test("without a place for the backup a forced sync is refused")
  func unwritable() throws {
    let directory = try TemporaryDirectory()
    let state = ["XDG_STATE_HOME": try directory.write("", to: "no folder")]
    let run = try Program.relish(
      ["shop.db", "-c", Self.shop + "\nsync force"], in: directory.path, environment: state)
    #expect(run.status == 1)
    #expect(run.errors.contains("error: no backup can be taken: `"), "\(run.errors)")
    #expect(run.errors.contains("hint: `set backup off` goes on without a backup"))
    #expect(try Program.sqlite3(directory.file("shop.db"), "SELECT count(*) FROM users") == "2\n")
    let off = try Program.relish(
      ["shop.db", "-c", "set backup off\nUser has name text\nsync force"], in: directory.path,
      merged: true, environment: state)
    #expect(off.status == 0, "\(off.output)")
    #expect(!off.output.contains("backup was"))
  }

  @Test("a dry run copies and replaces nothing")
  func dryRun() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["shop.db", "-c", Self.shop + "\nbackup \"a.db\""], in: directory.path)
    let run = try Program.relish(
      ["-n", "shop.db", "-c", "backup \"b.db\"; delete all User; restore \"a.db\"; sync force"],
      in: directory.path)
    #expect(
      run.errors == """
        would back up shop to b.db
        deleted 2 Users
        would restore 1 table, 2 rows from a.db over 1 table, 0 rows
        nothing to do: model and database agree
        dry run: nothing was changed

        """)
    #expect(!FileManager.default.fileExists(atPath: directory.file("b.db")))
    #expect(!FileManager.default.fileExists(atPath: directory.file("state")))
  }

  @Test("pages of another size, and a journal of another kind, come with the content")
  func pageSizes() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.sqlite3(
      directory.file("small.db"),
      "PRAGMA page_size = 1024; CREATE TABLE a (x); INSERT INTO a VALUES (1), (2)")
    _ = try Program.sqlite3(
      directory.file("live.db"), "PRAGMA journal_mode = WAL; CREATE TABLE b (x)")
    for database in ["live.db", ":memory:"] {
      let run = try Program.relish(
        [database, "-c", "restore \"small.db\"; count A"], in: directory.path)
      #expect(run.output.hasSuffix("2\n"), "\(run.errors)")
    }
    #expect(
      try Program.sqlite3(
        directory.file("live.db"), "PRAGMA page_size; PRAGMA integrity_check; SELECT x FROM a")
        == "1024\nok\n1\n2\n")
  }

  @Test("a damaged database is replaced by its backup")
  func damaged() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["shop.db", "-c", Self.shop + "\nbackup \"a.db\""], in: directory.path)
    let file = try #require(FileHandle(forUpdatingAtPath: directory.file("shop.db")))
    try file.seek(toOffset: 4_096)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 12_288))
    try file.close()
    let broken = try Program.relish(["shop.db", "-c", "User name"], in: directory.path)
    #expect(broken.status != 0)
    let run = try Program.relish(
      ["shop.db", "-c", "restore \"a.db\"; User name"], in: directory.path)
    #expect(run.output == "name\nMax\nAnn\n", "\(run.errors)")
    #expect(run.errors.contains("(before: a damaged database)"), "\(run.errors)")
  }

  @Test("at a terminal both ask before something is replaced")
  func asks() throws {
    let directory = try TemporaryDirectory()
    _ = try Program.relish(["shop.db", "-c", Self.shop + "\nbackup \"a.db\""], in: directory.path)
    let run = try Terminal.type(
      """
      backup "a.db"
      n
      restore "a.db"
      no
      restore "a.db"
      y
      """, options: ["shop.db"], in: directory, environment: ["CI": ""])
    #expect(run.output.contains("replace a.db?"), "\(run.output)")
    #expect(run.output.contains("`a.db` was left as it is"))
    #expect(run.output.contains("replace 1 table, 2 rows by 1 table, 2 rows?"))
    #expect(run.output.contains("nothing was restored"))
    #expect(run.output.contains("restored 1 table, 2 rows from a.db"))
  }
}
