"""The completion script of fish."""

from __future__ import annotations

from oocli.model.cli_schema import Command, Option, Takes, Value

_SCRIPT = """\
# Completion of oocli for fish, made from oocli itself.
#
# For this session:  oocli completion fish | source
# For good:          oocli completion fish > ~/.config/fish/completions/oocli.fish

# Print the command typed so far: `call`, or a noun with its verb, `portals use`.
function __oocli_command
    set -l words (commandline -opc)
    switch "$words[2] $words[3]"
        case @TWO_WORDS@
            echo "$words[2] $words[3]"
        case '*'
            echo "$words[2]"
    end
end

# Whether the command typed so far is $argv[1] and, if $argv[2] is given, whether that many of its
# arguments stand before the cursor; `2+` means two or more.
function __oocli_at
    test (__oocli_command) = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set -l words (commandline -opc)
    set -l path oocli (string split -n ' ' -- "$argv[1]")
    set -e words[1..(count $path)]
    set -l valued (__oocli_valued "$argv[1]")
    set -l count 0
    set -l pending no
    set -l only_arguments no
    for word in $words
        if test $pending = yes
            set pending no
        else if test $only_arguments = yes
            set count (math $count + 1)
        else if test "$word" = --
            set only_arguments yes
        else if string match -q -- '-?*' "$word"
            contains -- "$word" $valued; and set pending yes
        else
            set count (math $count + 1)
        end
    end
    if string match -q '*+' -- $argv[2]
        test $count -ge (string trim -c + -- $argv[2])
    else
        test $count -eq $argv[2]
    end
end

# Print the options of the command $argv[1] that take the word after them.
function __oocli_valued
    switch $argv[1]
@VALUED@
    end
end

function __oocli_portals
    command oocli completion --portals 2>/dev/null
end

# Print the files that go on from what stands after an `@`.
function __oocli_text_or_file
    set -l word (commandline -ct)
    # Without its quotes, of which the last may be open.
    set -l plain (string unescape -- $word)
    or set plain (string unescape -- $word\\')
    or set plain (string unescape -- $word\\")
    set -l parts (string match -r -- '^([^@]*@)(.*)$' $plain); or return
    for file in (complete -C "'' "(string escape -- $parts[3]))
        echo "$parts[2]$file"
    end
end

complete -c oocli -e
complete -c oocli -f
@COMPLETIONS@
"""
_VALUES = {
    Takes.TEXT: "-x",
    Takes.FILE: "-r -F",
    Takes.AT_FILE: "-x -a '(__oocli_text_or_file)'",
    Takes.PORTAL: "-x -a '(__oocli_portals)'",
}


def script(program: Command) -> str:
    """Return the script for this program."""
    commands = program.everything()
    two_words = [_quoted(" ".join(command.path)) for command in commands if len(command.path) == 2]
    valued = "\n".join(line for command in commands for line in _valued(command))
    completions = "\n".join(line for command in commands for line in _completions(command))
    return (
        _SCRIPT.replace("@TWO_WORDS@", " ".join(two_words))
        .replace("@VALUED@", valued)
        .replace("@COMPLETIONS@", completions)
    )


def _valued(command: Command) -> list[str]:
    names = [
        name for option in command.options if option.value is not None for name in option.names
    ]
    if not names:
        return []
    return [
        f"        case {_quoted(' '.join(command.path))}",
        f"            string split ' ' -- {_quoted(' '.join(names))}",
    ]


def _completions(command: Command) -> list[str]:
    where = f'__oocli_at "{" ".join(command.path)}"'
    lines = [
        f"complete -c oocli -n '{where} 0' -a {_quoted(verb.name)} -d {_quoted(verb.summary)}"
        for verb in command.verbs
    ]
    for place, argument in enumerate(command.arguments):
        count = f"{place}+" if argument.repeats else str(place)
        more = _argument(argument.value)
        if more:
            lines.append(f"complete -c oocli -n '{where} {count}' {more}")
    lines += [f"complete -c oocli -n '{where}' {_option(option)}" for option in command.options]
    return lines


def _option(option: Option) -> str:
    names = " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    )
    value = f" {_value(option.value)}" if option.value is not None else ""
    return f"{names}{value} -d {_quoted(option.summary)}"


def _value(value: Value) -> str:
    if value.takes is Takes.CHOICES:
        return f"-x -a {_quoted(' '.join(value.choices))}"
    return _VALUES[value.takes]


def _argument(value: Value) -> str:
    if value.takes is Takes.CHOICES:
        return f"-a {_quoted(' '.join(value.choices))}"
    return {Takes.FILE: "-F", Takes.TEXT: ""}.get(value.takes, _VALUES[value.takes][3:])


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
