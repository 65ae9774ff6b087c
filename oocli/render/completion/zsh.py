"""The completion script for zsh."""

from __future__ import annotations

from oocli.model.cli_schema import Command, Option, Takes, Value
from oocli.render.completion.operations import SECTIONS, Operations, posix_data

_SCRIPT = """\
#compdef oocli
# Completion of oocli for zsh, written by oocli.
#
# For this session:  source <(oocli completion zsh)       (after compinit)
# For all sessions:  oocli completion zsh > _oocli        (in a directory of $fpath)

_oocli_known_portals() {
    local -a known
    known=(${(f)"$(command oocli completion --portals 2> /dev/null)"})
    compadd -a known
}

_oocli_text_or_file() {
    compset -P '*@' && _files
}

_oocli_remote() {
    compadd -S '' -- @SECTIONS@
}

# Complete the paths and parameters of API operations: the last argument is
# `path`, `words`, `query`, `body` or `body-or-file`.
_oocli_operation() {
    local -a offers typed_arguments
    local what=$argv[-1] # after options for compadd
    local portal=${${opt_args[--portal]//\\\\:/:}:-$OOCLI_PORTAL} typed=${(Q)PREFIX}
    typed_arguments=(${line:#})
    if [[ $what == body-or-file && $typed == *=@* ]]; then
        _oocli_text_or_file
        return
    fi
    if [[ $what == words && CURRENT -eq 2 ]]; then
        compadd -- @METHODS@
        return
    fi
    [[ $what == words && CURRENT -gt 3 ]] && return
    _oocli_look_up $what "$typed" "$portal" "${typed_arguments[1]}" "${typed_arguments[2]}"
    compadd -S '' -- ${(M)offers:#*[/=]}
    compadd -- ${offers:#*[/=]}
}

# Set `offers` with the functions that the script for bash contains, too.
_oocli_look_up() {
    emulate -L ksh
    setopt noglob
    local kinds _oocli_text
    _oocli_kinds "$3"
    case "$1" in
    path) _oocli_paths "$4" "$2" '' ;;
    words) _oocli_paths "$4" "$2" 1 ;;
    query) _oocli_names "$4" "$5" query "$2" ;;
    *) _oocli_names "$4" "$5" body "$2" ;;
    esac
}

@OPERATIONS@

# Complete with $1, the function of the subcommand in $words[2].
_oocli_verb() {
    local curcontext="${curcontext%:*}-${words[2]}:"
    shift words
    (( CURRENT-- ))
    $1
}

@FUNCTIONS@

if [[ $funcstack[1] == _oocli ]]; then
    _oocli "$@"
else
    compdef _oocli oocli
fi
"""
_ACTIONS = {
    Takes.TEXT: " ",
    Takes.FILE: "_files",
    Takes.AT_FILE: "_oocli_text_or_file",
    Takes.PORTAL: "_oocli_known_portals",
    Takes.REMOTE: "_oocli_remote",
    Takes.API_PATH: "_oocli_operation path",
    Takes.API_WORDS: "_oocli_operation words",
    Takes.QUERY_NAME: "_oocli_operation query",
    Takes.BODY_NAME: "_oocli_operation body",
    Takes.BODY_NAME_OR_FILE: "_oocli_operation body-or-file",
}


def script(program: Command, operations: Operations) -> str:
    """Return the script for the commands of the program."""
    return (
        _SCRIPT.replace("@FUNCTIONS@", "\n\n".join(map(_function, program.all_commands())))
        .replace("@SECTIONS@", " ".join(SECTIONS))
        .replace("@METHODS@", " ".join(operations.methods))
        .replace("@OPERATIONS@", posix_data(operations))
    )


def _function(command: Command) -> str:
    name = "__".join(["_oocli", *command.path])
    lines = []
    if command.verbs:
        verb = f"{name}__$words[2]"
        lines.append(f"    if (( CURRENT > 2 && $+functions[{verb}] )); then")
        lines += [f"        _oocli_verb {verb}", "        return", "    fi"]
        lines += ["    local -a verbs", "    verbs=("]
        lines += [f"        {_quoted(f'{verb.name}:{verb.summary}')}" for verb in command.verbs]
        lines.append("    )")
    specs = [_option(option) for option in command.options]
    if command.verbs:
        specs.append("'1:command:{_describe -t commands command verbs}'")
    for place, argument in enumerate(command.arguments, start=1):
        which = "*" if argument.repeats else str(place)
        specs.append(_quoted(f"{which}:{_value(argument.value)}"))
    if not command.verbs:
        lines.append("    local -a line; local -A opt_args")
    lines.append(" \\\n        ".join(["    _arguments -s -S :", *specs]))
    return "\n".join([f"{name}() {{", *lines, "}"])


def _option(option: Option) -> str:
    names = list(option.names)
    description = f"[{_escaped(option.summary, '[]')}]"
    if option.value is not None:
        names = [f"{name}=" if name.startswith("--") else f"{name}+" for name in names]
        description += f":{_value(option.value)}"
    repeats = "*" if option.repeats else ""
    if len(names) == 1:
        return _quoted(repeats + names[0] + description)
    excluded = repeats or f"({' '.join(option.names)})"
    return f"{_quoted(excluded)}{{{','.join(names)}}}{_quoted(description)}"


def _value(value: Value) -> str:
    label = _escaped(value.label, ":")
    if value.takes is Takes.CHOICES:
        return f"{label}:({' '.join(value.choices)})"
    return f"{label}:{_ACTIONS[value.takes]}"


def _escaped(text: str, special: str) -> str:
    text = text.replace("\\", "\\\\")
    for character in special:
        text = text.replace(character, f"\\{character}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
