import Glibc
import RelishDrivers
import RelishLanguage

/// Files for completion inside a statement, where they are texts in quotes.
enum FileCandidates {
  /// Entries of the folder that `prefix` names up to its last slash; folders end in a slash.
  ///
  /// `quote`: the quote that is open before the prefix, else the candidates bring their own.
  static func all(prefix: String, quote: Character?) -> [Completion.Candidate] {
    guard quote != "`" else { return [] }
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let start = prefix.dropFirst(folder.count)
    let sign = quote.map(String.init) ?? "\""
    return entries(of: folder.isEmpty ? "." : folder).compactMap { name, isFolder in
      guard name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else { return nil }
      let path = escaped(folder + name, sign) + (isFolder ? "/" : "")
      let text = quote == nil ? sign + path : path
      return Completion.Candidate(
        isFolder ? text : text + sign, ending: isFolder ? "" : " ")
    }
  }

  /// For a path that leads to no file: the nearest name beside it, or what the folder has.
  static func hint(for path: String) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let place = folder.isEmpty ? "." : folder
    guard access(path, F_OK) != 0 else { return nil }
    guard access(place, F_OK) == 0 else { return "there is no folder `\(folder)`" }
    let names = entries(of: place).filter { !$0.isFolder && !$0.name.hasPrefix(".") }
    return Suggestion.hint(
      for: path, among: names.map { folder + $0.name }.sorted(), listing: "there are")
  }

  private static func escaped(_ path: String, _ quote: String) -> String {
    path.replacing("\\", with: "\\\\").replacing(quote, with: "\\" + quote)
  }

  private static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
    Folder.names(in: folder).map { name in
      var status = stat()
      let isFolder = stat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return (name, isFolder)
    }
  }
}
