"""The completion script for fish."""

from __future__ import annotations

from collections.abc import Iterable

from oocli.model.cli_schema import Command, Takes, Value
from oocli.render.completion.operations import SECTIONS, Operations, table

_SCRIPT = """\
# Completion of oocli for fish, written by oocli.
#
# For this session:  oocli completion fish | source
# For all sessions:  oocli completion fish > ~/.config/fish/completions/oocli.fish

# Print the typed command: `call`, or a command with its subcommand, such as `portals use`.
function __oocli_command
    set -l words (commandline -opc)
    switch "$words[2] $words[3]"
        case @TWO_WORDS@
            echo "$words[2] $words[3]"
        case '*'
            echo "$words[2]"
    end
end

# Print the arguments of the command $argv[1] that are before the cursor.
function __oocli_arguments
    set -l words (commandline -opc)
    set -l path oocli (string split -n ' ' -- "$argv[1]")
    set -e words[1..(count $path)]
    set -l valued (__oocli_valued "$argv[1]")
    set -l pending no
    set -l only_arguments no
    for word in $words
        if test $pending = yes
            set pending no
        else if test $only_arguments = yes
            echo -- $word
        else if test "$word" = --
            set only_arguments yes
        else if string match -q -- '-?*' "$word"
            contains -- "$word" $valued; and set pending yes
        else
            echo -- $word
        end
    end
end

# Whether the typed command is $argv[1] and, if $argv[2] is given, whether it has so many arguments
# before the cursor; `2+` means two or more.
function __oocli_at
    test (__oocli_command) = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set -l count (count (__oocli_arguments "$argv[1]"))
    if string match -q '*+' -- $argv[2]
        test $count -ge (string trim -c + -- $argv[2])
    else
        test $count -eq $argv[2]
    end
end

# Print the options of the command $argv[1] that have a value.
function __oocli_valued
    switch $argv[1]
@VALUED@
    end
end

function __oocli_portals
    command oocli completion --portals 2>/dev/null
end

# Print the files that start with the text after an `@`.
function __oocli_text_or_file
    set -l word (commandline -ct)
    # Without its quotes, of which the last may be missing.
    set -l plain (string unescape -- $word)
    or set plain (string unescape -- $word\\')
    or set plain (string unescape -- $word\\")
    set -l parts (string match -r -- '^([^@]*@)(.*)$' $plain); or return
    for file in (complete -C "'' "(string escape -- $parts[3]))
        echo "$parts[2]$file"
    end
end

# Print the kind of the portal, `w` or `d`, or both if portals.json does not contain it.
function __oocli_kinds
    set -l key $OOCLI_PORTAL
    set -l words (commandline -opc)
    set -l before
    for word in $words
        string match -q -- '--portal=*' $word; and set key (string sub -s 10 -- $word)
        test "$before" = --portal; and set key $word
        set before $word
    end
    set -l file $XDG_CONFIG_HOME/oocli
    if set -q OOCLI_CONFIG_DIR; and test -n "$OOCLI_CONFIG_DIR"
        set file $OOCLI_CONFIG_DIR
    else if not set -q XDG_CONFIG_HOME; or test -z "$XDG_CONFIG_HOME"
        set file $HOME/.config/oocli
        test -d "$HOME/Library/Application Support/oocli"
        and set file "$HOME/Library/Application Support/oocli"
    end
    set -l text
    test -r $file/portals.json; and read -z text <$file/portals.json
    if test -z "$key"
        set -l default (string match -r -- '\\n  "default": "([^"]*)"' "$text")
        set key $default[-1] # the lines of the whole match come first
    end
    set key (string replace -r -- '^https?://' '' "$key" | string trim -r -c /)
    set -l entry '\\n    "'(string escape --style=regex -- "$key")'": \\{'
    set -l found (string match -r -- $entry'(?:\\n      [^\\n]*)*?\\n      "kind": "(w|d)' "$text")
    if set -q found[1]
        echo $found[-1]
    else
        printf '%s\\n' w d
    end
end

# Print the operations of KIND METHOD WORD, or the first words of KIND METHOD.
function __oocli_operations
    switch $argv[1]
@ENTRIES@
    end
end

function __oocli_choices
    switch $argv[1]
@CHOICES@
    end
end

# Print what follows the start of a path: METHOD, then the words of the path. An exact word has
# precedence over a placeholder, which stands for any value.
function __oocli_walk
    set -l entries
    for kind in (__oocli_kinds)
        set -a entries (__oocli_operations "$kind $argv[1] $argv[2]")
    end
    set -e argv[1..2]
    for word in $argv
        set -l escaped (string escape --style=regex -- $word)
        set -l literal (string replace -rf -- "^$escaped(?:/|(?=\\|))" '' $entries)
        set -q literal[1]
        or set literal (string replace -rf -- '^\\{[^}]*\\}(?:/|(?=\\|))' '' $entries)
        set entries $literal
    end
    printf '%s\\n' $entries
end

# Print the next words of the path of `call` or, with placeholders, of `api`.
function __oocli_paths
    set -l method (__oocli_arguments $argv[1])[1]
    set -l word (commandline -ct)
    set -l typed (string unescape -- $word; or echo -- $word)
    set -l lead (string match -r -- '^(?:/?api/2\\.0/|/)' $typed)
    set -l before (string match -r -- '.*/' (string replace -r -- '^(?:/?api/2\\.0/|/)' '' $typed))
    set -q lead[1]; or set lead ''
    set -q before[1]; or set before ''
    set -l entries
    if test -z "$before"
        for kind in (__oocli_kinds)
            set -a entries (__oocli_operations "$kind $method")
        end
    else
        set entries (__oocli_walk $method (string split / -- (string trim -r -c / -- $before)))
    end
    set -l next (string match -r -- '^[^|/]+/?' $entries)
    test $argv[1] = api; or set next (string match -v -- '{*' $next)
    set -q next[1]; and printf '%s\\n' $lead$before$next
end

# Print the parameters of the operation on the command line, those of $argv[1]: `query` or `body`.
function __oocli_names
    set -l arguments (__oocli_arguments call)
    set -q arguments[2]; or return
    set -l path (string replace -r -- '^/?(?:api/2\\.0/)?' '' $arguments[2])
    set path (string replace -r -- '(?:\\.json)?/?(?:\\?.*)?$' '' $path)
    set -l place 2
    test $argv[1] = body; and test $arguments[1] != GET; and set place 3
    set -l word (commandline -ct)
    set -l typed (string match -r -- '^[^=]*(?==)' $word)
    for entry in (string match -- '|*' (__oocli_walk $arguments[1] (string split / -- $path)))
        set -l parts (string split '|' -- $entry)
        for name in (string split -n , -- (string replace % @LISTS@ -- $parts[$place]))
            set -l pair (string split : -- $name)
            if not set -q typed[1]
                echo $pair[1]=
            else if test "$typed" = $pair[1]; and set -q pair[2]
                printf '%s\\n' $pair[1]=(__oocli_choices $pair[2])
            end
        end
    end
end

function __oocli_body_names
    if string match -qr -- '=["\\']?@|^["\\'][^=]*=@' (commandline -ct)
        __oocli_text_or_file
    else
        __oocli_names body
    end
end

function __oocli_remote
    printf '%s\\n' @SECTIONS@
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
    Takes.REMOTE: "-x -a '(__oocli_remote)'",
    Takes.API_PATH: "-x -a '(__oocli_paths call)'",
    Takes.API_WORDS: "",
    Takes.QUERY_NAME: "-x -a '(__oocli_names query)'",
    Takes.BODY_NAME: "-x -a '(__oocli_names body)'",
    Takes.BODY_NAME_OR_FILE: "-x -a '(__oocli_body_names)'",
}


def script(program: Command, operations: Operations) -> str:
    """Return the script for the commands of the program."""
    commands = program.all_commands()
    two_words = [_quoted(" ".join(command.path)) for command in commands if len(command.path) == 2]
    completions = [line for command in commands for line in _completions(command)]
    # The arguments of `api` are METHOD PATH, or any words.
    completions += [
        f"""complete -c oocli -n '__oocli_at "api" 0' -a '{" ".join(operations.methods)}'""",
        """complete -c oocli -n '__oocli_at "api" 1' -a '(__oocli_paths api)'""",
    ]
    made = table(operations)
    return (
        _SCRIPT.replace("@TWO_WORDS@", " ".join(two_words))
        .replace("@ENTRIES@", _cases(made.entries.items()))
        .replace("@CHOICES@", _cases(enumerate(made.choices)))
        .replace("@LISTS@", ",".join(operations.list_names))
        .replace("@SECTIONS@", " ".join(SECTIONS))
        .replace("@VALUED@", _cases(filter(all, map(_options_with_values, commands))))
        .replace("@COMPLETIONS@", "\n".join(completions))
    )


def _cases(lists: Iterable[tuple[object, str]]) -> str:
    """Return the cases of a `switch`, each of which prints the words of a list."""
    return "\n".join(
        f"        case '{key}'\n            string split ' ' -- '{words}'" for key, words in lists
    )


def _options_with_values(command: Command) -> tuple[str, str]:
    options = [option for option in command.options if option.value is not None]
    return " ".join(command.path), " ".join(name for option in options for name in option.names)


def _completions(command: Command) -> list[str]:
    condition = f'__oocli_at "{" ".join(command.path)}"'
    lines = [
        f"complete -c oocli -n '{condition} 0' -a {_quoted(verb.name)} -d {_quoted(verb.summary)}"
        for verb in command.verbs
    ]
    for place, argument in enumerate(command.arguments):
        count = f"{place}+" if argument.repeats else str(place)
        if words := _argument(argument.value):
            lines.append(f"complete -c oocli -n '{condition} {count}' {words}")
    for option in command.options:
        names = " ".join(
            f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
        )
        value = f" {_value(option.value)}" if option.value is not None else ""
        description = _quoted(option.summary)
        lines.append(f"complete -c oocli -n '{condition}' {names}{value} -d {description}")
    return lines


def _value(value: Value) -> str:
    if value.takes is Takes.CHOICES:
        return f"-x -a {_quoted(' '.join(value.choices))}"
    return _VALUES[value.takes]


def _argument(value: Value) -> str:
    """Return the words for an argument; `-x` and `-r` are only for options."""
    if value.takes is Takes.FILE:
        return "-F"
    return _value(value).removeprefix("-x").lstrip()


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
