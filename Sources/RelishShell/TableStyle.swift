import RelishLanguage

/// What a table is drawn with; measuring and streaming are the same for every style.
struct TableStyle: Sendable {
  /// A line across the table.
  struct Rule: Sendable {
    var left: String
    /// What runs along a column, and what ends it where the column is one of numbers.
    var fill: String
    var numberEnd: String
    var between: String
    var right: String
  }

  /// Above the names, under them, and under the last row.
  var top: Rule?
  var middle: Rule
  var bottom: Rule?
  /// Before, between and after the cells of a row; at most seven bytes of UTF-8 each.
  var left: String
  var between: String
  var right: String
  /// The least width of a column, at least 1.
  var minimumWidth = 1
  /// Texts are escaped for Markdown.
  var isMarkdown = false

  /// Names over a rule, nothing around.
  static let plain = TableStyle(
    middle: Rule(left: "", fill: "─", numberEnd: "─", between: "  ", right: ""),
    left: "", between: "  ", right: "")

  /// Lines of box-drawing characters around every column, as `sqlite3 -box` draws them.
  static let box = TableStyle(
    top: Rule(left: "┌─", fill: "─", numberEnd: "─", between: "─┬─", right: "─┐"),
    middle: Rule(left: "├─", fill: "─", numberEnd: "─", between: "─┼─", right: "─┤"),
    bottom: Rule(left: "└─", fill: "─", numberEnd: "─", between: "─┴─", right: "─┘"),
    left: "│ ", between: " │ ", right: " │")

  /// A table of GitHub Flavored Markdown (https://github.github.com/gfm/#tables-extension-).
  static let markdown = TableStyle(
    middle: Rule(left: "| ", fill: "-", numberEnd: ":", between: " | ", right: " |"),
    left: "| ", between: " | ", right: " |", minimumWidth: 3, isMarkdown: true)

  /// A text as it stands in a cell; answers its width in terminal cells.
  func write(_ text: UnsafeBufferPointer<UInt8>, to output: ByteSink) -> Int {
    isMarkdown ? output.write(markdown: text) : output.write(visible: text)
  }
}

extension ByteSink {
  /// Visible text that a cell of Markdown shows as it is: `\|`, `\\`, and `<br>` for a line break.
  ///
  /// Other Markdown in the text stays what it is. Answers the width in terminal cells.
  func write(markdown text: UnsafeBufferPointer<UInt8>) -> Int {
    let (pipe, backslash) = (UInt8(ascii: "|"), UInt8(ascii: "\\"))
    guard ByteScan.contains(text, pipe, backslash, 0x0A, 0x0D) else {
      return write(visible: text)
    }
    let escaped = ByteSink(descriptor: nil)
    var last: UInt8?
    for byte in text {
      switch byte {
      case pipe, backslash:
        escaped.write(byte: backslash)
        escaped.write(byte: byte)
      case 0x0A where last == 0x0D: break
      case 0x0A, 0x0D: escaped.write("<br>")
      default: escaped.write(byte: byte)
      }
      last = byte
    }
    return write(visible: escaped.contents)
  }
}
