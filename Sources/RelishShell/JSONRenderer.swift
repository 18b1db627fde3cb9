import RelishDrivers
import RelishModel

/// One JSON array per answer, one object per line; a flat answer is an array of plain values.
final class JSONRenderer: Renderer {
  private var writer = JSONRowWriter([], isFlat: false)
  private var isFirst = true

  init(_ options: RenderOptions) {}

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    writer = JSONRowWriter(columns, isFlat: isFlat)
    isFirst = true
    output.write(byte: UInt8(ascii: "["))
  }

  func row(_ row: any Row, to output: ByteSink) {
    if !isFirst {
      output.write(byte: UInt8(ascii: ","))
      if !writer.isFlat { output.write(byte: 0x0A) }
    }
    isFirst = false
    writer.write(row, to: output)
  }

  func end(to output: ByteSink) {
    output.write(byte: UInt8(ascii: "]"))
    output.write(byte: 0x0A)
  }
}

/// One row as a JSON object, or as a plain value: what json and jsonl share.
struct JSONRowWriter {
  let isFlat: Bool
  private let format: ValueFormat
  /// `{"id":`, `,"name":` …: all that stands before each value.
  private let prefixes: [UInt8]
  /// Where each of them ends.
  private let ends: [Int]

  init(_ columns: [ResultColumn], isFlat: Bool) {
    self.isFlat = isFlat && columns.count == 1
    format = ValueFormat(columns)
    let prefix = ByteSink(descriptor: nil)
    ends = columns.enumerated().map { index, column in
      prefix.write(byte: UInt8(ascii: index == 0 ? "{" : ","))
      var name = column.name
      name.withUTF8 { prefix.write(jsonText: $0) }
      prefix.write(byte: UInt8(ascii: ":"))
      return prefix.contents.count
    }
    prefixes = Array(prefix.contents)
  }

  func write(_ row: any Row, to output: ByteSink) {
    let (format, ends) = (format, ends)
    prefixes.withUnsafeBufferPointer { prefixes in
      var start = 0
      for column in 0..<format.count {
        if !isFlat {
          output.write(bytes: UnsafeBufferPointer(rebasing: prefixes[start..<ends[column]]))
          start = ends[column]
        }
        write(format.cell(row, column), to: output)
      }
    }
    if !isFlat {
      if prefixes.isEmpty { output.write(byte: UInt8(ascii: "{")) }
      output.write(byte: UInt8(ascii: "}"))
    }
  }

  @inline(__always)
  private func write(_ cell: Cell, to output: ByteSink) {
    switch cell.kind {
    case .null, .infinite: output.write("null")
    case .number, .boolean: output.write(bytes: cell.bytes)
    case .text: output.write(jsonText: cell.bytes)
    case .json:
      if JSONCheck.isValid(cell.bytes), UTF8Sequence.isWhole(cell.bytes) {
        output.write(jsonOnOneLine: cell.bytes)
      } else {
        output.write(jsonText: cell.bytes)
      }
    case .blob: output.write(base64: cell.bytes)
    }
  }
}
