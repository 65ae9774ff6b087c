"""Hints after a command line that the parser refused: the line that was probably meant.

Loaded only after such a failure. A line is proposed only if the parser accepts it and it repeats
no secret.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import typer
from typer.core import TyperGroup, TyperOption

from oocli.commands import TABLE, load
from oocli.model.errors import OocliError, UsageError
from oocli.model.request import METHODS

if TYPE_CHECKING:
    from oocli.commands.options import Command

# Options of gh, curl, http, restish, aws and docker, and what oocli has instead; `{}` is the value.
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
    "-X": "{}",
    "--request": "{}",
    "--method": "{}",
}
_METHOD_OPTIONS = ("-X", "--request", "--method")
# Everyone on the machine can read a password or token on a command line.
_SECRET_OPTIONS = {
    "-u": "login",
    "--password": "login",
    "--token": "login --with-token",
    "--api-token": "login --with-token",
    "--auth": "login --with-token",
}
_SECRET_WORDS = re.compile(r"(?i)passw|secret|token|authoriz|cookie|api-?key|bearer|sk-")
# Commands of other programs, and what oocli has instead. None leads to `logout`: a mistake must
# not end a session.
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
    "portals ls": "portals list",
    "portals add": "login",
    "portals login": "login",
    "portals new": "login",
    "portals switch": "portals use",
    "portals default": "portals use",
    "portals set": "portals use",
    "files list": "files ls",
    "files dir": "files ls",
    "files tree": "files ls -R",
    "files upload": "files put",
    "files push": "files put",
    "files download": "files get",
    "files pull": "files get",
    "files cat": "files get -o -",
    "files move": "files mv",
    "files rename": "files mv",
    "files copy": "files cp",
    "files delete": "files rm",
    "files stat": "files id",
}
# First segments of paths, for a line without `call GET`.
_PATHS = frozenset({"people", "files", "group", "settings", "portal", "keys", "project", "crm"})
_UNSAFE_COMMANDS = frozenset({"token", "logout", "rm", "remove"})
_UNSAFE_OPTIONS = re.compile("yes|insecure|token|no-fail|everywhere|overwrite|permanent")
_FIELD = re.compile(r"[\w.@-]+(\[[^\]]*\])*=.*", re.DOTALL)
_MAX_LINE_LENGTH = 300  # characters of a line that is proposed


class _Meant(NamedTuple):
    """What is wrong (empty: as the parser says), and the words that were meant."""

    why: str
    words: list[str]


def explain(failure: typer.TyperException, args: list[str]) -> OocliError:
    """Return the error for what the parser refused, with a hint that can be pasted."""
    context = getattr(failure, "ctx", None)
    option = getattr(failure, "option_name", None)
    # The message of the parser, without its own suggestions.
    message = failure.format_message() if option is None else str(getattr(failure, "message", ""))
    why = re.sub(r" Did you mean .*", "", message)
    if args and args[0] in TABLE:
        command, names = load(args[0]), args[:1]
        if isinstance(command, TyperGroup) and args[1:] and args[1] in command.commands:
            command, names = command.commands[args[1]], args[:2]
        meant = _wrong_words(names, args[len(names) :], command, option)
    else:
        names, meant = [], _unknown_command(args)
    path = context.command_path if context else " ".join(["oocli", *names])
    if meant is None:
        return UsageError(why, hint=f"{path} -h")
    line = shlex.join(["oocli", *meant.words])
    has_secret = any(_SECRET_WORDS.search(word) for word in meant.words if word != "--with-token")
    is_fit = len(line) <= _MAX_LINE_LENGTH and not has_secret and _parses(meant.words)
    return UsageError(meant.why or why, hint=line if is_fit else f"{path} -h")


def _unknown_command(args: list[str]) -> _Meant | None:
    """Return what was meant by a first word that is not a command."""
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
    joined = re.fullmatch(rf"(?i)call({'|'.join(METHODS)})", first)
    if joined:
        return _call([joined[1], *args[1:]], why)
    if first.upper() in METHODS or first.split("/")[0] in _PATHS or "/" in first:
        return _call(args, why)
    return _near_command([], args, TABLE)


def _near_command(names: list[str], words: list[str], commands: Iterable[str]) -> _Meant | None:
    """Return what was meant by a command or sub-command that is mistyped."""
    typed = words[0] if words else ""
    safe = [name for name in commands if name not in _UNSAFE_COMMANDS]
    near = get_close_matches(typed, safe, n=1, cutoff=0.75)
    why = f"No such command {typed!r}. Did you mean {near[0]!r}?" if near else ""
    return _Meant(why, [*names, near[0], *words[1:]]) if near else None


def _wrong_words(
    names: list[str], words: list[str], command: Command, option: str | None
) -> _Meant | None:
    """Return what was meant by the words after the names of a command.

    `option` is the one that the parser refused.
    """
    known = _option_names(command)
    typed = {word.partition("=")[0] for word in words}
    secret = next((name for name in _SECRET_OPTIONS if name in typed - known), None)
    if secret is not None:
        return _Meant(
            f"{secret}: no option takes a password or token, which others could read there",
            _SECRET_OPTIONS[secret].split(),
        )
    if "--version" in words:
        return _Meant("--version stands alone", ["--version"])
    if words[:1] == ["help"]:
        return _Meant("", [*names, "--help"])
    if option is not None and option not in known | _OPTIONS.keys():
        # A wrong guess must not change or reveal something.
        safe = [name for name in known if name[:2] == "--" and not _UNSAFE_OPTIONS.search(name)]
        near = get_close_matches(option, safe, n=1, cutoff=0.8)
        if not near or not option.startswith("--"):
            return None
        corrected = [re.sub(f"^{re.escape(option)}(?==|$)", near[0], word) for word in words]
        return _Meant(f"No such option: {option}. Did you mean {near[0]}?", [*names, *corrected])
    if names == ["call"] and option not in known:
        is_method = option in _METHOD_OPTIONS
        return _call(words, f"{option}: METHOD stands before PATH, without an option" * is_method)
    if isinstance(command, TyperGroup):
        meant = _COMMANDS.get(" ".join([*names, *words[:1]]))
        if meant is None:
            return _near_command(names, words, command.commands)
        return _Meant("", [*meant.split(), *words[1:]])
    arguments, options = _split(words, command)
    takes_none = all(param.param_type_name != "argument" for param in command.params)
    if option is None and len(arguments) == 1 and takes_none and "--portal" in known:
        return _Meant(
            f"{arguments[0]}: {' '.join(names)} takes the portal as an option",
            [*names, "--portal", arguments[0], *options],
        )
    changed = _translate(words, known | set(_METHOD_OPTIONS))  # which mean nothing here
    return _Meant("", [*names, *changed]) if changed != words else None


def _call(words: list[str], why: str) -> _Meant | None:
    """Return the call that was meant: METHOD, PATH, then the options."""
    command = load("call")
    changed = _translate(words, _option_names(command))
    arguments, options = _split(changed, command)
    if not all(word.strip() and word.isprintable() for word in arguments):
        return None  # most likely an empty variable of a script
    methods = [word.upper() for word in arguments if word.upper() in METHODS]
    fields = [word for word in arguments if _FIELD.fullmatch(word)]
    paths = [word for word in arguments if word.upper() not in METHODS and word not in fields]
    method = methods[0] if methods else None
    if "-q" in options and len(paths) > 1 and paths[-1].startswith("."):
        options[options.index("-q") : options.index("-q") + 1] = ["--jq", paths.pop()]
        why = why or "-q is --quiet; a filter is --jq"
    if not paths:
        why = why or (
            f"PATH is missing after {method}" if method else "METHOD and PATH are missing"
        )
        example = ["GET", "people/@self", *options] if method in (None, "GET") else ["-h"]
        return _Meant(why, ["call", *example])
    why = why or _wrong_arguments(arguments, method, paths, fields)
    if not why and changed == words:
        return None
    if method is None:
        sends = any(re.match("-d|--data|--part|--form", option) for option in options)
        method = "POST" if sends else "GET"
    flag = "-p" if method in ("GET", "HEAD") else "-f"
    pairs = [word for field in fields for word in (flag, field)]
    return _Meant(why, ["call", method, " ".join(paths), *options, *pairs])


def _wrong_arguments(
    arguments: list[str], method: str | None, paths: list[str], fields: list[str]
) -> str:
    """Say what is wrong with the arguments of a call; nothing if they are in order."""
    if method is None:
        return f"METHOD is missing before {paths[0]}"
    if arguments[0].upper() not in METHODS:
        return f"METHOD stands before PATH: {method} {paths[0]}"
    if fields:
        return f"{fields[0].partition('=')[0]}=... needs -f (a field) or -p (a query parameter)"
    if len(paths) > 1:
        return f"{paths[1]!r} after PATH: a PATH with spaces needs quotes"
    if len(arguments) > 2:
        return f"METHOD is given twice: {' '.join(arguments[:2])}"
    return ""


def _translate(words: list[str], known: set[str]) -> list[str]:
    """Replace the options of other programs, unless the command has an option of that name."""
    result: list[str] = []
    rest = iter(words)
    for word in rest:
        name, equals, value = re.sub(r"^-X=?(?=.)", "-X=", word).partition("=")
        meant = None if name in known else _OPTIONS.get(name)
        if name in ("--output", "-o") and value in ("json", "csv"):
            meant = "--format {}"
        elif name == "--verbose" and value.isdecimal():
            meant = "-v" if value == "1" else "-vv"
        if meant is not None and "{}" in meant and not equals:
            value = next(rest, "")
        if meant is None or (name in _METHOD_OPTIONS and value.upper() not in METHODS):
            result.append(word)
        elif name in _METHOD_OPTIONS:
            result.insert(0, value)  # it wins over a METHOD that was typed as well
        else:
            result += [piece.replace("{}", value) for piece in meant.split()]
    return result


def _option_names(command: Command) -> set[str]:
    return {name for param in command.params for name in param.opts} | {"-h", "--help"}


def _split(words: list[str], command: Command) -> tuple[list[str], list[str]]:
    """Return the arguments among the words, and the options with their values."""
    takes_value = {
        name
        for param in command.params
        if isinstance(param, TyperOption) and not (param.is_flag or param.count)
        for name in param.opts
    }
    arguments: list[str] = []
    options: list[str] = []
    option = ""  # the word before, if the next one is its value
    for word in words:
        is_value = option in takes_value
        is_option = word.startswith("-") and word != "-"
        (options if is_value or is_option else arguments).append(word)
        option = "" if is_value else word
    return arguments, options


def _parses(words: list[str]) -> bool:
    """Whether the parser accepts a line; one that asks for help or the version needs no check."""
    if {"-h", "--help", "--version"} & set(words):
        return True
    try:
        load(words[0]).make_context(words[0], words[1:])
    except (typer.TyperException, OocliError):
        return False
    return True
