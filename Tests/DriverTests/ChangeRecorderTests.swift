import RelishDrivers
import RelishModel
import RelishSQL
import Testing

/// What the database did, against chains of foreign keys of every rule.
@Suite struct ChangeRecorderTests {
  /// users ← products ← reviews ← votes cascade; products.editor set null; notes set default.
  private func shop() throws -> SQLiteDriver {
    try memoryDatabase(
      "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
      """
      CREATE TABLE products(id INTEGER PRIMARY KEY, title TEXT,
        userId INTEGER REFERENCES users(id) ON DELETE CASCADE ON UPDATE CASCADE,
        editorId INTEGER REFERENCES Users(id) ON DELETE SET NULL ON UPDATE CASCADE)
      """,
      """
      CREATE TABLE reviews(id INTEGER PRIMARY KEY,
        productId INTEGER REFERENCES products(id) ON DELETE CASCADE ON UPDATE CASCADE,
        userId INTEGER DEFAULT 1 REFERENCES users(id) ON DELETE SET DEFAULT ON UPDATE SET NULL)
      """,
      "CREATE TABLE votes(reviewId INTEGER REFERENCES reviews(id) ON DELETE CASCADE)",
      "INSERT INTO users VALUES (1, 'Root'), (2, 'Max'), (3, 'Ann')",
      "INSERT INTO products VALUES (1, 'Tee', 2, 3), (2, 'Cap', 2, 2), (3, 'Pen', 3, 2)",
      "INSERT INTO reviews VALUES (1, 1, 3), (2, 1, 2), (3, 3, 2), (4, 3, 1)",
      "INSERT INTO votes VALUES (1), (1), (2), (3)")
  }

  private func effect(_ table: String, _ columns: String...) -> ChangeSummary.ColumnEffect {
    ChangeSummary.ColumnEffect(table: table, columns: columns)
  }

  @Test func cascadesToAnyDepth() throws {
    let driver = try shop()
    let summary = try driver.recordingChanges { try driver.run("DELETE FROM users WHERE id = 2") }
    #expect(summary.deleted == ["users": 1])
    #expect(summary.cascadeDeleted == ["products": 2, "reviews": 2, "votes": 3])
    #expect(summary.becameNull == [effect("products", "editorId"): 1])
    #expect(summary.becameDefault == [effect("reviews", "userId"): 1])
    #expect(summary.followed.isEmpty && summary.updated.isEmpty && summary.inserted.isEmpty)
  }

  @Test func keysFollow() throws {
    let driver = try shop()
    let summary = try driver.recordingChanges {
      try driver.run("UPDATE users SET id = 20 WHERE id = 2")
    }
    #expect(summary.updated == ["users": 1])
    #expect(
      summary.followed == [effect("products", "userId"): 2, effect("products", "editorId"): 2])
    #expect(summary.becameNull == [effect("reviews", "userId"): 2])
    #expect(summary.cascadeDeleted.isEmpty && summary.deleted.isEmpty)
  }

  @Test func insertsAndUpdatesOfTheStatementItself() throws {
    let driver = try shop()
    let summary = try driver.recordingChanges {
      try driver.run("INSERT INTO users VALUES (4, 'a'), (5, 'b')")
      try driver.run("UPDATE products SET title = 'x' WHERE id < 3")
      try driver.run("UPDATE products SET title = 'x' WHERE id > 100")
    }
    #expect(summary.inserted == ["users": 2])
    #expect(summary.updated == ["products": 2])
  }

  @Test func aDefaultThatIsMissingIsNull() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE p(id INTEGER PRIMARY KEY)",
      "CREATE TABLE c(p REFERENCES p(id) ON DELETE SET DEFAULT)",
      "INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (1), (1)")
    let summary = try driver.recordingChanges { try driver.run("DELETE FROM p") }
    #expect(summary.becameNull == [effect("c", "p"): 2])
    #expect(summary.becameDefault.isEmpty)
  }

  @Test func compositeKeys() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE p(a, b, PRIMARY KEY (a, b))",
      """
      CREATE TABLE c(a, b, other,
        FOREIGN KEY (a, b) REFERENCES p(a, b) ON DELETE SET NULL ON UPDATE CASCADE)
      """,
      "INSERT INTO p VALUES (1, 1), (1, 2)", "INSERT INTO c VALUES (1, 1, 0), (1, 2, 0)")
    let update = try driver.recordingChanges { try driver.run("UPDATE p SET b = 3 WHERE b = 2") }
    #expect(update.followed == [effect("c", "a", "b"): 1])
    let delete = try driver.recordingChanges { try driver.run("DELETE FROM p WHERE b = 1") }
    #expect(delete.becameNull == [effect("c", "a", "b"): 1])
  }

  @Test func aTableThatPointsToItself() throws {
    let driver = try memoryDatabase(
      """
      CREATE TABLE categories(id INTEGER PRIMARY KEY,
        parentId REFERENCES categories(id) ON DELETE CASCADE ON UPDATE CASCADE)
      """,
      "INSERT INTO categories VALUES (1, NULL), (2, 1), (3, 2), (4, 3), (5, NULL), (6, 5)")
    let summary = try driver.recordingChanges {
      try driver.run("DELETE FROM categories WHERE id = 1")
    }
    #expect(summary.deleted == ["categories": 1])
    #expect(summary.cascadeDeleted == ["categories": 3])
    let all = try driver.recordingChanges { try driver.run("DELETE FROM categories") }
    #expect(
      all.deleted["categories", default: 0] + all.cascadeDeleted["categories", default: 0] == 2)
  }

  @Test func deletingAllRowsCountsEachEvenInAStatementCompiledBefore() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a)")
    let prepared = try driver.prepare("DELETE FROM t")
    for _ in 0..<3 {
      try driver.run("INSERT INTO t VALUES (1), (2), (3)")
      try driver.run("DELETE FROM t")
      try driver.run("INSERT INTO t VALUES (1), (2), (3)")
      let summary = try driver.recordingChanges { try driver.run("DELETE FROM t") }
      #expect(summary.deleted == ["t": 3])
      try driver.run("INSERT INTO t VALUES (1), (2)")
      let second = try driver.recordingChanges { _ = try prepared.run() }
      #expect(second.deleted == ["t": 2])
      try driver.run("INSERT INTO t VALUES (1), (2)")
      #expect(try prepared.run().changes == 2)
    }
  }

  @Test func aRecordingInsideARecording() throws {
    let driver = try memoryDatabase("CREATE TABLE t(a)")
    var inner = ChangeSummary()
    let outer = try driver.recordingChanges {
      try driver.run("INSERT INTO t VALUES (1)")
      inner = try driver.recordingChanges { try driver.run("INSERT INTO t VALUES (2), (3)") }
      try driver.run("INSERT INTO t VALUES (4)")
    }
    #expect(inner.inserted == ["t": 2])
    #expect(outer.inserted == ["t": 4])
    struct Stop: Error {}
    #expect(throws: Stop.self) { try driver.recordingChanges { throw Stop() } }
    try driver.run("INSERT INTO t VALUES (5)")
    #expect(driver.recordingChanges {}.inserted.isEmpty)
  }

  @Test(arguments: ["", " WITHOUT ROWID"])
  func aRowThatIsDeletedAfterAllIsOnlyCountedAsDeleted(kind: String) throws {
    let driver = try memoryDatabase(
      """
      CREATE TABLE t(id INTEGER NOT NULL PRIMARY KEY, parent REFERENCES t(id) ON DELETE SET NULL,
        other REFERENCES t(id) ON DELETE SET NULL)\(kind)
      """,
      "INSERT INTO t VALUES (0, NULL, NULL), (1, 0, NULL), (2, 1, 0), (3, 2, 1), (4, NULL, 3)")
    let summary = try driver.recordingChanges { try driver.run("DELETE FROM t WHERE id < 3") }
    #expect(summary.deleted == ["t": 3])
    #expect(summary.becameNull == [effect("t", "parent"): 1, effect("t", "other"): 1])
    #expect(
      try driver.rows("SELECT * FROM t") == [
        [.integer(3), .null, .null], [.integer(4), .null, .integer(3)],
      ])
  }

  @Test func tablesWithoutRowidAndStrangeNames() throws {
    let driver = try memoryDatabase(
      "CREATE TABLE \"a 'b\"(k TEXT PRIMARY KEY) WITHOUT ROWID",
      "CREATE TABLE \"ü\"(k TEXT REFERENCES \"a 'b\"(k) ON DELETE SET NULL, PRIMARY KEY (k))",
      "INSERT INTO \"a 'b\" VALUES ('x'), ('y')", "INSERT INTO \"ü\" VALUES ('x'), ('y')")
    let summary = try driver.recordingChanges { try driver.run("DELETE FROM \"a 'b\"") }
    #expect(summary.deleted == ["a 'b": 2])
    #expect(summary.becameNull == [effect("ü", "k"): 2])
  }
}
