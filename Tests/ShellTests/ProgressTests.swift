import Foundation
import RelishShell
import Support
import Testing

@Suite("Progress")
struct ProgressTests {
  @Test("a line has a bar, what is done, the rate and the time left")
  func line() {
    #expect(
      Progress.line(
        "importing", fraction: 0.42, count: 123_456, .rows, seconds: 2.2046, width: 80)
        == "importing [##########                ]   42 %  123,456 rows  55,999/s  4 s left")
    #expect(
      Progress.line(
        "backing up", fraction: 0.5, count: 1_234_500_000, .bytes, seconds: 70, width: 90)
        == "backing up [##############               ]   50 %  1,234.5 MB  17.6 MB/s  1 min 10 s left"
    )
    #expect(
      Progress.line("importing", fraction: nil, count: 1, .rows, seconds: 1.5, width: 80)
        == "importing  1 row  0/s")
    #expect(
      Progress.line("checking", fraction: nil, count: 0, .bytes, seconds: 75, width: 80)
        == "checking  1 min 15 s")
  }

  @Test("it is never as wide as the terminal", arguments: [1, 5, 20, 40, 60, 80, 200])
  func width(_ width: Int) {
    for fraction in [nil, 0, 0.001, 0.5, 1] {
      let line = Progress.line(
        "restoring", fraction: fraction, count: .max, .rows, seconds: 9e9, width: width)
      #expect(line.count < width || width == 1 && line.isEmpty, "\(line)")
    }
  }

  /// A backup that has to wait two seconds for another program's lock; answers all that the terminal got.
  private static func shown(_ options: [String], environment: [String: String] = [:]) throws
    -> ProgramRun
  {
    let directory = try TemporaryDirectory()
    _ = try Program.sqlite3(
      directory.file("live.db"), "CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    let holder = try directory.write(
      """
      import sqlite3, time
      live = sqlite3.connect("live.db", isolation_level=None)
      live.execute("BEGIN EXCLUSIVE")
      print("ready", flush=True)
      time.sleep(2)
      """, to: "holder.py")
    try directory.write(
      """
      python3 \(holder) > ready &
      while ! [ -s ready ]; do sleep 0.01; done
      exec \(Project.relish) -X \(options.joined(separator: " ")) live.db -c 'backup "copy.db"'
      """, to: "backup.sh")
    let script = try directory.write(
      """
      set timeout 20
      set stty_init "columns 100 rows 50"
      spawn -noecho sh backup.sh
      expect eof
      exit [lindex [wait] 3]
      """, to: "backup.exp")
    return try Program.run(
      "expect", ["-f", script], in: directory.path, merged: true, environment: environment)
  }

  @Test("a backup of more than a second shows a bar, which goes at the end")
  func bar() throws {
    let run = try Self.shown([])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("\rbacking up  2 s\u{1B}[K"), "\(run.output)")
    #expect(run.output.hasSuffix("\r\u{1B}[Kbacked up live to copy.db\r\n"), "\(run.output)")
  }

  @Test("nothing moves for those who want it quiet", arguments: ["-q", "-batch"])
  func quiet(_ option: String) throws {
    let run = try Self.shown([option])
    #expect(run.status == 0, "\(run.output)")
    #expect(!run.output.contains("backing up"), "\(run.output)")
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test("nothing moves on a terminal that cannot go back")
  func dumb() throws {
    let run = try Self.shown([], environment: ["TERM": "dumb"])
    #expect(run.status == 0, "\(run.output)")
    #expect(!run.output.contains("backing up"), "\(run.output)")
  }
}
