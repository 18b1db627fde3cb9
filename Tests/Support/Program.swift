import Foundation

/// One run of a program, ended.
package struct ProgramRun: Sendable {
  /// Exit status; 124 when the time limit struck (coreutils, timeout(1)).
  package let status: Int32
  package let output: String
  /// Empty when the run merged standard error into `output`.
  package let errors: String
}

/// Runs programs as a user would: real processes, real files, a time limit.
package enum Program {
  /// Runs `executable` (a path, or a name in PATH) and waits for it.
  ///
  /// - `input`: standard input; nil means `/dev/null`.
  /// - `merged`: standard error goes where standard output goes, in the order of writing.
  /// - `environment`: added to a small fixed one, so that a developer's settings change no result.
  /// - `seconds`: after that long the program is killed.
  package static func run(
    _ executable: String, _ arguments: [String], input: String? = nil, in directory: String? = nil,
    merged: Bool = false, environment: [String: String] = [:], seconds: Int = 60
  ) throws -> ProgramRun {
    let files = try TemporaryDirectory()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Threads of a test run block signals, and a program would inherit that.
    process.arguments =
      ["--default-signal", "timeout", "-k", "5", "\(seconds)", executable] + arguments
    // Backups and history go into a folder that goes with the run.
    process.environment = baseEnvironment.merging(["XDG_STATE_HOME": files.file("state")]) { $1 }
      .merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: directory ?? files.path)
    if let input {
      process.standardInput = FileHandle(
        forReadingAtPath: try files.write(input, to: "input"))
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    // Files, not pipes: nothing blocks however much is written, and a merged stream keeps its order.
    let output = try writable(files.file("output"))
    process.standardOutput = output
    process.standardError = merged ? output : try writable(files.file("errors"))
    try process.run()
    process.waitUntilExit()
    return ProgramRun(
      status: process.terminationStatus, output: text(files.file("output")),
      errors: text(files.file("errors")))
  }

  /// Runs the program under test without the user's start-up file.
  package static func relish(
    _ arguments: [String], input: String? = nil, in directory: String? = nil,
    merged: Bool = false, environment: [String: String] = [:], seconds: Int = 60
  ) throws -> ProgramRun {
    try run(
      Project.relish, ["-X"] + arguments, input: input, in: directory, merged: merged,
      environment: environment, seconds: seconds)
  }

  /// What the `sqlite3` shell answers to `sql` on the database at `path`: an independent witness.
  package static func sqlite3(_ path: String, _ sql: String) throws -> String {
    try run("sqlite3", ["-batch", "-init", "/dev/null", path, sql], merged: true).output
  }

  private static let baseEnvironment: [String: String] = {
    var environment = ["LC_ALL": "C.UTF-8", "TERM": "xterm", "HOME": "/nonexistent", "CI": "true"]
    for name in ["PATH", "LD_LIBRARY_PATH", "TMPDIR"] {
      environment[name] = ProcessInfo.processInfo.environment[name]
    }
    return environment
  }()

  private static func writable(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  private static func text(_ path: String) -> String {
    guard let data = FileManager.default.contents(atPath: path) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}
