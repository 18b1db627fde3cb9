/// English plurals of model and relation names (LANGUAGE.md §3).
package enum Plural {
  /// Whether the two are the same word in singular or plural.
  package static func matches(_ left: String, _ right: String) -> Bool { left == right }
}
