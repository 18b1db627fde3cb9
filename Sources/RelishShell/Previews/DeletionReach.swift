import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// The rows that go when some rows go: the database's cascades followed over sets of keys in temporary
/// tables, which a read-only database has too and which lock nothing.
///
/// Rows go for a *root*: all rows of one statement have the same one; to ask about many deletions at
/// once, each has its own. A row goes once per root, however many ways lead to it.
package struct DeletionReach {
  /// A place in the tree of what goes: rows that went along one way of keys. Where a key comes again
  /// on its way its rows stay at its first place.
  package struct Node: Sendable {
    package let table: Int
    /// The key by which the rows went; nil for those of the statement.
    let key: Int?
    let parent: Int?
    package var rows: Int
    /// How many steps lead from rows of `parent` to the last of these rows.
    var levels: Int
  }

  /// Rows that point to rows that go, by a key that does not let them go along.
  struct Pointing {
    /// A node or a root.
    let group: Int
    let key: Int
    /// Rows that go by another way all the same.
    let going: Int
    let staying: Int
  }

  /// SQLite follows a thousand rows, one after another, and no more (SQLITE_MAX_TRIGGER_DEPTH).
  static let deepest = 1_000

  let driver: any Driver
  let references: References
  private(set) var nodes: [Node] = []
  private var made: Set<Int> = []
  private let keysTo: [[Int]]

  init(driver: any Driver, references: References) {
    self.driver = driver
    self.references = references
    keysTo = references.tables.indices.map { references.keys(to: $0) }
  }

  // MARK: Following

  /// Begins with the rows of `table` for which `filter`, over columns qualified by its name, holds;
  /// each by itself a root, or all of them root 1.
  mutating func begin(at table: Int, where filter: SQLText, eachAlone: Bool) throws(DriverError) {
    try make(table)
    let order = rowColumns(table)
    let root: SQLText = eachAlone ? "row_number() OVER (ORDER BY \(order))" : "1"
    var sql: SQLText =
      "INSERT INTO \(gone(table)) SELECT \(root), \(order), 0, 0 FROM main.\(name(table))"
    sql.append(where: filter)
    let rows = try driver.execute(sql).changes
    nodes = [Node(table: table, key: nil, parent: nil, rows: rows, levels: 0)]
  }

  /// Follows every key that cascades until no row is added; false when it has given up, as there were
  /// more than `most` rows.
  @discardableResult
  mutating func follow(atMost most: Int = .max) throws(DriverError) -> Bool {
    var frontier = [(node: 0, level: 0)]
    while !frontier.isEmpty {
      guard nodes.reduce(0, { $0 + $1.rows }) <= most else { return false }
      var next: [(node: Int, level: Int)] = []
      for (node, level) in frontier where level < Self.deepest {
        for key in keysTo[nodes[node].table] where references.keys[key].onDelete == .cascade {
          guard let child = try follow(key, from: node, level),
            !next.contains(where: { $0.node == child })
          else { continue }
          next.append((child, level + 1))
        }
      }
      frontier = next
    }
    return true
  }

  /// The rows one step further; answers the node that they are at, nil when there is none.
  private mutating func follow(
    _ key: Int, from node: Int, _ level: Int
  ) throws(DriverError) -> Int? {
    let holder = references.keys[key].holder
    try make(holder)
    let found = place(of: key, under: node)
    let child = found ?? nodes.count
    let sql: SQLText = """
      INSERT OR IGNORE INTO \(gone(holder)) SELECT g.root, \(rowColumns(holder, "c")), \(child), \
      \(level + 1) FROM \(joined(key)) WHERE g.level = \(level) AND g.node = \(node)
      """
    let rows = try driver.execute(sql).changes
    guard rows > 0 else { return nil }
    if found == nil {
      nodes.append(Node(table: holder, key: key, parent: node, rows: 0, levels: 0))
    }
    nodes[child].rows += rows
    nodes[child].levels += 1
    return child
  }

  private func place(of key: Int, under node: Int) -> Int? {
    var place: Int? = node
    while let here = place {
      if nodes[here].key == key { return here }
      place = nodes[here].parent
    }
    return nodes.firstIndex { $0.parent == node && $0.key == key }
  }

  // MARK: What does not go along

  /// Rows that point by `key` to rows that go, for each node or for each root.
  func pointing(by key: Int, forEach group: Group) throws(DriverError) -> [Pointing] {
    let holder = references.keys[key].holder
    guard made.contains(references.keys[key].target) else { return [] }
    var sql: SQLText = "SELECT g.\(group.column), "
    if made.contains(holder) {
      sql.append(
        """
        count(x.root), count(*) - count(x.root) FROM \(joined(key)) LEFT JOIN \(gone(holder)) x \
        ON x.root = g.root AND \(sameRow(holder, "c", as: "x"))
        """)
    } else {
      sql.append("0, count(*) FROM \(joined(key))")
    }
    sql.append(" GROUP BY 1 ORDER BY 1")
    var found: [Pointing] = []
    try driver.query(sql) { row throws(DriverError) in
      found.append(
        Pointing(
          group: Int(row.integer(0)), key: key, going: Int(row.integer(1)),
          staying: Int(row.integer(2))))
      return true
    }
    return found
  }

  /// The groups of which rows that point by `key` also point, by `other`, to no row.
  func dangling(
    by other: Int, pointingBy key: Int, forEach group: Group
  ) throws(DriverError) -> [Int] {
    let facts = references.keys[other]
    let isSet = facts.columns.map { "c.\(identifier($0)) IS NOT NULL" as SQLText }
      .joined(separator: " AND ")
    return try driver.integers(
      """
      SELECT DISTINCT g.\(group.column) FROM \(joined(key)) WHERE \(isSet) AND NOT EXISTS \
      (SELECT 1 FROM main.\(name(facts.target)) p WHERE \(points(other)))
      """)
  }

  enum Group {
    case node, root
    var column: SQLText { self == .node ? "node" : "root" }
  }

  /// The keys of the rows that point by `key` to rows that go, and stay themselves.
  func stayingRows(_ key: Int) -> SQLText {
    let holder = references.keys[key].holder
    var sql: SQLText = "SELECT \(rowColumns(holder, "c")) FROM \(joined(key))"
    if made.contains(holder) {
      sql.append(
        """
         WHERE NOT EXISTS (SELECT 1 FROM \(gone(holder)) x \
        WHERE x.root = g.root AND \(sameRow(holder, "c", as: "x")))
        """)
    }
    return sql
  }

  /// Whether rows of this table go.
  func goes(_ table: Int) -> Bool { made.contains(table) }

  /// Takes rows out of those that go, as it has turned out that they stay.
  mutating func keep(_ table: Int, where filter: SQLText) throws(DriverError) {
    _ = try driver.execute("DELETE FROM \(gone(table)) AS g WHERE \(filter)")
    let counted: SQLText = "SELECT node, count(*) FROM \(gone(table)) GROUP BY node"
    for place in nodes.indices where nodes[place].table == table { nodes[place].rows = 0 }
    var counts: [(Int, Int)] = []
    try driver.query(counted) { row throws(DriverError) in
      counts.append((Int(row.integer(0)), Int(row.integer(1))))
      return true
    }
    for (node, rows) in counts where nodes.indices.contains(node) { nodes[node].rows = rows }
  }

  // MARK: Words of SQL

  /// The table with the keys of the rows that go: `root`, `k0` …, `node`, `level`.
  func gone(_ table: Int) -> SQLText { "temp.relish_gone_\(table)" }

  private mutating func make(_ table: Int) throws(DriverError) {
    guard made.insert(table).inserted else { return }
    let keys = keyNames(table)
    _ = try driver.execute(
      """
      CREATE TABLE \(gone(table)) (root, \(keys), node, level, PRIMARY KEY (root, \(keys))) \
      WITHOUT ROWID
      """)
    _ = try driver.execute(
      "CREATE INDEX temp.relish_level_\(table) ON relish_gone_\(table) (level, node)")
  }

  /// `k0, k1`
  func keyNames(_ table: Int, _ alias: String? = nil) -> SQLText {
    let alias = alias.map { $0 + "." } ?? ""
    return references.tables[table].rowColumns.indices
      .map { SQLText(alias + "k\($0)") }.joined(separator: ", ")
  }

  func name(_ table: Int) -> SQLText { identifier(references.tables[table].name) }

  func identifier(_ name: String) -> SQLText { SQLText(driver.dialect.identifier(name)) }

  /// The columns that tell rows apart, qualified by the table's name or an alias.
  func rowColumns(_ table: Int, _ alias: SQLText? = nil) -> SQLText {
    references.tables[table].rowColumns
      .map { "\(alias ?? name(table)).\(identifier($0))" }.joined(separator: ", ")
  }

  /// That the row of the table called `row` is the one whose key stands in `key`.
  func sameRow(_ table: Int, _ row: SQLText, as key: SQLText) -> SQLText {
    references.tables[table].rowColumns.enumerated()
      .map { "\(row).\(identifier($1)) = \(key).\(SQLText("k\($0)"))" }
      .joined(separator: " AND ")
  }

  /// That the row `c` of the key's table points to the row `p` of its target. The target stands on
  /// the left: its collation is the one that counts (foreignkeys.html §3). Where a number is compared
  /// with a text, SQLite looks for broken keys in one way and acts on rows in another, which changes
  /// with what it compared before: whatever could be equal is so here.
  func points(_ key: Int) -> SQLText {
    let facts = references.keys[key]
    let isMixed = references.isMixed(key)
    return zip(facts.targetColumns, facts.columns).map { target, own in
      let (target, own) = (identifier(target), identifier(own))
      return isMixed
        ? """
        (p.\(target) = c.\(own) OR +p.\(target) = c.\(own) \
        OR CAST(p.\(target) AS TEXT) = c.\(own) OR CAST(p.\(target) AS NUMERIC) = c.\(own))
        """ : "p.\(target) = c.\(own)"
    }.joined(separator: " AND ")
  }

  /// Rows `g` that go, `p` as they are in the database, and `c` that point to them by the key.
  private func joined(_ key: Int) -> SQLText {
    let (holder, target) = (references.keys[key].holder, references.keys[key].target)
    return """
      \(gone(target)) g JOIN main.\(name(target)) p ON \(sameRow(target, "p", as: "g")) \
      JOIN main.\(name(holder)) c ON \(points(key))
      """
  }
}
