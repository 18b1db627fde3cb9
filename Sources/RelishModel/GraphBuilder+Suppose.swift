package import RelishLanguage

extension GraphBuilder {
  /// The graph as it would be with one more sentence, and the relation that the sentence speaks of; of a
  /// `belongsToMany` the key to its subject, whose rules it says.
  ///
  /// What the other side of the relation says does not hinder: the supposition is put in its place.
  package func supposing(
    _ association: AssociationSyntax, in source: SourceText
  ) throws(Diagnostic) -> (graph: ModelGraph, relation: Relation) {
    do {
      return try declaring(association, in: source)
    } catch {
      guard error.code == .contradiction, association.kind != .belongsToMany,
        let other = otherSide(of: association, in: source),
        let found = try? declaring(other, in: source)
      else { throw error }
      return found
    }
  }

  private func declaring(
    _ association: AssociationSyntax, in source: SourceText
  ) throws(Diagnostic) -> (graph: ModelGraph, relation: Relation) {
    var copy = self
    _ = try copy.declare(.association(association), in: source)
    try copy.validate()
    let graph = copy.graph
    let subject = graph.model(named: association.subject.text)
    let target = graph.model(named: association.target.text)?.name ?? association.target.text
    let name = association.alias?.text ?? copy.facts.name(of: association.kind, to: target)
    switch subject?.association(named: name)?.route {
    case .forward(let id), .inverse(let id), .junction(near: let id, far: _):
      if let relation = graph.relation(id) { return (graph, relation) }
    case .walk, nil: break
    }
    throw Diagnostic(
      .invalidDeclaration, "this sentence names no key whose rows could be looked at",
      at: association.range)
  }

  /// The same rules said on the other side: `User hasMany Product` as `Product belongsTo User`.
  private func otherSide(
    of association: AssociationSyntax, in source: SourceText
  ) -> AssociationSyntax? {
    var bare = association
    (bare.isRequired, bare.onDelete, bare.onUpdate, bare.unconstrained) = (nil, nil, nil, nil)
    guard let relation = (try? declaring(bare, in: source))?.relation else { return nil }
    let range = association.range
    let (holder, target) = (Name(relation.holder, at: range), Name(relation.target, at: range))
    var other: AssociationSyntax
    if association.kind == .belongsTo {
      other = AssociationSyntax(
        subject: target, kind: relation.isUnique ? .hasOne : .hasMany, target: holder, range: range)
      other.alias = relation.inverse.map { Name($0, at: range) }
      other.by = Name(relation.name, at: range)
    } else {
      other = AssociationSyntax(subject: holder, kind: .belongsTo, target: target, range: range)
      other.alias = Name(relation.name, at: range)
    }
    (other.isRequired, other.onDelete) = (association.isRequired, association.onDelete)
    (other.onUpdate, other.unconstrained) = (association.onUpdate, association.unconstrained)
    return other
  }
}
