import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

extension InsertTemplates {
  /// Keeps the shape of a `create` that has just gone well, if it is of the simple kind: one row of a
  /// model whose key the database numbers, every value a literal.
  func learn(from statement: Statement, _ reader: StatementReader, in session: Session) {
    guard case .write(.create(let syntax)) = statement, syntax.relation == nil,
      syntax.rows.count == 1, let row = syntax.rows.first, !row.assignments.isEmpty
    else { return }
    let writer = RowWriter(session: session, range: syntax.range)
    guard let model = try? writer.model(syntax.target.model), model.primaryKey.count == 1,
      let key = model.primaryKey.first, model.attribute(named: key)?.isGenerated == true
    else { return }
    var maker = TemplateMaker(model: model, key: key, graph: session.graph)
    reader.withStatement { bytes, tokens in
      guard maker.read(row.assignments, tokens),
        let template = maker.template(tokens, bytes, in: session)
      else { return }
      remember(template)
    }
  }
}

/// Works out the parameters of a template.
private struct TemplateMaker {
  let model: Model
  let key: String
  let graph: ModelGraph
  private var columns: [String] = []
  private var assigned: Set<String> = []
  private var slots: [InsertTemplate.Slot] = []
  private var constants: [(parameter: Int, value: Value)] = []
  private var clockParameters: [Int] = []

  init(model: Model, key: String, graph: ModelGraph) {
    self.model = model
    self.key = key
    self.graph = graph
  }

  /// False when an assignment is not of the simple kind.
  mutating func read(_ assignments: [Assignment], _ tokens: [Token]) -> Bool {
    for assignment in assignments {
      guard case .expression(let expression) = assignment.value,
        let attribute = attribute(for: assignment.name.text, expression),
        attribute.name != key, assigned.insert(attribute.name).inserted
      else { return false }
      guard add(expression, attribute, tokens) else { return false }
    }
    for attribute in model.attributes where !assigned.contains(attribute.name) {
      switch attribute.role {
      case .createdAt, .updatedAt: clockParameters.append(parameter(for: attribute))
      case .plain, .relationKey:
        if attribute.clockDefault(now: "0000-00-00 00:00:00.000") != nil {
          guard case .datetime = attribute.type else { return false }
          clockParameters.append(parameter(for: attribute))
        }
      }
    }
    return true
  }

  /// The attribute of that name, or the key of a relation that a whole number picks a row of.
  private func attribute(for name: String, _ expression: Expression) -> Attribute? {
    if let attribute = model.attribute(named: name) { return attribute }
    guard case .literal(.integer, _) = expression,
      let association = model.association(named: name), case .forward(let id) = association.route,
      let relation = graph.relation(id), relation.isConstrained, relation.attributes.count == 1,
      let target = graph.model(named: relation.target),
      relation.targetAttributes == target.primaryKey, let key = relation.attributes.first
    else { return nil }
    return model.attribute(named: key)
  }

  private mutating func add(
    _ expression: Expression, _ attribute: Attribute, _ tokens: [Token]
  ) -> Bool {
    switch expression {
    case .literal(.boolean(let value), _):
      constants.append((parameter(for: attribute), .boolean(value)))
    case .literal(.null, _):
      constants.append((parameter(for: attribute), .null))
    case .literal(_, let range):
      return addSlot(range, isNegative: false, attribute, tokens)
    case .negate(.literal(_, let range), _):
      return addSlot(range, isNegative: true, attribute, tokens)
    default:
      return false
    }
    return true
  }

  private mutating func addSlot(
    _ range: SourceRange, isNegative: Bool, _ attribute: Attribute, _ tokens: [Token]
  ) -> Bool {
    let position = tokens.firstIndex { $0.range == range && $0.kind.isLiteral }
    guard let position, tokens[position].kind != .escapedText else { return false }
    slots.append(
      InsertTemplate.Slot(
        token: position, isNegative: isNegative, parameter: parameter(for: attribute),
        type: attribute.type))
    return true
  }

  /// The position of the attribute's parameter, counted from 1.
  private mutating func parameter(for attribute: Attribute) -> Int {
    columns.append(attribute.column)
    return columns.count
  }

  func template(
    _ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>, in session: Session
  ) -> InsertTemplate? {
    let dialect = session.driver.dialect
    let names = columns.map { dialect.identifier($0) }.joined(separator: ", ")
    let places = (1...max(1, columns.count)).map { dialect.placeholder($0) }
    let sql =
      "INSERT INTO \(dialect.identifier(model.table)) (\(names)) "
      + "VALUES (\(places.joined(separator: ", ")))"
    var words: [UInt8] = []
    for token in tokens where !token.kind.isLiteral && Int(token.end) <= bytes.count {
      words.append(contentsOf: bytes[Int(token.start)..<Int(token.end)])
    }
    guard let statement = try? session.driver.prepare(sql) else { return nil }
    for (parameter, value) in constants {
      guard (try? statement.bind(value, at: parameter)) != nil else { return nil }
    }
    let answer = "created 1 \(model.name) (\(key) "
    return InsertTemplate(
      shape: InsertTemplate.Shape(kinds: tokens.map(\.kind), words: words), epoch: session.epoch,
      statement: statement, slots: slots, clockParameters: clockParameters,
      answer: answer, answerBytes: Array(answer.utf8))
  }
}
