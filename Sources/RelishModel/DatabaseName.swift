// Names of tables, columns, indexes and collations are the same to SQLite when they differ in the case
// of `A` to `Z` alone; of other letters it knows no case (https://www.sqlite.org/c3ref/stricmp.html).

extension String {
  /// As SQLite folds names: `A` to `Z` only.
  package var asciiLowercased: String {
    var text = self
    return text.withUTF8 { bytes in
      guard bytes.contains(where: { $0 &- 0x41 < 26 }) else { return self }
      return String(unsafeUninitializedCapacity: bytes.count) { lowered in
        for index in bytes.indices {
          lowered[index] = bytes[index] &- 0x41 < 26 ? bytes[index] | 0x20 : bytes[index]
        }
        return bytes.count
      }
    }
  }

  /// Whether both name one thing of a database: `Users` and `users`, but not `Ärzte` and `ärzte`.
  package func isSameName(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    if self == other { return true }
    var (left, right) = (self, other)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        left.indices.allSatisfy { index in
          left[index] == right[index]
            || (left[index] ^ right[index] == 0x20 && (left[index] | 0x20) &- 0x61 < 26)
        }
      }
    }
  }
}

extension [String] {
  /// Each as SQLite folds names.
  package var asciiLowercased: [String] { map(\.asciiLowercased) }

  /// Whether both are the same names in the same order.
  package func areSameNames(as others: [String]) -> Bool {
    count == others.count && zip(self, others).allSatisfy { $0.isSameName(as: $1) }
  }

  /// Whether both are the same names in whatever order, however often each comes.
  package func haveSameNames(as others: [String]) -> Bool {
    let contains = { (names: [String], name: String) in names.contains { $0.isSameName(as: name) } }
    return allSatisfy { contains(others, $0) } && others.allSatisfy { contains(self, $0) }
  }

  /// Whether both have the same elements in whatever order, however often each comes.
  package func hasSameElements(as others: [String]) -> Bool {
    allSatisfy(others.contains) && others.allSatisfy(contains)
  }
}
