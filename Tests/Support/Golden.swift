import Foundation

/// A script with the expected transcript of its run beside it: `shop.relish`, `shop.out`.
///
/// The transcript is what a person sees who runs the script in a terminal with `--echo`: statements,
/// answers, rows and errors in order, then the exit status and the files that the run wrote. A first
/// line such as `#!/usr/bin/env -S relish -k` gives further options, as it does when the file is
/// executed.
package struct Golden: Sendable {
  /// Path from the package's top directory, without `.relish`.
  package let name: String

  package var scriptPath: String { Project.root.path + "/" + name + ".relish" }
  package var expectedPath: String { Project.root.path + "/" + name + ".out" }
  /// The script's own name, `shop`.
  package var topic: String { URL(fileURLWithPath: name).lastPathComponent }

  /// Every golden in `directory` (a path from the top directory) and the directories in it, by name.
  package static func all(in directory: String) -> [Golden] {
    let top = Project.root.appendingPathComponent(directory)
    let files = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".relish") }.sorted()
      .map { Golden(name: directory + "/" + $0.dropLast(".relish".count)) }
  }

  /// The script's text.
  package func script() throws -> String {
    try String(contentsOfFile: scriptPath, encoding: .utf8)
  }

  /// Options that the first line gives.
  package func options() throws -> [String] {
    let first = try script().prefix { $0 != "\n" }
    guard first.hasPrefix("#!"), let name = first.range(of: "relish") else { return [] }
    return first[name.upperBound...].split(separator: " ").map(String.init)
  }

  /// Runs the script on a fresh database in a fresh directory; answers the transcript.
  package func transcript() throws -> String {
    let directory = try TemporaryDirectory()
    try directory.write(try script(), to: topic + ".relish")
    let run = try Program.relish(
      ["-e", "-F", "table", "--color", "never"] + options() + ["test.db", "-f", topic + ".relish"],
      in: directory.path, merged: true)
    var text = Self.steady(run.output, directory.path) + "[exit \(run.status)]\n"
    for file in try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    where file != topic + ".relish" && !file.hasPrefix("test.db") {
      text += "[file \(file)]\n"
      // A database has no text to compare.
      guard !file.hasSuffix(".db") else { continue }
      text += try String(contentsOfFile: directory.file(file), encoding: .utf8)
    }
    return text
  }

  /// The output without what differs from run to run: the folder's path, and the name of a backup.
  private static func steady(_ output: String, _ folder: String) -> String {
    output.replacing(folder + "/", with: "")
      .replacing(/[^ "]*(\/relish\/backups\/[a-z]+)-[0-9a-f]{8}-[0-9]{8}-[0-9]{6}(-[0-9]+)?/) {
        "/home/me/.local/state\($0.output.1)-12345678-20260131-183000"
      }
  }

  /// Runs the script and compares; answers nil when all is as expected, else what differs.
  ///
  /// With `RELISH_RECORD` in the environment the file is written anew, which is a difference too: a
  /// recording run is never green.
  package func difference() throws -> String? {
    let actual = try transcript()
    let expected = try? String(contentsOfFile: expectedPath, encoding: .utf8)
    if actual == expected { return nil }
    if ProcessInfo.processInfo.environment["RELISH_RECORD"] != nil {
      try actual.write(toFile: expectedPath, atomically: true, encoding: .utf8)
      return "recorded \(name).out; read it, then run again without RELISH_RECORD"
    }
    guard expected != nil else {
      return "no \(name).out; RELISH_RECORD=1 writes it. The run printed:\n\(actual)"
    }
    let directory = try TemporaryDirectory()
    let path = try directory.write(actual, to: "actual")
    let diff = try Program.run("diff", ["-u", expectedPath, path], merged: true)
    return "\(name).out differs from what the program prints:\n\(diff.output)"
  }
}
