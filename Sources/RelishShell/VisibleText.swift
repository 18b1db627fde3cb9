import RelishLanguage

extension ByteSink {
  /// Text that stays on its line and cannot steer the terminal; answers its width in cells.
  ///
  /// A newline is `⏎`, a tab `⇥`, other control characters their pictures (`␛`, Unicode block
  /// Control Pictures); bytes that are not UTF-8 and what turns the writing direction are U+FFFD.
  func write(visible text: UnsafeBufferPointer<UInt8>) -> Int {
    guard ByteScan.containsUnprintable(text, or: 0x7F, 0x7F) else {
      write(bytes: text)
      return text.count
    }
    var visible = String.UnicodeScalarView()
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      visible.append(Self.visible(scalar))
    }
    let result = String(visible)
    write(result)
    return CellWidth.of(result)
  }

  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: "⇥"
    case 0x0A: "⏎"
    case 0x7F: "␡"
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: scalar
    }
  }
}
