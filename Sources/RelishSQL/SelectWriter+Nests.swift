import RelishLanguage
package import RelishModel

extension SelectWriter {
  /// The columns of the answer of `select`, those of nests with their path: `products.title`.
  package func columns(of walk: Traversal) -> [OutputColumn] {
    walk.nests.isEmpty ? walk.outputs : NestLayout(walk, keepsKeys: false).columns
  }

  /// The statement of a walk with nests.
  ///
  /// One nest is a LEFT JOIN. Of several beside each other, each has a SELECT of its own, put together
  /// by UNION ALL and sorted, so that they never multiply each other; rows with none of them come from
  /// one more ("sorted outer union": Shanmugasundaram et al., VLDB 2000).
  ///
  /// - Parameter keepsKeys: with the columns that tell rows apart, for answers that nest.
  package func nested(_ walk: Traversal, keepsKeys: Bool) -> NestedSelect {
    let walk = walk.shortened
    let layout = NestLayout(walk, keepsKeys: keepsKeys)
    let variants = NestVariant.all(of: walk.nests, under: walk.last.source)
    guard variants.count > 1 else {
      let only = variants.first ?? NestVariant()
      let sql = NestWriter(self, walk, only).select(layout)
      return NestedSelect(sql: sql, columns: layout.columns, root: layout.root)
    }
    let places = NestOrder.places(of: walk)
    let selects = variants.map { NestWriter(self, walk, $0).select(layout, orderedBy: places) }
    let union = selects.joined(separator: " UNION ALL ")
    let order = places.indices.map { index in
      dialect.sortKey(SQLText("o" + String(index)), isDescending: places[index].isDescending)
    }.joined(separator: ", ")
    var sql: SQLText = "\(union) ORDER BY \(order)"
    if !keepsKeys {
      let names = layout.columns.map { SQLText(dialect.identifier($0.name)) }
        .joined(separator: ", ")
      sql = "SELECT \(names) FROM (\(union)) AS nested ORDER BY \(order)"
    }
    return NestedSelect(sql: sql, columns: layout.columns, root: layout.root)
  }
}

/// One of the SELECTs of a nested answer: which nests it joins.
struct NestVariant {
  struct Join {
    var nest: Nest
    var parent: Source
    /// Rows of the parent without a nested row stay.
    var isOptional: Bool
    /// Its place among the nests beside it of which each has its own SELECT.
    var branch: Int
  }

  var joins: [Join] = []
  /// Nests of which the parent must have no row.
  var missing: [(nest: Nest, parent: Source)] = []

  /// The variants that together hold each row of the parent, and each innermost row once. The last one
  /// holds the rows of the parent under which nothing stands.
  static func all(of nests: [Nest], under parent: Source) -> [NestVariant] {
    var base = NestVariant()
    for nest in nests where !nest.holdsMany {
      base.joins.append(Join(nest: nest, parent: parent, isOptional: true, branch: 0))
      base.joins += all(of: nest.nests, under: nest.noun.source).flatMap(\.joins)
    }
    let branches = nests.filter(\.holdsMany)
    var variants: [NestVariant] = []
    for (number, nest) in branches.enumerated() {
      let inner = all(of: nest.nests, under: nest.noun.source)
      for (index, variant) in inner.enumerated() {
        let isOptional = branches.count == 1 && index == inner.count - 1
        var whole = base
        whole.joins.append(
          Join(nest: nest, parent: parent, isOptional: isOptional, branch: number))
        whole.joins += variant.joins
        whole.missing += variant.missing
        variants.append(whole)
      }
    }
    guard branches.count != 1 else { return variants }
    base.missing = branches.map { ($0, parent) }
    return variants + [base]
  }
}

/// A column that a nested answer is sorted by, where several SELECTs are put together.
struct NestOrder {
  enum Key {
    /// The n-th sort key of a noun.
    case noun(Source.ID, Int)
    /// Which of the nests under a noun the row is of.
    case branch(Source.ID)
  }
  var key: Key
  var isDescending: Bool

  /// The same for all SELECTs of the walk; each fills those of the nests that it joins.
  static func places(of walk: Traversal) -> [NestOrder] {
    let last = walk.last
    let keys = last.sortedKeys.map(\.isDescending) + last.source.key.map { _ in false }
    return places(keys, last.source.id, walk.nests)
  }

  private static func places(
    _ keys: [Bool], _ source: Source.ID, _ nests: [Nest]
  ) -> [NestOrder] {
    var places = keys.enumerated().map { NestOrder(key: .noun(source, $0), isDescending: $1) }
    let branches = nests.filter(\.holdsMany)
    if branches.count > 1 {
      places.append(NestOrder(key: .branch(source), isDescending: false))
    }
    for nest in branches {
      places += self.places(nest.order.map(\.isDescending), nest.noun.source.id, nest.nests)
    }
    return places
  }
}

extension Step {
  /// The keys by which the rows of an answer are sorted, before the primary key.
  var sortedKeys: [ResolvedSortKey] {
    let keys = sort.isEmpty ? top.map { [$0.key] } ?? [] : sort
    return keys.filter { !$0.expression.isConstant }
  }
}

extension Nest {
  /// Whether its rows are chosen in a SELECT of their own, because a limit takes some or several ways
  /// lead to them.
  var isChosen: Bool { noun.isLimited || isRepeating || way.count > (isJunction ? 1 : 0) }

  /// Its rows are numbered in the order in which they are shown.
  var isNumbered: Bool { noun.limit != nil || (noun.top != nil && noun.sort.isEmpty) }

  /// One entry for each column by which its rows are sorted.
  var order: [(key: ResolvedSortKey?, isDescending: Bool)] {
    guard isToMany else { return [] }
    if isNumbered { return [(nil, false)] }
    return noun.sortedKeys.map { ($0, $0.isDescending) } + noun.source.key.map { _ in (nil, false) }
  }

  /// The columns that tell its rows apart, or at least that there is one.
  var keyColumns: [String] {
    noun.source.key.isEmpty ? noun.link?.pairs.map(\.far) ?? [] : noun.source.key
  }
}

/// Which columns a nested answer has, the same for all its SELECTs.
struct NestLayout {
  /// Each with the noun it is of.
  private(set) var columns: [OutputColumn] = []
  private(set) var owners: [Source.ID] = []
  /// Columns behind the answer's own that tell rows apart.
  private(set) var keys: [ColumnReference] = []
  private(set) var root = AnswerLevel(
    name: "", isToMany: true, names: [], outputs: 0..<0, key: [], nests: [])

  init(_ walk: Traversal, keepsKeys: Bool) {
    let source = walk.last.source
    root = place(walk.outputs, of: source, "", walk.nests)
    guard keepsKeys else { return }
    root.key = positions(of: source.key, of: source)
    root.nests = keyed(root.nests, walk.nests)
  }

  private mutating func place(
    _ outputs: [OutputColumn], of source: Source, _ prefix: String, _ nests: [Nest]
  ) -> AnswerLevel {
    let start = columns.count
    for output in outputs {
      columns.append(OutputColumn(name: prefix + output.name, expression: output.expression))
      owners.append(source.id)
    }
    var level = AnswerLevel(
      name: "", isToMany: true, names: outputs.map(\.name), outputs: start..<columns.count, key: [],
      nests: [])
    for nest in nests {
      var inner = place(nest.outputs, of: nest.noun.source, prefix + nest.name + ".", nest.nests)
      inner.name = nest.name
      inner.isToMany = nest.isToMany
      level.nests.append(inner)
    }
    return level
  }

  private mutating func keyed(_ levels: [AnswerLevel], _ nests: [Nest]) -> [AnswerLevel] {
    var levels = levels
    for (index, nest) in nests.enumerated() {
      levels[index].key = positions(of: nest.keyColumns, of: nest.noun.source)
      levels[index].nests = keyed(levels[index].nests, nest.nests)
    }
    return levels
  }

  /// Where the columns stand in the answer, behind it if they are not shown.
  private mutating func positions(of names: [String], of source: Source) -> [Int] {
    names.map { name in
      let wanted = ColumnReference(source: source.id, column: name)
      let shown = columns.firstIndex { column in
        if case .column(let reference) = column.expression.form { return reference == wanted }
        return false
      }
      if let shown { return shown }
      keys.append(wanted)
      return columns.count + keys.count - 1
    }
  }
}
