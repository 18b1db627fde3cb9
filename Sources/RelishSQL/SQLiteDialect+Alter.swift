package import RelishLanguage
package import RelishModel

// Changing tables that hold rows (https://www.sqlite.org/lang_altertable.html).
extension SQLiteDialect {
  /// What ALTER TABLE can do without touching a row; adding a column is one of it, changing one is not.
  package func plainSteps(
    for change: TableChange, live: Table, wanted: Table
  ) -> [SchemaStep]? {
    switch change {
    case .addColumn(let column):
      canAdd(column, to: wanted) ? [.addColumn(column, table: wanted)] : nil
    case .dropColumn(let column):
      canDrop(column, of: live, wanted: wanted) ? [.dropColumn(column.name, table: live.name)] : nil
    case .addIndex(let index): [.createIndex(index, table: live.name)]
    case .dropIndex(let index): [.dropIndex(index.name)]
    case .dropUnique(let columns):
      live.indexes
        .first { $0.isUnique && $0.definition == nil && $0.columns.haveSameNames(as: columns) }
        .map { [.dropIndex($0.name)] }
    case .addUnique(let columns):
      wanted.indexes
        .first { $0.isUnique && $0.definition == nil && $0.columns.haveSameNames(as: columns) }
        .map { [.createIndex($0, table: live.name)] }
    // Stands at a new column, which brings it along.
    case .addForeignKey(let key):
      key.columns.count == 1
        && wanted.column(named: key.columns[0]).map { canAdd($0, to: wanted) } == true
        && live.column(named: key.columns[0]) == nil ? [] : nil
    case .changeColumn, .changeKey, .dropForeignKey, .changeForeignKey, .addCheck, .option: nil
    }
  }

  /// "ALTER TABLE ADD COLUMN": no key, no unique, a constant default, and one that is not null where
  /// the column must not be.
  private func canAdd(_ column: Column, to table: Table) -> Bool {
    let keys = [table.primaryKey] + table.uniques.map(\.columns)
    guard !keys.contains(where: { Self.mentions(column.name, in: $0) }) else { return false }
    guard column.generated?.isStored != true else { return false }
    let isKey = table.foreignKeys.contains { Self.mentions(column.name, in: $0.columns) }
    let isAlone = table.foreignKeys.allSatisfy {
      $0.columns.count == 1 || !Self.mentions(column.name, in: $0.columns)
    }
    switch column.defaultValue {
    case nil, .literal(.null): return !column.isNotNull && isAlone
    // With a default a key would point to a row, which SQLite refuses here.
    case .literal: return !isKey
    case .now, .today, .expression: return false
    }
  }

  /// "ALTER TABLE DROP COLUMN": nothing else of the table may speak of the column.
  private func canDrop(_ column: Column, of live: Table, wanted: Table) -> Bool {
    let name = column.name
    let lists =
      [live.primaryKey] + live.uniques.map(\.columns) + live.foreignKeys.map(\.columns)
      // What goes as well has gone before.
      + live.indexes.filter { index in
        wanted.indexes.contains { $0.columns.haveSameNames(as: index.columns) }
      }.map(\.columns)
    let texts =
      live.checks.map(\.text) + live.indexes.compactMap(\.definition)
      + live.columns.compactMap { $0.generated?.expression }
      + live.columns.compactMap { $0.name == name ? nil : $0.check?.source }
    return !lists.contains { Self.mentions(name, in: $0) }
      && !texts.contains { Self.mentions(name, in: $0) }
  }

  private static func mentions(_ name: String, in names: [String]) -> Bool {
    names.contains { $0.isSameName(as: name) }
  }

  /// Whether the text may speak of the name; a word of the same spelling counts too.
  package static func mentions(_ name: String, in text: String) -> Bool {
    SQLTokenizer.tokens(of: text).contains {
      $0.isName && $0.value.isSameName(as: name)
    }
  }

  // MARK: Types

  /// A condition that is true for values which the new type would lose.
  ///
  /// SQLite keeps what it is given and converts by the column's affinity (datatype3.html §3): a value
  /// fits when it is of the new type, or becomes one that says the same.
  package func misfit(
    _ column: String, from live: AttributeType, to wanted: AttributeType
  ) -> String? {
    let name = identifier(column)
    let kind = "typeof(\(name))"
    let fits: String
    switch wanted {
    case .other, .blob: return nil
    case .text:
      if case .string = live { return nil }
      fits = textFits(name)
    case .string(let length):
      if case .string(let shorter) = live, shorter <= length { return nil }
      fits = "\(textFits(name)) AND length(\(name)) <= \(length)"
    case .integer, .bigint:
      if live == .integer || live == .bigint { return nil }
      fits = wholeFits(name)
    case .float, .double:
      if live == .float || live == .double { return nil }
      fits = """
        (\(kind) = 'real' OR \(kind) = 'integer' AND CAST(CAST(\(name) AS REAL) AS INTEGER) = \(name) \
        OR \(kind) = 'text' AND CAST(CAST(\(name) AS NUMERIC) AS TEXT) = \(name))
        """
    case .decimal(let precision, let scale):
      if case .decimal(let less, let same) = live, same <= scale, less - same <= precision - scale {
        return nil
      }
      fits = """
        (\(kind) IN ('integer', 'real') OR \(kind) = 'text' \
        AND CAST(CAST(\(name) AS NUMERIC) AS TEXT) = \(name)) \
        AND (\(nearest(name, scale)) = \(name) \
        OR round(\(name), \(scale)) = CAST(\(name) AS NUMERIC)) \
        AND abs(\(name)) < 1e\(precision - scale)
        """
    case .boolean: fits = "\(name) IN (0, 1)"
    case .date: fits = "\(kind) = 'text' AND date(\(name)) = \(name)"
    case .time: fits = "\(kind) = 'text' AND time(\(name)) IS NOT NULL"
    case .datetime: fits = "\(kind) = 'text' AND datetime(\(name)) IS NOT NULL"
    case .uuid:
      let digit = "[0-9a-fA-F]"
      let groups = [8, 4, 4, 4, 12].map { String(repeating: digit, count: $0) }
      fits = "\(kind) = 'text' AND \(name) GLOB '\(groups.joined(separator: "-"))'"
    case .json: fits = "json_valid(\(name))"
    case .enumeration(let words):
      if case .enumeration(let fewer) = live, Set(fewer).isSubset(of: words) { return nil }
      fits = "\(name) IN (\(words.map { literal(.text($0)) }.joined(separator: ", ")))"
    }
    return "\(name) IS NOT NULL AND (\(fits)) IS NOT TRUE"
  }

  /// The nearest number with that many digits after the point, without the text that `round` makes; only
  /// where it is the number itself does it say anything.
  private func nearest(_ name: String, _ scale: Int) -> String {
    let power = "1e\(scale)"
    let half = "CASE WHEN \(name) < 0 THEN -0.5 ELSE 0.5 END"
    return "CAST(\(name) * \(power) + \(half) AS INTEGER) / \(power)"
  }

  private func textFits(_ name: String) -> String {
    """
    (typeof(\(name)) IN ('text', 'integer') \
    OR typeof(\(name)) = 'real' AND CAST(CAST(\(name) AS TEXT) AS REAL) = \(name))
    """
  }

  private func wholeFits(_ name: String) -> String {
    """
    (typeof(\(name)) = 'integer' \
    OR typeof(\(name)) = 'real' AND CAST(CAST(\(name) AS INTEGER) AS REAL) = \(name) \
    OR typeof(\(name)) = 'text' AND CAST(CAST(\(name) AS INTEGER) AS TEXT) = \(name))
    """
  }
}
