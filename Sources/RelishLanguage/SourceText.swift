/// A half-open range of byte offsets into a `SourceText`.
package struct SourceRange: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The smallest range that covers both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }

  package static let none = SourceRange(0, 0)
}

/// One statement's text with the lines it stands on, as UTF-8.
///
/// `bytes` starts at the beginning of the line on which the statement starts and reaches at least to
/// the end of the statement; offsets of tokens and diagnostics count from its first byte.
package struct SourceText: Sendable {
  /// The file's name as the user gave it; `-c`, `<stdin>` or `<input>` where there is no file.
  package let name: String
  package let bytes: [UInt8]
  /// The line number, counted from 1, of the first byte.
  package let firstLine: Int
  /// The column, counted from 1, of the first byte: more than 1 where a statement stands so far out
  /// on a line of many that the line's beginning is left out.
  package let firstColumn: Int

  package init(name: String, bytes: [UInt8], firstLine: Int = 1, firstColumn: Int = 1) {
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
    self.firstColumn = firstColumn
  }

  package init(name: String, text: String, firstLine: Int = 1) {
    self.init(name: name, bytes: Array(text.utf8), firstLine: firstLine)
  }

  /// The text in `range`; bytes that are not UTF-8 become U+FFFD.
  package func text(in range: SourceRange) -> String {
    let start = max(0, min(range.start, bytes.count))
    let end = max(start, min(range.end, bytes.count))
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The line that holds `range.start`, ready to be shown again later without the whole source.
  package func excerpt(at range: SourceRange) -> SourceExcerpt {
    let start = max(0, min(range.start, bytes.count))
    var lineStart = 0
    var line = firstLine
    for offset in 0..<start where bytes[offset] == 0x0A {
      lineStart = offset + 1
      line += 1
    }
    var lineEnd = start
    while lineEnd < bytes.count, bytes[lineEnd] != 0x0A { lineEnd += 1 }
    let end = max(start, min(range.end, lineEnd))
    return SourceExcerpt(
      name: name, line: line, firstColumn: lineStart == 0 ? firstColumn : 1,
      before: String(decoding: bytes[lineStart..<start], as: UTF8.self),
      marked: String(decoding: bytes[start..<end], as: UTF8.self),
      after: String(decoding: bytes[end..<lineEnd], as: UTF8.self))
  }
}

/// A place in a source that outlives it: where, and the line in three parts around the marked text.
package struct SourceExcerpt: Hashable, Sendable {
  package let name: String
  /// Counted from 1.
  package let line: Int
  /// The column of the first character of `before`; 1 unless the line's beginning is left out.
  package let firstColumn: Int
  package let before: String
  package let marked: String
  package let after: String

  /// Counted from 1, in characters as a person sees them.
  package var column: Int { firstColumn + before.count }
  /// The whole line without its line break.
  package var text: String { before + marked + after }
}
