import Glibc

/// Lines of standard input without editing: for `-i` where there is no terminal.
package final class PlainLineReader: LineReader {
  package init() {}

  package func readLine(prompt: String, after earlier: String) -> LineEvent {
    let errors = ByteSink(descriptor: STDERR_FILENO)
    errors.write(prompt)
    errors.flush()
    return Swift.readLine().map { .line($0) } ?? .end
  }

  package func remember(_ statement: String) {}
}
