import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

extension ImportRun {
  /// Binds what one value of the record at hand means, where it cannot be done quickly.
  func bind(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: DelimitedReader.Field, column position: Int,
    to parameters: [Int], of statement: any PreparedStatement
  ) throws(Failure) {
    let values = try values(bytes, field, column: position)
    do throws(DriverError) {
      for (parameter, value) in zip(parameters, values) { try statement.bind(value, at: parameter) }
    } catch {
      throw Failure(error, at: field.range)
    }
  }

  /// What one value of a record means, for each of its column's attributes.
  func values(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: DelimitedReader.Field, column position: Int
  ) throws(Failure) -> [Value] {
    let column = columns[position]
    guard !isNull(bytes, field, column) else {
      guard !column.isRequired else { throw missing(column, field) }
      return column.attributes.map { _ in .null }
    }
    switch column.meaning {
    case .computed: return []
    case .value(let attribute): return [try value(bytes, of: attribute, field)]
    case .row(let relation, let keyIsTrusted):
      if keyIsTrusted, let key = FastNumber(signed: bytes)?.integer { return [.integer(key)] }
      return try remembered(bytes, position) { text throws(Failure) in
        let literal = Int64(text).map { Literal.integer($0) } ?? .text(text)
        let key = try writer.target(
          of: relation, from: .expression(.literal(literal, field.range)), at: field.range)
        return key ?? []
      }
    case .rowBy(let relation, let target, let attribute):
      let wanted = try value(bytes, of: attribute, field)
      return try remembered(bytes, position) { _ throws(Failure) in
        try key(of: relation, target, where: attribute, is: wanted, field)
      }
    }
  }

  private func value(
    _ bytes: UnsafeBufferPointer<UInt8>, of attribute: Attribute, _ field: DelimitedReader.Field
  ) throws(Failure) -> Value {
    do throws(ValueProblem) {
      return try ImportValue.value(bytes, of: attribute.type)
    } catch {
      throw Failure(
        .badValue, "`\(attribute.name)` \(error.reason)", at: field.range, hint: error.hint)
    }
  }

  /// Nothing between two commas, or what `set null` says; `""` is an empty text where one is taken.
  private func isNull(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: DelimitedReader.Field, _ column: ImportColumn
  ) -> Bool {
    if field.isNull { return true }
    if !field.isQuoted, let text = session.settings.nullText, bytes.elementsEqual(text.utf8) {
      return true
    }
    guard bytes.isEmpty else { return false }
    // Without quotes an empty text looks like null; where there can be no null it is none.
    guard field.isQuoted || reader.style == .tsv && column.isRequired,
      case .value(let attribute) = column.meaning
    else { return true }
    switch attribute.type {
    case .string, .text, .other: return false
    case .enumeration(let values): return !values.contains("")
    default: return true
    }
  }

  private func missing(_ column: ImportColumn, _ field: DelimitedReader.Field) -> Failure {
    var hint: String?
    if case .value(let attribute) = column.meaning {
      switch attribute.type {
      case .string, .text: hint = "an empty text is written \"\""
      default: break
      }
    }
    return Failure(
      .missingValue, "`\(column.name)` is required, and there is no value", at: field.range,
      hint: hint)
  }

  // MARK: Rows of relations

  private func remembered(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int,
    _ find: (String) throws(Failure) -> [Value]
  ) throws(Failure) -> [Value] {
    let text = String(decoding: bytes, as: UTF8.self)
    let place = FoundKey(column: position, text: text)
    if let known = found[place] { return known }
    let key = try find(text)
    if found.count >= Self.foundLimit { found.removeAll(keepingCapacity: true) }
    found[place] = key
    return key
  }

  /// The one row of `target` with that value.
  private func key(
    of relation: Relation, _ target: Model, where attribute: Attribute, is value: Value,
    _ field: DelimitedReader.Field
  ) throws(Failure) -> [Value] {
    let columns = writer.columns(relation.targetAttributes, of: target)
    let condition = writer.equality([attribute.name], [value], of: target)
    let rows = try writer.rows(
      "SELECT \(columns) FROM \(writer.table(target)) WHERE \(condition) LIMIT 2")
    let words = "\(target.name) with \(attribute.name) \(Wording.value(value))"
    guard let first = rows.first else {
      throw Failure(.rowNotFound, "there is no \(words)", at: field.range)
    }
    guard rows.count == 1 else {
      throw Failure(.rowNotUnique, "there are several rows of \(words)", at: field.range)
    }
    return first
  }
}
