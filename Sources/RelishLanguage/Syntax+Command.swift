/// Commands: statements that begin with a lower-case word and change no row.
package enum CommandSyntax: Sendable {
  case sync(SyncSyntax)
  case plan(SyncSyntax)
  case check
  /// `check schema`: advice about the tables that are there.
  case checkSchema
  case begin, commit, rollback
  /// `undo`, `redo 3`: so many steps.
  case undo(Int?)
  case redo(Int?)
  /// `history changes 20`: so many of the last steps.
  case history(Int?)
  /// `try … end`, then `keep` or `drop`.
  case `try`, end, keep, drop
  case bind(Name, BindingValue)
  case show(ShowSubject)
  case say(Name?)
  /// `path User to Category`
  case path(from: Name, to: Name)
  case save(file: Located<String>)
  /// `pull Album, Artist`; of no names: all.
  case pull([Name])
  case setting(Name, value: [Located<String>])
  case run(file: Located<String>)
  case print([Expression])
  case backup(file: Located<String>)
  case restore(file: Located<String>)
  case open(Located<String>)
  case format(Name)
  /// `output "file"`, `output` alone back to standard output.
  case output(Located<String>?)
  case timing(Bool?)
  case help([String])
  /// `what if Product belongsTo User onDelete restrict`
  case whatIf(AssociationSyntax)
  case quit(Int?)
  case expect(ExpectSyntax)
  case export(file: Located<String>, QuerySyntax)
  case importRows(model: Name, file: Located<String>)
  /// `.tables`, `\dt`: the alias without its first sign's arguments.
  case meta(Name, arguments: [Located<String>])
}

/// How far a sync goes: only what is missing, tables made anew, or tables changed with their rows
/// (LANGUAGE.md §5).
package enum SyncMode: String, Sendable { case create, force, alter }

/// `sync alter fill Product.price = 0 lose column Product.title, table tags`
package struct SyncSyntax: Sendable {
  package var mode: SyncMode
  package var fills: [FillSyntax] = []
  package var losses: [LossSyntax] = []
  package init(_ mode: SyncMode) { self.mode = mode }
}

/// The value that rows get which have none.
package struct FillSyntax: Sendable {
  package var target: ColumnSyntax
  package var value: Expression
}

/// What a `sync alter` may drop.
package enum LossSyntax: Sendable {
  case column(ColumnSyntax)
  case table(Name)
}

/// `Product.title`, `products.title` or, where no other table has one to mean, `title`.
package struct ColumnSyntax: Sendable {
  package var model: Name?
  package var name: Name

  package var range: SourceRange { model.map { $0.range.union(name.range) } ?? name.range }
}

/// What `show` describes.
package enum ShowSubject: Sendable {
  case models, relations
  case model(Name)
}

/// What `let` gives a name to.
package enum BindingValue: Sendable {
  case expression(Expression)
  case walk(QuerySyntax)
  case create(CreateSyntax)
}

/// LANGUAGE.md §8 and §9 Scripts.
package indirect enum ExpectSyntax: Sendable {
  case exists(QuerySyntax, negated: Bool)
  case compare(WalkPrefix?, QuerySyntax, ComparisonOperator, ExpectedValue, SourceRange)
  case error(containing: String?, Statement, SourceRange)
  case noChanges(SourceRange)
}

/// What a walk is compared with: a literal, `(v, …)` or `((v, w), …)`.
package indirect enum ExpectedValue: Sendable {
  case value(Literal, SourceRange)
  case list([ExpectedValue], SourceRange)
}
