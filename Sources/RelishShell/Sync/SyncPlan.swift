package import RelishDrivers
package import RelishLanguage
package import RelishModel
package import RelishSQL

/// What a `sync` would do, worked out before anything runs.
package struct SyncPlan: Sendable {
  package let mode: SyncMode
  /// In the order in which they run.
  package internal(set) var steps: [PlannedStep]
  /// Tables that go, by the database's spelling, with the rows that go with them.
  package let drops: [(table: String, rows: Int)]
  /// Tables that are there and are not what their model says; plain `sync` leaves them.
  package var differing: [(table: String, differences: [Difference])] = []
  /// Tables that are there and fit.
  package var unchanged: [String] = []
  /// Why it must not run; empty when it may.
  package var refusals: [SyncRefusal] = []
  /// Foreign keys of tables that stay to tables that go: no row may hold one.
  var pointers: [ForeignKeyPlace] = []
  /// The schema that the plan was made for.
  let schemaVersion: Int64
  /// What `sync alter` does to tables that are there.
  package var alterations: [TableAlteration] = []
  /// Columns that go, with how many values that are not null; only of `sync alter`.
  package var losses: [(table: String, column: String, values: Int)] = []
  /// Rows of the tables that are altered, by their names in small letters, when `dataVersion` was.
  var rows: [String: Int] = [:]
  var dataVersion: DataVersion?
  /// Rows of the tables that are made anew.
  package var rowsCopied: Int {
    alterations.filter(\.isRebuild).reduce(0) { $0 + (rows[$1.live.name.asciiLowercased] ?? 0) }
  }
  /// Things worth knowing that hinder nothing.
  package var remarks: [String] = []

  package init(
    _ mode: SyncMode, _ steps: [PlannedStep], drops: [(table: String, rows: Int)] = [],
    schemaVersion: Int64
  ) {
    self.mode = mode
    self.steps = steps
    self.drops = drops
    self.schemaVersion = schemaVersion
  }

  /// The statements in the order in which they run.
  package var statements: [SQLText] { steps.flatMap(\.statements) }

  /// Nothing would run, and every table fits its model.
  package var isEmpty: Bool { steps.isEmpty && differing.isEmpty }

  /// Every table that is made or dropped.
  var tables: [String] {
    steps.compactMap { planned in
      switch planned.step {
      case .createTable(let table): table.name
      case .dropTable(let name): name
      default: nil
      }
    }
  }

  /// All rows that would be dropped.
  package var rowsDropped: Int { drops.reduce(0) { $0 &+ $1.rows } }

  /// What the statements alone do not tell: rows that would go, tables that differ, refusals.
  package var notes: [String] {
    let going = drops.filter { $0.rows > 0 }.map { table, rows in
      "would drop \(table) (\(SyncWords.rows(rows)))"
    }
    let values = losses.map { table, column, values in
      "would drop column \(column) of \(table) (\(SyncWords.values(values)))"
    }
    return going + values + SyncWords.differing(differing) + remarks
      + refusals.flatMap {
        [$0.message] + $0.rows.map { "  " + $0 } + ($0.hint.map { ["  hint: " + $0] } ?? [])
      }
  }
}

/// A step with its statements in the database's words.
package struct PlannedStep: Sendable {
  package let step: SchemaStep
  package let statements: [SQLText]
}

/// Why a sync must not run.
package struct SyncRefusal: Sendable, Hashable {
  /// One sentence without full stop.
  package var message: String
  /// Rows that stand in the way, a line each.
  package var rows: [String] = []
  /// What would mend it.
  package var hint: String?
  /// The rename that would mend it as well, of a column of `table`.
  package var rename: FormerColumn?
  package var table: String?
  /// Outside a transaction it would not hinder.
  package var isByTransaction = false

  package init(_ message: String, rows: [String] = [], hint: String? = nil) {
    self.message = message
    self.rows = rows
    self.hint = hint
  }
}

/// A foreign key with the table that holds it.
struct ForeignKeyPlace: Sendable {
  let table: String
  let key: ForeignKey
}

/// What a `sync` did.
package struct SyncReport: Sendable {
  package var created: [String] = []
  /// With the rows that went.
  package var dropped: [(table: String, rows: Int)] = []
  package var droppedViews: [String] = []
  package var differing: [(table: String, differences: [Difference])] = []
  package var unchanged: [String] = []
  /// Tables and columns that have another name now, in words.
  package var renamed: [String] = []
  /// What `sync alter` did to each table, in words.
  package var altered: [(table: String, outcomes: [String])] = []
  /// What shows that nothing was lost; of `sync alter` that had something to do.
  package var proof: SyncProof?

  /// The tables before, with their rows, and after: what it takes to undo it.
  package var states: (before: SchemaState, after: SchemaState)?

  /// What was done, in short.
  var title: String {
    let dropped =
      dropped.map { "dropped \($0.table) (\(SyncWords.rows($0.rows)))" }
      + droppedViews.map { "dropped view \($0)" }
    let parts =
      dropped + renamed + altered.map { "altered \($0.table)" } + created.map { "created \($0)" }
    let rest = parts.count - 8
    return parts.prefix(8).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  package init() {}

  /// The answer, a line each: `dropped products (3 rows)`, `created users`.
  package var lines: [String] {
    let changes =
      dropped.map { "dropped \($0.table) (\(SyncWords.rows($0.rows)))" }
      + droppedViews.map { "dropped view \($0)" }
      + renamed + altered.map { "altered \($0.table): \($0.outcomes.joined(separator: "; "))" }
      + created.map { "created \($0)" } + (proof?.lines ?? [])
    if changes.isEmpty && differing.isEmpty { return ["nothing to do: model and database agree"] }
    return changes + SyncWords.differing(differing)
  }
}

/// The words of plans and reports.
enum SyncWords {
  static func rows(_ count: Int) -> String {
    count == 1 ? "1 row" : "\(Wording.grouped(count)) rows"
  }

  static func values(_ count: Int) -> String {
    count == 1 ? "1 value" : "\(Wording.grouped(count)) values"
  }

  /// Each table with how it differs, then what can be done about it (LANGUAGE.md §5).
  static func differing(_ tables: [(table: String, differences: [Difference])]) -> [String] {
    guard let first = tables.first else { return [] }
    let lines = tables.flatMap { table, differences in
      ["\(table) differs from its model:"] + differences.map { "  \($0)" }
    }
    let isOfTexts = tables.allSatisfy { $0.differences == [.otherText] }
    let object = tables.count == 1 ? first.table : isOfTexts ? "them" : "these tables"
    if isOfTexts { return lines + ["`sync alter` makes \(object) anew"] }
    return lines + [
      "`sync alter` changes \(object) and keeps the rows; "
        + "`sync force` drops and creates \(object) anew, without them"
    ]
  }
}
