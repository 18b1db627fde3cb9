#if canImport(Glibc)
  import Glibc
#endif

/// Where text goes: a file descriptor behind a buffer, or memory.
///
/// The buffer is raw memory, as renderers write one million rows byte by byte through it; for the same
/// reason its properties go without checks of exclusive access while the program runs.
package final class ByteSink {
  private let descriptor: Int32?
  private let closes: Bool
  @exclusivity(unchecked) private var storage: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private var capacity: Int
  @exclusivity(unchecked) private var used = 0
  /// The reader has gone (EPIPE) or writing failed; further text is dropped and the caller should
  /// stop quietly.
  package private(set) var isClosed = false
  /// The `errno` of a failed write other than EPIPE, as ENOSPC; nil while all is well.
  package private(set) var failure: Int32?

  /// Writes to `descriptor` whenever `capacity` bytes have gathered; nil keeps everything in memory.
  /// `closes`: the descriptor is this sink's own, and goes with it.
  package init(descriptor: Int32?, closes: Bool = false, capacity: Int = 65_536) {
    self.closes = closes
    self.descriptor = descriptor
    self.capacity = max(64, descriptor == nil ? min(capacity, 1_024) : capacity)
    storage = .allocate(capacity: self.capacity)
  }

  deinit {
    flush()
    if closes, let descriptor { close(descriptor) }
    storage.deallocate()
  }

  /// Text as UTF-8.
  package func write(_ text: String) {
    var text = text
    text.withUTF8 { write(bytes: $0) }
  }

  /// Bytes as they are; more than the buffer holds go to the descriptor at once.
  @inline(__always)
  package func write(bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    if bytes.count > capacity &- used, !makeRoom(for: bytes) { return }
    (storage + used).update(from: base, count: bytes.count)
    used &+= bytes.count
  }

  /// One byte.
  @inline(__always)
  package func write(byte: UInt8) {
    if used == capacity { makeRoom(for: 1) }
    storage[used] = byte
    used &+= 1
  }

  /// The same byte `count` times; nothing when `count` is negative.
  package func write(byte: UInt8, count: Int) {
    guard count > 0 else { return }
    guard count <= 64 else {
      for _ in 0..<count { write(byte: byte) }
      return
    }
    withSpace(count) { space in
      space.update(repeating: byte, count: count)
      return count
    }
  }

  /// Lends room for `count` bytes, at most 64; `body` answers how many it filled.
  @inline(__always)
  package func withSpace(_ count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    if count > capacity &- used { makeRoom(for: count) }
    used &+= body(storage + used)
  }

  /// True when `bytes` now fit; false when they have been sent without passing through the buffer.
  private func makeRoom(for bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard descriptor != nil, bytes.count > capacity else {
      makeRoom(for: bytes.count)
      return true
    }
    flush()
    send(UnsafeRawBufferPointer(bytes))
    return false
  }

  private func makeRoom(for count: Int) {
    guard descriptor == nil else {
      flush()
      return
    }
    capacity = max(capacity * 2, used + count)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: storage, count: used)
    storage.deallocate()
    storage = larger
  }

  /// Hands everything gathered to the descriptor; in memory it does nothing.
  package func flush() {
    guard descriptor != nil, used > 0 else { return }
    defer { used = 0 }
    send(UnsafeRawBufferPointer(start: storage, count: used))
  }

  private func send(_ bytes: UnsafeRawBufferPointer) {
    guard let descriptor, let base = bytes.baseAddress, !isClosed else { return }
    var sent = 0
    while sent < bytes.count {
      let count = Glibc.write(descriptor, base + sent, bytes.count - sent)
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        // A descriptor that another process made non-blocking.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        isClosed = true
        failure = errno == EPIPE ? nil : errno
        return
      }
    }
  }

  /// What has gathered and was not flushed; valid until the next write.
  package var contents: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: storage, count: used)
  }

  /// Forgets what has gathered and keeps the room.
  package func clear() { used = 0 }

  /// What has gathered in memory, and forgets it.
  package func takeText() -> String {
    defer { used = 0 }
    return String(decoding: contents, as: UTF8.self)
  }
}
