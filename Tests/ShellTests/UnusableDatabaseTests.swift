import Foundation
import Support
import Testing

@Suite("Databases that cannot be used just now, or at all")
struct UnusableDatabaseTests {
  private static func shop(in directory: TemporaryDirectory) throws {
    let run = try Program.relish(
      [
        "-q", "shop.db", "-c",
        "User has name string\nsync\ncreate User (name = \"Max\"), (name = \"Ann\")",
      ], in: directory.path)
    #expect(run.status == 0, "\(run.errors)")
  }

  /// Holds the whole database for so many seconds, in a process of its own.
  private static func holder(seconds: Double, in directory: TemporaryDirectory) throws {
    try directory.write(
      """
      import sqlite3, time
      live = sqlite3.connect("shop.db", isolation_level=None)
      live.execute("BEGIN EXCLUSIVE")
      print("ready", flush=True)
      time.sleep(\(seconds))
      """, to: "holder.py")
  }

  private static func whileHeld(_ command: String, in directory: TemporaryDirectory) throws
    -> ProgramRun
  {
    try Program.run(
      "sh",
      [
        "-c",
        """
        python3 holder.py > ready & holder=$!
        while ! [ -s ready ]; do sleep 0.01; done
        \(command); status=$?
        echo "holder $holder"
        kill $holder 2> /dev/null; exit $status
        """,
      ], in: directory.path, merged: true, seconds: 40)
  }

  @Test(
    "a locked database is an error that says who holds it",
    arguments: ["User", "create User name = 'Eva'", "sync", "plan", "begin", "backup 'copy.db'"])
  func locked(_ statement: String) throws {
    let directory = try TemporaryDirectory()
    try Self.shop(in: directory)
    try Self.holder(seconds: 20, in: directory)
    let run = try Self.whileHeld(
      "\(Project.relish) -X shop.db \"set busy 0.2\" \"\(statement)\"", in: directory)
    #expect(run.status == 1, "\(run.output)")
    let holder = try #require(run.output.split(separator: "\n").last?.dropFirst("holder ".count))
    #expect(
      run.output.contains("error: the database is locked by python3 (process \(holder))"),
      "\(run.output)")
    #expect(run.output.contains("`set busy 60` waits for it longer"))
    #expect(try Program.sqlite3(directory.file("shop.db"), "SELECT count(*) FROM users") == "2\n")
  }

  @Test("a short lock is waited for")
  func waits() throws {
    let directory = try TemporaryDirectory()
    try Self.shop(in: directory)
    try Self.holder(seconds: 1, in: directory)
    let run = try Self.whileHeld(
      "\(Project.relish) -X shop.db \"create User name = 'Eva'\"", in: directory)
    #expect(run.output.hasPrefix("created 1 User (id 3)\n"), "\(run.output)")
  }

  @Test("Ctrl-C ends the waiting")
  func interrupted() throws {
    let directory = try TemporaryDirectory()
    try Self.shop(in: directory)
    try Self.holder(seconds: 20, in: directory)
    let script = try directory.write(
      #"""
      set timeout 15
      set stty_init "columns 500 rows 50"
      spawn -noecho {*}$argv
      expect "> "
      send -- "set busy 30\r"
      expect "> "
      send -- "User\r"
      after 700
      send -- "\003"
      expect {
        "interrupted" {}
        timeout { puts "waits on"; exit 124 }
      }
      expect "> "
      send -- "quit\r"
      expect eof
      exit [lindex [wait] 3]
      """#, to: "wait.exp")
    let run = try Self.whileHeld(
      "expect -f \(script) \(Project.relish) -X shop.db", in: directory)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("interrupted"), "\(run.output)")
  }

  @Test("what is no database says so, with exit status 3, and stays as it is")
  func noDatabase() throws {
    let directory = try TemporaryDirectory()
    try Self.shop(in: directory)
    let sound = Array(try #require(FileManager.default.contents(atPath: directory.file("shop.db"))))
    func patched(_ changes: [Int: UInt8]) -> [UInt8] {
      var bytes = sound
      for (offset, byte) in changes { bytes[offset] = byte }
      return bytes
    }
    let files: [(name: String, bytes: [UInt8], error: String)] = [
      (
        "text.db", Array("hello, this is a text\n".utf8),
        "is no SQLite database, or it is encrypted"
      ),
      (
        "noise.db", (0..<8_192).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) },
        "is no SQLite database, or it is encrypted"
      ),
      ("newer.db", patched([18: 3, 19: 3]), "has format 3, which is newer than what SQLite "),
      ("schema.db", patched([47: 9]), "has a format that SQLite "),
    ]
    for (name, bytes, error) in files {
      try Data(bytes).write(to: URL(fileURLWithPath: directory.file(name)))
      for statement in ["User", "create User name = \"Eva\"", "sync force", "backup \"copy.db\""] {
        let run = try Program.relish(
          [name, "-c", "User has name string", "-c", statement], in: directory.path)
        #expect(run.status == 3, "\(name) \(statement): \(run.errors)")
        #expect(run.errors.contains(error), "\(name): \(run.errors)")
      }
      let after = try #require(FileManager.default.contents(atPath: directory.file(name)))
      #expect(Array(after) == bytes)
    }
    try FileManager.default.createDirectory(
      atPath: directory.file("folder"), withIntermediateDirectories: false)
    _ = try Program.run("mkfifo", ["pipe"], in: directory.path)
    for (name, error) in [
      ("folder", "`folder` is a folder"), ("pipe", "`pipe` is no file that can hold a database"),
      ("/dev/null", "`/dev/null` is no file that can hold a database"),
      ("missing/shop.db", "unable to open database file (No such file or directory)"),
    ] {
      let run = try Program.relish([name, "-c", "User"], in: directory.path, seconds: 10)
      #expect(run.status == 3)
      #expect(run.errors.contains(error), "\(run.errors)")
    }
  }

  @Test("a file that may only be read can be read")
  func readOnly() throws {
    let directory = try TemporaryDirectory()
    try Self.shop(in: directory)
    let run = try Program.relish(
      ["-r", "-k", "shop.db", "-c", "count User; create User name = \"Eva\"; restore \"shop.db\""],
      in: directory.path)
    #expect(run.output == "count\n2\n")
    #expect(run.status == 1)
    #expect(run.errors.contains("error: the database is open for reading only"), "\(run.errors)")
    // Only another user than root can be kept from a file.
    guard getuid() == 0,
      try Program.run("su", ["nobody", "-s", "/bin/sh", "-c", "true"]).status == 0
    else { return }
    _ = try Program.run("chmod", ["755", directory.path])
    for (mode, folder, error) in [
      ("600", "755", "unable to open database file (Permission denied)"),
      ("644", "755", "the database is open for reading only"),
      ("666", "755", "the database's folder cannot be written to"),
    ] {
      _ = try Program.run("chmod", [mode, "shop.db"], in: directory.path)
      _ = try Program.run("chmod", [folder, "."], in: directory.path)
      let run = try Program.run(
        "su",
        [
          "nobody", "-s", "/bin/sh", "-c",
          "\(Project.relish) -X shop.db 'create User name = \"Eva\"'",
        ], in: directory.path, merged: true)
      // The program itself must be within reach.
      guard run.status != 126, run.status != 127 else { return }
      #expect(run.output.contains(error), "\(run.output)")
    }
    #expect(try Program.sqlite3(directory.file("shop.db"), "SELECT count(*) FROM users") == "2\n")
  }

  /// Runs writes that need more room than there is; the database must stay as it was.
  private static func fill(_ database: String, in directory: TemporaryDirectory, limit: String)
    throws
  {
    var csv = "name\n"
    for number in 0..<20_000 { csv += String(repeating: "x", count: 50) + "\(number)\n" }
    try directory.write(csv, to: "big.csv")
    try directory.write(
      """
      import User "big.csv"
      count User
      backup "\(database).copy"
      """, to: "fill.relish")
    let run = try Program.run(
      "bash",
      ["-c", "\(limit)\nexec \(Project.relish) -X -k \(database) -f fill.relish"],
      in: directory.path)
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.errors.contains("error: no room is left on the disk"), "\(run.errors)")
    #expect(run.output == "count\n2\n")
    #expect(
      try Program.sqlite3(
        directory.file(database), "PRAGMA integrity_check; SELECT count(*) FROM users")
        == "ok\n2\n")
  }

  @Test("a limit on the length of files is told as a full disk, and nothing changes")
  func lengthLimit() throws {
    let directory = try TemporaryDirectory()
    try Self.shop(in: directory)
    try Self.fill("shop.db", in: directory, limit: "ulimit -f 100")
  }

  @Test("a full disk is told, nothing changes, and no half file is left")
  func full() throws {
    let directory = try TemporaryDirectory()
    try Self.shop(in: directory)
    try FileManager.default.createDirectory(
      atPath: directory.file("small"), withIntermediateDirectories: false)
    let mounted = try Program.run(
      "mount", ["-t", "tmpfs", "-o", "size=100k", "tmpfs", directory.file("small")])
    // Only root may mount; elsewhere the limit above has to do.
    guard mounted.status == 0 else {
      print("skipped: no file system can be mounted here")
      return
    }
    defer { _ = try? Program.run("umount", [directory.file("small")]) }
    _ = try Program.run("cp", ["shop.db", "small/"], in: directory.path)
    try Self.fill("small/shop.db", in: directory, limit: "")
    // A backup that does not fit: a larger database to the small disk.
    let large = try Program.relish(
      [
        "large.db", "-c", "User has name string\nsync\nimport User \"big.csv\"", "-c",
        "backup \"small/large.db\"",
      ], in: directory.path)
    #expect(large.status == 1)
    #expect(
      large.errors.contains("`small/large.db` cannot be written: no room is left on the disk"),
      "\(large.errors)")
    #expect(!FileManager.default.fileExists(atPath: directory.file("small/large.db")))
    #expect(!FileManager.default.fileExists(atPath: directory.file("small/large.db.part")))
    // Neither is a forced sync without its backup.
    let sync = try Program.relish(
      ["large.db", "-c", "User has name text\nsync force"], in: directory.path,
      environment: ["XDG_STATE_HOME": directory.file("small")])
    #expect(sync.status == 1)
    #expect(sync.errors.contains("no backup can be taken: "), "\(sync.errors)")
    #expect(
      try Program.sqlite3(directory.file("large.db"), "SELECT count(*) FROM users") == "20000\n")
    let left = try Program.run("find", ["small/relish", "-type", "f"], in: directory.path)
    #expect(left.output.isEmpty, "\(left.output)")
  }
}
