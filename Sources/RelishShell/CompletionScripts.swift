/// Completion scripts for other shells, made from `CommandLineOption.all`.
package enum CompletionScripts {
  /// The shells, and what makes the script of each.
  package static let shells: [(name: String, script: @Sendable () -> String)] = []
}
