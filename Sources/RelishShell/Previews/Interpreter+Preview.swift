import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `delete … preview` (LANGUAGE.md §6).
extension Interpreter {
  /// Shows the tree; as rows where the format is one that programs read.
  func preview(_ preview: DeletionPreview) throws(Failure) {
    let tree = DeletionTree(preview, in: session.graph)
    guard session.formatIsForPrograms else {
      session.streams.rows().write(tree.text)
      return
    }
    let names = ["depth", "model", "effect", "rows", "relation", "rule"]
    let columns = names.map { name in
      ResultColumn(name: name, type: name == "depth" || name == "rows" ? .integer : .text)
    }
    var rows: [[Value]] = tree.lines.map { line in
      [
        .integer(Int64(line.depth)), .text(line.model), .text(line.effect),
        .integer(Int64(line.rows)), line.relation.map { .text($0) } ?? .null,
        line.rule.map { .text($0) } ?? .null,
      ]
    }
    // What no row is to blame for.
    if case .refused(let words?) = preview.ending, let root = tree.lines.first {
      let count = Int64(root.rows)
      rows.append(
        [.integer(0), .text(root.model), .text("refused"), .integer(count), .null, .text(words)])
    }
    session.show(columns, rows)
  }
}

extension RowWriter {
  /// What `delete` of these rows would do; refused where `delete` itself is before it looks at them.
  func preview(all: Bool, _ query: QuerySyntax) throws(Failure) -> DeletionPreview {
    let traversal = try resolveKeys(query)
    let model = try model(named: traversal.last.source.model)
    try refuseView(model)
    try require(all: all, query, verb: "delete")
    return try preview(of: model, where: filter(traversal, of: model))
  }

  func preview(of model: Model, where filter: SQLText) throws(Failure) -> DeletionPreview {
    do {
      return try DeletionPreview(
        deletingFrom: model.table, where: filter, driver: session.driver)
    } catch {
      throw Failure(error, at: range)
    }
  }
}

extension Session {
  /// Whether the answer that is a picture for people is to be rows.
  var formatIsForPrograms: Bool {
    ["csv", "tsv", "json", "jsonl", "html", "markdown", "sql"].contains(settings.format)
  }

  /// Shows rows of values in the format at hand.
  func show(_ columns: [ResultColumn], _ rows: [[Value]]) {
    var renderer = makeRenderer()
    let sink = streams.rows()
    renderer.begin(columns, isFlat: false, to: sink)
    for row in rows { renderer.row(ValueRow(row), to: sink) }
    renderer.end(to: sink)
  }
}
