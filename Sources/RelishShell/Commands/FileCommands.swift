import Glibc
import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// `run`, `open`, `output`, `export`: what touches files and databases by name.
extension Interpreter {
  /// `run "other.relish"`, relative to the file that says it (LANGUAGE.md §8).
  func run(file: Located<String>) throws(Failure) -> Outcome {
    try session.refuseFilesWhenSafe(at: file.range)
    let path = session.path(ofScript: file.value)
    guard session.scriptFolders.count < 64 else {
      throw Failure(.tooDeep, "scripts run each other more than 64 deep", at: file.range)
    }
    guard let input = FileInput(path: path) else {
      throw Failure(
        .file, "`\(file.value)` cannot be read: \(FileInput.lastError())", at: file.range,
        hint: FileCandidates.hint(for: path))
    }
    var reader = StatementReader(name: file.value, more: input.read)
    session.scriptFolders.append(FileInput.folder(of: path))
    defer { session.scriptFolders.removeLast() }
    return ScriptRunner(session).run(&reader)
  }

  func open(_ address: Located<String>) throws(Failure) {
    guard !session.settings.isSafe else {
      throw Failure(.refused, "`open` is not allowed with --safe", at: address.range)
    }
    guard !session.driver.isInTransaction else {
      throw Failure(
        .transaction, "a transaction is open", at: address.range,
        hint: "`commit` or `rollback` it before another database is opened")
    }
    do {
      session.connect(
        to: try openDatabase(address.value, readOnly: session.driver.isReadOnly))
    } catch {
      throw Failure(error, at: address.range)
    }
    try refresh(at: address.range)
    session.tell("opened \(address.value)")
  }

  func redirect(to file: Located<String>?) throws(Failure) {
    guard let file else { return session.streams.redirect(to: nil) }
    try session.refuseFilesWhenSafe(at: file.range)
    guard !session.settings.checksOnly else {
      return session.tell("would write the answers to \(file.value)")
    }
    session.streams.redirect(to: try session.openForWriting(file))
  }

  /// `export "out.csv" Product where price > 10`: csv, or the format that the name ends in.
  func export(
    _ query: QuerySyntax, to file: Located<String>, in source: SourceText
  ) throws(Failure) {
    try session.refuseFilesWhenSafe(at: file.range)
    try refresh(at: query.range)
    guard !session.settings.checksOnly else {
      try validate()
      let writer = RowWriter(session: session, range: query.range)
      let count = try writer.count(writer.selects.count(resolve(query)))
      return session.tell("would export \(Wording.lowerCount(count, "row")) to \(file.value)")
    }
    let ending = file.value.split(separator: ".").last.map(String.init) ?? ""
    let sink = try session.openForWriting(file)
    let format = session.settings.format
    session.settings.format = OutputFormat.named(ending)?.name ?? "csv"
    session.streams.redirect(to: sink)
    defer {
      session.streams.redirect(to: nil)
      session.settings.format = format
    }
    try walk(nil, query, in: source)
    sink.flush()
    session.tell("exported to \(file.value)")
  }
}

extension Session {
  func refuseFilesWhenSafe(at range: SourceRange) throws(Failure) {
    guard !settings.isSafe else {
      throw Failure(.refused, "files are not allowed with --safe", at: range)
    }
  }

  /// A script's path as `run` means it: relative to the script at hand.
  func path(ofScript name: String) -> String {
    guard !name.hasPrefix("/"), let folder = scriptFolders.last, !folder.isEmpty else {
      return name
    }
    return folder + "/" + name
  }

  func openForWriting(_ file: Located<String>) throws(Failure) -> ByteSink {
    let descriptor = Glibc.open(file.value, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Failure(
        .file, "`\(file.value)` cannot be written: \(FileInput.lastError())", at: file.range)
    }
    return ByteSink(descriptor: descriptor, closes: true)
  }
}
