import RelishLanguage
import RelishModel

/// A graph as text that is equal where the graphs are: everything in it, identifiers as names.
enum GraphDump {
  static func text(_ graph: ModelGraph) -> String {
    var lines = ["naming \(graph.naming)"]
    for model in graph.models { lines += self.lines(of: model, in: graph) }
    for relation in graph.relations { lines.append(line(of: relation)) }
    return lines.joined(separator: "\n")
  }

  private static func lines(of model: Model, in graph: ModelGraph) -> [String] {
    var lines = [
      "model \(model.name) table \(model.table) plural \(model.plural ?? "-")"
        + " key \(model.primaryKey) label \(model.label ?? "-") timestamps \(model.hasTimestamps)"
    ]
    for attribute in model.attributes {
      lines.append("  " + line(of: attribute, in: graph))
    }
    for index in model.indexes { lines.append("  index \(index.name) \(index.attributes)") }
    for unique in model.uniques { lines.append("  unique \(unique.name) \(unique.attributes)") }
    for association in model.associations {
      let number = association.isToMany ? "many" : "one"
      let route = route(association.route, in: graph)
      lines.append("  \(association.name) → \(number) \(association.target) by \(route)")
    }
    return lines
  }

  private static func line(of attribute: Attribute, in graph: ModelGraph) -> String {
    var words = [attribute.name, "column", attribute.column, "\(attribute.type)"]
    if attribute.isKey { words.append("key") }
    if attribute.isGenerated { words.append("generated") }
    if attribute.isRequired { words.append("required") }
    if attribute.isUnique { words.append("unique") }
    if let value = attribute.defaultValue {
      words.append("default \(SyntaxWriter.expression(value))")
    }
    if let check = attribute.check {
      words.append("check \(SyntaxWriter.condition(check.condition))")
    }
    if let note = attribute.note { words.append("note \(note)") }
    switch attribute.role {
    case .plain: break
    case .createdAt: words.append("createdAt")
    case .updatedAt: words.append("updatedAt")
    case .relationKey(let id): words.append("of " + name(id, in: graph))
    }
    return words.joined(separator: " ")
  }

  private static func line(of relation: Relation) -> String {
    var words = [
      "relation \(relation.holder) \(relation.name) \(relation.attributes)",
      "→ \(relation.target) \(relation.targetAttributes) inverse \(relation.inverse ?? "-")",
    ]
    words.append(relation.isRequired ? "required" : "optional")
    if relation.isUnique { words.append("unique") }
    words.append(
      relation.isConstrained
        ? "on delete \(relation.onDelete.rawValue) on update \(relation.onUpdate.rawValue)"
        : "unconstrained")
    return words.joined(separator: " ")
  }

  private static func route(_ route: Association.Route, in graph: ModelGraph) -> String {
    switch route {
    case .forward(let id): "forward " + name(id, in: graph)
    case .inverse(let id): "inverse " + name(id, in: graph)
    case .junction(let near, let far):
      "junction \(name(near, in: graph)), \(name(far, in: graph))"
    case .walk(let hops): "walk \(hops)"
    }
  }

  private static func name(_ id: Relation.ID, in graph: ModelGraph) -> String {
    graph.relation(id).map { "\($0.holder).\($0.name)" } ?? "?"
  }
}
