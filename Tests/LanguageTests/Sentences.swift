import Testing

@testable import RelishLanguage

/// What `text` holds: each statement's tree on a line of its own, errors as `code: message`.
func events(_ text: String) -> [String] { events(StatementReader(name: "test", text: text)) }

func events(_ reader: StatementReader) -> [String] {
  var reader = reader
  var lines: [String] = []
  while true {
    switch reader.next() {
    case .statement:
      do throws(Diagnostic) {
        lines.append(TreeDump.dump(try reader.parse()))
      } catch {
        lines.append("\(error.code.rawValue): \(error.message)")
      }
    case .failed(let diagnostic, _):
      lines.append("\(diagnostic.code.rawValue): \(diagnostic.message)")
    case .incomplete: lines.append("incomplete: \(reader.incompletion.message)")
    case .end: return lines
    }
  }
}

struct Sentence: CustomTestStringConvertible, Sendable {
  let text: String
  let tree: String
  init(_ text: String, _ tree: String) {
    self.text = text
    self.tree = tree
  }
  var testDescription: String { text }
}

/// The language's decimal, apart from Foundation's.
typealias Number = Decimal
