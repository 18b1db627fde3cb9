/// A way to write rows. One row of `all` per format; the command line, `format NAME`, help and
/// completion read this table.
package struct OutputFormat: Sendable {
  package let name: String
  /// The options of the command line that ask for it, `--NAME` first of the long ones; those with one
  /// dash are the sqlite3 shell's.
  package let options: [String]
  /// One line for help.
  package let summary: String
  /// A fresh renderer, good for any number of answers one after another.
  package let make: @Sendable (RenderOptions) -> any Renderer

  private init(
    _ options: String, _ summary: String,
    _ make: @escaping @Sendable (RenderOptions) -> any Renderer
  ) {
    self.options = options.split(separator: " ").map(String.init)
    name = String((self.options.first { $0.hasPrefix("--") } ?? "").dropFirst(2))
    self.summary = summary
    self.make = make
  }

  package static let all: [OutputFormat] = [
    OutputFormat("--table -table -column", "columns side by side; the default on a terminal") {
      TableRenderer($0)
    },
    OutputFormat("--box -box", "columns in a box of lines") { TableRenderer($0, style: .box) },
    OutputFormat("--markdown -markdown", "a table for GitHub and other Markdown") {
      TableRenderer($0, style: .markdown)
    },
    OutputFormat("--csv -csv", "comma-separated, RFC 4180") { DelimitedRenderer<CSVStyle>($0) },
    OutputFormat("--tsv -tabs", "tab-separated; the default elsewhere") {
      DelimitedRenderer<TSVStyle>($0)
    },
    OutputFormat("--json -json", "one array per answer") { JSONRenderer($0) },
    OutputFormat("--jsonl", "one object per line") { JSONLinesRenderer($0) },
    OutputFormat("-x --line --expanded -line", "one value per line, after its name") {
      LineRenderer($0)
    },
    OutputFormat("--list -list", "values between |") { DelimitedRenderer<ListStyle>($0) },
    OutputFormat("--html -html", "one <table> per answer") { HTMLRenderer($0) },
    OutputFormat("--tree", "nested rows as branches") { TreeRenderer($0) },
    OutputFormat("--sql -insert", "one INSERT statement per row") { SQLRenderer($0) },
  ]

  /// The format of that name, or of one of its options without their dashes, in any case; nil where
  /// there is none.
  package static func named(_ name: String) -> OutputFormat? {
    let name = name.lowercased()
    return all.first { $0.name == name }
      ?? all.first { $0.options.contains("-" + name) || $0.options.contains("--" + name) }
  }
}
