/// A way to write rows. One row of `all` per format; the command line, `format NAME`, help and
/// completion read this table.
package struct OutputFormat: Sendable {
  package let name: String
  /// One line for help.
  package let summary: String
  /// A fresh renderer, good for any number of answers one after another.
  package let make: @Sendable (RenderOptions) -> any Renderer

  package static let all: [OutputFormat] = [
    OutputFormat(name: "table", summary: "columns side by side, for reading") { TableRenderer($0) },
    OutputFormat(name: "csv", summary: "comma-separated, RFC 4180") { CSVRenderer($0) },
    OutputFormat(name: "tsv", summary: "tab-separated, one line per row") { TSVRenderer($0) },
    OutputFormat(name: "json", summary: "one array per answer") { JSONRenderer($0) },
    OutputFormat(name: "jsonl", summary: "one object per line") { JSONLinesRenderer($0) },
  ]

  /// The format of that name, in any case; nil where there is none.
  package static func named(_ name: String) -> OutputFormat? {
    all.first { $0.name == name.lowercased() }
  }
}
