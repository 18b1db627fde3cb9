import RelishDrivers
import RelishLanguage

/// One `<table>` per answer, one line per row, for a page that brings its own style.
///
/// Numbers are aligned as `psql -H` does it; null is an empty cell. The five signs that mean something
/// in HTML are written as references, so a value never becomes markup.
final class HTMLRenderer: Renderer {
  private let options: RenderOptions
  private var format = ValueFormat([])

  init(_ options: RenderOptions) { self.options = options }

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    format = ValueFormat(columns)
    output.write("<table>\n")
    if options.showsHeader {
      output.write("<thead>\n<tr>")
      for column in columns {
        output.write("<th>")
        var name = column.name
        name.withUTF8 { output.write(html: $0) }
        output.write("</th>")
      }
      output.write("</tr>\n</thead>\n")
    }
    output.write("<tbody>\n")
  }

  func row(_ row: any Row, to output: ByteSink) {
    let format = format
    output.write("<tr>")
    for column in 0..<format.count {
      let cell = format.cell(row, column)
      let isNumber = cell.kind == .number || cell.kind == .infinite
      output.write(isNumber ? "<td align=\"right\">" : "<td>")
      switch cell.kind {
      case .null:
        if var text = options.nullText { text.withUTF8 { output.write(html: $0) } }
      case .number, .boolean, .infinite: output.write(bytes: cell.bytes)
      case .text, .json: output.write(html: cell.bytes)
      case .blob: output.write(blob: cell.bytes)
      }
      output.write("</td>")
    }
    output.write("</tr>\n")
  }

  func end(to output: ByteSink) { output.write("</tbody>\n</table>\n") }
}

extension ByteSink {
  /// Text between tags, or a value in quotes (HTML, "13.3 Serializing HTML fragments", and `'`).
  func write(html text: UnsafeBufferPointer<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): write("&amp;")
      case UInt8(ascii: "<"): write("&lt;")
      case UInt8(ascii: ">"): write("&gt;")
      case UInt8(ascii: "\""): write("&quot;")
      case UInt8(ascii: "'"): write("&#39;")
      default: write(byte: byte)
      }
    }
  }
}
