import RelishLanguage

// Views and triggers, and tables that no sentences can tell all of.
extension SaveWriter {
  /// `view Sale table "sales" (day date) "CREATE VIEW …"`, in the order in which they were made.
  var viewBlocks: [[String]] {
    graph.models.filter(\.isView).map { view in
      var words = ["view", SyntaxWriter.model(view.name)]
      if view.table != naming.table(model: view.name, plural: view.plural) {
        words.append("table \(SyntaxWriter.text(view.table))")
      }
      if !view.attributes.isEmpty {
        words.append("(\(texts(of: view.attributes, in: view).joined(separator: ", ")))")
      }
      words.append(SyntaxWriter.text(view.storage.view ?? ""))
      return [words.joined(separator: " ")]
    }
  }

  var definitionBlocks: [[String]] {
    let tables = graph.models.compactMap { model in
      (definitions[model.name] ?? model.storage.definition).map {
        ["table \(SyntaxWriter.model(model.name)) \(SyntaxWriter.text($0))"]
      }
    }
    return tables + graph.allTriggers.map { ["trigger \(SyntaxWriter.text($0.text))"] }
  }
}

extension ModelGraph {
  /// Triggers that act on the model's table.
  func triggers(on model: Model) -> [Trigger] {
    allTriggers.filter { $0.table.isSameName(as: model.table) }
  }

  /// Triggers of the database, and those that sentences state in their place or besides.
  package var allTriggers: [Trigger] {
    let said = Set(triggers.map(\.name.asciiLowercased))
    return readTriggers.filter { !said.contains($0.name.asciiLowercased) } + triggers
  }
}
