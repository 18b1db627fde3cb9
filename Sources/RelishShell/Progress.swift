import Glibc

/// A line on the terminal that tells how far a long piece of work is:
/// `backing up [#####     ]  42 %  123,456 rows  56,000/s  12 s left`.
///
/// It shows after a second, is drawn again a few times per second, and is erased at the end. Nobody sees it
/// where standard error is no terminal, or with `-q` or `--batch`.
package final class Progress {
  /// What is counted beside the bar.
  package enum Unit { case rows, bytes }

  private let title: String
  private let unit: Unit
  private let isShown: Bool
  private let start = Clock.monotonicSeconds()
  private var nextDrawing: Double
  private var isDrawn = false

  /// The time that passes before anything shows, and between two drawings, in seconds.
  private static let patience = 1.0
  private static let pause = 0.2

  package init(_ title: String, _ unit: Unit, in session: Session) {
    self.title = title
    self.unit = unit
    isShown = session.settings.showsProgress && !session.settings.isQuiet
    nextDrawing = start + Self.patience
    // What has been said stands above the bar.
    if isShown { session.streams.flush() }
  }

  deinit { finish() }

  /// Tells where the work is; draws when it is time to.
  ///
  /// - Parameter done: of `total`, in any measure.
  /// - Parameter total: nil where nobody knows; then there is no bar, only what was counted.
  /// - Parameter count: rows or bytes so far.
  package func update(done: Int, of total: Int?, count: Int) {
    guard isShown else { return }
    let now = Clock.monotonicSeconds()
    guard now >= nextDrawing else { return }
    nextDrawing = now + Self.pause
    let fraction = total.flatMap { $0 > 0 ? min(1, Double(max(0, done)) / Double($0)) : nil }
    let line = Self.line(
      title, fraction: fraction, count: count, unit, seconds: now - start, width: Self.width())
    Self.write("\r\(line)\u{1B}[K")
    isDrawn = true
  }

  /// Takes the line off the terminal.
  package func finish() {
    if isDrawn { Self.write("\r\u{1B}[K") }
    isDrawn = false
  }

  /// Shows the title and the seconds gone while nothing can be counted: a check, a wait for a lock.
  package func wait() { update(done: 0, of: nil, count: 0) }

  /// The line for a terminal of `width` columns, never wider: what does not fit is left out, the bar first.
  package static func line(
    _ title: String, fraction: Double?, count: Int, _ unit: Unit, seconds: Double, width: Int
  ) -> String {
    guard fraction != nil || count > 0 else {
      return String("\(title)  \(time(seconds))".prefix(max(0, width - 1)))
    }
    let rate = seconds > 0 ? Int(Double(count) / seconds) : 0
    var words: [String] = []
    if let fraction { words.append(padded("\(Int(fraction * 100))", to: 3) + " %") }
    words.append(amount(count, unit))
    words.append(amount(rate, unit, isRate: true) + "/s")
    if let fraction, fraction > 0 {
      words.append(time(seconds * (1 - fraction) / fraction) + " left")
    }
    let text = words.joined(separator: "  ")
    guard fraction != nil, case let room = width - 1 - title.count - text.count - 5, room >= 8
    else {
      return String("\(title)  \(text)".prefix(max(0, width - 1)))
    }
    let cells = min(40, room)
    let filled = Int((fraction ?? 0) * Double(cells))
    let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: cells - filled)
    return "\(title) [\(bar)]  \(text)"
  }

  /// `123,456 rows`, `56,000`, `42.1 MB`
  private static func amount(_ count: Int, _ unit: Unit, isRate: Bool = false) -> String {
    switch unit {
    case .rows: return Wording.grouped(count) + (isRate ? "" : count == 1 ? " row" : " rows")
    case .bytes:
      let tenths = count / 100_000
      return "\(Wording.grouped(tenths / 10)).\(tenths % 10) MB"
    }
  }

  /// `12 s`, `3 min 5 s`, `2 h 14 min`
  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(Wording.grouped(whole / 3_600)) h \(whole % 3_600 / 60) min"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Columns of the terminal at standard error.
  private static func width() -> Int {
    var size = winsize()
    if ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return Runner.environment("COLUMNS").flatMap { Int($0) } ?? 80
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }
}
