/// Reads statements one by one from bytes that may come slowly and without end.
///
/// A statement is given out as soon as its last byte is there, and its memory is used again for the
/// next one; what is kept is one statement and the beginning of its line.
package struct StatementReader {
  /// What `next()` found.
  package enum Event: Sendable {
    /// `tokens` holds the next statement, never an empty one.
    case statement
    /// The statement holds something that is no token; reading goes on after the end of that line.
    case failed(Diagnostic, SourceText)
    case end
    /// The input ended inside a statement: an open bracket, a comma or a `\` asks for more.
    case incomplete
  }

  /// No statement may have more bytes.
  package static let longestStatement = 64 << 20

  /// The tokens of the statement at hand; the array is used again by `next()`.
  package private(set) var tokens: [Token] = []
  private let name: String
  private let more: (inout [UInt8]) -> Bool
  private var buffer: [UInt8]
  private var lexer: Lexer
  private var isAtEnd = false
  private var skipsLine = false

  /// - Parameters:
  ///   - name: what errors call the source; `-c`, `<stdin>` where there is no file.
  ///   - more: appends further bytes, waiting for them when it must; false when there are none any
  ///     more. It is called only when the statement at hand has not ended.
  package init(name: String, firstLine: Int = 1, more: @escaping (inout [UInt8]) -> Bool) {
    self.name = name
    self.more = more
    buffer = []
    lexer = Lexer(firstLine: firstLine)
  }

  package init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    more = { _ in false }
    buffer = Array(text.utf8)
    lexer = Lexer(firstLine: firstLine)
    isAtEnd = true
  }

  /// Reads the next statement; everything about the one before is void.
  package mutating func next() -> Event {
    tokens.removeAll(keepingCapacity: true)
    lexer.startStatement()
    while skipsLine {
      skipsLine = !Self.skipLine(&lexer, buffer)
      guard skipsLine else { break }
      if isAtEnd { return .end }
      fetch()
    }
    while true {
      let end = lexer.firstNeeded(tokens) + Self.longestStatement
      let isWhole = buffer.count <= end
      let outcome = Self.scan(
        &lexer, buffer, end: isWhole ? buffer.count : end, isLast: isAtEnd && isWhole, &tokens)
      switch outcome {
      case .statement: return .statement
      case .failed(let diagnostic): return fail(diagnostic)
      case .more:
        if !isWhole, lexer.firstNeeded(tokens) + Self.longestStatement == end {
          return fail(tooLong)
        }
        if isAtEnd, isWhole { return tokens.isEmpty ? .end : .incomplete }
        if isWhole { fetch() }
      }
    }
  }

  // A span of the buffer may not outlive the call that changes the rest of the reader.
  private static func scan(
    _ lexer: inout Lexer, _ buffer: [UInt8], end: Int, isLast: Bool, _ tokens: inout [Token]
  ) -> Lexer.Outcome {
    lexer.scan(buffer.span.extracting(first: end), isLast: isLast, into: &tokens)
  }

  private static func skipLine(_ lexer: inout Lexer, _ buffer: [UInt8]) -> Bool {
    lexer.skipLine(buffer.span)
  }

  private mutating func fetch() {
    let unneeded = min(lexer.firstNeeded(tokens), buffer.count)
    if unneeded > 0 {
      buffer.removeSubrange(0..<unneeded)
      lexer.dropFirst(unneeded)
    }
    isAtEnd = !more(&buffer)
  }

  private mutating func fail(_ diagnostic: Diagnostic) -> Event {
    skipsLine = true
    let isTooLong = diagnostic.code == .tooLong
    // The sign that is wrong may be the first of its line, which the statement has not reached yet.
    let end =
      isTooLong
      ? min(lexer.origin + Lexer.farColumn, lexer.position)
      : max(lexer.position, lexer.origin + diagnostic.range.end)
    return .failed(diagnostic, source(to: end))
  }

  private var tooLong: Diagnostic {
    let start = tokens.first.map { Int($0.start) } ?? lexer.position - lexer.origin
    return Diagnostic(
      .tooLong, "a statement may have \(Self.longestStatement >> 20) MiB, and this one has more",
      at: SourceRange(start, start), hint: "many rows are several statements")
  }
}

// MARK: - The statement at hand

extension StatementReader {
  /// Where in all bytes kept the offsets of the tokens count from; in a reader over a text, in it.
  var sourceOffset: Int { lexer.origin }
  /// A `;` or newline ended the statement, not the end of the input.
  var isTerminated: Bool {
    let last = lexer.position - 1
    return buffer.indices.contains(last) && (buffer[last] == 0x0A || buffer[last] == 0x3B)
  }
  /// The input ends inside a comment.
  var endsInComment: Bool { lexer.isInComment }

  /// The name that errors give to the source.
  package var sourceName: String { name }

  /// Lends the bytes that the offsets of the tokens count in.
  package func withStatement<R>(
    _ body: (UnsafeBufferPointer<UInt8>, [Token]) throws -> R
  ) rethrows -> R {
    try buffer.withUnsafeBufferPointer { bytes in
      try body(UnsafeBufferPointer(rebasing: bytes[min(lexer.origin, bytes.count)...]), tokens)
    }
  }

  /// A copy of the statement with the lines it stands on, as far as they have been read.
  package func source() -> SourceText { source(to: lexer.position) }

  private func source(to statementEnd: Int) -> SourceText {
    let start = min(lexer.origin, buffer.count)
    var end = min(max(statementEnd, start), buffer.count)
    if end == start || buffer[end - 1] != 0x0A {
      let limit = min(buffer.count, end + Lexer.farColumn)
      while end < limit, buffer[end] != 0x0A { end += 1 }
      while end < buffer.count, end > start, buffer[end] & 0xC0 == 0x80 { end -= 1 }
    }
    return SourceText(
      name: name, bytes: Array(buffer[start..<end]), firstLine: lexer.originLine,
      firstColumn: lexer.originColumns + 1)
  }

  /// The statement's tree.
  package func parse() throws(Diagnostic) -> Statement {
    try Parser.parse(tokens: tokens, source: source())
  }

  /// What is missing after `.incomplete`, at the place that asks for it.
  package var incompletion: Diagnostic {
    let last = tokens.last?.range ?? .none
    if let open = Lexer.openBracket(tokens) {
      let sign = open.kind == .leftBracket ? "]" : ")"
      return Diagnostic(
        .incomplete, "this bracket is not closed: expected `\(sign)` before the end",
        at: open.range)
    }
    if tokens.last?.kind == .comma {
      return Diagnostic(
        .incomplete, "the statement ends after a comma", at: last,
        hint: "go on after it, or leave it out")
    }
    return Diagnostic(
      .incomplete, "the statement ends after a `\\` that says that it goes on",
      at: SourceRange(last.end, last.end))
  }
}
