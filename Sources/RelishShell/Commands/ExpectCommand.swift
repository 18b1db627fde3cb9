import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `expect …` (LANGUAGE.md §8, §9 Scripts): a failed one is exit status 4.
extension Interpreter {
  func expect(_ syntax: ExpectSyntax, in source: SourceText) throws(Failure) {
    switch syntax {
    case .exists(let query, let negated):
      try refresh(at: query.range)
      let writer = RowWriter(session: session, range: query.range)
      let count = try writer.count(writer.selects.count(resolve(query)))
      guard (count > 0) != negated else {
        let found = count == 0 ? "no row is there" : "\(Wording.grouped(count)) rows are there"
        throw Failure(
          .expectation, "expected \(negated ? "none" : "a row"), and \(found)", at: query.range)
      }
    case .compare(let prefix, let query, let comparison, let value, let range):
      try compare(prefix, query, comparison, value, at: range)
    case .error(let text, let statement, let range):
      try expectError(containing: text, statement, in: source, at: range)
    case .noChanges(let range):
      guard try makePlan(.create, at: range).isEmpty else {
        throw Failure(
          .expectation, "model and database differ", at: range, hint: "`plan` shows how")
      }
    }
  }

  private func compare(
    _ prefix: WalkPrefix?, _ query: QuerySyntax, _ comparison: ComparisonOperator,
    _ expected: ExpectedValue, at range: SourceRange
  ) throws(Failure) {
    try refresh(at: query.range)
    try validate()
    let writer = RowWriter(session: session, range: range)
    let traversal = try resolve(query)
    let sql =
      switch prefix {
      case .count: writer.selects.count(traversal)
      case .exists: writer.selects.exists(traversal)
      case .sql, .explain, nil: writer.selects.select(traversal)
      }
    let types = prefix == nil ? writer.selects.columns(of: traversal).map(\.type) : []
    let found = try writer.rows(sql).map { row in
      row.enumerated().map { Expected($1, type: $0 < types.count ? types[$0] : nil) }
    }
    let wanted = Expected.rows(expected)
    let isOrdered = traversal.isSorted
    guard Expected.holds(found, comparison, wanted, isOrdered: isOrdered) else {
      throw Failure(
        .expectation,
        "expected \(comparison.rawValue) \(Expected.text(wanted)), and it is \(Expected.text(found))",
        at: range)
    }
  }

  /// Runs `body` and takes back whatever it did: leaving by an error is the way to say so.
  private func takingBack(
    _ statement: Statement, at range: SourceRange, _ body: () throws(Failure) -> Void
  ) {
    // A sync in a transaction may refuse what it would do alone.
    guard case .command(.sync) = statement, !session.driver.isInTransaction else {
      try? atomically(at: range) { () throws(Failure) in
        try body()
        throw Failure(.expectation, "", at: range)
      }
      return
    }
    try? session.driver.changingSchema { () throws(DriverError) in
      try? body()
      throw DriverError(.other, "")
    }
  }

  /// The statement must fail, and nothing of it stays.
  private func expectError(
    containing text: String?, _ statement: Statement, in source: SourceText, at range: SourceRange
  ) throws(Failure) {
    let builder = session.builder
    let wasQuiet = session.settings.isQuiet
    session.settings.isQuiet = true
    defer { session.settings.isQuiet = wasQuiet }
    var message: String?
    takingBack(statement, at: range) { () throws(Failure) in
      do throws(Failure) {
        _ = try run(statement, in: source, at: range)
      } catch {
        message = ([error.diagnostic.message] + error.diagnostic.details).joined(separator: "\n")
      }
    }
    session.builder = builder
    session.modelChanged()
    guard let message else {
      throw Failure(.expectation, "expected an error, and the statement succeeded", at: range)
    }
    if let text, !message.lowercased().contains(text.lowercased()) {
      throw Failure(
        .expectation, "expected an error with \"\(text)\", and it says: \(message)", at: range)
    }
  }
}

/// Values as `expect` compares them: numbers by value, whatever their spelling.
struct Expected: Hashable {
  var text: String

  init(_ value: Value, type: AttributeType?) {
    if case .boolean? = type, case .integer(let number) = value {
      text = number == 0 ? "false" : "true"
    } else if case .double(let number) = value, let decimal = Decimal(number.description) {
      var scale = decimal.scale
      if case .decimal(_, let declared)? = type { scale = declared }
      text = decimal.rounded(toScale: scale).trimmed.description
    } else if case .decimal(let number) = value {
      text = number.trimmed.description
    } else {
      text = Wording.value(value)
    }
  }

  static func rows(_ expected: ExpectedValue) -> [[Expected]] {
    switch expected {
    case .value(let literal, _): return [[Expected(ValueCheck.plain(literal), type: nil)]]
    case .list(let items, _):
      return items.map { item in
        switch item {
        case .value(let literal, _): [Expected(ValueCheck.plain(literal), type: nil)]
        case .list: rows(item).flatMap { $0 }
        }
      }
    }
  }

  static func holds(
    _ found: [[Expected]], _ comparison: ComparisonOperator, _ wanted: [[Expected]],
    isOrdered: Bool
  ) -> Bool {
    let isEqual = isOrdered ? found == wanted : counts(found) == counts(wanted)
    switch comparison {
    case .equal: return isEqual
    case .notEqual: return !isEqual
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let left = found.first?.first, let right = wanted.first?.first,
        let order = left.order(against: right)
      else { return false }
      return switch comparison {
      case .less: order < 0
      case .lessOrEqual: order <= 0
      case .greater: order > 0
      default: order >= 0
      }
    }
  }

  private static func counts(_ rows: [[Expected]]) -> [[Expected]: Int] {
    rows.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// Negative, zero or positive; nil when the two cannot be compared.
  private func order(against other: Expected) -> Int? {
    if let left = Double(text), let right = Double(other.text) {
      return left < right ? -1 : left > right ? 1 : 0
    }
    guard text.hasPrefix("\""), other.text.hasPrefix("\"") else { return nil }
    return text < other.text ? -1 : text > other.text ? 1 : 0
  }

  static func text(_ rows: [[Expected]]) -> String {
    if rows.count == 1, let only = rows.first, only.count == 1 { return only[0].text }
    let items = rows.prefix(20).map { row in
      row.count == 1 ? row[0].text : "(\(row.map(\.text).joined(separator: ", ")))"
    }
    return "(\(items.joined(separator: ", "))\(rows.count > 20 ? ", …" : ""))"
  }
}
