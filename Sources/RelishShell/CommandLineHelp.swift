/// What `relish -h` prints.
package enum CommandLineHelp {
  /// The pages of `-h=TOPIC`.
  package static let topics: [(name: String, text: @Sendable () -> String)] = [
    ("commands", { commands }), ("language", { language }), ("variables", { variables }),
    ("exit", { exit }),
  ]

  /// `relish -h`.
  package static var page: String {
    var text = """
      A shell for relational modelling: declare models and associations, sync, walk.

      Usage: relish [options] [database] [statements …]
             relish [options] script.relish [database]

        database is a file's path, `:memory:` or `sqlite:PATH`; else -d,
        $RELISH_DATABASE or $DATABASE_URL name it; else it is in memory.

      """
    for group in CommandLineOption.Group.allCases where group != .hidden {
      text += "\n\(group.rawValue)\n"
      for option in CommandLineOption.all where option.group == group { text += line(option) }
    }
    return text + """

      relish shop.db 'User "Max" products title'
      relish -h=commands, -h=language, -h=variables, -h=exit; `help` in the shell

      """
  }

  /// `-F, --format NAME   how rows are written`
  private static func line(_ option: CommandLineOption) -> String {
    let short = option.names.first { $0.utf8.count == 2 }
    var text = "  " + (short.map { $0 + ", " } ?? "    ") + "--" + option.key
    if let placeholder = option.placeholder {
      text += option.isValueOptional ? "[=\(placeholder)]" : " \(placeholder)"
    }
    return text + String(repeating: " ", count: max(2, 30 - text.count)) + option.summary + "\n"
  }

  private static var commands: String {
    var text = "Statements, as `help WORD` in the shell explains them\n"
    for group in HelpTopic.Group.allCases {
      text += "\n\(group.rawValue)\n"
      for topic in HelpTopic.all where topic.group == group {
        let padding = String(repeating: " ", count: max(2, 18 - topic.name.count))
        text += "  \(topic.name)\(padding)\(topic.summary)\n"
      }
    }
    return text
  }

  private static var language: String {
    """
    A statement ends at the end of its line or at `;`. It goes on while a bracket is
    open, after a comma and after `\\`. `#` and `--` begin a comment.

    A capital first letter is a model, a small one a command. Models are declared:
      User has name string required, email string
      Product has title string, price decimal(10,2)
      Product belongsTo User onDelete cascade
    made into tables:
      sync
    filled:
      create User name = "Max"
      create User "Max" products (title = "Tee", price = 9), (title = "Cap")
    and walked along their relations:
      User "Max" products title
      Product where price > 5 sort price desc show title, user.name
      User where no products show name
      count Product where user.name = "Max"

    Texts stand in "…" or '…', odd names in backticks. `$name` is a variable.
    Numbers with a point are exact. More: null, true, false, today(), now().

    """
  }

  private static var variables: String {
    """
    Variables of the language
      relish -v limit=10 shop.db 'Product where price < $limit'
      let ann = User "Ann"

    Variables of the environment
      RELISH_DATABASE, DATABASE_URL   the database, if the command line names none
      RELISH_RC                       the shell's start-up file,
                                      else $XDG_CONFIG_HOME/relish/relishrc
      RELISH_HISTORY                  its history,
                                      else $XDG_STATE_HOME/relish/history
      EDITRC                          libedit's settings, else ~/.editrc
      NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM   whether there is colour
      CI                              set: no questions are asked

    """
  }

  private static var exit: String {
    """
    Exit status
        0   everything went well
        1   a statement failed, or a transaction was left open
        2   wrong call: an option, a missing file
        3   the database cannot be opened, or was lost
        4   an `expect` does not hold
        6   consent is missing or was declined
      130   interrupted
      143   terminated
    `quit N` leaves with N.

    """
  }
}
