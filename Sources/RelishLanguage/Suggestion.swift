/// The nearest known name to a wrong one.
package enum Suggestion {
  /// The name with the fewest edits (Damerau–Levenshtein, letter case free), or nil when none is
  /// near: at most one edit in three letters.
  package static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().utf8.prefix(64))
    let allowed = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in names where candidate != name {
      let bytes = Array(candidate.lowercased().utf8.prefix(64))
      guard abs(bytes.count - wanted.count) <= allowed else { continue }
      let distance = distance(wanted, bytes)
      if distance <= allowed, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.name
  }

  /// "did you mean `x`?", else what there is, capped: "`User` has: name, email, …".
  package static func hint(
    for name: String, among names: [String], listing: String? = nil
  ) -> String? {
    if let near = nearest(to: name, among: names) { return "did you mean `\(near)`?" }
    guard let listing, !names.isEmpty else { return nil }
    let shown = names.prefix(12).joined(separator: ", ")
    return "\(listing): \(shown)\(names.count > 12 ? ", …" : "")"
  }

  /// Edits, insertions, removals and swaps of neighbours (optimal string alignment).
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(
          previous[column] + (byte == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
