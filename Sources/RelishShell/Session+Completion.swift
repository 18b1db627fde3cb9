import RelishDrivers

extension Session {
  /// What may stand at a byte offset of a statement being typed.
  package func completion(of text: String, at offset: Int) -> Completion {
    // A database that cannot be read now offers what was read of it before.
    withoutWaiting { try? refreshGraph() }
    var context = CompletionContext(
      models: graph, variables: variables.keys.sorted(),
      settings: Interpreter.settings.map(\.name),
      metaCommands: Interpreter.aliases.map(\.alias))
    context.offersFiles = !settings.isSafe
    context.schema = schemaRead
    return CompletionEngine.complete(text: text, offset: offset, in: context)
  }
}

extension Runner {
  /// `--complete TEXT`: the candidates at the end of `text`, one per line.
  package static func complete(
    _ text: String, _ invocation: Invocation, to output: ByteSink
  ) -> Int32 {
    guard let driver = try? openDatabase(database(invocation), readOnly: true) else { return 3 }
    defer { driver.close() }
    let streams = Streams(
      output: output, errors: ByteSink(descriptor: nil), isTerminal: false, color: false)
    let session = Session(driver: driver, streams: streams)
    session.settings.isSafe = invocation.isSafe
    for candidate in session.completion(of: text, at: text.utf8.count).candidates {
      output.write(candidate.text + "\n")
    }
    return 0
  }
}
