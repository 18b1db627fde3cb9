import RelishLanguage

/// What a table must know of a cell's text besides its bytes.
struct TableText {
  enum Kind { case null, number, text }
  var kind: Kind
  /// In terminal cells.
  var width: Int
}

/// Widths and alignments of a table's columns, and how its lines are put together.
struct TableLayout {
  private struct Column {
    var width: Int
    /// nil until a value decides, where the type is not known.
    var isRightAligned: Bool?
    let before: ShortText
    let after: ShortText
    /// Blanks follow a text; not where nothing stands after it.
    let isPadded: Bool
  }

  private let usesColor: Bool
  private let names: [(text: String, width: Int)]
  private var columns: [Column]

  init(_ columns: [ResultColumn], _ style: TableStyle, usesColor: Bool) {
    self.usesColor = usesColor
    let scratch = ByteSink(descriptor: nil)
    names = columns.map { column in
      var name = column.name
      let width = name.withUTF8 { style.write($0, to: scratch) }
      return (scratch.takeText(), width)
    }
    let (left, between) = (ShortText(style.left), ShortText(style.between))
    let (none, right) = (ShortText(""), ShortText(style.right + "\n"))
    self.columns = zip(columns, names).enumerated().map { index, column in
      let isLast = index == columns.count - 1
      return Column(
        width: max(style.minimumWidth, column.1.width),
        isRightAligned: column.0.type.map(\.isNumber), before: index == 0 ? left : between,
        after: isLast ? right : none, isPadded: !isLast || !style.right.isEmpty)
    }
  }

  mutating func measure(_ text: TableText, at column: Int) {
    columns[column].width = max(columns[column].width, text.width)
    if columns[column].isRightAligned == nil, text.kind != .null {
      columns[column].isRightAligned = text.kind == .number
    }
  }

  /// What stands above the rows; without `showsNames` what frames them.
  func writeHeader(_ style: TableStyle, showsNames: Bool, to output: ByteSink) {
    write(style.top, to: output)
    guard showsNames else { return }
    for (index, name) in names.enumerated() {
      var text = name.text
      text.withUTF8 { bytes in
        write(bytes, width: name.width, at: index, usesColor ? .bold : nil, to: output)
      }
    }
    write(style.middle, to: output)
  }

  /// One cell with what stands before and after it; the last one ends the line.
  @inline(__always)
  func write(
    _ text: TableText, _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, to output: ByteSink
  ) {
    let look = text.kind == .null && usesColor ? TextLook.dim : nil
    write(bytes, width: text.width, at: index, look, to: output)
  }

  @inline(__always)
  private func write(
    _ bytes: UnsafeBufferPointer<UInt8>, width: Int, at index: Int, _ look: TextLook?,
    to output: ByteSink
  ) {
    let column = columns[index]
    let padding = column.width - width
    let isRight = column.isRightAligned == true
    output.write(column.before)
    if isRight { output.write(byte: 0x20, count: padding) }
    output.write(bytes, look)
    if !isRight, column.isPadded { output.write(byte: 0x20, count: padding) }
    output.write(column.after)
  }

  /// A line across all columns, where the style has one there.
  func write(_ rule: TableStyle.Rule?, to output: ByteSink) {
    guard let rule, !columns.isEmpty else { return }
    let pieces = columns.map { column in
      String(repeating: rule.fill, count: column.width - 1)
        + (column.isRightAligned == true ? rule.numberEnd : rule.fill)
    }
    var line = rule.left + pieces.joined(separator: rule.between) + rule.right
    line.withUTF8 { output.write($0, usesColor ? .dim : nil) }
    output.write(byte: 0x0A)
  }
}

/// At most eight bytes that are written at once, as they stand around every cell.
private struct ShortText {
  private let word: UInt64
  private let count: Int

  init(_ text: String) {
    let bytes = text.utf8.prefix(8)
    word = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    count = bytes.count
  }

  @inline(__always)
  func write(to output: ByteSink) {
    output.withSpace(8) { space in
      UnsafeMutableRawPointer(space).storeBytes(of: word.littleEndian, as: UInt64.self)
      return count
    }
  }
}

extension ByteSink {
  @inline(__always)
  fileprivate func write(_ text: ShortText) { text.write(to: self) }
}

/// How a terminal shows a text (ECMA-48 §8.3.117).
enum TextLook: UInt8 {
  case bold = 1
  case dim = 2
}

extension ByteSink {
  /// Bytes in that look, or plain.
  @inline(__always)
  func write(_ bytes: UnsafeBufferPointer<UInt8>, _ look: TextLook?) {
    guard let look else { return write(bytes: bytes) }
    write("\u{1B}[\(look.rawValue)m")
    write(bytes: bytes)
    write("\u{1B}[0m")
  }
}

extension AttributeType {
  /// Right-aligned in a table.
  var isNumber: Bool {
    switch self {
    case .integer, .bigint, .decimal, .float, .double: true
    default: false
    }
  }
}
