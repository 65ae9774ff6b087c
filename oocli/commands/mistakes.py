"""What was probably meant by a command line that the parser refused.

Loaded only after such a failure. A line is proposed only if the parser accepts it, and never one
that repeats a secret.
"""

from __future__ import annotations

import re
import shlex
from difflib import get_close_matches
from typing import Any, NamedTuple

import typer

from oocli.commands import TABLE, load
from oocli.model.errors import OocliError, UsageError
from oocli.model.request import METHODS

# Options of gh, curl, http, restish, aws and docker, and what oocli writes in their place; `{}` is
# the value.
_OPTIONS = {
    "--csv": "--format csv",
    "--json": "--format json",
    "--ndjson": "--format ndjson",
    "--jsonl": "--format ndjson",
    "--table": "--format table",
    "--tsv": "--format tsv",
    "--raw": "--format raw",
    "--output-format": "--format {}",
    "--all": "--paginate",
    "--all-pages": "--paginate",
    "--slurp": "--paginate",
    "--per-page": "--page-size {}",
    "--max-items": "--limit {}",
    "--fields": "--columns {}",
    "--filter": "--jq {}",
    "--data-raw": "--data {}",
    "--data-binary": "--data {}",
    "--body": "--data {}",
    "--input": "--data @{}",
    "--query-param": "--param {}",
    "--host": "--portal {}",
    "--hostname": "--portal {}",
    "--server": "--portal {}",
    "--profile": "--portal {}",
    "--url": "{}",
    "--silent": "--quiet",
    "-s": "--quiet",
}
_METHOD_OPTIONS = ("-X", "--request", "--method")
# A password or token among the words of a command is seen by everyone on the machine.
_SECRET_OPTIONS = {
    "-u": "oocli login",
    "--password": "oocli login",
    "--token": "oocli login --with-token",
    "--api-token": "oocli login --with-token",
    "--auth": "oocli login --with-token",
}
_SECRET_WORDS = re.compile(r"(?i)passw|secret|token|authoriz|cookie|api-?key|bearer|sk-")
# Commands of other programs. The end of a session is never proposed as a line to paste.
_COMMANDS = {
    "auth login": "login",
    "auth status": "whoami",
    "auth": "login -h",
    "signin": "login",
    "sign-in": "login",
    "logon": "login",
    "me": "whoami",
    "who": "whoami",
    "status": "whoami",
    "user": "whoami",
    "ls": "files ls",
    "list": "files ls",
    "upload": "files put",
    "download": "files get",
    "config": "portals list",
    "profiles": "portals list",
    "check": "doctor",
    "version": "--version",
    "request": "call",
    "curl": "call",
}
# Verbs of other programs, after the nouns of oocli.
_VERBS = {
    "portals": {
        "ls": "portals list",
        "add": "login",
        "login": "login",
        "new": "login",
        "switch": "portals use",
        "default": "portals use",
        "set": "portals use",
    },
    "files": {
        "list": "files ls",
        "dir": "files ls",
        "tree": "files ls -R",
        "upload": "files put",
        "push": "files put",
        "download": "files get",
        "pull": "files get",
        "cat": "files get -o -",
        "move": "files mv",
        "rename": "files mv",
        "copy": "files cp",
        "delete": "files rm",
        "stat": "files id",
    },
}
# First words of paths, for those who forgot `call GET`.
_PATHS = frozenset({"people", "files", "group", "settings", "portal", "keys", "project", "crm"})
_UNSAFE_COMMANDS = frozenset({"token", "logout"})
_UNSAFE_OPTIONS = re.compile("yes|insecure|token|no-fail|everywhere|overwrite|permanent")
_FIELD = re.compile(r"[\w.@-]+(\[[^\]]*\])*=.*", re.DOTALL)
_LONGEST = 300  # characters of a line that is proposed


class _Meant(NamedTuple):
    """What was wrong (empty: what the parser says), and the words that were meant."""

    why: str
    words: list[str]


def explain(failure: typer.TyperException, args: list[str]) -> OocliError:
    """Return the error for what the parser refused, with a hint that can be pasted."""
    command = args[0] if args and args[0] in TABLE else None
    context = getattr(failure, "ctx", None)
    where = context.command_path if context else f"oocli {command}" if command else "oocli"
    option = getattr(failure, "option_name", None)
    near = _near_option(option, context)
    if command is None:
        meant = _unknown_command(args)
    elif command in _VERBS and not (len(args) > 1 and args[1] in load(command).commands):
        meant = _unknown_verb(command, args[1:])
    else:
        length = 2 if command in _VERBS else 1
        meant = _wrong_words(args[:length], args[length:], near, option)
    why = _message(failure, option)
    if meant is None:
        return UsageError(why, hint=f"{where} -h")
    line = shlex.join(["oocli", *meant.words])
    has_secret = any(_SECRET_WORDS.search(word) for word in meant.words if word != "--with-token")
    is_fit = len(line) <= _LONGEST and not has_secret and _parses(meant.words)
    return UsageError(meant.why or why, hint=line if is_fit else f"{where} -h")


def _message(failure: typer.TyperException, option: str | None) -> str:
    """Return the parser's message, without its own suggestions."""
    text = failure.format_message() if option is None else str(getattr(failure, "message", ""))
    return re.sub(r" Did you mean .*", "", text)


def _near_option(option: str | None, context: Any) -> str | None:
    """Return the option that a misspelt one is close to, unless it changes or reveals something."""
    if option is None or not option.startswith("--") or context is None:
        return None
    names = [
        name
        for param in context.command.params
        for name in param.opts
        if name.startswith("--") and not _UNSAFE_OPTIONS.search(name)
    ]
    return next(iter(get_close_matches(option, names, n=1, cutoff=0.8)), None)


def _unknown_command(args: list[str]) -> _Meant | None:
    first = args[0] if args else ""
    if first.startswith("-"):
        return None
    why = f"No such command {first!r}."
    for count in (2, 1):
        known = _COMMANDS.get(" ".join(args[:count]).lower())
        if known == "call":
            return _call(args[count:], why) if args[count:] else _Meant(why, ["call", "-h"])
        if known is not None and len(args) >= count:
            return _Meant(why, [*known.split(), *args[count:]])
    glued = re.fullmatch(rf"(?i)call({'|'.join(METHODS)})", first)
    if glued:
        return _call([glued[1], *args[1:]], why)
    if first.upper() in METHODS or first.split("/")[0] in _PATHS or "/" in first:
        return _call(args, why)
    names = [name for name in TABLE if name not in _UNSAFE_COMMANDS]
    near = get_close_matches(first, names, n=1, cutoff=0.75)
    return _Meant(f"{why} Did you mean {near[0]!r}?", [near[0], *args[1:]]) if near else None


def _unknown_verb(noun: str, words: list[str]) -> _Meant | None:
    """Return what was meant by a verb that a noun does not have."""
    verb = words[0] if words else ""
    known = _VERBS[noun].get(verb)
    if known is not None:
        return _Meant("", [*known.split(), *words[1:]])
    return _Meant("", [noun, "--help"]) if verb == "help" else None


def _wrong_words(
    names: list[str], words: list[str], near: str | None, option: str | None
) -> _Meant | None:
    """Return what was meant by words after the names of a command, habits of other programs first.

    `option` is the one that the parser did not know, `near` the one it is closest to.
    """
    typed = {word.partition("=")[0] for word in words if word.startswith("-")}
    command = _load(names)
    known = _names_of(command)
    for name, sign_in in _SECRET_OPTIONS.items():
        if name in typed and name not in known:
            return _Meant(
                f"{name}: no option takes a password or token, which others could read there",
                sign_in.split()[1:],
            )
    if "--version" in words:
        return _Meant("--version stands alone", ["--version"])
    if words[:1] == ["help"]:
        return _Meant("", [*names, "--help"])
    verbose = [word for word in words if re.fullmatch(r"--verbose=\d+", word)]
    if verbose:
        level = "-" + "v" * min(int(verbose[0][10:]), 2)
        return _Meant("", [*names, *(level if word in verbose else word for word in words)])
    if option is not None and _translated([option], known) == [option]:
        if option.startswith(_METHOD_OPTIONS) and names == ["call"]:
            return _call(words, "")
        if near is None:
            return None
        why = f"No such option: {option}. Did you mean {near}?"
        return _Meant(why, [*names, *(re.sub(f"^{option}(?==|$)", near, w) for w in words)])
    return _call(words, "") if names == ["call"] else _portal_as_argument(names, words, command)


def _portal_as_argument(names: list[str], words: list[str], command: Any) -> _Meant | None:
    """Return what was meant by a command that takes the portal as an option, not as an argument."""
    known = _names_of(command)
    changed = _translated(words, known)
    arguments = _arguments(changed, command)
    takes = [param for param in command.params if param.param_type_name == "argument"]
    if len(arguments) == 1 and not takes and "--portal" in known:
        at = arguments[0]
        return _Meant(
            f"{changed[at]}: {' '.join(names)} takes the portal as an option",
            [*names, "--portal", changed[at], *changed[:at], *changed[at + 1 :]],
        )
    return _Meant("", [*names, *changed]) if changed != words else None


def _load(names: list[str]) -> Any:
    command = load(names[0])
    return command.commands[names[1]] if len(names) > 1 else command


def _call(words: list[str], why: str) -> _Meant | None:
    """Return the call that was meant: METHOD, PATH, then the options."""
    command = load("call")
    original, words = words, _translated(words, _names_of(command))
    words, method = _method_option(words)
    why = why or (f"{method[0]}: METHOD stands before PATH, without an option" if method else "")
    at = _arguments(words, command)
    options = [word for place, word in enumerate(words) if place not in at]
    plain = [words[place] for place in at]
    if not all(word.strip() and word.isprintable() for word in plain):
        return None  # an empty variable of a script, most likely: nothing tells what was meant
    methods = [word.upper() for word in plain if word.upper() in METHODS]
    fields = [word for word in plain if _FIELD.fullmatch(word)]
    paths = [word for word in plain if word.upper() not in METHODS and word not in fields]
    named = method[1].upper() if method else methods[0] if methods else None
    if "-q" in options and len(paths) > 1 and paths[-1].startswith("."):
        options[options.index("-q") : options.index("-q") + 1] = ["--jq", paths.pop()]
        why = why or "-q is --quiet; a filter is --jq"
    if not paths:
        if named not in (None, "GET"):
            return _Meant(why or f"PATH is missing after {named}", ["call", "-h"])
        return _Meant(
            why or (f"PATH is missing after {named}" if named else "METHOD and PATH are missing"),
            ["call", named or "GET", "people/@self", *options],
        )
    path = " ".join(paths)
    why = why or _what_is_wrong(plain, named, paths, fields)
    if not why and original == words:
        return None
    if named is None:
        sends = any(re.match("-d|--data|--part|--form", option) for option in options)
        named = "POST" if sends else "GET"
    flag = "-p" if named in ("GET", "HEAD") else "-f"
    more = [word for field in fields for word in (flag, field)]
    return _Meant(why, ["call", named, path, *options, *more])


def _what_is_wrong(plain: list[str], named: str | None, paths: list[str], fields: list[str]) -> str:
    """Say what is wrong with the arguments of a call; nothing if they are in order."""
    if named is None:
        return f"METHOD is missing before {paths[0]}"
    if plain[0].upper() not in METHODS:
        return f"METHOD stands before PATH: {named} {paths[0]}"
    if fields:
        return f"{fields[0].partition('=')[0]}=... needs -f (a field) or -p (a query parameter)"
    if len(paths) > 1:
        return f"{paths[1]!r} after PATH: a PATH with spaces needs quotes"
    return f"METHOD is given twice: {' '.join(plain[:2])}" if len(plain) > 2 else ""


def _method_option(words: list[str]) -> tuple[list[str], tuple[str, str] | None]:
    """Take `-X METHOD` out of the words; return it as its option and its value."""
    for at, word in enumerate(words):
        for option in _METHOD_OPTIONS:
            if word == option and at + 1 < len(words):
                return words[:at] + words[at + 2 :], (option, words[at + 1])
            value = word.removeprefix(f"{option}=" if option != "-X" else option).lstrip("=")
            if value != word and value.upper() in METHODS:
                return words[:at] + words[at + 1 :], (option, value)
    return words, None


def _translated(words: list[str], known: set[str]) -> list[str]:
    """Replace the options of other programs, unless the command has an option of that name."""
    result: list[str] = []
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        meant = None if name in known else _OPTIONS.get(name)
        if name in ("--output", "-o") and value in ("json", "csv"):
            meant = "--format {}"
        if meant is None:
            result.append(word)
            continue
        if "{}" in meant and not equals:
            value = next(rest, "")
        result += [piece.replace("{}", value) for piece in meant.split()]
    return result


def _names_of(command: Any) -> set[str]:
    return {name for param in command.params for name in param.opts} | {"-h", "--help"}


def _arguments(words: list[str], command: Any) -> list[int]:
    """Return the places of the words that are neither options nor values of options."""
    takes_value = {
        name
        for param in command.params
        if param.param_type_name == "option" and not (param.is_flag or param.count)
        for name in param.opts
    }
    found: list[int] = []
    is_value = False
    for at, word in enumerate(words):
        if is_value:
            is_value = False
        elif word.startswith("-") and word != "-":
            is_value = word in takes_value
        else:
            found.append(at)
    return found


def _parses(words: list[str]) -> bool:
    """Whether the parser accepts a line; one that asks for help or the version needs no check."""
    if {"-h", "--help", "--version"} & set(words):
        return True
    try:
        load(words[0]).make_context(words[0], words[1:])
    except (typer.TyperException, OocliError):
        return False
    return True
