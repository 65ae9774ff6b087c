"""The operations of portals as completion scripts hold them, and how bash and zsh look them up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# What any list of Workspace takes is named once.
LISTS = "%"
# Where remote paths begin, on one kind of portal or the other.
SECTIONS = tuple(
    f"{name}/" for name in ("my", "rooms", "common", "projects", "shared", "trash", "archive")
)


class Names(NamedTuple):
    """A name that an operation takes, with the values to choose from."""

    name: str
    choices: tuple[str, ...] = ()


class Path(NamedTuple):
    """One operation. `kind` is the first letter of the kind of portal that has it."""

    kind: str
    method: str
    path: str
    query: tuple[Names, ...]
    body: tuple[Names, ...]
    takes_list_names: bool = False


class Operations(NamedTuple):
    """Everything that completion knows of operations."""

    paths: tuple[Path, ...] = ()
    list_names: tuple[str, ...] = ()

    @property
    def methods(self) -> list[str]:
        """The methods that operations have."""
        return list(dict.fromkeys(path.method for path in self.paths))


class Table(NamedTuple):
    """The operations as short texts.

    `entries` holds for `KIND METHOD WORD`, where WORD is the first of the path, the rest of each
    path: `rest|query names|body names`. `words` holds for `KIND METHOD` the first words. A name
    with choices is followed by a colon and the place of its choices in `choices`.
    """

    entries: dict[str, list[str]]
    words: dict[str, list[str]]
    choices: list[str]


def table(operations: Operations) -> Table:
    """Return the texts of some operations."""
    made = Table({}, {}, [])
    for path in operations.paths:
        first, slash, rest = path.path.partition("/")
        key = f"{path.kind} {path.method}"
        query = _names(path.query, made.choices)
        if path.takes_list_names:
            query.append(LISTS)
        entry = f"{rest}|{','.join(query)}|{','.join(_names(path.body, made.choices))}"
        made.entries.setdefault(f"{key} {first}", []).append(entry)
        words = made.words.setdefault(key, [])
        if first + slash not in words:
            words.append(first + slash)
    return made


def _names(names: Iterable[Names], choices: list[str]) -> list[str]:
    texts = []
    for name in names:
        text = " ".join(name.choices)
        if text and text not in choices:
            choices.append(text)
        texts.append(f"{name.name}:{choices.index(text)}" if text else name.name)
    return texts


def posix_data(operations: Operations) -> str:
    """Return functions for bash and zsh that hold the operations."""
    made = table(operations)
    entries = _arms({key: " ".join(texts) for key, texts in {**made.words, **made.entries}.items()})
    choices = _arms({str(at): text for at, text in enumerate(made.choices)})
    return (
        POSIX.replace("@ENTRIES@", entries)
        .replace("@CHOICES@", choices)
        .replace("@LISTS@", ",".join(operations.list_names))
    )


def _arms(texts: dict[str, str]) -> str:
    return "\n".join(f"    '{key}') _oocli_text='{text}' ;;" for key, text in texts.items())


# Read by bash from 3.2 on, and by zsh as a ksh. Nothing here starts a program.
POSIX = r"""
# Set `_oocli_text` to the operations of KIND METHOD WORD, or the first words of KIND METHOD.
_oocli_operations() {
    _oocli_text=
    case "$1" in
@ENTRIES@
    esac
}

# Set `_oocli_text` to the choices with a number.
_oocli_choices() {
    _oocli_text=
    case "$1" in
@CHOICES@
    esac
}

# Set `kinds` to the kind of the portal $1, as portals.json tells; without it, or where that says
# nothing, to both. The file is read as text: it is always written with these indents.
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

# Set `entries` to what goes on from the words of a path: METHOD, then PATH without its last word.
# A word of the path counts more than a placeholder, which takes any value.
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

# Set `offers` to the next words of a path: METHOD, what is typed, and 1 to offer placeholders too.
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

# Set `offers` to the names with `=` that an operation takes, or to NAME= with each of its choices:
# METHOD, PATH, `query` or `body`, and what is typed.
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
