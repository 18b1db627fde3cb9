import RelishLanguage
import RelishModel
import RelishSQL

/// Values on their way into an attribute.
extension RowWriter {
  /// The value of an assignment whose expression needs no row, checked against the attribute.
  func value(
    _ assigned: AssignmentValue, for attribute: Attribute, named name: Name
  ) throws(Failure) -> Value {
    guard case .expression(let expression) = assigned else {
      throw Failure(
        .wrongType, "`\(attribute.name)` takes a value, not rows", at: assigned.range,
        hint: keyHint(attribute))
    }
    let value = try check(constant(expression), for: attribute, at: expression.range)
    if value == .null, attribute.isRequired || attribute.isKey {
      throw Failure(
        .missingValue, "`\(attribute.name)` is required and cannot be null", at: expression.range)
    }
    return value
  }

  func check(
    _ value: Value, for attribute: Attribute, at place: SourceRange
  ) throws(Failure) -> Value {
    do throws(ValueProblem) {
      return try ValueCheck.convert(value, to: attribute.type)
    } catch {
      throw Failure(.badValue, "`\(attribute.name)` \(error.reason)", at: place, hint: error.hint)
    }
  }

  /// The value of an expression over literals, variables and functions; the database computes what
  /// is more than one of them.
  func constant(_ expression: Expression) throws(Failure) -> Value {
    switch expression {
    case .literal(let literal, _): return ValueCheck.plain(literal)
    case .negate(.literal(.integer(let number), _), _) where number != .min:
      return .integer(-number)
    case .negate(.literal(.decimal(let number), _), _): return .decimal(number.negated)
    case .variable(let name):
      guard let variable = session.variables[name.text] else {
        throw Failure(session.unknownVariable(name))
      }
      switch variable {
      case .value(let value): return value
      case .rows(_, let keys):
        guard keys.count == 1, let key = keys.first, key.count == 1, let value = key.first else {
          throw Failure(
            .rowNotUnique, "`$\(name.text)` is \(keys.count) rows where one value is needed",
            at: name.range)
        }
        return value
      }
    default:
      let resolved = try resolveConstant(expression)
      let sql = ExpressionWriter(dialect: dialect, row: "").write(resolved)
      return try rows("SELECT \(sql)").first?.first ?? .null
    }
  }

  private func keyHint(_ attribute: Attribute) -> String? {
    guard case .relationKey(let id) = attribute.role, let relation = graph.relation(id) else {
      return nil
    }
    return "`\(relation.name) = …` takes a row"
  }
}
