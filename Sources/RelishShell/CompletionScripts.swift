/// Completion scripts for other shells, made from `CommandLineOption.all`; golden copies are in
/// `completions/` at the top.
package enum CompletionScripts {
  /// The shells, and what makes the script of each.
  package static let shells: [(name: String, script: @Sendable () -> String)] = [
    ("bash", { bash }), ("zsh", { zsh }), ("fish", { fish }),
  ]

  private static var options: [CommandLineOption] {
    CommandLineOption.all.filter { $0.group != .hidden }
  }

  /// `-F` and `--format`; the sqlite3 shell's spellings are understood and not suggested.
  private static func suggested(_ option: CommandLineOption) -> [String] {
    option.names.filter { $0.utf8.count == 2 || $0.hasPrefix("--") }
  }

  private static func head(_ shell: String, _ first: String = "") -> String {
    first
      + "# \(shell) completion for relish; `relish --completions \(shell)` prints this file.\n\n"
  }

  // MARK: bash

  private static var bash: String {
    var script =
      head("bash") + """
        _relish() {
          local current=${COMP_WORDS[COMP_CWORD]} previous=
          ((COMP_CWORD > 0)) && previous=${COMP_WORDS[COMP_CWORD - 1]}
          # Bash takes `--format=csv` for three words.
          if [[ $current == = ]]; then
            current=
          elif [[ $previous == = ]] && ((COMP_CWORD > 1)); then
            previous=${COMP_WORDS[COMP_CWORD - 2]}
          fi
          COMPREPLY=()
          case $previous in

        """
    for option in options where option.placeholder != nil {
      script += "    \(option.names.joined(separator: " | ")))\n"
      switch option.value {
      case .words(let words):
        script +=
          "      mapfile -t COMPREPLY < <(compgen -W '"
          + words().joined(separator: " ") + "' -- \"$current\")\n"
        script +=
          option.isValueOptional ? "      ((${#COMPREPLY[@]})) && return\n" : "      return\n"
      case .file:
        script += "      mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n      return\n"
      case .text: script += "      return\n"
      }
      script += "      ;;\n"
    }
    let names = options.flatMap(suggested).joined(separator: " ")
    return script + """
        esac
        if [[ $current == -* ]]; then
          mapfile -t COMPREPLY < <(compgen -W '\(names)' -- "$current")
        else
          mapfile -t COMPREPLY < <(compgen -f -- "$current")
        fi
      } && complete -o filenames -F _relish relish

      """
  }

  // MARK: zsh

  private static var zsh: String {
    var script = head("zsh", "#compdef relish\n") + "_relish() {\n  _arguments -s -S : \\\n"
    for option in options {
      let names = suggested(option)
      let spelled = names.map { name in
        guard option.placeholder != nil else { return name }
        return name.hasPrefix("--") ? name + "=" : name + "+"
      }
      let spec = names.count == 1 ? spelled.joined() : "{\(spelled.joined(separator: ","))}"
      let description = quoted("[\(escaped(option.summary))]" + zshValue(option))
      let others = option.placeholder == nil ? "(\(names.joined(separator: " ")))" : "*"
      script += "    '\(others)'\(spec)\(description) \\\n"
    }
    return script + """
          '1:database:_files' \\
          '*:statement: '
      }

      if [[ $funcstack[1] == _relish ]]; then
        _relish "$@"
      else
        compdef _relish relish
      fi

      """
  }

  private static func zshValue(_ option: CommandLineOption) -> String {
    guard let placeholder = option.placeholder else { return "" }
    let colons = option.isValueOptional ? "::" : ":"
    switch option.value {
    case .words(let words): return "\(colons)\(placeholder):(\(words().joined(separator: " ")))"
    case .file: return "\(colons)\(placeholder):_files"
    case .text: return "\(colons)\(placeholder): "
    }
  }

  /// What ends a description of `_arguments` (zshcompsys(1)).
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "[]:\\".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }

  // MARK: fish

  private static var fish: String {
    var script = head("fish")
    for option in options {
      script += "complete -c relish"
      for name in suggested(option) {
        script += (name.hasPrefix("--") ? " -l " : " -s ") + name.drop { $0 == "-" }
      }
      if option.placeholder != nil, !option.isValueOptional {
        switch option.value {
        case .words(let words): script += " -x -a \(quoted(words().joined(separator: " ")))"
        case .file: script += " -r -F"
        case .text: script += " -x"
        }
      } else if case .words(let words) = option.value {
        script += " -f -a \(quoted(words().joined(separator: " ")))"
      }
      script += " -d \(quoted(option.summary))\n"
    }
    return script
  }

  /// In single quotes, for all three shells.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
