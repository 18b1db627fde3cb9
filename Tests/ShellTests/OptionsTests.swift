import RelishShell
import Support
import Testing

@testable import relish

/// What the arguments mean; files that exist end in `.db`.
private func request(_ arguments: String...) throws -> CommandLineRequest {
  try CommandLineRequest(CommandLineReader.read(arguments)) { $0.hasSuffix(".db") }
}

private func invocation(_ arguments: String...) throws -> Invocation {
  let request = try CommandLineRequest(CommandLineReader.read(arguments)) { $0.hasSuffix(".db") }
  guard case .run(let invocation) = request else { throw UsageError("no run") }
  return invocation
}

private func parts(_ invocation: Invocation) -> [String] {
  invocation.parts.map { part in
    switch part {
    case .text(let text, _): "c:" + text
    case .file(let path): "f:" + path
    }
  }
}

@Suite("Command line")
struct OptionsTests {
  @Test("database, then statements; scripts by their ending")
  func words() throws {
    let shop = try invocation("shop.db", "User", "Product 1")
    #expect(shop.database == "shop.db" && parts(shop) == ["c:User", "c:Product 1"])
    let script = try invocation("a.relish", "shop.db", "User")
    #expect(script.database == "shop.db" && parts(script) == ["f:a.relish", "c:User"])
    #expect(try invocation("my shop.db").database == "my shop.db")
    #expect(try invocation().database == nil)
    #expect(parts(try invocation("--", "-odd.db", "-x")) == ["c:-x"])
  }

  @Test("-c, -f and statements keep their order, however they are spelled")
  func order() throws {
    let mixed = try invocation(
      "-c", "a", "-f", "-", "x.db", "b", "-qc", "c", "--command=d", "--file=e", "g", "-c", "-- h")
    #expect(parts(mixed) == ["c:a", "f:-", "c:b", "c:c", "c:d", "f:e", "c:g", "c:-- h"])
    #expect(mixed.isQuiet && mixed.database == "x.db")
  }

  @Test(
    "every row of the table is understood in all its spellings",
    arguments: CommandLineOption.all.filter { !["help", "complete"].contains($0.key) })
  func spellings(_ option: CommandLineOption) throws {
    let value = ["format": "csv", "color": "never", "completions": "zsh", "set": "a=b"]
    for name in option.names {
      let plain = option.placeholder == nil ? [name] : [name, value[option.key] ?? "v"]
      let expected = CommandLineArgument(
        option: option.key, value: option.placeholder == nil ? "" : value[option.key] ?? "v")
      #expect(try CommandLineReader.read(plain) == [expected])
      // `-q` in front makes one argument of two, which swift-argument-parser reads.
      if name.utf8.count == 2 {
        let bundled = ["-q" + name.dropFirst()] + plain.dropFirst()
        #expect(
          try CommandLineReader.read(bundled).contains(expected), "\(bundled)")
      } else if option.placeholder != nil, name.hasPrefix("--") {
        #expect(try CommandLineReader.read(["\(name)=\(expected.value)"]) == [expected])
      }
      if option.key != "completions", option.key != "version" {
        _ = try CommandLineRequest([expected]) { _ in false }
      }
    }
  }

  @Test("settings")
  func settings() throws {
    let all = try invocation(
      "-i", "-v", "a=1=2", "-vb=x", "-1", "-k", "-o", "out", "-F", "CSV", "-qe", "-rn", "-X",
      "--init", "rc", "--color", "always", "-y", "-t", "--null", "NULL", "--timing")
    #expect(all.isInteractive && all.singleTransaction && all.keepsGoing && all.isQuiet)
    #expect(all.echoes && all.readOnly && all.dryRun && all.skipsInit && all.answersYes)
    #expect(all.timing && !all.showsHeader && all.nullText == "NULL" && all.color == .always)
    #expect(all.outputFile == "out" && all.format == "csv" && all.initFile == "rc")
    #expect(all.variables.map(\.name) == ["a", "b"] && all.variables.map(\.text) == ["1=2", "x"])
    #expect(try invocation("--json", "--csv").format == "csv")
    #expect(try invocation("-csv", "-F", "tsv").format == "tsv")
    #expect(try invocation("-Fjsonl").format == "jsonl")
    #expect(try invocation("-tabs", "-noheader", "-readonly", "-echo").format == "tsv")
    #expect(try invocation("-qx").format == "line")
    #expect(try invocation("--expanded").format == "line")
    for name in OutputFormat.all.map(\.name) {
      #expect(try invocation("--" + name).format == name)
      #expect(try invocation("-F", name).format == name)
    }
    for name in ["box", "csv", "html", "json", "line", "list", "markdown", "table"] {
      #expect(try invocation("-" + name).format == name)
    }
    #expect(try invocation("-cmd", "User", "x.db").readsInputAfterParts)
  }

  @Test(
    "wrong calls",
    arguments: [
      (["--formt", "csv"], "unknown option `--formt`", "did you mean `--format`?"),
      (["--qwertyuiop"], "unknown option `--qwertyuiop`", "`relish -h` lists the options"),
      (["-qw"], "unknown option `-w`", nil),
      (["-c"], "missing value for `-c <command>`", nil),
      (["-F", "cvs"], "no format named `cvs`", "did you mean `csv`?"),
      (["-v", "x"], "`-v` takes NAME=VALUE, found `x`", nil),
      (["-v", "1x=2"], "`1x` is no name of a variable: letters, digits and `_`", nil),
      (["--color", "red"], "`--color` takes auto, always or never, found `red`", nil),
      (
        ["--completions", "tcsh"], "no completion script for `tcsh`",
        "there is one for: bash, zsh, fish"
      ),
      (["-h", "langage"], "no help on `langage`", "did you mean `language`?"),
      (["-d", "a.db", "b.db"], "the database is named twice: `a.db` and `b.db`", nil),
      ([""], "the database has no name", "`:memory:` is a database that is kept nowhere"),
      (
        ["User \"Max\" products"],
        "`User \"Max\" products` looks like a statement, and the first argument is the database",
        "`relish -c STATEMENT`, or `relish DATABASE STATEMENT`"
      ),
    ] as [([String], String, String?)])
  func wrong(_ arguments: [String], _ message: String, _ hint: String?) {
    #expect(throws: UsageError(message, hint: hint)) {
      try CommandLineRequest(CommandLineReader.read(arguments)) { $0.hasSuffix(".db") }
    }
  }

  @Test("help, version and completions win over the rest")
  func requests() throws {
    guard case .help("") = try request("shop.db", "-h") else { return #expect(Bool(false)) }
    guard case .help("exit") = try request("-h=exit") else { return #expect(Bool(false)) }
    guard case .help("exit") = try request("--help", "exit") else { return #expect(Bool(false)) }
    guard case .version = try request("-qV") else { return #expect(Bool(false)) }
    guard case .completions("fish") = try request("--completions", "fish") else {
      return #expect(Bool(false))
    }
    guard case .complete("User p", let invocation) = try request("--complete", "User p", "x.db")
    else { return #expect(Bool(false)) }
    #expect(invocation.database == "x.db")
  }

  @Test("the program says it on the right stream with the right status")
  func program() throws {
    let help = try Program.relish(["-h"])
    #expect(help.status == 0 && help.errors.isEmpty && help.output == CommandLineHelp.page)
    for topic in CommandLineHelp.topics {
      let run = try Program.relish(["-h=" + topic.name])
      #expect(run.status == 0 && run.output == topic.text() && !run.output.isEmpty)
    }
    let version = try Program.relish(["-V"])
    #expect(version.status == 0 && version.output.hasPrefix("relish "))
    let wrong = try Program.relish(["--formt"])
    #expect(wrong.status == 2 && wrong.output.isEmpty)
    #expect(
      wrong.errors == """
        relish: error: unknown option `--formt`
          hint: did you mean `--format`?

        """)
  }

  @Test("help fits 80 columns")
  func width() {
    for text in [CommandLineHelp.page] + CommandLineHelp.topics.map({ $0.text() }) {
      for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }
}

@Suite("Runs of the program")
struct RunTests {
  private let statements = "User has name string; sync; create User name = \"é\"; User name"

  @Test("the environment names the database when the call does not")
  func environment() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("env.db")
    for name in ["RELISH_DATABASE", "DATABASE_URL"] {
      let made = try Program.relish(
        ["-c", "User has name string; sync"], environment: [name: path])
      #expect(made.status == 0)
      #expect(try Program.sqlite3(path, ".tables").contains("users"))
      let other = try Program.relish([":memory:", "-c", "User"], environment: [name: path])
      #expect(other.status == 1)
    }
    let run = try Program.relish(["--complete", "User na"], environment: ["RELISH_DATABASE": path])
    #expect(run.output == "name\n")
  }

  @Test("-cmd goes on with standard input, -c does not")
  func commandsFirst() throws {
    let input = "User name\n"
    let first = try Program.relish(["-cmd", statements], input: input)
    #expect(first.output == "name\né\nname\né\n")
    #expect(try Program.relish(["-c", statements], input: input).output == "name\né\n")
  }

  @Test("a disk without room is an error, a reader that has gone is none")
  func closed() throws {
    let script = """
      "\(Project.relish)" -X -c '\(statements)' >/dev/full; echo $?
      "\(Project.relish)" -X -c '\(statements)' | true; echo ${PIPESTATUS[0]}
      """
    let run = try Program.run("bash", ["-c", script])
    #expect(run.output == "1\n0\n")
    #expect(run.errors.contains("relish: error: writing failed: No space left on device\n"))
  }
}
