@testable import RelishLanguage

extension TreeDump {
  static func dump(_ declaration: Declaration) -> String {
    switch declaration {
    case .attributes(let model, let attributes): "\(model) has \(dump(attributes))"
    case .association(let association): dump(association)
    case .index(let index):
      "\(index.isConstraint ? "unique" : "index") \(index.model)(\(list(index.columns)))"
        + option("sql", index.definition?.value) + (index.unique == nil ? "" : " unique")
        + option("named", index.name?.value)
    case .tableCheck(let model, let text, let name):
      "\(model) checks \(text.value)" + option("named", name?.value)
    case .view(let view):
      "view \(view.name)" + option("table", view.table?.value)
        + "(\(dump(view.attributes))) \(view.text.value)"
    case .trigger(let text): "trigger \(text.value)"
    case .table(let model, let text): "table \(model) \(text.value)"
    case .label(let model, let name): "label \(model) \(name)"
    case .renameAttribute(let model, let from, let to): "\(model) renames \(from)→\(to)"
    case .dropAttributes(let model, let names): "\(model) drops \(list(names))"
    case .model(let model):
      "model \(model.name)"
        + option("table", model.table?.value) + option("plural", model.plural?.value)
        + (model.key.isEmpty ? "" : " key=\(list(model.key))")
        + option("named", model.keyName?.value) + (model.strict == nil ? "" : " strict")
        + (model.withoutKey == nil ? "" : " keyless")
        + (model.withoutRowid == nil ? "" : " rowless")
        + (model.withoutTimestamps == nil ? "" : " without")
    case .renameModel(let from, let to): "rename \(from)→\(to)"
    case .dropModel(let name): "drop \(name)"
    }
  }

  private static func option(_ name: String, _ value: (some CustomStringConvertible)?) -> String {
    value.map { " \(name)=\($0)" } ?? ""
  }

  private static func list(_ names: [Name]) -> String { names.map(\.text).joined(separator: ",") }

  static func dump(_ attributes: [AttributeSyntax]) -> String {
    attributes.map { attribute in
      var text = "\(attribute.name):\(dump(attribute.type.value))"
      if attribute.isRequired { text += " required" }
      if attribute.isUnique { text += " unique" }
      if attribute.isKey { text += " key" }
      if let value = attribute.defaultValue { text += " default=\(dump(value))" }
      if let check = attribute.check { text += " check{\(dump(check.condition))|\(check.source)}" }
      let storage = attribute.storage
      text += option("type", storage.declaredType?.value)
      text += option("collate", storage.collation?.value)
      text += option("generated", storage.generated?.value) + (storage.isStored ? " stored" : "")
      text += option("numbered", storage.numbering?.value.rawValue)
      text += option("defaultSQL", storage.defaultText?.value)
      text += option("checkSQL", storage.checkText?.value)
      return text + option("column", attribute.column?.value) + option("note", attribute.note)
    }.joined(separator: ", ")
  }

  private static func dump(_ type: AttributeType) -> String {
    switch type {
    case .string(let length): "string\(length)"
    case .decimal(let precision, let scale): "decimal\(precision).\(scale)"
    case .enumeration(let values): "enum(\(values.joined(separator: "|")))"
    default: "\(type)"
    }
  }

  private static func dump(_ association: AssociationSyntax) -> String {
    var text = "\(association.subject) \(association.kind) \(association.target)"
    text += option("as", association.alias) + option("by", association.by)
    if !association.key.isEmpty { text += " key=\(list(association.key))" }
    if !association.otherKey.isEmpty { text += " otherKey=\(list(association.otherKey))" }
    text += option("to", association.to)
    if let isRequired = association.isRequired?.value {
      text += isRequired ? " required" : " optional"
    }
    if association.unique != nil { text += " unique" }
    text += option("onDelete", association.onDelete?.value.rawValue)
    text += option("onUpdate", association.onUpdate?.value.rawValue)
    if association.unconstrained != nil { text += " unconstrained" }
    text += option("named", association.constraintName?.value)
    if association.deferrable != nil { text += " deferrable" }
    if association.unindexed != nil { text += " unindexed" }
    switch association.through {
    case .junction(let name, let attributes): text += " junction \(name)(\(dump(attributes)))"
    case .walk(let names): text += " walk \(list(names))"
    case nil: break
    }
    return text
  }

  static func dump(_ write: WriteSyntax) -> String {
    switch write {
    case .create(let create): dump(create)
    case .set(let all, let query, let values):
      "set\(all ? " all" : "") \(dump(query)) := \(dump(values))"
    case .delete(let all, let query, let isPreview):
      "delete\(all ? " all" : "") \(dump(query))\(isPreview ? " preview" : "")"
    case .add(let row, let target, let values):
      "add \(dump(row)) to \(dump(target)) := \(dump(values))"
    case .remove(let row, let target): "remove \(dump(row)) from \(dump(target))"
    }
  }

  static func dump(_ create: CreateSyntax) -> String {
    "create \(dump(create.target))\(create.relation.map { " / \($0)" } ?? "") "
      + create.rows.map { "(\(dump($0.assignments)))" }.joined(separator: " ")
  }

  private static func dump(_ assignments: [Assignment]) -> String {
    assignments.map { "\($0.name)=\(dump($0.value))" }.joined(separator: ", ")
  }

  private static func dump(_ value: AssignmentValue) -> String {
    switch value {
    case .expression(let expression): dump(expression)
    case .walk(let query): "<\(dump(query))>"
    case .list(let items, _):
      "["
        + items.map { item in
          switch item {
          case .row(let row): "(\(dump(row.assignments)))"
          case .pick(let pick): dump(pick)
          case .walk(let query): "<\(dump(query))>"
          }
        }.joined(separator: " ") + "]"
    }
  }

  static func dump(_ command: CommandSyntax) -> String {
    switch command {
    case .sync(let syntax): "sync " + words(of: syntax)
    case .plan(let syntax): "plan " + words(of: syntax)
    case .bind(let name, let value):
      switch value {
      case .expression(let expression): "let \(name) = \(dump(expression))"
      case .walk(let query): "let \(name) = <\(dump(query))>"
      case .create(let create): "let \(name) = \(dump(create))"
      }
    case .show(.model(let name)): "show \(name)"
    case .show(let subject): "show \(subject)"
    case .say(let name): "say\(name.map { " \($0)" } ?? "")"
    case .save(let file): "save \(file.value)"
    case .checkSchema: "check schema"
    case .pull(let names): "pull(\(list(names)))"
    case .setting(let name, let values):
      "setting \(name) = \(values.map(\.value).joined(separator: "|"))"
    case .run(let file): "run \(file.value)"
    case .print(let values): "print \(values.map { dump($0) }.joined(separator: " "))"
    case .open(let file): "open \(file.value)"
    case .backup(let file): "backup \(file.value)"
    case .restore(let file): "restore \(file.value)"
    case .format(let name): "format \(name)"
    case .output(let file): "output\(file.map { " \($0.value)" } ?? "")"
    case .timing(let isOn): "timing\(isOn.map { " \($0)" } ?? "")"
    case .help(let words): "help \(words.joined(separator: "|"))"
    case .whatIf(let association): "what if \(dump(association))"
    case .quit(let status): "quit\(status.map { " \($0)" } ?? "")"
    case .expect(let expectation): "expect " + dump(expectation)
    case .export(let file, let query): "export \(file.value) \(dump(query))"
    case .importRows(let model, let file): "import \(model) \(file.value)"
    case .meta(let name, let arguments):
      "meta \(name) \(arguments.map(\.value).joined(separator: "|"))"
    default: "\(command)"
    }
  }

  private static func words(of sync: SyncSyntax) -> String {
    func name(_ column: ColumnSyntax) -> String {
      (column.model.map { "\($0)." } ?? "") + "\(column.name)"
    }
    let fills = sync.fills.map { "fill \(name($0.target))=\(dump($0.value))" }
    let losses = sync.losses.map { loss in
      switch loss {
      case .column(let column): "lose \(name(column))"
      case .table(let table): "lose table \(table)"
      }
    }
    return (["\(sync.mode)"] + fills + losses).joined(separator: " ")
  }

  private static func dump(_ expectation: ExpectSyntax) -> String {
    switch expectation {
    case .exists(let query, let negated): "\(negated ? "not " : "")exists \(dump(query))"
    case .compare(let prefix, let query, let sign, let value, _):
      "\(prefix.map { $0.rawValue + " " } ?? "")\(dump(query)) \(sign.rawValue) \(dump(value))"
    case .error(let text, let statement, _):
      "error\(text.map { " '\($0)'" } ?? ""): \(dump(statement))"
    case .noChanges: "no changes"
    }
  }

  private static func dump(_ value: ExpectedValue) -> String {
    switch value {
    case .value(let literal, _): SyntaxWriter.literal(literal)
    case .list(let values, _): "(" + values.map { dump($0) }.joined(separator: ", ") + ")"
    }
  }
}
