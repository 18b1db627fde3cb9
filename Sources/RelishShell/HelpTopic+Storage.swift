// Pages about what a database says besides (README "What a database says besides").
extension HelpTopic {
  static let storage: [HelpTopic] = [
    HelpTopic(
      .models, "storage collate generated autoincrement rowid checks",
      "what a database says of columns and tables besides",
      usage: """
        type "SPELLING"    collate NAME    generated "EXPRESSION" [stored]
        autoincrement | rowid    default sql "EXPRESSION"    check sql "CONDITION"
        MODEL checks sql "CONDITION" [named "NAME"]
        """,
      example: """
        Invoice has number integer key rowid,
          code string(20) type "NVARCHAR(20)" collate nocase,
          net decimal(10,2), gross decimal(10,2) generated "net * 1.19" stored,
          token text default sql "hex(randomblob(4))"
        Invoice checks sql "net >= 0" named "net_positive"
        """,
      remarks: """
        They follow a type as the other modifiers do. A text behind `sql` is the database's own.
        A generated attribute cannot be written. `rowid` is a key that SQLite numbers without
        AUTOINCREMENT.
        """),
    HelpTopic(
      .models, "view trigger", "views, triggers and tables in the database's words",
      usage: """
        view MODEL [table "NAME"] [(ATTRIBUTES)] "SELECT …"
        trigger "CREATE TRIGGER …"
        table MODEL "CREATE TABLE …"
        """,
      example: """
        view Title (title string) "SELECT title FROM products WHERE price < 20"
        trigger "CREATE TRIGGER t AFTER DELETE ON orders BEGIN SELECT 1; END"
        """,
      remarks: """
        The next sync makes them where they are missing. A view is a model whose rows can be asked
        for and not written. `table` is what `save` says of a table that no sentences tell all of.
        """),
  ]
}
