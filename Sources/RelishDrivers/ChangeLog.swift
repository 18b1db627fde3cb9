import Glibc

/// Bytes that only grow at their end, or are cut there, however many: what a session's history is kept
/// in. The last ones are in memory, the rest in a file without a name, which goes with the process.
package final class ChangeLog {
  private static let bufferSize = 16 << 10
  // Every row passes through: checks of exclusive access would cost more than the copy.
  @exclusivity(unchecked) private var buffer: UnsafeMutableRawBufferPointer
  /// Bytes used of the buffer.
  @exclusivity(unchecked) private var count = 0
  /// Bytes in the file, before those of the buffer.
  @exclusivity(unchecked) private var written = 0
  private var descriptor: Int32 = -1
  /// Why the log could not be kept: nothing is added any more until it is emptied.
  @exclusivity(unchecked) package private(set) var failure: String?
  /// Where each savepoint began, the outermost first.
  private var savepoints: [(name: String, start: Int)] = []
  private var transactionStart = 0

  /// - Parameter descriptor: a file to keep the bytes in, which goes with the log; nil: one without a
  ///   name, made when it is needed.
  package init(descriptor: Int32? = nil) {
    buffer = .init(start: nil, count: 0)
    self.descriptor = descriptor ?? -1
  }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// The number of bytes.
  package var end: Int { written &+ count }

  /// Room for `size` bytes at the end, which the caller fills; nil when the log has failed.
  @inline(__always)
  func grow(by size: Int) -> UnsafeMutableRawPointer? {
    if count &+ size > buffer.count { makeRoom(for: size) }
    guard let base = buffer.baseAddress else { return nil }
    defer { count &+= size }
    return base + count
  }

  /// Adds bytes at the end.
  package func append(_ bytes: some Collection<UInt8>) {
    guard let place = grow(by: bytes.count) else { return }
    UnsafeMutableRawBufferPointer(start: place, count: bytes.count).copyBytes(from: bytes)
  }

  /// Adds bytes at the end.
  package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress, let place = grow(by: bytes.count) else { return }
    memcpy(place, start, bytes.count)
  }

  /// Eight bytes for each number, as the machine has them.
  package func append(_ numbers: (Int, Int, Int, Int, Int, Int)) {
    withUnsafeBytes(of: numbers) { bytes in
      guard let start = bytes.baseAddress else { return }
      grow(by: bytes.count)?.copyMemory(from: start, byteCount: bytes.count)
    }
  }

  /// Forgets everything, marks included, and a failure.
  package func empty() {
    cut(to: 0)
    transactionStart = 0
    for place in savepoints.indices { savepoints[place].start = 0 }
    failure = nil
  }

  /// Forgets everything from `end` on.
  package func cut(to end: Int) {
    if end >= written {
      count = min(count, end - written)
    } else {
      count = 0
      written = max(0, end)
    }
  }

  /// The bytes of that range; nil when they cannot be read.
  package func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard range.lowerBound >= 0, range.upperBound <= end else { return nil }
    let inFile = range.clamped(to: 0..<written)
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { target, initialized in
      initialized = range.count
      var done = 0
      while done < inFile.count, let base = target.baseAddress {
        let got = pread(descriptor, base + done, inFile.count - done, inFile.lowerBound + done)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        done += got
      }
      if done < inFile.count {
        initialized = 0
      } else if let base = target.baseAddress, let source = buffer.baseAddress {
        let start = max(range.lowerBound, written)
        if start < range.upperBound {
          memcpy(base + done, source + (start - written), range.upperBound - start)
        }
      }
    }
    return bytes.count == range.count ? bytes : nil
  }

  private func makeRoom(for size: Int) {
    flush()
    // Without a buffer nothing can be added.
    let wanted = failure == nil ? max(Self.bufferSize, size) : 0
    guard buffer.count < wanted || buffer.count > wanted &* 16 else { return }
    buffer.deallocate()
    guard wanted > 0 else {
      buffer = .init(start: nil, count: 0)
      return
    }
    buffer = .allocate(byteCount: wanted, alignment: 16)
  }

  private func flush() {
    guard count > 0 else { return }
    if descriptor < 0 { descriptor = Self.namelessFile() }
    var done = 0
    while done < count, let base = buffer.baseAddress {
      let put = pwrite(descriptor, base + done, count - done, written + done)
      if put < 0, errno == EINTR { continue }
      guard put > 0 else {
        failure = String(cString: strerror(errno))
        break
      }
      done += put
    }
    if failure == nil { written += count }
    count = 0
  }

  /// In the folder where SQLite keeps its own temporary files (tempfiles.html §5).
  private static func namelessFile() -> Int32 {
    let named = [getenv("SQLITE_TMPDIR"), getenv("TMPDIR")].compactMap { $0 }
      .map { String(cString: $0) }
    for folder in named + ["/var/tmp", "/usr/tmp", "/tmp", "."] where access(folder, W_OK) == 0 {
      var template = Array((folder + "/relish-history-XXXXXX").utf8CString)
      let descriptor = mkstemp(&template)
      guard descriptor >= 0 else { continue }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      unlink(template)
      return descriptor
    }
    return -1
  }
}

// The database takes back what was done since a mark, so its changes go too.
extension ChangeLog {
  func begin() {
    savepoints = []
    transactionStart = end
  }

  func commit() { savepoints = [] }

  func rollback() {
    savepoints = []
    cut(to: transactionStart)
  }

  func mark(_ name: String) { savepoints.append((name, end)) }

  func release(_ name: String) {
    guard let place = savepoints.lastIndex(where: { $0.name == name }) else { return }
    savepoints.removeSubrange(place...)
  }

  func rollback(to name: String) {
    guard let place = savepoints.lastIndex(where: { $0.name == name }) else { return }
    cut(to: savepoints[place].start)
    savepoints.removeSubrange((place + 1)...)
  }
}
