package import RelishDrivers
package import RelishLanguage

/// A column of an answer.
package struct ResultColumn: Sendable {
  package var name: String
  /// What the values are, for scale, alignment and spelling; nil when it is not known.
  package var type: AttributeType?
  package init(name: String, type: AttributeType?) {
    self.name = name
    self.type = type
  }
}

/// Turns an answer into text as its rows come. One value per answer.
package protocol Renderer {
  /// `isFlat`: the answer of a last attribute, one plain value per row (`["Tee","Cap"]` in json).
  mutating func begin(_ columns: [ResultColumn], isFlat: Bool, to output: ByteSink)
  mutating func row(_ row: any Row, to output: ByteSink)
  mutating func end(to output: ByteSink)
}
