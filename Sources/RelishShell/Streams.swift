package import RelishLanguage

/// Standard output for rows and asked-for text, standard error for everything else (CLI.md "Streams").
///
/// Both are buffered; writing to one hands on what the other still holds, so that a terminal or a
/// file that takes both shows them in the order in which they were said.
package final class Streams {
  package let standardOutput: ByteSink
  package let errors: ByteSink
  /// Standard output, or the file named by `output` and `-o`.
  package private(set) var output: ByteSink
  private let printer: DiagnosticPrinter
  package let isTerminal: Bool
  package let usesColor: Bool
  private var lastWasOutput = false

  /// `isTerminal`: rows are for a person's eyes. `color`: diagnostics are coloured.
  package init(output: ByteSink, errors: ByteSink, isTerminal: Bool, color: Bool) {
    standardOutput = output
    self.output = output
    self.errors = errors
    self.isTerminal = isTerminal
    usesColor = color
    printer = DiagnosticPrinter(color: color)
  }

  /// Nobody reads standard output any more (a closed pipe): the script ends quietly.
  package var isClosed: Bool { output.isClosed }

  /// Where rows go next.
  package func rows() -> ByteSink {
    if !lastWasOutput {
      errors.flush()
      lastWasOutput = true
    }
    return output
  }

  /// Where notes, counts and errors go next.
  package func messages() -> ByteSink {
    if lastWasOutput {
      output.flush()
      lastWasOutput = false
    }
    return errors
  }

  /// Shows an error with its line and caret.
  package func show(_ diagnostic: Diagnostic, in source: SourceText) {
    messages().write(printer.text(for: diagnostic, in: source))
  }

  /// Sends rows to `sink` from now on; nil: back to standard output.
  package func redirect(to sink: ByteSink?) {
    output.flush()
    output = sink ?? standardOutput
  }

  /// Hands on what both streams hold, in the order in which it was written.
  package func flush() {
    if lastWasOutput {
      errors.flush()
      output.flush()
    } else {
      output.flush()
      errors.flush()
    }
  }
}
