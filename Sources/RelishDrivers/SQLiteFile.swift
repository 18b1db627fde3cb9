import CSQLite
import Glibc

/// What a file that SQLite does not take looks like from outside, so that the error can say it.
enum SQLiteFile {
  /// Why there can be no database at `path`; nil when there may be.
  static func objection(to path: String) -> String? {
    var status = stat()
    guard path != ":memory:", stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFBLK: return nil
    case S_IFDIR: return "is a folder"
    default: return "is no file that can hold a database"
    }
  }

  /// The words for SQLITE_NOTADB: which file, and whether only this SQLite is too old for it
  /// (https://www.sqlite.org/fileformat2.html §1.3.3: a higher read version must not be read).
  static func notADatabase(_ handle: OpaquePointer?) -> String {
    guard let path = path(of: handle) else { return "this is no SQLite database" }
    let header = header(of: path)
    guard header.count >= 20, header.starts(with: Array("SQLite format 3\0".utf8)) else {
      return "`\(path)` is no SQLite database, or it is encrypted"
    }
    guard header[19] > 2 else { return "`\(path)` is damaged: its header makes no sense" }
    return "`\(path)` has format \(header[19]), which is newer than what SQLite \(version) knows"
  }

  /// The words for a schema format above 4.
  static func newerFormat(_ handle: OpaquePointer?) -> String {
    "`\(path(of: handle) ?? "the database")` has a format that SQLite \(version) does not know"
  }

  private static var version: String { String(cString: sqlite3_libversion()) }

  private static func path(of handle: OpaquePointer?) -> String? {
    guard let handle, let name = sqlite3_db_filename(handle, "main") else { return nil }
    let path = String(cString: name)
    return path.isEmpty ? nil : path
  }

  /// Opening and closing it drops locks that this process has on the file: only for one that SQLite has
  /// given up.
  private static func header(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }
}
