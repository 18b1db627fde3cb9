import RelishDrivers
import RelishModel
import RelishSQL

/// One JSON array per answer, one object per line; a flat answer is an array of plain values.
final class JSONRenderer: NestingRenderer {
  private var writer = JSONAnswer.rows(JSONRowWriter([], isFlat: false))
  private var isFirst = true

  init(_ options: RenderOptions) {}

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    begin(.rows(JSONRowWriter(columns, isFlat: isFlat)), to: output)
  }

  func begin(_ columns: [ResultColumn], nestedAs root: AnswerLevel, to output: ByteSink) {
    begin(.nested(JSONNesting(columns, root)), to: output)
  }

  private func begin(_ writer: JSONAnswer, to output: ByteSink) {
    self.writer = writer
    isFirst = true
    output.write(byte: UInt8(ascii: "["))
  }

  func row(_ row: any Row, to output: ByteSink) {
    switch writer {
    case .rows(let rows):
      if !isFirst {
        output.write(byte: UInt8(ascii: ","))
        if !rows.isFlat { output.write(byte: 0x0A) }
      }
      isFirst = false
      rows.write(row, to: output)
    case .nested(let nesting):
      nesting.write(row, between: ",\n", to: output)
    }
  }

  func end(to output: ByteSink) {
    if case .nested(let nesting) = writer { nesting.end(to: output) }
    output.write(byte: UInt8(ascii: "]"))
    output.write(byte: 0x0A)
  }
}

/// One JSON value per line and row (jsonlines.org).
final class JSONLinesRenderer: NestingRenderer {
  private var writer = JSONAnswer.rows(JSONRowWriter([], isFlat: false))
  private var isEmpty = true

  init(_ options: RenderOptions) {}

  func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink) {
    writer = .rows(JSONRowWriter(columns, isFlat: isFlat))
  }

  func begin(_ columns: [ResultColumn], nestedAs root: AnswerLevel, to output: ByteSink) {
    writer = .nested(JSONNesting(columns, root))
    isEmpty = true
  }

  func row(_ row: any Row, to output: ByteSink) {
    switch writer {
    case .rows(let rows):
      rows.write(row, to: output)
      output.write(byte: 0x0A)
    case .nested(let nesting):
      isEmpty = false
      nesting.write(row, between: "\n", to: output)
    }
  }

  func end(to output: ByteSink) {
    guard case .nested(let nesting) = writer, !isEmpty else { return }
    nesting.end(to: output)
    output.write(byte: 0x0A)
  }
}

/// What writes the rows of an answer.
enum JSONAnswer {
  case rows(JSONRowWriter)
  case nested(JSONNesting)
}
