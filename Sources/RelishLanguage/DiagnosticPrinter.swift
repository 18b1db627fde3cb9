/// The only place that draws errors: where, what, the line with a caret, and the hint.
///
/// ```
/// shop.relish:3:19: error: no model named `Usr`
///   Product belongsTo Usr onDelete cascade
///                     ^~~
///   hint: did you mean `User`?
/// ```
package struct DiagnosticPrinter: Sendable {
  private let color: Bool
  /// A line with more cells is cut around its caret.
  private static let widestLine = 160

  package init(color: Bool) { self.color = color }

  /// The whole message, each line of it ended by a line break.
  ///
  /// - Parameter source: what the diagnostic's range counts in.
  package func text(for diagnostic: Diagnostic, in source: SourceText) -> String {
    var text = block(
      diagnostic.severity, diagnostic.message, source.excerpt(at: diagnostic.range),
      details: diagnostic.details, hint: diagnostic.hint)
    for related in diagnostic.related {
      text += block(.note, related.message, related.excerpt, details: [], hint: nil)
    }
    return text
  }

  /// A message that belongs to no line, as a failed connection: `relish: error: …`.
  package func text(_ severity: Diagnostic.Severity, _ message: String, hint: String?) -> String {
    paint("relish: ", .bold) + label(severity) + Self.visible(message) + "\n" + hintLine(hint)
  }

  private func block(
    _ severity: Diagnostic.Severity, _ message: String, _ excerpt: SourceExcerpt,
    details: [String], hint: String?
  ) -> String {
    let place = "\(Self.visible(excerpt.name)):\(excerpt.line):\(excerpt.column): "
    var text = paint(place, .bold) + label(severity) + Self.visible(message) + "\n"
    let (line, indent, marked) = Self.window(excerpt)
    if !line.isEmpty {
      let caret = "^" + String(repeating: "~", count: max(0, marked - 1))
      text += "  \(line)\n  \(String(repeating: " ", count: indent))\(paint(caret, .caret))\n"
    }
    for line in details { text += "  \(Self.visible(line))\n" }
    return text + hintLine(hint)
  }

  private func hintLine(_ hint: String?) -> String {
    hint.map { "  " + paint("hint: ", .hint) + Self.visible($0) + "\n" } ?? ""
  }

  // MARK: The line and its caret

  /// The source line as it is shown, the cells before the caret, and the cells that it marks.
  private static func window(_ excerpt: SourceExcerpt) -> (line: String, indent: Int, marked: Int) {
    // Enough for the window even when every character is of no width for a while.
    let reach = 4 * widestLine
    let isCut = excerpt.before.utf8.count > 4 * reach
    let before = isCut ? String(excerpt.before.suffix(reach)) : excerpt.before
    var cells = Self.cells(before, from: 0)
    let caret = cells.count
    cells += Self.cells(String(excerpt.marked.prefix(reach)), from: width(cells))
    let markEnd = cells.count
    cells += Self.cells(String(excerpt.after.prefix(reach)), from: width(cells))
    while let last = cells.last, last.text == " ", cells.count > markEnd { cells.removeLast() }
    guard isCut || width(cells) > widestLine else {
      return (text(cells), width(cells[..<caret]), width(cells[caret..<markEnd]))
    }
    // A third of the window before the caret, or more when the line ends soon after it.
    var start = caret
    var room = max(widestLine / 3, widestLine - width(cells[caret...]) - 2)
    while start > 0, room >= cells[start - 1].width {
      start -= 1
      room -= cells[start].width
    }
    var end = start
    room = widestLine
    while end < cells.count, room >= cells[end].width {
      room -= cells[end].width
      end += 1
    }
    let head = start > 0 || isCut ? "…" : ""
    let tail = end < cells.count ? "…" : ""
    return (
      head + text(cells[start..<end]) + tail,
      width(cells[start..<caret]) + (head.isEmpty ? 0 : 1),
      width(cells[caret..<max(caret, min(markEnd, end))])
    )
  }

  /// One character as it is shown.
  private struct Cell {
    var text: String
    var width: Int
  }

  private static func cells(_ text: String, from column: Int) -> [Cell] {
    var cells: [Cell] = []
    var column = column
    for character in text {
      let cell: Cell
      if character == "\t" {
        let width = 4 - column % 4
        cell = Cell(text: String(repeating: " ", count: width), width: width)
      } else {
        let shown = visible(String(character))
        cell = Cell(text: shown, width: CellWidth.of(shown))
      }
      column += cell.width
      cells.append(cell)
    }
    return cells
  }

  private static func width(_ cells: some Sequence<Cell>) -> Int {
    cells.reduce(0) { $0 + $1.width }
  }

  private static func text(_ cells: some Sequence<Cell>) -> String {
    cells.map(\.text).joined()
  }

  /// The text with everything that a terminal could take for an order made visible: control
  /// characters as pictures (U+2400 …), marks of writing direction by their numbers.
  package static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var visible = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: visible += " "
      case 0x0D: break
      case 0..<0x20: visible.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "␀")
      case 0x7F: visible += "␡"
      default:
        if isHidden(scalar) {
          visible += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          visible.unicodeScalars.append(scalar)
        }
      }
    }
    return visible
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0..<0xAD: false
    // U+200C and U+200D join letters and emoji.
    case 0x200C, 0x200D: false
    case 0x2028, 0x2029: true
    default: scalar.properties.generalCategory == .format && !(0xE0020...0xE007F ~= scalar.value)
    }
  }

  // MARK: Colour

  private enum Style: String {
    case bold = "1"
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
    case caret = "1;32"
    case hint = "36"
  }

  private func label(_ severity: Diagnostic.Severity) -> String {
    let style: Style =
      switch severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    return paint("\(severity.rawValue): ", style)
  }

  private func paint(_ text: String, _ style: Style) -> String {
    color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
