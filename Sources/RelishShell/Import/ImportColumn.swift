import RelishLanguage
import RelishModel

/// What the values of one column of a file become.
struct ImportColumn {
  /// A way to bind most values where they are, without a look at the model.
  enum Quick {
    /// At most so many bytes; more may still be few enough characters.
    case text(bytes: Int)
    case integer, double
    case decimal(precision: Int, scale: Int)
    case none
  }

  /// What a value is read as.
  enum Meaning {
    /// A value of an attribute.
    case value(Attribute)
    /// Nothing: the database computes it.
    case computed
    /// A row of a relation by its key, or else by its label; the key need not be looked for.
    case row(Relation, keyIsTrusted: Bool)
    /// A row of a relation by one of its attributes: `user.email`.
    case rowBy(Relation, target: Model, Attribute)
  }

  let meaning: Meaning
  /// As the file's header says it.
  let name: String
  /// The attributes that get their values from it: several for a relation with a key of several columns.
  let attributes: [Attribute]

  var quick: Quick {
    switch meaning {
    case .row(_, keyIsTrusted: true): .integer
    case .row, .rowBy, .computed: .none
    case .value(let attribute):
      switch attribute.type {
      case .string(let length): .text(bytes: length)
      case .text, .other: .text(bytes: .max)
      case .integer, .bigint: .integer
      case .double, .float: .double
      case .decimal(let precision, let scale): .decimal(precision: precision, scale: scale)
      default: .none
      }
    }
  }

  /// Whether it must have a value in each row.
  var isRequired: Bool {
    switch meaning {
    case .value(let attribute):
      (attribute.isRequired || attribute.isKey) && !attribute.isGenerated
    case .row(let relation, _), .rowBy(let relation, _, _): relation.isRequired
    case .computed: false
    }
  }
}

extension RowWriter {
  /// The columns that a header names: attributes, relations to one row, and attributes of these
  /// (`user.email`). Errors are about places in the header.
  func importColumns(
    _ header: [(name: String, range: SourceRange)], of model: Model
  ) throws(Failure) -> [ImportColumn] {
    var columns: [ImportColumn] = []
    var taken: [String: String] = [:]
    for (name, range) in header {
      let column = try importColumn(Name(name, at: range), of: model)
      for attribute in column.attributes {
        if let other = taken.updateValue(name, forKey: attribute.name) {
          throw Failure(
            .duplicateOption,
            other == name
              ? "the column `\(name)` is there twice" : "`\(other)` gives the same as `\(name)`",
            at: range)
        }
      }
      columns.append(column)
    }
    let missing = model.attributes.filter { attribute in
      switch attribute.role {
      case .createdAt, .updatedAt: false
      case .plain, .relationKey:
        (attribute.isRequired || attribute.isKey) && !attribute.isGivenByDatabase
          && taken[attribute.name] == nil
      }
    }
    guard missing.isEmpty else {
      let names = missing.map { "`\(self.name(of: $0))`" }.joined(separator: ", ")
      throw Failure(
        .missingValue,
        "\(names) of \(model.name) \(missing.count == 1 ? "is" : "are") required, and no column of the "
          + "file", at: header.first?.range ?? .none)
    }
    return columns
  }

  private func importColumn(_ name: Name, of model: Model) throws(Failure) -> ImportColumn {
    guard !name.text.isEmpty else {
      throw Failure(.unexpected, "this column has no name", at: name.range)
    }
    if let attribute = model.attribute(named: name.text) {
      guard attribute.storage.generated == nil else {
        return ImportColumn(meaning: .computed, name: name.text, attributes: [])
      }
      return ImportColumn(meaning: .value(attribute), name: name.text, attributes: [attribute])
    }
    let parts = name.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let association = model.association(named: first),
      parts.count <= 2
    else {
      throw unknownColumn(name, of: model)
    }
    guard case .forward(let id) = association.route else {
      throw Failure(
        .wrongType, "`\(first)` is not of one row, so no column can name it", at: name.range,
        hint: "import \(association.target) by itself, or the rows between them")
    }
    let relation = try relation(id)
    let target = try self.model(named: relation.target)
    let keys = relation.attributes.compactMap { model.attribute(named: $0) }
    if parts.count == 2 {
      guard let attribute = target.attribute(named: parts[1]) else {
        let dot = name.range.start + first.utf8.count + 1
        throw unknownName(Name(parts[1], at: SourceRange(dot, name.range.end)), of: target)
      }
      return ImportColumn(
        meaning: .rowBy(relation, target: target, attribute), name: name.text, attributes: keys)
    }
    let isTrusted =
      relation.isConstrained && relation.attributes.count == 1
      && relation.targetAttributes == target.primaryKey
    return ImportColumn(
      meaning: .row(relation, keyIsTrusted: isTrusted), name: name.text, attributes: keys)
  }

  private func unknownColumn(_ name: Name, of model: Model) -> Failure {
    var failure = unknownName(name, of: model)
    if let sign = [";", "\t", "|"].first(where: { name.text.contains($0) }) {
      failure.diagnostic.hint =
        sign == "\t"
        ? "a file whose values stand between tabs has a name that ends in `.tsv`"
        : "values are set apart by commas, and this line has `\(sign)`"
    }
    return failure
  }
}
