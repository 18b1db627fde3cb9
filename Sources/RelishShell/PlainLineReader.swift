import Glibc

/// Lines of standard input without editing: for `-i` where there is no terminal.
package final class PlainLineReader: LineReader {
  package init() {}

  /// Prints the prompt on standard error.
  package func readLine(prompt: String, after earlier: String) -> LineEvent {
    let errors = ByteSink(descriptor: STDERR_FILENO)
    errors.write(prompt)
    errors.flush()
    return Swift.readLine().map { .line($0) } ?? .end
  }

  /// There is no history.
  package func remember(_ statement: String) {}
}
