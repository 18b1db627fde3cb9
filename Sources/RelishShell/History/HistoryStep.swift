import RelishDrivers
import RelishLanguage

/// One step of the history, read from the log.
struct HistoryStep {
  /// Bytes of a statement that are kept.
  static let longestText = 64
  /// Start and end of the rows, the step before, the time, lengths of statement and answer.
  private static let tailSize = 6 * 8

  /// Rows that it changed, as a range of the log.
  let rows: Range<Int>
  let previous: Int
  let end: Int
  /// Seconds since 1970.
  let seconds: Int
  /// The statement on one line, shortened.
  let statement: String
  /// What the shell answered: `created 1 User (id 3)`.
  let answer: String
  let change: (any UndoableChange)?

  /// nil when the log cannot be read.
  init?(endingAt end: Int, _ log: ChangeLog, _ change: (any UndoableChange)?) {
    guard let tail = log.bytes((end - Self.tailSize)..<end) else { return nil }
    let numbers = tail.withUnsafeBytes { tail in
      stride(from: 0, to: tail.count, by: 8).map {
        tail.loadUnaligned(fromByteOffset: $0, as: Int.self)
      }
    }
    let (textCount, answerCount) = (numbers[4], numbers[5])
    guard numbers[0] <= numbers[1],
      let words = log.bytes((end - Self.tailSize - textCount - answerCount)..<(end - Self.tailSize))
    else { return nil }
    rows = numbers[0]..<numbers[1]
    previous = numbers[2]
    seconds = numbers[3]
    self.end = end
    self.change = change
    statement = Self.oneLine(words[..<textCount])
    answer = String(decoding: words[textCount...], as: UTF8.self)
  }

  private static func oneLine(_ bytes: ArraySlice<UInt8>) -> String {
    var words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    guard bytes.count >= longestText else { return words }
    while words.last == "\u{FFFD}" { words.removeLast() }
    return words + " …"
  }
}

extension Session {
  /// Adds a step to the history: the rows in the log since `start`, or `change`.
  func record(
    _ source: SourceText, _ range: SourceRange, _ answer: String,
    _ change: (any UndoableChange)? = nil, rowsFrom start: Int? = nil
  ) {
    var text = source.text(in: range)
    text.withUTF8 {
      history.record(
        rowsFrom: start ?? history.log.end, statement: $0, answer: answer, change: change)
    }
  }
}
