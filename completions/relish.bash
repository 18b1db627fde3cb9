# bash completion for relish; `relish --completions bash` prints this file.

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
    -c | --command)
      return
      ;;
    -f | --file)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    -d | --database)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    -v | --set)
      return
      ;;
    -F | --format)
      mapfile -t COMPREPLY < <(compgen -W 'table box markdown csv tsv json jsonl line list html tree sql' -- "$current")
      return
      ;;
    -o | --output)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    --null | -nullvalue)
      return
      ;;
    --color)
      mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current")
      return
      ;;
    --init | -init)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    --completions)
      mapfile -t COMPREPLY < <(compgen -W 'bash zsh fish' -- "$current")
      return
      ;;
    -h | --help | -help)
      mapfile -t COMPREPLY < <(compgen -W 'commands language variables exit' -- "$current")
      ((${#COMPREPLY[@]})) && return
      ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '-c --command -f --file -i --interactive -d --database -v --set -F --format --table --box --markdown --csv --tsv --json --jsonl -x --line --expanded --list --html --tree --sql -o --output -t --tuples-only --no-header --null --color -q --quiet -e --echo --timing -k --keep-going -1 --single-transaction -n --dry-run --check -r --read-only --safe -y --yes -X --no-init --init --completions -h --help -V --version' -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
} && complete -o filenames -F _relish relish
