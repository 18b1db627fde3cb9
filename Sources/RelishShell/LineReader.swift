/// Where the shell's lines come from: libedit at a terminal, plain text in tests.
package protocol LineReader: AnyObject {
  func readLine(prompt: String) -> LineEvent
  /// Remembers one whole statement.
  func remember(_ statement: String)
}

package enum LineEvent: Sendable {
  /// Without its line break.
  case line(String)
  /// Ctrl-C: the statement so far is thrown away.
  case interrupted
  /// Ctrl-D on an empty line.
  case end
}
