import CSQLite
import Glibc

/// What no statement may do, wherever its text comes from: a hostile file brings views, triggers, checks,
/// defaults and generated columns of its own (https://www.sqlite.org/security.html).
enum SQLiteGuard {
  /// On every connection. Foreign keys enforced; functions that do more than compute refused in schema text;
  /// the file's own tables about itself not writable; `"x"` never a text
  /// (https://www.sqlite.org/c3ref/c_dbconfig_defensive.html).
  private static let flags: [(option: Int32, on: Int32)] = [
    (SQLITE_DBCONFIG_ENABLE_FKEY, 1),
    (SQLITE_DBCONFIG_DEFENSIVE, 1),
    (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
    (SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0),
    (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
    (SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0),
    (SQLITE_DBCONFIG_DQS_DML, 0),
    (SQLITE_DBCONFIG_DQS_DDL, 0),
  ]

  /// Sets the flags; false when this build of SQLite cannot enforce foreign keys.
  static func setFlags(of handle: OpaquePointer) -> Bool {
    for (option, on) in flags { _ = relish_sqlite_set_flag(handle, option, on) }
    return relish_sqlite_flag(handle, SQLITE_DBCONFIG_ENABLE_FKEY) == 1
  }

  /// For `--safe` (CLI.md): no other database, and nothing that could reach a file, whatever text would ask
  /// for it.
  static func lockDown(_ handle: OpaquePointer) {
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    // Damaged pages are found when they are read (security.html); it makes walks by key a tenth slower.
    sqlite3_exec(handle, "PRAGMA cell_size_check = ON", nil, nil, nil)
    sqlite3_set_authorizer(
      handle,
      { _, action, first, second, _, _ in
        switch action {
        case SQLITE_ATTACH, SQLITE_DETACH, SQLITE_CREATE_VTABLE: SQLITE_DENY
        case SQLITE_FUNCTION: SQLiteGuard.isForbidden(second) ? SQLITE_DENY : SQLITE_OK
        case SQLITE_PRAGMA: SQLiteGuard.isForbidden(first) ? SQLITE_DENY : SQLITE_OK
        default: SQLITE_OK
        }
      }, nil)
  }

  /// Functions and pragmas that touch files or memory; most exist only in other builds or shells.
  private static func isForbidden(_ name: UnsafePointer<CChar>?) -> Bool {
    guard let name else { return false }
    return forbidden.contains { strcasecmp(name, $0) == 0 }
  }

  private static let forbidden = [
    "load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "lsmode",
    "temp_store_directory", "data_store_directory", "writable_schema", "trusted_schema",
  ]
}
