/// Types at the program under test through a pseudo-terminal, with expect(1).
package enum Terminal {
  /// Types each line of `text` at its own prompt, then Ctrl-D; answers all that the terminal showed
  /// and the program's exit status. 124: no prompt came in time. 125: the program ended too early.
  package static func type(
    _ text: String, options: [String], in directory: TemporaryDirectory,
    environment: [String: String] = [:]
  ) throws -> ProgramRun {
    let lines = try directory.write(text, to: "typed-lines")
    let script = try directory.write(script, to: "typed.exp")
    return try Program.run(
      "expect", ["-f", script, lines, Project.relish, "-X"] + options, in: directory.path,
      merged: true, environment: environment, seconds: 90)
  }

  /// Waits for a prompt (`shop> `, `shop~> `, `shop-> `; CLI.md "Prompt") or a question before each line.
  private static let script = """
    set timeout 20
    set lines [open [lindex $argv 0]]
    fconfigure $lines -encoding utf-8
    set program [lrange $argv 1 end]
    # No line wraps, so a prompt is shown once.
    set stty_init "columns 500 rows 50"
    spawn -noecho {*}$program
    proc prompt {} {
      expect {
        -re {([a-z]+[~*!-]?> |[[]y/N] )$} {}
        timeout { puts "no prompt"; exit 124 }
        eof { puts "ended too early"; exit 125 }
      }
    }
    while {[gets $lines line] >= 0} {
      prompt
      send -- "$line\\r"
    }
    prompt
    # A Ctrl-D that arrives before the terminal is in raw mode is no key of the editor's: then the line
    # is cleared (Ctrl-U), and the key pressed again.
    set timeout 1
    for {set presses 0} {$presses < 20} {incr presses} {
      if {$presses} { send -- "\\025" }
      send -- "\\004"
      expect {
        eof { exit [lindex [wait] 3] }
        timeout {}
      }
    }
    puts "no end"
    exit 124
    """
}
