"""The API operations in completion scripts, and the functions with which bash and zsh find them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from oocli.model.cli_schema import Takes, Value

# Stands for the parameters that all lists of Workspace have.
_LISTS = "%"
# The first folders of remote paths.
SECTIONS = tuple(
    f"{name}/" for name in ("my", "rooms", "common", "projects", "shared", "trash", "archive")
)


class Parameter(NamedTuple):
    """A parameter of an operation, with the values to choose from."""

    name: str
    choices: tuple[str, ...] = ()


class ApiPath(NamedTuple):
    """An operation. `kind` is the first letter of the kind of portal that has it."""

    kind: str
    method: str
    path: str
    query: tuple[Parameter, ...]
    body: tuple[Parameter, ...]
    takes_list_names: bool = False


class Operations(NamedTuple):
    """All operations, and the parameters that all lists have (`takes_list_names`)."""

    paths: tuple[ApiPath, ...] = ()
    list_names: tuple[str, ...] = ()

    @property
    def methods(self) -> list[str]:
        """The methods of all operations."""
        return list(dict.fromkeys(path.method for path in self.paths))


class Table(NamedTuple):
    """The operations as short texts without spaces.

    `entries` contains for `KIND METHOD` the first words of all paths, and for `KIND METHOD WORD`
    the paths that start with WORD, as `rest of the path|query names|body names`. The name of a
    parameter with choices is followed by a colon and the position of its line in `choices`.
    """

    entries: dict[str, str]
    choices: list[str]


def table(operations: Operations) -> Table:
    """Return the operations as short texts."""
    words: dict[str, dict[str, None]] = {}
    entries: dict[str, list[str]] = {}
    choices: list[str] = []
    for path in operations.paths:
        first, slash, rest = path.path.partition("/")
        key = f"{path.kind} {path.method}"
        query = _names(path.query, choices) + [_LISTS] * path.takes_list_names
        entry = f"{rest}|{','.join(query)}|{','.join(_names(path.body, choices))}"
        entries.setdefault(f"{key} {first}", []).append(entry)
        words.setdefault(key, {})[first + slash] = None
    return Table({key: " ".join(texts) for key, texts in (words | entries).items()}, choices)


def _names(parameters: Iterable[Parameter], choices: list[str]) -> list[str]:
    texts = []
    for parameter in parameters:
        line = " ".join(parameter.choices)
        if line and line not in choices:
            choices.append(line)
        texts.append(f"{parameter.name}:{choices.index(line)}" if line else parameter.name)
    return texts


def placeholder_or_choices(value: Value) -> tuple[str, ...]:
    """Return the choices of a value, or what a script knows it by: `<file>`, `<portal>`."""
    return value.choices if value.takes is Takes.CHOICES else (f"<{value.takes.value}>",)


def posix_data(operations: Operations) -> str:
    """Return the functions for bash and zsh that contain and find the operations."""

    def patterns(texts: Iterable[tuple[object, str]]) -> str:
        """Return the patterns of a `case`, which set `_oocli_text`."""
        return "\n".join(f"    '{key}') _oocli_text='{text}' ;;" for key, text in texts)

    made = table(operations)
    return (
        _POSIX.replace("@ENTRIES@", patterns(made.entries.items()))
        .replace("@CHOICES@", patterns(enumerate(made.choices)))
        .replace("@LISTS@", ",".join(operations.list_names))
        .strip()
    )


# For bash 3.2 and newer, and for zsh in its emulation of ksh. Nothing here starts a program.
_POSIX = r"""
# Set `_oocli_text` to the operations of KIND METHOD WORD, or the first words of KIND METHOD.
_oocli_operations() {
    _oocli_text=
    case "$1" in
@ENTRIES@
    esac
}

# Set `_oocli_text` to the choices with the number $1.
_oocli_choices() {
    _oocli_text=
    case "$1" in
@CHOICES@
    esac
}

# Set `kinds` to the kind of the portal $1 (default: the default portal), or to both kinds if
# portals.json does not contain it. The file is read as text: oocli always indents it like this.
_oocli_kinds() {
    local file line key="$1" inside='' default=''
    kinds='w d'
    file=${OOCLI_CONFIG_DIR:-}
    if [[ -z $file ]]; then
        file=${XDG_CONFIG_HOME:-$HOME/.config}/oocli
        [[ $OSTYPE == darwin* && -z ${XDG_CONFIG_HOME:-} ]] &&
            file="$HOME/Library/Application Support/oocli"
    fi
    [[ -r $file/portals.json ]] || return 0
    if [[ -z $key ]]; then
        while IFS= read -r line; do
            case "$line" in
                '  "default": "'*) default=${line#*: \"} key=${default%%\"*} ;;
            esac
        done < "$file/portals.json"
    fi
    key=${key#http://} key=${key#https://} key=${key%/}
    while IFS= read -r line; do
        case "$line" in
            "    \"$key\": {"*) inside=1 ;;
            '    }'*) inside='' ;;
            '      "kind": "docspace"'*) [[ -n $inside ]] && kinds=d ;;
            '      "kind": "workspace"'*) [[ -n $inside ]] && kinds=w ;;
        esac
    done < "$file/portals.json"
    return 0
}

# Set `entries` to what follows the start of a path: METHOD, then PATH without its last word. An
# exact word has precedence over a placeholder, which stands for any value.
_oocli_walk() {
    local kind entry word rest="$2" literal other first
    entries=()
    first=${rest%%/*} rest=${rest#"$first"} rest=${rest#/}
    for kind in $kinds; do
        _oocli_operations "$kind $1 $first"
        for entry in $_oocli_text; do entries+=("$entry"); done
    done
    while [[ -n $rest ]]; do
        word=${rest%%/*} rest=${rest#"$word"} rest=${rest#/}
        literal=() other=()
        for entry in ${entries[@]+"${entries[@]}"}; do
            case "$entry" in
                "$word"/*) literal+=("${entry#*/}") ;;
                "$word|"*) literal+=("${entry#"$word"}") ;;
                '{'*) entry=${entry#*\}} other+=("${entry#/}") ;;
            esac
        done
        ((${#literal[@]})) || literal=(${other[@]+"${other[@]}"})
        entries=(${literal[@]+"${literal[@]}"})
    done
}

# Set `offers` to the next words of a path: METHOD, the typed text, and 1 to offer placeholders too.
_oocli_paths() {
    local method="$1" typed="$2" lead='' kind entry word seen=' ' entries=() before last
    offers=()
    case "$typed" in
        /api/2.0/*) lead=/api/2.0/ ;;
        api/2.0/*) lead=api/2.0/ ;;
        /*) lead=/ ;;
    esac
    typed=${typed#"$lead"} last=${typed##*/}
    before=${typed%"$last"}
    if [[ -z $before ]]; then
        for kind in $kinds; do
            _oocli_operations "$kind $method"
            for entry in $_oocli_text; do entries+=("$entry|"); done
        done
    else
        _oocli_walk "$method" "${before%/}"
    fi
    for entry in ${entries[@]+"${entries[@]}"}; do
        entry=${entry%%|*} word=${entry%%/*}
        [[ $entry == "$word" ]] || word+=/
        [[ -n $entry && $word == "$last"* && $seen != *" $word "* ]] || continue
        [[ $word != '{'* || -n $3 ]] || continue
        seen+="$word "
        offers+=("$lead$before$word")
    done
}

# Set `offers` to NAME= for each parameter of an operation or, after NAME=, to its choices: METHOD,
# PATH, `query` or `body`, and the typed text.
_oocli_names() {
    local entries=() entry names name seen=' ' called="$2" choice
    offers=()
    called=${called%%\?*} called=${called#/} called=${called#api/2.0/}
    called=${called%/} called=${called%.json}
    _oocli_walk "$1" "$called"
    for entry in ${entries[@]+"${entries[@]}"}; do
        [[ $entry == \|* ]] || continue
        entry=${entry#|}
        names=${entry%%|*}
        [[ $3 == body && $1 != GET ]] && names=${entry#*|}
        [[ $names == *'%' ]] && names=${names%?}@LISTS@
        while [[ -n $names ]]; do
            name=${names%%,*} names=${names#"$name"} names=${names#,}
            [[ $4 != *=* || $name == *:* ]] || continue
            [[ $seen != *" ${name%:*} "* ]] || continue
            seen+="${name%:*} "
            case "$4" in
                "${name%:*}="*)
                    _oocli_choices "${name#*:}"
                    for choice in $_oocli_text; do offers+=("${name%:*}=$choice"); done
                    ;;
                *=*) ;;
                *) offers+=("${name%:*}=") ;;
            esac
        done
    done
}
"""
