import Glibc

/// The statements typed in earlier sessions: one line each, oldest first (CLI.md "Files").
///
/// Several shells may write at once: each statement is appended by one write under a lock. Newlines
/// are kept as `\n`, backslashes as `\\`.
package struct HistoryFile {
  private let path: String
  /// As many statements as are kept for good.
  private static let limit = 10_000

  /// nil when neither the environment nor a home directory says where.
  ///
  /// `$RELISH_HISTORY` names the file; else it is `history` in the state directory.
  package init?(environment: (String) -> String?) {
    if let path = environment("RELISH_HISTORY") {
      self.path = path
    } else if let state = StateDirectory.path(environment: environment) {
      path = state + "/history"
    } else {
      return nil
    }
  }

  /// Whether a statement belongs into the history: one that begins with a blank does not.
  package static func keeps(_ statement: String) -> Bool {
    guard let first = statement.first else { return false }
    return !first.isWhitespace
  }

  /// All statements, oldest first; of equal ones the last.
  package func load() -> [String] {
    let lines = read()
    if lines.count > 2 * Self.limit { rewrite(lines.suffix(Self.limit)) }
    var seen: Set<String> = []
    var statements: [String] = []
    for line in lines.suffix(Self.limit).reversed() where !line.isEmpty {
      let statement = Self.decoded(line)
      if seen.insert(statement).inserted { statements.append(statement) }
    }
    return statements.reversed()
  }

  /// Adds one statement; a file that cannot be written is passed over.
  package func append(_ statement: String) {
    StateDirectory.makeFolders(of: path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    write(Self.encoded(statement), to: descriptor)
  }

  /// Shortens a file that has grown long, in place, so that other shells go on with the same file.
  private func rewrite(_ lines: ArraySlice<[UInt8]>) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, ftruncate(descriptor, 0) == 0 else { return }
    write(Array(lines.map { $0 + [0x0A] }.joined()), to: descriptor)
  }

  private func read() -> [[UInt8]] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var lines: [[UInt8]] = []
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    while case let count = getline(&buffer, &capacity, file), count > 0, let buffer {
      let line = UnsafeRawBufferPointer(start: buffer, count: count)
      lines.append(Array(line.last == 0x0A ? line.dropLast() : line[...]))
    }
    return lines
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      _ = Glibc.write(descriptor, base, buffer.count)
    }
  }

  private static func encoded(_ statement: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in statement.utf8 {
      switch byte {
      case 0x0A: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case UInt8(ascii: "\\"): bytes += [byte, byte]
      default: bytes.append(byte)
      }
    }
    return bytes + [0x0A]
  }

  private static func decoded(_ line: [UInt8]) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes.append(byte == UInt8(ascii: "n") ? 0x0A : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
