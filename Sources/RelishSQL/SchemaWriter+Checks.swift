package import RelishLanguage
package import RelishModel

extension SchemaWriter {
  /// The table with the conditions of its checks in the database's words.
  ///
  /// A condition that cannot be written is one that the declaration should have refused; its error has
  /// the place in the sentence.
  package func writingChecks(of table: Table) throws(Diagnostic) -> Table {
    var written = table
    for index in table.columns.indices {
      guard case .condition(let check)? = table.columns[index].check else { continue }
      let text = try ExpressionWriter.check(check, in: table, dialect: dialect)
      written.columns[index].check = .expression(text.inlined(dialect))
    }
    return written
  }
}
