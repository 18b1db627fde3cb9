import Foundation
import RelishLanguage

extension NaiveEvaluator {
  func value(_ expression: RelishLanguage.Expression, _ nouns: [Noun]) throws -> Cell {
    if case .group(let group)? = nouns.last, let cell = group.value(of: expression) { return cell }
    switch expression {
    case .literal(let literal, _): return try cell(literal)
    case .variable(let name): throw Problem("variable \(name)")
    case .path(let path):
      let end = try follow(path, nouns)
      if let cell = end.cell { return cell }
      guard let attribute = end.attribute else { throw Problem("a row: \(path)") }
      return end.rows.first?.cells[attribute] ?? .null
    case .call(let name, let arguments, _):
      return try call(name.text, arguments.map { try value($0, nouns) })
    case .aggregate(let aggregate): return try self.aggregate(aggregate, nouns)
    case .negate(let inner, _):
      guard case .number(let number) = try value(inner, nouns) else { return .null }
      return .number(-number)
    case .binary(let operation, let left, let right, _):
      return try calculate(operation, value(left, nouns), value(right, nouns))
    }
  }

  private func cell(_ literal: Literal) throws -> Cell {
    switch literal {
    case .null: .null
    case .boolean(let truth): .truth(truth)
    case .integer(let number): Cell.number(Foundation.Decimal(number))
    case .decimal(let number):
      .number(Foundation.Decimal(string: number.description) ?? 0)
    case .text(let text): .text(text)
    case .blob: throw Problem("bytes")
    }
  }

  private func calculate(_ operation: BinaryOperator, _ left: Cell, _ right: Cell) -> Cell {
    switch (left, right) {
    case (.text(let left), .text(let right)): return .text(left + right)
    case (.number(let left), .number(let right)):
      switch operation {
      case .plus: return .number(left + right)
      case .minus: return .number(left - right)
      case .times: return .number(left * right)
      case .divided: return right == 0 ? .null : .number(left / right)
      case .modulo:
        guard right != 0 else { return .null }
        let (first, second) = (NSDecimalNumber(decimal: left), NSDecimalNumber(decimal: right))
        return .number(Foundation.Decimal(first.intValue % second.intValue))
      }
    default: return .null
    }
  }

  private func call(_ name: String, _ arguments: [Cell]) throws -> Cell {
    switch (name, arguments[0]) {
    case ("coalesce", _): return arguments.first { $0 != .null } ?? .null
    case ("concat", _):
      return .text(arguments.map { if case .text(let text) = $0 { text } else { "" } }.joined())
    case (_, .null): return .null
    case ("lower", .text(let text)): return .text(text.lowercased())
    case ("upper", .text(let text)): return .text(text.uppercased())
    case ("length", .text(let text)): return .number(Foundation.Decimal(text.unicodeScalars.count))
    case ("abs", .number(let number)): return .number(abs(number))
    case ("year", .text(let text)):
      return .number(Foundation.Decimal(string: String(text.prefix(4))) ?? 0)
    case ("month", .text(let text)):
      return .number(Foundation.Decimal(string: String(text.dropFirst(5).prefix(2))) ?? 0)
    case ("day", .text(let text)):
      return .number(Foundation.Decimal(string: String(text.dropFirst(8).prefix(2))) ?? 0)
    case ("date", .text(let text)): return .text(String(text.prefix(10)))
    default: throw Problem("function \(name)")
    }
  }
}
