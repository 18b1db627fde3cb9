import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// One `import` at work: each record of the file becomes a row, by one statement prepared for all.
///
/// Errors have the file's own name, line and column.
final class ImportRun {
  let session: Session
  let model: Model
  let reader: DelimitedReader
  private let fileName: String
  private let place: (source: SourceText, range: SourceRange)
  /// For errors of no place in the file, and to find rows.
  let writer: RowWriter
  private(set) var columns: [ImportColumn] = []
  private var statement: (any PreparedStatement)?
  /// Of each column, with its first parameter.
  private var quick: [(ImportColumn.Quick, parameter: Int)] = []
  /// `set null` names a word that is looked for in every value.
  private let hasNullText: Bool
  /// Keys of rows found by a label: most files name the same few again and again.
  var found: [FoundKey: [Value]] = [:]
  private(set) var count = 0

  /// A value of a column that names rows.
  struct FoundKey: Hashable {
    var column: Int
    var text: String
  }

  /// Keys remembered at once.
  static let foundLimit = 10_000

  /// - Parameter place: the statement itself.
  init(
    _ session: Session, _ model: Model, _ reader: DelimitedReader, fileName: String,
    at place: (source: SourceText, range: SourceRange)
  ) {
    self.session = session
    self.place = place
    self.model = model
    self.reader = reader
    self.fileName = fileName
    writer = RowWriter(session: session, range: .none)
    hasNullText = session.settings.nullText != nil
  }

  /// Reads all of it; the caller makes it atomic.
  ///
  /// - Parameter hasHeader: the first record names the columns; else they are the table's, in its order.
  /// - Parameter onRow: is called after each row with the rows so far and the bytes read.
  func run(hasHeader: Bool, skipping skipped: Int, onRow: (Int, Int) -> Void) throws(Failure) {
    for _ in 0..<skipped { guard try next() else { break } }
    let parameters: [[Int]]
    do {
      columns = hasHeader ? try header() : try writer.importColumns(allColumns, of: model)
      parameters = try prepare()
    } catch {
      throw located(error)
    }
    while try next() {
      if isBlank { continue }
      do {
        try insert(parameters)
      } catch {
        throw located(error)
      }
      count += 1
      onRow(count, reader.consumed)
    }
  }

  /// Columns of the file that say what the database computes.
  var computed: [String] {
    columns.compactMap { if case .computed = $0.meaning { $0.name } else { nil } }
  }

  // MARK: Reading

  private func next() throws(Failure) -> Bool {
    do {
      return try reader.next()
    } catch {
      throw located(Failure(error))
    }
  }

  /// The names in the first record.
  private func header() throws(Failure) -> [ImportColumn] {
    guard try next() else {
      throw Failure(.unexpected, "the file is empty: its first line names the columns", at: .none)
    }
    var names: [(name: String, range: SourceRange)] = []
    try reader.withValues { values throws(Failure) in
      for (position, field) in reader.fields.enumerated() {
        let bytes = values.bytes(of: field)
        if position == 0, bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
          throw Failure(
            .badValue, "the file is in UTF-16, and UTF-8 is needed", at: .none,
            hint: "`iconv -f UTF-16 -t UTF-8` makes it so")
        }
        let name = String(decoding: bytes, as: UTF8.self)
        names.append((name, field.range))
      }
    }
    return try writer.importColumns(names, of: model)
  }

  private var allColumns: [(name: String, range: SourceRange)] {
    model.attributes.filter { $0.storage.generated == nil }.map { ($0.name, SourceRange.none) }
  }

  /// A line with nothing on it, which is a value only where there is one column.
  private var isBlank: Bool {
    guard reader.fields.count == 1, columns.count > 1, let field = reader.fields.first else {
      return false
    }
    return field.range.start == field.range.end && !field.isQuoted
  }

  // MARK: Writing

  /// Prepares the INSERT; answers each column's parameters.
  private func prepare() throws(Failure) -> [[Int]] {
    let dialect = session.driver.dialect
    var names: [String] = []
    var parameters: [[Int]] = []
    for column in columns {
      parameters.append(
        column.attributes.map { attribute in
          names.append(attribute.column)
          return names.count
        })
    }
    quick = zip(columns, parameters).map { ($0.quick, $1.first ?? 0) }
    let given = Set(columns.flatMap { $0.attributes.map(\.name) })
    var filled: [(parameter: Int, value: Value)] = []
    for attribute in model.attributes where !given.contains(attribute.name) {
      let value: Value? =
        switch attribute.role {
        case .createdAt, .updatedAt: .text(writer.now)
        case .plain, .relationKey: attribute.clockDefault(now: writer.now)
        }
      guard let value else { continue }
      names.append(attribute.column)
      filled.append((names.count, value))
    }
    let list = names.map { dialect.identifier($0) }.joined(separator: ", ")
    let places = names.indices.map { dialect.placeholder($0 + 1) }.joined(separator: ", ")
    do throws(DriverError) {
      let statement = try session.driver.prepare(
        "INSERT INTO \(dialect.identifier(model.table)) (\(list)) VALUES (\(places))")
      for (parameter, value) in filled { try statement.bind(value, at: parameter) }
      self.statement = statement
    } catch {
      throw Failure(error, at: .none)
    }
    return parameters
  }

  private func insert(_ parameters: [[Int]]) throws(Failure) {
    let fields = reader.fields
    guard fields.count == columns.count else { throw wrongCount(fields) }
    guard let statement else { return }
    let failed = try reader.withValues { values throws(Failure) -> DriverError? in
      for (position, field) in fields.enumerated() where quick[position].parameter > 0 {
        let bytes = values.bytes(of: field)
        if !bytes.isEmpty, !field.isNull, !hasNullText,
          try bindQuickly(bytes, field, quick[position], statement)
        {
          continue
        }
        try bind(bytes, field, column: position, to: parameters[position], of: statement)
      }
      do throws(DriverError) {
        _ = try statement.run()
        return nil
      } catch {
        return error
      }
    }
    switch failed?.kind {
    case nil: break
    case .unique, .notNull, .check, .foreignKey, .other:
      if let failed { throw try explain(failed) }
    default:
      // No value of the file is to blame.
      guard let failed else { break }
      var failure = Failure(failed, at: place.range)
      failure.source = place.source
      throw failure
    }
  }

  private func bindQuickly(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: DelimitedReader.Field,
    _ way: (ImportColumn.Quick, parameter: Int), _ statement: any PreparedStatement
  ) throws(Failure) -> Bool {
    do throws(DriverError) {
      return try ImportValue.bind(bytes, way.0, at: way.parameter, of: statement)
    } catch {
      throw Failure(error, at: field.range)
    }
  }

  private func wrongCount(_ fields: [DelimitedReader.Field]) -> Failure {
    let place =
      fields.count > columns.count ? fields[columns.count].range : fields.last?.range ?? .none
    return Failure(
      .unexpected,
      "\(fields.count) value\(fields.count == 1 ? "" : "s"), and the file has \(columns.count) "
        + "column\(columns.count == 1 ? "" : "s")", at: place,
      hint: fields.count > columns.count ? "a value that holds a comma stands in quotes" : nil)
  }

  /// What the database's complaint about the record at hand means in the model's words.
  private func explain(_ error: DriverError) throws(Failure) -> Failure {
    var plan = RowPlan(model: model)
    try reader.withValues { values throws(Failure) in
      for (position, column) in columns.enumerated() where !column.attributes.isEmpty {
        let field = reader.fields[position]
        let found = try self.values(values.bytes(of: field), field, column: position)
        for (attribute, value) in zip(column.attributes, found) {
          plan.cells.append(RowPlan.Cell(attribute: attribute, value: value, range: field.range))
        }
      }
    }
    return writer.explain(error, of: plan)
  }

  /// The failure with the record that it is about as its source.
  private func located(_ failure: Failure) -> Failure {
    guard failure.source == nil else { return failure }
    var failure = failure
    failure.source = SourceText(
      name: fileName, bytes: Array(reader.record.prefix(10_000)), firstLine: reader.line)
    return failure
  }
}
