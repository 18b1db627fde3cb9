import Glibc
import RelishDrivers

/// A file or standard input, read in pieces as a script needs them.
package final class FileInput {
  private let descriptor: Int32
  private let closes: Bool
  /// The `errno` of a read that failed; the input then looks as if it ended.
  package private(set) var failure: Int32?
  /// Ctrl-C ends the input, with EINTR as `failure`: for what a statement reads.
  package var endsWhenInterrupted = false

  /// nil when the file cannot be opened; `lastError` says why. A folder counts as unreadable.
  package init?(path: String) {
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    closes = true
    guard descriptor >= 0 else { return nil }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      Glibc.close(descriptor)
      errno = EISDIR
      return nil
    }
  }

  package init(descriptor: Int32) {
    self.descriptor = descriptor
    closes = false
  }

  deinit { if closes, descriptor >= 0 { Glibc.close(descriptor) } }

  /// Appends what is there, at most 64 KiB; false at the end of the input or when reading fails.
  package func read(_ bytes: inout [UInt8]) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
      while true {
        if endsWhenInterrupted, isInterrupted() {
          failure = EINTR
          return false
        }
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 {
          bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
          return true
        }
        if count == 0 { return false }
        if errno != EINTR {
          failure = errno
          return false
        }
      }
    }
  }

  /// Waits for something to read; true when Ctrl-C comes first. `read` itself goes on after a signal.
  private func isInterrupted() -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&waiting, 1, -1) < 0, errno == EINTR, !InterruptTarget.isRequested {}
    return InterruptTarget.isRequested
  }

  /// The file's length in bytes; nil for what is no file, as a pipe.
  package var length: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Everything up to the first slash from the end; empty for a bare name.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What the system said last, in words.
  package static func lastError() -> String { String(cString: strerror(errno)) }
}
