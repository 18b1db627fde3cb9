/// What went wrong, where, and what to do about it: a value, phrased once, printed at the edge.
package struct Diagnostic: Error, Sendable {
  /// How bad it is; notes and warnings stop nothing.
  package enum Severity: String, Sendable { case error, warning, note }

  /// Another line that belongs to the message, as the earlier of two contradicting sentences.
  package struct Related: Sendable {
    package var message: String
    package var excerpt: SourceExcerpt
    package init(_ message: String, _ excerpt: SourceExcerpt) {
      self.message = message
      self.excerpt = excerpt
    }
  }

  package var severity: Severity
  package var code: Code
  /// One sentence without a full stop, names in backticks.
  package var message: String
  package var range: SourceRange
  /// The suggestion printed after the caret line, or nil where there is none.
  package var hint: String?
  package var related: [Related]
  /// Lines under the caret: the rows that stand in the way.
  package var details: [String] = []

  package init(
    _ code: Code, _ message: String, at range: SourceRange, hint: String? = nil,
    severity: Severity = .error, related: [Related] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.range = range
    self.hint = hint
    self.related = related
  }
}

extension Diagnostic {
  /// The closed list of what can be wrong; the raw value is stable and may be tested for.
  package enum Code: String, Sendable, CaseIterable {
    // Words and sentences (LANGUAGE.md §2)
    case badCharacter = "text.character"
    case unclosedText = "text.unclosed"
    case badEscape = "text.escape"
    case badNumber = "text.number"
    case tooLong = "text.long"
    case tooDeep = "text.deep"
    case unexpected = "syntax.unexpected"
    case incomplete = "syntax.incomplete"
    case duplicateOption = "syntax.twice"
    case ambiguous = "syntax.ambiguous"
    case unknownCommand = "command.unknown"
    // Models and associations (§3, §4)
    case unknownModel = "model.unknown"
    case unknownAttribute = "attribute.unknown"
    case unknownType = "type.unknown"
    case unknownRule = "rule.unknown"
    case unknownRelation = "relation.unknown"
    case unknownVariable = "variable.unknown"
    case unknownFunction = "function.unknown"
    case unknownSetting = "setting.unknown"
    case invalidDeclaration = "declaration.invalid"
    case contradiction = "declaration.contradiction"
    case nameTaken = "name.taken"
    case ambiguousRelation = "relation.ambiguous"
    // Rows and walks (§6, §7)
    case badValue = "value.bad"
    case missingValue = "value.missing"
    case wrongType = "type.wrong"
    case needsAll = "write.all"
    case rowNotFound = "row.none"
    case rowNotUnique = "row.several"
    case needsSync = "database.sync"
    case constraint = "database.constraint"
    case database = "database.error"
    case transaction = "database.transaction"
    case conflict = "database.conflict"
    case file = "file.error"
    case connection = "database.connection"
    case refused = "consent.missing"
    case expectation = "expect.failed"
    case differs = "check.differs"
    case interrupted = "interrupted"
    case notYet = "language.later"
    case timeLimit = "database.time"
  }
}
