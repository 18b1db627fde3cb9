import CSQLite
import Glibc

/// Who holds a database's locks, from what Linux tells about files (proc_locks(5), proc_pid_fd(5)); the
/// best that can be found out, and often nothing where other users' programs are at work.
enum SQLiteLocks {
  /// `the database is locked by python3 (process 4711)`
  static func message(_ holders: String?) -> String {
    "the database is locked by \(holders ?? "another program")"
  }

  /// `python3 (process 4711)`: the other processes that hold a lock on the connection's file, else those
  /// that have it open; nil where none is found.
  static func words(of handle: OpaquePointer) -> String? {
    guard let name = sqlite3_db_filename(handle, "main") else { return nil }
    let path = String(cString: name)
    guard !path.isEmpty else { return nil }
    // In WAL mode the locks are on the index beside the file (walformat.html §2.3).
    let files = [path, path + "-shm"].compactMap(FileIdentity.init(path:))
    var processes = lockHolders(of: files)
    if processes.isEmpty { processes = openers(of: files) }
    guard !processes.isEmpty else { return nil }
    return processes.prefix(3).map { "\(program($0)) (process \($0))" }.joined(separator: ", ")
  }

  /// Lines as `1: POSIX  ADVISORY  WRITE 4711 08:01:131083 1073741826 1073742335`.
  private static func lockHolders(of files: [FileIdentity]) -> [pid_t] {
    let locks = read("/proc/locks")
    var processes: [pid_t] = []
    for line in locks.split(separator: "\n") where !line.contains("->") {
      let words = line.split(separator: " ")
      guard words.count >= 6, let process = pid_t(words[4]), process > 0, process != getpid(),
        let inode = words[5].split(separator: ":").last.flatMap({ UInt64($0) }),
        files.contains(where: { $0.inode == inode }), !processes.contains(process),
        // The number alone may be that of a file on another disk.
        hasOpen(process, files)
      else { continue }
      processes.append(process)
    }
    return processes
  }

  private static func openers(of files: [FileIdentity]) -> [pid_t] {
    entries(of: "/proc").compactMap { pid_t($0) }
      .filter { $0 != getpid() && hasOpen($0, files) }
  }

  private static func hasOpen(_ process: pid_t, _ files: [FileIdentity]) -> Bool {
    let folder = "/proc/\(process)/fd"
    return entries(of: folder).contains { name in
      FileIdentity(path: folder + "/" + name).map(files.contains) ?? false
    }
  }

  private static func program(_ process: pid_t) -> String {
    let name = read("/proc/\(process)/comm").split(separator: "\n").first
    return name.map(String.init) ?? "another program"
  }

  private static func entries(of folder: String) -> [String] {
    Folder.names(in: folder).filter { !$0.hasPrefix(".") }
  }

  private static func read(_ path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0, bytes.count < 1 << 22 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What two names of one file have in common.
struct FileIdentity: Equatable {
  let device: UInt64
  let inode: UInt64

  /// nil when there is no such file, or it cannot be looked at.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}
