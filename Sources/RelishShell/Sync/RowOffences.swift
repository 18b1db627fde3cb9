import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// Rows that would be lost or would break a rule if their table became what is wanted: counted, the
/// first of them shown, with what would mend them.
struct RowOffences {
  let request: AlterRequest
  let driver: any Driver
  let live: Schema

  private static let shown = 5
  static let row = "relish_row"

  /// What hinders, and how many rows the table has: one pass over it for all rules.
  func offences(
    of alteration: TableAlteration
  ) throws(DriverError) -> (refusals: [SyncRefusal], rows: Int) {
    let offences = alteration.changes.flatMap { self.offences(of: $0, in: alteration) }
    var counts: [Int] = []
    let list = offences.map { "count(*) FILTER (WHERE \($0.condition))" }
    let sql =
      "SELECT \((["count(*)"] + list).joined(separator: ", ")) "
      + "FROM \(source(offences, alteration)) AS \(Self.row)"
    try driver.query(SQLText(sql)) { row throws(DriverError) in
      counts = (0..<row.count).map { Int(clamping: row.integer($0)) }
      return false
    }
    var refusals: [SyncRefusal] = []
    for (offence, count) in zip(offences, counts.dropFirst()) where count > 0 {
      refusals.append(try refusal(offence, alteration, count))
    }
    return (refusals, counts.first ?? 0)
  }

  /// A condition that no row may meet.
  struct Offence {
    /// What the rows would break: `` `price` is required``.
    var rule: String
    /// What the rows do: `have none`.
    var rows: (one: String, many: String)
    var condition: String
    /// Columns worth showing.
    var columns: [String]
    /// What mends them, given the key of the last row shown.
    var hint: (String) -> String
  }

  private func offences(of change: TableChange, in alteration: TableAlteration) -> [Offence] {
    switch change {
    case .addColumn(let column): missingValue(column, alteration)
    case .changeColumn(let wanted, let old): changed(wanted, from: old, alteration)
    case .changeKey(let columns, _):
      duplicates(columns, alteration)
        + columns.compactMap { alteration.live.column(named: $0) }.filter { !$0.isNotNull }
        .map { empty($0, alteration) }
    case .addUnique(let columns): duplicates(columns, alteration)
    case .addForeignKey(let key): orphans(key, alteration)
    case .addCheck(let check): broken(check.text, said: check.text, nil, alteration)
    case .dropColumn, .dropUnique, .addIndex, .dropIndex, .dropForeignKey, .changeForeignKey,
      .option:
      []
    }
  }

  // MARK: Columns

  private func missingValue(_ column: Column, _ alteration: TableAlteration) -> [Offence] {
    let table = alteration.table
    let check = column.check.map { check in
      broken(check.source, said: said(column.name, alteration), column.name, alteration)
    }
    let isFilled = fill(column, table) != nil
    let isKey = table.primaryKey.contains { $0.isSameName(as: column.name) }
    let hasDefault = column.defaultValue != nil && column.defaultValue != .literal(.null)
    let name = request.name(of: column.name, in: table.name)
    if isFilled || hasDefault {
      let isUnique = table.uniques.contains { $0.columns == [column.name] }
      guard isUnique else { return check ?? [] }
      let value = identifier(column.name)
      let rows =
        "(SELECT \(self.value(of: column, in: table)) FROM \(identifier(alteration.live.name)))"
      return [
        Offence(
          rule: "`\(column.name)` is unique",
          rows: ("would get the same value", "would get the same value"),
          condition: "\(Self.row).\(value) IN (SELECT \(value) FROM \(rows) GROUP BY \(value) "
            + "HAVING count(*) > 1)",
          columns: [],
          hint: { _ in "add `\(name)` without `unique`, give each row its value, then say `unique`"
          })
      ]
    }
    guard column.isNotNull || isKey, !column.isAutoIncrement, column.generated == nil else {
      return check ?? []
    }
    return [
      Offence(
        rule: "`\(column.name)` is required",
        rows: ("is there without one", "are there without one"),
        condition: "TRUE", columns: [],
        hint: { _ in "`sync alter fill \(name) = …`, or a `default` in the sentence, gives them one"
        })
    ]
  }

  private func changed(
    _ wanted: Column, from old: Column, _ alteration: TableAlteration
  ) -> [Offence] {
    var found: [Offence] = []
    if wanted.isNotNull, !old.isNotNull, fill(wanted, alteration.table) == nil {
      found.append(empty(old, alteration))
    }
    if !wanted.type.isSame(as: old.type),
      let misfit = driver.dialect.misfit(old.name, from: old.type, to: wanted.type)
    {
      let attribute = attribute(old.name, alteration)
      found.append(
        Offence(
          rule: "`\(wanted.name)` is \(wanted.type.words)", rows: ("does not fit", "do not fit"),
          condition: misfit, columns: [old.name],
          hint: { key in "`set \(key) \(attribute) = …` gives a row a value that fits" }))
    }
    if let check = wanted.check, check != old.check {
      found += broken(check.source, said: said(wanted.name, alteration), wanted.name, alteration)
    }
    return found
  }

  private func empty(_ column: Column, _ alteration: TableAlteration) -> Offence {
    let model = modelName(alteration)
    let attribute = attribute(column.name, alteration)
    return Offence(
      rule: "`\(column.name)` is required", rows: ("has none", "have none"),
      condition: "\(identifier(column.name)) IS NULL", columns: [],
      hint: { _ in
        "`sync alter fill \(model).\(attribute) = …`, or "
          + "`set \(model) where \(attribute) is null: \(attribute) = …` before it"
      })
  }

  private func broken(
    _ condition: String, said: String?, _ column: String?, _ alteration: TableAlteration
  ) -> [Offence] {
    let model = modelName(alteration)
    let columns = alteration.live.columns.map(\.name).filter {
      SQLiteDialect.mentions($0, in: condition)
    }
    let attribute = column.map { self.attribute($0, alteration) } ?? "…"
    return [
      Offence(
        rule: "check `\(said ?? condition)`", rows: ("breaks it", "break it"),
        condition: "NOT (\(condition))", columns: columns,
        hint: { key in
          said.map { "`set \(model) where not (\($0)): \(attribute) = …` mends them" }
            ?? "`set \(key) \(attribute) = …` mends a row"
        })
    ]
  }

  /// What a new column has in the rows that are there: `'x' AS note`.
  func value(of column: Column, in table: Table) -> String {
    let value =
      fill(column, table)
      ?? column.defaultValue.map { driver.dialect.defaultText($0, of: column.type) } ?? "NULL"
    return "\(value) AS \(identifier(column.name))"
  }

  // MARK: Asking

  private func refusal(
    _ offence: Offence, _ alteration: TableAlteration, _ count: Int
  ) throws(DriverError) -> SyncRefusal {
    let table = alteration.live
    let from = " FROM \(source([offence], alteration)) AS \(Self.row) WHERE \(offence.condition)"
    let model = request.model(ofTable: table.name)
    let keys = table.primaryKey.isEmpty ? [driver.dialect.rowKey ?? "*"] : table.primaryKey
    let label = model?.label.flatMap { model?.attribute(named: $0)?.column }
      .flatMap { table.column(named: $0)?.name }
    let columns = keys + [label].compactMap { $0 } + offence.columns
    var lines: [String] = []
    var last = ""
    let list = columns.map { "\(Self.row).\(identifier($0))" }.joined(separator: ", ")
    try driver.query(
      SQLText(
        "SELECT \(list)\(from) ORDER BY \(keys.map(identifier).joined(separator: ", ")) "
          + "LIMIT \(Self.shown)")
    ) { row throws(DriverError) in
      let values = columns.indices.map { Wording.value(row.value($0)) }
      let key = values.prefix(keys.count).joined(separator: ", ")
      last = "\(modelName(alteration)) \(keys.count == 1 ? key : "where …")"
      var line = "\(modelName(alteration)) \(keys.count == 1 ? key : "(\(key))")"
      if label != nil { line += " " + values[keys.count] }
      let facts = zip(columns, values).suffix(offence.columns.count).map { "\($0) \($1)" }
      lines.append(([line] + facts).joined(separator: ", "))
      return true
    }
    if count > lines.count { lines.append("… and \(Wording.grouped(count - lines.count)) more") }
    let verb = count == 1 ? offence.rows.one : offence.rows.many
    return SyncRefusal(
      "\(offence.rule) in the model, and \(SyncWords.rows(count)) of `\(table.name)` \(verb)",
      rows: lines,
      hint: offence.hint(last))
  }

  /// The table, with the columns that come where a condition speaks of one.
  private func source(_ offences: [Offence], _ alteration: TableAlteration) -> String {
    let table = identifier(alteration.live.name)
    let added = alteration.addedColumns.filter { column in
      column.generated == nil
        && offences.contains { SQLiteDialect.mentions(column.name, in: $0.condition) }
    }
    guard !added.isEmpty else { return table }
    let values = added.map { value(of: $0, in: alteration.table) }
    let number =
      alteration.live.primaryKey.isEmpty
      ? (driver.dialect.rowKey.map { ["\($0) AS \($0)"] } ?? []) : []
    return "(SELECT \((["*"] + values + number).joined(separator: ", ")) FROM \(table))"
  }

  func identifier(_ name: String) -> String { driver.dialect.identifier(name) }

  func fill(_ column: Column, _ table: Table) -> String? {
    request.fills[table.name.asciiLowercased]?[column.name.asciiLowercased]
  }

  func modelName(_ alteration: TableAlteration) -> String {
    request.model(ofTable: alteration.table.name)?.name ?? alteration.table.name
  }

  func attribute(_ column: String, _ alteration: TableAlteration) -> String {
    request.model(ofTable: alteration.table.name).map { request.attribute(column, of: $0) }
      ?? column
  }

  /// The check as its sentence says it.
  private func said(_ column: String, _ alteration: TableAlteration) -> String? {
    let model = request.model(ofTable: alteration.table.name)
    return model?.attributes.first { $0.column.isSameName(as: column) }?.check?.source
  }
}
