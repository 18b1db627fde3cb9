import Glibc

/// Opens what the command line or `open` names (CLI.md): nothing or `:memory:`, a path, `sqlite:PATH`.
///
/// `sqlite:shop.db` and `sqlite://shop.db` are relative, `sqlite:///srv/shop.db` is absolute; nothing in
/// them is percent-decoded. Addresses of servers are refused: they come with a later version.
///
/// - Parameter makesFile: false: where a new file would be made, a database in memory stands for it.
/// - Parameter isSafe: whatever the database says of itself, it reaches no other file (CLI.md `--safe`).
package func openDatabase(
  _ text: String?, readOnly: Bool, makesFile: Bool = true, isSafe: Bool = false
) throws(DriverError) -> any Driver {
  let path = try sqlitePath(text ?? ":memory:")
  let isNew = !makesFile && !readOnly && canBeMade(path)
  return try SQLiteDriver(path: isNew ? ":memory:" : path, readOnly: readOnly, isSafe: isSafe)
}

/// Whether there is no such file, and a folder that takes one.
private func canBeMade(_ path: String) -> Bool {
  guard access(path, F_OK) != 0, errno == ENOENT else { return false }
  let end = path.lastIndex(of: "/")
  let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  return access(folder, W_OK) == 0
}

/// Opens the file `path` to copy from it, once all of it was found to be a database, and another one than
/// the file `own`.
///
/// - Parameter progress: is called a few times per second meanwhile.
package func openBackup(
  _ path: String, besides own: String?, progress: @escaping () -> Void
) throws(DriverError) -> any Driver {
  try SQLiteDriver.soundDatabase(at: path, besides: own, progress: progress)
}

/// The path in an address of an SQLite database, or why there is none.
func sqlitePath(_ text: String) throws(DriverError) -> String {
  let scheme = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  let rest = text.dropFirst(scheme.count)
  var path = text
  switch scheme.lowercased() {
  case "sqlite" where rest.hasPrefix("://"): path = String(rest.dropFirst(3))
  case "sqlite" where rest.hasPrefix(":"): path = String(rest.dropFirst())
  case "sqlite3" where rest.hasPrefix(":"), "file" where rest.hasPrefix(":"):
    throw DriverError(
      .connection, "`\(text)`: write the path alone, or `sqlite:` before it")
  case "postgres", "postgresql", "mysql", "mariadb":
    guard rest.hasPrefix(":") else { break }
    throw DriverError(.connection, "`\(scheme)` databases come with a later version of relish")
  default:
    guard !rest.hasPrefix("://") else {
      throw DriverError(
        .connection, "`\(scheme)` is no database that relish knows; `sqlite:` is one")
    }
  }
  guard !path.isEmpty else { throw DriverError(.connection, "the database has no name") }
  return path
}
