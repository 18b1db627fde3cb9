// Pages about asking (LANGUAGE.md §7) and about the shell (§8).
extension HelpTopic {
  static let walks: [HelpTopic] = [
    HelpTopic(
      .walks, "walk walks pick their", "rows, along relations",
      usage: "MODEL [PICK] [CLAUSE …] [[their] RELATION [PICK] [CLAUSE …] …] [ATTRIBUTE]",
      example: """
        User "Max" products title
        User where name = "Max" their products show title, price
        Product 1 user carts products
        """,
      remarks: """
        A pick is a primary key or the text of the model's label. A row is in the answer once,
        however many ways lead to it. Clauses: where, show, sort, limit, page.
        """),
    HelpTopic(
      .walks, "where", "which rows",
      usage: "where CONDITION",
      example: """
        Product where price between 5 and 20 and not title starts with "T"
        Product where user.name = "Max" or category is null
        """,
      remarks: """
        = != < <= > >=, is [not], in (…), between … and …, contains, starts with, ends with, each
        with `ignoring case` if wanted; and, or, not, brackets. A dot follows a relation to one row.
        """),
    HelpTopic(
      .walks, "some no every", "conditions on related rows",
      usage: "some | no | every RELATION [(CONDITION)]",
      example: """
        User where no orders show name
        User where some products (price > 20) show name
        """,
      remarks: "`every` over nothing is true."),
    HelpTopic(
      .walks, "show", "which columns",
      usage: "show EXPRESSION [as NAME], …",
      example: """
        Product show title, user.name, price * 2 as double
        User show name, count products as n
        """,
      remarks: "`show` at the start of a line looks at models: `help models`."),
    HelpTopic(
      .walks, "sort asc desc", "in which order",
      usage: "sort EXPRESSION [asc | desc], …",
      example: "Product sort price desc, title",
      remarks: "Nulls come first, with `desc` last. Equal rows come in the order of their keys."),
    HelpTopic(
      .walks, "limit page offset size", "how many rows",
      usage: """
        limit COUNT [offset COUNT]
        page NUMBER [size COUNT]
        """,
      example: """
        Product sort price limit 3
        Product sort title page 2 size 2
        """,
      remarks: "A page has 20 rows unless it says otherwise."),
    HelpTopic(
      .walks, "count", "how many",
      usage: """
        count WALK
        count RELATION
        """,
      example: """
        count Product where price > 10
        User where count products > 1 show name
        """),
    HelpTopic(
      .walks, "exists", "whether there are any",
      usage: "exists WALK",
      example: "exists User \"Max\" products"),
    HelpTopic(
      .walks, "sql", "the statement behind a walk",
      usage: "sql WALK",
      example: "sql User \"Max\" products title",
      remarks: "It runs as it stands in the database's own shell."),
  ]

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
        """,
      example: """
        set naming snake
        set strict on
        """,
      remarks: """
        strict: a sentence about an unknown model is an error. timestamps: new models have
        `createdAt` and `updatedAt`. naming: how tables and columns are spelled.
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
