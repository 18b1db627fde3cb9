import Foundation
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL
import Support
import Testing

/// SIGKILL at any moment of a `sync alter` that makes a table anew whose children cascade: the database
/// is the old one or the new one, whole.
///
/// `RELISH_KILLS=n` kills n times.
@Suite struct AlterKillTests {
  static let kills = ProcessInfo.processInfo.environment["RELISH_KILLS"].flatMap { Int($0) } ?? 200
  private static let users = 4_000
  private static let alteration =
    "User has name string required, city string default 'Berlin'; sync alter"

  @Test(.timeLimit(.minutes(10)))
  func killedAtAnyMoment() throws {
    let directory = try TemporaryDirectory()
    let original = directory.file("original.db")
    try makeDatabase(original)
    let old = try state(of: original)
    let database = directory.file("shop.db")
    let whole = try duration(database, original)
    let new = try state(of: database)
    #expect(old.rows == new.rows && old.schema != new.schema)
    var generator = SeededGenerator(seed: 7)
    var killed = 0
    var ends: [State: Int] = [:]
    for _ in 0..<(Self.kills * 5) where killed < Self.kills {
      try copy(original, to: database)
      let process = try start(database)
      usleep(UInt32.random(in: 0...UInt32(whole * 1_050_000), using: &generator))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { killed += 1 }
      let end = try state(of: database)
      #expect(end == old || end == new)
      ends[end, default: 0] += 1
    }
    #expect(killed >= Self.kills)
    // Otherwise nothing was tried.
    #expect(ends[old, default: 0] > 0 && ends[new, default: 0] > 0)
  }

  /// All that must be one or the other.
  private struct State: Hashable {
    var schema: [String]
    var rows: [String]
    var isSound: Bool
  }

  private func makeDatabase(_ path: String) throws {
    let driver = try SQLiteDriver(path: path, readOnly: false)
    defer { driver.close() }
    for sql in [
      "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255), createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)",
      "CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT, userId INTEGER REFERENCES users(id) ON DELETE CASCADE)",
      "CREATE TABLE likes (userId INTEGER REFERENCES users(id) ON DELETE SET NULL, stars INTEGER)",
      "BEGIN",
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(users)) INSERT INTO users(id, name) SELECT i, 'user ' || i FROM n",
      "INSERT INTO products(title, userId) SELECT 'product of ' || name, id FROM users",
      "INSERT INTO likes SELECT id, id % 5 FROM users", "COMMIT",
    ] { _ = try driver.execute(SQLText(sql)) }
  }

  private let users = Self.users

  /// Opens the file as the next program would, which takes back what was not finished.
  private func state(of path: String) throws -> State {
    let driver = try SQLiteDriver(path: path, readOnly: false)
    defer { driver.close() }
    func rows(_ sql: String) throws -> [String] {
      var rows: [String] = []
      try driver.query(SQLText(sql)) { row throws(DriverError) in
        rows.append((0..<row.count).map { "\(row.value($0))" }.joined(separator: " "))
        return true
      }
      return rows
    }
    return State(
      schema: try rows("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"),
      rows: try [
        "SELECT count(*), sum(id), group_concat(name) FROM users",
        "SELECT count(*), sum(userId) FROM products", "SELECT count(*), sum(userId) FROM likes",
      ].flatMap(rows),
      isSound: try rows("PRAGMA integrity_check") == ["text(\"ok\")"]
        && rows("PRAGMA foreign_key_check").isEmpty)
  }

  private func copy(_ source: String, to path: String) throws {
    for ending in ["", "-journal", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
    try FileManager.default.copyItem(atPath: source, toPath: path)
  }

  private func start(_ database: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Project.relish)
    process.arguments = ["-X", "-q", database, Self.alteration]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// How long an undisturbed run takes, in seconds.
  private func duration(_ database: String, _ original: String) throws -> Double {
    try copy(original, to: database)
    let begin = Date()
    let process = try start(database)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Date().timeIntervalSince(begin)
  }
}
