/// Where the shell's lines come from: libedit at a terminal, plain text elsewhere.
package protocol LineReader: AnyObject {
  /// Asks for the next line of a statement of which `earlier` has been read, empty at its start.
  func readLine(prompt: String, after earlier: String) -> LineEvent
  /// Remembers one whole statement.
  func remember(_ statement: String)
}

extension LineReader {
  /// Asks for the first line of a statement.
  package func readLine(prompt: String) -> LineEvent { readLine(prompt: prompt, after: "") }
}

/// What came of asking for a line.
package enum LineEvent: Sendable {
  /// Without its line break; several lines when a statement came back from the history.
  case line(String)
  /// Ctrl-C: the statement so far is thrown away.
  case interrupted
  /// Ctrl-D on an empty line.
  case end
}
