package import Foundation

/// Where things are, found from this source file and from the running test, never from the current
/// directory.
package enum Project {
  /// The package's top directory.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The program under test: `$RELISH_BINARY`, else the product beside the test bundle that runs.
  package static let relish: String = {
    if let path = ProcessInfo.processInfo.environment["RELISH_BINARY"] { return path }
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments.first ?? ""
    let beside = URL(fileURLWithPath: runner).deletingLastPathComponent().path + "/relish"
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return root.appendingPathComponent(".build/debug/relish").path
  }()
}

/// A fresh directory that goes away with its owner.
package final class TemporaryDirectory {
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("relish-test-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` in this directory.
  package func file(_ name: String) -> String { path + "/" + name }

  /// Writes `text` to `name`; answers its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: file(name), atomically: false, encoding: .utf8)
    return file(name)
  }
}
