import Foundation
import RelishShell
import Support
import Testing

private func isInstalled(_ shell: String) -> Bool {
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)") }
}

private let folder = Project.root.path + "/completions"

@Suite("Completion scripts of other shells")
struct CompletionScriptTests {
  @Test(
    "the files in completions/ are what the program prints",
    arguments: [("bash", "relish.bash"), ("zsh", "_relish"), ("fish", "relish.fish")])
  func golden(_ shell: String, _ file: String) throws {
    let made = try #require(CompletionScripts.shells.first { $0.name == shell }).script()
    let path = folder + "/" + file
    guard ProcessInfo.processInfo.environment["RELISH_RECORD"] == nil else {
      try made.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file); run again without RELISH_RECORD")
      return
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == made)
  }

  @Test("bash", .enabled(if: isInstalled("bash"), "bash is not installed"))
  func bash() throws {
    let script = """
      source "\(folder)/relish.bash" || exit
      complete -p relish
      try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _relish; echo "${COMPREPLY[@]}"; }
      try relish --fo
      try relish --format js
      try relish --format = t
      try relish --color ''
      try relish --comma
      try relish -c U
      cd "\(folder)"; try relish -f relish.b
      """
    let run = try Program.run("bash", ["--norc", "-c", script], merged: true)
    #expect(
      run.output == """
        complete -o filenames -F _relish relish
        --format
        json jsonl
        table tsv tree
        auto always never
        --command

        relish.bash

        """)
    #expect(run.status == 0)
  }

  @Test("fish", .enabled(if: isInstalled("fish"), "fish is not installed"))
  func fish() throws {
    let script = """
      source "\(folder)/relish.fish"; or exit
      for line in "relish --fo" "relish -F j" "relish --color=al" "relish -h" "relish --completions "
        complete -C $line | cut -f 1
      end
      """
    let home = try TemporaryDirectory()
    let run = try Program.run(
      "fish", ["--no-config", "-c", script], merged: true, environment: ["HOME": home.path])
    let lines = Set(run.output.split(separator: "\n").map(String.init))
    for word in ["--format", "json", "jsonl", "--color=always", "bash", "zsh", "fish"] {
      #expect(lines.contains(word), "\(run.output)")
    }
    #expect(!lines.contains("csv"))
  }

  /// zsh completes at a prompt only, hence a pseudo-terminal of its own.
  @Test("zsh", .enabled(if: isInstalled("zsh"), "zsh is not installed"))
  func zsh() throws {
    let script = """
      zmodload zsh/zpty
      zpty shell env TERM=dumb zsh -f -i
      zpty -w shell "PS1=; fpath=('\(folder)' \\$fpath); autoload -Uz compinit; compinit -u -D"
      zpty -w shell "bindkey '^I' complete-word; print -r READY"
      zpty -r shell text $'*\\nREADY*'
      zpty -w -n shell $'relish --comman\\t'
      zpty -r shell text '*--command=*' && print FOUND OPTION
      zpty -w -n shell $'\\C-urelish --color al\\t'
      zpty -r shell text '*color always*' && print FOUND VALUE
      zpty -w -n shell $'\\C-urelish shop.db --format jsonl --tim\\t'
      zpty -r shell text '*--timing*' && print FOUND SECOND
      """
    let run = try Program.run("zsh", ["-f", "-c", script], merged: true, seconds: 30)
    #expect(run.output == "FOUND OPTION\nFOUND VALUE\nFOUND SECOND\n")
  }
}
