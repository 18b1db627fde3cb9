package import RelishLanguage
package import RelishModel

extension ExpressionWriter {
  /// The condition of a `check` for DDL: columns bare, values as literals.
  ///
  /// - Parameter table: whose columns the condition's paths name.
  /// Errors: a path that is no column, sides of different types, `now()` and `today()`.
  package static func check(
    _ check: CheckSyntax, in table: Table, dialect: any Dialect
  ) throws(Diagnostic) -> SQLText {
    var row = Model(name: table.name, table: table.name, origin: .database)
    row.attributes = table.columns.map { column in
      Attribute(name: column.name, column: column.name, type: column.type)
    }
    row.primaryKey = table.primaryKey
    let condition = try QueryResolver.resolveCheck(check, on: row)
    let writer = ExpressionWriter(dialect: dialect.portable, row: "")
    return SQLText(writer.write(condition).inlined(dialect))
  }
}
