import CLibedit
import Glibc
import RelishDrivers
import RelishLanguage
import RelishShell

@main
enum Relish {
  static func main() {
    // A closed pipe is an error of `write`, which ends the output quietly (CLI.md "Streams").
    signal(SIGPIPE, SIG_IGN)
    // A limit of file sizes too, of which SQLite tells as of a full disk.
    signal(SIGXFSZ, SIG_IGN)
    do {
      let arguments = try CommandLineReader.read(Array(CommandLine.arguments.dropFirst()))
      let request = try CommandLineRequest(arguments) { access($0, F_OK) == 0 }
      exit(run(request))
    } catch {
      let errors = ByteSink(descriptor: STDERR_FILENO)
      errors.write("relish: error: \(error.message)\n")
      if let hint = error.hint { errors.write("  hint: \(hint)\n") }
      errors.flush()
      exit(2)
    }
  }

  private static func run(_ request: CommandLineRequest) -> Int32 {
    let output = ByteSink(descriptor: STDOUT_FILENO)
    defer { output.flush() }
    switch request {
    case .run(let invocation): return Runner.run(invocation, makeReader: reader)
    case .help(let topic):
      output.write(
        CommandLineHelp.topics.first { $0.name == topic }?.text() ?? CommandLineHelp.page)
    case .version: output.write("relish \(Version.text)\n")
    case .completions(let shell):
      output.write(CompletionScripts.shells.first { $0.name == shell }?.script() ?? "")
    case .complete(let text, let invocation):
      return Runner.complete(text, invocation, to: output)
    }
    return 0
  }

  /// libedit at a terminal, plain lines elsewhere.
  private static func reader(for session: Session) -> any LineReader {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return PlainLineReader() }
    let history = HistoryFile(environment: Runner.environment)
    return LibeditReader(history: history) { session.completion(of: $0, at: $1) }
      ?? PlainLineReader()
  }
}
