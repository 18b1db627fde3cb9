import Glibc
import RelishDrivers
import RelishLanguage

/// A copy of the database in the state directory, taken before rows go that nothing else would bring back
/// (CLI.md "Consent", LANGUAGE.md §1: nothing is lost in silence).
struct SafetyBackup {
  /// The copy.
  let path: String
  /// What is typed to have it back.
  let command: String
  /// Older copies that went for it.
  let removed: Int

  /// As many copies are kept of one database.
  static let limit = 20

  /// Takes one of the session's database; nil where it is in memory or `set backup off` was said.
  ///
  /// In an open transaction it is the database as it was before that. A copy that cannot be taken is an
  /// error: what was to follow must not happen.
  static func take(_ session: Session, at range: SourceRange) throws(Failure) -> SafetyBackup? {
    guard session.settings.takesBackups, let database = session.driver.path else { return nil }
    let hint = "`set backup off` goes on without a backup"
    guard let state = StateDirectory.path(environment: Runner.environment) else {
      throw Failure(
        .file, "no backup can be taken: neither XDG_STATE_HOME nor HOME says where", at: range,
        hint: hint)
    }
    let folder = state + "/backups/"
    let name = prefix(of: database, called: session.driver.displayName)
    StateDirectory.makeFolders(of: folder)
    let path = reserve(name + stamp(session.clock.datetime()), in: folder)
    do {
      try session.copyDatabase(to: path, mode: 0o600)
    } catch {
      unlink(path)
      var failure = Failure(error, at: range)
      guard failure.diagnostic.code != .interrupted else { throw failure }
      failure.diagnostic.message = "no backup can be taken: \(failure.diagnostic.message)"
      failure.diagnostic.hint = hint
      throw failure
    }
    return SafetyBackup(
      path: path, command: command(restoring: path, into: database),
      removed: removeOld(in: folder, prefix: name))
  }

  /// `a backup was taken first; to have it back: relish shop.db 'restore "…"'`
  func tell(_ session: Session) {
    session.tell("a backup was taken first; this brings it back:")
    session.tell("  \(command)")
    guard removed > 0 else { return }
    session.tell(
      "removed \(Wording.lowerCount(removed, "older backup")): the last \(Self.limit) are kept")
  }

  // MARK: Names

  /// `shop-3f2a91c4-`: two databases of one name in different folders are told apart by their paths.
  private static func prefix(of database: String, called name: String) -> String {
    // FNV-1a (draft-eastlake-fnv): any hash that stays the same will do.
    var hash: UInt32 = 2_166_136_261
    for byte in database.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    return "\(name)-\(String(repeating: "0", count: 8 - digits.count))\(digits)-"
  }

  /// `20261124-170512` of `2026-11-24 17:05:12.125`
  private static func stamp(_ datetime: String) -> String {
    String(datetime.prefix(19).filter { $0 != "-" && $0 != ":" }.map { $0 == " " ? "-" : $0 })
  }

  /// Makes an empty file of a name that sorts after those of the same second; answers its path. A backup
  /// made by another program at the same time has a name of its own.
  private static func reserve(_ name: String, in folder: String) -> String {
    var number = files(in: folder, prefix: name).map(number(of:)).max().map { $0 + 1 } ?? 1
    while true {
      let path = folder + name + (number > 1 ? "-\(number)" : "") + ".db"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 { close(descriptor) }
      // Any other error shows when the copy is made.
      if descriptor >= 0 || errno != EEXIST { return path }
      number += 1
    }
  }

  private static func command(restoring path: String, into database: String) -> String {
    let statement = "restore " + SyntaxWriter.literal(.text(path))
    return "relish \(shellWord(database)) \(shellWord(statement))"
  }

  /// The word as a shell reads it: bare, or in single quotes (POSIX.1-2024 XCU §2.2.2).
  private static func shellWord(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/._-+:@%,".utf8.contains(byte)
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }

  /// Removes all but the newest copies; answers how many went.
  private static func removeOld(in folder: String, prefix: String) -> Int {
    let sorted = files(in: folder, prefix: prefix).sorted { left, right in
      let (first, second) = (stamp(of: left, prefix), stamp(of: right, prefix))
      return first == second ? number(of: left) < number(of: right) : first < second
    }
    return sorted.dropLast(limit).reduce(0) { $0 + (unlink(folder + $1) == 0 ? 1 : 0) }
  }

  private static func stamp(of name: String, _ prefix: String) -> Substring {
    name.dropFirst(prefix.count).prefix("20261124-170512".count)
  }

  /// 2 of `shop-3f2a91c4-20261124-170512-2.db`, 1 without a number.
  private static func number(of name: String) -> Int {
    let last = name.dropLast(".db".count).split(separator: "-").last ?? ""
    return last.count < 6 ? Int(last) ?? 1 : 1
  }

  private static func files(in folder: String, prefix: String) -> [String] {
    Folder.names(in: folder).filter { $0.hasPrefix(prefix) && $0.hasSuffix(".db") }
  }
}

extension Session {
  /// Copies the database at hand to `path`, with a bar while it lasts.
  func copyDatabase(to path: String, mode: UInt32) throws(DriverError) {
    let bar = Progress("backing up", .bytes, in: self)
    // It may begin with a wait for a lock.
    driver.progress = { _ in bar.wait() }
    defer {
      driver.progress = nil
      bar.finish()
    }
    let pageSize = try driver.pageSize()
    try driver.backUp(to: path, mode: mode) { done, total in
      bar.update(done: done, of: total, count: done * pageSize)
    }
  }
}
