import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `fill` and `lose` of `sync alter` (LANGUAGE.md §5): names become tables and columns.
extension Interpreter {
  func alterRequest(_ syntax: SyncSyntax, at range: SourceRange) throws(Failure) -> AlterRequest {
    var request = AlterRequest(graph: session.graph)
    do {
      request.wanted = try Synchronizer.completed(request.wanted, session.driver)
    } catch {
      throw Failure(error, at: range)
    }
    fillTimes(&request)
    for fill in syntax.fills { try add(fill, to: &request) }
    guard !syntax.losses.isEmpty else { return request }
    let live: Schema
    do { live = try session.driver.inspect() } catch { throw Failure(error, at: range) }
    for loss in syntax.losses {
      switch loss {
      case .column(let column): try add(column, to: &request, live)
      case .table(let name): try add(table: name, to: &request, live)
      }
    }
    return request
  }

  /// `createdAt` and `updatedAt` are the shell's to fill; rows that are there get the time of now.
  private func fillTimes(_ request: inout AlterRequest) {
    let now = session.driver.dialect.defaultText(.now, of: .datetime)
    for model in session.graph.models where model.origin == .declared {
      for attribute in model.attributes {
        switch attribute.role {
        case .createdAt, .updatedAt:
          request.fills[model.table.asciiLowercased, default: [:]][
            attribute.column.asciiLowercased] = now
        case .plain, .relationKey: break
        }
      }
    }
  }

  /// `fill Product.price = 0`, `fill User.fullName = name + "!"`
  private func add(_ fill: FillSyntax, to request: inout AlterRequest) throws(Failure) {
    let writer = RowWriter(session: session, range: fill.target.range)
    let (model, attribute) = try place(of: fill.target, writer)
    let dialect = session.driver.dialect.portable
    let text: String
    if fill.value.mentionsRow {
      let resolved = try writer.resolve(fill.value, on: model)
      if let problem = attribute.type.problem(taking: resolved.type) {
        throw Failure(.wrongType, "`\(attribute.name)` \(problem)", at: fill.value.range)
      }
      let sql = ExpressionWriter(dialect: dialect, row: "").write(resolved, keptAs: attribute.type)
      text = "(\(sql.inlined(dialect)))"
    } else {
      let value = try writer.check(
        writer.constant(fill.value), for: attribute, at: fill.value.range)
      guard value != .null else {
        throw Failure(
          .badValue, "`fill` gives a value, and null is none", at: fill.value.range)
      }
      text = dialect.literal(value)
    }
    request.fills[model.table.asciiLowercased, default: [:]][attribute.column.asciiLowercased] =
      text
  }

  /// The attribute that `Product.price`, or `price` where one declared model has it, means.
  private func place(
    of target: ColumnSyntax, _ writer: RowWriter
  ) throws(Failure) -> (Model, Attribute) {
    if let name = target.model {
      let byTable = session.graph.models.first { $0.table == name.text }
      let model = if let byTable { byTable } else { try writer.model(name) }
      return (model, try attribute(target.name, of: model))
    }
    let found = session.graph.models.filter {
      $0.origin == .declared && $0.attribute(named: target.name.text) != nil
    }
    guard found.count == 1, let model = found.first else {
      let places = found.map { "`\($0.name).\(target.name)`" }.joined(separator: " or ")
      throw Failure(
        found.isEmpty ? .unknownAttribute : .ambiguous,
        found.isEmpty
          ? "no declared model has an attribute `\(target.name)`"
          : "`\(target.name)` is in several models",
        at: target.range, hint: found.isEmpty ? "say it as in `Product.price`" : "say \(places)")
    }
    return (model, try attribute(target.name, of: model))
  }

  private func attribute(_ name: Name, of model: Model) throws(Failure) -> Attribute {
    if let attribute = model.attribute(named: name.text) { return attribute }
    if let relation = session.graph.relations(holder: model.name).first(where: {
      $0.name == name.text
    }),
      relation.attributes.count == 1, let attribute = model.attribute(named: relation.attributes[0])
    {
      return attribute
    }
    throw Failure(
      .unknownAttribute, "`\(model.name)` has no attribute `\(name)`", at: name.range,
      hint: Suggestion.hint(
        for: name.text, among: model.attributes.map(\.name), listing: "its attributes are"))
  }

  // MARK: Lose

  private func add(
    _ column: ColumnSyntax, to request: inout AlterRequest, _ live: Schema
  ) throws(Failure) {
    guard let name = column.model else {
      if let model = session.graph.models.first(where: {
        $0.origin == .declared && live.table(named: $0.table) != nil
          && $0.attribute(named: column.name.text) != nil
      }), !isOnlyLive(column.name.text, live) {
        throw stillThere(column, in: model)
      }
      return request.lostColumns.append((nil, column.name.text.asciiLowercased))
    }
    let model = session.graph.models.first { $0.table == name.text || $0.name == name.text }
    guard
      let table = only(live.tables.map(\.name), named: name.text).flatMap({ live.table(named: $0) })
        ?? model.flatMap({ live.table(named: $0.table) })
    else {
      throw Failure(
        .unknownModel, "the database has no table of `\(name)`", at: name.range,
        hint: Suggestion.hint(
          for: name.text, among: session.graph.models.map(\.name) + live.tables.map(\.name),
          listing: "its tables are"))
    }
    if let model, let attribute = model.attribute(named: column.name.text),
      table.column(named: attribute.column) != nil
    {
      throw stillThere(column, in: model)
    }
    let live =
      table.column(named: column.name.text)?.name
      ?? table.columns.first {
        Naming(style: .camel).attribute(fromColumn: $0.name) == column.name.text
      }?.name
    guard let live else {
      return session.tell("note: `\(table.name)` has no column `\(column.name)` to lose")
    }
    request.lostColumns.append((table.name.asciiLowercased, live.asciiLowercased))
  }

  private func isOnlyLive(_ column: String, _ live: Schema) -> Bool {
    session.graph.models.contains { model in
      model.origin == .declared && model.attribute(named: column) == nil
        && live.table(named: model.table)?.column(named: column) != nil
    }
  }

  private func stillThere(_ column: ColumnSyntax, in model: Model) -> Failure {
    Failure(
      .contradiction, "`\(model.name).\(column.name)` is in the model", at: column.range,
      hint: "`\(model.name) drops \(column.name)` takes it out")
  }

  private func add(
    table name: Name, to request: inout AlterRequest, _ live: Schema
  ) throws(Failure) {
    let view = only(live.views.map(\.name), named: name.text)
    guard let table = only(live.tables.map(\.name), named: name.text) ?? view else {
      return session.tell("note: there is no table `\(name)` to lose")
    }
    if let model = session.graph.models.first(where: {
      $0.table.isSameName(as: table) && $0.origin == .declared
    }) {
      throw Failure(
        .contradiction, "`\(table)` is the \(model.isView ? "view" : "table") of `\(model.name)`",
        at: name.range, hint: "`drop \(model.name)` takes it out of the model")
    }
    if table == view {
      request.lostViews.append(table)
    } else {
      request.lostTables.append(table.asciiLowercased)
    }
  }

  /// The table by its name, or as a model's name would find it.
  private func only(_ tables: [String], named name: String) -> String? {
    if let table = tables.first(where: { $0.isSameName(as: name) }) { return table }
    let keys = TableLookup.keys(for: name)
    let found = tables.filter { keys.contains($0.lowercased()) }
    return found.count == 1 ? found[0] : nil
  }
}
