import RelishDrivers
import RelishModel

/// One row as a JSON object, or as a plain value: what json and jsonl share.
struct JSONRowWriter {
  let isFlat: Bool
  private let values: JSONValueWriter
  /// `{"id":`, `,"name":` …: all that stands before each value.
  private let prefixes: [UInt8]
  /// Where each of them ends.
  private let ends: [Int]

  init(_ columns: [ResultColumn], isFlat: Bool) {
    self.isFlat = isFlat && columns.count == 1
    values = JSONValueWriter(columns)
    var all: [UInt8] = []
    ends = columns.enumerated().map { index, column in
      all += JSONValueWriter.key(column.name, after: index == 0 ? "{" : ",")
      return all.count
    }
    prefixes = all
  }

  func write(_ row: any Row, to output: ByteSink) {
    let (values, ends) = (values, ends)
    prefixes.withUnsafeBufferPointer { prefixes in
      var start = 0
      for column in 0..<values.count {
        if !isFlat {
          output.write(bytes: UnsafeBufferPointer(rebasing: prefixes[start..<ends[column]]))
          start = ends[column]
        }
        values.write(row, column, to: output)
      }
    }
    if !isFlat {
      if prefixes.isEmpty { output.write(byte: UInt8(ascii: "{")) }
      output.write(byte: UInt8(ascii: "}"))
    }
  }
}

/// The values of an answer as JSON.
struct JSONValueWriter {
  private let format: ValueFormat

  init(_ columns: [ResultColumn]) { format = ValueFormat(columns) }

  var count: Int { format.count }

  /// `{"name":` or `,"name":`
  static func key(_ name: String, after sign: Unicode.Scalar) -> [UInt8] {
    let key = ByteSink(descriptor: nil)
    key.write(byte: UInt8(ascii: sign))
    var name = name
    name.withUTF8 { key.write(jsonText: $0) }
    key.write(byte: UInt8(ascii: ":"))
    return Array(key.contents)
  }

  @inline(__always)
  func write(_ row: any Row, _ column: Int, to output: ByteSink) {
    let cell = format.cell(row, column)
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
