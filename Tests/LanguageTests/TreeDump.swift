@testable import RelishLanguage

/// Syntax as one line of text, for tables of tests.
enum TreeDump {
  static func dump(_ statement: Statement) -> String {
    switch statement {
    case .declaration(let declaration): dump(declaration)
    case .walk(let prefix, let query):
      (prefix.map { $0.rawValue + " " } ?? "") + "walk " + dump(query)
    case .write(let write): dump(write)
    case .command(let command): dump(command)
    }
  }

  static func dump(_ query: QuerySyntax) -> String {
    ([head(query.model.text, query.pick, query.clauses)]
      + query.hops.map { ($0.tree == nil ? "" : "tree ") + head($0.name.text, $0.pick, $0.clauses) })
      .joined(separator: " > ")
  }

  private static func head(_ name: String, _ pick: Pick?, _ clauses: Clauses) -> String {
    var text = name
    if let pick { text += " #" + dump(pick) }
    for condition in clauses.conditions { text += " {\(dump(condition))}" }
    if let keys = clauses.group?.value {
      text += " group[\(keys.map { dump($0) }.joined(separator: ", "))]"
    }
    for condition in clauses.groupConditions { text += " {{\(dump(condition))}}" }
    if let top = clauses.top?.value { text += " top[\(top.count) by \(dump(top.key))]" }
    if let show = clauses.show?.value {
      text +=
        " show["
        + show.map { dump($0.expression) + ($0.alias.map { " as \($0)" } ?? "") + "'\($0.source)'" }
        .joined(separator: ", ") + "]"
    }
    if let sort = clauses.sort?.value {
      let keys = sort.map { dump($0.expression) + ($0.isDescending ? " desc" : "") }
      text += " sort[\(keys.joined(separator: ", "))]"
    }
    if let limit = clauses.limit?.value { text += " limit[\(limit.count)+\(limit.offset)]" }
    if let nests = clauses.with?.value {
      text += " with[\(nests.map { head($0.name.text, nil, $0.clauses) }.joined(separator: ", "))]"
    }
    return text
  }

  static func dump(_ pick: Pick) -> String {
    switch pick.value {
    case .integer(let value): "\(value)"
    case .text(let value): "\"\(value)\""
    case .variable(let name): "$\(name)"
    }
  }

  /// With all brackets, so that the shape of the tree shows.
  static func dump(_ expression: Expression) -> String {
    switch expression {
    case .binary(let sign, let left, let right, _):
      "(\(dump(left)) \(sign.rawValue) \(dump(right)))"
    case .negate(let inner, _): "neg(\(dump(inner)))"
    case .call(let name, let arguments, _):
      "\(name)(\(arguments.map { dump($0) }.joined(separator: ", ")))"
    case .aggregate(let aggregate): dump(aggregate)
    case .path(let path): dump(path)
    default: SyntaxWriter.expression(expression)
    }
  }

  private static func dump(_ aggregate: AggregateSyntax) -> String {
    var text = aggregate.function.rawValue + "[" + (aggregate.path.map { dump($0) } ?? "")
    if let value = aggregate.value { text += ": " + dump(value) }
    if let condition = aggregate.condition { text += " where " + dump(condition) }
    return text + "]"
  }

  private static func dump(_ path: Path) -> String {
    path.names.map { $0.isQuoted ? "`\($0.text)`" : $0.text }.joined(separator: ".")
  }

  static func dump(_ condition: Condition) -> String {
    func ending(_ negated: Bool, _ ignoringCase: Bool) -> String {
      (negated ? "!" : "") + (ignoringCase ? "~" : "")
    }
    switch condition {
    case .and(let parts): return "and(\(parts.map { dump($0) }.joined(separator: ", ")))"
    case .or(let parts): return "or(\(parts.map { dump($0) }.joined(separator: ", ")))"
    case .not(let inner, _): return "not(\(dump(inner)))"
    case .quantified(let quantifier, let path, let inner, _):
      return "\(quantifier)[\(dump(path))\(inner.map { ": " + dump($0) } ?? "")]"
    case .compare(let sign, let left, let right, let ignoringCase, _):
      return "\(dump(left)) \(sign.rawValue)\(ending(false, ignoringCase)) \(dump(right))"
    case .identical(let left, let right, let negated, _):
      return "\(dump(left)) is\(ending(negated, false)) \(dump(right))"
    case .within(let left, let list, let negated, let ignoringCase, _):
      let items = list.map { dump($0) }.joined(separator: ", ")
      return "\(dump(left)) in\(ending(negated, ignoringCase)) [\(items)]"
    case .between(let left, let low, let high, let negated, let ignoringCase, _):
      return "\(dump(left)) between\(ending(negated, ignoringCase)) \(dump(low))..\(dump(high))"
    case .text(let test, let left, let right, let negated, let ignoringCase, _):
      return "\(dump(left)) \(test)\(ending(negated, ignoringCase)) \(dump(right))"
    case .truth(let value): return "?\(dump(value))"
    }
  }
}
