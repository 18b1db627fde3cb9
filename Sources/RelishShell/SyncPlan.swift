package import RelishLanguage
package import RelishModel
package import RelishSQL

/// What a `sync` would do, worked out before anything runs.
package struct SyncPlan: Sendable {
  package let mode: SyncMode
  /// In the order in which they run.
  package let steps: [SchemaStep]
  /// The statement of each step.
  package let statements: [SQLText]
  /// Tables that go, by the database's spelling, with the rows that go with them.
  package let drops: [(table: String, rows: Int)]
  /// Tables that are there and are not what their model says; plain `sync` leaves them.
  package let differing: [(table: String, differences: [Difference])]
  /// Tables that are there and fit.
  package let unchanged: [String]
  /// Why it must not run, one sentence each; empty when it may.
  package let refusals: [String]
  /// Foreign keys of tables that stay to tables that go: no row may hold one.
  let pointers: [ForeignKeyPlace]
  /// The schema that the plan was made for.
  let schemaVersion: Int64

  /// Nothing would run, and every table fits its model.
  package var isEmpty: Bool { steps.isEmpty && differing.isEmpty }

  /// All rows that would be dropped.
  package var rowsDropped: Int { drops.reduce(0) { $0 &+ $1.rows } }

  /// What the statements alone do not tell: rows that would go, tables that differ, refusals.
  package var notes: [String] {
    let going = drops.filter { $0.rows > 0 }.map { table, rows in
      "would drop \(table) (\(SyncWords.rows(rows)))"
    }
    return going + SyncWords.differing(differing) + refusals
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
  package var differing: [(table: String, differences: [Difference])] = []
  package var unchanged: [String] = []

  package init() {}

  /// The answer, a line each: `dropped products (3 rows)`, `created users`.
  package var lines: [String] {
    let changes =
      dropped.map { "dropped \($0.table) (\(SyncWords.rows($0.rows)))" }
      + created.map { "created \($0)" }
    if changes.isEmpty && differing.isEmpty { return ["nothing to do: model and database agree"] }
    return changes + SyncWords.differing(differing)
  }
}

/// The words of plans and reports.
enum SyncWords {
  static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

  /// Each table with how it differs, then what can be done about it (LANGUAGE.md §5).
  static func differing(_ tables: [(table: String, differences: [Difference])]) -> [String] {
    guard let first = tables.first else { return [] }
    let lines = tables.flatMap { table, differences in
      ["\(table) differs from its model:"] + differences.map { "  \($0)" }
    }
    let object = tables.count == 1 ? first.table : "these tables"
    return lines + [
      "`sync force` drops and creates \(object) anew, without the rows; "
        + "`sync alter`, which keeps them, comes with a later version of relish"
    ]
  }
}
