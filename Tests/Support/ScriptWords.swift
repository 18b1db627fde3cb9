/// One statement of a script with the words that must be right, found without the program's own
/// lexer: a test's witness.
package struct ScriptStatement: Sendable {
  /// A word, or a variable with its `$`, with its byte offsets in the script.
  package struct Word: Sendable {
    package let text: String
    package let start: Int
    package let end: Int
  }

  /// Byte offset of the statement's first byte.
  package let start: Int
  /// Words outside texts and comments, and the marks `(`, `)`, `,` between them.
  let words: [Word]

  /// Statements of a script that has one per line and continues lines only inside brackets.
  package static func all(in text: String) -> [ScriptStatement] {
    var statements: [ScriptStatement] = []
    var words: [Word] = []
    let bytes = Array(text.utf8)
    var offset = 0
    var depth = 0
    func isName(_ byte: UInt8) -> Bool {
      byte == 0x5F || byte >= 0x80 || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte & 0xDF)
    }
    while offset < bytes.count {
      let start = offset
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "#"):
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
      case UInt8(ascii: "\""):
        while offset < bytes.count, bytes[offset] != byte {
          offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        offset += 1
      case 0x0A where depth == 0:
        if let first = words.first {
          statements.append(ScriptStatement(start: first.start, words: words))
        }
        words = []
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "["),
        UInt8(ascii: "]"):
        if "([".utf8.contains(byte) { depth += 1 }
        if ")]".utf8.contains(byte) { depth -= 1 }
        words.append(Word(text: String(UnicodeScalar(byte)), start: start, end: offset))
      default:
        guard isName(byte) || byte == UInt8(ascii: "$") else { break }
        while offset < bytes.count, isName(bytes[offset]) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        words.append(Word(text: text, start: start, end: offset))
      }
    }
    return statements
  }

  private static let verbs: Set = [
    "has", "belongsTo", "hasMany", "hasOne", "belongsToMany", "indexed", "unique", "labeled",
    "renames", "drops",
  ]

  /// The words that name something which must be known. Left out: numbers, and names that the
  /// statement itself brings into the world, which cannot be wrong.
  package var checkedWords: [Word] {
    guard let first = words.first, first.text != "print" else { return [] }
    let isDeclaration = words.count > 1 && Self.verbs.contains(words[1].text)
    var isNew = Array(repeating: false, count: words.count)
    for index in words.indices {
      let before = index > 0 ? words[index - 1].text : ""
      switch before {
      case "as", "let", "model", "through": isNew[index] = true
      case "belongsTo", "hasMany", "hasOne", "belongsToMany": isNew[index] = isDeclaration
      case "has": isNew[index] = isDeclaration
      case ",", "(": isNew[index] = isDeclaration && startsAttribute(index)
      case "by": isNew[index] = isDeclaration && words[1].text == "hasMany"
      default: break
      }
    }
    if isDeclaration { isNew[0] = true }
    return words.indices.filter { index in
      !isNew[index] && words[index].text.first.map { $0.isLetter || "_$".contains($0) } == true
    }.map { words[$0] }
  }

  /// Whether the word at `index`, after a comma or a bracket, begins an attribute: one that no
  /// list in brackets holds, or the first of a junction's attributes.
  private func startsAttribute(_ index: Int) -> Bool {
    guard words[1].text == "has" || words[1].text == "belongsToMany" else { return false }
    let depth = words[..<index].reduce(0) { $0 + ($1.text == "(" ? 1 : $1.text == ")" ? -1 : 0) }
    return words[1].text == "has" ? depth == 0 : depth == 1
  }
}

/// How people misspell.
package enum Misspelling {
  /// Two letters in the middle change places; a short word gets an `x`.
  package static func of(_ word: String) -> String {
    var letters = Array(word)
    if letters.count >= 4, letters[0] != "$" {
      for index in 1..<letters.count - 1 where letters[index] != letters[index + 1] {
        letters.swapAt(index, index + 1)
        return String(letters)
      }
    }
    return word + "x"
  }
}

/// A line and a column, both counted from 1.
package struct Place: Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  package let column: Int
  package var description: String { "\(line):\(column)" }

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The errors in what a run wrote to standard error, with the notes that belong to them.
package struct Complaint: Sendable {
  /// All lines from the first error on.
  package let text: String
  /// Where `FILE:LINE:COLUMN: error` and `… note` point to.
  package private(set) var places: Set<Place> = []
  /// Places whose caret stands under another column than the one that is told.
  package private(set) var misdrawn: Set<Place> = []

  /// Whether a message or a hint has `word`, as a whole word.
  package func suggests(_ word: String) -> Bool {
    text.split(separator: "\n").contains { line in
      guard line.contains("hint:") || line.contains("error:") else { return false }
      return line.split { !$0.isLetter && !$0.isNumber && !"_$".contains($0) }.contains {
        $0 == word
      }
    }
  }

  package init(in errors: String) {
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.firstIndex { $0.contains(": error") } ?? lines.endIndex
    text = lines[first...].joined(separator: "\n")
    for (index, line) in lines.enumerated() where index >= first {
      let parts = line.split(separator: ":", maxSplits: 3)
      guard parts.count == 4, let number = Int(parts[1]), let column = Int(parts[2]) else {
        continue
      }
      let place = Place(line: number, column: column)
      places.insert(place)
      // The line and its caret follow, two blanks before each; wide characters take more cells.
      guard index + 2 < lines.endIndex, lines[index + 1].utf8.allSatisfy({ $0 < 0x80 }) else {
        continue
      }
      let caret = lines[index + 2].firstIndex(of: "^")
      let cells = caret.map { lines[index + 2].distance(from: lines[index + 2].startIndex, to: $0) }
      if cells != column + 1 { misdrawn.insert(place) }
    }
  }
}
