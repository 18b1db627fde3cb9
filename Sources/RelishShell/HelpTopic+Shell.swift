// Pages about looking at models (LANGUAGE.md §7) and about the shell (§8).
extension HelpTopic {
  static let looking: [HelpTopic] = [
    HelpTopic(
      .looking, "models relations", "what the models are",
      usage: """
        show models
        show relations
        show MODEL
        """,
      example: """
        show models
        show Product
        """),
    HelpTopic(
      .looking, "path", "the ways from one model to another",
      usage: "path MODEL to MODEL",
      example: """
        path User to Category
        path Category to Category
        """,
      remarks: """
        The shortest first, each as the walk one would type and with the keys that it follows. Named
        walks are left out.
        """),
    HelpTopic(
      .looking, "say", "the models as sentences",
      usage: "say [MODEL]",
      example: "say Product"),
    HelpTopic(
      .looking, "save", "the models as sentences in a file",
      usage: "save \"FILE\"",
      example: "save \"model.relish\"",
      remarks: "`run \"model.relish\"` makes the same models again."),
  ]

  static let shell: [HelpTopic] = [
    HelpTopic(
      .shell, "run", "run a file of statements",
      usage: "run \"FILE\"",
      example: "run \"model.relish\"",
      remarks: "A path begins at the file that says it."),
    HelpTopic(
      .shell, "print", "values and texts",
      usage: "print EXPRESSION, …",
      example: "print \"prices up to\", 3 * 4"),
    HelpTopic(
      .shell, "expect", "stop unless something holds",
      usage: """
        expect WALK OP VALUE
        expect [not] exists WALK
        expect error ["TEXT"] STATEMENT
        expect no changes
        """,
      example: """
        expect count User where name = "Max" = 1
        expect User "Max" name = ("Max")
        expect error "Color" show Color
        """,
      remarks: "For scripts that test: exit status 4 where it does not hold."),
    HelpTopic(
      .shell, "format table box markdown csv tsv jsonl line list html", "how rows are written",
      usage: OutputFormat.all.map { format in
        let padding = String(repeating: " ", count: max(2, 10 - format.name.count))
        return "format \(format.name)\(padding)\(format.summary)"
      }.joined(separator: "\n"),
      example: """
        format box
        User show name, count products as n
        """,
      remarks: "Names of the sqlite3 shell are understood too: `.mode column`, `.mode insert`."),
    HelpTopic(
      .shell, "output", "where rows go",
      usage: """
        output "FILE"
        output
        """,
      example: """
        output "rows.txt"
        output
        """,
      remarks: "Alone it goes back to standard output."),
    HelpTopic(
      .shell, "timing", "how long statements take",
      usage: "timing [on | off]",
      example: "timing off"),
    HelpTopic(
      .shell, "settings setting naming strict timestamps", "what can be set",
      usage: """
        set strict | timestamps | header | quiet | echo | timing  on | off
        set naming camel | snake    set null "TEXT"    set format NAME
        set timeout | busy  SECONDS | off    set backup on | off
        """,
      example: """
        set naming snake
        set strict on
        """,
      remarks: """
        strict: a sentence about an unknown model is an error. timestamps: new models have
        `createdAt` and `updatedAt`. naming: how tables and columns are spelled. timeout: after how long a
        statement is stopped. busy: how long it waits for another program's lock (5 seconds). backup:
        whether one is made before rows go.
        """),
    HelpTopic(
      .shell, "help", "this help",
      usage: "help [WORD]",
      example: "help belongsTo"),
    HelpTopic(
      .shell, "quit exit leave", "leave the shell",
      usage: "quit [STATUS]",
      example: "quit 0",
      remarks: "So does Ctrl-D on an empty line."),
  ]
}
