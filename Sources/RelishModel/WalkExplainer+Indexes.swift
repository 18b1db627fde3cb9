import RelishLanguage

/// Which index serves a table, and which would.
extension WalkExplainer {
  /// How the plan reads the table, in words; keeps the indexes that would help in mind.
  ///
  /// - Parameters:
  ///   - aliases: what the statement calls it; empty: not known.
  ///   - link: by which its rows are found.
  ///   - step: the noun whose filter and order are about the table, if it is one.
  mutating func access(
    _ aliases: [String], _ source: Source, over link: Link?, wanting step: Step?
  ) -> String {
    let table = facts.schema.table(named: source.table)
    let fars = link?.pairs.map(\.far) ?? []
    let readings = facts.readings(of: aliases)
    let columns = IndexColumns(step?.filter)
    let missing = missingIndexes(fars, columns, step, table)
    if readings.contains(where: { $0.readsAll || $0.index == .temporary }) {
      for columns in missing { wish(columns, on: source, tables: [source.table]) }
      if let step { wishSorted(step, columns, table) }
    }
    if let step { wishForPaths(columns, step, readings) }
    guard !readings.isEmpty else {
      if case .keys? = step?.filter { return "its key is known, so it is not read" }
      guard let table, let path = Self.path(leading: fars, table) else { return "" }
      return path
    }
    var words: [String] = []
    for reading in readings.filter(\.readsAll) + readings.filter({ !$0.readsAll }) {
      let word = self.words(reading, missing, table)
      if !words.contains(word) { words.append(word) }
    }
    guard let first = words.first, words.count > 1 else { return words.first ?? "" }
    return first + ", elsewhere by " + Sentences.listed(Array(words.dropFirst()))
  }

  /// The columns of each index that the table lacks for the link and the filter.
  private func missingIndexes(
    _ fars: [String], _ columns: IndexColumns, _ step: Step?, _ table: Table?
  ) -> [[String]] {
    guard let table else { return [] }
    var wanted = fars.isEmpty ? [] : [fars]
    if let step {
      wanted.append(columns.columns(of: step.source.id, over: []))
      wanted += columns.alternatives.map { $0.columns(of: step.source.id, over: []) }
    }
    return wanted.filter { columns in columns.first.map { !table.leads($0) } ?? false }
  }

  private func words(
    _ reading: TableReading, _ missing: [[String]], _ table: Table?
  ) -> String {
    switch (reading.readsAll, reading.index) {
    case (true, .named(let name)?): return "all are read along index \(name)"
    case (true, _):
      guard let columns = missing.first else { return "all are read" }
      return "no index on \(columns.joined(separator: ", ")): all are read"
    case (false, .temporary?):
      let columns = reading.columns.joined(separator: ", ")
      return "no index on \(columns): the database makes one for this answer"
    case (false, .named(let name)?):
      guard let table, !table.indexes.contains(where: { $0.name == name }) else {
        return "index \(name)"
      }
      return Self.path(leading: reading.columns, table) ?? "index \(name)"
    case (false, .primaryKey?), (false, nil): return "primary key"
    }
  }

  /// The key or index that begins with the columns.
  private static func path(leading columns: [String], _ table: Table) -> String? {
    guard !columns.isEmpty else { return nil }
    func leads(_ path: [String]) -> Bool {
      path.count >= columns.count
        && Set(path.prefix(columns.count).map { $0.lowercased() })
          == Set(columns.map { $0.lowercased() })
    }
    if leads(table.primaryKey) { return "primary key" }
    if let unique = table.uniques.first(where: { leads($0.columns) }) {
      return "unique key on \(unique.columns.joined(separator: ", "))"
    }
    return table.indexes.first { $0.definition == nil && leads($0.columns) }.map {
      "index \($0.name)"
    }
  }

  // MARK: Wishes

  /// Asks for an index.
  private mutating func wish(_ columns: [String], on source: Source, tables: [String]) {
    guard let model = graph.model(named: source.model), !columns.isEmpty else { return }
    let names = columns.map { column in
      SyntaxWriter.name(model.attributes.first { $0.column == column }?.name ?? column)
    }
    let sentence = "\(SyntaxWriter.model(model.name)) indexed by \(names.joined(separator: ", "))"
    explanation.wishes.append(.init(sentence: sentence, tables: tables))
  }

  /// The first rows of an order are at hand where an index has it.
  private mutating func wishSorted(_ step: Step, _ columns: IndexColumns, _ table: Table?) {
    let keys = step.top.map { [$0.key] } ?? step.sort
    guard let table, step.isLimited, step.link == nil,
      columns.isEmpty, step.filter == nil,
      facts.sorts(atTop: true) || facts.sorts(atTop: false),
      keys.allSatisfy({ $0.isDescending == keys.first?.isDescending })
    else { return }
    var names: [String] = []
    for key in keys {
      guard case .column(let column) = key.expression.form, column.links.isEmpty,
        column.source == step.source.id
      else { return }
      names.append(column.column)
    }
    guard let first = names.first, !table.leads(first) else { return }
    wish(names, on: step.source, tables: [table.name])
  }

  /// `Product where user.name = "Max"` can begin at the users, given an index on their name and one on
  /// the key to them.
  private mutating func wishForPaths(
    _ columns: IndexColumns, _ step: Step, _ readings: [TableReading]
  ) {
    let readsAll = readings.contains(where: \.readsAll)
    guard columns.columns(of: step.source.id, over: []).isEmpty else { return }
    // One path is enough to begin at.
    for links in columns.paths(from: step.source.id).prefix(1) {
      guard let last = links.last, let far = graph.models.first(where: { $0.table == last.table }),
        let table = facts.schema.table(named: far.table)
      else { continue }
      let begins = facts.plan.contains { entry in
        guard case .table(let reading) = entry.reading, reading.readsAll else { return false }
        return facts.joined[reading.alias]?.contains(far.table) ?? false
      }
      guard readsAll || begins else { continue }
      let names = columns.columns(of: step.source.id, over: links)
      guard let first = names.first else { continue }
      let source = Source(id: step.source.id, model: far.name, table: far.table, key: [])
      if !table.leads(first) {
        wish(names, on: source, tables: readsAll ? [far.table, step.source.table] : [far.table])
      }
      wishForKeys(of: links, from: step.source)
    }
  }

  /// The keys that lead back from the end of the links.
  private mutating func wishForKeys(of links: [Link], from source: Source) {
    var holder = source
    for link in links {
      if let table = facts.schema.table(named: holder.table), let first = link.pairs.first,
        !table.leads(first.near)
      {
        wish(link.pairs.map(\.near), on: holder, tables: [table.name])
      }
      guard let next = graph.models.first(where: { $0.table == link.table }) else { return }
      holder = Source(id: source.id, model: next.name, table: next.table, key: [])
    }
  }
}
