/// One page of `help WORD`: a row of `HelpTopic.all`.
package struct HelpTopic: Sendable {
  /// Under which heading the overview lists it.
  package enum Group: String, Sendable, CaseIterable {
    case models = "Models"
    case associations = "Associations"
    case database = "Database"
    case rows = "Rows"
    case walks = "Walks"
    case looking = "Looking"
    case shell = "Shell"
  }

  package let group: Group
  /// The word that the page is about, then further words that lead to it.
  package let names: [String]
  package let summary: String
  /// One line per form; capital words stand for something, brackets for what may be left out.
  package let usage: String
  /// Statements that run on the shop of `examples/shop.relish`.
  package let example: String
  /// What else there is to say; may be empty.
  package let remarks: String

  package var name: String { names.first ?? "" }

  init(
    _ group: Group, _ names: String, _ summary: String, usage: String, example: String,
    remarks: String = ""
  ) {
    self.group = group
    self.names = names.split(separator: " ").map(String.init)
    self.summary = summary
    self.usage = usage
    self.example = example
    self.remarks = remarks
  }

  /// All pages, in the order of the overview.
  package static let all: [HelpTopic] =
    models + storage + associations + database + rows + history + walks + looking + shell
}
