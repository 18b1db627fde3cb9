import RelishLanguage

/// Reads comma-separated values (RFC 4180) or tab-separated ones as `export` writes them, record by record;
/// however long the input is, one record is kept.
///
/// A parser of our own: the C library of this purpose, libcsv, tells neither where in the file a value stands,
/// which errors must say, nor reads the escapes of TSV.
final class DelimitedReader {
  /// How values are set apart and written.
  enum Style {
    /// Quotes around what holds commas, quotes or line breaks.
    case csv
    /// `\t`, `\n`, `\r`, `\\` in values, and `\N` for null.
    case tsv
  }

  /// One value of a record.
  struct Field {
    /// Where it stands in the record, quotes included.
    var range: SourceRange
    /// Between quotes: not null, even when empty.
    var isQuoted = false
    /// `\N`
    var isNull = false
    /// Written with doubled quotes or escapes, so that its bytes are among `unescaped`.
    fileprivate var isUnescaped = false
    fileprivate var bytes: Range<Int>
  }

  let style: Style
  private let more: (inout [UInt8]) -> Bool
  @exclusivity(unchecked) private var buffer: [UInt8] = []
  /// Where the record at hand begins in `buffer`, and where the next one does.
  @exclusivity(unchecked) private var start = 0
  private var nextStart = 0
  private var isAtEnd = false
  @exclusivity(unchecked) private var unescaped: [UInt8] = []
  @exclusivity(unchecked) private(set) var fields: [Field] = []
  /// Lines before the record at hand; lines are counted from 1.
  private(set) var line = 1
  private var nextLine = 1
  /// Bytes read up to the end of the record at hand.
  private(set) var consumed = 0

  /// More than any value that SQLite would take as part of a row that somebody meant.
  private static let longestRecord = 1 << 28

  /// - Parameter more: appends bytes of the input; false at its end.
  init(_ style: Style, more: @escaping (inout [UInt8]) -> Bool) {
    self.style = style
    self.more = more
  }

  /// The record at hand as it was written, without its line break: what ranges of fields count in.
  var record: ArraySlice<UInt8> {
    var end = nextStart
    if end > start, buffer[end - 1] == 0x0A { end -= 1 }
    if end > start, buffer[end - 1] == 0x0D { end -= 1 }
    return buffer[start..<end]
  }

  /// The bytes of the record at hand; they stay in place until the reader goes on.
  struct Values {
    fileprivate let buffer: UnsafeBufferPointer<UInt8>
    fileprivate let unescaped: UnsafeBufferPointer<UInt8>

    /// The value without quotes and escapes.
    func bytes(of field: Field) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(rebasing: (field.isUnescaped ? unescaped : buffer)[field.bytes])
    }
  }

  /// Lends the values of the record at hand.
  func withValues<Result, Failure: Error>(
    _ body: (Values) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withUnsafeBufferPointer { buffer throws(Failure) in
      try unescaped.withUnsafeBufferPointer { unescaped throws(Failure) in
        try body(Values(buffer: buffer, unescaped: unescaped))
      }
    }
  }

  /// Goes to the next record; false when there is none.
  func next() throws(Diagnostic) -> Bool {
    start = nextStart
    line = nextLine
    while true {
      fields.removeAll(keepingCapacity: true)
      unescaped.removeAll(keepingCapacity: true)
      let end = try buffer.withUnsafeBufferPointer { bytes throws(Diagnostic) in
        switch style {
        case .csv: try readCommaSeparated(bytes)
        case .tsv: readTabSeparated(bytes)
        }
      }
      if let end {
        guard end > start else { return false }
        nextStart = end
        consumed += end - start
        nextLine += countLineBreaks(from: start, to: end)
        return true
      }
      try fill()
    }
  }

  private func countLineBreaks(from start: Int, to end: Int) -> Int {
    // Only values in quotes have line breaks of their own.
    guard fields.contains(where: \.isQuoted) else { return 1 }
    return buffer.withUnsafeBufferPointer { bytes in
      bytes[start..<end].reduce(0) { $0 &+ ($1 == 0x0A ? 1 : 0) }
    }
  }

  /// Makes room by leaving out what has been read, and reads as much again as the record has already.
  private func fill() throws(Diagnostic) {
    if start > 0 {
      buffer.removeSubrange(..<start)
      start = 0
      nextStart = 0
    }
    guard buffer.count < Self.longestRecord else {
      nextStart = min(buffer.count, 200)
      throw Diagnostic(
        .tooLong, "no record is as long as this one", at: SourceRange(0, 1),
        hint: "a quote that is not closed?")
    }
    let isBeginning = consumed == 0 && buffer.isEmpty
    let wanted = max(65_536, 2 * buffer.count)
    while buffer.count < wanted, !isAtEnd { isAtEnd = !more(&buffer) }
    // A byte order mark is no part of the first value (Unicode 16.0 §23.8).
    if isBeginning, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.removeFirst(3) }
  }

  /// Reads one record; nil when it goes on after what is there.
  private func readTabSeparated(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = start
    var fieldStart = start
    var copied: Int?
    var isNull = false
    while true {
      guard position < bytes.count else {
        guard isAtEnd else { return nil }
        if position > start { addField(fieldStart, position, copied, isNull) }
        return position
      }
      let byte = bytes[position]
      switch byte {
      case 0x09, 0x0A:
        var end = position
        if byte == 0x0A, end > fieldStart, bytes[end - 1] == 0x0D { end -= 1 }
        addField(fieldStart, end, copied, isNull)
        position += 1
        if byte == 0x0A { return position }
        fieldStart = position
        copied = nil
        isNull = false
      case UInt8(ascii: "\\"):
        guard position + 1 < bytes.count || isAtEnd else { return nil }
        if copied == nil {
          copied = unescaped.count
          unescaped += bytes[fieldStart..<position]
        }
        let letter = position + 1 < bytes.count ? bytes[position + 1] : 0
        if letter == UInt8(ascii: "N"), position == fieldStart { isNull = true }
        if let meant = Self.escapes(letter) {
          unescaped.append(meant)
          position += 2
        } else {
          unescaped.append(byte)
          position += 1
        }
      default:
        if copied != nil { unescaped.append(byte) }
        position += 1
      }
    }
  }

  private static func escapes(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "\\"): letter
    default: nil
    }
  }

  private func addField(_ from: Int, _ end: Int, _ copied: Int?, _ isNull: Bool) {
    var field = Field(range: SourceRange(from - start, end - start), bytes: from..<end)
    field.isNull = isNull && end - from == 2
    if let copied {
      field.isUnescaped = true
      // A carriage return before the end of the line was copied too.
      let last = end < buffer.count && buffer[end] == 0x0D ? unescaped.count - 1 : unescaped.count
      field.bytes = copied..<max(copied, last)
    }
    fields.append(field)
  }

  /// Reads one record; nil when it goes on after what is there.
  private func readCommaSeparated(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(Diagnostic) -> Int? {
    var position = start
    while true {
      let fieldStart = position
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        guard let end = try readQuoted(bytes, from: position) else { return nil }
        position = end
      } else {
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != 0x0A
        {
          position += 1
        }
        guard position < bytes.count || isAtEnd else { return nil }
        // Nothing more is no record.
        if position == bytes.count, position == start { return position }
        var end = position
        if end > fieldStart, bytes[end - 1] == 0x0D,
          position == bytes.count || bytes[position] == 0x0A
        {
          end -= 1
        }
        fields.append(
          Field(range: SourceRange(fieldStart - start, end - start), bytes: fieldStart..<end))
      }
      guard position < bytes.count else { return position }
      position += 1
      if bytes[position - 1] == 0x0A { return position }
    }
  }

  /// Reads a value in quotes; answers where the comma or line break behind it stands, nil when it goes on.
  private func readQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, from opening: Int
  ) throws(Diagnostic) -> Int? {
    let quote = UInt8(ascii: "\"")
    var copied: Int?
    var copyFrom = opening + 1
    var position = opening + 1
    while true {
      while position < bytes.count, bytes[position] != quote { position += 1 }
      guard position + 1 < bytes.count || isAtEnd else { return nil }
      guard position < bytes.count else {
        throw problem("this quote is not closed", opening, opening + 1, to: bytes)
      }
      guard position + 1 < bytes.count, bytes[position + 1] == quote else { break }
      // One of the two quotes belongs to the value.
      copied = copied ?? unescaped.count
      unescaped += bytes[copyFrom...position]
      position += 2
      copyFrom = position
    }
    var field = Field(
      range: SourceRange(opening - start, position + 1 - start), isQuoted: true,
      bytes: opening + 1..<position)
    if let copied {
      unescaped += bytes[copyFrom..<position]
      field.isUnescaped = true
      field.bytes = copied..<unescaped.count
    }
    fields.append(field)
    position += 1
    if position < bytes.count, bytes[position] == 0x0D {
      guard position + 1 < bytes.count || isAtEnd else { return nil }
      if position + 1 == bytes.count || bytes[position + 1] == 0x0A { position += 1 }
    }
    guard position == bytes.count || bytes[position] == UInt8(ascii: ",") || bytes[position] == 0x0A
    else {
      throw problem(
        "a comma or the end of the line must follow the closing quote", position, position + 1,
        to: bytes, hint: "a quote inside of quotes is written twice: \"\"")
    }
    return position
  }

  /// An error in the record at hand, whose first line is shown.
  private func problem(
    _ message: String, _ from: Int, _ end: Int, to bytes: UnsafeBufferPointer<UInt8>,
    hint: String? = nil
  ) -> Diagnostic {
    var lineEnd = end
    while lineEnd < bytes.count, bytes[lineEnd] != 0x0A, lineEnd < end + 1_000 { lineEnd += 1 }
    nextStart = lineEnd
    return Diagnostic(.unexpected, message, at: SourceRange(from - start, end - start), hint: hint)
  }
}
