import Synchronization

/// Names that were worked out before; the oldest go all at once when there are many.
private final class KnownNames: Sendable {
  private let names = Mutex<[String: String]>([:])
  private static let limit = 4_096

  func name(of original: String, _ make: (String) -> String) -> String {
    names.withLock { names in
      if let name = names[original] { return name }
      let name = make(original)
      if names.count >= Self.limit { names.removeAll(keepingCapacity: true) }
      names[original] = name
      return name
    }
  }
}

/// Names that follow from other names, in the language and in the database (LANGUAGE.md §3, §5 `pull`).
package struct Naming: Sendable {
  /// How tables and columns are spelled.
  package var style: NamingStyle

  package init(style: NamingStyle) { self.style = style }

  // MARK: Names in the database

  /// The table of a model: `CartItem` → `cartItems` or `cart_items`, `APIKey` → `apiKeys`, `api_keys`.
  ///
  /// - Parameter plural: what `plural "…"` says, used as it is but for the style.
  package func table(model: String, plural: String? = nil) -> String {
    spelled(plural ?? Plural.plural(of: model))
  }

  /// The column of an attribute: as it is in camel, `createdAt` → `created_at` in snake.
  package func column(_ attribute: String) -> String {
    switch style {
    case .camel: attribute
    case .snake: snake(attribute)
    }
  }

  /// The name of an index: `products_userId`.
  package func index(table: String, columns: [String]) -> String {
    ([table] + columns).joined(separator: "_")
  }

  /// The name of a unique key over several columns: `users_name_email_unique`.
  package func unique(table: String, columns: [String]) -> String {
    ([table] + columns + ["unique"]).joined(separator: "_")
  }

  private func spelled(_ name: String) -> String {
    let words = words(of: name)
    guard !words.isEmpty else { return name }
    return style == .camel ? NameWords.lowerCamel(words) : NameWords.snake(words)
  }

  /// Underscores that are there stay, so that different attributes keep different columns.
  private func snake(_ name: String) -> String {
    var result = ""
    var end = name.startIndex
    for word in NameWords.split(name) {
      let between = name[end..<word.startIndex]
      result += between.isEmpty && !result.isEmpty ? "_" : String(between)
      result += word.lowercased()
      end = word.endIndex
    }
    return result + name[end...]
  }

  // MARK: Names in the language

  /// The attribute that is the key of a relation: `user` and `id` → `userId`, `user`, `code` → `userCode`.
  package func key(relation: String, targetKey: String) -> String {
    relation + NameWords.capitalized(targetKey[...])
  }

  /// The relation to one row of a model, when no `as` names it: `CartItem` → `cartItem`.
  package func relation(toOne model: String) -> String { relation(calledAfter: model) }

  /// The relation to many rows of a model: `CartItem` → `cartItems`.
  ///
  /// - Parameter plural: what the model's `plural "…"` says.
  package func relation(toMany model: String, plural: String? = nil) -> String {
    relation(calledAfter: plural ?? Plural.plural(of: model))
  }

  /// A name without letters, as `_`, stays as it is.
  private func relation(calledAfter name: String) -> String {
    let words = words(of: name)
    return words.isEmpty ? name : NameWords.lowerCamel(words)
  }

  /// The relation from a junction to the other end of a self n–m: `friends` → `friend`.
  package func junctionRelation(alias: String) -> String { Plural.singular(of: alias) }

  // MARK: Names read from a database

  /// The attribute of a column: `UnitPrice`, `unit_price`, `UNIT_PRICE` → `unitPrice`; `ID` → `id`.
  package func attribute(fromColumn column: String) -> String {
    Self.attributes.name(of: column) { named(NameWords.lowerCamel(words(of: $0)), else: $0) }
  }

  /// Databases call many columns alike.
  private static let attributes = KnownNames()

  /// The model of a table: `order_items`, `OrderItems`, `ORDER_ITEM` → `OrderItem`; `people` → `Person`.
  package func model(fromTable table: String) -> String {
    let singular = Plural.singular(of: NameWords.upperCamel(words(of: table)))
    return named(singular, else: table)
  }

  /// `name`, unless it is empty or begins with what no name of the language begins with.
  private func named(_ name: String, else original: String) -> String {
    guard let first = name.first else { return original.isEmpty ? "_" : original }
    return first.isLetter ? name : "_" + name
  }

  /// The words of a name; one that is written in capitals throughout is read as if it were not.
  private func words(of name: String) -> [Substring] {
    NameWords.split(NameWords.isShouted(name) ? name.lowercased() : name)
  }
}
