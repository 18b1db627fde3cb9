// Pages about taking changes back and trying them out (LANGUAGE.md §6).
extension HelpTopic {
  static let history: [HelpTopic] = [
    HelpTopic(
      .rows, "undo", "take back what was changed",
      usage: "undo [STEPS]",
      example: """
        delete Product 3
        undo
        """,
      remarks: """
        Each statement that changes rows, tables or models is a step, as far back as the session goes;
        rows that went by a cascade come back too. What something else has changed meanwhile is told
        and not overwritten: then nothing is undone. Inside a transaction `undo` takes back what was
        done in it.
        """),
    HelpTopic(
      .rows, "redo", "do again what was undone",
      usage: "redo [STEPS]",
      example: """
        delete Product 3
        undo
        redo
        """,
      remarks: "Once something else is changed there is nothing to redo."),
    HelpTopic(
      .rows, "history", "what was changed in this session",
      usage: "history changes [N]",
      example: "history changes",
      remarks: """
        The last 50 steps, or N, with what they did; those that were undone, which `redo` would do
        again, stand last.
        """),
    HelpTopic(
      .rows, "try end keep", "look at changes before they stay",
      usage: """
        try
        STATEMENT …
        end
        keep | drop
        """,
      example: """
        try
        set all Product price = price * 2
        end
        drop
        """,
      remarks: """
        The statements run at once, and `end` lists the rows that differ from before: `+` is new, `-`
        is gone, `~` has changed. `keep` makes all of it stay, each statement a step for `undo`;
        `drop` takes all of it back, sentences about models included. A script that ends without
        either drops it and fails.
        """),
  ]
}
