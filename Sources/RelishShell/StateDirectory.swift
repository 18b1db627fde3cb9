import Glibc

/// Where relish keeps what is to outlast a session and is no configuration: `$XDG_STATE_HOME/relish`,
/// with `~/.local/state` in place of an unset variable (XDG Base Directory Specification).
package enum StateDirectory {
  /// nil when neither the environment nor a home directory says where.
  package static func path(environment: (String) -> String?) -> String? {
    let state =
      environment("XDG_STATE_HOME") ?? environment("HOME").map { $0 + "/.local/state" }
    return state.map { $0 + "/relish" }
  }

  /// Makes the folders that `path` lies in, for the user alone; what fails shows when the file is made.
  static func makeFolders(of path: String) {
    for (offset, character) in zip(path.indices, path) where character == "/" {
      let folder = path[..<offset]
      if !folder.isEmpty { mkdir(String(folder), 0o700) }
    }
  }
}
