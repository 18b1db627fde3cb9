/// Whether a text is JSON (RFC 8259), without building anything from it.
package enum JSONCheck {
  private static let maximumDepth = 1_000

  /// Whether the whole of `text` is one JSON value; nesting over a thousand levels is none.
  package static func isValid(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isValid($0) }
  }

  /// The same over bytes; brackets are kept on a stack of their own, so depth never costs call stack.
  package static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var scanner = Scanner(bytes: bytes)
    var open: [UInt8] = []
    while true {
      scanner.skipBlanks()
      guard let byte = scanner.peek() else { return false }
      var isValueComplete = true
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        scanner.position += 1
        open.append(byte)
        guard open.count <= maximumDepth else { return false }
        scanner.skipBlanks()
        let closing = byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
        if scanner.skip(closing) {
          open.removeLast()
        } else {
          if byte == UInt8(ascii: "{"), !scanner.key() { return false }
          isValueComplete = false
        }
      case UInt8(ascii: "\""): guard scanner.string() else { return false }
      case UInt8(ascii: "t"): guard scanner.word("true") else { return false }
      case UInt8(ascii: "f"): guard scanner.word("false") else { return false }
      case UInt8(ascii: "n"): guard scanner.word("null") else { return false }
      default: guard scanner.number() else { return false }
      }
      guard isValueComplete else { continue }
      closing: while true {
        scanner.skipBlanks()
        guard let innermost = open.last else { return scanner.peek() == nil }
        let isObject = innermost == UInt8(ascii: "{")
        if scanner.skip(UInt8(ascii: ",")) {
          if isObject {
            scanner.skipBlanks()
            guard scanner.key() else { return false }
          }
          break closing
        }
        guard scanner.skip(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
        open.removeLast()
      }
    }
  }

  private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skip(_ byte: UInt8) -> Bool {
      guard peek() == byte else { return false }
      position += 1
      return true
    }

    mutating func skipBlanks() {
      while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        position += 1
      }
    }

    mutating func word(_ text: StaticString) -> Bool {
      text.withUTF8Buffer { expected in
        for byte in expected { guard skip(byte) else { return false } }
        return true
      }
    }

    /// `"name" :`
    mutating func key() -> Bool {
      guard peek() == UInt8(ascii: "\""), string() else { return false }
      skipBlanks()
      return skip(UInt8(ascii: ":"))
    }

    mutating func string() -> Bool {
      guard skip(UInt8(ascii: "\"")) else { return false }
      while let byte = peek() {
        position += 1
        if byte == UInt8(ascii: "\"") { return true }
        if byte < 0x20 { return false }
        guard byte == UInt8(ascii: "\\") else { continue }
        guard let escape = peek() else { return false }
        position += 1
        switch escape {
        case UInt8(ascii: "u"): for _ in 0..<4 { guard hexDigit() else { return false } }
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
          UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
          continue
        default: return false
        }
      }
      return false
    }

    private mutating func hexDigit() -> Bool {
      guard let byte = peek() else { return false }
      position += 1
      return (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
        || (0x61...0x66).contains(byte)
    }

    private mutating func digits() -> Int {
      let start = position
      while let byte = peek(), (0x30...0x39).contains(byte) { position += 1 }
      return position - start
    }

    mutating func number() -> Bool {
      _ = skip(UInt8(ascii: "-"))
      let startsWithZero = peek() == UInt8(ascii: "0")
      let count = digits()
      guard count > 0, !(startsWithZero && count > 1) else { return false }
      if skip(UInt8(ascii: ".")), digits() == 0 { return false }
      if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
        _ = skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-"))
        return digits() > 0
      }
      return true
    }
  }
}
