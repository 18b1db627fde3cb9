import RelishLanguage

/// A row of an answer with the rows under it.
struct NestedRow: Equatable {
  struct Nest: Equatable {
    var name: String
    var isToMany: Bool
    /// The columns of its rows and of those under them.
    var width: Int
    /// Whether many rows stand somewhere in it, whatever there is.
    var holdsMany: Bool
    var rows: [NestedRow]
  }

  var cells: [Cell]
  var nests: [Nest] = []

  /// One row per innermost row: nests beside each other never multiply, those of one row stand beside.
  func flat() -> [[Cell]] {
    let branches = nests.indices.filter { nests[$0].holdsMany }
    func row(_ branch: Int?, _ inner: [Cell]) -> [Cell] {
      nests.indices.reduce(cells) { line, index in
        if index == branch { return line + inner }
        let nothing = [Cell](repeating: .null, count: nests[index].width)
        if nests[index].holdsMany { return line + nothing }
        return line + (nests[index].rows.first?.flat().first ?? nothing)
      }
    }
    let rows = branches.flatMap { branch in
      nests[branch].rows.flatMap { $0.flat() }.map { row(branch, $0) }
    }
    return rows.isEmpty ? [row(nil, [])] : rows
  }
}

extension NaiveEvaluator {
  /// What `with` puts under the last of the nouns.
  func nests(_ syntaxes: [NestSyntax], _ nouns: [Noun]) throws -> [NestedRow.Nest] {
    guard let row = nouns.last?.row else { throw Problem("nests under a group") }
    return try syntaxes.map { try nest($0, row, nouns) }
  }

  private func nest(_ syntax: NestSyntax, _ row: Row, _ outer: [Noun]) throws -> NestedRow.Nest {
    let name = syntax.name.text
    guard let target = NaiveShop.target(of: name, on: row.model) else {
      throw Problem("no relation \(name)")
    }
    var nest = shape(syntax, target, NaiveShop.isToOne(name, on: row.model))
    let found = shop.follow(name, from: row) ?? []
    var nouns: [Noun] = found.map { .row($0, junction: junction(name, row, $0)) }
    nouns.sort { precedesByKey($0, $1) }
    nouns = try apply(syntax.clauses, to: nouns, show: syntax.clauses.show?.value, outer)
    nest.rows = try nouns.map { noun in
      let cells =
        try syntax.clauses.show?.value.map { try value($0.expression, outer + [noun]) }
        ?? plain(noun)
      return NestedRow(
        cells: cells, nests: try nests(syntax.clauses.with?.value ?? [], outer + [noun]))
    }
    return nest
  }

  /// How wide a nest is, also where it has no rows.
  private func shape(
    _ syntax: NestSyntax, _ model: String, _ isToOne: Bool
  ) -> NestedRow.Nest {
    let inner = (syntax.clauses.with?.value ?? []).map { next -> NestedRow.Nest in
      let name = next.name.text
      return shape(
        next, NaiveShop.target(of: name, on: model) ?? model, NaiveShop.isToOne(name, on: model))
    }
    let own = syntax.clauses.show?.value.count ?? NaiveShop.attributes[model]?.count ?? 0
    return NestedRow.Nest(
      name: syntax.name.text, isToMany: !isToOne, width: inner.reduce(own) { $0 + $1.width },
      holdsMany: !isToOne || inner.contains(where: \.holdsMany), rows: [])
  }

  /// The row of the junction between two rows.
  private func junction(_ name: String, _ row: Row, _ other: Row) -> Row? {
    guard NaiveShop.junctions.contains("\(row.model).\(name)") else { return nil }
    return shop.follow("cartItems", from: row)?.first {
      shop.follow(other.model.lowercased(), from: $0)?.contains(other) == true
    }
  }
}
