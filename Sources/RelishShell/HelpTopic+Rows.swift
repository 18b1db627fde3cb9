// Pages about the database and its rows (LANGUAGE.md §5, §6).
extension HelpTopic {
  static let database: [HelpTopic] = [
    HelpTopic(
      .database, "sync", "make the tables of the models",
      usage: "sync [force | alter [fill X.a = VALUE, …] [lose column X.a | lose table t, …]]",
      example: """
        Product has stock integer required
        sync alter fill Product.stock = 0
        """,
      remarks: """
        `sync` creates what is missing and says how existing tables differ. `sync alter` changes them
        and keeps their rows, and ends with the proof; rows that stand in the way are shown first, and
        nothing is dropped but by `lose`. `sync force` drops the tables of the models declared here and
        makes them anew; their rows go, and are counted.
        """),
    HelpTopic(
      .database, "check", "how model and database differ",
      usage: "check [schema]",
      example: "check",
      remarks: """
        Both sides in sentences, `-` the database, `+` the model. In a script the exit status is 5 when
        there are differences; `relish --check` does so at the end. For the condition of an attribute
        see `help modifiers`. `check schema` gives advice: keys without index, tables without
        relation, types that no other database has, rows that point to nothing.
        """),
    HelpTopic(
      .database, "plan", "what a sync would do",
      usage: "plan [force | alter …]",
      example: "plan force",
      remarks: "Nothing runs."),
    HelpTopic(
      .database, "pull", "the tables of the database as models",
      usage: "pull [MODEL or TABLE, …]",
      example: "pull",
      remarks: """
        Tables that are there are models at once; `pull` reads them anew, tells what it found and
        forgets what sentences said of their models, or of those named. Names become the language's own
        (`UnitPrice` is `unitPrice`); an attribute may be written by its column's name as well.
        """),
    HelpTopic(
      .database, "begin commit rollback transaction", "several statements as one",
      usage: "begin … commit | rollback",
      example: """
        begin
        delete Product 3
        rollback
        """,
      remarks: "Without them every statement is one by itself."),
    HelpTopic(
      .database, "backup", "the whole database to a file",
      usage: "backup \"FILE\"",
      example: "backup \"shop-monday.db\"",
      remarks: """
        Other programs go on meanwhile. A file that is there is replaced only when asked for (`-y`).
        Inside a transaction the file has the database as it was before. Before `sync force` and
        `restore` take rows away, a backup is made by itself, in the state directory
        (`~/.local/state/relish/backups`, the last 20 of a database are kept); `set backup off` leaves
        that out.
        """),
    HelpTopic(
      .database, "restore", "the whole database from a file",
      usage: "restore \"FILE\"",
      example: """
        backup "shop-monday.db"
        restore "shop-monday.db"
        """,
      remarks: """
        All of the database is replaced, or nothing. The file is checked before; what was there is backed
        up first (see `help backup`).
        """),
    HelpTopic(
      .database, "open", "go on with another database",
      usage: "open \"FILE\"",
      example: "open \":memory:\""),
  ]

  static let rows: [HelpTopic] = [
    HelpTopic(
      .rows, "create", "make rows",
      usage: """
        create MODEL NAME = VALUE, …
        create MODEL (NAME = VALUE, …), (…)
        create MODEL PICK RELATION (NAME = VALUE, …), (…)
        """,
      example: """
        create User name = "Ida", email = "ida@example.com"
        create User "Max" products (title = "Book", price = 12.99), (title = "Pen")
        create Cart user = "Ann"
        """,
      remarks: """
        A relation takes a pick (`user = 3`, `user = "Ann"`), a row (`user = $ann`), `null`, or new
        rows: `products = [(title = "Tee"), (title = "Cap")]`.
        """),
    HelpTopic(
      .rows, "set change update", "change rows",
      usage: """
        set WALK NAME = VALUE, …
        set all MODEL NAME = VALUE, …
        """,
      example: """
        set User "Max" email = "max@example.org"
        set User "Max" products price = price * 1.1
        set Product where price > 100: price = 99
        """,
      remarks: "`help settings` tells about `set` with a setting's name."),
    HelpTopic(
      .rows, "delete", "delete rows",
      usage: """
        delete WALK [preview]
        delete all MODEL [preview]
        """,
      example: "delete Product where price > 100",
      remarks: """
        The answer counts what went or changed with them. `help preview` tells how to see that before.
        """),
    HelpTopic(
      .rows, "preview", "what a delete would do",
      usage: """
        delete WALK preview
        delete all MODEL preview
        """,
      example: """
        delete User "Max" preview
        delete all Product preview
        """,
      remarks: """
        The tree of the rows that would go too, whose key would become null or take its default, or that
        would not let the others go, each with its rule in the database. A row that can be reached in
        several ways is counted once. Nothing is changed, and nothing locked.
        """),
    HelpTopic(
      .rows, "what whatif if", "whose deletion would end otherwise",
      usage: "what if ASSOCIATION",
      example: """
        what if Product belongsTo User onDelete restrict
        what if Order belongsTo User onDelete cascade
        """,
      remarks: """
        Takes the rule of the sentence for the one that the database has, looks at each row that it could
        concern, and tells how many could no longer be deleted, or could now, or would take others along.
        Each deletion is looked at by itself. Neither the models nor the database change.
        """),
    HelpTopic(
      .rows, "add", "connect rows many to many",
      usage: "add WALK to WALK [NAME = VALUE, …]",
      example: "add Product \"Cap\" to Cart 1 products quantity = 2"),
    HelpTopic(
      .rows, "remove", "take rows apart again",
      usage: "remove WALK from WALK",
      example: "remove Product \"Mug\" from Cart 1 products"),
    HelpTopic(
      .rows, "let variables variable", "names for rows and values",
      usage: """
        let NAME = VALUE
        let NAME = WALK
        let NAME = create …
        """,
      example: """
        let cheap = 10
        let eva = create User name = "Eva", email = "eva@example.com"
        Product where price < $cheap show title
        """,
      remarks: "`$NAME` is a value, never pasted as text. `relish -v NAME=VALUE` makes one too."),
    HelpTopic(
      .rows, "import", "rows from a file",
      usage: """
        import MODEL "FILE"
        import MODEL "-"
        """,
      example: """
        export "products.csv" Product show title, price, userId
        import Product "products.csv"
        """,
      remarks: """
        The file's first line names attributes (`title`), relations to one row, whose values are keys or
        labels (`user`: 3 or Max), or attributes of these (`user.email`). Nothing between two commas is
        null, `""` an empty text. `.tsv` is read as `export` writes it, `-` is standard input. All rows
        come in or none; an error has the file's line.
        """),
    HelpTopic(
      .rows, "export", "rows to a file",
      usage: "export \"FILE\" WALK",
      example: "export \"products.csv\" Product where price > 10",
      remarks: "The file's ending is the format: csv, tsv, json, jsonl."),
  ]
}
