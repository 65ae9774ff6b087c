"""The completion script of zsh."""

from __future__ import annotations

from oocli.model.cli_schema import Command, Option, Takes, Value

_SCRIPT = """\
#compdef oocli
# Completion of oocli for zsh, made from oocli itself.
#
# For this session:  source <(oocli completion zsh)       (after compinit)
# For good:          oocli completion zsh > _oocli        (in a directory of $fpath)

_oocli_known_portals() {
    local -a known
    known=(${(f)"$(command oocli completion --portals 2> /dev/null)"})
    compadd -a known
}

_oocli_text_or_file() {
    compset -P '*@' && _files
}

# Complete as the function $1 of the verb in $words[2] does.
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
}


def script(program: Command) -> str:
    """Return the script for this program."""
    functions = [_function(command) for command in program.everything()]
    return _SCRIPT.replace("@FUNCTIONS@", "\n\n".join(functions))


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
    lines.append(" \\\n        ".join(["    _arguments -s -S :", *specs]))
    return "\n".join([f"{name}() {{", *lines, "}"])


def _option(option: Option) -> str:
    names = list(option.names)
    more = f"[{_escaped(option.summary, '[]')}]"
    if option.value is not None:
        names = [f"{name}=" if name.startswith("--") else f"{name}+" for name in names]
        more += f":{_value(option.value)}"
    others = "*" if option.repeats else f"({' '.join(option.names)})" if len(names) > 1 else ""
    if len(names) == 1:
        return _quoted(others + names[0] + more)
    return f"{_quoted(others)}{{{','.join(names)}}}{_quoted(more)}"


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
