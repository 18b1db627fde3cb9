import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

extension Interpreter {
  /// Runs a command; one file beside this one per group of them.
  func run(
    _ command: CommandSyntax, in source: SourceText, at range: SourceRange
  ) throws(Failure) -> Outcome {
    switch command {
    case .sync(let syntax): try sync(syntax, in: source, at: range)
    case .plan(let syntax): try plan(syntax, at: range)
    case .check: try check(at: range)
    case .checkSchema: try checkSchema(at: range)
    case .begin: try begin(at: range)
    case .commit: try commit(at: range)
    case .rollback: try rollback(at: range)
    case .undo(let count): try undo(count, at: range)
    case .redo(let count): try redo(count, at: range)
    case .history(let count): showHistory(count, at: range)
    case .try: try beginTry(at: range)
    case .end: try endTry(at: range)
    case .keep: try keepTry(at: range)
    case .drop: try dropTry(at: range)
    case .bind(let name, let value): try bind(name, value, in: source, at: range)
    case .show(let subject): try show(subject, at: range)
    case .say(let name): try say(name, at: range)
    case .path(let from, let to): try path(from: from, to: to, at: range)
    case .save(let file): try save(to: file, at: range)
    case .pull(let names): try pull(names, in: source, at: range)
    case .setting(let name, let words): try set(name, words, at: range)
    case .print(let expressions): try print(expressions, at: range)
    case .backup(let file): try backUp(to: file, at: range)
    case .restore(let file): try restore(from: file, at: range)
    case .open(let address): try open(address)
    case .format(let name): try setFormat(name)
    case .output(let file): try redirect(to: file)
    case .timing(let isOn):
      session.settings.showsTiming = isOn ?? !session.settings.showsTiming
      session.tell("timing is \(session.settings.showsTiming ? "on" : "off")")
    case .help(let words): try help(words, at: range)
    case .whatIf(let association): try whatIf(association, in: source, at: range)
    case .quit(let status): return .quit(status.map { Int32(truncatingIfNeeded: $0) })
    case .run(let file): return try run(file: file)
    case .expect(let expectation): try expect(expectation, in: source)
    case .export(let file, let query): try export(query, to: file, in: source)
    case .importRows(let model, let file):
      try importRows(of: model, from: file, in: source, at: range)
    case .meta(let name, let arguments):
      return try meta(name, arguments, in: source, at: range)
    }
    return .done
  }
}
