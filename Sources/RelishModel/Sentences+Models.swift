import RelishLanguage

// Sentences about one model: `model`, `has`, `labeled`, `indexed`, `unique` (LANGUAGE.md §3).
extension SaveWriter {
  /// All sentences whose subject is the model, but for its associations.
  func lines(of model: Model) -> [String] {
    let name = SyntaxWriter.model(model.name)
    let said = saidAttributes(of: model)
    var lines: [String] = []
    let options = options(of: model)
    if !options.isEmpty || said.isEmpty {
      lines.append((["model \(name)"] + options).joined(separator: " "))
    }
    if !said.isEmpty { lines.append(wrapped("\(name) has ", texts(of: said, in: model))) }
    for check in model.storage.checks {
      lines.append("\(name) checks sql \(SyntaxWriter.text(check.text))\(Self.named(check.name))")
    }
    lines += indexLines(of: model).now
    return lines
  }

  /// Labels, indexes and unique keys: those that can be said at once, and those over keys of
  /// relations, which the associations make first.
  func indexLines(of model: Model) -> (now: [String], later: [String]) {
    let name = SyntaxWriter.model(model.name)
    let known = Set(
      model.attributes.filter { isAutomatic($0) }.map(\.name)
        + saidAttributes(of: model).map(\.name))
    var (now, later): ([String], [String]) = ([], [])
    if let label = model.label, label != model.usualLabel {
      let text = "\(name) labeled by \(SyntaxWriter.bareName(label))"
      if known.contains(label) { now.append(text) } else { later.append(text) }
    }
    for (verb, indexes) in [("indexed", model.indexes), ("unique", model.uniques)] {
      // Their order stays: behind one that must wait all others wait too.
      let ready = indexes.prefix { known.isSuperset(of: $0.attributes) }.count
      let texts = indexes.map { indexLine($0, verb, of: model) }
      now += texts.prefix(ready)
      later += texts.dropFirst(ready)
    }
    return (now, later)
  }

  /// `User indexed by email unique named "u"`; a name that follows is not said.
  private func indexLine(_ index: ModelIndex, _ verb: String, of model: Model) -> String {
    let columns = index.attributes.map { model.attribute(named: $0)?.column ?? $0 }
    let isConstraint = verb == "unique" && !index.isUniqueIndex
    let usual =
      verb == "unique"
      ? naming.unique(table: model.table, columns: columns)
      : naming.index(table: model.table, columns: columns)
    let what = index.definition.map { "sql \(SyntaxWriter.text($0))" } ?? names(index.attributes)
    var line = "\(SyntaxWriter.model(model.name)) \(isConstraint ? "unique" : "indexed") by \(what)"
    if index.isUniqueIndex { line += " unique" }
    return index.name == usual && index.definition == nil ? line : line + Self.named(index.name)
  }

  static func named(_ name: String?) -> String {
    name.map { " named \(SyntaxWriter.text($0))" } ?? ""
  }

  /// Whether everything about the model but its relations is said by attributes in brackets.
  func isToldByAttributes(_ model: Model) -> Bool {
    options(of: model).isEmpty && model.indexes.isEmpty && model.uniques.isEmpty
      && model.storage.checks.isEmpty
      && (model.label == nil || model.label == model.usualLabel)
  }

  /// `table "t" plural "p" key a, b without timestamps`, what of it is needed.
  private func options(of model: Model) -> [String] {
    var options: [String] = []
    if model.table != naming.table(model: model.name, plural: model.plural) {
      options.append("table \(SyntaxWriter.text(model.table))")
    }
    if let plural = model.plural { options.append("plural \(SyntaxWriter.text(plural))") }
    if keyIsOption(of: model) || model.storage.keyName != nil {
      options.append("key \(names(model.primaryKey))\(Self.named(model.storage.keyName))")
    }
    if model.storage.isStrict { options.append("strict") }
    if model.storage.isWithoutRowid { options.append("without rowid") }
    if model.primaryKey.isEmpty { options.append("without key") }
    if !model.hasTimestamps, !setsTimestampsOff { options.append("without timestamps") }
    return options
  }

  /// Whether the model must say its primary key as a whole: a part of it is the key of a relation
  /// and no attribute, or its parts stand in another order than the attributes.
  func keyIsOption(of model: Model) -> Bool {
    if model.primaryKey.isEmpty { return false }
    let isFirst = model.attributes.prefix(model.primaryKey.count).map(\.name) == model.primaryKey
    if !isFirst, !isInOrder(model) { return true }
    if hasOwnKey(model) { return false }
    let said = saidAttributes(of: model).map(\.name).filter(model.primaryKey.contains)
    return said != model.primaryKey
  }

  /// Whether the key comes by itself: `id`, or the two keys of a junction.
  private func hasOwnKey(_ model: Model) -> Bool {
    if model.primaryKey == ["id"], model.attribute(named: "id").map(isAutomatic) == true {
      return true
    }
    var keys: [String] = []
    for pair in junctions where pair.junction == model.name {
      for name in pair.near.attributes + pair.far.attributes where !keys.contains(name) {
        keys.append(name)
      }
    }
    return !keys.isEmpty && keys == model.primaryKey
  }

  /// The parts on one line behind `start`, or, where that is too long, each on a line of its own.
  private func wrapped(_ start: String, _ parts: [String]) -> String {
    let line = start + parts.joined(separator: ", ")
    return line.count <= 100 ? line : start + parts.joined(separator: ",\n  ")
  }
}
