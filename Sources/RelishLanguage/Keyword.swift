/// The words of the grammar. They are compared without regard to case and without `_`
/// (LANGUAGE.md §2): `belongs_to`, `BelongsTo` and `belongsTo` are one.
package enum Keyword: String, Sendable, CaseIterable {
  // Verbs of a declaration
  case has, belongsTo, hasMany, hasOne, belongsToMany, indexed, unique, labeled, renames, drops
  // Options and modifiers
  case `as`, by, key, otherKey, to, required, optional, onDelete, onUpdate, unconstrained, through
  case `default`, check, column, note, model, table, plural, without, timestamps
  // What a database says besides
  case type, collate, generated, stored, virtual, autoincrement, rowid, strict, named, deferrable
  case unindexed, checks, view, trigger, schema
  // Referential rules
  case cascade, restrict, setNull, setDefault, noAction, action
  // Types
  case string, text, integer, bigint, decimal, float, double, boolean, date, time, datetime, uuid
  case json, blob, `enum`
  // Clauses and what stands in them
  case `where`, show, with, group, sort, top, limit, offset, page, size, asc, desc
  case their, its, all, tree, outer
  // Conditions and expressions
  case and, or, not, `is`, `in`, between, contains, starts, ends, ignoring, `case`
  case some, no, every, count, sum, avg, min, max, null, `true`, `false`
  // Commands
  case create, set, delete, add, remove, from, preview, `let`, `import`, export, rename, drop
  case sync, force, alter, fill, lose, plan, begin, commit, rollback, say, save, data, run, print,
    open, format
  case output, timing, on, off, help, quit, expect, exists, sql, error, changes, models, relations
  case explain, path, pull, undo, redo, diagram, confirm, backup, restore, history, `try`, end
  case keep, what, `if`
}

extension Keyword {
  package static let verbs: [Keyword] = [
    .has, .belongsTo, .hasMany, .hasOne, .belongsToMany, .indexed, .unique, .labeled, .renames,
    .drops,
  ]
  package static let rules: [Keyword] = [.cascade, .restrict, .setNull, .setDefault, .noAction]
  package static let types: [Keyword] = [
    .string, .text, .integer, .bigint, .decimal, .float, .double, .boolean, .date, .time, .datetime,
    .uuid, .json, .blob, .enum,
  ]
  /// The first words of commands that this version understands.
  package static let commands: [Keyword] = [
    .add, .backup, .begin, .check, .commit, .count, .create, .delete, .drop, .end, .exists, .expect,
    .explain, .export, .format, .help, .history, .import, .keep, .let, .model, .open, .output,
    .path, .plan, .print, .pull, .quit, .redo, .remove, .rename, .restore, .rollback, .run, .save,
    .say, .set, .show, .sql, .sync, .table, .timing, .trigger, .try, .undo, .view, .what,
  ]
  /// First words that come with later versions.
  package static let laterCommands: [Keyword] = [
    .diagram, .confirm,
  ]
  /// Words that begin a clause of a noun.
  package static let clauses: [Keyword] = [
    .where, .show, .with, .group, .sort, .top, .limit, .page,
  ]
  /// Words that begin an aggregate.
  package static let aggregates: [Keyword] = [.count, .sum, .avg, .min, .max]

  /// What is printed for the word: `set null` for the rule in two words.
  package var spelling: String {
    switch self {
    case .setNull: "set null"
    case .setDefault: "set default"
    case .noAction: "no action"
    default: rawValue
    }
  }

  /// The verb nearest to a word that a walk could not follow: `belongTo` → `belongsTo`.
  package static func nearestVerb(to word: String) -> String? {
    Suggestion.nearest(to: word, among: verbs.map(\.rawValue))
  }

  /// What words that other query languages have are called here.
  private static let sqlWords: [String: Keyword] = [
    "select": .show, "filter": .where, "having": .where, "order": .sort, "ascending": .asc,
    "descending": .desc, "join": .with, "include": .with, "first": .limit, "take": .limit,
    "skip": .offset,
  ]

  /// The nearest word of a walk (clauses, operators) to a word that was read as a relation:
  /// `contain` → `contains`, `dsec` → `desc`.
  package static func nearestWalkWord(to word: String) -> String? {
    let words: [Keyword] = [
      .where, .show, .with, .group, .sort, .top, .limit, .offset, .page, .size, .tree, .contains,
      .starts, .ends, .between, .ignoring, .and, .or, .is, .in, .asc, .desc, .their, .its,
    ]
    if let own = sqlWords[word.lowercased()] { return own.rawValue }
    return Suggestion.nearest(to: word, among: words.map(\.rawValue))
  }
}

extension Keyword {
  /// Up to sixteen letters, small and without `_`, packed into two integers: a key that needs no
  /// memory of its own.
  private struct Packed: Equatable {
    static let placeCount = 1 << 10
    var high: UInt64 = 0
    var low: UInt64 = 0
    var count = 0

    /// False when the byte cannot be part of a keyword.
    mutating func append(_ byte: UInt8) -> Bool {
      if byte == UInt8(ascii: "_") { return true }
      let small = byte | 0x20
      guard small >= UInt8(ascii: "a"), small <= UInt8(ascii: "z"), count < 16 else { return false }
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(small)
      count += 1
      return true
    }

    /// Where to begin looking in a table of `placeCount`.
    var place: Int {
      Int(truncatingIfNeeded: ((low ^ high &* 31) &* 0x9E37_79B9_7F4A_7C15) >> 54)
    }
  }

  /// Open addressing, a quarter full: most words are found, or found missing, at the first look.
  private static let byLetters: [(letters: Packed, keyword: Keyword)?] = {
    var table = [(letters: Packed, keyword: Keyword)?](repeating: nil, count: Packed.placeCount)
    for keyword in allCases {
      var letters = Packed()
      for byte in keyword.rawValue.utf8 { _ = letters.append(byte) }
      var place = letters.place
      while table[place] != nil { place = (place + 1) % table.count }
      table[place] = (letters, keyword)
    }
    return table
  }()

  /// The keyword that these bytes spell, or nil.
  package init?(_ bytes: some Sequence<UInt8>) {
    var packed = Packed()
    for byte in bytes {
      guard packed.append(byte) else { return nil }
    }
    let table = Self.byLetters
    var place = packed.place
    while let (letters, keyword) = table[place] {
      if letters == packed {
        self = keyword
        return
      }
      place = (place + 1) % table.count
    }
    return nil
  }
}
