import Glibc
import RelishModel

/// The time that `now()`, `createdAt` and `updatedAt` are given: UTC, to the millisecond.
final class Clock {
  private var second = Int.min
  /// `2026-11-24 03:02:28.125`
  private var text = Array("0000-00-00 00:00:00.000".utf8)

  func datetime() -> String {
    refresh()
    return String(decoding: text, as: UTF8.self)
  }

  /// Lends the bytes of `datetime()`; the hot path makes no string of them.
  func withDatetime<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    refresh()
    return try text.withUnsafeBufferPointer(body)
  }

  private func refresh() {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    if time.tv_sec != second {
      second = time.tv_sec
      text = Array(CivilTime.datetime(seconds: second, milliseconds: 0).utf8)
    }
    var milliseconds = Int(time.tv_nsec / 1_000_000)
    for position in stride(from: text.count - 1, through: text.count - 3, by: -1) {
      text[position] = UInt8(truncatingIfNeeded: milliseconds % 10) &+ 0x30
      milliseconds /= 10
    }
  }

  /// Seconds on a clock that never goes back, for timings.
  static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
