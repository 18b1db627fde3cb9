#if canImport(Glibc)
  import Glibc
#endif

/// Where text goes: a file descriptor behind a buffer, or memory in tests.
package final class ByteSink {
  private let descriptor: Int32?
  private var buffer: [UInt8] = []
  private let capacity: Int
  /// The reader has gone (EPIPE); further text is dropped and the caller should stop quietly.
  package private(set) var isClosed = false

  /// Writes to `descriptor` whenever `capacity` bytes have gathered; nil keeps everything in memory.
  package init(descriptor: Int32?, capacity: Int = 65_536) {
    self.descriptor = descriptor
    self.capacity = capacity
    buffer.reserveCapacity(descriptor == nil ? 0 : capacity + 4_096)
  }

  package func write(_ text: String) {
    var text = text
    text.withUTF8 { write(bytes: $0) }
  }

  package func write(bytes: UnsafeBufferPointer<UInt8>) {
    buffer.append(contentsOf: bytes)
    flushIfFull()
  }

  package func write(byte: UInt8) {
    buffer.append(byte)
    flushIfFull()
  }

  @inline(__always)
  private func flushIfFull() {
    if descriptor != nil, buffer.count >= capacity { flush() }
  }

  /// Hands everything gathered to the descriptor.
  package func flush() {
    guard let descriptor, !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    guard !isClosed else { return }
    buffer.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = send(descriptor, bytes, from: sent)
        if count >= 0 {
          sent += count
        } else if errno != EINTR {
          isClosed = true
          return
        }
      }
    }
  }

  private func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, from: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    return Glibc.write(descriptor, base + from, bytes.count - from)
  }

  /// What has gathered in memory, and forgets it.
  package func takeText() -> String {
    defer { buffer.removeAll() }
    return String(decoding: buffer, as: UTF8.self)
  }
}
