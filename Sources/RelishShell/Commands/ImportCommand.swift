import Glibc
import RelishDrivers
import RelishLanguage
import RelishModel

/// How a file is to be read, where its name does not say.
struct ImportOptions {
  /// nil: `.tsv` and `.tab` are tab-separated, everything else comma-separated.
  var style: DelimitedReader.Style?
  /// The first line names the columns; else all columns of the table come in its order.
  var hasHeader = true
  /// Lines before that.
  var skipped = 0
}

extension Interpreter {
  /// `import Product "products.csv"`: all rows of the file or none (LANGUAGE.md §6).
  func importRows(
    of name: Name, from file: Located<String>, options: ImportOptions = ImportOptions(),
    in source: SourceText, at range: SourceRange
  ) throws(Failure) {
    let input = try importInput(file)
    input.endsWhenInterrupted = true
    try refresh(at: range)
    try validate()
    let model = try self.model(name)
    let fileName = file.value == "-" ? "<stdin>" : file.value
    let reader = DelimitedReader(options.style ?? Self.style(of: file.value), more: input.read)
    try RowWriter(session: session, range: range).refuseView(model)
    let run = ImportRun(session, model, reader, fileName: fileName, at: (source, range))
    let bar = Progress("importing", .rows, in: session)
    defer { bar.finish() }
    let length = input.length
    let start = session.history.log.end
    try atomically(at: range) { () throws(Failure) in
      var failure: Failure?
      do throws(Failure) {
        try run.run(hasHeader: options.hasHeader, skipping: options.skipped) { rows, bytes in
          if rows & 63 == 0 { bar.update(done: bytes, of: length, count: rows) }
        }
      } catch {
        failure = error
      }
      // What cannot be read on looks like the end.
      if let number = input.failure {
        failure =
          number == EINTR
          ? Failure(.interrupted, "interrupted", at: range)
          : Failure(
            .file, "`\(file.value)` cannot be read: \(String(cString: strerror(number)))",
            at: file.range)
      }
      if let failure {
        bar.finish()
        throw failure
      }
    }
    bar.finish()
    let answer = "imported \(Wording.count(run.count, model.name)) from \(fileName)"
    session.record(source, range, answer, rowsFrom: start)
    session.tell(answer)
    for name in run.computed {
      session.tell(
        "note: `\(name)` is computed by the database; the file's values were passed over")
    }
  }

  /// Standard input is nobody's file, so `--safe` does not keep it from being read.
  private func importInput(_ file: Located<String>) throws(Failure) -> FileInput {
    guard file.value == "-" else {
      try session.refuseFilesWhenSafe(at: file.range)
      guard let input = FileInput(path: file.value) else {
        throw Failure(
          .file, "`\(file.value)` cannot be read: \(FileInput.lastError())", at: file.range,
          hint: FileCandidates.hint(for: file.value))
      }
      return input
    }
    guard !session.readsScriptFromInput else {
      throw Failure(
        .file, "standard input is the script itself", at: file.range,
        hint: "`relish -f FILE` or `-c` leave standard input for the rows")
    }
    return FileInput(descriptor: STDIN_FILENO)
  }

  private static func style(of path: String) -> DelimitedReader.Style {
    let name = path.lowercased()
    return name.hasSuffix(".tsv") || name.hasSuffix(".tab") ? .tsv : .csv
  }

  /// `.import [--csv] [--skip N] FILE TABLE` of the sqlite3 shell: the lines are rows of a table that is
  /// there, all columns in its order.
  func importLikeSQLite(
    _ arguments: [Located<String>], in source: SourceText, at range: SourceRange
  ) throws(Failure) {
    var options = ImportOptions(hasHeader: false)
    var words: [Located<String>] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word.value {
      case "--csv", "-csv": options.style = .csv
      case "--tsv", "-tsv": options.style = .tsv
      case "--skip", "-skip":
        guard let number = rest.popFirst().flatMap({ Int($0.value) }), number >= 0 else {
          throw Failure(.unexpected, "`--skip` takes a number of lines", at: word.range)
        }
        options.skipped = number
      case "-v": break
      default: words.append(word)
      }
    }
    guard words.count == 2, let file = words.first, let table = words.last else {
      throw Failure(
        .unexpected, "`.import` takes a file and a table", at: range,
        hint: "as in `import Product \"products.csv\"`, whose first line names the columns")
    }
    try refresh(at: range)
    let model = session.graph.model(ofTable: table.value)
    try importRows(
      of: Name(model?.name ?? table.value, at: table.range), from: file, options: options,
      in: source, at: range)
  }
}
