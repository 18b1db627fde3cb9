import RelishLanguage
import RelishModel

/// `path User to Category` (LANGUAGE.md §7).
extension Interpreter {
  /// Shows the shortest ways between two models, each as the walk that one would type.
  func path(from: Name, to: Name, at range: SourceRange) throws(Failure) {
    try refresh(at: range)
    try validate()
    let start = try model(from)
    let end = try model(to)
    let ways = session.graph.ways(from: start, to: end)
    guard !ways.isEmpty else {
      let way =
        start.name == end.name
        ? "no way leads from `\(start.name)` back to other rows of it"
        : "no relation leads from `\(start.name)` to `\(end.name)`, however far"
      throw Failure(
        .unknownRelation, way, at: from.range.union(to.range),
        hint: "`show relations` lists what there is")
    }
    let columns = [
      ResultColumn(name: "walk", type: .text), ResultColumn(name: "hops", type: .integer),
      ResultColumn(name: "keys", type: .text),
    ]
    var renderer = session.makeRenderer()
    let sink = session.streams.rows()
    renderer.begin(columns, isFlat: false, to: sink)
    for way in ways {
      let keys = way.keys.joined(separator: ", ")
      renderer.row(ValueRow([.text(way.walk), .integer(Int64(way.hops)), .text(keys)]), to: sink)
    }
    renderer.end(to: sink)
  }
}
