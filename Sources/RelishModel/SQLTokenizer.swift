/// A token of an SQL text that a database hands back: a CREATE TABLE, a default, a check.
package struct SQLToken: Sendable {
  /// What the first byte of a token decides.
  package enum Kind: Sendable {
    /// A keyword or a name without quotes.
    case word
    /// A name in double quotes, backticks or square brackets.
    case quotedName
    case text, number, blob, symbol
  }

  package let kind: Kind
  /// Without quotes; of a symbol or number as written.
  package let value: String
  /// Where it stands in the text, in bytes.
  package let range: Range<Int>
  /// A name in `"`, which SQLite takes for a text where nothing has that name.
  package var isDoubleQuoted = false
  /// What a word is in a definition, unless it is a name there.
  package var keyword: SQLKeyword?

  package init(kind: Kind, value: String, range: Range<Int>, isDoubleQuoted: Bool = false) {
    self.kind = kind
    self.value = value
    self.range = range
    self.isDoubleQuoted = isDoubleQuoted
  }

  /// Whether it is this keyword, given in capitals.
  package func isKeyword(_ keyword: String) -> Bool {
    kind == .word && value.isSameName(as: keyword)
  }

  /// Whether it is this sign or pair of signs: `(`, `||`.
  package func isSymbol(_ symbol: String) -> Bool { kind == .symbol && value == symbol }

  /// A name, quoted or not.
  package var isName: Bool { kind == .word || kind == .quotedName }
}

/// Splits SQL into tokens by the rules of SQLite (sqlite.org/lang_expr.html, tokenize.c). Comments are
/// left out; an unknown byte is a symbol of its own, an unclosed quote reaches to the end.
package struct SQLTokenizer: ~Copyable {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// The tokens in order; never fails, whatever the text is.
  package static func tokens(of text: String) -> [SQLToken] {
    var tokens: [SQLToken] = []
    read(text, into: &tokens)
    return tokens
  }

  /// The same into an array that was used for another text: whoever reads many texts asks for memory once.
  package static func read(_ text: String, into tokens: inout [SQLToken]) {
    tokens.removeAll(keepingCapacity: true)
    var text = text
    text.withUTF8 { bytes in
      // Bytes of a token, with the blank after it, in most texts.
      tokens.reserveCapacity(bytes.count / 4)
      var tokenizer = SQLTokenizer(bytes: bytes)
      while let token = tokenizer.next() { tokens.append(token) }
    }
  }

  /// The bytes outlive the tokenizer.
  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  private mutating func next() -> SQLToken? {
    skipBlanksAndComments()
    guard position < bytes.count else { return nil }
    let start = position
    switch bytes[start] {
    case UInt8(ascii: "'"): return quoted(.text, until: UInt8(ascii: "'"))
    case UInt8(ascii: "\""): return quoted(.quotedName, until: UInt8(ascii: "\""))
    case UInt8(ascii: "`"): return quoted(.quotedName, until: UInt8(ascii: "`"))
    case UInt8(ascii: "["): return quoted(.quotedName, until: UInt8(ascii: "]"))
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      guard byte(at: start + 1) == UInt8(ascii: "'") else { return word() }
      position += 1
      let text = quoted(.blob, until: UInt8(ascii: "'"))
      return SQLToken(kind: .blob, value: text.value, range: start..<position)
    case let first where Self.isDigit(first),
      let first where first == UInt8(ascii: ".") && Self.isDigit(byte(at: start + 1)):
      return number()
    case let first where Self.isWordByte(first): return word()
    default: return symbol()
    }
  }

  private mutating func skipBlanksAndComments() {
    while position < bytes.count {
      switch (bytes[position], byte(at: position + 1)) {
      case (0x20, _), (0x09...0x0D, _): position += 1
      case (UInt8(ascii: "-"), UInt8(ascii: "-")):
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        position += 2
        while position < bytes.count,
          bytes[position] != UInt8(ascii: "*") || byte(at: position + 1) != UInt8(ascii: "/")
        { position += 1 }
        position = min(position + 2, bytes.count)
      default: return
      }
    }
  }

  /// A doubled quote stands for itself, except the bracket, which has no escape.
  private mutating func quoted(_ kind: SQLToken.Kind, until end: UInt8) -> SQLToken {
    let start = position
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      if bytes[position] == end {
        position += 1
        guard end != UInt8(ascii: "]"), byte(at: position) == end else { break }
      }
      content.append(bytes[position])
      position += 1
    }
    return SQLToken(
      kind: kind, value: String(decoding: content, as: UTF8.self), range: start..<position,
      isDoubleQuoted: end == UInt8(ascii: "\""))
  }

  private mutating func word() -> SQLToken {
    var word = take(.word) { Self.isWordByte($0) || $0 == UInt8(ascii: "$") }
    word.keyword = SQLKeyword(bytes[word.range])
    return word
  }

  private mutating func number() -> SQLToken {
    var last: UInt8 = 0
    return take(.number) { byte in
      defer { last = byte }
      let isExponentSign =
        (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")) && last | 0x20 == 0x65
      return Self.isWordByte(byte) || byte == UInt8(ascii: ".") || isExponentSign
    }
  }

  private mutating func symbol() -> SQLToken {
    let start = position
    position += isPair(bytes[start], byte(at: start + 1)) ? 2 : 1
    let isArrow = bytes[start] == UInt8(ascii: "-") && position == start + 2
    if isArrow, byte(at: position) == UInt8(ascii: ">") { position += 1 }
    return token(.symbol, from: start)
  }

  /// `||`, `<=`, `>=`, `<>`, `!=`, `==`, `<<`, `>>`, `->`.
  private func isPair(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first, second) {
    case (UInt8(ascii: "|"), UInt8(ascii: "|")), (UInt8(ascii: "-"), UInt8(ascii: ">")),
      (UInt8(ascii: "<"), UInt8(ascii: "<")), (UInt8(ascii: "<"), UInt8(ascii: ">")),
      (UInt8(ascii: ">"), UInt8(ascii: ">")):
      true
    case (UInt8(ascii: "<"), UInt8(ascii: "=")), (UInt8(ascii: ">"), UInt8(ascii: "=")),
      (UInt8(ascii: "!"), UInt8(ascii: "=")), (UInt8(ascii: "="), UInt8(ascii: "=")):
      true
    default: false
    }
  }

  private mutating func take(_ kind: SQLToken.Kind, while belongs: (UInt8) -> Bool) -> SQLToken {
    let start = position
    while position < bytes.count, belongs(bytes[position]) { position += 1 }
    return token(kind, from: start)
  }

  private func token(_ kind: SQLToken.Kind, from start: Int) -> SQLToken {
    let value = String(decoding: bytes[start..<position], as: UTF8.self)
    return SQLToken(kind: kind, value: value, range: start..<position)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}
