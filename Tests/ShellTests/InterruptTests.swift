import Foundation
import Support
import Testing

/// Ctrl-C at the prompt while a walk runs that would take hours.
@Suite("Interrupting a walk")
struct InterruptTests {
  /// Types the walk, presses Ctrl-C half a second later, and tells how many milliseconds pass until the
  /// next prompt; five times, then a walk that answers.
  private static let script = #"""
    set timeout 20
    set stty_init "columns 500 rows 50"
    spawn -noecho {*}$argv
    proc prompt {} {
      expect {
        -re {[a-z]+[~*!-]?> $} {}
        timeout { puts "no prompt"; exit 124 }
        eof { puts "ended too early"; exit 125 }
      }
    }
    prompt
    for {set try 0} {$try < 5} {incr try} {
      send -- "Thing where count team.things (where count team.things > 1) > 1 show id\r"
      after 500
      set start [clock milliseconds]
      send -- "\003"
      prompt
      lappend times [expr {[clock milliseconds] - $start}]
    }
    send -- "count Thing\r"
    prompt
    puts "\nmilliseconds: $times"
    send -- "quit\r"
    expect eof
    exit [lindex [wait] 3]
    """#

  @Test("ends it within 100 ms, and the shell goes on")
  func ends() throws {
    let directory = try TemporaryDirectory()
    var model =
      "Team has name string\nThing has number integer\nThing belongsTo Team\nsync\nbegin\n"
    model += "create Team name = \"one\"\n"
    for number in 0..<4_000 { model += "create Thing number = \(number), teamId = 1\n" }
    let made = try Program.relish(
      ["-q", "things.db"], input: model + "commit\n", in: directory.path)
    #expect(made.status == 0, "\(made.errors)")

    let script = try directory.write(Self.script, to: "interrupt.exp")
    let run = try Program.run(
      "expect", ["-f", script, Project.relish, "-X", "things.db"], in: directory.path, merged: true,
      seconds: 90)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("interrupted"), "\(run.output)")
    #expect(run.output.contains("4000"), "\(run.output)")
    let line = run.output.split(whereSeparator: \.isNewline).last { $0.contains("milliseconds: ") }
    let times = (line ?? "").split(separator: " ").compactMap { Int($0) }
    #expect(times.count == 5, "\(run.output)")
    // Other tests run beside this one, and may hold the processor meanwhile.
    #expect((times.min() ?? .max) < 100, "\(times)")
  }

  @Test("`set timeout` ends it with a reason, and later statements run")
  func timeLimit() throws {
    let directory = try TemporaryDirectory()
    var script =
      "Team has name string\nThing belongsTo Team\nsync\ncreate Team name = \"one\"\nbegin\n"
    script += String(repeating: "create Thing teamId = 1\n", count: 2_000) + "commit\n"
    script += "set timeout 0.2\n"
    script +=
      "exists Thing where count team.things (where count team.things > 9999) > 1\ncount Thing\n"
    let run = try Program.relish(["-k", "-q"], input: script, in: directory.path)
    #expect(run.status == 1)
    #expect(run.errors.contains("ran longer than `set timeout` allows"), "\(run.errors)")
    #expect(run.output.hasSuffix("count\n2000\n"), "\(run.output)")
  }

  @Test("a script that is interrupted ends with 130, and nothing of its transaction stays")
  func script() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(
      """
      "$1" -X -q things.db -c 'Team has name string' -c 'Thing belongsTo Team' -c sync
      {
        echo begin
        echo 'create Team name = "one"'
        i=0
        while [ $i -lt 3000 ]; do echo 'create Thing teamId = 1'; i=$((i + 1)); done
        echo 'Thing where count team.things (where count team.things (where count team.things > 1) > 1) > 1'
      } >slow.relish
      timeout --preserve-status -s INT 2 "$1" -X -q things.db -f slow.relish
      echo "status $?"
      "$1" -X -t things.db 'count Team'
      """, to: "interrupt.sh")
    let run = try Program.run("sh", [path, Project.relish], in: directory.path, merged: true)
    #expect(run.output.contains("status 130\n"), "\(run.output)")
    #expect(run.output.hasSuffix("\n0\n"), "\(run.output)")
  }
}
