extension Parser {
  /// The literal of LANGUAGE.md §2 that `text` spells from its first to its last character, a sign
  /// before a number included; nil when it is none (`-v NAME=VALUE` then takes it as text).
  package static func literal(from text: String) -> Literal? {
    var reader = StatementReader(name: "", text: text)
    guard case .statement = reader.next() else { return nil }
    let source = SourceText(name: "", text: text)
    guard let first = reader.tokens.first, let last = reader.tokens.last, first.start == 0,
      Int(last.end) == source.bytes.count
    else { return nil }
    var parser = Parser(tokens: reader.tokens, source: source)
    guard let operand = try? parser.operand(.factor), parser.current.kind == .end,
      case .expression(.literal(let literal, _)) = operand.value, !operand.isGrouped
    else { return nil }
    return literal
  }
}
